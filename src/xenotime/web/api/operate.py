"""The work of the authority as a whole: the state of the queues, light cases in bulk, new keys."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Request
from pydantic import Field

from xenotime.services.programme.casework import queues
from xenotime.web.api.kinds import Ident, Input, Long, Output
from xenotime.web.api.routing import router as _router
from xenotime.web.gate import Who, desk

router = _router("operation")


class LateOut(Output):
    """An open case whose day is over, and by how many days."""

    case: str
    days: int


class OverviewOut(Output):
    """Counts of open cases by state, track, kind and queue; what is late; one's own."""

    states: dict[str, int]
    tracks: dict[str, int]
    kinds: dict[str, int]
    queues: dict[str, int]
    late: tuple[LateOut, ...]
    mine: tuple[str, ...]


class BulkIn(Input):
    """Light civil cases to recommend at once, and why."""

    cases: Annotated[tuple[Ident, ...], Field(min_length=1, max_length=200)]
    reason: Annotated[Long, Field(min_length=1)]


class LeftOut(Output):
    """A case that was not advised, and why."""

    case: str
    why: str


class BulkOut(Output):
    """The cases advised, and each that was not, with why."""

    done: tuple[str, ...]
    left: tuple[LeftOut, ...]


class KeyOut(Output):
    """The id of a key that signs from now on."""

    kid: str


@router.get("/queues")
def overview(request: Request, who: Who) -> OverviewOut:
    """The whole work as it stands."""
    here = desk(request)
    found = queues.overview(here.office, who, here.clock.now())
    return OverviewOut(
        states=dict(found.states),
        tracks=dict(found.tracks),
        kinds=dict(found.kinds),
        queues=dict(found.queues),
        late=tuple(LateOut(case=c.id, days=days) for c, days in found.late),
        mine=tuple(c.id for c in found.mine),
    )


@router.post("/queues/recommend")
def recommend(request: Request, who: Who, given: BulkIn) -> BulkOut:
    """Advise to grant many light civil cases; never a decision."""
    here = desk(request)
    found = queues.recommend(here.office, who, given.cases, given.reason, here.clock.now())
    return BulkOut(done=found.done, left=tuple(LeftOut(case=case, why=why) for case, why in found.left))


@router.post("/keys/{purpose}/rotate", status_code=201)
def rotate(request: Request, purpose: Literal["credential", "status", "log", "seal"]) -> KeyOut:
    """Make a new key of a purpose; the old one goes on verifying what it signed."""
    here = desk(request)
    return KeyOut(kid=here.office.keys.rotate(purpose, here.clock.now()))
