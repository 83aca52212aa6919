"""The packaged tables of the world: inputs, uses, users, makers, covers, stages, options, projects."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib import resources
from io import StringIO

from xenotime.core.errors import BookError


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of one packaged table, cells stripped.

    Raises BookError for a table that is missing, or a row of another width than its head.
    """
    where = f"supply/world/tables/{name}.csv"
    home = resources.files("xenotime.supply.world") / "tables" / f"{name}.csv"
    if not home.is_file():
        raise BookError("this table is missing", where=where, expected="a packaged table", found="no file")
    found = []
    reader = csv.DictReader(StringIO(home.read_text("utf-8")), strict=True)
    for row in reader:
        if None in row or None in row.values():
            raise BookError(
                "this row is not as wide as its head",
                where=f"{where}, row {reader.line_num}",
                expected=", ".join(reader.fieldnames or ()),
                found=str(row),
            )
        found.append({key: cell.strip() for key, cell in row.items()})
    return tuple(found)


def number(row: Mapping[str, str], column: str) -> float:
    """The number in one cell of a packaged table. Raises BookError when it is none."""
    try:
        return float(row[column])
    except (KeyError, ValueError) as error:
        raise BookError(
            "this cell is not a number", where=column, expected="digits with a point", found=str(row)
        ) from error


def words(row: dict[str, str], column: str) -> tuple[str, ...]:
    """The words of one cell, split at spaces."""
    return tuple(row.get(column, "").split())
