"""Files of evidence, read with bounds: one paper, all papers of a folder, or the lines of a long one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from xenotime.core.errors import InputError

#: The most papers of a folder, and the longest line of a long paper [bytes].
MOST, LONGEST_LINE = 2_000, 131_072


def read(path: Path, most: int) -> bytes:
    """The bytes of a file. Raises InputError when it is missing or longer than `most`."""
    try:
        with path.open("rb") as opened:
            data = opened.read(most + 1)
    except OSError as error:
        raise _unusable(path, "a file that you may read", str(error.strerror)) from error
    if len(data) > most:
        raise _unusable(path, f"at most {most} bytes", "more")
    return data


def folder(path: Path, most: int) -> tuple[tuple[str, bytes], ...]:
    """The name and bytes of a file, or of every file of a folder by name.

    Raises InputError when one is longer than `most` bytes, or a folder has more than 2,000.
    """
    if not path.is_dir():
        return ((str(path), read(path, most)),)
    files = sorted(p for p in path.iterdir() if p.is_file() and not p.name.startswith("."))
    if len(files) > MOST:
        raise _unusable(path, f"at most {MOST} files", f"{len(files)}")
    return tuple((str(file), read(file, most)) for file in files)


@contextmanager
def rows(path: Path) -> Iterator[Iterator[bytes]]:
    """The lines of a file with their ends; one that is too long is cut, and no longer what it was."""
    try:
        opened = path.open("rb")
    except OSError as error:
        raise _unusable(path, "a file that you may read", str(error.strerror)) from error
    with opened:
        yield iter(lambda: opened.readline(LONGEST_LINE), b"")


def _unusable(path: Path, expected: str, found: str) -> InputError:
    return InputError(
        "this file of evidence cannot be used",
        where=str(path),
        expected=expected,
        found=found,
        next_step="check that this is the file you mean",
    )
