"""Quota as a ledger in integer grams: caps that nest, entries that only add, and the fold that proves both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

#: What an entry does. `reserve` holds, `commit` turns a hold into use, `release` and `expire` free it once,
#: `correct` adds to or takes from use, `reverse` undoes a whole commit.
RESERVE, COMMIT, RELEASE, EXPIRE, CORRECT, REVERSE = "reserve commit release expire correct reverse".split()


@dataclass(frozen=True, slots=True)
class Draw:
    """What is drawn at once: grams by element, at every level that a cap may bind. Empty text: not of this level."""

    element: str
    grams: int
    organisation: str
    site: str
    country: str
    certificate: str
    licence: str
    year: int


@dataclass(frozen=True, slots=True)
class Cap:
    """An upper bound in grams over every draw that fits all its levels; "" (and year 0) fits any.

    `held` is reserved and not yet settled, `used` committed; held + used never rises past `grams`.
    """

    id: str
    grams: int
    element: str = ""
    organisation: str = ""
    site: str = ""
    country: str = ""
    certificate: str = ""
    licence: str = ""
    year: int = 0
    held: int = 0
    used: int = 0
    closed: bool = False

    def fits(self, draw: Draw) -> bool:
        """Whether the cap binds a draw."""
        levels = ("element", "organisation", "site", "country", "certificate", "licence")
        named = all(getattr(self, x) in ("", getattr(draw, x)) for x in levels)
        return named and self.year in (0, draw.year)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger. `reservation` ties a settlement to what it settles; `key` is the caller's own."""

    id: int
    kind: str
    reservation: str
    cap: str
    grams: int
    at: datetime
    by: str
    key: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A cap that a draw would pass: asked, free, and the whole."""

    cap: str
    asked: int
    free: int
    grams: int
