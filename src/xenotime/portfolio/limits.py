"""How much a file may hold before it is refused: reading is bounded in every direction."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from xenotime.core.errors import InputError

_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds of one file [bytes, cells, characters]; `ratio` is unpacked over packed size."""

    file_bytes: int = 256 * _MIB
    unpacked_bytes: int = 1024 * _MIB
    ratio: int = 400
    cells: int = 25_000_000
    cell_chars: int = 32_767
    members: int = 2_000


LIMITS = Limits()


def read_bytes(path: Path, limits: Limits) -> bytes:
    """The bytes of a file that is there, not empty and not too large.

    Raises InputError in four parts otherwise.
    """
    try:
        size = path.stat().st_size if path.is_file() else -1
        data = path.read_bytes() if 0 < size <= limits.file_bytes else b""
    except OSError as error:
        raise InputError(
            "this file cannot be read",
            where=path.name,
            expected="a file you may read",
            found=error.strerror or "an error of the file system",
            next_step="check the permissions of the file",
        ) from error
    if size < 0:
        raise InputError(
            "there is no such file",
            where=str(path),
            expected="a CSV file or an XLSX workbook",
            found="a folder" if path.is_dir() else "nothing",
            next_step="check the path",
        )
    if size == 0:
        raise InputError(
            "this file is empty",
            where=path.name,
            expected="a table with a header line",
            found="0 bytes",
            next_step="export or save the file again",
        )
    if size > limits.file_bytes:
        raise too_much(path.name, f"at most {limits.file_bytes:,} bytes", f"{size:,} bytes")
    return data


def too_much(where: str, expected: str, found: str) -> InputError:
    """The refusal of something that is larger than its bound."""
    return InputError(
        "this is larger than the reader accepts",
        where=where,
        expected=expected,
        found=found,
        next_step="split it into smaller files, or remove the empty formatted area",
    )
