"""Quota as a ledger in integer grams: caps that nest, entries that only add, the fold that proves both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

#: What an entry does. `reserve` holds, `commit` turns a hold into use, `release` and `expire` free it once,
#: `correct` adds to or takes from use, `reverse` undoes a whole commit, `bound` says what a cap allows now.
RESERVE, COMMIT, RELEASE, EXPIRE, CORRECT, REVERSE, BOUND = (
    "reserve commit release expire correct reverse bound".split()
)
#: kind -> what a gram of it does to what is held, and to what is used.
EFFECTS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        RESERVE: (1, 0),
        COMMIT: (-1, 1),
        RELEASE: (-1, 0),
        EXPIRE: (-1, 0),
        CORRECT: (0, 1),
        REVERSE: (0, -1),
        BOUND: (0, 0),
    }
)
#: No cap, draw or correction is larger [grams]: whole numbers that every reader of JSON keeps exact.
LARGEST = 2**53 - 1
#: The state of a reservation that is not settled; after that the kind of entry that settled it.
OPEN = "open"


@dataclass(frozen=True, slots=True)
class Draw:
    """What is drawn: grams of an element, at every level that a cap may bind; empty: not of this level."""

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
    A closed cap still binds: it lets nothing new through.
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

    @property
    def bound(self) -> int:
        """What held and used may reach together [grams]: nothing once the cap is closed."""
        return 0 if self.closed else self.grams

    @property
    def free(self) -> int:
        """What may still be drawn [grams]; never below 0."""
        return max(0, self.bound - self.held - self.used)

    @property
    def excess(self) -> int:
        """How far held and used lie above what the cap allows now [grams]: it was lowered under its use."""
        return max(0, self.held + self.used - self.bound)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger. `reservation` ties a settlement to what it settles; `key` is the caller's own.

    There is one line for each cap and element. `grams` is above 0, but a correction may be below, and a bound
    may be 0.
    """

    id: int
    kind: str
    reservation: str
    cap: str
    grams: int
    at: datetime
    by: str
    key: str
    reason: str = ""
    element: str = ""


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A cap that a draw would pass: asked, free, and the whole; cap "": none fits, so nothing is free."""

    cap: str
    asked: int
    free: int
    grams: int
    element: str = ""


@dataclass(frozen=True, slots=True)
class Reservation:
    """What was held at once, until when, and how it ended: open | commit | release | expire | reverse."""

    id: str
    draws: tuple[Draw, ...]
    at: datetime
    expires: datetime
    by: str
    key: str
    state: str = OPEN


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that the entries prove wrong: at which entry (0: at the end), under which cap, in words."""

    rule: str
    entry: int
    cap: str
    says: str


@dataclass(frozen=True, slots=True)
class Sum:
    """What the entries of one cap add up to [grams]: held, used, and the bound that stands."""

    held: int = 0
    used: int = 0
    bound: int = 0


def fold(entries: Iterable[Entry]) -> Mapping[str, Sum]:
    """What the entries add up to, by cap; they are taken in the order given.

    >>> from datetime import UTC
    >>> at = datetime(2026, 11, 22, tzinfo=UTC)
    >>> made = [Entry(1, "bound", "", "C", 9, at, "x", ""), Entry(2, "reserve", "R", "C", 4, at, "x", "k")]
    >>> fold(made)["C"]
    Sum(held=4, used=0, bound=9)
    """
    sums: dict[str, Sum] = {}
    for entry in entries:
        sums[entry.cap] = _add(sums.get(entry.cap, Sum()), entry)
    return sums


def check(caps: Iterable[Cap], entries: Iterable[Entry]) -> tuple[Fault, ...]:
    """What is wrong with a ledger; empty if entries prove all its counters, bounds and settlements.

    Asks at every prefix that nothing rises past the bound of that moment or falls below nothing, that each
    hold is freed once, and at the end that each cap's counters and bound are the fold of its entries.
    """
    sums: dict[str, Sum] = {}
    open_holds: dict[tuple[str, str, str], int] = {}
    faults = []
    for entry in sorted(entries, key=lambda e: e.id):
        before = sums.get(entry.cap, Sum())
        now = sums[entry.cap] = _add(before, entry)
        faults += _bounds(entry, before, now)
        faults += _holds(entry, open_holds)
    for cap in caps:
        proven = sums.pop(cap.id, Sum())
        said = Sum(cap.held, cap.used, cap.bound)
        if said != proven:
            faults.append(Fault("counter", 0, cap.id, f"the counters say {said}, the entries {proven}"))
    faults += [Fault("counter", 0, name, "entries of a cap that is not there") for name in sums]
    return tuple(faults)


def short(shortfall: Shortfall) -> str:
    """The shortfall in words.

    >>> short(Shortfall("CAP-1", 500, 120, 1000))
    'cap CAP-1: 500 g asked, 120 g of 1000 g free'
    """
    if not shortfall.cap:
        return f"no cap gives {shortfall.element}: {shortfall.asked} g asked, nothing is free"
    return f"cap {shortfall.cap}: {shortfall.asked} g asked, {shortfall.free} g of {shortfall.grams} g free"


def short_zh(shortfall: Shortfall) -> str:
    """The shortfall in Chinese words.

    >>> short_zh(Shortfall("CAP-1", 500, 120, 1000))
    '额度 CAP-1：申请 500 克，总额 1000 克中尚余 120 克'
    """
    if not shortfall.cap:
        return f"没有适用于 {shortfall.element} 的额度：申请 {shortfall.asked} 克，可用 0 克"
    left = f"总额 {shortfall.grams} 克中尚余 {shortfall.free} 克"
    return f"额度 {shortfall.cap}：申请 {shortfall.asked} 克，{left}"


def _add(before: Sum, entry: Entry) -> Sum:
    held, used = EFFECTS[entry.kind]
    bound = entry.grams if entry.kind == BOUND else before.bound
    return Sum(before.held + held * entry.grams, before.used + used * entry.grams, bound)


def _bounds(entry: Entry, before: Sum, now: Sum) -> list[Fault]:
    """What an entry breaks that any entry must keep."""
    faults = []
    rises = now.held + now.used > before.held + before.used
    if rises and now.held + now.used > now.bound:
        says = f"{now.held} g held and {now.used} g used, {now.bound} g allowed"
        faults.append(Fault("over the cap", entry.id, entry.cap, says))
    if now.held < 0 or now.used < 0:
        says = f"{now.held} g held and {now.used} g used"
        faults.append(Fault("below nothing", entry.id, entry.cap, says))
    if entry.grams <= 0 and entry.kind not in (CORRECT, BOUND):
        faults.append(Fault("no amount", entry.id, entry.cap, f"{entry.kind} of {entry.grams} g"))
    return faults


def _holds(entry: Entry, holds: dict[tuple[str, str, str], int]) -> list[Fault]:
    """Whether an entry holds once, and frees no more than was held."""
    place = (entry.reservation, entry.cap, entry.element)
    if entry.kind == RESERVE:
        if place in holds:
            return [Fault("reserved twice", entry.id, entry.cap, entry.reservation)]
        holds[place] = entry.grams
    elif EFFECTS[entry.kind][0] < 0:
        holds[place] = holds.get(place, 0) - entry.grams
        if holds[place] < 0:
            return [Fault("freed twice", entry.id, entry.cap, entry.reservation)]
    return []
