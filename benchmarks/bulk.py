"""Claim: a facts table larger than memory is decided by the whole Chinese book, from Parquet into Parquet.

Asked: a hundred million rows through DuckDB within 24 GiB of memory, with progress and resume. In the
same run: Polars over the same files, part by part, and as a bound a bare copy of the files by DuckDB, which
decides nothing. The totals of all engines are compared.

Rows: the legs of examples/magnet-maker, drawn with replacement from a fixed seed, each on a random day of
2025 or 2026 and scaled to a random value, written as a person would write them: words and decimals.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
from decide import portfolio_rows, table

from xenotime.services.bulk.form import written
from xenotime.services.bulk.sheet import Sheet
from xenotime.services.library import open_library

KNOWN = date(2026, 11, 21)
#: Rows of a file, and the most that are drawn apart; files beyond are the same rows on other days and keys.
FILE = 5_000_000
PROGRAM = [sys.executable, "-c", "from xenotime.cli.main import run; run()"]
ASKED = 24 * 1024


def main() -> None:
    """Print time, rate and peak memory of each engine over one table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=10_000_000)
    options.add_argument(
        "--folder", type=Path, default=None, help="where the table lies (default: made, then removed)"
    )
    options.add_argument("--engines", default="duckdb,polars")
    asked = options.parse_args()
    folder = asked.folder or Path(tempfile.mkdtemp())
    try:
        facts = folder / "facts"
        if not facts.exists():
            write(facts, asked.rows)
        size = sum(p.stat().st_size for p in facts.iterdir()) / 2**20
        files = len(list(facts.iterdir()))
        print(f"{os.cpu_count()} cores; {asked.rows:,} rows in {files} files, {size:,.0f} MiB")
        bound = copied(facts, folder / "copy", asked.rows)
        totals = {
            engine: decided(engine, facts, folder / engine, asked.rows, bound)
            for engine in asked.engines.split(",")
        }
        if len({json.dumps(found, sort_keys=True) for found in totals.values()}) != 1:
            raise SystemExit(f"the engines differ: {totals}")
        print(f"every engine: {next(iter(totals.values()))}")
    finally:
        if asked.folder is None:
            shutil.rmtree(folder)


def write(folder: Path, rows: int) -> None:
    """The table, as Parquet files of a folder."""
    folder.mkdir(parents=True)
    library = open_library(KNOWN)
    base = portfolio_rows(library)
    first = table(library.law, base, min(rows, FILE), seed=1)
    days = pl.Series([date.fromordinal(date(2025, 1, 1).toordinal() + d) for d in range(730)], dtype=pl.Date)
    for start in range(0, rows, FILE):
        keys = pl.int_range(start, min(start + FILE, rows), eager=True)
        part = first.head(len(keys)).with_columns(
            keys.alias("key"), days.gather(keys.hash(7) % 730).alias("on")
        )
        whole = written(Sheet(part, part.select("key")), library.law)
        (folder / f"part-{start // FILE:03}.parquet").write_bytes(whole)


def copied(facts: Path, target: Path, rows: int) -> float:
    """The rate [rows/s] at which DuckDB reads these files and writes them again, deciding nothing."""
    target.mkdir(exist_ok=True)
    start = time.perf_counter()
    for file in sorted(facts.iterdir()):
        duckdb.connect().execute(
            f"COPY (FROM '{file}') TO '{target / file.name}' (FORMAT parquet, COMPRESSION zstd)"
        )
    taken = time.perf_counter() - start
    shutil.rmtree(target)
    print(f"bare copy by DuckDB: {taken:.1f} s, {rows / taken:,.0f} rows/s")
    return rows / taken


def decided(engine: str, facts: Path, out: Path, rows: int, bound: float) -> dict[str, int]:
    """The totals of a run of `xenotime assess`, its time and peak memory printed."""
    start = time.perf_counter()
    command = [
        *PROGRAM,
        "assess",
        str(facts),
        "--engine",
        engine,
        "--out",
        str(out),
        "--known",
        str(KNOWN),
        "--quiet",
        "--again",
    ]
    if engine == "duckdb":
        command += ["--memory", "16GB"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603 - our own program
    peak = [0]
    watching = threading.Thread(target=watch, args=(process.pid, peak))
    watching.start()
    if process.wait():
        raise SystemExit(f"{engine} failed")
    watching.join()
    taken = time.perf_counter() - start
    made = sum(p.stat().st_size for p in (out / "decisions").iterdir()) / 2**20
    print(
        f"{engine}: {taken:.1f} s, {rows / taken:,.0f} rows/s, 1/{bound * taken / rows:.0f} of a bare copy; "
        f"peak memory {peak[0]:,} MiB (asked: at most {ASKED:,}); {made:,.0f} MiB written"
    )
    return dict(json.loads((out / "summary.json").read_text("utf-8"))["outcomes"])


def watch(process: int, peak: list[int]) -> None:
    """Keep the most memory that a process ever held [MiB], as the system states it."""
    status = Path(f"/proc/{process}/status")
    while True:
        try:
            held = [line for line in status.read_text("utf-8").splitlines() if line.startswith("VmHWM")]
        except (FileNotFoundError, ProcessLookupError):
            return
        if not held:
            return
        peak[0] = max(peak[0], int(held[0].split()[1]) // 1024)
        time.sleep(0.2)


if __name__ == "__main__":
    main()
