from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from tests.properties.tables import frame, random_rows

from xenotime.law.apart import apart
from xenotime.law.decide import Decider
from xenotime.law.law import fold_book
from xenotime.services.bulk import pair as module
from xenotime.services.bulk.pair import articles, by_row, decided, numbered
from xenotime.services.bulk.sheet import Sheet

ROWS = 3_000


@pytest.fixture(scope="module")
def sides(book):
    return fold_book(book, date(2025, 10, 15)), fold_book(book, date(2025, 11, 8))


@pytest.fixture(scope="module")
def sheet(sides):
    facts = frame(sides[1], random_rows(sides[1], ROWS, seed=5))
    facts = facts.with_columns((pl.col("key") * 7 + 3).alias("key"))
    return Sheet(facts, facts.select("key"))


def answers(law, sheet):
    found = Decider(law).decide(sheet.facts)
    names = [law.rules[bit].address if bit >= 0 else "" for bit in found["rule"]]
    return found.select("outcome", "low", "high").with_columns(pl.Series("rule", names))


@pytest.mark.parametrize("narrow", ["no", "days", "rows"])
def test_both_answers_stand_row_by_row_however_few_rows_the_second_law_saw(sides, sheet, narrow, monkeypatch):
    monkeypatch.setattr(module, "FEW", 0 if narrow == "rows" else ROWS + 1)
    days = None if narrow == "no" else apart(*sides)
    pair = decided(*sides, sheet, sheet, days)
    names = pl.Series([*articles(sides), ""])
    for side, law in zip(("before", "after"), sides, strict=True):
        rules = pair.legs[f"rule_{side}"]
        found = pl.DataFrame(
            {
                **{c: pair.legs[f"{c}_{side}"] for c in ("outcome", "low", "high")},
                "rule": names.gather(rules.replace(-1, len(names) - 1).cast(pl.UInt32)),
            }
        )
        assert found.equals(answers(law, sheet))
    assert pair.legs["key"].to_list() == list(range(ROWS))
    on_days = sum(day >= date(2025, 11, 7) for day in sheet.facts["on"])
    asked = {"no": ROWS, "days": on_days}.get(narrow, pair.after.height)
    assert (pair.after.height, pair.after.height < on_days) == (asked, narrow == "rows")
    assert pair.before["key"].equals(pair.after["key"])


def test_where_no_day_differs_the_second_law_is_not_asked(sides, sheet):
    pair = decided(sides[0], sides[0], sheet, sheet, ())
    assert (pair.before.height, pair.after.height) == (0, 0)
    assert pair.legs["outcome_before"].equals(pair.legs["outcome_after"].alias("outcome_before"))


def test_progress_is_told_for_both_laws(sides, sheet):
    seen = []
    decided(*sides, sheet, sheet, None, progress=seen.append)
    assert seen == [ROWS, ROWS]


def test_rows_are_numbered_and_foreign_columns_left_out(sides, sheet):
    told = sheet.facts.with_columns(value=pl.lit(1), red_flag_asked=pl.lit(value=True))
    found = numbered(told, sides[0])
    assert found.columns[:2] == ["key", "on"]
    assert set(told.columns) - set(found.columns) == {"value"}
    assert found["key"].to_list() == list(range(ROWS))


def test_answers_out_of_order_are_put_in_order():
    assert by_row(pl.DataFrame({"key": [2, 0, 1], "x": [2, 0, 1]}))["x"].to_list() == [0, 1, 2]
