"""Evidence of a military link: what it says, of which place, from which day, and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from xenotime.core.truth import Truth

#: What a piece of evidence can speak of, and what a question can be about.
LEVELS = ("company", "site", "contract")
#: The confidence of a listing that may or may not be of this party.
NEAR = "near"
#: The confidence of what the user's own table says of a party.
OWN = "own"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing somebody says about a party: `military` True points to a military link, False to civil work.

    `level` is company, site or contract, and `place` the id of that site or contract. `share` [percent] is
    for kinds that state one, `listing` the address of a list. `day` None: undated. `confidence` is one of
    the letters O X T L P V D M ?, or `OWN` for the user's own column, which stands on the day of the
    question and does not age.
    """

    party: str
    kind: str
    military: bool
    source: str
    day: date | None = None
    level: str = "company"
    place: str = ""
    share: Decimal | None = None
    listing: str = ""
    confidence: str = "?"
    note: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a question is about: a party, or what it does at one site or under one contract."""

    party: str
    site: str = ""
    contract: str = ""

    @property
    def level(self) -> str:
        """The narrowest level that is named."""
        return "contract" if self.contract else "site" if self.site else "company"

    @property
    def place(self) -> str:
        """The id of that level; "" for the company."""
        return self.contract or self.site


@dataclass(frozen=True, slots=True)
class Weighed:
    """A piece of evidence as it counts for one question: its class now, and each reason why.

    `rank` is the place of `weight` among the policy's classes; 0 is history and counts for nothing.
    """

    evidence: Evidence
    weight: str
    rank: int
    why: tuple[str, ...] = ()
    stale: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """Something that would change the answer, tried and found to: what, and to which answer."""

    what: str
    answer: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to one question, with everything that carried, opposed or missed it.

    `truth` True: a military link; False: none; None: unknown. `line` and `says` are the line of the policy
    that decided. `aside` is what the policy set aside for this place, with the line that says so; `unused`
    is what is not known yet, of a later day, or of another place.
    """

    subject: Subject
    truth: Truth
    line: str
    says: str
    carried: tuple[Weighed, ...] = ()
    against: tuple[Weighed, ...] = ()
    lighter: tuple[Weighed, ...] = ()
    aside: tuple[Weighed, ...] = ()
    stale: tuple[Weighed, ...] = ()
    unused: tuple[Weighed, ...] = ()
    changes: tuple[Change, ...] = ()

    @property
    def word(self) -> str:
        """The answer as a word: yes, no or unknown."""
        return word(self.truth)

    @property
    def heaviest(self) -> int:
        """The rank of the heaviest evidence that says military; 0 without any."""
        found = (*self.carried, *self.lighter, *self.against)
        return max((w.rank for w in found if w.evidence.military), default=0)

    @property
    def known(self) -> bool:
        """Whether anything at all speaks for or against; False means that nobody has looked."""
        return bool(self.carried or self.against or self.lighter)


def word(truth: Truth) -> str:
    """The answer as a word.

    >>> word(True), word(None)
    ('yes', 'unknown')
    """
    return "unknown" if truth is None else "yes" if truth else "no"
