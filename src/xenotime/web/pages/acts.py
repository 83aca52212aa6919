"""What people do on the page of a case: each act calls one verb, and shows the case again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from xenotime.core.errors import InputError, XenotimeError
from xenotime.programme import read
from xenotime.services.programme.casework import cases
from xenotime.services.programme.parties import vetting
from xenotime.web import gate
from xenotime.web.intake import receive
from xenotime.web.pages import fields
from xenotime.web.pages.cases import show
from xenotime.web.pages.desk import At, Desk, Sent
from xenotime.web.pages.failure import status_of
from xenotime.web.send import download

router = APIRouter(include_in_schema=False)


def _done(at: Desk, case: str, word: str, deed: Callable[[], object]) -> Response:
    """Do it and show the case; if it cannot be done, show the case with the reason."""
    try:
        deed()
    except XenotimeError as error:
        return show(at, case, status=status_of(error), fault=error.problem)
    return RedirectResponse(f"/cases/{case}?done={word}", 303)


@router.post("/cases/{case}/moves/{event}")
def move(at: At, case: str, event: str, sent: Sent) -> Response:
    """Make a move of the state table."""
    gate.prove(at.request, case, event)

    def deed() -> None:
        held = cases.view(at.office, at.actor, case, at.at).case
        moves = [m for m in read.manifests()[held.kind].moves if m.event == event and m.source == held.state]
        asks = [f for m in moves for f in m.asks if not f.tracks or held.track in f.tracks]
        data = {name: value for name, value in fields.read(asks, sent).items() if value not in ("", [], {})}
        cases.fire(at.office, at.actor, case, event, at.at, data)

    return _done(at, case, "moved", deed)


@router.post("/cases/{case}/ask")
def ask(at: At, case: str, sent: Sent) -> Response:
    """Ask the applicant."""

    def deed() -> None:
        due = _day(sent.text("due")) if sent.text("due") else None
        cases.ask(at.office, at.actor, case, sent.text("question"), at.at, due=due)

    return _done(at, case, "asked", deed)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError(
            "this is no day", where="due", expected="YYYY-MM-DD", found=text[:40], next_step="choose a day"
        ) from error


@router.post("/cases/{case}/answer/{query}")
def answer(at: At, case: str, query: str, sent: Sent) -> Response:
    """Answer a question."""
    text = sent.text(f"text-{query}")
    return _done(at, case, "answered", lambda: cases.answer(at.office, at.actor, case, query, text, at.at))


@router.post("/cases/{case}/advise")
def advise(at: At, case: str, sent: Sent) -> Response:
    """Give advice."""
    conditions = [line.strip() for line in sent.text("conditions").splitlines() if line.strip()]
    given = sent.text("level"), sent.text("says"), sent.text("advice")
    return _done(
        at,
        case,
        "advised",
        lambda: cases.advise(at.office, at.actor, case, *given, at.at, conditions=conditions),
    )


@router.post("/cases/{case}/countersign/{advice}")
def countersign(at: At, case: str, advice: str) -> Response:
    """Countersign another's advice."""
    return _done(
        at, case, "countersigned", lambda: cases.countersign(at.office, at.actor, case, advice, at.at)
    )


@router.post("/cases/{case}/vote")
def vote(at: At, case: str, sent: Sent) -> Response:
    """Vote for one's body."""
    given, reason = (sent.text("matter"), sent.text("vote")), sent.text("vote_reason")
    return _done(
        at, case, "voted", lambda: cases.vote(at.office, at.actor, case, *given, at.at, reason=reason)
    )


@router.post("/cases/{case}/flag")
def flag(at: At, case: str, sent: Sent) -> Response:
    """Raise a flag."""
    given = sent.text("flag"), sent.text("flag_says")
    return _done(at, case, "flagged", lambda: cases.flag(at.office, at.actor, case, *given, at.at))


@router.post("/cases/{case}/unflag/{flag}")
def unflag(at: At, case: str, flag: str, sent: Sent) -> Response:
    """Lower a flag."""
    why = sent.text(f"why-{flag}")
    return _done(at, case, "unflagged", lambda: cases.unflag(at.office, at.actor, case, flag, why, at.at))


@router.post("/cases/{case}/settle/{finding}")
def settle(at: At, case: str, finding: str, sent: Sent) -> Response:
    """Say how a finding is resolved."""
    text = sent.text(f"text-{finding}")
    return _done(at, case, "settled", lambda: cases.settle(at.office, at.actor, case, finding, text, at.at))


@router.post("/cases/{case}/assign")
def assign(at: At, case: str, sent: Sent) -> Response:
    """Give a case to an officer or a queue."""
    to = {"officer": sent.text("officer"), "queue": sent.text("queue")}
    return _done(at, case, "assigned", lambda: cases.assign(at.office, at.actor, case, at.at, **to))


@router.post("/cases/{case}/vet")
def vet(at: At, case: str) -> Response:
    """Look at lists, ownership, military links and the law again."""
    return _done(at, case, "vetted", lambda: vetting.vet(at.office, at.actor, case, at.at))


@router.post("/cases/{case}/papers")
def attach(at: At, case: str, sent: Sent) -> Response:
    """Add a document."""

    def deed() -> None:
        file = receive(sent.upload("file"))
        given = file.name, file.data, sent.text("purpose")
        cases.attach(at.office, at.actor, case, *given, at.at, media=file.media)

    return _done(at, case, "attached", deed)


@router.get("/cases/{case}/papers/{paper}")
def paper(at: At, case: str, paper: str) -> Response:
    """A document, always as a download and never as a page of ours."""
    found, data = cases.paper(at.office, at.actor, case, paper)
    return download(found.name, "application/octet-stream", data)
