"""Puts the parties of a dataframe to the lists, each name once: what they say, as facts of the rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals as nw
import polars as pl

from xenotime.core import codes
from xenotime.core.errors import FactError
from xenotime.core.truth import Truth
from xenotime.parties.matching.match import PartyQuery
from xenotime.parties.owners.holding import Structure
from xenotime.services.library import Library

#: Columns that name parties: a list of them, or each with the column of its country ("" for none).
Parties = str | Sequence[str] | Mapping[str, str]


def listed(table: nw.DataFrame[Any], parties: Parties, library: Library) -> pl.DataFrame:
    """What the lists say of the parties of each row, as columns of facts; no row without a name is known.

    Raises FactError for a column that is not there.
    """
    asked = _asked(parties)
    _check(table, asked)
    names = {c: [_text(v) for v in table[c].to_list()] for c in asked}
    lands = {c: [_text(v) for v in table[land].to_list()] if land else [] for c, land in asked.items()}
    rows = [
        tuple((names[c][i], lands[c][i] if lands[c] else "") for c in asked if names[c][i])
        for i in range(len(table))
    ]
    found = _facts(dict.fromkeys(party for row in rows for party in row), dict.fromkeys(rows), library)
    every = list(next((facts for facts in found.values() if facts), {}))
    data = {name: [found[row].get(name) for row in rows] for name in every}
    return pl.DataFrame(data, dict.fromkeys(every, pl.Boolean))


def _asked(parties: Parties) -> dict[str, str]:
    if isinstance(parties, str):
        return {parties: ""}
    return dict(parties) if isinstance(parties, Mapping) else dict.fromkeys(parties, "")


def _check(table: nw.DataFrame[Any], asked: Mapping[str, str]) -> None:
    wanted = [c for pair in asked.items() for c in pair if c]
    absent = [c for c in wanted if c not in table.columns]
    if absent:
        raise FactError(
            "this dataframe has no such column of parties",
            where="parties",
            expected=f"columns of the dataframe: {', '.join(table.columns)}",
            found=", ".join(absent),
            next_step="name the columns that hold names: parties=['consignee', 'end_user']",
        )


def _text(value: object) -> str:
    return "" if value is None or value != value else str(value).strip()  # noqa: PLR0124 - only NaN differs from itself


def _facts(
    parties: Mapping[tuple[str, str], None],
    rows: Mapping[tuple[tuple[str, str], ...], None],
    library: Library,
) -> dict[tuple[tuple[str, str], ...], dict[str, Truth]]:
    """What the lists say of each group of parties that some row names."""
    queries = {party: _query(*party) for party in parties}
    screened = library.screened(tuple(queries.values()))
    nobody: dict[str, Truth] = {}
    return {
        row: library.list_facts(
            [queries[p].party for p in row], screened, Structure((), ()), library.law.known
        )
        if row
        else nobody
        for row in rows
    }


def _query(name: str, country: str) -> PartyQuery:
    land = codes.country(country, "the dataframe, parties") if country else ""
    return PartyQuery(f"{name}|{land}", name, country=land or "")
