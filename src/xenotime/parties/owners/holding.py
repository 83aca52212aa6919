"""Holdings: who holds what share of whom, between which bounds, from when to when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Holding:
    """A stake of `owner` in `owned`, between `low` and `high` (shares of 1, exact, 0 to 1).

    `high` None: the share is not known, so it reaches to whatever others leave. `kind`: shares | votes |
    control (evidence of control, never a share) | nominee | trust; a nominee or trustee holds for
    `holds_for`, who is then counted as the owner. `id` is unique in its data set.
    """

    id: str
    owner: str
    owned: str
    low: Fraction
    high: Fraction | None
    from_day: date | None = None
    to_day: date | None = None
    kind: str = "shares"
    holds_for: str = ""
    source: str = ""

    def stands(self, on: date) -> bool:
        """Whether the holding stands on a day; open ends count as standing."""
        return (self.from_day is None or self.from_day <= on) and (self.to_day is None or on <= self.to_day)


@dataclass(frozen=True, slots=True)
class Body:
    """A company or person of an ownership data set. `kind`: organisation | person | trust | unknown."""

    id: str
    name: str
    other_names: tuple[str, ...] = ()
    country: str = ""
    kind: str = "unknown"
    identifiers: tuple[tuple[str, str], ...] = ()
    branch_of: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about the data that a person should know; nothing was guessed because of it."""

    what: str
    where: str


@dataclass(frozen=True, slots=True)
class Structure:
    """An ownership data set: bodies, holdings, and what was found wrong or missing while reading it."""

    bodies: tuple[Body, ...]
    holdings: tuple[Holding, ...]
    findings: tuple[Finding, ...] = ()
