"""The book's trees as plain Python functions, built once per law: quick enough to check millions of rows.

It is the same tree read a second way, on purpose without dataframes: the oracle of the column engine.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import TypeAlias

from xenotime.core.truth import Truth, negate
from xenotime.law.facts import Value
from xenotime.law.law import Law
from xenotime.law.node import All, Arith, Cmp, Holds, In, InForce, Is, Lit, Named, Node, Not, Ref, Some, Term

#: One row: the value of each fact; a fact that is not there is unknown.
Row: TypeAlias = Mapping[str, Value]
Truths: TypeAlias = dict[str, Truth]
Test: TypeAlias = Callable[[Row, Truths, Truths], Truth]
Span: TypeAlias = tuple[Value, Value]


class Program:
    """One law's trees as functions of a row, the truths so far, and which articles are in force."""

    def __init__(self, law: Law) -> None:
        self.law = law
        names = (*law.order, *(p.name for p in law.predicates if p.name not in law.parents))
        self.tests: dict[str, Test] = {name: _built(_Tree(law.node(name))) for name in names}
        self.unless = {r.address: r.unless for r in law.book.rules.values()}
        self.articles = tuple(law.statuses)
        self._force: dict[tuple[date, str, str], Truths] = {}
        self._touching: dict[date, tuple[str, ...]] = {}

    def force(self, on: date, hinge: str = "", branch: str = "") -> Truths:
        """Whether each article is in force on a day, unknown past a hinge that is not settled here."""
        key = (on, hinge, branch)
        if key not in self._force:
            self._force[key] = {a: self._in_force(a, on, hinge, branch) for a in self.articles}
        return self._force[key]

    def _in_force(self, article: str, on: date, hinge: str, branch: str) -> Truth:
        stretch = self.law.status(article, on)
        if stretch.status != "unverified":
            return stretch.status == "in_force"
        if stretch.hinge != hinge:
            return None
        return self.law.book.hinges[hinge].branches[branch] == "in_force"

    def touching(self, on: date) -> tuple[str, ...]:
        """The hinges that leave some article's status unconfirmed on a day."""
        if on not in self._touching:
            ids = {self.law.status(a, on).hinge for a in self.articles}
            self._touching[on] = tuple(h.id for h in self.law.hinges if h.id in ids)
        return self._touching[on]

    def evaluate(
        self, row: Row, force: Truths, values: Truths, bases: Truths, names: tuple[str, ...]
    ) -> None:
        """Work out the named parts in order, into `values`; a rule's value before exceptions into `bases`."""
        tests, unless = self.tests, self.unless
        for name in names:
            value = tests[name](row, values, force)
            exceptions = unless.get(name)
            if exceptions is None:
                values[name] = value
                continue
            held = force.get(name, False)
            base = (
                False
                if value is False or held is False
                else (None if value is None or held is None else True)
            )
            bases[name] = base
            for exception in exceptions if base is not False else ():
                other = values[exception]
                if other is True:
                    base = False
                    break
                if other is None:
                    base = None
            values[name] = base


class _Tree:
    """A tree as the key of a cache: it is itself, whatever else is written alike."""

    def __init__(self, node: Node) -> None:
        self.node = node

    def __hash__(self) -> int:
        return id(self.node)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Tree) and self.node is other.node


@lru_cache(maxsize=4096)
def _built(tree: _Tree) -> Test:
    return build(tree.node)


@lru_cache(maxsize=16)
def program(law: Law) -> Program:
    """The program of a law, built once."""
    return Program(law)


def build(node: Node) -> Test:
    """The function of a tree."""
    match node:
        case All(parts):
            return _all(tuple(map(build, parts)))
        case Some(parts):
            return _some(tuple(map(build, parts)))
        case Not(part):
            inner = build(part)
            return lambda row, values, force: negate(inner(row, values, force))
        case Named(name) | Holds(name):
            return lambda row, values, force: values[name]
        case InForce(article):
            return lambda row, values, force: force.get(article, False)
        case Is(fact):
            return _stated(fact)
        case In(fact, allowed):
            return _member(fact, frozenset(allowed))
        case Cmp(op, left, right):
            a, b = span(left), span(right)
            return lambda row, values, force: compare(op, a(row), b(row))
    raise TypeError(node)


def _all(tests: tuple[Test, ...]) -> Test:
    def test(row: Row, values: Truths, force: Truths) -> Truth:
        result: Truth = True
        for part in tests:
            value = part(row, values, force)
            if value is False:
                return False
            if value is None:
                result = None
        return result

    return test


def _some(tests: tuple[Test, ...]) -> Test:
    def test(row: Row, values: Truths, force: Truths) -> Truth:
        result: Truth = False
        for part in tests:
            value = part(row, values, force)
            if value is True:
                return True
            if value is None:
                result = None
        return result

    return test


def _stated(fact: str) -> Test:
    def test(row: Row, values: Truths, force: Truths) -> Truth:
        value = row.get(fact)
        return value if isinstance(value, bool) else None

    return test


def _member(fact: str, allowed: frozenset[int | str]) -> Test:
    def test(row: Row, values: Truths, force: Truths) -> Truth:
        value = row.get(fact)
        return None if value is None else value in allowed

    return test


def span(term: Term) -> Callable[[Row], Span]:
    """The bounds of a term as a function of the row; (None, None) when nothing is known."""
    match term:
        case Lit(value):
            return lambda row: (value, value)
        case Ref(fact):
            return lambda row: _bounds(row.get(fact))
        case Arith(op, left, right):
            a, b = span(left), span(right)
            return lambda row: combine(op, a(row), b(row))
    raise TypeError(term)


def _bounds(value: Value) -> Span:
    return value if isinstance(value, tuple) else (value, value)


def combine(op: str, left: Span, right: Span) -> Span:
    """Interval arithmetic on exact bounds; factors are never negative."""
    (a, b), (c, d) = left, right
    if op == "-":
        c, d = d, c
    return _apply(op, a, c), _apply(op, b, d)


def _apply(op: str, left: Value, right: Value) -> int | None:
    if not isinstance(left, int) or not isinstance(right, int):
        return None
    if op == "*":
        return left * right
    return left + right if op == "+" else left - right


def compare(op: str, left: Span, right: Span) -> Truth:
    """A comparison of bounds: True or False when certain, else None.

    >>> compare(">=", (1, 3), (2, 2)), compare(">=", (2, None), (2, 2))
    (None, True)
    """
    if op in ("<", "<="):
        return compare(">" if op == "<" else ">=", right, left)
    if op == "<>":
        return negate(compare("=", left, right))
    (a, b), (c, d) = left, right
    if op == "=":
        return _equal(left, right)
    if op == ">=":
        return True if _at_least(a, d) else (False if _less(b, c) else None)
    return True if _less(d, a) else (False if _at_least(c, b) else None)


def _equal(left: Span, right: Span) -> Truth:
    (a, b), (c, d) = left, right
    if isinstance(a, str) or isinstance(c, str):
        return None if a is None or c is None else a == c
    if a is not None and a == b == c == d:
        return True
    return False if _less(b, c) or _less(d, a) else None


def _less(left: Value, right: Value) -> bool:
    return isinstance(left, int) and isinstance(right, int) and left < right


def _at_least(left: Value, right: Value) -> bool:
    return isinstance(left, int) and isinstance(right, int) and left >= right
