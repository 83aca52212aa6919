"""Dates that must meet: a new version begins as the old one ends, a hinge where its suspension ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from xenotime.law.book import Book
from xenotime.law.events import Event
from xenotime.law.node import Holds
from xenotime.law.prove.finding import Finding
from xenotime.law.prove.handover import Handover, handovers, told
from xenotime.law.prove.logic import Claim
from xenotime.law.prove.prover import Prover
from xenotime.law.prove.witness import Shrinker

_DAY = timedelta(days=1)


def dates(prover: Prover, shrinker: Shrinker) -> Iterator[Finding]:
    """Boundary days on which versions overlap or leave a hole, and dates that contradict each other."""
    yield from _hinges(prover.book)
    yield from _returns(prover.book)
    for pair in handovers(prover.book):
        yield from _handed_over(prover, shrinker, pair)


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


def _handed_over(prover: Prover, shrinker: Shrinker, pair: Handover) -> Iterator[Finding]:
    """The finding of a handover, if some shipment of both versions falls into its days."""
    old, new = pair.old.address, pair.new.address
    claim: Claim = tuple((Holds(a), not pair.hole) for a in (old, new))
    if pair.hole:
        claim = (*claim, (pair.old.node, True), (pair.new.node, True))
    sighting = prover.find(claim, prover.inside(pair.window))
    if sighting is None:
        return
    days = told(pair.window.since, pair.window.through)
    yield Finding(
        "hole" if pair.hole else "double",
        (old, new),
        f"{days}: {old} and {new}, which takes its place, " + ("both fail" if pair.hole else "both apply"),
        "let the old version end on the day on which the new one begins",
        (shrinker.witness(claim, sighting),),
    )
