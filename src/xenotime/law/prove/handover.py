"""Where one instrument repeals an article and has rules of its own: the days between the two versions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from xenotime.law.book import Act, Book
from xenotime.law.prove.worlds import Window
from xenotime.law.rules import DECIDING, Rule

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Handover:
    """An old rule, a new one to the same question, and the days of neither (`hole`) or of both."""

    old: Rule
    new: Rule
    hole: bool
    window: Window


def handovers(book: Book) -> Iterator[Handover]:
    """Every pair of versions of which one does not end on the day on which the other begins."""
    for act in book.acts:
        if act.event.kind == "repealed":
            yield from _handed_over(book, act)


def _handed_over(book: Book, act: Act) -> Iterator[Handover]:
    day, known = act.event.day, act.event.published
    own = [r for r in book.rules.values() if act.event.by.startswith(_instrument(r))]
    for old in (r for r in book.rules.values() if act.on in (r.address, _instrument(r))):
        for new in (r for r in own if r.question == old.question and old.question in DECIDING):
            starts = min((e.day for e in new.events if e.kind == "in_force"), default=day)
            if starts != day:
                first, last = (day, starts - _DAY) if starts > day else (starts, day - _DAY)
                yield Handover(old, new, starts > day, Window(first, last, known))


def _instrument(rule: Rule) -> str:
    return rule.address.rsplit("/", 1)[0]


def told(first: date, last: date | None) -> str:
    """A stretch of days in words."""
    return f"{first}" if first == last else f"{first} to {last}"
