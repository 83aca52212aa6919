"""A book of law in a folder of the user's own: a copy to change, laid out as the packaged books are."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from xenotime.core.errors import InputError
from xenotime.stores.folder import put
from xenotime.stores.notices import read_notice

#: What a book is made of; anything else in the folder (witnesses, notes) is left alone.
_ENDINGS = (".toml", ".md", ".csv", ".yaml")
_PARTS = ("items", "lists")
_MOST_FILES = 2_000


def read_folder(path: Path) -> dict[str, str]:
    """The files of the books in a folder, by the names that `book_files` gives: ``facts.toml``, ``cn/…``.

    Raises InputError when it is no folder, holds no book, or a file in it cannot be read.
    """
    if not path.is_dir():
        raise InputError(
            "there is no such folder of books",
            where=str(path),
            expected="a folder made by `xenotime law copy`",
            found="a file" if path.exists() else "nothing there",
            next_step="run `xenotime law copy FOLDER`, change the copy, and name that folder",
        )
    found = dict(_files(path))
    if not jurisdictions(found):
        raise InputError(
            "this folder holds no book",
            where=str(path),
            expected="facts.toml, and a folder for each jurisdiction with its predicates.toml",
            found=", ".join(sorted(found)[:5]) or "no .toml, .md or .csv file",
            next_step="name the folder that holds facts.toml, not the one inside it",
        )
    return {name: read_notice(file) for name, file in found.items()}


def named_book(path: Path) -> tuple[str, dict[str, str]]:
    """One book of a folder: its jurisdiction and files. ``my-copy/cn`` names it, or ``my-copy`` if alone.

    Raises InputError when there is none, or several.
    """
    inside = (path / "predicates.toml").is_file() and (path.parent / "facts.toml").is_file()
    files = read_folder(path.parent if inside else path)
    if inside:
        return path.name, files
    found = jurisdictions(files)
    if len(found) > 1:
        raise InputError(
            "this folder holds several books",
            where=str(path),
            expected="the folder of one of them",
            found=", ".join(found),
            next_step=f"name one: {path / found[0]}",
        )
    return found[0], files


def jurisdictions(names: Mapping[str, object]) -> tuple[str, ...]:
    """The jurisdictions of a folder: each has a predicates.toml of its own.

    >>> jurisdictions({"facts.toml": "", "cn/predicates.toml": "", "cn/sources.toml": ""})
    ('cn',)
    """
    places = (name.partition("/") for name in names)
    return tuple(sorted(folder for folder, _, rest in places if rest == "predicates.toml"))


def write_folder(path: Path, files: Mapping[str, str]) -> int:
    """Write the files of a book below a new or empty folder, all of them or none; returns how many.

    Raises InputError when something is there already, so that no changed copy is lost, or there is no room.
    """
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise InputError(
            "this folder is not empty",
            where=str(path),
            expected="a new folder, so that no work is lost",
            found="files in it" if path.is_dir() else "a file of this name",
            next_step="name another folder, or move the old one away",
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        near = path if path.is_dir() else path.parent
        with tempfile.TemporaryDirectory(dir=near, prefix=".copy.") as beside:
            whole = Path(beside) / "book"
            for name, text in files.items():
                target = whole.joinpath(*name.split("/"))
                target.parent.mkdir(parents=True, exist_ok=True)
                put(target, text)
            if near != path:
                whole.replace(path)
            else:  # an empty folder may be somebody's place: it stays, and is filled
                for made in sorted(whole.iterdir()):
                    made.replace(path / made.name)
    except OSError as error:
        raise InputError(
            "the copy cannot be written",
            where=str(path),
            expected="a new folder in a place that can be written, with room left",
            found=error.strerror or str(error),
            next_step="choose another place; nothing was left there",
        ) from error
    return len(files)


def _files(path: Path) -> Iterator[tuple[str, Path]]:
    """The files of the books, by name: beside each other, in a jurisdiction, in its items and lists."""
    shared = path / "facts.toml"
    if shared.is_file():
        yield "facts.toml", shared
    for folder in sorted(p for p in path.iterdir() if p.is_dir()):
        if not (folder / "predicates.toml").is_file():
            continue
        inside = [*folder.iterdir(), *(f for part in _PARTS for f in (folder / part).glob("*"))]
        ours = [file for file in sorted(inside) if file.suffix in _ENDINGS and file.is_file()]
        if len(ours) > _MOST_FILES:
            raise InputError(
                "this folder holds too many files for a book of law",
                where=str(folder),
                expected=f"at most {_MOST_FILES:,} files",
                found=f"{len(ours):,}",
                next_step="keep what is no part of the book in another folder",
            )
        yield from ((file.relative_to(path).as_posix(), file) for file in ours)
