"""A sheet: the legs of a portfolio as one table of facts, with what people know each leg by beside it.

Content, parties and military links are worked out first and stand in it as facts like any other, so an
engine that decides tables needs nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from xenotime.law.facts import Fact, Value
from xenotime.law.law import Law
from xenotime.law.table import ASKED, column_names, column_type
from xenotime.portfolio.table import Portfolio
from xenotime.services.library import Library
from xenotime.services.rows import Desk, Movement, kilograms

#: What people know a leg by, and its type; a sheet may lack any of them but the key.
STORY: Mapping[str, Any] = {
    "shipment": pl.String,
    "leg": pl.Int64,
    "product": pl.String,
    "consignee": pl.String,
    "end_user": pl.String,
    "status": pl.String,
    "value": pl.Decimal(38, 4),
    "currency": pl.String,
    "kg": pl.Decimal(38, 6),
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One row per leg in each table, joined by `key`: `facts` for an engine, `story` for people.

    `facts` has `key`, `on` (Date), and columns as `xenotime.law.table` names them; `story` has `key` and any
    of `STORY` (value in its currency, mass in [kg]).
    """

    facts: pl.DataFrame
    story: pl.DataFrame


def sheet_of(portfolio: Portfolio, library: Library, on: date | None = None) -> Sheet:
    """The sheet of a portfolio: every leg that was not cancelled, in order of day, keyed from 0.

    ``on`` takes every leg as if it moved on that day.
    """
    desk = Desk(portfolio, library, on)
    movements = tuple(desk.movements())
    return Sheet(facts_table(library.law, movements), _story(movements))


def facts_table(law: Law, movements: Iterable[Movement]) -> pl.DataFrame:
    """The facts of legs as the columns that a `Decider` takes; what a leg does not say is null."""
    rows = tuple(movements)
    columns = {
        "key": pl.Series(range(len(rows)), dtype=pl.Int64),
        "on": pl.Series([row.on for row in rows], dtype=pl.Date),
    }
    for fact in law.facts:
        values = [row.facts.get(fact.name) for row in rows]
        for place, name in enumerate(column_names(fact)):
            columns[name] = pl.Series(
                [_end(v, place) if fact.is_interval else v for v in values], dtype=column_type(fact)
            )
        if fact.presumed is not None:
            asked = [bool(row.facts.get(f"{fact.name}{ASKED}")) for row in rows]
            if any(asked):
                columns[f"{fact.name}{ASKED}"] = pl.Series(asked, dtype=pl.Boolean)
    return pl.DataFrame(columns)


def _end(value: Value, place: int) -> int | None:
    return value[place] if isinstance(value, tuple) else None


def _story(movements: Iterable[Movement]) -> pl.DataFrame:
    rows = [_known_by(key, movement) for key, movement in enumerate(movements)]
    return pl.DataFrame(rows, schema={"key": pl.Int64, **STORY}, orient="row")


def _known_by(key: int, movement: Movement) -> dict[str, object]:
    shipment, leg = movement.shipment, movement.leg
    mass = kilograms(shipment, movement.product)
    return {
        "key": key,
        "shipment": shipment.text("shipment"),
        "leg": int(str(leg.values["leg"])),
        "product": shipment.text("product"),
        "consignee": shipment.text("consignee"),
        "end_user": shipment.text("end_user") or shipment.text("consignee"),
        "status": shipment.text("status"),
        "value": shipment.number("value"),
        "currency": shipment.text("currency"),
        "kg": None if mass is None else round(mass, 6),
    }


def declared(law: Law) -> dict[str, Fact]:
    """The fact of each column that a sheet of this law can have."""
    return {name: fact for fact in law.facts for name in column_names(fact)}
