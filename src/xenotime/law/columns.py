"""Compiles a law snapshot to column expressions: the same tree, for many rows at once.

Every name of the book becomes one three-valued column (null = unknown), stage by stage; each
distinct comparison is worked out once. Dataframes of any engine narwhals knows can carry it.

Engine columns: bool facts as booleans; enum and country facts as small codes (see `table`);
int facts as integers; money facts as ``NAME_min`` and ``NAME_max`` in ten-thousandths.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from xenotime.law.events import FIRST_DAY, Stretch
from xenotime.law.facts import Fact, parse_value
from xenotime.law.law import Law
from xenotime.law.node import All, Arith, Cmp, Holds, In, InForce, Is, Lit, Named, Node, Not, Ref, Some, Term
from xenotime.law.words import Expr, Words, surely

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

    def __init__(self, law: Law, words: Words) -> None:
        self.law = law
        self.words = words
        self.atoms: dict[object, str] = {}
        self.stages: list[dict[str, Expr]] = [{}]
        self.level: dict[str, int] = {}
        self.turned: Mapping[str, str] = {}
        self.tag = ""
        self.column: dict[str, str] = {}

    def take(self) -> list[list[Expr]]:
        """The stages compiled since the last call; what they made can be read by later ones."""
        taken = [list(stage.values()) for stage in self.stages if stage]
        self.stages = [{}]
        self.level = {}
        return taken

    def put(self, name: str, expression: Expr, needs: Iterable[str]) -> Expr:
        """Keep an expression as a column, in the first stage after everything it needs."""
        level = 1 + max((self.level.get(n, -1) for n in needs), default=-1)
        while len(self.stages) <= level:
            self.stages.append({})
        self.stages[level][name] = expression.alias(name)
        self.level[name] = level
        return self.words.col(name)

    def atom(self, key: object, expression: Expr) -> str:
        """The column of a comparison, worked out once however often it is used."""
        if key not in self.atoms:
            name = f"a{len(self.atoms)}"
            self.atoms[key] = name
            self.put(name, expression, ())
        return self.atoms[key]

    def names(self, node: Node) -> tuple[Expr, tuple[str, ...]]:
        """The expression of a tree, and the columns it reads."""
        match node:
            case All(parts):
                return self._join(self.words.every, parts)
            case Some(parts):
                return self._join(self.words.some, parts)
            case Not(part):
                expression, needs = self.names(part)
                return ~expression, needs
            case Named(name) | Holds(name):
                column = self.column[name]
                return self.words.col(column), (column,)
            case InForce(article):
                column = self.in_force(article)
                return self.words.col(column), (column,)
            case Is(fact):
                return self.words.col(fact), ()
            case In(fact, values):
                column = self.atom(node, self._membership(fact, values))
                return self.words.col(column), (column,)
            case Cmp():
                column = self.atom(node, self._comparison(node))
                return self.words.col(column), (column,)
        raise TypeError(node)

    def _join(self, op: Any, parts: Sequence[Node]) -> tuple[Expr, tuple[str, ...]]:
        pairs = [self.names(p) for p in parts]
        return op([e for e, _ in pairs]), tuple(n for _, needs in pairs for n in needs)

    def _membership(self, fact: str, values: tuple[int | str, ...]) -> Expr:
        declared = self.law.book.facts[fact]
        codes = sorted({code(declared, v) for v in values})
        column = self.words.col(fact)
        return self.words.some(
            [column == a if a == b else (column >= a) & (column <= b) for a, b in _runs(codes)]
        )

    def _comparison(self, node: Cmp) -> Expr:
        facts = self.law.book.facts
        if isinstance(node.left, Ref) and isinstance(node.right, Lit):
            fact = facts[node.left.fact]
            if not fact.is_interval:
                return getattr(self.words.col(fact.name), _COMPARE[node.op])(code(fact, node.right.value))
        left, right = self._span(node.left), self._span(node.right)
        return self._spans(node.op, left, right)

    def _span(self, term: Term) -> tuple[Expr, Expr]:
        match term:
            case Lit(value):
                return self.words.lit(value, self.words.long), self.words.lit(value, self.words.long)
            case Ref(fact):
                if self.law.book.facts[fact].is_interval:
                    return self.words.col(f"{fact}_min"), self.words.col(f"{fact}_max")
                return self.words.col(fact), self.words.col(fact)
            case Arith(op, left, right):
                (a, b), (c, d) = self._span(left), self._span(right)
                if op == "*":
                    return a * c, b * d
                return (a + c, b + d) if op == "+" else (a - d, b - c)
        raise TypeError(term)

    def in_force(self, article: str) -> str:
        """The column that says whether an article is in force on the row's day."""
        stretches = tuple(self._turn(s) for s in self.law.stretches(article))
        return self.atom(("force", stretches), self._force(stretches))

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
            self.put(base, self.words.col(force) & expression, (force, *needs))
            if rule.unless:
                others = [self.column[e] for e in rule.unless]
                excepted = self.words.some([self.words.col(o) for o in others])
                self.put(f"{name}{tag}", self.words.col(base) & ~excepted, (base, *others))
            self.column[name] = f"{name}{tag}"

    def _spans(self, op: str, left: tuple[Expr, Expr], right: tuple[Expr, Expr]) -> Expr:
        """A comparison of bounds: true or false when certain, else unknown."""
        (a, b), (c, d) = left, right
        match op:
            case "<" | "<=":
                return self._spans({"<": ">", "<=": ">="}[op], right, left)
            case ">=":
                yes, no = a >= d, b < c
            case ">":
                yes, no = a > d, b <= c
            case "=":
                yes, no = (a == b) & (c == d) & (a == c), (b < c) | (a > d)
            case _:
                no, yes = (a == b) & (c == d) & (a == c), (b < c) | (a > d)
        return surely(yes) | (~surely(no) & self.words.unknown())

    def _force(self, stretches: tuple[tuple[Any, bool | None], ...]) -> Expr:
        """In force or not over the row's day, unknown past a hinge."""
        ends = [first - timedelta(days=1) if first > FIRST_DAY else first for first, _ in stretches[1:]]
        day = self.words.col("on")
        parts: list[Expr] = []
        for (first, value), last in zip(stretches, [*ends, None], strict=True):
            if value is False:
                continue
            inside = day >= first if last is None else (day >= first) & (day <= last)
            parts.append(inside if value else inside & self.words.unknown())
        return self.words.some(parts)


def _runs(codes: list[int]) -> list[tuple[int, int]]:
    """Sorted codes as ranges.

    >>> _runs([1, 2, 3, 7])
    [(1, 3), (7, 7)]
    """
    runs: list[tuple[int, int]] = []
    for number in codes:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def presumed(law: Law) -> dict[str, Any]:
    """For each presumed fact of the book: the engine value that fills its absence."""
    found: dict[str, Any] = {}
    for fact in law.facts:
        if fact.presumed is not None:
            value = parse_value(fact, fact.presumed)
            found[fact.name] = code(fact, value) if isinstance(value, str) else value
    return found
