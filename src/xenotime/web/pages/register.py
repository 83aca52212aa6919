"""The public register: who is certified, and one certificate as anybody may see it."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import segno
from fastapi import APIRouter
from fastapi.responses import Response
from markupsafe import Markup

from xenotime.core.errors import AccessError, AddressError, InputError
from xenotime.programme.organisation import Organisation
from xenotime.report.sheet import trusted
from xenotime.services.programme.ports import Page, Search
from xenotime.services.programme.trust import certificates
from xenotime.web.pages.desk import At, Desk
from xenotime.web.pages.render import page

router = APIRouter(include_in_schema=False)

PAGE = 50


def on_day(at: Desk) -> date:
    """The day that the address asks about, today if it names none."""
    text = at.asked("on")
    try:
        return date.fromisoformat(text) if text else at.today
    except ValueError as error:
        raise InputError(
            "this is no day", where="on", expected="YYYY-MM-DD", found=text, next_step="choose a day"
        ) from error


@router.get("/register")
def listed(at: At) -> Response:
    """The register as of a day, searched by name, number, LEI or USCC."""
    on, text = on_day(at), at.asked("q")
    where: dict[str, Any] = {"countries": at.asked("country")} if at.asked("country") else {}
    found = _found(at, text, where, on)
    return page(at.request, "register.html", found=found, q=text, on=on, today=at.today)


def _found(at: Desk, text: str, where: dict[str, Any], on: date) -> Page:
    """What fits a text: certificates of organisations of that name, or certificates of that number."""
    holders: tuple[str, ...] = ()
    if text:
        with at.office.store.view() as view:
            holders = tuple(o.id for o in view.find(Organisation, Search(text=text, limit=200)).items)
    asked = {**where, "organisation": holders} if holders else where
    words = "" if holders else text
    return certificates.public(at.office, Search(asked, words, "-issued", PAGE, at.asked("after")), on)


@router.get("/register/{number}.jwt")
def credential(at: At, number: str) -> Response:
    """The signed credential, which states amounts and conditions: its holder's, and the authority's."""
    text = certificates.view(at.office, at.actor, number).credential
    return Response(text, media_type="application/vc+jwt", headers={"X-Content-Type-Options": "nosniff"})


@router.get("/register/{number}.pdf")
def paper(at: At, number: str) -> Response:
    """The certificate as a paper, for whoever may have the credential."""
    certificates.view(at.office, at.actor, number)
    from xenotime.report import certificate as paper  # noqa: PLC0415 - reportlab is loaded for those who print

    data = paper.pdf(at.office, number, at.at)
    headers = {"Content-Disposition": f'attachment; filename="{number}.pdf"'}
    return Response(data, media_type="application/pdf", headers=headers)


@router.get("/register/{number}")
def shown(at: At, number: str) -> Response:
    """One certificate as of a day; programs of those who may have the credential get it by asking for it."""
    if "application/vc+jwt" in at.request.headers.get("accept", ""):
        return credential(at, number)
    on = on_day(at)
    try:
        entry = certificates.entry(at.office, number, on)
    except AddressError:
        if on == at.today:
            raise
        entry = None
    return page(
        at.request,
        "certificate.html",
        number=number,
        entry=entry,
        on=on,
        today=at.today,
        qr=qr(at, number),
        whole=_whole(at, number),
    )


def _whole(at: Desk, number: str) -> bool:
    """Whether the reader may have the credential and the paper."""
    if at.actor.role == "public":
        return False
    try:
        certificates.view(at.office, at.actor, number)
    except (AccessError, AddressError):
        return False
    return True


def qr(at: Desk, number: str) -> Markup:
    """The page's own address as a QR code."""
    drawn = BytesIO()
    address = f"{at.office.authority.url}/register/{number}"
    segno.make(address, error="m").save(
        drawn, kind="svg", scale=4, border=1, xmldecl=False, svgns=True, nl=False
    )
    return trusted(drawn.getvalue().decode())
