from __future__ import annotations

from datetime import date

import pytest

from xenotime.services.supply.adapt import adapt
from xenotime.services.supply.leverage import leverage
from xenotime.services.supply.stress import stress
from xenotime.services.supply.tables import FLOWS, SERIES, STOPS, on, tables


@pytest.fixture(scope="module")
def found(toy):
    return stress(toy.model, toy.scenario(), toy.asked)


def test_a_stress_has_three_tables_and_every_row_fits_its_head(found):
    made = {name: (head, list(rows)) for name, (head, rows) in tables(found).items()}
    assert {name: head for name, (head, _) in made.items()} == {
        "series.csv": SERIES,
        "stops.csv": STOPS,
        "flows.csv": FLOWS,
    }
    assert all(len(row) == len(head) for head, rows in made.values() for row in rows)
    assert all(rows for _, rows in made.values())


def test_series_bear_their_day_and_date(found):
    head, rows = tables(found)["series.csv"]
    row = dict(zip(head, next(iter(rows)), strict=True))
    assert (row["day"], row["date"]) == (-14, date(2025, 3, 21))
    assert row["p05"] <= row["p50"] <= row["p95"]


def test_a_stop_bears_its_day_and_date(found):
    head, rows = tables(found)["stops.csv"]
    row = next(x for x in (dict(zip(head, row, strict=True)) for row in rows) if x["country"] == "EU")
    assert (row["chance"], row["mine"], row["lines"]) == (1.0, False, 1)
    assert row["date_p50"] == on(date(2025, 4, 4), row["first_p50"])


def test_the_other_answers_have_their_series(toy):
    adapted = tables(adapt(toy.model, toy.scenario(), toy.asked))
    weighed = tables(leverage(toy.model, toy.scenario(), "CN", "EU", toy.asked))
    names = [{row[0] for row in made["series.csv"][1]} for made in (adapted, weighed)]
    assert "met/stock/EU" in names[0]
    assert names[1] == {"loss/CN", "loss/EU", "loss/B per loss/A"}


def test_a_day_that_never_comes_has_no_date():
    assert on(date(2025, 4, 4), None) is None
