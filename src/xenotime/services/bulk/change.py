"""What a change of law moves: two laws over the legs of a portfolio, counted so that the numbers add up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from xenotime.law.compare import compare
from xenotime.law.law import Law
from xenotime.services.bulk.counting import counted
from xenotime.services.bulk.pair import decided
from xenotime.services.bulk.sheet import Sheet
from xenotime.services.bulk.shift import Shift, Side


@dataclass(frozen=True, slots=True)
class Case:
    """One side of a comparison: its law, its name for people, and the facts as known then."""

    law: Law
    name: str
    sheet: Sheet | None = None

    @property
    def side(self) -> Side:
        """What a person is told of it."""
        return Side(self.name, self.law.hash, self.law.known, dict(self.law.chosen))


def laws(before: Case, after: Case) -> Shift:
    """What differs between two laws, without a portfolio."""
    return Shift(before.side, after.side, compare(before.law, after.law))


def shift(
    before: Case,
    after: Case,
    *,
    portfolio: str = "",
    on: date | None = None,
    strict: bool = False,
    names: Mapping[str, str] | None = None,
    progress: Callable[[int], object] | None = None,
) -> Shift:
    """What a change of law moves among the legs of two sheets with the same rows (or of one, for both).

    ``names`` gives parties and products their names. Raises FactError for columns that no fact declares.
    """
    found = compare(before.law, after.law)
    first, second = before.sheet or after.sheet, after.sheet or before.sheet
    if first is None or second is None:
        return Shift(before.side, after.side, found)
    days = found.days if first is second else None
    pair = decided(before.law, after.law, first, second, days, strict=strict, progress=progress)
    told = counted(pair, second, after.law, names or {})
    return Shift(before.side, after.side, found, portfolio, on, **told)
