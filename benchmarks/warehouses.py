"""Claim: the whole Chinese book runs where the rows lie, in any warehouse, and gives the same decisions.

Ours on every engine of `xenotime assess --engine`: Polars, DuckDB, Sail over Spark Connect and, where a Java
runtime is, Apache Spark on two threads. One facts table, as a person would write it, goes from Parquet into
Parquet, every column of a decision with it; all tables that come out are compared. The bound beside each is
the same conditions by hand in two values (`rules.py`), which write the deciding rule alone and no file.

Start-up is apart: a server is started and each engine decides the table once before its time is taken. That
first time is printed as well, for Spark plans and compiles the book in it, and plans it again each time.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path

import polars as pl
from pyspark.sql import SparkSession
from rules import KNOWN, Engine, by_hand, clusters, in_duckdb, ours, over_connect, stated_rows

from xenotime.law.law import Law, fold_book
from xenotime.law.read import read_book
from xenotime.services.bulk.form import written
from xenotime.services.bulk.run import Part
from xenotime.services.bulk.sheet import Sheet
from xenotime.stores.batch import Batch
from xenotime.stores.duck import Duck
from xenotime.stores.spark import decide_there, session_on
from xenotime.stores.tables import open_table

#: Times that each engine decides the table after the first.
TIMES = 2


@dataclass(frozen=True)
class Warehouse:
    """An engine of ours, which decides the table into a place, and the same conditions by hand beside it."""

    name: str
    decide: Callable[[Path], object]
    hand: Engine


@contextmanager
def there(facts: Path, law: Law) -> Iterator[list[Warehouse]]:
    """Sail, and Apache Spark where it can run."""
    with ExitStack() as held:
        found = []
        for name, address in held.enter_context(clusters()).items():
            session = held.enter_context(session_on(address))
            hand = held.enter_context(over_connect(name, law, address))
            found.append(Warehouse(name, partial(_there, session, facts, law), hand))
        yield found


def _there(session: SparkSession, facts: Path, law: Law, target: Path) -> None:
    decide_there(session, facts.as_uri(), target.as_uri(), law)


def seconds(work: Callable[[], object]) -> float:
    """How long something takes [s]."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def decided(warehouse: Warehouse, folder: Path) -> tuple[float, float, pl.DataFrame]:
    """Seconds of the first time and the best of the others, and the decisions in the order of their keys."""
    taken = []
    for number in range(1 + TIMES):
        target = folder / f"{warehouse.name}-{number}".replace(" ", "-")
        taken.append(seconds(partial(warehouse.decide, target)))
    files = f"{target}/*.parquet" if target.is_dir() else target
    found = pl.read_parquet(files).sort("key")
    for old in folder.glob(target.name[:-1] + "*"):
        shutil.rmtree(old) if old.is_dir() else old.unlink()
    return taken[0], min(taken[1:]), found


def compare(warehouses: list[Warehouse], rows: pl.DataFrame, folder: Path) -> None:
    """Every warehouse on one table, its bound beside it, its decisions held against the first's."""
    print(f"{'':16} {'first':>9} {'then':>9} {'rows/s':>12} {'by hand':>12} {'ratio':>7}")
    before = None
    for warehouse in warehouses:
        first, best, found = decided(warehouse, folder)
        before = found if before is None else before
        if not found.select(before.columns).equals(before):
            raise SystemExit(f"{warehouse.name} differs")
        given = warehouse.hand.give(rows)
        if not warehouse.hand.rule(warehouse.hand.run(given)).cast(pl.Int16).equals(before["rule"]):
            raise SystemExit(f"by hand in {warehouse.name} differs")
        hand = min(seconds(partial(warehouse.hand.run, given)) for _ in range(TIMES))
        print(
            f"{warehouse.name:16} {first:>7.1f} s {best:>7.1f} s {rows.height / best:>12,.0f}"
            f" {rows.height / hand:>12,.0f} {hand / best:>7.2f}",
            flush=True,
        )


def main() -> None:
    """One table in every warehouse."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=500_000)
    asked = options.parse_args()
    law = fold_book(read_book(), KNOWN)
    rows = stated_rows(law, asked.rows, seed=1)
    versions = ", ".join(f"{p} {version(p)}" for p in ("polars", "duckdb", "pysail", "pyspark-client"))
    print(f"{os.cpu_count()} cores; {versions}; {rows.height:,} rows, {len(law.rules)} deciding rules")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        facts = folder / "facts.parquet"
        typed = ours(law, rows).with_row_index("key")
        facts.write_bytes(written(Sheet(typed, typed.select("key")), law))
        table = open_table(facts, law)
        whole = Part(0, 0, 0, rows.height, 0)
        here = [
            Warehouse("Polars", partial(Batch(table, law).decide, whole), by_hand(law)),
            Warehouse("DuckDB", partial(Duck(table, law).decide, whole), in_duckdb(law)),
        ]
        with there(facts, law) as far:
            compare([*here, *far], rows, folder)


if __name__ == "__main__":
    main()
