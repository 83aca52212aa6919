"""Every standing that the articles of a book can have together: by day of shipment, of knowledge, and branch.

A book is proved once for each such world, so a proof covers every day; days on which the same articles are
in force are one world.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

from xenotime.law.book import Book
from xenotime.law.events import FIRST_DAY
from xenotime.law.law import Law, fold_book

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class World:
    """Days `first` to `last` (None: without end) as known on a day, hinges settled as `branches` say.

    `force` names the articles in force; `marks` says for each window asked about whether it holds the days.
    """

    known: date
    first: date
    last: date | None
    branches: tuple[tuple[str, str], ...]
    force: frozenset[str]
    marks: tuple[bool, ...] = ()


@dataclass(frozen=True, slots=True)
class Window:
    """Days that a statement speaks of: `since` to `through`, for whoever knows of it from `published`."""

    since: date
    through: date | None
    published: date

    def holds(self, day: date, known: date) -> bool:
        """Whether the statement speaks of a day, and was made by a day of knowledge."""
        return known >= self.published and self.since <= day and (self.through is None or day <= self.through)

    @property
    def edges(self) -> tuple[date, ...]:
        """The days on which the window opens and has closed."""
        return (self.since,) if self.through is None else (self.since, self.through + _DAY)


def knowledge_days(book: Book) -> tuple[date, ...]:
    """The days on which somebody learned something that is in the book, earliest first."""
    found = {i.published for i in book.instruments.values()}
    found |= {e.published for r in book.rules.values() for e in r.events}
    found |= {a.event.published for a in book.acts}
    return tuple(sorted(found))


def worlds(book: Book, known: date, windows: tuple[Window, ...] = ()) -> tuple[World, ...]:
    """The distinct worlds up to a day of knowledge, the latest knowledge and the earliest days first."""
    found: dict[tuple[frozenset[str], tuple[bool, ...]], World] = {}
    days = [d for d in knowledge_days(book) if d < known]
    for day in (known, *reversed(days)):
        for world in _known_on(fold_book(book, day), windows):
            found.setdefault((world.force, world.marks), world)
    return tuple(found.values())


def edges(law: Law, windows: Iterable[Window] = ()) -> tuple[date, ...]:
    """The days on which something changes for some article, or some window opens or closes."""
    days = {s.first for stretches in law.statuses.values() for s in stretches}
    return tuple(sorted(days | {day for w in windows for day in w.edges} | {FIRST_DAY}))


def _known_on(law: Law, windows: tuple[Window, ...]) -> Iterator[World]:
    days = edges(law, windows)
    for first, after in zip(days, [*days[1:], None], strict=True):
        statuses = {article: law.status(article, first) for article in law.statuses}
        hinges = tuple(dict.fromkeys(s.hinge for s in statuses.values() if s.hinge))
        marks = tuple(w.holds(first, law.known) for w in windows)
        for chosen in product(*(law.book.hinges[h].branches for h in hinges)):
            branches = dict(zip(hinges, chosen, strict=True))
            force = frozenset(a for a, s in statuses.items() if _in_force(law, s.status, s.hinge, branches))
            last = after - _DAY if after else None
            yield World(law.known, first, last, tuple(branches.items()), force, marks)


def _in_force(law: Law, status: str, hinge: str, branches: Mapping[str, str]) -> bool:
    if status != "unverified":
        return status == "in_force"
    return law.book.hinges[hinge].branches[branches[hinge]] == "in_force"
