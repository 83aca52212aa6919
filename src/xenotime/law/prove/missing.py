"""Answers with facts missing: none may be overturned by what the missing facts turn out to be.

The book is laid out a second time in three values: each fact known or not, each number between bounds. The
bounds of an answer are those of `xenotime.law.oracle.bounds`, with nothing presumed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import z3

from xenotime.law.facts import Value
from xenotime.law.node import All, Arith, Cmp, Holds, In, InForce, Is, Lit, Named, Node, Not, Ref, Some, Term
from xenotime.law.prove.finding import Finding
from xenotime.law.prove.logic import Logic
from xenotime.law.prove.prover import Prover
from xenotime.law.prove.witness import Shrinker, day_of
from xenotime.law.rules import DECIDING, Rule

_TRUE = z3.BoolVal(True)


@dataclass(frozen=True, slots=True)
class Rail:
    """Certainly true, certainly false; unknown when neither."""

    yes: z3.BoolRef
    no: z3.BoolRef


@dataclass(frozen=True, slots=True)
class Reach:
    """A number between two bounds, each known or not."""

    low: z3.ArithRef
    low_known: z3.BoolRef
    high: z3.ArithRef
    high_known: z3.BoolRef


class Partial:
    """The book in three values over the facts of `logic`, of which any may be missing."""

    def __init__(self, logic: Logic, order: tuple[str, ...]) -> None:
        self.logic = logic
        self.known = {name: z3.Bool(f"known {name}") for name in logic.book.facts}
        self.bounds: list[z3.BoolRef] = []
        self.reach = {name: self._reach(name) for name in logic.facts.numbers}
        self.bases: dict[str, Rail] = {}
        self.values: dict[str, Rail] = {}
        for name in order:
            self.values[name] = self._value(name)

    def _reach(self, name: str) -> Reach:
        number, known = self.logic.facts.numbers[name], self.known[name]
        if not self.logic.book.facts[name].is_interval:
            return Reach(number, known, number, known)
        low, high, top = z3.Int(f"{name} from"), z3.Int(f"{name} to"), z3.Bool(f"known {name} to")
        self.bounds += [z3.Implies(known, z3.And(low >= 0, low <= number)), z3.Implies(top, high >= number)]
        return Reach(low, known, high, top)

    def _value(self, name: str) -> Rail:
        tree, rule = self.rail(self.logic.book.node(name)), self.logic.book.rules.get(name)
        if rule is None:
            return self._named(name, tree)
        force = self.logic.in_force(name)
        base = Rail(z3.And(force, tree.yes), z3.Or(z3.Not(force), tree.no))
        self.bases[name] = base = self._named(f"{name} base", base)
        others = [self.values[e] for e in rule.unless]
        yes = z3.And(base.yes, *(o.no for o in others))
        return self._named(name, Rail(yes, z3.Or(base.no, *(o.yes for o in others))))

    def _named(self, name: str, rail: Rail) -> Rail:
        yes, no = z3.Bool(f"{name} yes"), z3.Bool(f"{name} no")
        self.bounds += [yes == rail.yes, no == rail.no]
        return Rail(yes, no)

    def rail(self, node: Node) -> Rail:
        """A tree in three values."""
        match node:
            case All(parts):
                rails = [self.rail(p) for p in parts]
                return Rail(z3.And([r.yes for r in rails]), z3.Or([r.no for r in rails]))
            case Some(parts):
                rails = [self.rail(p) for p in parts]
                return Rail(z3.Or([r.yes for r in rails]), z3.And([r.no for r in rails]))
            case Not(part):
                inner = self.rail(part)
                return Rail(inner.no, inner.yes)
            case Named(name) | Holds(name):
                return self.values[name]
            case InForce():
                return _sure(self.logic.formula(node), _TRUE)
            case Is(fact) | In(fact, _):
                return _sure(self.logic.formula(node), self.known[fact])
            case Cmp(op, left, right):
                return self._compare(op, left, right, node)
        raise TypeError(node)

    def _compare(self, op: str, left: Term, right: Term, node: Node) -> Rail:
        if isinstance(left, Ref) and left.fact in self.logic.facts.words:
            second = self.known[right.fact] if isinstance(right, Ref) else _TRUE
            return _sure(self.logic.formula(node), z3.And(self.known[left.fact], second))
        return _compared(op, self._term(left), self._term(right))

    def _term(self, term: Term) -> Reach:
        match term:
            case Lit(value):
                return Reach(z3.IntVal(value), _TRUE, z3.IntVal(value), _TRUE)
            case Ref(fact):
                return self.reach[fact]
            case Arith(op, left, right):
                return _combined(op, self._term(left), self._term(right))
        raise TypeError(term)

    def least(self, rule: Rule, rank: int) -> z3.BoolRef:
        """The rule makes the answer at least so strict whatever is missing, by itself or its exceptions."""
        value, base = self.values[rule.address], self.bases[rule.address]
        ways = [value.yes] if rule.low >= rank else []
        others = [self.logic.book.rules[e] for e in rule.unless]
        if others and min([rule.low, *(o.low for o in others)]) >= rank:
            ways.append(base.yes)
        return z3.Or(ways)


def _sure(truth: z3.BoolRef, known: z3.BoolRef) -> Rail:
    return Rail(z3.And(known, truth), z3.And(known, z3.Not(truth)))


def _compared(op: str, left: Reach, right: Reach) -> Rail:
    if op in ("<", "<="):
        return _compared(">" if op == "<" else ">=", right, left)
    if op == "<>":
        same = _compared("=", left, right)
        return Rail(same.no, same.yes)
    if op == "=":
        known = z3.And(left.low_known, left.high_known, right.low_known, right.high_known)
        same_ = z3.And(known, left.low == left.high, right.low == right.high, left.low == right.low)
        return Rail(same_, z3.Or(_above(right, left), _above(left, right)))
    if op == ">":
        return Rail(_above(left, right), _at_least(right, left))
    return Rail(_at_least(left, right), _above(right, left))


def _above(left: Reach, right: Reach) -> z3.BoolRef:
    return z3.And(left.low_known, right.high_known, left.low > right.high)


def _at_least(left: Reach, right: Reach) -> z3.BoolRef:
    return z3.And(left.low_known, right.high_known, left.low >= right.high)


def _combined(op: str, left: Reach, right: Reach) -> Reach:
    if op == "-":
        right = Reach(right.high, right.high_known, right.low, right.low_known)
    low = z3.And(left.low_known, right.low_known)
    high = z3.And(left.high_known, right.high_known)
    if op == "*":
        return Reach(left.low * right.low, low, left.high * right.high, high)
    if op == "+":
        return Reach(left.low + right.low, low, left.high + right.high, high)
    return Reach(left.low - right.low, low, left.high - right.high, high)


def overturned(prover: Prover, shrinker: Shrinker) -> Iterator[Finding]:
    """An answer that is given while facts are missing, and is another once they are known."""
    partial = Partial(prover.logic, prover.order)
    rules = [r for r in prover.book.rules.values() if r.question in DECIDING]
    if not rules:
        return
    solver = prover.solver
    solver.push()
    try:
        solver.add(*partial.bounds, z3.Or([_overturns(partial, rules, rank) for rank in _ranks(rules)]))
        prover.asked += 1
        model = solver.model() if solver.check() == z3.sat else None
    finally:
        solver.pop()
    if model is None:
        return
    world, row = prover.world(model), prover.facts.row(model)
    known = {n: v for n, v in row.items() if z3.is_true(model.eval(partial.known[n]))}
    law, on = shrinker.law(world), day_of(world)
    told = tuple(shrinker.told(law, r, on, world, ()) for r in (_bounded(known, partial, model), row))
    missing = ", ".join(n for n in row if n not in known)
    yield Finding(
        "overturned",
        (told[0].outcome, told[1].outcome),
        f"{told[0].outcome} is answered without {missing}, and {told[1].outcome} with them",
        "this is a fault of the engine rather than of the book: report it with both witnesses",
        told,
    )


def _bounded(known: dict[str, Value], partial: Partial, model: z3.ModelRef) -> dict[str, Value]:
    """The known facts, numbers with the bounds that the model knows them by."""
    found = dict(known)
    for name, reach in partial.reach.items():
        if partial.logic.book.facts[name].is_interval:
            pairs = ((reach.low, reach.low_known), (reach.high, reach.high_known))
            bounds = [model.eval(x).as_long() if z3.is_true(model.eval(k)) else None for x, k in pairs]
            found[name] = (bounds[0], bounds[1])
    return found


def _ranks(rules: list[Rule]) -> list[int]:
    return sorted({0, *(int(x) for r in rules for x in (r.low, r.high))})


def _overturns(partial: Partial, rules: list[Rule], rank: int) -> z3.BoolRef:
    """The answer is certainly this one, and with every fact known it is not."""
    above = [r for r in rules if r.high > rank]
    settled = [partial.values[r.address].no for r in above]
    least = z3.Or([partial.least(r, rank) for r in rules]) if rank else _TRUE
    exact = partial.logic.values
    reached = z3.Or([exact[r.address] for r in rules if r.low >= rank]) if rank else _TRUE
    over = z3.Or([exact[r.address] for r in above])
    return z3.And(*settled, least, z3.Or(over, z3.Not(reached)))
