"""Random tables of facts: every fact, with nulls, words of the book, and days around its boundaries."""

from __future__ import annotations

import random
from datetime import date, timedelta

import numpy as np
import polars as pl

from xenotime.law.facts import Fact, Value
from xenotime.law.law import Law
from xenotime.law.node import In, Is, walk
from xenotime.law.table import column_names, column_type
from xenotime.law.tables import Line

_TERRITORIES = ("CN", "CN", "CN", "DE", "US", "JP", "FR", "HK", "TW", "EE", "VN")
_AMOUNTS = (0, 1, 999, 999_900, 1_000_000, 1_000_100, 999_999_999, 1_000_000_000)
_NUMBERS = (0, 2, 3, 4, 13, 14, 15, 255, 256, 499, 500, 1100, 1200, 1201)
_RARE = ("listed_", "held_")


def random_rows(law: Law, size: int, seed: int, nulls: float = 0.1) -> list[dict[str, object]]:
    """`size` rows as dicts: `on`, and a value (or None) for each fact.

    Half of the rows are bent to match a line of an item table, so that rules have something to hold on to.
    """
    source = random.Random(seed)
    days = boundary_days(law)
    lines = [line for p in law.predicates if p.table for line in p.table.lines]
    rows = []
    for _ in range(size):
        row = {"on": source.choice(days), **{f.name: _value(f, source, nulls) for f in law.facts}}
        if source.random() < 0.5 and lines:
            row.update(_matching(source.choice(lines), source))
        rows.append(row)
    return rows


def boundary_days(law: Law) -> list[date]:
    """The day before, on and after each first day of a stretch of the law."""
    starts = {s.first for stretches in law.statuses.values() for s in stretches if s.first.year > 2019}
    return sorted({d + timedelta(days=k) for d in starts for k in (-1, 0, 1)})


def frame(law: Law, rows: list[dict[str, object]]) -> pl.DataFrame:
    """The rows as the table a person would give to `decide`."""
    columns: dict[str, pl.Series] = {"on": pl.Series([r["on"] for r in rows], dtype=pl.Date)}
    for fact in law.facts:
        kind = column_type(fact)
        values = [r[fact.name] for r in rows]
        if fact.is_interval:
            for place, name in enumerate(column_names(fact)):
                ends = [v[place] if isinstance(v, tuple) else None for v in values]
                columns[name] = pl.Series(ends, dtype=kind)
        else:
            columns[fact.name] = pl.Series(values, dtype=kind)
    return pl.DataFrame({"key": pl.Series(range(len(rows)), dtype=pl.Int64), **columns})


def crossed(few: pl.DataFrame, law: Law, size: int, seed: int, share: int = 8) -> pl.DataFrame:
    """Many rows out of a few: each is one of the few, but one fact in `share` (and its day) is another's."""
    source = np.random.default_rng(seed)
    home = source.integers(0, few.height, size)
    columns = {"key": pl.Series(range(size), dtype=pl.Int64)}
    for names in (("on",), *map(column_names, law.facts)):
        other = source.integers(0, few.height, size)
        rows = pl.Series(np.where(source.integers(0, share, size) == 0, other, home))
        columns |= {name: few[name].gather(rows) for name in names}
    return pl.DataFrame(columns)


def _matching(line: Line, source: random.Random) -> dict[str, Value]:
    found: dict[str, Value] = {"kind": source.choice(line.kinds)} if line.kinds else {}
    for part in line.rest:
        for node in walk(part):
            match node:
                case In(fact, values):
                    found[fact] = source.choice(values)
                case Is(fact):
                    found[fact] = True
    return found


def _value(fact: Fact, source: random.Random, nulls: float) -> Value:
    rare = fact.name.startswith(_RARE)
    if source.random() < (nulls / 10 if rare else nulls):
        return None
    match fact.type:
        case "bool":
            return source.random() < (0.01 if rare else 0.2)
        case "enum":
            return source.choice(fact.values)
        case "country":
            return source.choice(_TERRITORIES)
        case "int":
            return source.choice(_NUMBERS)
    low = source.choice(_AMOUNTS)
    if source.random() < 0.7:
        return (low, low)
    high = source.choice(_AMOUNTS)
    return (min(low, high), None if source.random() < 0.2 else max(low, high))
