"""Makes what the prover found small: every fact that does not matter is left out, numbers are the least."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from xenotime.law.answer import Outcome
from xenotime.law.events import FIRST_DAY
from xenotime.law.facts import Value
from xenotime.law.law import Law, fold_book
from xenotime.law.node import Holds, walk
from xenotime.law.oracle import Scene, judge, presume
from xenotime.law.prove.finding import Witness
from xenotime.law.prove.logic import Claim, Row, Sighting
from xenotime.law.prove.prover import Prover
from xenotime.law.prove.worlds import World


class Shrinker:
    """Shrinks sightings of one book; the law of each world is folded once."""

    def __init__(self, prover: Prover) -> None:
        self.prover = prover
        self._laws: dict[tuple[date, tuple[tuple[str, str], ...]], Law] = {}

    def law(self, world: World) -> Law:
        """The law as known in a world, its hinges settled."""
        key = (world.known, world.branches)
        if key not in self._laws:
            self._laws[key] = fold_book(self.prover.book, world.known, dict(world.branches))
        return self._laws[key]

    def witness(self, claim: Claim, sighting: Sighting) -> Witness:
        """The smallest shipment that shows the claim, as the oracle decides it."""
        law, on = self.law(sighting.world), day_of(sighting.world)
        row = self._fewest(law, claim, dict(sighting.row), on)
        row = self._least(law, claim, sighting, row)
        world = self._settled(sighting.world, lambda law: shows(law, claim, row, on))
        return self.told(self.law(world), row, on, world, tuple(dict.fromkeys(_named(claim))))

    def _settled(self, world: World, still: Callable[[Law], bool]) -> World:
        """The world without the branches that do not matter: what is said holds whichever way they turn."""
        for branch in world.branches:
            fewer = replace(world, branches=tuple(b for b in world.branches if b != branch))
            if still(self.law(fewer)):
                world = fewer
        return world

    def pair(self, fact: str, found: tuple[Sighting, Sighting]) -> tuple[Witness, Witness]:
        """Two shipments that differ in one fact, without the facts that do not change their answers."""
        first = found[0]
        law, on = self.law(first.world), day_of(first.world)
        shared = {k: v for k, v in first.row.items() if k != fact}
        wanted = [judge(law, s.row, on) for s in found]
        for name in self._order(shared):
            fewer = {k: v for k, v in shared.items() if k != name}
            got = [judge(law, {**fewer, fact: s.row[fact]}, on) for s in found]
            if all((g.outcome, g.rule) == (w.outcome, w.rule) for g, w in zip(got, wanted, strict=True)):
                shared = fewer
        rules = tuple(law.rules[v.rule].address for v in wanted if v.rule >= 0)
        rows = [{**shared, fact: s.row[fact]} for s in found]
        answers = [(v.outcome, v.rule) for v in wanted]

        def same(other: Law) -> bool:
            return [(v.outcome, v.rule) for v in (judge(other, row, on) for row in rows)] == answers

        world = self._settled(first.world, same)
        told = [self.told(self.law(world), row, on, world, rules) for row in rows]
        return told[0], told[1]

    def _order(self, row: Row) -> list[str]:
        """The facts of a row in the order in which they are tried: presumed ones and lists first."""
        facts = self.prover.book.facts
        return sorted(row, key=lambda n: (facts[n].presumed is None, not n.startswith(("listed_", "held_"))))

    def told(self, law: Law, row: Row, on: date, world: World, rules: tuple[str, ...]) -> Witness:
        """A row as a witness, with what it says of some rules and the outcome."""
        filled, _ = presume(law, row, strict=False)
        scene = Scene(law, filled, on)
        holds = {r: scene.values[r] is True for r in sorted(rules, key=lambda r: scene.values[r] is not True)}
        outcome = Outcome(judge(law, row, on).outcome).word
        return Witness(on, world.known, dict(world.branches), dict(row), holds, outcome)

    def _fewest(self, law: Law, claim: Claim, row: dict[str, Value], on: date) -> dict[str, Value]:
        """The row without every fact that the claim does not need, presumed ones tried first."""
        for name in self._order(row):
            fewer = {k: v for k, v in row.items() if k != name}
            if shows(law, claim, fewer, on):
                row = fewer
        return row

    def _least(self, law: Law, claim: Claim, sighting: Sighting, row: dict[str, Value]) -> dict[str, Value]:
        numbers = [n for n in row if n in self.prover.facts.numbers]
        found = self.prover.smallest(claim, sighting, row, numbers) if numbers else None
        if found is None:
            return row
        least = {n: (v, v) if law.book.facts[n].is_interval else v for n, v in found.items()}
        smaller = {**row, **least}
        return smaller if shows(law, claim, smaller, day_of(sighting.world)) else row


def day_of(world: World) -> date:
    """The day on which a witness of a world is decided: its first, or its last where it has no first."""
    return world.first if world.first != FIRST_DAY or world.last is None else world.last


def shows(law: Law, claim: Claim, row: Mapping[str, Value], on: date) -> bool:
    """Whether a row, facts left out included, certainly shows a claim."""
    filled, _ = presume(law, row, strict=False)
    scene = Scene(law, filled, on)
    return all(scene.value(node) is wanted for node, wanted in claim)


def _named(claim: Claim) -> Iterator[str]:
    for node, _ in claim:
        yield from (part.rule for part in walk(node) if isinstance(part, Holds))
