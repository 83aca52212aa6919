"""An organisation: its profile, and changes that its own people make."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from xenotime.core.errors import Problem, XenotimeError
from xenotime.programme import read
from xenotime.programme.casework.manifest import Field
from xenotime.programme.organisation import Organisation
from xenotime.services.programme.oversight import archive
from xenotime.services.programme.parties import tracks
from xenotime.services.programme.people import organisations
from xenotime.web.pages import fields
from xenotime.web.pages.cases import drawing
from xenotime.web.pages.desk import At, Desk, Sent
from xenotime.web.pages.failure import status_of
from xenotime.web.pages.render import page
from xenotime.web.pages.speech import language, words
from xenotime.web.send import download

router = APIRouter(include_in_schema=False)

#: What its own people may change, as the registration's form asks it.
EDITED = (
    "name", "name_zh", "other_names", "address", "lei", "uscc", "activity", "sites", "owners", "products",
    "agents",
)  # fmt: skip


@router.get("/organisation")
def mine(at: At) -> Response:
    """The reader's own organisation, or how to register one."""
    if not at.actor.organisation:
        return page(at.request, "join.html", fault=None, faults={}, values={})
    return show(at, at.actor.organisation)


@router.get("/organisations/{organisation}")
def one(at: At, organisation: str) -> Response:
    """An organisation."""
    return show(at, organisation)


def show(at: Desk, organisation: str, *, status: int = 200, fault: Problem | None = None) -> Response:
    """The page of an organisation, with what went wrong if something did."""
    view = organisations.view(at.office, at.actor, organisation)
    return page(
        at.request,
        "organisation.html",
        status=status,
        fault=fault,
        view=view,
        it=view.organisation,
        today=at.today,
        manifests=read.manifests(),
        done=at.asked("done"),
    )


@router.post("/organisation/register")
def register(at: At, sent: Sent) -> Response:
    """Register an organisation: it becomes the account's own, and its registration case opens."""
    names = sent.text("name"), sent.text("country").upper(), sent.text("role")
    say = words(language(at.request))
    lacks = {
        k: say("form.required", name=say(f"join.{k}"))
        for k in ("name", "country", "role")
        if not sent.text(k)
    }
    if lacks and not at.actor.organisation:
        return page(at.request, "join.html", status=400, fault=None, faults=lacks, values=sent.all())
    try:
        made = organisations.register(
            at.office, at.actor, *names, at.at, name_zh=sent.text("name_zh"),
            invented=at.office.authority.invented,
        )  # fmt: skip
    except XenotimeError as error:
        status = status_of(error)
        return page(at.request, "join.html", status=status, fault=error.problem, faults={}, values=sent.all())
    begun = organisations.view(at.office, replace(at.actor, organisation=made.id), made.id).cases
    return RedirectResponse(f"/cases/{begun[0].id}/form" if begun else "/home", 303)


@router.get("/organisation/edit")
def asked(at: At) -> Response:
    """The form of the profile."""
    held = organisations.view(at.office, at.actor, at.actor.organisation).organisation
    return _form(at, held, values(held), {})


@router.post("/organisation/edit")
def filled(at: At, sent: Sent) -> Response:
    """Keep the profile; what vetting looks at is looked at again."""
    held = organisations.view(at.office, at.actor, at.actor.organisation).organisation
    given = fields.read(asks(), sent)
    for kind in ("sites", "products"):
        given[kind] = [
            {**row, **({"id": sent.text(f"{kind}.{n}.id")} if sent.text(f"{kind}.{n}.id") else {})}
            for n, row in enumerate(given[kind])
        ]
    try:
        organisations.edit(at.office, at.actor, held.id, given, at.at)
    except XenotimeError as error:
        return _form(at, held, given, {}, status=status_of(error), fault=error.problem)
    to = f"/organisation/edit#f-{sent.text('more')}" if sent.text("more") else "/organisation?done=edited"
    return RedirectResponse(to, 303)


def asks() -> tuple[Field, ...]:
    """The fields of the profile."""
    found = {f.id: f for f in read.manifests()["registration"].fields}
    return tuple(found[name] for name in EDITED if name in found)


def values(held: Organisation) -> dict[str, Any]:
    """The profile as the form shows it."""
    plain: dict[str, Any] = {name: getattr(held, name) for name in EDITED}
    for kind, names in (
        ("sites", ("id", "name", "address", "country", "purpose")),
        ("owners", ("name", "share", "country", "kind")),
        ("products", ("id", "name", "site", "end_use", "grams", "yearly")),
    ):
        plain[kind] = [{n: getattr(row, n) for n in names} for row in getattr(held, kind)]
    return plain


def _form(
    at: Desk,
    held: Organisation,
    given: Any,  # noqa: ANN401 - what the form's kinds say
    faults: dict[str, str],
    *,
    status: int = 200,
    fault: Problem | None = None,
) -> Response:
    say = words(language(at.request))
    return page(
        at.request,
        "profile.html",
        status=status,
        fault=fault,
        faults=faults,
        it=held,
        asked=asks(),
        values=given,
        picks={},
        **drawing(say),
    )


@router.get("/organisations/{organisation}/export")
def export(at: At, organisation: str) -> Response:
    """Everything kept of the organisation, as one archive."""
    data = archive.export(at.office, at.actor, organisation)
    return download(f"{organisation}.zip", "application/zip", data)


@router.post("/organisations/{organisation}/track")
def track(at: At, organisation: str, sent: Sent) -> Response:
    """Put an organisation on the other track, with the reason."""
    try:
        tracks.switch(at.office, at.actor, organisation, sent.text("track"), sent.text("reason"), at.at)
    except XenotimeError as error:
        return show(at, organisation, status=status_of(error), fault=error.problem)
    return RedirectResponse(f"/organisations/{organisation}?done=switched", 303)
