"""Pieces of a long run in a folder: each whole or not at all, several writers at once, one run a folder."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xenotime.core.errors import InputError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: What tells a folder of pieces, and the form of them.
HEADER, ENDING, FORM = "run.json", ".piece", "xenotime run 1"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,150}")
_SUM = hashlib.sha256().digest_size


class RunFolder:
    """The kept pieces of one run, told by its header: what its pieces must agree in.

    A folder that is not there yet is made. `again` forgets the pieces that are there, whatever they are of.
    Raises InputError when the pieces are of another run, naming in what it differs.
    """

    def __init__(self, folder: Path, header: Mapping[str, str] | None = None, *, again: bool = False) -> None:
        self.folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if again:
                self._forget()
            self._claim(dict(header or {}))
        except OSError as error:
            raise self._unusable(error) from error

    def read(self, name: str) -> bytes | None:
        """The piece of a name; None when it is not there, or when what is there is not what was written."""
        try:
            data = self._path(name).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise self._unusable(error) from error
        whole = data[_SUM:]
        return whole if hashlib.sha256(whole).digest() == data[:_SUM] else None

    def write(self, name: str, data: bytes) -> None:
        """Keep a piece in one step; of two writers the later one's stays, which holds the same numbers."""
        try:
            self._put(self._path(name), hashlib.sha256(data).digest() + data)
        except OSError as error:
            raise self._unusable(error) from error

    def get(self, name: str) -> NDArray[Any] | None:
        """The array kept under a name; None when there is none."""
        import numpy as np  # noqa: PLC0415 - a part that only the supply model needs

        found = self.read(name)
        return None if found is None else np.load(io.BytesIO(found), allow_pickle=False)

    def put(self, name: str, values: NDArray[np.generic]) -> None:
        """Keep an array under a name."""
        import numpy as np  # noqa: PLC0415 - a part that only the supply model needs

        stream = io.BytesIO()
        np.save(stream, values, allow_pickle=False)
        self.write(name, stream.getvalue())

    def names(self) -> tuple[str, ...]:
        """The names of the kept pieces, sorted."""
        return tuple(sorted(path.name.removesuffix(ENDING) for path in self.folder.glob(f"*{ENDING}")))

    def _claim(self, header: dict[str, str]) -> None:
        """Write the header of a new folder, or compare with that of an old one; of two, the first stays."""
        path = self.folder / HEADER
        text = json.dumps({"form": FORM, "run": header}, ensure_ascii=False, indent=1) + "\n"
        if not path.exists():
            if self.names():
                raise self._foreign("pieces without a header")
            with suppress(FileExistsError):
                self._put(path, text.encode("utf-8"), new=True)
        try:
            found = json.loads(path.read_text("utf-8"))
            there = dict(found["run"]) if found["form"] == FORM else None
        except (ValueError, KeyError, TypeError):
            there = None
        if there is None:
            raise self._foreign(f"a {HEADER} of another form")
        if there != header:
            raise self._other(there, header)

    def _put(self, path: Path, data: bytes, *, new: bool = False) -> None:
        """Put bytes at a path in one step; with `new`, only where nothing is. Raises FileExistsError."""
        handle, temporary = tempfile.mkstemp(dir=self.folder, suffix=".part")
        draft = Path(temporary)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            if new:
                path.hardlink_to(draft)
            else:
                draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)

    def _forget(self) -> None:
        for path in (self.folder / HEADER, *self.folder.glob(f"*{ENDING}")):
            path.unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise InputError(
                "this is no name of a piece",
                where=str(self.folder),
                expected="letters, digits, points and dashes, at most 150",
                found=ascii(name[:60]),
                next_step="choose another name",
            )
        return self.folder / f"{name}{ENDING}"

    def _other(self, there: Mapping[str, str], asked: Mapping[str, str]) -> InputError:
        differs = [key for key in {**there, **asked} if there.get(key) != asked.get(key)]
        return InputError(
            "the pieces in this folder are of another run",
            where=str(self.folder),
            expected="; ".join(f"{key} {asked.get(key, 'not given')}" for key in differs),
            found="; ".join(f"{key} {there.get(key, 'not given')}" for key in differs),
            next_step="choose another folder, or start this one again and lose its pieces",
        )

    def _foreign(self, found: str) -> InputError:
        return InputError(
            "this folder does not hold the pieces of a run",
            where=str(self.folder),
            expected=f"an empty folder, or one with a {HEADER} of the form {FORM!r}",
            found=found,
            next_step="choose another folder, or start this one again and lose its pieces",
        )

    def _unusable(self, error: OSError) -> InputError:
        return InputError(
            "the folder of a run cannot be used",
            where=str(self.folder),
            expected="a folder that can be read and written, with room left",
            found=error.strerror or str(error),
            next_step="choose another folder; what was kept is whole",
        )
