"""More of one fact alone: an answer that moves the wrong way shows a comparison turned round."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import z3

from xenotime.law.facts import show_value
from xenotime.law.prove.finding import Finding
from xenotime.law.prove.logic import Logic, Sighting, Vocabulary
from xenotime.law.prove.prover import Prover
from xenotime.law.prove.witness import Shrinker
from xenotime.law.rules import DECIDING

#: Numbers of a witness are sought below these first [whole units], so that a person can check them.
_SMALL = (10, 1_000, 1_000_000)


def wrong_ways(prover: Prover, shrinker: Shrinker) -> Iterator[Finding]:
    """Facts of which more, all else the same, makes an answer milder that it should not (or stricter)."""
    premises = prover.premises
    pair = Pair(prover) if premises.stricter or premises.milder else None
    for more, facts in ((1, premises.stricter), (-1, premises.milder)):
        for fact in pair.culprits(facts, more) if pair else ():
            found = pair.against(fact, more) if pair else None
            if found is not None:
                yield _finding(shrinker, fact, more, found)


class Pair:
    """One shipment twice in one world, so that one fact can differ."""

    def __init__(self, prover: Prover) -> None:
        self.prover = prover
        self.second = Vocabulary(prover.book, prover.extra, "'")
        self.other = Logic(prover.book, prover.order, prover.worlds, self.second, "'")
        self.rules = [r for r in prover.book.rules.values() if r.question in DECIDING]
        self.same = {name: z3.Bool(f"same {name}") for name in prover.book.facts}
        prover.solver.add(*prover.given(self.other))
        prover.solver.add(*(z3.Implies(same, self._equal(name)) for name, same in self.same.items()))
        self.turned = {more: self._turned(more) for more in (1, -1)}

    def _equal(self, name: str) -> z3.BoolRef:
        first, second = self.prover.facts, self.second
        if name in first.words:
            return z3.And([x == second.words[name][v] for v, x in first.words[name].items()])
        return first.plain(name) == second.plain(name)

    def _turned(self, more: int) -> z3.BoolRef:
        """The second answer is milder than the first (for -1: stricter): at no rank the other way, at one so.

        An open answer that becomes one of its readings, or the other way round, is neither.
        """
        kept, fallen = [], []
        for rank in sorted({int(x) for r in self.rules for x in (r.low, r.high) if x}):
            for reached in (
                [r for r in self.rules if r.low >= rank],
                [r for r in self.rules if r.high >= rank],
            ):
                first, second = (
                    z3.Or([logic.values[r.address] for r in reached])
                    for logic in (self.prover.logic, self.other)
                )
                above, below = (first, second) if more > 0 else (second, first)
                kept.append(z3.Implies(below, above))
                fallen.append(z3.And(above, z3.Not(below)))
        return z3.And(*kept, z3.Or(fallen))

    def _raised(self, fact: str) -> z3.BoolRef:
        """The second shipment has more of a fact than the first."""
        first, second = self.prover.facts.plain(fact), self.second.plain(fact)
        return z3.And(z3.Not(first), second) if fact in self.prover.facts.truths else first < second

    def culprits(self, facts: Sequence[str], more: int) -> Iterator[str]:
        """The facts that move the answer the wrong way, found by halves."""
        if not facts or self.sound(facts, more):
            return
        if len(facts) == 1:
            yield facts[0]
            return
        half = len(facts) // 2
        yield from self.culprits(facts[:half], more)
        yield from self.culprits(facts[half:], more)

    def sound(self, facts: Sequence[str], more: int) -> bool:
        """Whether no single one of some facts moves the answer the wrong way, asked of all at once."""
        solver = self.prover.solver
        differs = [z3.Not(self.same[f]) for f in facts]
        solver.push()
        try:
            solver.add(z3.Or(differs), z3.AtMost(*differs, 1), self.turned[more])
            solver.add(*(z3.Implies(z3.Not(self.same[f]), self._raised(f)) for f in facts))
            self.prover.asked += 1
            others = [same for name, same in self.same.items() if name not in set(facts)]
            return bool(solver.check(*others) == z3.unsat)
        finally:
            solver.pop()

    def _nicer(self) -> Iterator[list[z3.BoolRef]]:
        """What makes a pair easier to read: a plain world and small numbers."""
        for fits in (*self.prover.plainest, lambda _: True):
            for bound in _SMALL:
                small = [*self.prover.facts.below(bound), *self.second.below(bound)]
                yield [*small, *self.prover.only(fits)]

    def against(self, fact: str, more: int) -> tuple[Sighting, Sighting] | None:
        """Two shipments that differ in one fact, the second with more of it and the wrong answer."""
        solver, first, second = self.prover.solver, self.prover.facts, self.second
        same = [x for name, x in self.same.items() if name != fact]
        solver.push()
        try:
            solver.add(self._raised(fact), self.turned[more])
            self.prover.asked += 1
            if solver.check(*same) != z3.sat:
                return None
            model = solver.model()
            for nicer in self._nicer():
                solver.push()
                solver.add(*nicer)
                better = solver.check(*same) == z3.sat
                model = solver.model() if better else model
                solver.pop()
                if better:
                    break
        finally:
            solver.pop()
        world = self.prover.world(model)
        return Sighting(world, first.row(model)), Sighting(world, second.row(model))


def _finding(shrinker: Shrinker, fact: str, more: int, found: tuple[Sighting, Sighting]) -> Finding:
    first, second = shrinker.pair(fact, found)
    values = [show_value(w.row[fact]) for w in (first, second)]
    way = "milder" if more > 0 else "stricter"
    return Finding(
        "wrong_way",
        (fact,),
        f"more of “{fact}” ({values[0]} to {values[1]}), all else the same, makes the answer {way}: "
        f"{first.outcome} becomes {second.outcome}",
        "see each comparison of this fact: one may be the wrong way round; or take the fact off [more]",
        (first, second),
    )
