"""What the law answers: the ordered outcomes and the full explanation of one row.

Cheap results are columns (see `xenotime.law.decide`); this is the rich form, made on demand.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum

from xenotime.core.truth import Truth


class Outcome(IntEnum):
    """The governing answer. Ranks 0 to 5 are ordered; the four beside the order come after.

    OPEN: the text was read and does not decide (which readings).
    UNDETERMINED: facts are missing (which). UNVERIFIED: a hinge decides (which branches).
    CONFLICT: two articles contradict each other (which).
    """

    NOT_CONTROLLED = 0
    REPORT = 1
    LICENCE = 2
    CASE_BY_CASE = 3
    PRESUMED_DENIED = 4
    PROHIBITED = 5
    OPEN = 6
    UNDETERMINED = 7
    UNVERIFIED = 8
    CONFLICT = 9

    @property
    def word(self) -> str:
        """The outcome as the vocabulary writes it: ``not_controlled``."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class PredicateTrace:
    """One named condition of a rule with its value and the words for it."""

    name: str
    value: Truth
    sentence: str
    facts: tuple[tuple[str, str], ...] = ()
    detail: str = ""


@dataclass(frozen=True, slots=True)
class TreeTrace:
    """A node of a rule's tree: ``op`` is all, any, not, leaf, holds or in_force."""

    op: str
    value: Truth
    leaf: PredicateTrace | None = None
    label: str = ""
    children: tuple[TreeTrace, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleTrace:
    """One rule as it stood for this row."""

    address: str
    title: str
    text: str
    question: str
    answer: str
    binds: str
    status: str
    status_by: str
    holds: Truth
    tree: TreeTrace
    confidence: str
    sources: tuple[str, ...]
    excepted_by: tuple[str, ...] = ()
    readings: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class BranchAnswer:
    """The outcome if a hinge turned out one way."""

    hinge: str
    branch: str
    outcome: Outcome
    is_default: bool
    day: date
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MissingFact:
    """A fact that could change the outcome: the question, and whose answer it is."""

    fact: str
    asks: str
    who: str
    outcomes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Assumption:
    """A presumption that this answer rests on."""

    fact: str
    value: str
    ground: str
    reviewer: str


@dataclass(frozen=True, slots=True)
class Duty:
    """Something owed beside the outcome: what, by whom, to whom, by when."""

    address: str
    duty: str
    what: str
    who: str
    to: str
    by: str
    due: tuple[date, date] | None = None
    confidence: str = ""


@dataclass(frozen=True, slots=True)
class Channel:
    """A way to a licence: eligible (True), not (False: why) or not known (None: what is missing)."""

    channel: str
    eligible: Truth
    why: tuple[str, ...]
    address: str
    papers: tuple[str, ...] = ()
    clock: str = ""
    validity: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """Whether the law reaches the row in one way (True, False, None: not known), and why not; no outcome."""

    address: str
    title: str
    answer: str
    holds: Truth
    why: tuple[str, ...]
    confidence: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """Hedged practice, a claim or a caution; never a rule."""

    address: str
    kind: str
    says: str
    confidence: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """Whether one licence held covers the row, or which of its bounds fails."""

    licence: str
    channel: str
    covers: Truth
    fails: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """One decision in full. `rule` is the deciding rule, or "" when nothing applies."""

    on: date
    known: date
    law_hash: str
    outcome: Outcome
    low: Outcome
    high: Outcome
    rule: str
    code: str = ""
    rules: tuple[RuleTrace, ...] = ()
    branches: tuple[BranchAnswer, ...] = ()
    possible: tuple[Outcome, ...] = ()
    readings: tuple[tuple[str, str, str], ...] = ()
    conflict: tuple[str, ...] = ()
    missing: tuple[MissingFact, ...] = ()
    assuming: tuple[Assumption, ...] = ()
    duties: tuple[Duty, ...] = ()
    channels: tuple[Channel, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    notes: tuple[Note, ...] = ()
    scopes: tuple[Scope, ...] = ()
    facts: tuple[tuple[str, str], ...] = field(default=())

    @property
    def covered_by(self) -> tuple[str, ...]:
        """Ids of the licences that cover the row."""
        return tuple(c.licence for c in self.coverage if c.covers)
