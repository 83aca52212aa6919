"""A case as the API takes and shows it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from xenotime.web.api.kinds import Form, Ident, Input, Long, Output, Short, Word


class CaseNew(Input):
    """A case to open: its kind, whose it is, and what it is about."""

    kind: Word
    organisation: Ident
    subject: Short = ""
    form: Form = Field(default_factory=dict)


class FormIn(Input):
    """The answers of a case's form."""

    form: Form


class EventIn(Input):
    """What the event's own form asks."""

    data: Form = Field(default_factory=dict)


class TextIn(Input):
    """Words."""

    text: Annotated[Long, Field(min_length=1)]


class QueryIn(TextIn):
    """A question, and until when it should be answered."""

    due: date | None = None


class AdviceIn(Input):
    """Advice at a level, with its reason and conditions."""

    level: Word
    says: Word
    reason: Long
    conditions: Annotated[tuple[Short, ...], Field(max_length=50)] = ()


class VoteIn(Input):
    """A vote on a matter."""

    matter: Word
    says: Word
    reason: Long = ""


class FlagIn(Input):
    """A flag of the manifest, and why it is raised."""

    name: Word
    says: Long


class AssignIn(Input):
    """Who works on the case, and in which queue it lies; what is not given stays."""

    officer: Short | None = None
    queue: Short | None = None


class TrackIn(Input):
    """The track to go on, and why."""

    track: Literal["civil", "military"]
    reason: Annotated[Long, Field(min_length=1)]


class QueryOut(Output):
    """A question and its answer."""

    id: str
    asks: str
    asked: datetime
    due: date | None
    answer: str
    answered: datetime | None
    closed: datetime | None


class PaperOut(Output):
    """A document on the case."""

    id: str
    name: str
    media: str
    sha256: str
    size: int
    added: datetime
    purpose: str


class StepOut(Output):
    """One move that was made."""

    at: datetime
    by: str
    event: str
    source: str
    to: str
    note: str


class AdviceOut(Output):
    """Advice as given."""

    id: str
    level: str
    says: str
    reason: str
    by: str
    at: datetime
    conditions: tuple[str, ...]
    countersigned_by: str
    superseded: bool


class VoteOut(Output):
    """One vote."""

    matter: str
    body: str
    says: str
    by: str
    at: datetime
    reason: str


class FlagOut(Output):
    """A flag on the case."""

    id: str
    says: str
    raised: datetime
    by: str
    blocks: bool
    lowered: datetime | None
    why: str


class FindingOut(Output):
    """What vetting found."""

    id: str
    kind: str
    weight: str
    says: str
    at: datetime
    source: str
    settled: str
    says_zh: str


class CaseOut(Output):
    """A case as its reader may see it: an applicant's has no advice, votes, flags and findings."""

    id: str
    kind: str
    track: str
    state: str
    organisation: str
    title: str
    opened: datetime
    opened_by: str
    subject: str
    parent: str
    form: dict[str, Any]
    queue: str
    officer: str
    due: date | None
    closed: datetime | None
    outcome: str
    reason: str
    version: int
    queries: tuple[QueryOut, ...]
    papers: tuple[PaperOut, ...]
    steps: tuple[StepOut, ...]
    advice: tuple[AdviceOut, ...]
    votes: tuple[VoteOut, ...]
    flags: tuple[FlagOut, ...]
    findings: tuple[FindingOut, ...]


class CasePage(Output):
    """A page of cases; `next` is the `after` of the following one, "" at the end."""

    items: tuple[CaseOut, ...]
    next: str


class StopOut(Output):
    """What stands in the way, in both languages."""

    guard: str
    says: str
    says_zh: str


class MoveOut(Output):
    """A move of the present state, and what stops it; nothing: it can be made."""

    event: str
    to: str
    title: str
    title_zh: str
    stops: tuple[StopOut, ...]


class ClockOut(Output):
    """A clock of the case: days spent of those given, and whether it runs."""

    clock: str
    state: str
    days: int
    spent: int
    left: int
    working: bool


class CaseViewOut(Output):
    """A case with what can be done to it now, what blocks a decision, and its clocks."""

    case: CaseOut
    moves: tuple[MoveOut, ...]
    blocks: tuple[StopOut, ...]
    clocks: tuple[ClockOut, ...]
    editable: bool
