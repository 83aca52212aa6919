"""Portfolios and templates on disk: whole or not at all, and never over what is there unasked."""

from __future__ import annotations

import csv
import io
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from xenotime.core.cells import harmless
from xenotime.core.errors import InputError
from xenotime.portfolio.load import WORKBOOK
from xenotime.portfolio.schema import Column, dictionary, examples, schema
from xenotime.portfolio.table import Portfolio, Row

_SAFE = {
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "in_memory": True,
}
_DIGITS = 15
_LIST_LIMIT = 255
_MADE = datetime(2025, 1, 1)  # noqa: DTZ001 - a fixed stamp, so that equal portfolios give equal files


def write_portfolio(
    portfolio: Portfolio,
    folder: Path | str,
    fmt: str = "csv",
    *,
    force: bool = False,
    beside: Mapping[str, str] | None = None,
) -> Path:
    """The folder, written with the portfolio's tables as CSV files or as `portfolio.xlsx`.

    ``beside`` are further text files of the folder, by name. With ``force`` an existing folder is
    kept and only the files of these names are replaced. Text that a spreadsheet could run as a
    formula is made harmless. Nothing is half-written.
    Raises InputError if the folder holds something and ``force`` is not given.
    """
    tables = {name: [_cells(row) for row in rows] for name, rows in portfolio.tables.items()}
    return _place(Path(folder), _files(tables, fmt) | _encoded(beside or {}), force=force)


def write_template(folder: Path | str, *, force: bool = False) -> Path:
    """The folder, written with every table empty, the same as a workbook, and a filled example.

    The workbook has the data dictionary as its first sheet; README.md says it in words.
    """
    empty: dict[str, list[Sequence[object]]] = {name: [] for name in schema()}
    filled: dict[str, list[Sequence[object]]] = {
        name: [[row.get(column, "") for column in table.columns] for row in examples()[name]]
        for name, table in schema().items()
    }
    files = _files(empty, "csv") | _files(empty, "xlsx") | {"README.md": _readme().encode("utf-8")}
    files |= {f"examples/{name}": data for name, data in _files(filled, "csv").items()}
    return _place(Path(folder), files, force=force)


def csv_text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table as CSV text whose cells no spreadsheet runs as a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(
        [harmless(cell) if isinstance(cell, str) else cell_text(cell) for cell in row] for row in rows
    )
    return out.getvalue()


def cell_text(value: object) -> str:
    """A typed value as a person writes it; "" for an empty one.

    >>> cell_text(Decimal("1E+3")), cell_text(True), cell_text(None)
    ('1000', 'yes', '')
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return format(value, "f")
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


def _cells(row: Row) -> list[object]:
    return ["unknown" if name in row.unsure else value for name, value in row.values.items()]


def _files(tables: Mapping[str, Sequence[Sequence[object]]], fmt: str) -> dict[str, bytes]:
    if fmt == "xlsx":
        return {WORKBOOK: _workbook(tables)}
    if fmt != "csv":
        raise InputError(
            "unknown format of a portfolio",
            expected="csv or xlsx",
            found=repr(fmt),
            next_step="choose one of the two",
        )
    return {
        # The mark at the head makes spreadsheet programs read the file as UTF-8.
        f"{name}.csv": csv_text(tuple(schema()[name].columns), rows).encode("utf-8-sig")
        for name, rows in tables.items()
    }


def _encoded(beside: Mapping[str, str]) -> dict[str, bytes]:
    return {
        name: text.encode("utf-8-sig" if name.endswith(".csv") else "utf-8") for name, text in beside.items()
    }


def _workbook(tables: Mapping[str, Sequence[Sequence[object]]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _SAFE) as book:
        book.set_properties({"created": _MADE})
        bold = book.add_format({"bold": True, "bg_color": "#E8EEF2", "bottom": 1})
        day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        text = book.add_format({"num_format": "@"})
        entries = [list(entry.values()) for entry in dictionary()]
        _sheet(book.add_worksheet("dictionary"), list(dictionary()[0]), entries, bold, day)
        for name, rows in tables.items():
            sheet = book.add_worksheet(name)
            _sheet(sheet, list(schema()[name].columns), rows, bold, day)
            for at, column in enumerate(schema()[name].columns.values()):
                _guide(sheet, at, column, len(rows), day, text)
    return out.getvalue()


def _sheet(
    sheet: Worksheet, header: Sequence[str], rows: Sequence[Sequence[object]], bold: Format, day: Format
) -> None:
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, header, bold)
    for number, row in enumerate(rows, start=1):
        for at, cell in enumerate(row):
            _put(sheet, number, at, cell, day)
    for at, name in enumerate(header):
        longest = max([len(name), *(len(cell_text(row[at])) for row in rows[:200])])
        sheet.set_column(at, at, min(max(longest + 2, 10), 48))


def _put(sheet: Worksheet, number: int, at: int, cell: object, day: Format) -> None:
    """One cell: text always as text, numbers as numbers while 15 digits hold them exactly."""
    if isinstance(cell, date):
        sheet.write_datetime(number, at, datetime(cell.year, cell.month, cell.day), day)  # noqa: DTZ001 - a day has no zone
    elif (
        isinstance(cell, (int, Decimal))
        and not isinstance(cell, bool)
        and len(Decimal(cell).as_tuple().digits) <= _DIGITS
    ):
        sheet.write_number(number, at, cell)
    elif cell_text(cell):
        sheet.write_string(number, at, cell_text(cell))


def _guide(sheet: Worksheet, at: int, column: Column, rows: int, day: Format, text: Format) -> None:
    """A note on the header, the right cell format below it, and a list of the words allowed."""
    sheet.write_comment(0, at, column.about + (f" If empty: {column.absence}." if column.absence else ""))
    if column.type in ("id", "hs", "code", "lei", "uscc") or column.refers:
        sheet.set_column(at, at, 18, text)
    if column.type == "day":
        sheet.set_column(at, at, 12, day)
    if column.values and len(",".join(column.values)) <= _LIST_LIMIT:
        sheet.data_validation(1, at, rows + 2000, at, {"validate": "list", "source": list(column.values)})


def _readme() -> str:
    lines = ["# Your portfolio", "", _INTRO, ""]
    for name, table in schema().items():
        lines += [f"## {name}.csv", "", table.about, ""]
        lines += ["| column | what it says | written as | if empty | example |", "|---|---|---|---|---|"]
        for entry in (entry for entry in dictionary() if entry["table"] == name):
            unit = f" [{entry['unit']}]" if entry["unit"] else ""
            cells = (
                entry["column"],
                entry["about"] + unit,
                entry["written_as"],
                entry["if_empty"],
                entry["example"],
            )
            lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
        lines.append("")
    return "\n".join(lines)


_INTRO = f"""Fill in the CSV files, or the workbook `{WORKBOOK}` (move the other away), and run
`xenotime check` on this folder. Every table is optional; the column "if empty" says what an absence
means. Days are written YYYY-MM-DD, numbers with a decimal point. A cell that says `unknown` is empty on
purpose: nothing is then presumed. The folder `examples` holds the same tables filled in; everybody in
them is invented."""


def _place(folder: Path, files: Mapping[str, bytes], *, force: bool) -> Path:
    """Write all files into a new folder beside the target, then move it there in one step."""
    there = folder.exists()
    if (there and not folder.is_dir()) or (there and any(folder.iterdir()) and not force):
        raise InputError(
            "this folder is not empty" if folder.is_dir() else "this is not a folder",
            where=str(folder),
            expected="a new or empty folder",
            found="files in it" if folder.is_dir() else "a file",
            next_step="choose another folder, or use --force to replace the files of the same names",
        )
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as scratch:
        fresh, old = Path(scratch) / "fresh", Path(scratch) / "old"
        if there:
            shutil.copytree(folder, fresh, symlinks=True)
        for name, data in files.items():
            (fresh / name).parent.mkdir(parents=True, exist_ok=True)
            (fresh / name).write_bytes(data)
        if there:
            folder.rename(old)
        fresh.rename(folder)
    return folder
