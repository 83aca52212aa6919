"""Files as grids of raw cells: CSV in UTF-8 and XLSX, read within bounds and never guessed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from xenotime.core.cells import original
from xenotime.core.errors import InputError
from xenotime.portfolio.limits import LIMITS, Limits, read_bytes, too_much
from xenotime.portfolio.workbook import read_workbook

_DELIMITERS = (",", ";", "\t")
_HAN_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: `rows` of raw cells as a person sees them, the first line being row 1.

    `merged` lists merged areas as (first row, first column, last row, last column), all from 0.
    """

    file: str
    sheet: str
    rows: tuple[tuple[object, ...], ...]
    merged: tuple[tuple[int, int, int, int], ...] = ()

    @property
    def name(self) -> str:
        """The file, and the sheet if the file has several, in words."""
        return f"{self.file}, sheet {self.sheet}" if self.sheet else self.file

    def lines(self) -> Iterator[tuple[int, tuple[object, ...]]]:
        """Each row that is not blank, with its number from 1."""
        for number, row in enumerate(self.rows, start=1):
            if any(cell is not None for cell in row):
                yield number, row


def read_grids(path: Path, *, encoding: str = "", limits: Limits = LIMITS) -> tuple[Grid, ...]:
    """Every sheet of a workbook, or the one grid of a CSV file.

    Empty cells are None; text is unchanged except that a protecting apostrophe is removed.
    ``encoding`` is for a CSV file that is known not to be UTF-8.
    Raises InputError when the file is empty, cut off, too large, encrypted or of another kind.
    """
    data = read_bytes(path, limits)
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        sheets = read_workbook(data, path.name, limits)
        return tuple(
            Grid(path.name, name, _clean(rows, path.name, limits), areas) for name, rows, areas in sheets
        )
    if path.suffix.lower() in (".csv", ".txt", ".tsv"):
        return (
            Grid(
                path.name,
                "",
                _clean(_records(_decode(data, path.name, encoding), path.name), path.name, limits),
            ),
        )
    raise InputError(
        "this kind of file cannot be read",
        where=path.name,
        expected="a CSV file or an XLSX workbook",
        found=f"the ending {path.suffix!r}",
        next_step="save it as XLSX, or as CSV UTF-8",
    )


def _decode(data: bytes, file: str, encoding: str) -> str:
    if encoding:
        return _declared(data, file, encoding)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _foreign(data, file, error) from error
    if "\0" in text:
        raise _binary(file, "zero bytes" if data[:4] != b"PK\x03\x04" else "a workbook named .csv")
    return text


def _declared(data: bytes, file: str, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except (LookupError, UnicodeError) as error:
        raise InputError(
            "this file is not written in the declared encoding",
            where=file,
            expected=f"text in {encoding}",
            found=str(error),
            next_step="correct encoding in mapping.toml, or save the file as CSV UTF-8",
        ) from error


def _foreign(data: bytes, file: str, error: UnicodeDecodeError) -> InputError:
    line = data.count(b"\n", 0, error.start) + 1
    guess = _guess(data)
    return InputError(
        "this CSV file is not UTF-8",
        where=f"{file}, row {line}",
        expected="CSV UTF-8",
        found=f"bytes that look like {guess}" if guess else "bytes that are no UTF-8",
        next_step='open it in its program and save it as "CSV UTF-8"; '
        f"for an ERP export you can instead say so: --encoding {guess.lower() or '…'}",
    )


def _guess(data: bytes) -> str:
    """The likeliest encoding of bytes that are not UTF-8; a guess for a message, never for reading."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "UTF-16"
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return "Windows-1252"
    wide = [sign for sign in text if ord(sign) > 127]
    han = sum("一" <= sign <= "鿿" for sign in wide)
    return "GB18030" if wide and han / len(wide) > _HAN_SHARE else "Windows-1252"


def _records(text: str, file: str) -> Iterator[tuple[object, ...]]:
    head = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for record in reader:
            yield tuple(original(cell) for cell in record)
    except csv.Error as error:
        raise InputError(
            "this CSV file is broken or cut off",
            where=f"{file}, row {reader.line_num}",
            expected="every opening quote closed, one record a line",
            found=str(error),
            next_step="export the file again, or close the quote",
        ) from error


def _clean(rows: Iterator[tuple[object, ...]], file: str, limits: Limits) -> tuple[tuple[object, ...], ...]:
    """Rows with empty cells as None, counted against the bounds."""
    kept: list[tuple[object, ...]] = []
    cells = 0
    for row in rows:
        cells += len(row)
        if cells > limits.cells:
            raise too_much(file, f"at most {limits.cells:,} cells", "more")
        for cell in row:
            if isinstance(cell, str) and len(cell) > limits.cell_chars:
                where = f"{file}, row {len(kept) + 1}"
                raise too_much(where, f"at most {limits.cell_chars:,} characters in a cell", f"{len(cell):,}")
        kept.append(tuple(None if isinstance(cell, str) and not cell.strip() else cell for cell in row))
    return tuple(kept)


def _binary(file: str, found: str) -> InputError:
    return InputError(
        "this file is not a text table",
        where=file,
        expected="CSV UTF-8",
        found=found,
        next_step="save it as CSV UTF-8, or give it its right ending",
    )
