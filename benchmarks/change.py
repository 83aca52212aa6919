"""Claim: what a change of law moves in a million shipments is known in at most twice the time to decide them.

Timed against `Decider.decide` by the later law, on the same rows in the same run, taking turns, best of
several: the whole of `law diff` from a table of facts in memory to the counted moves. That is: both laws
compiled and compared, rows decided, value per currency, mass, parties, products, kinds, duties and articles
summed exactly. Deciding every row by both laws stands beside it as the naive way. The engine is what
`Decider` chooses: Polars for a million rows, the kernel for four million if numba is installed.
Rows: those of benchmarks/decide.py, with an invented value, mass, party and product each.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl

from xenotime.law.compare import compare
from xenotime.law.decide import Decider
from xenotime.law.law import Law, fold_book
from xenotime.law.read import read_book
from xenotime.services.bulk import pair
from xenotime.services.bulk.change import Case, shift
from xenotime.services.bulk.sheet import Sheet
from xenotime.services.bulk.shift import Shift
from xenotime.services.library import open_library

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "benchmarks"))
DRAFT = ROOT / "examples" / "law" / "half-a-percent.md"
KNOWN = date(2026, 11, 21)


def main() -> None:
    """Print the measurements of every claim."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=1_000_000)
    options.add_argument("--most", type=int, default=4_000_000)
    options.add_argument("--times", type=int, default=5)
    asked = options.parse_args()
    book, draft = read_book(), read_book({DRAFT.name: DRAFT.read_text("utf-8")})
    changes = {
        "the suspension, known 2025-10-15 to 2025-11-08": [
            fold_book(book, date(2025, 10, 15)),
            fold_book(book, date(2025, 11, 8)),
        ],
        "a draft that moves 0.1 % to 0.5 %": [fold_book(book, KNOWN), fold_book(draft, KNOWN)],
    }
    print(f"{os.cpu_count()} cores; Polars {pl.__version__}, {pl.thread_pool_size()} threads")
    for rows, times in ((asked.rows, asked.times), (asked.most, 2)):
        sheet = shipments(draft_law(changes), rows)
        for name, laws in changes.items():
            measure(name, laws, sheet, times)


def draft_law(changes: dict[str, list[Law]]) -> Law:
    """The law that declares every fact of the rows."""
    return list(changes.values())[-1][-1]


def measure(name: str, laws: list[Law], sheet: Sheet, times: int) -> None:
    """The rates of deciding, of comparing, and of deciding twice, taking turns."""
    cases = [Case(law, "cn", sheet) for law in laws]
    rows, found = sheet.facts.height, compare(*laws)
    facts = [pair.numbered(sheet.facts, law) for law in laws]
    runs: dict[str, Callable[[], object]] = {
        "decide by one law": lambda: Decider(laws[1]).decide(facts[1]),
        "what moves": lambda: shift(*cases),
        "decide by both": lambda: [Decider(x).decide(f) for x, f in zip(laws, facts, strict=True)],
    }
    taken, worked = dict.fromkeys(runs, float("inf")), dict.fromkeys(runs, float("inf"))
    for _ in range(times):
        for key, run in runs.items():
            start, before = time.perf_counter(), time.process_time()
            run()
            taken[key] = min(taken[key], time.perf_counter() - start)
            worked[key] = min(worked[key], time.process_time() - before)
    made = shift(*cases)
    check(made, sheet)
    days = "; ".join(f"{a} to {b or 'for good'}" for a, b in found.days)
    print(
        f"  {name}: {made.much.shipments:,} of {made.whole.shipments:,} move; asked of the second law: {days}"
    )
    for key, seconds in taken.items():
        print(
            f"  {key:18} {seconds:6.3f} s {rows / seconds:12,.0f} rows/s, {worked[key]:6.3f} s of all cores"
        )
    ratios = [times["decide by one law"] / times["what moves"] for times in (taken, worked)]
    print(f"  ratio {ratios[0]:.2f} of plain deciding, {ratios[1]:.2f} in work (asked: at least 0.50)")


def check(made: Shift, sheet: Sheet) -> None:
    """Stop if the numbers do not add up to the table."""
    story = sheet.story
    value = dict(story.group_by("currency").agg(pl.col("value").sum()).iter_rows())
    found: tuple[object, ...] = (made.much + made.kept, dict(made.whole.value), made.whole.kg)
    if found != (made.whole, value, story["kg"].sum()):
        raise SystemExit("the moves do not add up to the table")


def shipments(law: Law, rows: int) -> Sheet:
    """Rows like a portfolio's, with an invented story."""
    from decide import portfolio_rows, table  # noqa: PLC0415 - the sibling benchmark, found beside this file

    facts = table(law, portfolio_rows(open_library(KNOWN)), rows, seed=1)
    key = facts["key"]
    named: dict[str, pl.Expr | pl.Series] = {
        "shipment": pl.format("S-{}", pl.col("key").cast(pl.String).str.zfill(9)),
        "product": pl.format("P-{}", pl.col("key") % 500),
        "end_user": pl.format("U-{}", pl.col("key") % 3_000),
        "status": pl.when(pl.col("key") % 4 == 0).then(pl.lit("planned")).otherwise(pl.lit("shipped")),
        "value": (pl.col("key") * 37 % 1_000_003).cast(pl.Decimal(38, 4)),
        "currency": pl.Series(["USD", "EUR", "CNY", "JPY"]).gather(key % 4),
        "kg": (pl.col("key") * 7 % 1_009).cast(pl.Decimal(38, 6)),
    }
    return Sheet(facts, key.to_frame().with_columns(**named))


if __name__ == "__main__":
    main()
