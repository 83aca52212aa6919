"""The user's tables as data: every column with its type, unit and the meaning of its absence."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what it means, how it is written, and what an empty cell means."""

    name: str
    type: str
    about: str
    required: bool = False
    values: tuple[str, ...] = ()
    least: Decimal | None = None
    most: Decimal | None = None
    above: Decimal | None = None
    unit: str = ""
    absence: str = ""

    @property
    def refers(self) -> str:
        """The table whose ids stand in this column, or ""."""
        return self.type.removeprefix("ref:") if self.type.startswith("ref:") else ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its columns in order, and the columns that tell its rows apart."""

    name: str
    about: str
    columns: Mapping[str, Column]
    key: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The column that other tables refer to, or "" if nothing refers to this table."""
        return next((c.name for c in self.columns.values() if c.type == "id"), "")


@cache
def schema() -> Mapping[str, Table]:
    """Every table of a portfolio, by name and in the order a person fills them."""
    home = resources.files("xenotime")
    written = tomllib.loads((home / "portfolio" / "schema.toml").read_text("utf-8"))
    # The words a law fact may take are written once, in the book's vocabulary; this reads them as data.
    facts = tomllib.loads((home / "books" / "facts.toml").read_text("utf-8"))
    return {name: _table(name, body, facts) for name, body in written.items()}


def dictionary() -> tuple[dict[str, str], ...]:
    """The data dictionary: one row per column, for the workbook sheet and the generated reference."""
    return tuple(_entry(table, column) for table in schema().values() for column in table.columns.values())


@cache
def examples() -> Mapping[str, tuple[Mapping[str, str], ...]]:
    """A few filled rows of every table, as a person would write them; together a whole portfolio."""
    text = (resources.files("xenotime") / "portfolio" / "example.toml").read_text("utf-8")
    return {name: tuple(rows) for name, rows in tomllib.loads(text).items()}


def _table(name: str, body: Mapping[str, object], facts: Mapping[str, Mapping[str, object]]) -> Table:
    columns = body["columns"]
    if not isinstance(columns, dict):
        raise TypeError(f"schema.toml: [{name}.columns] is not a table")
    key = body.get("key", [])
    return Table(
        name,
        str(body["about"]),
        {column: _column(column, written, facts) for column, written in columns.items()},
        tuple(str(part) for part in key) if isinstance(key, list) else (),
    )


def _column(name: str, written: Mapping[str, object], facts: Mapping[str, Mapping[str, object]]) -> Column:
    values = written.get("values")
    if "fact" in written:
        values = facts[str(written["fact"])]["values"]
    return Column(
        name=name,
        type=str(written["type"]),
        about=str(written["about"]),
        required=written.get("required") == "yes",
        values=tuple(str(v) for v in values) if isinstance(values, list) else (),
        least=_bound(written.get("min")),
        most=_bound(written.get("max")),
        above=_bound(written.get("above")),
        unit=str(written.get("unit", "")),
        absence=str(written.get("absence", "")),
    )


def _bound(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _entry(table: Table, column: Column) -> dict[str, str]:
    return {
        "table": table.name,
        "column": column.name,
        "about": column.about,
        "written_as": written_as(column),
        "unit": column.unit,
        "required": "yes" if column.required else "no",
        "if_empty": "not allowed" if column.required else column.absence or "not stated",
        "example": next((row[column.name] for row in examples()[table.name] if column.name in row), ""),
    }


_FORMS = {
    "id": "your own short id, unique in this table",
    "text": "text",
    "day": "a day as YYYY-MM-DD",
    "country": "an ISO 3166 code of two letters",
    "bool": "yes, no or unknown",
    "int": "a whole number",
    "decimal": "a number with a decimal point",
    "hs": "a customs number of 6 to 10 digits, dots allowed",
    "code": "a control code such as 1C905.a",
    "lei": "a Legal Entity Identifier of 20 characters",
    "uscc": "a unified social credit code of 18 characters",
    "currency": "an ISO 4217 code of three letters",
    "elements": "symbols separated by ; or none",
    "element": "the symbol of one element",
    "codes": "control codes separated by ;",
    "countries": "ISO 3166 codes separated by ;",
}


def written_as(column: Column) -> str:
    """How a cell of this column is written, in words, with its bounds.

    >>> written_as(schema()["ownership"].columns["share_percent"])
    'a number with a decimal point, at least 0, at most 100'
    """
    if column.refers:
        return f"an id of table {column.refers}"
    if column.type.startswith("refs:"):
        return f"ids of table {column.type.removeprefix('refs:')} separated by ;"
    if column.values:
        return "one of " + ", ".join(column.values)
    bounds = (("at least", column.least), ("above", column.above), ("at most", column.most))
    return ", ".join(
        [_FORMS[column.type], *(f"{word} {value}" for word, value in bounds if value is not None)]
    )
