"""A version of a list: what it is, how old, and its entries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from xenotime.parties.listing.entry import ListEntry

#: How many days a list of the user's own stays fresh after its as-of day.
FRESH_DAYS = 7


@dataclass(frozen=True, slots=True)
class Edition:
    """What is known of a list version beside its entries.

    `number` counts from 1; 0 marks a list that comes with the book. `as_of` is the day the list speaks of,
    None when nobody said. `read_until` holds instead of `fresh_days` for a list of the book.
    """

    list_id: str
    number: int
    sha: str
    count: int
    as_of: date | None = None
    added: date | None = None
    file: str = ""
    format: str = ""
    title: str = ""
    authority: str = ""
    fresh_days: int = FRESH_DAYS
    read_until: date | None = None
    hidden: bool = False

    @property
    def builtin(self) -> bool:
        """Whether the list comes with the book."""
        return self.number == 0

    def age(self, known: date) -> int | None:
        """How old the list is on a day [days]; None when its as-of day is unknown."""
        return None if self.as_of is None else (known - self.as_of).days

    def stale(self, known: date) -> bool:
        """Whether the list can no longer be taken as current on a day."""
        if self.builtin:
            return self.read_until is None or known > self.read_until
        age = self.age(known)
        return age is None or age > self.fresh_days


@dataclass(frozen=True, slots=True)
class ListVersion:
    """A list version with its entries, sorted by entry."""

    edition: Edition
    entries: tuple[ListEntry, ...]
