"""Decides a dataframe: the same rows, with what the law answers beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl

from xenotime.core.errors import FactError
from xenotime.frames.give import beside
from xenotime.frames.opened import Day, decider, library
from xenotime.frames.screened import Parties, listed
from xenotime.frames.take import narrow, taken
from xenotime.frames.told import told
from xenotime.services.library import Library


def decide(
    table: Any,  # noqa: ANN401 - a dataframe of any kind that narwhals knows
    on: str | Day = "on",
    known: Day = None,
    *,
    columns: Mapping[str, str] | None = None,
    ignore: Iterable[str] = (),
    parties: Parties = (),
    strict: bool = False,
    branches: Mapping[str, str] | None = None,
    notices: Sequence[str | Path] = (),
    book: str = "cn",
    prefix: str = "",
) -> Any:  # noqa: ANN401 - the same kind of dataframe
    """The dataframe with the outcome of each row, the article that decides it, and what is missing.

    `on` is the column of the day of each row, or one day for all; `known` the day of the knowledge (today).
    Columns that have the name of a fact are read (`xenotime.facts` lists them), and `elements` ("Dy; ?Tb");
    `columns` says which others stand for a fact. Others pass through; one whose name is nearly a fact's is
    refused, unless `ignore` names it. `parties` names columns of party names, to be put to the lists, each
    with the column of its country if it is a mapping. Amounts are whole numbers, decimals or text.

    The results are categorical columns: `outcome`, `rule`, `missing`, `assuming`, `branches`, `duties`, and
    the bounds `low` and `high`; see `xenotime.frames.told`. `prefix` goes before their names.

    Raises InputError, FactError, AddressError or BookError, each with what was expected.
    """
    opened, frame = library(known, branches, strict, notices, book), narrow(table)
    facts = with_parties(frame, taken(frame, opened, on, columns or {}, ignore), parties, opened)
    return beside(frame, told(decider(opened).decide(facts), opened.law), prefix)


def with_parties(
    table: nw.DataFrame[Any], facts: pl.DataFrame, parties: Parties, opened: Library
) -> pl.DataFrame:
    """Facts with what the lists say of the parties. Raises FactError where a column says it as well."""
    if not parties:
        return facts
    found = listed(table, parties, opened)
    twice = [name for name in found.columns if name in facts.columns]
    if twice:
        raise FactError(
            "a list is answered twice",
            where="the dataframe",
            expected="columns of parties, or columns of list facts",
            found=", ".join(twice[:5]),
            next_step="leave the columns out with ignore=[…], or leave out parties=",
        )
    return facts.hstack(found.get_columns())
