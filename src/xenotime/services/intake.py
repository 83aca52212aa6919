"""From what an analyst has to a portfolio: an ERP export, or an empty template; and its problems."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from xenotime.core.errors import Problem
from xenotime.law.book import Book
from xenotime.law.read import packaged
from xenotime.portfolio.account import unknowns, write_intake
from xenotime.portfolio.check import check
from xenotime.portfolio.intake import Intake, take
from xenotime.portfolio.mapping import read_mapping
from xenotime.portfolio.triage import Tables, read_tables
from xenotime.portfolio.write import write_template


def triage_tables() -> Tables:
    """The customs numbers and telling words of the book."""
    return read_tables(packaged("cn/customs.csv"), packaged("cn/words.csv"))


def from_export(
    export: Path,
    folder: Path,
    *,
    mapping: Path | None = None,
    declarations: Path | None = None,
    date_order: str = "",
    encoding: str = "",
    fmt: str = "csv",
    force: bool = False,
) -> Intake:
    """A portfolio folder made from a flat export, with its triage and its account.

    A saved mapping is used if given, or if the folder already holds one. Raises InputError.
    """
    saved = mapping or (folder / "mapping.toml" if (folder / "mapping.toml").is_file() else None)
    taken = take(
        export,
        triage_tables(),
        mapping=read_mapping(saved) if saved else None,
        date_order=date_order,
        encoding=encoding,
        declarations=declarations,
    )
    write_intake(taken, folder, fmt, force=force)
    return taken


def template(folder: Path, *, force: bool = False) -> Path:
    """The folder with every table empty and a filled example beside it."""
    return write_template(folder, force=force)


def problems(path: Path, book: Book) -> list[Problem]:
    """Every problem of a portfolio, by file and row."""
    return check(path, codes=control_codes(book))


def control_codes(book: Book) -> Collection[str]:
    """Every control code the book names, with and without its line."""
    lines = [
        line for p in book.predicates.values() if p.table for line in p.table.lines if line.code[:1].isdigit()
    ]
    found: set[str] = set()
    for line in lines:
        parts = line.control_code.split(".")
        found.update(".".join(parts[: k + 1]) for k in range(len(parts)))
    return frozenset(found)


__all__ = ["control_codes", "from_export", "problems", "template", "triage_tables", "unknowns"]
