"""A folder of small texts that several processes write: one at a time, each file whole or not at all."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from xenotime.core.errors import InputError

#: How long a writer waits for another [seconds], and how often it asks.
PAUSE, TRIES = 0.05, 200


@contextmanager
def holding(folder: Path, of: str) -> Iterator[None]:
    """Hold a folder `of` something while it is checked and written; another writer waits.

    Raises InputError when it stays held, as after a crash.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    held = folder.with_name(f"{folder.name}.held")
    for _ in range(TRIES):
        try:
            held.mkdir()
            break
        except FileExistsError:
            time.sleep(PAUSE)
    else:
        raise InputError(
            f"another process holds the folder of {of}",
            where=str(folder),
            expected=f"a free folder within {TRIES * PAUSE:.0f} seconds",
            found=str(held),
            next_step=f"try again; if no other xenotime runs, remove {held}",
        )
    try:
        yield
    finally:
        held.rmdir()


def put(target: Path, text: str) -> Path:
    """Put a text at a path in one step, in the place of what was there; returns the path."""
    handle, temporary = tempfile.mkstemp(dir=target.parent, suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return target
