"""The kernel and Polars agree on every column of a million rows of each book."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from tests.properties.tables import crossed, frame, random_rows

from xenotime.law.decide import Decider
from xenotime.law.law import fold_book
from xenotime.law.read import JURISDICTIONS, read_book

TODAY = date(2026, 11, 21)
#: Book, day of knowledge, strict, rows: a million in all.
RUNS = (
    ("cn", TODAY, False, 500_000),
    ("cn", date(2025, 10, 15), True, 200_000),
    ("us", TODAY, False, 200_000),
    ("eu", TODAY, False, 100_000),
)


def test_the_runs_are_a_million_rows_of_every_book():
    assert sum(rows for *_, rows in RUNS) == 1_000_000
    assert {book for book, *_ in RUNS} == set(JURISDICTIONS)


@pytest.mark.parametrize(("book", "known", "strict", "size"), RUNS)
def test_kernel_and_polars_agree(book, known, strict, size):
    law = fold_book(read_book(None, book), known)
    few = frame(law, random_rows(law, 3_000, seed=size))
    rows = crossed(few, law, size, seed=size)
    asked = {f"{f.name}_asked": pl.col("key") % n == 0 for n, f in enumerate(law.facts, 3) if f.presumed}
    rows = rows.with_columns(**asked)

    kernel, plain = (Decider(law, strict=strict, kernel=k).decide(rows) for k in (True, False))

    differing = [name for name in plain.columns if not kernel[name].equals(plain[name])]
    assert differing == []
    assert kernel.schema == plain.schema
