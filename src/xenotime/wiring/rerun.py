"""Runs a whole run again, or one row of it, from its receipt: the table, the law and the decisions there."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from xenotime import __version__
from xenotime.core.errors import AddressError, InputError
from xenotime.law.decide import Decider
from xenotime.law.explain import explain
from xenotime.law.table import engine_frame, values_of
from xenotime.report.atomic import write
from xenotime.services import issue
from xenotime.services.bulk import receipt as runs
from xenotime.services.bulk.form import read_facts
from xenotime.services.bulk.receipt import Body, File, RunReceipt, unlike
from xenotime.services.bulk.run import Part, parts
from xenotime.services.library import Library
from xenotime.services.receipt import RUN, Receipt, Stated, line
from xenotime.services.replay import Replay, fits, named
from xenotime.stores.batch import Batch
from xenotime.stores.parts import content_of, part_files, part_path, read_decisions, sum_of
from xenotime.stores.receipts import lines
from xenotime.stores.tables import Table, find_rows, open_table, read_part
from xenotime.wiring.replay import Lawful

#: The receipt of a run, in its folder.
RECEIPT = "receipt.json"
Progress = Callable[[int, int], object]


@dataclass(frozen=True, slots=True)
class Rerun:
    """A run made again: how many of its rows differ, and in what; `differs` tells the first."""

    receipt: RunReceipt
    rows: int
    different: int
    differs: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether everything is as it was."""
        return not self.differs


def keep(folder: Path, title: str, table: Table, library: Library, by: str, size: int) -> Path:
    """Write the receipt of a run that is done, by an engine in parts of a size, into its folder."""
    kept = [part_path(folder, part) for part in parts(table.rows, size)]
    body = Body(
        RUN,
        __version__,
        title,
        by,
        library.law.known,
        library.strict,
        issue.ground(library),
        Path(os.path.relpath(table.path, folder)).as_posix(),
        _files(table),
        table.form.carried,
        size,
        tuple(sum_of(path) for path in kept),
    )
    return write(folder / RECEIPT, line(runs.issued(body)))


def read(folder: Path) -> RunReceipt:
    """The receipt of the run in a folder. Raises InputError where there is none."""
    path = folder / RECEIPT
    if not path.is_file():
        raise InputError(
            "there is no receipt of a run here",
            where=str(folder),
            expected=f"{RECEIPT}, which `xenotime assess --engine` writes, or receipts.jsonl",
            found="neither",
            next_step="name the folder of a run, or a file of receipts",
        )
    return runs.read("".join(lines(path)), str(path))


def replay_run(
    folder: Path, law_of: Lawful, facts: Path | None, *, anyway: bool, progress: Progress | None = None
) -> Rerun:
    """Decide the table of a run again, with Polars whatever engine decided it, and compare every row.

    Raises InputError for another law, release or table; with ``anyway`` it decides by what is here.
    """
    receipt = read(folder)
    library, table = _opened(folder, receipt, law_of, facts, anyway=anyway)
    engine = Batch(table, library.law, strict=library.strict)
    differs: list[str] = []
    different = done = 0
    with tempfile.TemporaryDirectory() as place:
        target = Path(place) / "part.parquet"
        for part, kept_as in _parts(table, receipt.body):
            engine.decide(part, target)
            rows, told = _compared(part_path(folder, part), kept_as, pl.read_parquet(target))
            different, done = different + rows, done + part.rows
            differs += told[: max(runs.SHOWN - len(differs), 0)]
            if progress:
                progress(done, receipt.body.rows)
    return Rerun(receipt, done, different, tuple(differs))


def replay_row(folder: Path, key: str, law_of: Lawful, facts: Path | None, *, anyway: bool) -> Replay:
    """Decide one row of a run again, explained in full and with a receipt of its own.

    Raises AddressError where no row, or more than one, has the key; otherwise as `replay_run`.
    """
    receipt = read(folder)
    library, table = _opened(folder, receipt, law_of, facts, anyway=anyway)
    given = _row(table, key)
    engine_frame(given, library.law)  # refuses words that the law does not know
    row = given.row(0, named=True)
    values = dict(values_of(library.law, row))
    found = explain(library.law, values, row["on"], calendar=library.calendar, strict=library.strict)
    where = f"{receipt.body.title}, row with the key {key}"
    stated = (Stated(name, value, "table", where) for name, value in values.items())
    own: Receipt = issue.issued(library, found, stated, title=where)
    made = Decider(library.law, strict=library.strict).decide(given)
    there = read_decisions(part_files(folder), key)
    _, differs = unlike(there.select(c for c in there.columns if c in made.columns), made)
    return Replay(own, not differs, tuple(differs), found)


def _opened(
    folder: Path, receipt: RunReceipt, law_of: Lawful, facts: Path | None, *, anyway: bool
) -> tuple[Library, Table]:
    library, body = law_of(receipt), receipt.body
    if not anyway:
        fits(receipt, library)
    table = open_table(facts or folder / body.table, library.law, body.carry)
    found = _files(table)
    if not anyway and [(f.rows, f.print) for f in found] != [(f.rows, f.print) for f in body.files]:
        raise InputError(
            "this is not the table that was decided",
            where=named(receipt),
            expected=_shown(body.files),
            found=_shown(found),
            next_step="name it with --facts, or add --anyway to decide what is here, and see what differs",
        )
    return library, table


def _compared(path: Path, kept_as: str, now: pl.DataFrame) -> tuple[int, list[str]]:
    """How many rows of a part are not as they were kept, and the first of them in words."""
    if not path.is_file():
        return now.height, [f"{path.name} is not there"]
    changed = [] if sum_of(path) == kept_as else [f"{path.name} was changed after the run"]
    rows, told = unlike(read_decisions([path]), now)
    return rows, [*changed, *told]


def _files(table: Table) -> tuple[File, ...]:
    return tuple(File(f.name, rows, content_of(f)) for f, rows in zip(table.files, table.rows, strict=True))


def _shown(files: tuple[File, ...]) -> str:
    first = files[0]
    return (
        f"{len(files)} files, {sum(f.rows for f in files):,} rows, the first {first.name} {first.print[:12]}…"
    )


def _parts(table: Table, body: Body) -> Iterator[tuple[Part, str]]:
    """The parts of a table, each with the hash of the decisions that the receipt knows for it."""
    for part in parts(table.rows, body.size):
        yield part, body.parts[part.number] if part.number < len(body.parts) else ""


def _row(table: Table, key: str) -> pl.DataFrame:
    """The facts of the one row with a key, or of the row of that number where rows have no keys."""
    found, first = [], 0
    for number, rows in enumerate(table.rows):
        if table.form.has_key:
            given = read_facts(find_rows(table, number, key), table.form)
            found += [given[n : n + 1] for n in range(given.height)]
        elif key.isascii() and key.isdecimal() and first <= int(key) < first + rows:
            found.append(read_facts(read_part(table, number, int(key) - first, 1), table.form, int(key)))
        first += rows
    if len(found) != 1:
        raise AddressError(
            "no row of this run has this key" if not found else "several rows of this run have this key",
            where=str(table.path),
            expected="the key of one row, as the table states it, or its number from 0 where it states none",
            found=key,
            next_step="look into decisions/*.parquet, column key",
        )
    return found[0]
