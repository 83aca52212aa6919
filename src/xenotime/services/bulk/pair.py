"""Decides the same legs under two laws: the second law only where it can answer otherwise.

A table of facts is decided once as a whole; of the second law only the rows on days on which the two laws
are not the same rules (see `xenotime.law.apart`). Answers carry the number of their row and are put in
place by it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec

import polars as pl

from xenotime.law.apart import Days
from xenotime.law.decide import FIRST_KERNEL, Decider, during
from xenotime.law.law import Law
from xenotime.law.near import near
from xenotime.law.table import ASKED, column_names
from xenotime.law.words import POLARS
from xenotime.services.bulk.sheet import Sheet

#: The number of a row, from 0.
ROW = "key"
#: Rows from which on it pays to look which of them a change can touch.
FEW = 100_000
#: What is compared of a leg.
_ANSWER = ("outcome", "low", "high", "rule")


@dataclass(frozen=True, slots=True)
class Pair:
    """The answers of two laws on the same rows, row by row, and in full where they may differ.

    `legs` has one row per leg, by its number: outcome, low, high and deciding article before and after.
    `after` is the whole decision row, by number, of each leg that the second law was asked about; `before`
    the first law's outcome and duties of the same legs.
    """

    legs: pl.DataFrame
    before: pl.DataFrame
    after: pl.DataFrame
    laws: tuple[Law, Law]


def decided(
    before: Law,
    after: Law,
    first: Sheet,
    second: Sheet,
    days: Sequence[Days] | None = None,
    *,
    strict: bool = False,
    progress: Callable[[int], object] | None = None,
) -> Pair:
    """The answers of both laws; with `days`, the second law is asked about the rows of these days only.

    ``days`` may be given only when both sheets have the same facts.
    """
    left = numbered(first.facts, before)
    right = numbered(second.facts, after)
    if days is not None:
        right = _touched(right, before, after, days, strict=strict)
    old = by_row(lean(before, strict=strict).decide(left, progress=progress))
    new = by_row(lean(after, strict=strict).decide(right, progress=progress))
    mine = old.select(ROW, "outcome", pl.col("^duties_.*$"))
    mine = mine if new.height == old.height else mine[new[ROW]]
    return Pair(_beside(old, new, (before, after)), mine, new, (before, after))


def lean(law: Law, *, strict: bool = False) -> Decider:
    """What decides by a law without the masks that no comparison reads; those of duties stay."""
    decider = Decider(law, strict=strict)
    decider.masks = [mask for mask in decider.masks if mask.meta.output_name().startswith("duties")]
    return decider


def _touched(
    facts: pl.DataFrame, before: Law, after: Law, days: Sequence[Days], *, strict: bool
) -> pl.DataFrame:
    """The rows whose answers can differ; of few, or where the quick kernel decides, all on these days."""
    rows = facts.filter(during(days, POLARS) if days else pl.lit(value=False))
    quick = facts.height >= FIRST_KERNEL and find_spec("numba") is not None
    if rows.height >= FEW and not quick and before.book.facts.keys() <= after.book.facts.keys():
        return near(rows, before, after, days, strict=strict)
    return rows


def numbered(facts: pl.DataFrame, law: Law) -> pl.DataFrame:
    """The columns of a table that a law declares, with each row's number as its key."""
    known = {n for f in law.facts for n in column_names(f)}
    known |= {f"{f.name}{ASKED}" for f in law.facts if f.presumed is not None}
    kept = [c for c in facts.columns if c in known or c == "on"]
    return facts.select(pl.int_range(facts.height, dtype=pl.Int64).alias(ROW), *kept)


def by_row(answers: pl.DataFrame) -> pl.DataFrame:
    """Decision rows in the order of their numbers."""
    return answers if answers[ROW].is_sorted() else answers.sort(ROW)


def _beside(old: pl.DataFrame, new: pl.DataFrame, laws: tuple[Law, Law]) -> pl.DataFrame:
    """Both answers of every leg; where the second law was not asked, it answers as the first."""
    names = articles(laws)
    codes = [pl.Series([*(names.index(r.address) for r in law.rules), -1], dtype=pl.Int32) for law in laws]
    columns = {ROW: old[ROW], "on": old["on"]}
    for column in _ANSWER:
        left, right = old[column], new[column]
        if column == "rule":
            left, right = _coded(left, codes[0]), _coded(right, codes[1])
        columns[f"{column}_before"] = left
        columns[f"{column}_after"] = (
            right if new.height == old.height else left.clone().scatter(new[ROW], right)
        )
    return pl.DataFrame(columns)


def articles(laws: Iterable[Law]) -> list[str]:
    """The deciding articles of several laws; a leg's `rule` is a place in this list, -1 for none."""
    return list(dict.fromkeys(r.address for law in laws for r in law.rules))


def _coded(rules: pl.Series, codes: pl.Series) -> pl.Series:
    """Bits of one law's rules as places among the articles of both; the last code is for none (-1)."""
    place = pl.when(pl.col("rule") >= 0).then("rule").otherwise(codes.len() - 1)
    return codes.gather(rules.to_frame().select(place.cast(pl.UInt32))["rule"])
