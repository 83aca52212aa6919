"""What a screening leaves behind: the question, the list versions, the hits, the decisions, the outcome."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from datetime import date

from xenotime.core.canon import digest
from xenotime.core.errors import Problem
from xenotime.core.truth import Truth
from xenotime.parties.matching.match import Match, PartyQuery

#: The three outcomes of a query, mildest first, and what an erased one is called in the register.
NO_HIT, REVIEW, HIT = "no hit", "for review", "hit"
OUTCOMES = (NO_HIT, REVIEW, HIT)
#: What became of an earlier decision about a hit.
CLEARED, CONFIRMED, BACK, WAITS = "cleared", "confirmed", "came back", "waits"
#: What a decision that stands says of a hit.
_DECIDED: dict[str, Truth] = {CLEARED: False, CONFIRMED: True}
#: How far a decision reaches.
ENTRY, LIST, NAME = "this-list-entry", "all-entries-of-list", "name"
SCOPES = (ENTRY, LIST, NAME)
#: States of a listing that bind nobody on the day; the hit is shown and does not count.
SPENT = ("delisted", "stopped", "not yet listed")


@dataclass(frozen=True, slots=True)
class Used:
    """One version of one list: its hash, the day it speaks for, and how many entries it has.

    `says` warns when the version is old or doubtful; "" when there is nothing to say.
    """

    list_id: str
    title: str
    hash: str
    as_of: date | None
    count: int
    says: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """How names were compared: threshold [0 to 100], most hits kept a query, engine, hash of its tables."""

    threshold: int
    cap: int
    engine: str
    tables: str


@dataclass(frozen=True, slots=True)
class Mark:
    """What an earlier decision does to a hit: cleared | confirmed | came back | waits, and why, in words."""

    state: str
    decision: str
    says: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A list entry found for a query, the state of the listing on the day, and what was decided about it.

    `counts` says whether it makes the outcome: not when it is ruled out, cleared, or binds nobody that day.
    """

    match: Match
    status: str
    entry_hash: str
    counts: bool
    mark: Mark | None = None

    @property
    def truth(self) -> Truth:
        """Whether the party is the entry; a standing decision goes before the match."""
        return _DECIDED.get(self.mark.state if self.mark else "", self.match.truth)


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What is left of an erased party: a mark that is the same in every record, the day and the reason."""

    mark: str
    day: date
    reason: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One query with its outcome and hits, surest first; `left_off` counts hits beyond the cap."""

    query: PartyQuery
    facts: str
    outcome: str
    hits: tuple[Hit, ...] = ()
    left_off: int = 0
    findings: tuple[Problem, ...] = ()
    erased: Tombstone | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """The file that a screening is part of: its name, its hash, which part of how many."""

    file: str
    hash: str
    part: int
    parts: int


@dataclass(frozen=True, slots=True)
class Screening:
    """One screening, whole: days, list versions, settings, answers, decisions applied, and who asked."""

    on: date
    known: date
    by: str
    lists: tuple[Used, ...]
    settings: Settings
    answers: tuple[Answer, ...]
    decisions: tuple[str, ...] = ()
    batch: Batch | None = None

    @property
    def id(self) -> str:
        """The record's id: the hash of its content."""
        return digest(self)

    @property
    def outcome(self) -> str:
        """The gravest outcome of all answers; no hit if there is none."""
        return max((a.outcome for a in self.answers), key=OUTCOMES.index, default=NO_HIT)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about a hit, remembered with its reach and its end.

    `verdict`: false positive | true match. `covers` holds the entries decided about, each as
    list, entry and hash of the entry then. With `four_eyes` it counts only once another person confirmed it.
    """

    record: str
    party: str
    name: str
    facts: str
    names: str
    verdict: str
    scope: str
    covers: tuple[Covered, ...]
    because: str
    by: str
    day: date
    until: date
    four_eyes: bool = False
    confirmed_by: str = ""
    confirmed_on: date | None = None
    erased: Tombstone | None = None

    @property
    def id(self) -> str:
        """The decision's id: the hash of its content."""
        return digest(self)

    @property
    def stands(self) -> bool:
        """Whether it counts: one person is enough, or a second has confirmed."""
        return not self.four_eyes or bool(self.confirmed_by)


@dataclass(frozen=True, slots=True)
class Covered:
    """A list entry that a decision is about, and the hash it had then."""

    list_id: str
    entry: str
    hash: str
    name: str


@dataclass(frozen=True, slots=True)
class Alert:
    """Something a list update did to a watched party.

    `kind`: raised | removed | decision. `before` is what the last screening said of this entry,
    `record` that screening, `changed` what the update did to the entry, in words.
    """

    kind: str
    party: str
    name: str
    list_id: str
    entry: str
    entry_name: str
    changed: str
    before: str
    record: str
    known: date
    version: str
    says: str
    hit: Hit | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """The house's own rules: whether clearing needs two persons; how long records stay [days; 0: always]."""

    four_eyes: bool = False
    retention: int = 0


@dataclass(frozen=True, slots=True)
class Watched:
    """A party that was screened, as it was last asked, and what was found then."""

    query: PartyQuery
    facts: str
    record: str
    known: date
    outcome: str
    found: tuple[Earlier, ...] = ()


@dataclass(frozen=True, slots=True)
class Earlier:
    """A hit of the last screening: which entry, and what became of it."""

    list_id: str
    entry: str
    state: str


@dataclass(slots=True)
class Counts:
    """How much of each kind something touches."""

    of: dict[str, int] = field(default_factory=dict)

    def add(self, kind: str, number: int = 1) -> None:
        """Count some more of a kind."""
        self.of[kind] = self.of.get(kind, 0) + number


def key(text: str) -> str:
    """A name or id as it is looked up: no case, width or extra spaces.

    >>> key("  Fernhill  PIGMENTS ")
    'fernhill pigments'
    """
    whole = text.encode("utf-8", "replace").decode()
    return " ".join(unicodedata.normalize("NFKC", whole).casefold().split())


def facts_of(query: PartyQuery) -> str:
    """The hash of what identifies a party: names, country and numbers, whatever their order."""
    numbers = sorted([i.kind, i.value, i.country] for i in query.identifiers)
    return digest([key(query.name), sorted(map(key, query.other_names)), query.country, numbers, query.kind])


def names_of(query: PartyQuery) -> str:
    """The hash of a party's names alone, whatever their order."""
    return digest([key(query.name), sorted(map(key, query.other_names))])


def watched_of(made: Screening) -> tuple[Watched, ...]:
    """The parties of a screening as they are watched from now on."""
    record = made.id
    return tuple(
        Watched(
            a.query,
            a.facts,
            record,
            made.known,
            a.outcome,
            tuple(Earlier(h.match.list_id, h.match.entry, state_of(h)) for h in a.hits),
        )
        for a in made.answers
        if a.erased is None
    )


def state_of(hit: Hit) -> str:
    """What a hit amounts to, in a word or two.

    The mark of a decision goes first, then what excludes it, then hit or for review.
    """
    if hit.mark and hit.mark.state in (CLEARED, CONFIRMED):
        return hit.mark.state
    if hit.match.ruled_out:
        return "ruled out"
    if not hit.counts:
        return hit.status
    return HIT if hit.match.sure else REVIEW
