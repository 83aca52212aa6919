from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xenotime.core.errors import InputError
from xenotime.portfolio.numbers import decimal_mark, parse_number, shown


@pytest.mark.parametrize(
    ("written", "mark", "value"),
    [
        ("1200.50", "", "1200.50"),
        ("1,200.50", "", "1200.50"),
        ("1.200,50", "", "1200.50"),
        ("1 200,50", "", "1200.50"),
        ("1'200.50", "", "1200.50"),
        ("1,200", ".", "1200"),
        ("1.200", ",", "1200"),
        ("1,200,000", "", "1200000"),
        ("1,00,000.5", "", "100000.5"),
        ("0.500", "", "0.500"),
        ("0,5", "", "0.5"),
        ("-3", "", "-3"),
        ("−3", "", "-3"),
        ("(3.5)", "", "-3.5"),
        ("１２", "", "12"),
        (".5", "", "0.5"),
    ],
)
def test_a_number_is_read_exactly(written, mark, value):
    assert parse_number(written, mark=mark) == Decimal(value)


@pytest.mark.parametrize(
    "written",
    ["", "abc", "NaN", "Infinity", "1e3", "12 kg", "1,2.3,4", "12 34", "1.2.3", "--1", "٣", "1" * 99],
)
def test_what_is_no_number_is_refused(written):
    with pytest.raises(InputError, match="this is not a number"):
        parse_number(written)


def test_a_number_of_two_values_is_refused_with_both():
    with pytest.raises(InputError) as caught:
        parse_number("1,200", where="row 2")
    assert caught.value.problem.lines() == [
        "this number can mean two values",
        "  where:    row 2",
        "  expected: a number with a decimal point and no grouping, such as 1200.5",
        "  found:    '1,200': 1200 or 1.200",
        '  next:     write it with a decimal point only, or set decimal = "." or "," in mapping.toml',
    ]


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**12), max_value=10**12))
def test_every_plain_number_comes_back(value):
    assert parse_number(format(value, "f")) == value


@given(st.decimals(allow_nan=False, places=2, min_value=0, max_value=10**9))
def test_grouped_numbers_mean_the_same_in_both_fashions(value):
    english = f"{value:,.2f}"
    german = english.translate(str.maketrans(",.", ".,"))
    assert parse_number(english, mark=".") == parse_number(german, mark=",") == value


@given(st.text(max_size=12))
def test_any_text_is_a_number_or_refused(text):
    finite = True
    with suppress(InputError):
        finite = parse_number(text).is_finite()
    assert finite


@given(st.integers(-(10**15) + 1, 10**15 - 1), st.integers(0, 4))
def test_what_a_sheet_shows_is_what_is_read(digits, places):
    value = Decimal(digits).scaleb(-places)
    assert parse_number(float(value)) == value


def test_a_sum_of_binary_floats_is_read_as_shown():
    assert shown(0.1 + 0.2) == "0.3"


def test_the_column_tells_its_decimal_sign():
    assert [
        decimal_mark(column) for column in (["1,200", "3.50"], ["1.200", "3,50"], ["1,200"], ["abc"])
    ] == [
        ".",
        ",",
        "",
        "",
    ]


def test_a_column_in_both_fashions_is_refused():
    with pytest.raises(InputError, match="with a point and with a comma"):
        decimal_mark(["1.200,50", "1,200.50"])
