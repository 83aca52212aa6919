"""The book as formulas over the facts of one shipment, all of them stated and exact; the prover is z3."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import z3

from xenotime.law.book import Book
from xenotime.law.facts import LIMIT, Fact, Value
from xenotime.law.node import (
    All,
    Arith,
    Cmp,
    Holds,
    In,
    InForce,
    Is,
    Lit,
    Named,
    Node,
    Not,
    Ref,
    Some,
    Term,
    walk,
)
from xenotime.law.prove.worlds import World

#: What is asked for: trees that hold (True) and trees that do not (False), all at once.
Claim: TypeAlias = tuple[tuple[Node, bool], ...]
Row: TypeAlias = Mapping[str, Value]
#: Words that stand for every value that no condition names: real ones, so that a witness can be read.
_PLACES = ("DE", "FR", "CH", "SE", "NL", "BR", "ZA", "CA", "AU", "MX", "NO", "CL")
_UNIT = 10_000


@dataclass(frozen=True, slots=True)
class Sighting:
    """A shipment that the prover found: its facts, all of them, in one world."""

    world: World
    row: dict[str, Value]


class Vocabulary:
    """The variables of the facts of one shipment; a word stands once for each value that matters."""

    def __init__(self, book: Book, extra: Iterable[Node] = (), tag: str = "") -> None:
        self.facts = book.facts
        self.truths: dict[str, z3.BoolRef] = {}
        self.numbers: dict[str, z3.ArithRef] = {}
        self.words: dict[str, dict[str, z3.BoolRef]] = {}
        named = words_named(book, extra)
        for name, fact in book.facts.items():
            if fact.type == "bool":
                self.truths[name] = z3.Bool(f"{name}{tag}")
            elif fact.type in ("enum", "country"):
                values = _values(
                    fact, named.get(name, ()), 1 + sum(f.type == "country" for f in book.facts.values())
                )
                self.words[name] = {v: z3.Bool(f"{name}={v}{tag}") for v in values}
            else:
                self.numbers[name] = z3.Int(f"{name}{tag}")

    def limits(self) -> list[z3.BoolRef]:
        """Each word fact has one value, each number is one that a row can hold."""
        found: list[z3.BoolRef] = []
        for values in self.words.values():
            several = list(values.values())
            found += [z3.Or(several), z3.AtMost(*several, 1)]
        for name, number in self.numbers.items():
            found += [number >= (0 if self.facts[name].is_interval else -LIMIT), number <= LIMIT]
        return found

    def plain(self, name: str) -> z3.ExprRef:
        """The variable of a yes-or-no fact or a number."""
        return self.truths[name] if name in self.truths else self.numbers[name]

    def below(self, bound: int) -> list[z3.BoolRef]:
        """Every number is at most so many whole units, and money is whole."""
        money = [x for name, x in self.numbers.items() if self.facts[name].is_interval]
        others = [x for name, x in self.numbers.items() if not self.facts[name].is_interval]
        return [
            *(z3.And(x % _UNIT == 0, x <= bound * _UNIT) for x in money),
            *(z3.And(x <= bound, x >= -bound) for x in others),
        ]

    def row(self, model: z3.ModelRef) -> dict[str, Value]:
        """The facts of a model, as stored values."""
        found: dict[str, Value] = {}
        for name, fact in self.facts.items():
            if name in self.truths:
                found[name] = z3.is_true(model.eval(self.truths[name], model_completion=True))
            elif name in self.words:
                held = (
                    v for v, x in self.words[name].items() if z3.is_true(model.eval(x, model_completion=True))
                )
                found[name] = next(held)
            else:
                number = model.eval(self.numbers[name], model_completion=True).as_long()
                found[name] = (number, number) if fact.is_interval else number
        return found

    def fixed(self, row: Row) -> list[z3.BoolRef]:
        """The truths and words of a row, as what must be so."""
        found: list[z3.BoolRef] = []
        for name, value in row.items():
            if name in self.truths and isinstance(value, bool):
                found.append(self.truths[name] if value else z3.Not(self.truths[name]))
            elif name in self.words and isinstance(value, str):
                found.append(self.words[name][value])
        return found


def words_named(book: Book, extra: Iterable[Node]) -> dict[str, dict[str, None]]:
    """For each word fact: the values that some condition names."""
    found: dict[str, dict[str, None]] = {}
    trees = [book.node(n) for n in (*book.predicates, *book.conditions, *book.rules)]
    lines = [line.node for p in book.predicates.values() if p.table for line in p.table.lines]
    for tree in (*trees, *lines, *extra):
        for part in walk(tree):
            match part:
                case In(fact, values):
                    found.setdefault(fact, {}).update(dict.fromkeys(str(v) for v in values))
                case Cmp(_, Ref(fact), Lit(value)) if isinstance(value, str):
                    found.setdefault(fact, {})[value] = None
    return found


def _values(fact: Fact, named: Iterable[str], others: int) -> tuple[str, ...]:
    """The values of a word fact that matter: those named, and as many others as could differ."""
    known = tuple(named)
    pool = fact.values if fact.type == "enum" else _PLACES
    first = (fact.presumed,) if fact.presumed and fact.presumed not in known else ()
    rest = [v for v in pool if v not in known and v not in first]
    return (*known, *first, *rest[: others if fact.type == "country" else 1 - len(first)])


class Logic:
    """A book's rules, conditions and worlds over one vocabulary."""

    def __init__(
        self, book: Book, order: Sequence[str], worlds: Sequence[World], facts: Vocabulary, tag: str = ""
    ) -> None:
        self.book = book
        self.facts = facts
        self.worlds = worlds
        self.where = [z3.Bool(f"world {k}") for k in range(len(worlds))]
        self.force: dict[str, z3.BoolRef] = {}
        self.values: dict[str, z3.BoolRef] = {}
        self.definitions: list[z3.BoolRef] = []
        for name in order:
            meaning = self._meaning(name)
            self.values[name] = z3.Bool(f"{name}|{tag}")
            self.definitions.append(self.values[name] == meaning)

    def _meaning(self, name: str) -> z3.BoolRef:
        rule = self.book.rules.get(name)
        tree = self.formula(self.book.node(name))
        if rule is None:
            return tree
        excepted = [z3.Not(self.values[e]) for e in rule.unless]
        return z3.And(self.in_force(name), tree, *excepted)

    def in_force(self, article: str) -> z3.BoolRef:
        """The worlds in which an article is in force."""
        if article not in self.force:
            live = [w for w, world in zip(self.where, self.worlds, strict=True) if article in world.force]
            self.force[article] = z3.Or(live)
        return self.force[article]

    def formula(self, node: Node) -> z3.BoolRef:
        """The formula of any tree."""
        match node:
            case All(parts):
                return z3.And([self.formula(p) for p in parts])
            case Some(parts):
                return z3.Or([self.formula(p) for p in parts])
            case Not(part):
                return z3.Not(self.formula(part))
            case Named(name) | Holds(name):
                return self.values[name]
            case InForce(article):
                return self.in_force(article)
            case Is(fact):
                return self.facts.truths[fact]
            case In(fact, values):
                return self._member(fact, values)
            case Cmp(op, left, right):
                return self._compare(op, left, right)
        raise TypeError(node)

    def _member(self, fact: str, values: tuple[int | str, ...]) -> z3.BoolRef:
        words = self.facts.words.get(fact)
        if words is not None:
            return z3.Or([words[str(v)] for v in values])
        number = self.facts.numbers[fact]
        return z3.Or([number == v for v in values])

    def _compare(self, op: str, left: Term, right: Term) -> z3.BoolRef:
        if isinstance(left, Ref) and left.fact in self.facts.words:
            same = self._same(self.facts.words[left.fact], right)
            return same if op == "=" else z3.Not(same)
        a, b = self._term(left), self._term(right)
        ways = {"=": a == b, "<>": a != b, "<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}
        return ways[op]

    def _same(self, words: Mapping[str, z3.BoolRef], right: Term) -> z3.BoolRef:
        if isinstance(right, Lit):
            return words[str(right.value)]
        if not isinstance(right, Ref):
            raise TypeError(right)
        others = self.facts.words[right.fact]
        return z3.Or([z3.And(words[v], others[v]) for v in words if v in others])

    def _term(self, term: Term) -> z3.ArithRef:
        match term:
            case Lit(value):
                return z3.IntVal(value)
            case Ref(fact):
                return self.facts.numbers[fact]
            case Arith(op, left, right):
                a, b = self._term(left), self._term(right)
                return a * b if op == "*" else (a + b if op == "+" else a - b)
        raise TypeError(term)
