"""Compiles a law snapshot to narwhals expressions: the same tree, for many rows at once.

Every name of the book becomes one three-valued column (null = unknown), stage by stage; each
distinct comparison is worked out once. Dataframes of any engine narwhals knows can carry it.

Engine columns: bool facts as booleans; enum and country facts as small codes (see `table`);
int facts as integers; money facts as ``NAME_min`` and ``NAME_max`` in ten-thousandths.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from functools import reduce
from operator import and_, or_
from typing import Any

import narwhals as nw

from xenotime.law.events import FIRST_DAY, Stretch
from xenotime.law.facts import Fact, parse_value
from xenotime.law.law import Law
from xenotime.law.node import All, Arith, Cmp, Holds, In, InForce, Is, Lit, Named, Node, Not, Ref, Some, Term

#: Frames are narwhals frames; their type parameters say nothing here.
Frame = Any
_COMPARE = {"=": "__eq__", "<>": "__ne__", "<": "__lt__", "<=": "__le__", ">": "__gt__", ">=": "__ge__"}


def code(fact: Fact, value: int | str) -> int:
    """The small number that stands for a value of an enum or country fact.

    >>> code(Fact("from", "country", "", ""), "CN")
    65
    """
    if isinstance(value, int):
        return value
    if fact.type == "country":
        return (ord(value[0]) - 65) * 26 + ord(value[1]) - 65
    return fact.values.index(value)


class Compiler:
    """Builds the staged expressions of one law snapshot; `stages` grow as names are compiled."""

    def __init__(self, law: Law) -> None:
        self.law = law
        self.atoms: dict[object, str] = {}
        self.stages: list[dict[str, nw.Expr]] = [{}]
        self.level: dict[str, int] = {}
        self.turned: Mapping[str, str] = {}
        self.tag = ""
        self.column: dict[str, str] = {}

    def put(self, name: str, expression: nw.Expr, needs: Iterable[str]) -> nw.Expr:
        """Keep an expression as a column, in the first stage after everything it needs."""
        level = 1 + max((self.level.get(n, -1) for n in needs), default=-1)
        while len(self.stages) <= level:
            self.stages.append({})
        self.stages[level][name] = expression.alias(name)
        self.level[name] = level
        return nw.col(name)

    def atom(self, key: object, expression: nw.Expr) -> str:
        """The column of a comparison, worked out once however often it is used."""
        if key not in self.atoms:
            name = f"a{len(self.atoms)}"
            self.atoms[key] = name
            self.put(name, expression, ())
        return self.atoms[key]

    def names(self, node: Node) -> tuple[nw.Expr, tuple[str, ...]]:
        """The expression of a tree, and the columns it reads."""
        match node:
            case All(parts):
                return self._join(and_, parts)
            case Some(parts):
                return self._join(or_, parts)
            case Not(part):
                expression, needs = self.names(part)
                return ~expression, needs
            case Named(name) | Holds(name):
                column = self.column[name]
                return nw.col(column), (column,)
            case InForce(article):
                column = self.in_force(article)
                return nw.col(column), (column,)
            case Is(fact):
                return nw.col(fact), ()
            case In(fact, values):
                column = self.atom(node, self._membership(fact, values))
                return nw.col(column), (column,)
            case Cmp():
                column = self.atom(node, self._comparison(node))
                return nw.col(column), (column,)
        raise TypeError(node)

    def _join(self, op: Any, parts: Sequence[Node]) -> tuple[nw.Expr, tuple[str, ...]]:
        pairs = [self.names(p) for p in parts]
        return reduce(op, (e for e, _ in pairs)), tuple(n for _, needs in pairs for n in needs)

    def _membership(self, fact: str, values: tuple[int | str, ...]) -> nw.Expr:
        declared = self.law.book.facts[fact]
        codes = sorted({code(declared, v) for v in values})
        return reduce(or_, (nw.col(fact) == c for c in codes)) if len(codes) < 4 else _runs(fact, codes)

    def _comparison(self, node: Cmp) -> nw.Expr:
        facts = self.law.book.facts
        if isinstance(node.left, Ref) and isinstance(node.right, Lit):
            fact = facts[node.left.fact]
            if not fact.is_interval:
                return getattr(nw.col(fact.name), _COMPARE[node.op])(code(fact, node.right.value))  # type: ignore[no-any-return]
        left, right = self._span(node.left), self._span(node.right)
        return _spans(node.op, left, right)

    def _span(self, term: Term) -> tuple[nw.Expr, nw.Expr]:
        match term:
            case Lit(value):
                return nw.lit(value), nw.lit(value)
            case Ref(fact):
                if self.law.book.facts[fact].is_interval:
                    return nw.col(f"{fact}_min"), nw.col(f"{fact}_max")
                return nw.col(fact), nw.col(fact)
            case Arith(op, left, right):
                (a, b), (c, d) = self._span(left), self._span(right)
                if op == "*":
                    return a * c, b * d
                return (a + c, b + d) if op == "+" else (a - d, b - c)
        raise TypeError(term)

    def in_force(self, article: str) -> str:
        """The column that says whether an article is in force on the row's day."""
        stretches = tuple(self._turn(s) for s in self.law.stretches(article))
        return self.atom(("force", stretches), _force(stretches))

    def _turn(self, stretch: Stretch) -> tuple[Any, bool | None]:
        if stretch.status != "unverified":
            return stretch.first, stretch.status == "in_force"
        branch = self.turned.get(stretch.hinge)
        settled = self.law.book.hinges[stretch.hinge].branches[branch] == "in_force" if branch else None
        return stretch.first, settled

    def run(self, turned: Mapping[str, str], tag: str, affected: Iterable[str]) -> None:
        """Compile the named parts again with some hinges settled, as columns with a tag."""
        self.turned, self.tag = turned, tag
        for name in affected:
            expression, needs = self.names(self.law.node(name))
            rule = self.law.book.rules.get(name)
            if rule is None:
                self.column[name] = f"{name}{tag}"
                self.put(self.column[name], expression, needs)
                continue
            force = self.in_force(name)
            base = f"{name}{tag}|base" if rule.unless else f"{name}{tag}"
            self.put(base, nw.col(force) & expression, (force, *needs))
            if rule.unless:
                others = [self.column[e] for e in rule.unless]
                excepted = reduce(or_, (nw.col(o) for o in others))
                self.put(f"{name}{tag}", nw.col(base) & ~excepted, (base, *others))
            self.column[name] = f"{name}{tag}"


def _runs(fact: str, codes: list[int]) -> nw.Expr:
    """Membership in sorted codes as few range tests."""
    runs: list[list[int]] = []
    for number in codes:
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    column = nw.col(fact)
    tests = (column == a if a == b else (column >= a) & (column <= b) for a, b in runs)
    return reduce(or_, tests)


def _spans(op: str, left: tuple[nw.Expr, nw.Expr], right: tuple[nw.Expr, nw.Expr]) -> nw.Expr:
    """A comparison of bounds: true or false when certain, else null."""
    (a, b), (c, d) = left, right
    match op:
        case "<" | "<=":
            return _spans({"<": ">", "<=": ">="}[op], right, left)
        case ">=":
            yes, no = a >= d, b < c
        case ">":
            yes, no = a > d, b <= c
        case "=":
            yes, no = (a == b) & (c == d) & (a == c), (b < c) | (a > d)
        case _:
            no, yes = (a == b) & (c == d) & (a == c), (b < c) | (a > d)
    possible = ~no.fill_null(False)  # noqa: FBT003 - a value, not a switch
    return yes.fill_null(False) | (possible & nw.lit(None, nw.Boolean))  # noqa: FBT003


def _force(stretches: tuple[tuple[Any, bool | None], ...]) -> nw.Expr:
    """In force or not over the row's day, null past a hinge."""
    if len(stretches) == 1:
        return nw.lit(stretches[0][1], nw.Boolean)
    ends = [first - timedelta(days=1) if first > FIRST_DAY else first for first, _ in stretches[1:]]
    day = nw.col("on")
    parts, doubts = [], []
    for (first, value), last in zip(stretches, [*ends, None], strict=True):
        if value is False:
            continue
        inside = day >= first if last is None else (day >= first) & (day <= last)
        (parts if value else doubts).append(inside)
    yes = reduce(or_, parts) if parts else None
    maybe = reduce(or_, doubts) & nw.lit(None, nw.Boolean) if doubts else None
    found = [e for e in (yes, maybe) if e is not None]
    return reduce(or_, found) if found else nw.lit(False, nw.Boolean)  # noqa: FBT003


def presumed(law: Law) -> dict[str, Any]:
    """For each presumed fact of the book: the engine value that fills its absence."""
    found: dict[str, Any] = {}
    for fact in law.facts:
        if fact.presumed is not None:
            value = parse_value(fact, fact.presumed)
            found[fact.name] = code(fact, value) if isinstance(value, str) else value
    return found
