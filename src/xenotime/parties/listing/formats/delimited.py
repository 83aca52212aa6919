"""Rows of comma- or tab-separated list files, with the line each begins on."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass

from xenotime.core.errors import InputError
from xenotime.parties.listing.formats.source import Source

_ODD = re.compile(r"[^0-9a-z一-鿿]+")


@dataclass(frozen=True, slots=True)
class Row:
    """A row by its column names, and the line it begins on; a missing cell is empty."""

    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


def rows(source: Source, delimiter: str = ",") -> Iterator[tuple[int, list[str]]]:
    """The rows with the line each begins on, empty ones left out.

    Raises InputError for a quote that is never closed, and for a last row that is cut off.
    """
    reader = csv.reader(source.lines(), delimiter=delimiter, strict=True)
    line, width, cells = 1, 0, [""]
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, cells
            width = max(width, len(cells))
            line = reader.line_num + 1
    except csv.Error as error:
        raise source.broken(f"a quoted cell that begins here does not end well ({error})", line) from error
    if not source.whole and len(cells) < width:
        raise source.broken(f"the last row stops after {len(cells)} of {width} cells", reader.line_num)


def folded(column: str) -> str:
    """A column name as it is compared: small letters and digits, joined by ``_``.

    >>> folded(" State/Province "), folded("国名、地域名 Country")
    ('state_province', '国名_地域名_country')
    """
    return _ODD.sub("_", column.strip().lower().removeprefix("\\ufeff")).strip("_")


def records(source: Source, delimiter: str = ",") -> Iterator[Row]:
    """The rows below the header, by folded column name. Raises InputError when there is no header."""
    found = rows(source, delimiter)
    _, header = next(found, (0, []))
    if not header:
        raise InputError(
            "this file is empty",
            where=source.name,
            expected="a header and one row for each party",
            found="no rows",
            next_step="fetch the file again; nothing was changed",
        )
    columns = [folded(name) for name in header]
    for line, cells in found:
        yield Row(line, {c: v.strip() for c, v in zip(columns, cells, strict=False) if c})
