"""XLSX workbooks, opened only after their parts were weighed."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum

from xenotime.core.errors import InputError
from xenotime.portfolio.limits import Limits, too_much

_CELL = re.compile(rb"""<(?:\w+:)?c\s[^>]*?\br=["']([A-Z]{1,4})([0-9]{1,9})["']""")
_ROW = re.compile(rb"""<(?:\w+:)?row\s[^>]*?\br=["']([0-9]{1,9})["']""")
#: A cell with a formula and nothing that it came to; a formula that came to no text says t="str".
_UNREAD = re.compile(
    rb"""<(?:\w+:)?c\s(?![^>]*\bt=["']str)[^>]*?\br=["']([A-Z]{1,4}[0-9]{1,9})["'][^>]*>"""
    rb"""\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"""
    rb"""(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"""
)
_CHUNK = 1 << 20
_OVERLAP = 512
_SMALL = 1 << 20
_OLD = b"\xd0\xcf\x11\xe0"


def read_workbook(
    data: bytes, file: str, limits: Limits
) -> list[tuple[str, Iterator[tuple[object, ...]], tuple[tuple[int, int, int, int], ...]]]:
    """Each worksheet of a workbook: its name, its rows from cell A1, its merged areas (from 0).

    Raises InputError for an empty, cut-off, encrypted, damaged or inflated workbook.
    """
    _weigh(data, file, limits)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = [sheet.name for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        sheets = [(name, book.get_sheet_by_name(name)) for name in names]
        return [
            (
                name,
                (tuple(row) for row in sheet.to_python(skip_empty_area=False)),
                tuple((a[0], a[1], b[0], b[1]) for a, b in sheet.merged_cell_ranges or ()),
            )
            for name, sheet in sheets
        ]
    except PasswordError as error:
        raise _broken(file, "a workbook under a password") from error
    except (CalamineError, ValueError, OSError) as error:
        raise _broken(file, str(error)) from error


def _weigh(data: bytes, file: str, limits: Limits) -> None:
    """Refuse a workbook that is no archive, is cut off, or would unpack beyond the bounds."""
    if data[:4] == _OLD:
        raise _broken(file, "an encrypted workbook, or one of the old .xls kind")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > limits.members:
                raise too_much(file, f"at most {limits.members:,} parts", f"{len(members):,} parts")
            unpacked = 0
            for member in members:
                unpacked += _member(archive, member, file, limits, unpacked)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
        raise _broken(file, f"{len(data):,} bytes that are no whole workbook ({error})") from error


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, file: str, limits: Limits, before: int) -> int:
    """Unpack one part piece by piece, counting; the size that its header claims is not trusted."""
    is_sheet = member.filename.startswith("xl/worksheets/") and member.filename.endswith(".xml")
    packed, size, tail, rows, columns = max(member.compress_size, 1), 0, b"", 0, 0
    with archive.open(member) as stream:
        while piece := stream.read(_CHUNK):
            size += len(piece)
            if before + size > limits.unpacked_bytes:
                raise too_much(file, f"at most {limits.unpacked_bytes:,} bytes unpacked", "more")
            if size > _SMALL and size > packed * limits.ratio:
                raise too_much(file, f"parts that unpack at most {limits.ratio} times", "a much denser part")
            if b"<!DOCTYPE" in tail + piece or b"<!ENTITY" in tail + piece:
                raise _broken(file, "a part that declares its own entities")
            if is_sheet:
                rows, columns = _extent(tail + piece, rows, columns)
                _check_formulas(tail + piece, f"{file}, {member.filename}")
                if rows * columns > limits.cells:
                    raise too_much(
                        f"{file}, {member.filename}",
                        f"at most {limits.cells:,} cells",
                        f"{rows:,} × {columns:,}",
                    )
            tail = piece[-_OVERLAP:]
    return size


def _check_formulas(piece: bytes, where: str) -> None:
    """Refuse a formula whose result was never stored: it would be read as an empty cell."""
    found = _UNREAD.search(piece) if b"<f" in piece or b":f" in piece else None
    if found:
        raise InputError(
            "a formula of this workbook has no result in it",
            where=f"{where}, cell {found[1].decode()}",
            expected="the value that the formula comes to, stored beside it",
            found="a formula alone",
            next_step="open it in a spreadsheet program and save it again, or write the value itself",
        )


def _extent(piece: bytes, rows: int, columns: int) -> tuple[int, int]:
    """The last row and column that this part of a sheet names, or those known before."""
    for match in _ROW.finditer(piece):
        rows = max(rows, int(match[1]))
    for match in _CELL.finditer(piece):
        rows, columns = max(rows, int(match[2])), max(columns, _number(match[1]))
    return rows, columns


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _broken(file: str, found: str) -> InputError:
    return InputError(
        "this workbook cannot be opened",
        where=file,
        expected="a whole XLSX workbook without password",
        found=found,
        next_step="open it in its program, save it again as XLSX, and copy it anew",
    )
