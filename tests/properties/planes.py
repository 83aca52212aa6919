"""The oracle's rules told over sets of rows: a truth is the set where it holds and the set where it does not.

A set of rows is one whole number with a bit per row, so a million rows are judged in seconds without any
dataframe, SQL or compiled kernel. `test_warehouses` proves it to be `judge`, row by row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce
from operator import and_, or_
from typing import NamedTuple

import numpy as np
import polars as pl

from xenotime.law.answer import Outcome
from xenotime.law.facts import Fact, parse_value
from xenotime.law.law import WORD, Law
from xenotime.law.node import All, Arith, Cmp, Holds, In, InForce, Is, Lit, Named, Not, Ref, Some
from xenotime.law.program import program
from xenotime.law.table import ASKED

RANKS = range(1, 6)


class Truth(NamedTuple):
    """Where something holds, and where it does not; elsewhere nobody knows."""

    yes: int
    no: int


class Bound(NamedTuple):
    """One end of a number in each row, and where it is known."""

    values: np.ndarray
    known: np.ndarray


class Judged(NamedTuple):
    """The verdicts of all rows: per column, the rows of each value (codes) or of each bit (masks)."""

    codes: Mapping[str, Mapping[int | None, int]]
    masks: Mapping[str, list[int]]


def plane(flags) -> int:
    """The set of rows where an array or series is true."""
    found = flags.fill_null(value=False).to_numpy() if isinstance(flags, pl.Series) else flags
    return int.from_bytes(np.packbits(found, bitorder="little").tobytes(), "little")


def judged(law: Law, facts: pl.DataFrame, *, strict: bool = False) -> Judged:
    """The verdict of each row of a table of facts, as `judge` gives it."""
    return Court(law, facts, strict=strict).judged()


def differing(found: pl.DataFrame, expected: Judged) -> list[str]:
    """The columns of decision rows, in the order of their keys, that differ from what was judged."""
    wrong = []
    for name, codes in expected.codes.items():
        column = found[name]
        values = {*column.unique().to_list(), *codes}
        rows = {v: plane(column.is_null() if v is None else column == v) for v in values}
        if any(rows[v] != codes.get(v, 0) for v in values):
            wrong.append(name)
    for name, bits in expected.masks.items():
        words = [n for n in found.columns if n.startswith(f"{name}_") and n[len(name) + 1 :].isdigit()]
        rows = [plane((found[w].to_numpy() >> k) & 1 == 1) for w in words for k in range(WORD)]
        if rows[: len(bits)] != bits or any(rows[len(bits) :]):
            wrong.append(name)
    return wrong


class Court:
    """All rows of a table under one law."""

    def __init__(self, law: Law, facts: pl.DataFrame, *, strict: bool) -> None:
        self.law, self.size = law, facts.height
        self.whole = (1 << facts.height) - 1
        self.days = {d: plane(facts["on"] == d) for d in facts["on"].unique().to_list()}
        self.assumed: dict[str, int] = {}
        self.leaves: dict[object, Truth] = {}
        self.columns: dict[str, pl.Series] = {}
        for fact in law.facts:
            for name in (f"{fact.name}_min", f"{fact.name}_max") if fact.is_interval else (fact.name,):
                if name in facts.columns:
                    self.columns[name] = facts[name]
            if fact.presumed is not None and not strict and not fact.is_interval:
                self._presume(fact, facts)

    def _presume(self, fact: Fact, facts: pl.DataFrame) -> None:
        column = self.columns[fact.name]
        gap = column.is_null()
        if f"{fact.name}{ASKED}" in facts.columns:
            gap = gap & ~facts[f"{fact.name}{ASKED}"].fill_null(value=False)
        value = pl.Series([parse_value(fact, fact.presumed)], dtype=column.dtype)
        self.columns[fact.name] = column.zip_with(~gap, value.new_from_index(0, self.size))
        self.assumed[fact.name] = plane(gap)

    # ---- one tree -------------------------------------------------------------------------------
    def all(self, parts: Iterable[Truth]) -> Truth:
        found = list(parts)
        return Truth(reduce(and_, (p.yes for p in found), self.whole), reduce(or_, (p.no for p in found), 0))

    def some(self, parts: Iterable[Truth]) -> Truth:
        found = list(parts)
        return Truth(reduce(or_, (p.yes for p in found), 0), reduce(and_, (p.no for p in found), self.whole))

    def unknown(self, truth: Truth) -> int:
        return self.whole ^ (truth.yes | truth.no)

    def truth(self, node, values: Mapping[str, Truth], turn: tuple[str, str]) -> Truth:
        match node:
            case All(parts):
                return self.all(self.truth(p, values, turn) for p in parts)
            case Some(parts):
                return self.some(self.truth(p, values, turn) for p in parts)
            case Not(part):
                return Truth(*reversed(self.truth(part, values, turn)))
            case Named(name) | Holds(name):
                return values[name]
            case InForce(article):
                return self.force(article, turn)
        if node not in self.leaves:
            self.leaves[node] = self._leaf(node)
        return self.leaves[node]

    def _leaf(self, node) -> Truth:
        match node:
            case Is(fact):
                return self._stated(self.columns[fact])
            case In(fact, allowed):
                column = self.columns[fact]
                return self._stated(column.cast(_plain(column)).is_in(list(allowed)))
            case Cmp(op, left, right):
                return self._compare(op, left, right)
        raise TypeError(node)

    def _stated(self, column: pl.Series) -> Truth:
        yes = plane(column)
        return Truth(yes, plane(column.is_not_null()) ^ yes)

    def force(self, article: str, turn: tuple[str, str]) -> Truth:
        yes = no = 0
        for day, rows in self.days.items():
            held = program(self.law).force(day, *turn).get(article, False)
            yes |= rows if held is True else 0
            no |= rows if held is False else 0
        return Truth(yes, no)

    def _compare(self, op: str, left, right) -> Truth:
        if self._is_word(left) or self._is_word(right):
            same = self._stated(self._word(left) == self._word(right))
            return same if op == "=" else Truth(same.no, same.yes)
        if op in ("<", "<="):
            return self._compare(">" if op == "<" else ">=", right, left)
        (a, b), (c, d) = self.span(left), self.span(right)
        match op:
            case ">=":
                return Truth(_least(a, d), _less(b, c))
            case ">":
                return Truth(_less(d, a), _least(c, b))
        alike = (a.values == b.values) & (c.values == d.values) & (a.values == c.values)
        same = Truth(plane(alike & a.known & b.known & c.known & d.known), _less(b, c) | _less(d, a))
        return same if op == "=" else Truth(same.no, same.yes)

    def _is_word(self, term) -> bool:
        if isinstance(term, Ref):
            return term.fact in self.columns and isinstance(self.columns[term.fact].dtype, pl.Enum)
        return isinstance(term, Lit) and isinstance(term.value, str)

    def _word(self, term) -> pl.Series:
        if isinstance(term, Ref):
            return self.columns[term.fact].cast(pl.String)
        return pl.Series([term.value]).new_from_index(0, self.size)

    def span(self, term) -> tuple[Bound, Bound]:
        match term:
            case Lit(value):
                end = Bound(np.full(self.size, value, np.int64), np.ones(self.size, bool))
                return end, end
            case Ref(fact):
                names = (fact, fact) if fact in self.columns else (f"{fact}_min", f"{fact}_max")
                low, high = (_bound(self.columns[n]) for n in names)
                return low, high
            case Arith(op, left, right):
                (a, b), (c, d) = self.span(left), self.span(right)
                if op == "-":
                    c, d = d, c
                return _apply(op, a, c), _apply(op, b, d)
        raise TypeError(term)

    # ---- all names ------------------------------------------------------------------------------
    def scene(self) -> tuple[dict[str, Truth], dict[str, Truth]]:
        """Every name's truth, and every rule's before its exceptions."""
        return self._evaluated({}, {}, ("", ""), tuple(program(self.law).tests))

    def turned(self, values, bases, turn: tuple[str, str]) -> tuple[dict[str, Truth], dict[str, Truth]]:
        """The same with a hinge turned one way; only what depends on the hinge is worked out again."""
        return self._evaluated(dict(values), dict(bases), turn, self.law.turned(turn[0]))

    def _evaluated(self, values, bases, turn, names) -> tuple[dict[str, Truth], dict[str, Truth]]:
        rules = self.law.book.rules
        for name in names:
            value = self.truth(self.law.node(name), values, turn)
            if name in rules:
                value = bases[name] = self.all((value, self.force(name, turn)))
                others = [values[e] for e in rules[name].unless]
                value = self.all((value, *(Truth(o.no, o.yes) for o in others)))
            values[name] = value
        return values, bases

    def bounds(self, values, bases) -> tuple[dict[str, int], ...]:
        """Rows whose ranks reach each rank: mildest sure and possible, strictest sure and possible."""
        found = []
        for side in ("low", "high"):
            sure, may = dict.fromkeys(RANKS, 0), dict.fromkeys(RANKS, 0)
            for rule in self.law.rules:
                truth, rank = values[rule.address], int(getattr(rule, side))
                others = [int(getattr(self.law.book.rules[e], side)) for e in rule.unless]
                either = self.unknown(truth) & bases[rule.address].yes
                for r in RANKS:
                    if rank >= r:
                        sure[r] |= truth.yes
                        may[r] |= self.whole ^ truth.no
                    if min([rank, *others]) >= r:
                        sure[r] |= either
            found += [sure, may]
        return tuple(found)

    def missing(self, values, mild: Mapping[int, int]) -> list[int]:
        """Per fact: the rows where it is not known and could move the outcome."""
        law, waiting = self.law, dict.fromkeys(values, 0)
        for rule in law.rules:
            if rule.high:
                waiting[rule.address] = self.unknown(values[rule.address]) & ~mild[int(rule.high)]
        for name in law.waits:
            above = reduce(or_, (waiting[n] for n in law.parents[name]), 0)
            waiting[name] |= self.unknown(values[name]) & above
        found = []
        for fact in law.facts:
            asked = reduce(or_, (waiting[n] for n in law.readers.get(fact.name, ())), 0)
            found.append(asked & ~self._exact(fact) if asked else 0)
        return found

    def _exact(self, fact: Fact) -> int:
        if not fact.is_interval:
            return plane(self.columns[fact.name].is_not_null())
        low, high = (_bound(self.columns[f"{fact.name}_{end}"]) for end in ("min", "max"))
        return plane(low.known & high.known & (low.values == high.values))

    # ---- the verdict ----------------------------------------------------------------------------
    def judged(self) -> Judged:
        law, whole = self.law, self.whole
        values, bases = self.scene()
        base = self.bounds(values, bases)
        missing = self.missing(values, base[0])
        lacks = reduce(or_, missing, 0)
        low, high = dict(base[0]), dict(base[3])
        hinged, branches = 0, {}
        for hinge in law.hinges:
            touched = self._touched(hinge.id)
            turned = {b: self.bounds(*self.turned(values, bases, (hinge.id, b))) for b in hinge.branches}
            for r in RANKS:
                low[r] |= touched & reduce(and_, (t[0][r] for t in turned.values()))
                high[r] &= ~touched | reduce(or_, (t[3][r] for t in turned.values()))
            first, *others = turned.values()
            moves = touched & reduce(
                or_, (first[k][r] ^ o[k][r] for o in others for k in (0, 3) for r in RANKS)
            )
            hinged |= moves
            for b, bounds in turned.items():
                settled, label = self._label(bounds, lacks)
                codes = {c: rows & moves for c, rows in self._codes(bounds[0], settled, label).items()}
                branches[f"{hinge.id}={b}"] = {**codes, None: whole ^ moves}
        settled = whole ^ reduce(or_, (low[r] ^ high[r] for r in RANKS))
        _, label = self._label(base, lacks)
        label = {code: rows & ~settled & ~hinged for code, rows in label.items()}
        label[Outcome.UNVERIFIED] = label.get(Outcome.UNVERIFIED, 0) | (hinged & ~settled)
        outcome = self._codes(low, settled, label)
        conflict = self._conflict(values)
        outcome = {code: rows & ~conflict for code, rows in outcome.items()} | {Outcome.CONFLICT: conflict}
        plain = {int(c): rows for c, rows in outcome.items() if rows}
        codes = {
            "outcome": plain,
            "low": self._codes(low, whole, {}),
            "high": self._codes(high, whole, {}),
            "rule": self._rule(values, base),
            **branches,
        }
        return Judged(codes, self._masks(values, [m & ~settled for m in missing]))

    def _touched(self, hinge: str) -> int:
        rows = (s for d, s in self.days.items() if hinge in program(self.law).touching(d))
        return reduce(or_, rows, 0)

    def _label(self, bounds, lacks: int) -> tuple[int, dict[int, int]]:
        """Where bounds meet, and what is said elsewhere: open, undetermined or unverified."""
        settled = self.whole ^ reduce(or_, (bounds[0][r] ^ bounds[3][r] for r in RANKS))
        unknown = reduce(or_, ((bounds[0][r] ^ bounds[1][r]) | (bounds[2][r] ^ bounds[3][r]) for r in RANKS))
        return settled, {
            Outcome.OPEN: self.whole ^ (settled | unknown),
            Outcome.UNDETERMINED: unknown & lacks & ~settled,
            Outcome.UNVERIFIED: unknown & ~lacks & ~settled,
        }

    def _codes(self, reach: Mapping[int, int], settled: int, label: Mapping[int, int]) -> dict[int, int]:
        """Rows by code: the highest rank reached where settled, else the label."""
        found = {0: settled & ~reach[1]}
        for r in RANKS:
            found[r] = settled & reach[r] & ~(reach[r + 1] if r < RANKS[-1] else 0)
        for code, rows in label.items():
            found[int(code)] = found.get(int(code), 0) | rows
        return {code: rows for code, rows in found.items() if rows}

    def _rule(self, values, base) -> dict[int, int]:
        unsure = reduce(or_, (base[0][r] ^ base[3][r] for r in RANKS))
        left, found = self.whole, {}
        for bit in reversed(range(len(self.law.rules))):
            truth = values[self.law.rules[bit].address]
            here = left & (truth.yes | (self.unknown(truth) & unsure))
            found[bit] = here
            left &= ~here
        return {bit: rows for bit, rows in {**found, -1: left}.items() if rows}

    def _conflict(self, values) -> int:
        rules, found = self.law.book.rules, 0
        for rule in self.law.rules:
            for other in rule.conflicts:
                if rules[other].high != rule.high:
                    found |= values[rule.address].yes & values[other].yes
        return found

    def _masks(self, values, missing: list[int]) -> dict[str, list[int]]:
        law = self.law
        return {
            "true": [values[p.name].yes for p in law.predicates],
            "missing": missing,
            "assumed": [self.assumed.get(f.name, 0) for f in law.facts],
            "duties": [values[r.address].yes for r in law.duties],
            "notes": [values[r.address].yes for r in law.notes],
            "channels_true": [values[r.address].yes for r in law.channels],
            "channels_unknown": [self.unknown(values[r.address]) for r in law.channels],
        }


def _plain(column: pl.Series) -> pl.DataType:
    return pl.String() if isinstance(column.dtype, pl.Enum) else column.dtype


def _bound(column: pl.Series) -> Bound:
    known = column.is_not_null().to_numpy()
    return Bound(column.fill_null(0).to_numpy(), known)


def _apply(op: str, left: Bound, right: Bound) -> Bound:
    made = {"*": np.multiply, "+": np.add, "-": np.subtract}[op](left.values, right.values)
    return Bound(made, left.known & right.known)


def _less(left: Bound, right: Bound) -> int:
    return plane(left.known & right.known & (left.values < right.values))


def _least(left: Bound, right: Bound) -> int:
    return plane(left.known & right.known & (left.values >= right.values))
