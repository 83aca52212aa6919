from __future__ import annotations

from datetime import date

import pytest

from xenotime.programme.organisation import Product
from xenotime.programme.oversight.plausible import Drawn, anomalies, yearly

MOTOR = Product("P1", "drive motor", "S1", "electric car", {"Dy": 20, "Nd": 300}, 5000)
PUMP = Product("P2", "heat pump", "S1", "heating", {"Dy": 4}, 1000)
DAY = date(2026, 9, 1)


def kinds(drawn, need=None):
    found = anomalies(drawn, need or yearly([MOTOR]), DAY, factor=120)
    return [(a.kind, a.element, a.drawn, a.plausible) for a in found]


def test_the_need_of_a_year_is_pieces_times_grams_over_all_products():
    assert yearly([MOTOR, PUMP]) == {"Dy": 104_000, "Nd": 1_500_000}


def test_draws_within_need_are_quiet():
    assert kinds([Drawn("Dy", 9_000, date(2026, month, 1)) for month in range(1, 10)]) == []


def test_an_element_that_no_product_takes_stands_out():
    assert kinds([Drawn("Tb", 1, DAY)]) == [("no_product", "Tb", 1, 0)]


@pytest.mark.parametrize(
    ("grams", "found"), [(120_000, []), (120_001, [("over_need", "Dy", 120_001, 100_000)])]
)
def test_more_than_the_years_need_stands_out_past_the_factor(grams, found):
    assert kinds([Drawn("Dy", grams, date(2026, 2, 1))]) == found


@pytest.mark.parametrize(("grams", "found"), [(30_000, []), (30_001, [("rush", "Dy", 30_001, 25_000)])])
def test_a_quarters_need_in_thirty_days_is_a_rush_past_the_factor(grams, found):
    assert kinds([Drawn("Dy", grams, date(2026, 8, 15))]) == found


@pytest.mark.parametrize(("grams", "found"), [(29_000, []), (30_000, [("rush", "Dy", 30_001, 25_000)])])
def test_a_rush_over_new_year_is_one(grams, found):
    drawn = [Drawn("Dy", grams, date(2025, 12, 20)), Drawn("Dy", 1, date(2026, 1, 5))]
    made = anomalies(drawn, yearly([MOTOR]), date(2026, 1, 10), factor=120)
    assert [(a.kind, a.element, a.drawn, a.plausible) for a in made] == found


def test_other_years_and_days_to_come_do_not_count():
    assert kinds([Drawn("Dy", 10**9, date(2025, 12, 31)), Drawn("Dy", 10**9, date(2026, 9, 2))]) == []
