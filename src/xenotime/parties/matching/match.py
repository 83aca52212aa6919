"""The question put to the lists, and what an answer holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from xenotime.core.truth import Truth
from xenotime.parties.listing.entry import Identifier


@dataclass(frozen=True, slots=True)
class PartyQuery:
    """A party to be screened: its own id, its names, and what else identifies it."""

    party: str
    name: str
    other_names: tuple[str, ...] = ()
    country: str = ""
    identifiers: tuple[Identifier, ...] = ()
    kind: str = "unknown"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two tokens taken for each other. `how`: same | spelling | sound | initial | plural | joined | register.

    `likeness` [0 to 100]; `weight` says how much the pair tells about who is meant.
    """

    mine: str
    theirs: str
    how: str
    likeness: int
    weight: int


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two views, token by token: pairs, what stands alone on each side, and what excludes the other.

    `raw` [0 to 1000] is the likeness before calibration.
    """

    kind: str
    pairs: tuple[Pair, ...]
    alone_mine: tuple[str, ...]
    alone_theirs: tuple[str, ...]
    contradictions: tuple[str, ...]
    raw: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that speaks for (`points` > 0) or against (< 0) a match, in words.

    `fact`: name | country | identifier | legal form | kind | another listed name.
    `verdict`: same | different | unknown.
    """

    fact: str
    verdict: str
    says: str
    points: int = 0


@dataclass(frozen=True, slots=True)
class Match:
    """A list entry that a party is (`sure`), may be, or is shown not to be (`ruled_out`).

    `score` [0 to 100] is the calibrated probability, in percent, that both names mean one party;
    `written` is which of the party's names was compared and `entry_name` with which of the entry's.
    """

    party: str
    written: str
    list_id: str
    entry: str
    entry_name: str
    listed_on: date | None
    score: int
    sure: bool
    ruled_out: bool
    alignment: Alignment | None
    evidence: tuple[Evidence, ...]

    @property
    def truth(self) -> Truth:
        """Whether the party is this entry: True, False, or None where a person must look."""
        return True if self.sure else (False if self.ruled_out else None)

    @property
    def how(self) -> str:
        """Why, in one line."""
        return "; ".join(e.says for e in self.evidence)
