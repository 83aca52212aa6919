"""The user's own notices: Markdown files in one folder, written whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from xenotime.core.errors import AddressError, InputError
from xenotime.stores.folder import holding, put

_MOST_BYTES = 1_000_000


class NoticeFolder:
    """A folder of overlay files; every reader sees either the old set or the new one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self) -> Mapping[str, str]:
        """File names and texts, sorted by name; empty when the folder does not exist."""
        if not self.folder.is_dir():
            return {}
        return {p.name: read_notice(p) for p in sorted(self.folder.glob("*.md"))}

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the folder while a notice is checked and added; another writer waits.

        Raises InputError when it stays held, as after a crash.
        """
        with holding(self.folder, "notices"):
            yield

    def add(self, name: str, text: str) -> Path:
        """Write a notice atomically. Raises InputError if another text has the name."""
        target = self.folder / name
        if target.exists() and target.read_text(encoding="utf-8") != text:
            raise InputError(
                "another notice has this name",
                where=str(target),
                expected="a new name, or the same text",
                found=name,
                next_step=f"run `xenotime law remove {name}` first",
            )
        self.folder.mkdir(parents=True, exist_ok=True)
        return put(target, text)

    def remove(self, name: str) -> None:
        """Delete a notice. Raises AddressError if there is none of that name."""
        target = self.folder / Path(name).name
        if not target.is_file():
            held = ", ".join(self.read()) or "none"
            raise AddressError(
                "there is no such notice of yours",
                where=str(self.folder),
                expected=held,
                found=name,
                next_step="run `xenotime law list`: yours are marked (yours)",
            )
        target.unlink()


def read_notice(path: Path) -> str:
    """The text of a notice file. Raises InputError when it is missing, too large or not UTF-8."""
    try:
        with path.open("rb") as file:
            raw = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise InputError(
            "this file cannot be read",
            where=str(path),
            expected="a text file that you may read",
            found=str(error.strerror),
            next_step="check the path and the permissions",
        ) from error
    return decoded(raw, str(path))


def decoded(raw: bytes, where: str) -> str:
    """Bytes as text. Raises InputError when there are too many or they are not UTF-8."""
    if len(raw) > _MOST_BYTES:
        raise InputError(
            "this file is too large",
            where=where,
            expected=f"at most {_MOST_BYTES} bytes",
            found="more",
            next_step="check that this is the file you mean",
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            "this file is not UTF-8 text",
            where=where,
            expected="UTF-8",
            found=f"byte {error.start} is not",
            next_step="save the file as UTF-8",
        ) from error
