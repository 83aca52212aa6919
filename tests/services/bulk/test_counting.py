from __future__ import annotations

from decimal import Decimal

import polars as pl
import pytest

from xenotime.law.answer import Outcome
from xenotime.services.bulk import counting
from xenotime.services.bulk.counting import OTHERS, measured, plain, touched
from xenotime.services.bulk.shift import Measure, total

D = Decimal


def heads(**columns):
    kinds = {"value": pl.Decimal(38, 4), "kg": pl.Decimal(38, 6), "from": pl.Int8, "to": pl.Int8}
    return pl.DataFrame(columns, schema_overrides={n: k for n, k in kinds.items() if n in columns})


@pytest.fixture
def moving():
    return heads(
        **{"from": [2, 2, 0, 2], "to": [0, 0, 2, 8]},
        currency=["USD", "EUR", "USD", None],
        value=[D("0.1"), D("0.2"), D("0.3"), None],
        kg=[D(1), None, D("0.000001"), D(4)],
        party=["b", "a", "a", None],
    )


def test_groups_are_measured_exactly_with_the_unknown_apart(moving):
    assert measured(moving, ("from", "to")) == {
        (0, 2): Measure(1, 1, (("USD", D("0.3")),), 0, D("0.000001"), 0),
        (2, 0): Measure(2, 2, (("EUR", D("0.2")), ("USD", D("0.1"))), 0, D(1), 1),
        (2, 8): Measure(1, 1, (), 1, D(4), 0),
    }


def test_a_value_without_a_currency_is_kept_under_no_currency():
    found = measured(heads(currency=[None, None], value=[D(1), D(2)], kg=[None, None]), ())
    assert found == {(): Measure(2, 2, (("", D(3)),), 0, D(0), 2)}


def test_legs_are_counted_where_a_shipment_has_several():
    found = measured(heads(currency=["USD"] * 2, value=[D(1), D(2)], kg=[None, D(3)], many=[2, 1]), ())
    assert found == {(): Measure(2, 3, (("USD", D(3)),), 0, D(3), 1)}


def test_parties_add_up_and_nobody_has_a_row(moving):
    found = touched(moving, "party", {"a": "Alder"})
    assert [(t.id, t.name, t.measure.shipments) for t in found] == [
        ("a", "Alder", 2),
        ("", "", 1),
        ("b", "", 1),
    ]
    assert found[0].moves == (
        (Outcome.NOT_CONTROLLED, Outcome.LICENCE, 1),
        (Outcome.LICENCE, Outcome.NOT_CONTROLLED, 1),
    )
    assert total(t.measure for t in found) == measured(moving, ())[()]


def test_beyond_a_number_of_groups_the_rest_stand_together(moving, monkeypatch):
    monkeypatch.setattr(counting, "MOST", 1)
    found = touched(moving, "party", {})
    assert [(t.id, t.measure.shipments) for t in found] == [("a", 2), (OTHERS, 2)]
    assert total(t.measure for t in found) == measured(moving, ())[()]


def test_idle_noughts_are_dropped_and_nothing_is_rounded():
    assert [str(plain(D(text))) for text in ("12.5000", "100.0000", "0.000001", "0")] == [
        "12.5",
        "100",
        "0.000001",
        "0",
    ]
    assert str(plain(None)) == "0"
