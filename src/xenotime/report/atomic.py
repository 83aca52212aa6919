"""Files that appear whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from xenotime.core.errors import InputError


def write(path: Path, data: bytes) -> Path:
    """Put the bytes at a path in one step; an earlier file stays as it was if anything fails.

    A link keeps its place: the file it leads to is replaced. A device or pipe is written into.
    Raises InputError when the folder cannot be written.
    """
    target = path.resolve() if path.is_symlink() else path
    try:
        if target.exists() and not target.is_file():
            target.write_bytes(data)
            return path
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    except OSError as error:
        raise _failed(path, error) from error
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        draft.chmod(0o644)
        draft.replace(target)
    except OSError as error:
        raise _failed(path, error) from error
    finally:
        draft.unlink(missing_ok=True)
    return path


def _failed(path: Path, error: OSError) -> InputError:
    return InputError(
        "this file cannot be written",
        where=str(path),
        expected="a folder that can be written, with room left",
        found=error.strerror or str(error),
        next_step="choose another place with --out",
    )
