from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from tests.properties.tables import boundary_days, frame, random_rows

from xenotime.law.apart import apart
from xenotime.law.decide import Decider
from xenotime.law.law import fold_book
from xenotime.law.near import near
from xenotime.law.read import book_files, read_book
from xenotime.law.table import ASKED

KNOWN = date(2026, 11, 21)
FLOOR = "cn_part1_value > 0 AND cn_part1_value * 1000 >= item_value"


def changed(file, old, new):
    files = book_files("cn")
    assert old in files[file]
    return read_book(files={**files, file: files[file].replace(old, new)})


@pytest.fixture(scope="module")
def pairs(book):
    draft = Path("examples/law/half-a-percent.md")
    late = fold_book(book, KNOWN)
    copies = [
        changed("cn/predicates.toml", FLOOR, FLOOR.replace("1000", "200")),
        changed("cn/mofcom-2025-61.md", 'answer: licence\nunless: ["5"]', "answer: licence"),
    ]
    return [
        (fold_book(book, date(2025, 10, 15)), fold_book(book, date(2025, 11, 8))),
        (fold_book(book, date(2025, 11, 8)), fold_book(book, date(2025, 10, 15))),
        (late, fold_book(read_book({draft.name: draft.read_text("utf-8")}), KNOWN)),
        (late, fold_book(book, KNOWN, {"cn/mofcom-2025-70": "revived"})),
        *((late, fold_book(copy, KNOWN)) for copy in copies),
    ]


@pytest.mark.parametrize("number", range(6))
@pytest.mark.parametrize("strict", [False, True])
def test_every_row_left_out_is_answered_alike_by_both_laws(pairs, number, strict):
    before, after = pairs[number]
    days = apart(before, after)
    rows = frame(before, random_rows(before, 3_000, seed=number))
    edges = [d for d in boundary_days(after) if any(a <= d and (b is None or d < b) for a, b in days)]
    picked = pl.Series([edges[k % len(edges)] for k in range(rows.height)], dtype=pl.Date)
    asked = (pl.col("key") % 3 == 0).alias(f"red_flag{ASKED}")
    rows = rows.with_columns(asked, picked.alias("on"))
    old, new = (Decider(law, strict=strict).decide(rows) for law in (before, after))
    kept = near(rows, before, after, days, strict=strict)
    differ = rows["key"].filter(
        (old["outcome"] != new["outcome"]) | (old["low"] != new["low"]) | (old["high"] != new["high"])
    )
    assert set(differ) - set(kept["key"]) == set()
    if [r.address for r in before.duties] == [r.address for r in after.duties]:
        words = [c for c in old.columns if c.startswith("duties")]
        owed = rows["key"].filter(
            (pl.concat([(old[c] != new[c]).to_frame() for c in words], how="horizontal"))
            .select(pl.any_horizontal(pl.all()))
            .to_series()
        )
        assert set(owed) - set(kept["key"]) == set()
    assert 0 < differ.len() <= kept.height < rows.height


def test_a_rule_of_one_law_only_is_looked_at(small):
    names = small.predicates(one="metal", two="heat > 100")
    first, second = small.article("1", "one"), small.article("2", "two")
    before, after = (
        small.law(small.notice("user/x", *articles, predicates=names))
        for articles in ((first,), (first, second))
    )
    after = fold_book(replace(after.book, hash="1" * 64), after.known)
    rows = pl.DataFrame(
        {"key": [0, 1, 2], "on": [date(2022, 1, 1)] * 3, "metal": [True] * 3, "heat": [101, 99, None]}
    )
    assert near(rows, before, after, apart(before, after))["key"].to_list() == [0, 2]
