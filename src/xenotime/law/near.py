"""The rows that a change of law can touch at all: some rule that differs could hold for them.

A rule that is false whatever is in force is false in both laws. So the rules that differ are worked out once
with their own force unknown, and rows for which none of them can be true keep their answer: in three values,
what is false without knowing something stays false once it is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import polars as pl

from xenotime.law.apart import Days, asked, changed, force
from xenotime.law.book import needs
from xenotime.law.columns import Compiler
from xenotime.law.decide import flow
from xenotime.law.events import FIRST_DAY, Stretch
from xenotime.law.law import Law
from xenotime.law.node import InForce, Named, walk
from xenotime.law.table import engine_frame
from xenotime.law.words import POLARS, possibly

_KEY, _NEAR = "key", "near"
_UNKNOWN = (Stretch(FIRST_DAY, "unverified", ""),)


def near(facts: pl.DataFrame, before: Law, after: Law, days: Sequence[Days]) -> pl.DataFrame:
    """The rows of facts, all of them on the given days, whose answers can differ between the two laws.

    ``facts`` has the columns of `Decider.decide` that both laws declare, with a `key`.
    """
    moved = {a for a in asked(before) | asked(after) if _differs(before, after, a, days)}
    names = changed(before, after)
    laws = (after,) if before.book.hash == after.book.hash else (before, after)
    masks = [_possible(facts, law, _seeds(law, names, moved), moved) for law in laws]
    kept = masks[0] if len(masks) == 1 else masks[0] | masks[1]
    return facts.filter(kept)


def _differs(before: Law, after: Law, article: str, days: Sequence[Days]) -> bool:
    """Whether an article's force differs on some of the days."""
    firsts = {s.first for law in (before, after) for s in law.stretches(article)} | {d for d, _ in days}
    within = [d for d in firsts if any(a <= d and (b is None or d < b) for a, b in days)]
    return any(force(before, article, d) != force(after, article, d) for d in within)


def _seeds(law: Law, names: set[str], moved: set[str]) -> tuple[str, ...]:
    """The rules that differ by themselves: in force, in words, or in a condition that they read."""
    touched = {n for n in law.order if n in names or n in moved or _asks(law, n) & moved}
    for name in law.order:
        reads = {p.name for p in walk(law.node(name)) if isinstance(p, Named)}
        if reads & touched:
            touched.add(name)
    return tuple(n for n in law.order if n in touched and n in law.book.rules)


def _asks(law: Law, name: str) -> set[str]:
    return {p.article for p in walk(law.node(name)) if isinstance(p, InForce)}


def _possible(facts: pl.DataFrame, law: Law, seeds: tuple[str, ...], moved: set[str]) -> pl.Series:
    """For each row, whether one of the rules could be true if all that is unsure were so."""
    unsure = replace(law, statuses={**law.statuses, **dict.fromkeys(moved, _UNKNOWN)})
    compiler = Compiler(unsure, POLARS)
    compiler.run({}, "", _below(unsure, seeds))
    mask = POLARS.some([possibly(pl.col(compiler.column[s])) for s in seeds])
    known = engine_frame(facts.select(c for c in facts.columns if not c.endswith("_asked")), unsure)
    found = flow(known, compiler.take(), (_KEY, mask.alias(_NEAR)))
    ordered = (
        found if found[_KEY].equals(facts[_KEY]) else facts.select(_KEY).join(found, on=_KEY, how="left")
    )
    return ordered[_NEAR]


def _below(law: Law, names: Iterable[str]) -> tuple[str, ...]:
    """The names and everything that they read, each after what it needs."""
    wanted, stack = set(names), list(names)
    while stack:
        for name in needs(law.book, stack.pop()):
            if name not in wanted:
                wanted.add(name)
                stack.append(name)
    return tuple(n for n in law.order if n in wanted)
