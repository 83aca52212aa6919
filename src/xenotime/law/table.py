"""A table of facts as a person has it, turned into engine columns: codes, bounds, typed absences."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import Any

import polars as pl
from polars.datatypes import DataType

from xenotime.core.errors import FactError
from xenotime.law.facts import LIMIT, Fact, Value
from xenotime.law.law import Law
from xenotime.law.words import POLARS, Expr, Words

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#: All pairs of letters, so that a territory's code is its place in this list.
TERRITORIES = pl.Enum([a + b for a in _LETTERS for b in _LETTERS])
#: The ending of a yes-or-no column that says: this presumed fact was asked, and nobody knows.
ASKED = "_asked"
_TYPES = {"bool": pl.Boolean(), "int": pl.Int64(), "money": pl.Int64(), "percent": pl.Int64()}


@cache
def column_type(fact: Fact) -> pl.DataType:
    """The Polars type a fact's column has for a person: Enum for words, Boolean, Int64."""
    if fact.type == "country":
        return TERRITORIES
    return pl.Enum(list(fact.values)) if fact.type == "enum" else _TYPES[fact.type]


def column_names(fact: Fact) -> tuple[str, ...]:
    """The column or columns of a fact."""
    return (f"{fact.name}_min", f"{fact.name}_max") if fact.is_interval else (fact.name,)


def values_of(law: Law, row: Mapping[str, Any]) -> Iterator[tuple[str, Value]]:
    """The facts of a table's row, by column, as `explain` takes them: what is not known is left out."""
    for fact in law.facts:
        ends = [row.get(name) for name in column_names(fact)]
        if any(end is not None for end in ends):
            yield fact.name, (ends[0], ends[1]) if fact.is_interval else ends[0]
        if row.get(f"{fact.name}{ASKED}"):
            yield f"{fact.name}{ASKED}", True


def engine_frame(facts: pl.DataFrame, law: Law, start: int = 0, *, checked: bool = False) -> pl.DataFrame:
    """The frame with every fact's column in engine form; absent columns are unknown.

    Raises FactError for columns that no fact declares, values outside a fact's words or range, or a row
    without a day. Whoever says `checked` finds numbers outside their range without this (see `misplaced`).
    """
    found = dict(facts.schema)
    declared = {name: fact for fact in law.facts for name in column_names(fact)}
    asked = [f"{f.name}{ASKED}" for f in law.facts if f.presumed is not None]
    unknown = [c for c in found if c not in declared and c not in ("key", "on", *asked)]
    if unknown or "on" not in found:
        raise FactError(
            "these columns are not the facts of this law",
            expected="on (a date), an optional key, and facts of `xenotime law facts`",
            found=", ".join(unknown) or "no column 'on'",
        )
    _check_days(facts, found["on"])
    if not checked:
        check_numbers(facts, law)
    key = pl.col("key") if "key" in found else pl.int_range(start, start + facts.height).alias("key")
    return facts.select(
        key,
        "on",
        *(_column(name, fact, facts, found) for name, fact in declared.items()),
        *(pl.col(a).fill_null(value=False) for a in asked if a in found),
    )


def misplaced(law: Law, columns: Collection[str], words: Words) -> list[Expr]:
    """What no number may be: one that a sum or product of 64 bits could not hold, or bounds crossed."""
    col, found = words.col, []
    for fact in law.facts:
        names = [n for n in column_names(fact) if n in columns and _TYPES.get(fact.type) == pl.Int64]
        found += [(col(name) < least(fact)) | (col(name) > LIMIT) for name in names]
        if len(names) == 2:
            found.append(col(names[0]) > col(names[1]))
    return found


def least(fact: Fact) -> int:
    """The least number that a fact can have."""
    return 0 if fact.is_interval else -LIMIT


def _check_days(facts: pl.DataFrame, found: DataType) -> None:
    if found != pl.Date:
        raise FactError("the column 'on' is not a date", expected="Date", found=str(found))
    if facts["on"].null_count():
        raise FactError("a row has no day", where="column 'on'", expected="a date in every row", found="null")


def check_numbers(facts: pl.DataFrame, law: Law) -> None:
    """Nothing, or FactError for the first number out of range or pair of bounds the wrong way round."""
    numbers = {name for name, kind in facts.schema.items() if kind.is_integer()}
    wrong = misplaced(law, numbers, POLARS)
    if (
        not wrong
        or not facts.lazy().select(pl.any_horizontal(wrong).any()).collect(engine="streaming").item()
    ):
        return
    for fact in law.facts:
        for name in numbers.intersection(column_names(fact)):
            column = facts[name]
            for number in (column.min(), column.max()):
                if isinstance(number, int) and not least(fact) <= number <= LIMIT:
                    raise FactError(
                        "this number is out of range",
                        where=f"column {name}",
                        expected=f"{least(fact)} to 2^53",
                        found=str(number),
                    )
    pairs = [p for p in map(column_names, law.facts) if len(p) == 2 and numbers.issuperset(p)]
    crossed = next(low for low, high in pairs if (facts[low] > facts[high]).any())
    raise FactError("a lower bound is above the upper one", where=crossed, expected="min at most max")


def _column(name: str, fact: Fact, facts: pl.DataFrame, schema: Mapping[str, DataType]) -> pl.Expr:
    wanted, found = column_type(fact), schema.get(name)
    words = isinstance(wanted, pl.Enum)
    if found is None or found == pl.Null:
        return pl.lit(None, dtype=pl.UInt16 if words else wanted).alias(name)
    if words and found == pl.String:
        _check_words(name, fact, facts)
        return pl.col(name).cast(wanted).to_physical()
    if found == wanted:
        return pl.col(name).to_physical() if words else pl.col(name)
    if found.is_integer() and wanted == pl.Int64:
        return pl.col(name).cast(wanted)
    raise FactError("this column has another type", where=name, expected=str(wanted), found=str(found))


def _check_words(name: str, fact: Fact, facts: pl.DataFrame) -> None:
    words = facts[name].drop_nulls().unique()
    wanted = column_type(fact)
    wrong = words.filter(words.cast(wanted, strict=False).is_null()).to_list()
    if wrong:
        raise FactError(
            f"the fact '{fact.name}' cannot have this value",
            where=f"column {name}",
            expected=" | ".join(fact.values) or "ISO 3166 territories",
            found=", ".join(map(repr, wrong[:5])),
            next_step=f"answer: {fact.asks}",
        )
