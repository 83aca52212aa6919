"""Takes the columns that the law reads out of a dataframe of any kind, as people write them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

import narwhals as nw
import polars as pl
from narwhals.exceptions import DuplicateError

from xenotime.core.errors import FactError, InputError
from xenotime.frames.opened import Day, day
from xenotime.law.facts import LIMIT
from xenotime.law.law import Law
from xenotime.law.table import ASKED, column_names
from xenotime.services.bulk.form import form_of, kind_of, read_facts
from xenotime.services.library import Library
from xenotime.services.transaction import BESIDE, elements

#: How near to a fact's name another name may be before it is asked about (0 to 1).
_NEAR = 0.75
_WHERE = "the dataframe"


def narrow(table: object) -> nw.DataFrame[Any]:
    """A dataframe in narwhals' words. InputError: it is none, not in memory, or without names."""
    try:
        made: nw.DataFrame[Any] = nw.from_native(cast("Any", table), eager_only=True)
        names: list[Any] = list(made.columns)
    except DuplicateError as error:
        raise _unnamed(str(error).strip().splitlines()[-1].strip("- ")) from error
    except TypeError as error:
        raise InputError(
            "this is not a dataframe that can be decided",
            where=type(table).__module__.split(".")[0] + "." + type(table).__name__,
            expected="a Polars or pandas DataFrame, or a PyArrow Table",
            found=type(table).__name__,
            next_step="collect a lazy frame; what is larger than memory is for `xenotime assess --engine`",
        ) from error
    odd = [name for name in names if not isinstance(name, str)]
    if odd:
        raise _unnamed(repr(odd[0]))
    return made


def _unnamed(found: str) -> InputError:
    return InputError(
        "the columns of this dataframe have no names of their own",
        where=_WHERE,
        expected="one text for each column, no two the same",
        found=found,
        next_step="rename them: frame.columns = [...]",
    )


def taken(
    table: nw.DataFrame[Any],
    library: Library,
    on: str | Day,
    columns: Mapping[str, str],
    ignore: Iterable[str],
) -> pl.DataFrame:
    """The facts of a dataframe as a `Decider` takes them, keyed from 0, with the day in `on`.

    Raises FactError for a name or a value that the law does not know, InputError for a day that is none.
    """
    law = library.law
    named = _named(table, law, on, columns, frozenset(ignore))
    frame = pl.DataFrame([_series(table[column], name) for column, name in named.items()])
    if "on" not in named.values():
        frame = frame.hstack([pl.Series("on", [day(on, "on")] * len(table), dtype=pl.Date)])
    if "elements" in frame.columns:
        frame = _spread(frame, library)
    form = form_of({n: kind_of(t) for n, t in frame.schema.items()}, law, _WHERE)
    return read_facts(frame, form)


def _named(
    table: nw.DataFrame[Any], law: Law, on: str | Day, columns: Mapping[str, str], ignore: frozenset[str]
) -> dict[str, str]:
    """What each column that is read answers: the fact, `on` or `elements`. Raises FactError for a doubt."""
    known = _answers(law)
    found = {c: columns.get(c, c) for c in table.columns if c not in ignore}
    _refuse_absent([c for c in columns if c not in table.columns], table.columns, "a column of the dataframe")
    _refuse_absent([n for n in columns.values() if n not in known and n != "on"], known, "a fact")
    if isinstance(on, str) and on in table.columns:
        found = {c: n for c, n in found.items() if n != "on"} | {on: "on"}
    else:
        found = {c: n for c, n in found.items() if n != "on" or c in columns}
        if "on" not in found.values():
            _check_day(on, table.columns)
    doubtful = {c: _nearest(c, known) for c, n in found.items() if n not in known and n != "on"}
    for column, near in doubtful.items():
        if near:
            raise FactError(
                f"the column '{column}' is no fact, but nearly one",
                where=_WHERE,
                expected=f"'{near}', or a name that is not so near to it",
                found=repr(column),
                next_step=f"columns={{'{column}': '{near}'}} takes it so, ignore=['{column}'] leaves it out",
            )
    read = {c: n for c, n in found.items() if n in known or n == "on"}
    twice = sorted({n for n in read.values() if list(read.values()).count(n) > 1})
    if twice:
        raise _double(twice[0], [c for c, n in read.items() if n == twice[0]])
    return read


def _answers(law: Law) -> dict[str, None]:
    """Every name that a column may have for the law."""
    names = [name for fact in law.facts for name in (fact.name, *column_names(fact))]
    asked = [f"{fact.name}{ASKED}" for fact in law.facts if fact.presumed is not None]
    return dict.fromkeys((*names, *asked, "elements"))


def _refuse_absent(absent: Sequence[str], there: Iterable[str], expected: str) -> None:
    if absent:
        near = difflib.get_close_matches(absent[0], list(there), 3, 0.5)
        raise FactError(
            "this mapping names something that is not there",
            where="columns",
            expected=f"{expected}, such as {', '.join(near)}" if near else expected,
            found=absent[0],
            next_step="write columns={'your column': 'fact'}; xt.facts() lists the facts",
        )


def _check_day(on: str | Day, there: Sequence[str]) -> None:
    if on is None:
        raise FactError(
            "nothing says on which day",
            where="on",
            expected="a column, or a day",
            found="None",
            next_step='name the column of days, or one day: on="date", on="2026-11-21"',
        )
    try:
        day(on, "on")
    except InputError as error:
        raise FactError(
            "this is neither a column nor a day",
            where="on",
            expected=f"a day such as 2026-11-21, or one of: {', '.join(there)}",
            found=repr(on),
            next_step="name the column of the customs declaration's day",
        ) from error


def _nearest(column: str, known: Iterable[str]) -> str:
    plain = column.strip().lower().replace(" ", "_").replace("-", "_")
    return next(iter(difflib.get_close_matches(plain, list(known), 1, _NEAR)), "")


def _series(column: nw.Series[Any], name: str) -> pl.Series:
    """A column in Polars: instants as their day, whole floats as whole numbers."""
    native = column.to_native()
    if isinstance(native, pl.Series):
        made = native
    elif hasattr(native, "combine_chunks"):  # a column of PyArrow
        made = pl.Series(name, native)
    else:
        made = _listed(column, name)
    if isinstance(made.dtype, pl.Datetime):
        made = made.dt.date()
    return (_whole(made) if made.dtype.is_float() else made).alias(name)


def _whole(floats: pl.Series) -> pl.Series:
    """Floats that are whole as whole numbers: pandas makes floats of them where one is missing."""
    plain = floats.fill_nan(None)
    within = plain.drop_nulls().is_between(-LIMIT, LIMIT)
    whole = plain.round() == plain
    return plain.cast(pl.Int64) if within.all() and whole.drop_nulls().all() else floats


def _listed(column: nw.Series[Any], name: str) -> pl.Series:
    """A column of pandas, or of another kind, value by value; what marks an absence there is unknown."""
    absent = column.is_null().to_list()
    values = [None if gone else v for gone, v in zip(absent, column.to_list(), strict=True)]
    try:
        return pl.Series(name, values, strict=True)
    except (TypeError, ValueError, pl.exceptions.PolarsError) as error:
        kinds = ", ".join(sorted({type(v).__name__ for v in values if v is not None}))
        raise FactError(
            f"the column '{column.name}' mixes kinds of values",
            where=_WHERE,
            expected="one kind: text, whole numbers, truths, days or decimals",
            found=kinds,
            next_step="write them all as text",
        ) from error


def _spread(frame: pl.DataFrame, library: Library) -> pl.DataFrame:
    """The column `elements` ("Dy; ?Tb", or a list) as the element facts, worked out once for each text."""
    facts, given = library.law.book.facts, frame["elements"]
    texts = given.list.join("; ") if isinstance(given.dtype, pl.List) else given.cast(pl.String)
    every = [name for name in facts if name.startswith("el_")]
    twice = [n for n in every if n in frame.columns and n not in BESIDE]
    if twice:
        raise _double(twice[0], ["elements", twice[0]])
    names = [n for n in every if n not in frame.columns]
    kinds = texts.drop_nulls().unique(maintain_order=True).to_list()
    rows = [elements(facts, [text or "none"], _WHERE) for text in kinds]
    each = pl.DataFrame(
        [(text, *(row[n] for n in names)) for text, row in zip(kinds, rows, strict=True)],
        {"elements": pl.String, **dict.fromkeys(names, pl.Boolean)},
        orient="row",
    )
    wide = frame.with_columns(texts.alias("elements"))
    return wide.join(each, on="elements", how="left", maintain_order="left").drop("elements")


def _double(fact: str, columns: Iterable[str]) -> FactError:
    return FactError(
        "two columns answer one fact",
        where=_WHERE,
        expected="one column for each fact",
        found=f"{fact}: {', '.join(columns)}",
        next_step="leave one out with ignore=[…]",
    )
