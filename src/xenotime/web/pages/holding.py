"""Certificates, licences and quota of an organisation, and the letters it was sent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from xenotime.core.errors import InputError, Problem, XenotimeError
from xenotime.programme.organisation import Organisation
from xenotime.programme.shipping.quota import Cap
from xenotime.programme.trust.certificate import Certificate
from xenotime.report.words import Words
from xenotime.services.programme.casework import letters
from xenotime.services.programme.oversight import duties
from xenotime.services.programme.people import organisations
from xenotime.services.programme.ports import Search
from xenotime.services.programme.trust import certificates, licences
from xenotime.web.pages.desk import At, Desk, Sent
from xenotime.web.pages.failure import status_of
from xenotime.web.pages.render import page
from xenotime.web.pages.speech import language, words

router = APIRouter(include_in_schema=False)

PAGE = 25
#: What a cap can bind, beside an element and a year.
LEVELS = ("certificate", "licence", "site", "organisation", "country")


@router.get("/certificates")
def listed(at: At) -> Response:
    """Certificates with their scope, conditions and quota."""
    return _listed(at)


@router.post("/certificates/{number}/undertaking")
def undertake(at: At, number: str, sent: Sent) -> Response:
    """Put the holder's undertaking to an exporter on record; it comes before the first shipment."""
    certificates.view(at.office, at.actor, number)
    papers = tuple(line.strip() for line in sent.text("evidence").splitlines() if line.strip())
    try:
        signed, whose = _day(sent.text("signed")), sent.text("exporter")
        duties.record(at.office, at.actor, "undertaking", number, whose, papers, at.at, signed=signed)
    except XenotimeError as error:
        return _listed(at, status=status_of(error), fault=error.problem)
    return RedirectResponse("/certificates?done=undertaken", 303)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError(
            "this is no day",
            where="signed",
            expected="YYYY-MM-DD",
            found=text[:40] or "nothing",
            next_step="choose the day on the paper",
        ) from error


def _listed(at: Desk, *, status: int = 200, fault: Problem | None = None) -> Response:
    where = {"state": at.asked("state")} if at.asked("state") else {}
    search = Search(where, at.asked("q"), "-issued", PAGE, at.asked("after"))
    found = certificates.find(at.office, at.actor, search)
    permits = licences.find(at.office, at.actor, Search(order="-issued", limit=PAGE)).items
    say = words(language(at.request))
    holders = named(at, (*(c.organisation for c in found.items), *(u for p in permits for u in p.users)))
    return page(
        at.request,
        "certificates.html",
        status=status,
        fault=fault,
        done=at.asked("done"),
        found=found,
        permits_held=permits,
        sites_of=lambda holder: {s.id: s.name for s in holder.sites},
        holders=holders,
        caps=quota(at, found.items, say),
        today=at.today,
        asked=at.asked,
    )


def named(at: Desk, ids: Iterable[str]) -> dict[str, Organisation]:
    """The organisations of some ids, in one question."""
    return organisations.named(at.office, ids)


def quota(at: Desk, held: Sequence[Certificate], say: Words) -> dict[str, list[tuple[Cap, str]]]:
    """The caps that bind each certificate, from the narrowest to the widest, with their words."""
    with at.office.store.view() as view:
        every = view.caps(
            {
                "year": (0, at.today.year),
                "licence": "",
                "certificate": ("", *(c.number for c in held)),
                "organisation": ("", *{c.organisation for c in held}),
            }
        )
    return {
        c.number: [(cap, label(cap, say, c.number)) for cap in sorted(every, key=_breadth) if _binds(cap, c)]
        for c in held
    }


def _binds(cap: Cap, certificate: Certificate) -> bool:
    """Whether a cap can bind a draw on a certificate."""
    scope = certificate.scope
    sites = {f"{certificate.organisation}/{site}" for site in scope.sites}
    return (
        cap.certificate in ("", certificate.number)
        and cap.organisation in ("", certificate.organisation)
        and (not cap.site or cap.site in sites)
        and (not cap.country or cap.country in scope.countries)
        and (not cap.element or cap.element in scope.grams)
        and not cap.licence
    )


def _breadth(cap: Cap) -> tuple[str, int, str]:
    levels = (cap.certificate, cap.site, cap.organisation, cap.country)
    first = next((n for n, level in enumerate(levels) if level), len(levels))
    return cap.element, first, cap.id


def label(cap: Cap, say: Words, here: str = "") -> str:
    """What a cap binds, in words: ``Dy · certificate XC-…``; "this certificate" for one that is `here`."""
    levels = [
        say("held.this")
        if here and name == "certificate"
        else f"{say(f'level_of.{name}')} {getattr(cap, name).rpartition('/')[2]}"
        for name in LEVELS
        if getattr(cap, name)
    ]
    return " · ".join(part for part in (cap.element, *levels) if part) or say("frame.all")


@router.get("/letters")
def post(at: At) -> Response:
    """Letters to the reader's organisation, latest first."""
    whose = at.asked("organisation") or at.actor.organisation
    search = Search(order="-sent", limit=PAGE, after=at.asked("after"))
    return page(at.request, "letters.html", found=letters.of(at.office, at.actor, whose, search))


@router.get("/letters/{letter}")
def read(at: At, letter: str) -> Response:
    """One letter, in the reader's language."""
    return page(at.request, "letter.html", it=letters.read(at.office, at.actor, letter, at.at))
