"""A case: what somebody asked for, where it stands, and everything that was said about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

#: The two tracks; they differ by what manifests and profiles say of them, never by code.
CIVIL, MILITARY = "civil", "military"


@dataclass(frozen=True, slots=True)
class Flag:
    """The visible reason for a route or a halt. `blocks`: no final decision while it stands."""

    id: str
    says: str
    raised: datetime
    by: str
    blocks: bool = False
    lowered: datetime | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """A question to the applicant; while it is open no final decision can be made."""

    id: str
    asks: str
    asked: datetime
    by: str
    due: date | None = None
    answer: str = ""
    answered: datetime | None = None
    answered_by: str = ""
    closed: datetime | None = None


@dataclass(frozen=True, slots=True)
class Advice:
    """Advice at a level (officer | team | final): grant | grant_with_conditions | refuse | refer, with its
    reason.

    `countersigned_by` is never the one who gave it; advice that was changed stays, marked `superseded`.
    """

    id: str
    level: str
    says: str
    reason: str
    by: str
    at: datetime
    conditions: tuple[str, ...] = ()
    countersigned_by: str = ""
    countersigned: datetime | None = None
    superseded: bool = False


@dataclass(frozen=True, slots=True)
class Vote:
    """One vote of a body: grant | refuse | withdraw | keep. A later vote of the same body on the same
    matter replaces it.
    """

    matter: str
    body: str
    says: str
    by: str
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition that can be checked: on what, by which test, shown by what, how often, and what follows
    a breach.

    The same object stands on the certificate, in the calendar of obligations and in the shipment check.
    `test` is a name that `programme.trust.condition` knows; `value` its parameter.
    `period`: once | shipment | year | event.
    """

    id: str
    subject: str
    test: str
    value: str
    evidence: str
    period: str
    consequence: str
    says: str
    source: str = ""
    confidence: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What vetting found: kind (list | ownership | military | content | law | return), how it weighs, and
    what shows it.

    `weight`: clear | note | concern | stop. `data` holds what a page draws: a hit, an ownership picture, a
    verdict.
    `settled` says how a person resolved it; `says_zh` is `says` in Chinese, where whoever found it knows it.
    """

    id: str
    kind: str
    weight: str
    says: str
    at: datetime
    source: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    settled: str = ""
    settled_by: str = ""
    says_zh: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A document on the case: its content lies in the store under its hash."""

    id: str
    name: str
    media: str
    sha256: str
    size: int
    added: datetime
    by: str
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a clock: it ran from `start` to `stop` (None: it runs). `why` says what started it."""

    clock: str
    start: date
    stop: date | None
    why: str


@dataclass(frozen=True, slots=True)
class Step:
    """One move that was made."""

    at: datetime
    by: str
    event: str
    source: str
    to: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """A case of one kind (the manifest's name) on one track, in one state of that manifest's table.

    `organisation` whose case it is; `subject` the certificate, licence, shipment or case that it is about;
    `parent` the case that it grew out of. `form` the answers, as the manifest's fields type them.
    """

    id: str
    kind: str
    track: str
    state: str
    organisation: str
    title: str
    opened: datetime
    opened_by: str
    subject: str = ""
    parent: str = ""
    form: Mapping[str, Any] = field(default_factory=dict)
    queue: str = ""
    officer: str = ""
    flags: tuple[Flag, ...] = ()
    queries: tuple[Query, ...] = ()
    advice: tuple[Advice, ...] = ()
    votes: tuple[Vote, ...] = ()
    conditions: tuple[Condition, ...] = ()
    findings: tuple[Finding, ...] = ()
    papers: tuple[Paper, ...] = ()
    spans: tuple[Span, ...] = ()
    steps: tuple[Step, ...] = ()
    due: date | None = None
    closed: datetime | None = None
    outcome: str = ""
    reason: str = ""
    version: int = 0
