"""Dates that must meet: a new version begins as the old one ends, a hinge where its suspension ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from xenotime.law.book import Act, Book
from xenotime.law.events import Event
from xenotime.law.node import Holds
from xenotime.law.prove.finding import Finding
from xenotime.law.prove.logic import Claim
from xenotime.law.prove.prover import Prover
from xenotime.law.prove.witness import Shrinker, day_of
from xenotime.law.prove.worlds import World
from xenotime.law.rules import DECIDING, Rule

_DAY = timedelta(days=1)


def dates(prover: Prover, shrinker: Shrinker) -> Iterator[Finding]:
    """Boundary days on which versions overlap or leave a hole, and dates that contradict each other."""
    yield from _hinges(prover.book)
    yield from _returns(prover.book)
    for act in prover.book.acts:
        if act.event.kind == "repealed":
            yield from _handed_over(prover, shrinker, act)


def _events(book: Book) -> Iterator[tuple[str, Event]]:
    for rule in book.rules.values():
        yield from ((rule.address, e) for e in rule.events)
    yield from ((act.on, act.event) for act in book.acts)


def _hinges(book: Book) -> Iterator[Finding]:
    seen: dict[tuple[str, date], None] = {}
    for _, event in _events(book):
        if event.through and event.hinge:
            seen.setdefault((event.hinge, event.through + _DAY))
        if event.through and event.boundary:
            seen.setdefault((event.boundary, event.through))
    for hinge, day in seen:
        said = book.hinges[hinge].day
        if said != day:
            yield Finding(
                "misdated",
                (hinge,),
                f"hinge {hinge} says {said}, and the suspension that it follows says {day}",
                "see the notice: a hinge is the day after the last suspended day, a boundary that last day",
            )


def _returns(book: Book) -> Iterator[Finding]:
    """An article that is repealed and in force again later, with days between that nothing explains."""
    for rule in book.rules.values():
        force = sorted((e for e in rule.events if e.kind in ("in_force", "repealed")), key=lambda e: e.day)
        for ended, again in pairwise(force):
            if ended.kind == "repealed" and again.kind == "in_force" and again.day > ended.day:
                yield Finding(
                    "hole",
                    (rule.address,),
                    f"{rule.address} is repealed from {ended.day} and in force again from {again.day}",
                    "if it was only suspended, write a suspension; if not, declare it",
                )


def _handed_over(prover: Prover, shrinker: Shrinker, act: Act) -> Iterator[Finding]:
    """Where one instrument repeals an article and has rules of its own for the same shipments."""
    book, day = prover.book, act.event.day
    by = [r for r in book.rules.values() if act.event.by.startswith(r.address.rsplit("/", 1)[0])]
    old = [r for r in book.rules.values() if act.on in (r.address, r.address.rsplit("/", 1)[0])]
    for mine in (r for r in old if r.question in DECIDING):
        for new in (r for r in by if r.question == mine.question):
            starts = min((e.day for e in new.events if e.kind == "in_force"), default=day)
            if starts > day:
                yield from _hole(prover, shrinker, (mine, new), day, starts - _DAY)
            elif starts < day:
                yield from _double(prover, shrinker, (mine, new), starts, day - _DAY)


def _hole(
    prover: Prover, shrinker: Shrinker, rules: tuple[Rule, Rule], first: date, last: date
) -> Iterator[Finding]:
    claim: Claim = (*((r.node, True) for r in rules), *((Holds(r.address), False) for r in rules))
    sighting = prover.find(claim, lambda w: _within(w, first, last))
    if sighting is not None:
        old, new = (r.address for r in rules)
        yield Finding(
            "hole",
            (old, new),
            f"{old} ends before {first} and {new} begins after {last}: {_days(first, last)} under neither",
            "let the old version end on the day on which the new one begins",
            (shrinker.witness(claim, sighting),),
        )


def _double(
    prover: Prover, shrinker: Shrinker, rules: tuple[Rule, Rule], first: date, last: date
) -> Iterator[Finding]:
    claim: Claim = tuple((Holds(r.address), True) for r in rules)
    sighting = prover.find(claim, lambda w: _within(w, first, last))
    if sighting is not None:
        old, new = (r.address for r in rules)
        yield Finding(
            "double",
            (old, new),
            f"{new} begins on {first} and {old} ends after {last}: {_days(first, last)} under both",
            "let the old version end on the day on which the new one begins",
            (shrinker.witness(claim, sighting),),
        )


def _within(world: World, first: date, last: date) -> bool:
    return first <= day_of(world) <= last


def _days(first: date, last: date) -> str:
    return f"{first}" if first == last else f"{first} to {last}"
