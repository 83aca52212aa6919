from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xenotime.core.errors import InputError
from xenotime.portfolio.columns import amount_mark, date_orders, read_amount, read_day


def test_one_plain_date_settles_its_column():
    assert date_orders(["03/04/2025", "25/04/2025"]) == {"/": "dmy"}
    assert date_orders(["03/04/2025", "04/25/2025"]) == {"/": "mdy"}


def test_separators_are_judged_apart_and_the_unproven_follows():
    assert date_orders(["25.04.2025", "04/25/2025", "03-04-2025"]) == {".": "dmy", "/": "mdy", "-": ""}
    assert date_orders(["25.04.2025", "03/04/2025"]) == {".": "dmy", "/": "dmy"}
    assert date_orders(["2025-04-03", "3 Apr 2025"]) == {}


def test_a_column_in_both_orders_is_refused():
    with pytest.raises(InputError, match="days before months and months before days"):
        date_orders(["25/04/2025", "04/25/2025"])


@pytest.mark.parametrize(
    ("cell", "given"), [(45752.0, ""), ("05/04/2025", "dmy"), ("04/05/2025", "mdy"), ("2025年4月5日", "")]
)
def test_each_form_of_a_day_is_read(cell, given):
    assert read_day(cell, {}, given, "") == date(2025, 4, 5)


@given(st.lists(st.dates(date(2000, 1, 1), date(2030, 1, 1)), min_size=1), st.sampled_from(["dmy", "mdy"]))
def test_a_column_is_read_back_or_left_open_never_misread(days, order):
    form = "{0.day:02d}/{0.month:02d}/{0.year}" if order == "dmy" else "{0.month:02d}/{0.day:02d}/{0.year}"
    texts = [form.format(day) for day in days]
    found = date_orders(texts)["/"]
    assert found in ("", order)
    assert not found or [read_day(text, {"/": found}, "", "") for text in texts] == days


@pytest.mark.parametrize(
    ("cell", "amount", "currency"),
    [
        ("USD 1,200.50", "1200.50", "USD"),
        ("1,200.50 EUR", "1200.50", "EUR"),
        ("€9.50", "9.50", "EUR"),
        ("US$4,400.00", "4400.00", "USD"),
        ("RMB 403,750.00", "403750.00", "CNY"),
        ("3400元", "3400", "CNY"),
        ("¥ 5", "5", "CNY"),
        ("-5.00 USD", "-5.00", "USD"),
        (12.5, "12.5", ""),
    ],
)
def test_an_amount_carries_its_currency(cell, amount, currency):
    assert read_amount(cell, {"¥": "CNY"}, ".", "") == (Decimal(amount), currency)


def test_a_sign_of_several_currencies_is_refused_with_them():
    with pytest.raises(InputError) as caught:
        read_amount("¥3,400", {}, ".", "orders.csv, row 2")
    assert caught.value.problem.lines() == [
        "this sign can mean several currencies",
        "  where:    orders.csv, row 2",
        "  expected: a currency code, or the meaning of the sign in mapping.toml",
        "  found:    '¥3,400': CNY or JPY",
        '  next:     set "¥" = "…" under [signs] in mapping.toml',
    ]


@pytest.mark.parametrize("cell", ["1.200", "1,200"])
def test_an_amount_of_two_values_needs_its_column(cell):
    with pytest.raises(InputError, match="this number can mean two values"):
        read_amount(cell, {}, "", "")
    assert read_amount(cell, {}, amount_mark([cell, "3,50" if "." in cell else "3.50"]), "")[0] == 1200
