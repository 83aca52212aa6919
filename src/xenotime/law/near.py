"""The rows that a change of law can touch at all: some rule that differs is not settled for them either way.

The rules that differ are worked out once with the force of every moved article unknown. In three values, what
is true or false without knowing something stays so once it is known: a row for which each of these rules is
settled, and settled alike in both laws, keeps its answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import polars as pl

from xenotime.law.apart import Days, asked, changed, force
from xenotime.law.book import ordered
from xenotime.law.columns import Compiler, presumed
from xenotime.law.decide import flow
from xenotime.law.events import FIRST_DAY, Stretch
from xenotime.law.law import Law
from xenotime.law.node import InForce, Named, walk
from xenotime.law.table import ASKED, engine_frame
from xenotime.law.words import POLARS, Expr, possibly

_KEY = "key"
_UNKNOWN = (Stretch(FIRST_DAY, "unverified", ""),)


def near(
    facts: pl.DataFrame, before: Law, after: Law, days: Sequence[Days], *, strict: bool = False
) -> pl.DataFrame:
    """The rows of facts, all of them on the given days, whose answers can differ between the two laws.

    ``facts`` has a `key` and columns of `Decider.decide` that both laws declare.
    """
    moved = {a for a in asked(before) | asked(after) if _differs(before, after, a, days)}
    names = changed(before, after)
    laws = (after,) if before.book.hash == after.book.hash else (before, after)
    values = [_values(facts, law, _seeds(law, names, moved), moved, strict=strict) for law in laws]
    named = [v.rename({c: f"{n}|{c}" for c in v.columns}) for n, v in enumerate(values)]
    joined = pl.concat(named, how="horizontal")
    return facts.filter(joined.select(POLARS.some(list(_unsettled(values))).alias(_KEY))[_KEY])


def _unsettled(values: Sequence[pl.DataFrame]) -> Iterator[Expr]:
    """For each rule: unsettled in some law, or settled otherwise; one of a single law alone: not false."""
    yield pl.lit(value=False)
    for name in dict.fromkeys(c for v in values for c in v.columns):
        columns = [pl.col(f"{n}|{name}") for n, v in enumerate(values) if name in v.columns]
        if len(columns) < len(values):
            yield possibly(columns[0])
            continue
        yield from (c.is_null() for c in columns)
        if len(columns) > 1:
            yield (columns[0] != columns[1]).fill_null(value=True)


def _differs(before: Law, after: Law, article: str, days: Sequence[Days]) -> bool:
    """Whether an article's force differs on some of the days."""
    firsts = {s.first for law in (before, after) for s in law.stretches(article)} | {d for d, _ in days}
    within = [d for d in firsts if any(a <= d and (b is None or d < b) for a, b in days)]
    return any(force(before, article, d) != force(after, article, d) for d in within)


def _seeds(law: Law, names: set[str], moved: set[str]) -> tuple[str, ...]:
    """The rules that differ by themselves: in force, in words, or in a condition that they read."""
    touched = {n for n in law.order if n in names or n in moved or _in_force(law, n) & moved}
    for name in law.order:
        reads = {p.name for p in walk(law.node(name)) if isinstance(p, Named)}
        if reads & touched:
            touched.add(name)
    return tuple(n for n in law.order if n in touched and n in law.book.rules)


def _in_force(law: Law, name: str) -> set[str]:
    return {p.article for p in walk(law.node(name)) if isinstance(p, InForce)}


def _values(
    facts: pl.DataFrame, law: Law, seeds: tuple[str, ...], moved: set[str], *, strict: bool
) -> pl.DataFrame:
    """The three-valued value of each rule for each row, in the order of the rows."""
    unsure = replace(law, statuses={**law.statuses, **dict.fromkeys(moved, _UNKNOWN)})
    compiler = Compiler(unsure, POLARS)
    compiler.run({}, "", _below(unsure, seeds))
    frame = engine_frame(facts, unsure)
    filled = [] if strict else list(_presumed(unsure, frame.columns))
    shown = (_KEY, *(pl.col(compiler.column[s]).alias(s) for s in seeds))
    found = flow(frame, [filled, *compiler.take()], shown)
    ordered = (
        found if found[_KEY].equals(facts[_KEY]) else facts.select(_KEY).join(found, on=_KEY, how="left")
    )
    return ordered.drop(_KEY)


def _presumed(law: Law, given: Iterable[str]) -> Iterator[Expr]:
    """Absences filled as the dictionary presumes, but not where somebody asked and nobody knows."""
    there = set(given)
    for name, value in presumed(law).items():
        column, mark = pl.col(name), f"{name}{ASKED}"
        full = column.fill_null(value)
        yield (pl.when(pl.col(mark)).then(column).otherwise(full) if mark in there else full).alias(name)


def _below(law: Law, names: Iterable[str]) -> tuple[str, ...]:
    """The names and everything that they read, each after what it needs."""
    wanted = set(ordered(law.book, tuple(names)))
    return tuple(n for n in law.order if n in wanted)
