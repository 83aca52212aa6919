"""Cases: the list, a new one, the form, and the page of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from xenotime.core.errors import InputError, Problem, XenotimeError
from xenotime.programme import read
from xenotime.programme.access import permits
from xenotime.programme.account import Account
from xenotime.programme.casework import forms, votes
from xenotime.programme.casework.case import Case
from xenotime.programme.casework.manifest import ROWS, Manifest
from xenotime.programme.organisation import Organisation
from xenotime.services.programme.casework import cases
from xenotime.services.programme.casework.views import CaseView
from xenotime.services.programme.ports import Search
from xenotime.web.intake import receive
from xenotime.web.pages import evidence, fields, picks
from xenotime.web.pages.desk import At, Desk, Posted, Sent
from xenotime.web.pages.failure import status_of
from xenotime.web.pages.holding import named
from xenotime.web.pages.render import page, told
from xenotime.web.pages.speech import language, words

router = APIRouter(include_in_schema=False)

#: What a list of cases can be cut down to.
FILTERS = ("kind", "state", "track", "organisation", "officer", "queue")
PAGE = 50
#: What bodies vote on.
VOTED = ("grant", "withdraw")


def kinds(at: Desk) -> list[Manifest]:
    """The kinds of case that the reader may open."""
    return [m for m in read.manifests().values() if at.actor.role in m.opens]


@router.get("/cases")
def listed(at: At) -> Response:
    """Cases, newest first, cut down by the address."""
    where: dict[str, Any] = {name: at.asked(name) for name in FILTERS if at.asked(name)}
    if at.asked("open") == "yes":
        where["outcome"] = ""
    search = Search(where, at.asked("q"), "-opened", PAGE, at.asked("after"))
    found = cases.find(at.office, at.actor, search)
    return page(
        at.request,
        "cases.html",
        found=found,
        manifests=read.manifests(),
        kinds=kinds(at),
        asked=at.asked,
        holders=named(at, (c.organisation for c in found.items)),
    )


@router.get("/cases/new")
def new(at: At) -> Response:
    """The kinds that may be opened, each with what it is for."""
    mine = at.actor.organisation
    offered = [m for m in kinds(at) if not (mine and m.id == "registration")]
    return page(
        at.request,
        "new.html",
        kinds=offered,
        subject=at.asked("subject"),
        subjects=picks.subjects(at, mine) if mine else {},
    )


@router.post("/cases")
def opened(at: At, sent: Sent) -> Response:
    """Open a case and go to its form."""
    organisation = sent.text("organisation") or at.actor.organisation
    made = cases.open_case(
        at.office, at.actor, sent.text("kind"), organisation, at.at, subject=sent.text("subject")
    )
    to = "form" if made.state in read.manifests()[made.kind].editable else ""
    return RedirectResponse(f"/cases/{made.id}/{to}".rstrip("/"), 303)


@router.get("/cases/{case}")
def shown(at: At, case: str) -> Response:
    """One case with everything that its reader may see."""
    return show(at, case)


def show(at: Desk, case: str, *, status: int = 200, fault: Problem | None = None) -> Response:
    """The page of a case, with what went wrong if something did."""
    view = cases.view(at.office, at.actor, case, at.at)
    say = words(language(at.request))
    return page(
        at.request,
        "case.html",
        status=status,
        fault=fault,
        view=view,
        it=view.case,
        manifest=view.manifest,
        seen=evidence.read(view.case, say),
        file=view.full,
        name=evidence.namer(view.names, say),
        diagram=evidence.diagram(view.manifest, view.case.state, say),
        done=at.asked("done"),
        manifests=read.manifests(),
        known=known(view.organisation, view.case),
        matters=matters(at, view.case),
        officers=officers(at) if permits(at.actor, "case.assign") else (),
        **drawing(say),
    )


def matters(at: Desk, case: Case) -> tuple[str, ...]:
    """On what the reader's body votes in a case of its kind and track; nothing for those who have no vote."""
    if at.actor.role != "approver" or case.closed is not None:
        return ()
    moves = read.manifests()[case.kind].moves
    asked = {m for m in VOTED for move in moves if any(g == f"voted:{m}" for g in move.guards)}
    return tuple(
        m for m in VOTED if m in asked and at.actor.body in votes.rule(case, at.office.profile, m)[1]
    )


def officers(at: Desk) -> tuple[tuple[str, str], ...]:
    """Who a case can be given to: the authority's people, by name."""
    where = {"role": ("officer", "approver"), "state": "active"}
    with at.office.store.view() as view:
        return tuple((a.id, a.name) for a in view.find(Account, Search(where, "", "-created", 200)).items)


def known(organisation: Organisation, case: Case) -> dict[str, str]:
    """The words of the ids that a case uses: sites, products, documents."""
    named = [(x.id, x.name) for x in organisation.sites] + [(x.id, x.name) for x in organisation.products]
    return dict([*named, *((p.id, p.name) for p in case.papers)])


def drawing(say: Any) -> dict[str, Any]:  # noqa: ANN401 - the words of a language
    """What the templates of fields use."""
    return {
        "named": lambda choices: [(c.id, told(say, c)) for c in choices],
        "heads": lambda kind: [(k, zh if say.lang == "zh" else en) for k, en, zh in fields.columns(kind)],
        "flags_of": lambda manifest: [(f.id, told(say, f)) for f in manifest.flags],
        "row_kinds": tuple(ROWS),
        "blank": fields.blank,
        "plain": fields.plain,
    }


@router.get("/cases/{case}/form")
def asked(at: At, case: str) -> Response:
    """The form of a case."""
    view = cases.view(at.office, at.actor, case, at.at)
    return _form(at, view, view.case.form, {})


@router.post("/cases/{case}/form")
def filled(at: At, case: str, sent: Sent) -> Response:
    """Keep a draft, or submit it; what cannot be used or is missing is shown with the form."""
    view = cases.view(at.office, at.actor, case, at.at)
    held, manifest = view.case, view.manifest
    values = fields.read(manifest.asked(held.track), sent)
    try:
        held, values = _uploaded(at, view, values, sent)
    except XenotimeError as error:
        return _form(at, view, values, {}, status=status_of(error), fault=error.problem)
    view = replace(view, case=held)
    faults = fields.faults(manifest, held, values)
    if faults:
        return _form(at, view, values, faults, status=400)
    try:
        kept = cases.edit(at.office, at.actor, case, values, at.at)
        if sent.text("more"):
            return RedirectResponse(f"/cases/{case}/form#f-{sent.text('more')}", 303)
        event = sent.text("event")
        if not event:
            return RedirectResponse(f"/cases/{case}?done=saved", 303)
        say = words(language(at.request))
        lacks = fields.lacking(manifest, kept, say)
        if lacks:
            return _form(at, view, kept.form, lacks, status=400)
        cases.fire(at.office, at.actor, case, event, at.at)
    except XenotimeError as error:
        return _form(at, view, values, {}, status=status_of(error), fault=error.problem)
    return RedirectResponse(f"/cases/{case}?done=moved", 303)


def _uploaded(at: Desk, view: CaseView, values: dict[str, Any], sent: Posted) -> tuple[Case, dict[str, Any]]:
    """The case with the documents that were sent with the form, and the answers that name them."""
    held, named_now = view.case, dict(values)
    for field in view.manifest.asked(held.track):
        if field.kind == "file" and sent.has(f"upload.{field.id}"):
            file = receive(sent.upload(f"upload.{field.id}"))
            given = file.name, file.data, field.title
            held = cases.attach(at.office, at.actor, held.id, *given, at.at, media=file.media)
            named_now[field.id] = [*named_now[field.id], held.papers[-1].id]
    return held, named_now


def _form(
    at: Desk,
    view: CaseView,
    values: Mapping[str, Any],
    faults: dict[str, str],
    *,
    status: int = 200,
    fault: Problem | None = None,
) -> Response:
    held: Case = view.case
    manifest: Manifest = view.manifest
    if not view.editable:
        raise InputError(
            "this form is closed",
            where=held.id,
            expected=f"a state in which it may be changed: {', '.join(manifest.editable)}",
            found=held.state,
            next_step="answer the questions on the case, or ask the officer to return it",
        )
    say = words(language(at.request))
    organisation: Organisation = view.organisation
    ready = [p for p in view.moves if p.move.event in ("submit", "resubmit")]
    return page(
        at.request,
        "form.html",
        status=status,
        fault=fault,
        faults=faults,
        it=held,
        organisation=organisation,
        manifest=manifest,
        asked=manifest.asked(held.track),
        values=values,
        lacking=forms.missing(manifest, held),
        picks={
            **picks.all_of(at, manifest.asked(held.track), organisation, say),
            "upload": tuple((p.id, p.name) for p in held.papers),
        },
        submits=ready,
        **drawing(say),
    )
