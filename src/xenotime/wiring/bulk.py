"""Joins a table of any length, an engine and a folder of decisions: read, decided, kept and counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from xenotime.core.errors import InputError
from xenotime.portfolio.read import read_portfolio
from xenotime.report.atomic import write
from xenotime.services.bulk.form import written
from xenotime.services.bulk.run import ROWS, Engine, Tally, decide_parts, parts
from xenotime.services.bulk.sheet import sheet_of
from xenotime.services.intake import control_codes
from xenotime.services.library import Library
from xenotime.stores.batch import Batch
from xenotime.stores.parts import Parts, print_of
from xenotime.stores.tables import Table, is_csv, is_table, open_table, staged
from xenotime.wiring import rerun

#: The engines, the default first.
ENGINES = ("polars", "duckdb", "spark")
#: The facts of a portfolio, or of a CSV file, as the engines read them.
FACTS = "facts.parquet"
Progress = Callable[[int, int], object]


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a table is decided: by which engine, with what, and in parts of how many rows."""

    engine: str = ENGINES[0]
    connect: str = ""
    memory: str = ""
    rows: int = ROWS
    carry: tuple[str, ...] = ()
    again: bool = False
    on: date | None = None


def decide_table(
    path: Path, folder: Path, library: Library, wanted: Wanted, progress: Progress | None = None
) -> Tally:
    """Decide every row of a facts table, or every leg of a portfolio, into a folder; what they add up to.

    What an earlier run of the same kind left there is not made again.
    Raises InputError or FactError when something cannot be used; what is kept stays whole.
    """
    kept, table = _opened(path, folder, library, wanted)
    with _engine(table, library, wanted) as engine:
        found = decide_parts(engine, parts(table.rows, wanted.rows), kept, progress)
    rerun.keep(folder, path.name, table, library, wanted.engine, wanted.rows)
    return found


def decide_place(source: str, target: str, library: Library, wanted: Wanted, progress: Progress) -> Tally:
    """Decide a table where a cluster reads it, write the decisions where it writes; what they add up to."""
    from xenotime.stores.spark import decide_there, session_on  # noqa: PLC0415 - a part that only clusters need

    with session_on(wanted.connect) as session:
        return decide_there(
            session,
            source,
            target,
            library.law,
            strict=library.strict,
            carry=wanted.carry,
            again=wanted.again,
            progress=progress,
        )


def _opened(path: Path, folder: Path, library: Library, wanted: Wanted) -> tuple[Parts, Table]:
    """The folder of decisions, which knows its run, and the table that is decided."""
    if not is_table(path):
        sheet = sheet_of(read_portfolio(path, codes=control_codes(library.law.book)), library, wanted.on)
        facts = write(folder / FACTS, written(sheet, library.law))
        return _kept(facts, folder, library, wanted), open_table(facts, library.law, wanted.carry)
    if wanted.on is not None:
        raise InputError(
            "a facts table says the day of each row itself",
            where="--on",
            expected="no --on",
            found=str(wanted.on),
            next_step="leave it out, or change the column 'on'",
        )
    table = open_table(path, library.law, wanted.carry)
    kept = _kept(path, folder, library, wanted)
    if is_csv(path):
        table = open_table(staged(path, folder / FACTS, again=wanted.again), library.law, wanted.carry)
    return kept, table


def _kept(path: Path, folder: Path, library: Library, wanted: Wanted) -> Parts:
    law = library.law
    files = sorted(p for p in path.iterdir() if p.is_file()) if path.is_dir() else [path]
    if not all(p.is_file() for p in files):
        raise InputError(
            "there is no such file",
            where=str(path),
            expected="a facts table, or a portfolio",
            found="nothing, or no plain file",
            next_step="check the path",
        )
    header = {
        "law": law.hash,
        "known": str(law.known),
        "branches": " ".join(f"{hinge}={name}" for hinge, name in sorted(law.chosen.items())),
        "strict": "yes" if library.strict else "no",
        "table": "; ".join(f"{p.name} {print_of(p)}" for p in files),
        "carry": " ".join(wanted.carry),
        "rows a part": str(wanted.rows),
    }
    return Parts(folder, header, again=wanted.again)


@contextmanager
def _engine(table: Table, library: Library, wanted: Wanted) -> Iterator[Engine]:
    law, strict = library.law, library.strict
    if wanted.engine == "spark":
        from xenotime.stores.spark import Spark, session_on  # noqa: PLC0415 - a part that only clusters need

        with session_on(wanted.connect) as session:
            yield Spark(session, table, law, strict)
    elif wanted.engine == "duckdb":
        from xenotime.stores.duck import Duck  # noqa: PLC0415 - a part that only this engine needs

        yield Duck(table, law, strict=strict, memory=wanted.memory)
    else:
        yield Batch(table, law, strict=strict)
