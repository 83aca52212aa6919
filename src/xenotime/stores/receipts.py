"""Files of receipts: one a line, read line by line, so that a file of a million fits in memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from xenotime.core.errors import InputError

#: The longest line that is read [characters].
_LONGEST = 1_000_001


def lines(path: Path) -> Iterator[str]:
    """The lines of a file, each at most a million characters long.

    Raises InputError when the file cannot be read or is no text.
    """
    try:
        with path.open(encoding="utf-8") as file:
            while written := file.readline(_LONGEST):
                yield written
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            "these receipts cannot be read",
            where=str(path),
            expected="a text file that you may read, in UTF-8",
            found=getattr(error, "strerror", None) or "bytes that are no text",
            next_step="check the path and the permissions",
        ) from error
