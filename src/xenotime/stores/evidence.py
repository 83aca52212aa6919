"""The user's own claims: CSV tables in one folder, each change whole or none, one writer at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from xenotime.core.errors import InputError
from xenotime.stores.folder import holding, put

#: The largest table that is read [bytes].
MOST_BYTES = 16_000_000


class EvidenceFolder:
    """A folder of tables of claims; every reader sees a table either before a change or after it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self) -> Mapping[str, str]:
        """File names and texts, sorted by name; empty when the folder does not exist.

        Raises InputError for a table that cannot be read, is too large or is not UTF-8.
        """
        if not self.folder.is_dir():
            return {}
        return {path.name: read_claims(path) for path in sorted(self.folder.glob("*.csv"))}

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the folder while claims are checked and kept; another writer waits.

        Raises InputError when it stays held, as after a crash.
        """
        with holding(self.folder, "claims"):
            yield

    def keep(self, name: str, text: str) -> Path:
        """Put a table in the place of the one of its name, in one step; returns where it lies.

        Raises InputError for a table that is too large to be read again.
        """
        if len(text.encode()) > MOST_BYTES:
            raise _unusable(
                "this table would be too large", self.folder / name, f"at most {MOST_BYTES} bytes", "more"
            )
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        target = self.folder / Path(name).name
        return put(target, text)


def read_claims(path: Path) -> str:
    """The text of a table of claims. Raises InputError when it is missing, too large or not UTF-8."""
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise _unusable(
            "this file cannot be read", path, "a file that you may read", str(error.strerror)
        ) from error
    if len(raw) > MOST_BYTES:
        raise _unusable("this table is too large", path, f"at most {MOST_BYTES} bytes", "more")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        found = f"byte {error.start} is not"
        raise _unusable("this table is not UTF-8 text", path, "UTF-8", found) from error


def _unusable(what: str, path: Path, expected: str, found: str) -> InputError:
    return InputError(
        what,
        where=str(path),
        expected=expected,
        found=found,
        next_step="check that this is the table you mean, and save it as UTF-8",
    )
