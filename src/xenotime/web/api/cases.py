"""Cases: open, fill in, move, ask, answer, advise, vote, flag, settle, assign, papers."""

from __future__ import annotations

from fastapi import Request, UploadFile
from fastapi.responses import Response

from xenotime.programme.access import Actor
from xenotime.programme.casework.case import Case
from xenotime.services.programme.casework import cases, views
from xenotime.services.programme.parties import tracks, vetting
from xenotime.services.programme.ports import Search
from xenotime.web.api.files import (
    AdviceIn,
    AssignIn,
    CaseNew,
    CaseOut,
    CasePage,
    CaseViewOut,
    ClockOut,
    EventIn,
    FlagIn,
    FormIn,
    MoveOut,
    QueryIn,
    StopOut,
    TextIn,
    TrackIn,
    VoteIn,
)
from xenotime.web.api.kinds import After, Asked, InPath, Limit, MaybeKey
from xenotime.web.api.routing import router as _router
from xenotime.web.gate import Who, desk, prove
from xenotime.web.intake import PAPERS, receive
from xenotime.web.send import download

router = _router("cases")


def shown(case: Case, actor: Actor) -> CaseOut:
    """A case as this actor may read it."""
    return CaseOut.model_validate(case if actor.role != "applicant" else views.redacted(case))


@router.get("/cases")
def find(
    request: Request,
    who: Who,
    kind: Asked = None,
    state: Asked = None,
    organisation: Asked = None,
    queue: Asked = None,
    text: Asked = None,
    limit: Limit = 50,
    after: After = "",
) -> CasePage:
    """Cases that one may read: an applicant those of the own organisation."""
    named = {"kind": kind, "state": state, "organisation": organisation, "queue": queue}
    where = {name: value for name, value in named.items() if value is not None}
    search = Search(where, text or "", "-opened", limit, after)
    page = cases.find(desk(request).office, who, search)
    return CasePage(items=tuple(shown(c, who) for c in page.items), next=page.next)


@router.post("/cases", status_code=201)
def open_case(request: Request, who: Who, given: CaseNew, key: MaybeKey = "") -> CaseOut:
    """Open a case of a kind."""
    here = desk(request)
    made = cases.open_case(
        here.office, who, given.kind, given.organisation, here.clock.now(),
        subject=given.subject, form=given.form, key=key,
    )  # fmt: skip
    return shown(made, who)


@router.get("/cases/{case}")
def view(request: Request, who: Who, case: InPath) -> CaseViewOut:
    """A case with its moves, blocks and clocks."""
    here = desk(request)
    found = views.view(here.office, who, case, here.clock.now())
    moves = tuple(
        MoveOut(
            event=p.move.event, to=p.move.to, title=p.move.title, title_zh=p.move.title_zh,
            stops=tuple(StopOut.model_validate(s) for s in p.stops),
        )
        for p in found.moves
    )  # fmt: skip
    return CaseViewOut(
        case=shown(found.case, who),
        moves=moves,
        blocks=tuple(StopOut.model_validate(s) for s in found.blocks),
        clocks=tuple(ClockOut.model_validate(c) for c in found.clocks),
        editable=found.editable,
    )


@router.put("/cases/{case}/form")
def edit(request: Request, who: Who, case: InPath, given: FormIn, key: MaybeKey = "") -> CaseOut:
    """Fill in the form; fields that are left out stay as they are."""
    here = desk(request)
    return shown(cases.edit(here.office, who, case, given.form, here.clock.now(), key=key), who)


@router.post("/cases/{case}/events/{event}")
def fire(
    request: Request, who: Who, case: InPath, event: InPath, given: EventIn, key: MaybeKey = ""
) -> CaseOut:
    """Make a move. One that grants or revokes asks for a sign-in of the last minutes."""
    here = desk(request)
    prove(request, case, event)
    return shown(cases.fire(here.office, who, case, event, here.clock.now(), given.data, key=key), who)


@router.post("/cases/{case}/queries")
def ask(request: Request, who: Who, case: InPath, given: QueryIn, key: MaybeKey = "") -> CaseOut:
    """Ask the applicant; while the question is open nothing final can be decided."""
    here = desk(request)
    return shown(cases.ask(here.office, who, case, given.text, here.clock.now(), due=given.due, key=key), who)


@router.post("/cases/{case}/queries/{query}/answer")
def answer(
    request: Request, who: Who, case: InPath, query: InPath, given: TextIn, key: MaybeKey = ""
) -> CaseOut:
    """Answer a question."""
    here = desk(request)
    return shown(cases.answer(here.office, who, case, query, given.text, here.clock.now(), key=key), who)


@router.post("/cases/{case}/queries/{query}/close")
def close(
    request: Request, who: Who, case: InPath, query: InPath, given: TextIn, key: MaybeKey = ""
) -> CaseOut:
    """Close a question without an answer, and say why."""
    here = desk(request)
    return shown(cases.close(here.office, who, case, query, given.text, here.clock.now(), key=key), who)


@router.post("/cases/{case}/advice")
def advise(request: Request, who: Who, case: InPath, given: AdviceIn, key: MaybeKey = "") -> CaseOut:
    """Give advice at a level."""
    here = desk(request)
    made = cases.advise(
        here.office, who, case, given.level, given.says, given.reason, here.clock.now(),
        conditions=given.conditions, key=key,
    )  # fmt: skip
    return shown(made, who)


@router.post("/cases/{case}/advice/{advice}/countersign")
def countersign(request: Request, who: Who, case: InPath, advice: InPath, key: MaybeKey = "") -> CaseOut:
    """Countersign somebody else's advice."""
    here = desk(request)
    return shown(cases.countersign(here.office, who, case, advice, here.clock.now(), key=key), who)


@router.post("/cases/{case}/votes")
def vote(request: Request, who: Who, case: InPath, given: VoteIn, key: MaybeKey = "") -> CaseOut:
    """Vote for the own body."""
    here = desk(request)
    made = cases.vote(
        here.office, who, case, given.matter, given.says, here.clock.now(), reason=given.reason, key=key
    )
    return shown(made, who)


@router.post("/cases/{case}/flags")
def flag(request: Request, who: Who, case: InPath, given: FlagIn, key: MaybeKey = "") -> CaseOut:
    """Raise a flag."""
    here = desk(request)
    return shown(cases.flag(here.office, who, case, given.name, given.says, here.clock.now(), key=key), who)


@router.post("/cases/{case}/flags/{flag}/lower")
def unflag(
    request: Request, who: Who, case: InPath, flag: InPath, given: TextIn, key: MaybeKey = ""
) -> CaseOut:
    """Lower a flag, and say why."""
    here = desk(request)
    return shown(cases.unflag(here.office, who, case, flag, given.text, here.clock.now(), key=key), who)


@router.post("/cases/{case}/findings/{finding}/settle")
def settle(
    request: Request, who: Who, case: InPath, finding: InPath, given: TextIn, key: MaybeKey = ""
) -> CaseOut:
    """Say how a finding was resolved."""
    here = desk(request)
    return shown(cases.settle(here.office, who, case, finding, given.text, here.clock.now(), key=key), who)


@router.post("/cases/{case}/assign")
def assign(request: Request, who: Who, case: InPath, given: AssignIn, key: MaybeKey = "") -> CaseOut:
    """Give the case to an officer or a queue."""
    here = desk(request)
    made = cases.assign(
        here.office, who, case, here.clock.now(), officer=given.officer, queue=given.queue, key=key
    )
    return shown(made, who)


@router.post("/cases/{case}/vet")
def vet(request: Request, who: Who, case: InPath, key: MaybeKey = "") -> CaseOut:
    """Run lists, ownership, military links and the law over the case, as known now."""
    here = desk(request)
    return shown(vetting.vet(here.office, who, case, here.clock.now(), key=key), who)


@router.post("/cases/{case}/papers", status_code=201)
def attach(request: Request, who: Who, case: InPath, file: UploadFile, key: MaybeKey = "") -> CaseOut:
    """Add a document: PDF, picture, text, table or office document; its kind is read from its content."""
    here = desk(request)
    got = receive(file, PAPERS, here.settings.upload)
    made = cases.attach(
        here.office, who, case, got.name, got.data, "", here.clock.now(), media=got.media, key=key
    )
    return shown(made, who)


@router.get("/cases/{case}/papers/{paper}", response_class=Response)
def paper(request: Request, who: Who, case: InPath, paper: InPath) -> Response:
    """A document of a case, for keeping."""
    found, data = cases.paper(desk(request).office, who, case, paper)
    return download(found.name, found.media, data)


@router.post("/organisations/{organisation}/track")
def track(request: Request, who: Who, organisation: InPath, given: TrackIn) -> dict[str, str]:
    """Put an organisation on another track: the way back to the civil one asks for two persons."""
    here = desk(request)
    made = tracks.switch(here.office, who, organisation, given.track, given.reason, here.clock.now())
    return {"organisation": made.id, "track": made.track}
