"""Receipts of whole runs: by which law a table was decided, of which files, and what came out.

A run of a hundred million rows keeps one receipt, not one a row: the facts of each row lie in the table, the
decision in its part. Whoever has both decides again, and compares every row.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from xenotime.core.canon import digest
from xenotime.services.receipt import RUN, Ground, record, unread

#: How many rows that differ are told one by one.
SHOWN = 20


@dataclass(frozen=True, slots=True)
class File:
    """A file of the table: its name, its rows, and what tells its content from another's."""

    name: str
    rows: int
    print: str


@dataclass(frozen=True, slots=True)
class Body:
    """Everything that makes a run.

    ``engine`` is the release, ``by`` the engine that ended the run, ``table`` where the table lies as seen
    from the run's folder, ``size`` the most rows of a part; ``parts`` are the SHA-256 of the decided files.
    """

    kind: str
    engine: str
    title: str
    by: str
    known: date
    strict: bool
    law: Ground
    table: str
    files: tuple[File, ...]
    carry: tuple[str, ...]
    size: int
    parts: tuple[str, ...]

    @property
    def rows(self) -> int:
        """The rows of the whole table."""
        return sum(file.rows for file in self.files)


@dataclass(frozen=True, slots=True)
class RunReceipt:
    """A body under its id, the SHA-256 of its canonical JSON (64 hex digits)."""

    id: str
    body: Body


def issued(body: Body) -> RunReceipt:
    """The receipt of a run."""
    return RunReceipt(digest(body), body)


def read(text: str, where: str) -> RunReceipt:
    """The receipt of a text, checked against its own id. Raises InputError for any other text."""
    found = record(RunReceipt, RUN, text, where)
    if found.body.size < 1:
        raise unread(where, f"parts of {found.body.size} rows")
    return found


def unlike(then: pl.DataFrame, now: pl.DataFrame) -> tuple[int, list[str]]:
    """How many decision rows are not as they were, and the first of them in words.

    Rows are compared by their keys, on every column; engines write them in an order of their own.
    """
    if set(then.columns) != set(now.columns) or then.height != now.height:
        shape = [f"{frame.height:,} rows of {frame.width} columns" for frame in (then, now)]
        return max(then.height, now.height), [f"{shape[0]}, now {shape[1]}"]
    then = then.select(now.columns)
    for order in (["key"], now.columns):  # keys that come twice: by everything
        was, found = then.sort(order), now.sort(order)
        if was.equals(found):
            return 0, []
    was, found = then.sort("key"), now.sort("key")
    other = pl.DataFrame({name: was[name].ne_missing(found[name]) for name in now.columns})
    rows = other.select(pl.arg_where(pl.any_horizontal(pl.all()))).to_series()
    return len(rows), [_told(was, found, other, row) for row in rows.head(SHOWN)]


def _told(was: pl.DataFrame, found: pl.DataFrame, other: pl.DataFrame, row: int) -> str:
    names = [name for name in other.columns if other[name][row]]
    said = [n for n in ("answer", "article") if n in names] or names
    changes = [f"{name} {was[name][row]}, now {found[name][row]}" for name in said[:3]]
    return f"key {found['key'][row]}: " + "; ".join(changes)
