"""The files of a supply answer beside its page: tables as CSV, the whole answer as JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from datetime import date
from math import isfinite
from pathlib import Path

from xenotime.core.cells import harmless
from xenotime.report.atomic import write
from xenotime.report.export import guarded
from xenotime.report.plain import plain
from xenotime.services.supply.results import Adapt, Leverage, Stress
from xenotime.services.supply.tables import Cell, Table, tables


def write_tables(result: Stress | Adapt | Leverage, folder: Path) -> list[Path]:
    """The tables of an answer in a folder. Raises InputError when it cannot be written."""
    return [
        write(folder / name, table_text(table).encode("utf-8-sig")) for name, table in tables(result).items()
    ]


def table_text(table: Table) -> str:
    """A table as CSV under its head line; numbers with nine digits that count, what never comes is empty."""
    head, rows = table
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows(_cells(row) for row in rows)
    return out.getvalue()


def _cells(row: Iterable[Cell]) -> list[str]:
    return [_cell(cell) for cell in row]


def _cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return f"{cell:.9g}" if isfinite(cell) else ""
    return cell.isoformat() if isinstance(cell, date) else harmless(str(cell))


def write_result(result: object, path: Path) -> Path:
    """The whole answer as JSON at a path, null for what has no finite value.

    Raises InputError when it cannot be written.
    """
    text = json.dumps(_finite(guarded(plain(result))), ensure_ascii=False, indent=1, allow_nan=False)
    return write(path, f"{text}\n".encode(errors="replace"))


def _finite(value: object) -> object:
    """Plain JSON values with None for numbers that JSON cannot say: infinite, or none."""
    if isinstance(value, float):
        return value if isfinite(value) else None
    if isinstance(value, Mapping):
        return {key: _finite(each) for key, each in value.items()}
    return [_finite(each) for each in value] if isinstance(value, list) else value
