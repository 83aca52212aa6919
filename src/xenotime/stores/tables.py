"""Facts tables on disk: Parquet files, folders of them, and CSV, read whole or by stretches of rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

import polars as pl

from xenotime.core.errors import InputError
from xenotime.law.law import Law
from xenotime.services.bulk.form import Form, form_of, kind_of, read_facts
from xenotime.services.bulk.sheet import STORY, Sheet

Read = TypeVar("Read")
PARQUET, CSV = (".parquet", ".pq"), (".csv", ".tsv")


@dataclass(frozen=True, slots=True)
class Table:
    """A facts table on disk: its files in order, the rows of each, and its form."""

    path: Path
    files: tuple[Path, ...]
    rows: tuple[int, ...]
    form: Form

    @property
    def height(self) -> int:
        """The rows of all files."""
        return sum(self.rows)


def is_table(path: Path) -> bool:
    """Whether a path is a facts table, and no portfolio: a Parquet or CSV file, or a folder of Parquet files.

    A portfolio's folder has no Parquet file in it.
    """
    if path.is_dir():
        return any(p.suffix in PARQUET for p in path.iterdir())
    return path.suffix.lower() in (*PARQUET, *CSV)


def is_csv(path: Path) -> bool:
    """Whether a path is a table of text, whose cells have no types."""
    return path.is_file() and path.suffix.lower() in CSV


def staged(source: Path, target: Path, *, again: bool = False) -> Path:
    """A table of text as Parquet, every cell still text; one that is there already is taken as it is.

    Raises InputError when it cannot be read or written.
    """
    if target.exists() and not again:
        return target
    draft = target.with_suffix(".part")
    try:
        _tried(source, lambda: _scan(source).sink_parquet(draft))
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    return target


def open_table(path: Path, law: Law, carry: Iterable[str] = ()) -> Table:
    """The facts table at a path. Raises InputError when it cannot be read, FactError when it is none."""
    files = _files(path)
    frames = [_scan(file) for file in files]
    schemas = [dict(_tried(files[n], f.collect_schema)) for n, f in enumerate(frames)]
    for file, schema in zip(files, schemas, strict=True):
        if schema != schemas[0]:
            raise InputError(
                "the files of this table have different columns",
                where=str(file),
                expected=f"the columns and types of {files[0].name}",
                found=", ".join(
                    f"{n} {t}" for n, t in sorted(schema.items() ^ schemas[0].items(), key=str)[:4]
                ),
                next_step="write all files of one table alike",
            )
    kinds = {name: kind_of(kind) for name, kind in schemas[0].items()}
    rows = [_tried(file, partial(_height, frame)) for file, frame in zip(files, frames, strict=True)]

    return Table(path, tuple(files), tuple(rows), form_of(kinds, law, str(path), carry))


def read_part(table: Table, file: int, start: int, rows: int) -> pl.DataFrame:
    """So many rows of one file of a table, as they are."""
    path = table.files[file]
    return _tried(path, lambda: _scan(path).slice(start, rows).collect())


def find_rows(table: Table, file: int, key: str, most: int = 2) -> pl.DataFrame:
    """The rows of one file of a table whose key, as text, is this one: at most so many."""
    path, mine = table.files[file], pl.col("key").cast(pl.String) == key
    return _tried(path, lambda: _scan(path).filter(mine).head(most).collect())


def read_sheet(path: Path, law: Law) -> Sheet:
    """A facts table as a sheet: facts ready for a `Decider`, and what its rows are known by.

    Raises InputError or FactError when it cannot be used.
    """
    table = open_table(path, law)
    whole = pl.concat([read_part(table, n, 0, rows) for n, rows in enumerate(table.rows)])
    facts = read_facts(whole, table.form)
    known = [name for name in table.form.carried if name in STORY]
    story = _tried(path, lambda: whole.select(facts["key"], *(pl.col(n).cast(STORY[n]) for n in known)))
    return Sheet(facts, story)


def _files(path: Path) -> list[Path]:
    found = sorted(p for p in path.iterdir() if p.suffix in PARQUET) if path.is_dir() else [path]
    if not found or not all(p.is_file() for p in found):
        raise InputError(
            "there is no facts table here",
            where=str(path),
            expected="a Parquet or CSV file, or a folder of Parquet files",
            found="nothing" if not path.exists() else "a folder without Parquet files",
            next_step="see docs/howto/lay-out-a-facts-table.md",
        )
    return found


def _height(frame: pl.LazyFrame) -> int:
    return int(frame.select(pl.len()).collect().item())


def _scan(file: Path) -> pl.LazyFrame:
    if file.suffix.lower() in PARQUET:
        return pl.scan_parquet(file, glob=False)
    return pl.scan_csv(file, infer_schema=False, glob=False, separator="\t" if file.suffix == ".tsv" else ",")


def _tried(file: Path, read: Callable[[], Read]) -> Read:
    """What reading gives, or why this file cannot be read."""
    try:
        return read()
    except (pl.exceptions.PolarsError, OSError, ValueError) as error:
        raise InputError(
            "this facts table cannot be read",
            where=str(file),
            expected="a Parquet or CSV file",
            found=str(error).strip().splitlines()[0][:300],
            next_step="write it again, or convert it; see docs/howto/lay-out-a-facts-table.md",
        ) from error
