"""Asks the prover for one shipment that shows a claim, and for the conditions that cannot meet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeAlias

import z3

from xenotime.core.errors import BookError
from xenotime.law.book import Book, ordered
from xenotime.law.node import Node
from xenotime.law.prove.handover import handovers
from xenotime.law.prove.logic import Claim, Logic, Row, Sighting, Vocabulary
from xenotime.law.prove.premises import Premises
from xenotime.law.prove.worlds import Window, World, worlds

#: The prover gives a question up after so long [milliseconds]; no shipped question needs a tenth of it.
_PATIENCE = 20_000
_UNIT = 10_000
Fits: TypeAlias = Callable[[World], bool]


class Prover:
    """A book with every world up to a day of knowledge, ready to be asked."""

    def __init__(self, book: Book, known: date, premises: Premises) -> None:
        self.book = book
        self.known = known
        self.premises = premises
        self.windows = tuple(dict.fromkeys((*premises.windows, *(h.window for h in handovers(book)))))
        self.worlds = worlds(book, known, self.windows)
        self.asked = 0
        self._literals: dict[Node, z3.BoolRef] = {}
        self.extra = [*(n.node for n in premises.never), *(s.node for s in premises.statements)]
        self.facts = Vocabulary(book, self.extra)
        self.order = ordered(book, (*book.predicates, *book.conditions, *book.rules))
        self.logic = Logic(book, self.order, self.worlds, self.facts)
        self.solver = z3.Solver()
        self.solver.set("timeout", _PATIENCE)
        self.solver.add(*self.given(self.logic), z3.Or(self.logic.where), z3.AtMost(*self.logic.where, 1))

    def given(self, logic: Logic) -> list[z3.BoolRef]:
        """What holds of every shipment: its facts are possible, and names mean what the book says."""
        never = [z3.Not(logic.formula(n.node)) for n in self.premises.never]
        return [*logic.facts.limits(), *logic.definitions, *never]

    def possible(self, claim: Claim, where: Fits | None = None) -> bool:
        """Whether some shipment, in a world that fits, shows every part of the claim."""
        return self.model(claim, where) is not None

    def find(self, claim: Claim, where: Fits | None = None) -> Sighting | None:
        """A shipment that shows a claim, in the plainest world that fits; None if there is none.

        Plain is a world of the latest knowledge that no unconfirmed end touches.
        Raises BookError when the prover cannot tell.
        """
        model = self.model(claim, where)
        if model is None:
            return None
        for fits in self.plainest:
            nicer = self.model(claim, _both(fits, where))
            if nicer is not None:
                model = nicer
                break
        return Sighting(self.world(model), self.facts.row(model))

    @property
    def plainest(self) -> tuple[Fits, ...]:
        """Which worlds a witness is sought in first: nothing unconfirmed; then the latest knowledge."""
        return (self._plain, self._latest)

    def only(self, where: Fits) -> list[z3.BoolRef]:
        """What shuts out every world that does not fit."""
        return [z3.Not(x) for x, w in zip(self.logic.where, self.worlds, strict=True) if not where(w)]

    def inside(self, window: Window) -> Fits:
        """What fits the days of a window that the prover knows."""
        place = self.windows.index(window)
        return lambda world: world.marks[place]

    def _plain(self, world: World) -> bool:
        return world.known == self.known and not world.branches

    def _latest(self, world: World) -> bool:
        return world.known == self.known

    def literal(self, node: Node, *, wanted: bool = True) -> z3.BoolRef:
        """A literal that stands for a tree being so, or not so."""
        if node not in self._literals:
            formula = self.logic.formula(node)
            if not (z3.is_const(formula) and formula.decl().kind() == z3.Z3_OP_UNINTERPRETED):
                named = z3.Bool(f"part {len(self._literals)}")
                self.solver.add(named == formula)
                formula = named
            self._literals[node] = formula
        found = self._literals[node]
        return found if wanted else z3.Not(found)

    def model(self, claim: Claim, where: Fits | None = None) -> z3.ModelRef | None:
        """A model of a claim beside everything given; None when there is none."""
        assumed = [self.literal(node, wanted=wanted) for node, wanted in claim]
        assumed += self.only(where) if where else []
        self.asked += 1
        answer = self.solver.check(*assumed)
        if answer == z3.unknown:
            raise BookError(
                "the prover could not tell",
                where="xenotime law check",
                expected=f"an answer within {_PATIENCE // 1000} seconds",
                found=self.solver.reason_unknown(),
                next_step="simplify what was changed last, or check one book at a time with --book",
            )
        return self.solver.model() if answer == z3.sat else None

    def constant(self, nodes: Mapping[str, Node], wanted: Sequence[bool]) -> Iterator[tuple[str, bool]]:
        """The names of trees that are so (or not so, as wanted) for no shipment, with what was wanted."""
        waiting = {
            (name, way): self.literal(node, wanted=way) for way in wanted for name, node in nodes.items()
        }
        while waiting:
            (name, way), first = next(iter(waiting.items()))
            self.asked += 1
            if self.solver.check(first) != z3.sat:
                del waiting[name, way]
                yield name, way
                continue
            model = self.solver.model()
            seen = [k for k, x in waiting.items() if z3.is_true(model.eval(x, model_completion=True))]
            for key in seen:
                del waiting[key]

    def world(self, model: z3.ModelRef) -> World:
        """The world of a model."""
        held = (model.eval(x, model_completion=True) for x in self.logic.where)
        return next(w for w, x in zip(self.worlds, held, strict=True) if z3.is_true(x))

    def against(self, parts: Sequence[Node], beside: Claim) -> tuple[int, ...]:
        """The places of the fewest `parts` that cannot hold together beside a claim; none if they can.

        Leaving any one of them out, the others can hold.
        """
        kept = list(range(len(parts)))
        if self.possible((*beside, *((p, True) for p in parts))):
            return ()
        for place in range(len(parts)):
            tried = [k for k in kept if k != place]
            if not self.possible((*beside, *((parts[k], True) for k in tried))):
                kept = tried
        return tuple(kept)

    def _formula(self, node: Node, *, wanted: bool) -> z3.BoolRef:
        formula = self.logic.formula(node)
        return formula if wanted else z3.Not(formula)

    def smallest(
        self, claim: Claim, sighting: Sighting, row: Row, numbers: Sequence[str]
    ) -> dict[str, int] | None:
        """The smallest numbers that show the claim, other facts as in the row; whole money if it can be."""
        place = self.worlds.index(sighting.world)
        fixed = self.facts.fixed({**sighting.row, **row})
        unknowns = [self.facts.numbers[n] for n in numbers]
        whole = [self.facts.numbers[n] % _UNIT == 0 for n in numbers if self.book.facts[n].is_interval]
        for more in (whole, []):
            search = z3.Optimize()
            search.set("timeout", _PATIENCE // 10)
            search.add(*self.given(self.logic), self.logic.where[place], z3.AtMost(*self.logic.where, 1))
            search.add(*fixed, *more, *(self._formula(n, wanted=w) for n, w in claim))
            search.minimize(z3.Sum([z3.If(x >= 0, x, -x) for x in unknowns]))
            if search.check() == z3.sat:
                model = search.model()
                return {
                    n: model.eval(x, model_completion=True).as_long()
                    for n, x in zip(numbers, unknowns, strict=True)
                }
        return None


def _both(fits: Fits, where: Fits | None) -> Fits:
    return lambda world: fits(world) and (where is None or where(world))
