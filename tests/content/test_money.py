from __future__ import annotations

from datetime import date
from fractions import Fraction

from xenotime.content.money import Rate, order_rates

RATES = order_rates(
    [
        Rate(date(2026, 1, 5), "USD", "CNY", Fraction(7)),
        Rate(date(2026, 1, 10), "CNY", "USD", Fraction(1, 8)),
        Rate(date(2026, 1, 2), "EUR", "CNY", Fraction(9)),
    ]
)


def test_the_last_rate_on_or_before_the_day_holds():
    days = {4: None, 5: 7, 9: 7, 10: 8}
    assert {d: RATES.find("USD", "CNY", date(2026, 1, d)) for d in days} == days


def test_a_pair_serves_both_ways():
    assert RATES.find("CNY", "EUR", date(2026, 2, 1)) == Fraction(1, 9)


def test_no_third_currency_is_passed_through():
    assert RATES.find("EUR", "USD", date(2026, 2, 1)) is None


def test_one_currency_needs_no_rate():
    assert RATES.find("JPY", "JPY", date(2020, 1, 1)) == 1


def test_days_between_rates_share_an_epoch():
    assert [RATES.epoch(date(2026, 1, d)) for d in (1, 2, 4, 5, 9, 10, 11)] == [0, 1, 1, 2, 2, 3, 3]
