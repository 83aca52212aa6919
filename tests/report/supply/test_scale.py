from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xenotime.report.supply.scale import Axis, Days, above, below, decades, larger, percent, spell, ticks


@given(st.floats(-1e9, 1e9), st.floats(1e-6, 1e9))
def test_ticks_lie_on_the_axis_and_are_few(low, wide):
    found = ticks(low, low + wide)
    assert all(low - 1e-6 * wide <= v <= low + wide * (1 + 1e-6) for v in found)
    assert len(found) <= 7


@given(st.floats(1e-6, 1e12))
def test_the_head_and_foot_of_an_axis_hold_the_number(value):
    assert value * (1 - 1e-9) <= above(value) <= 2.5 * value
    assert value / 2.5 <= below(value) <= value * (1 + 1e-9)


@pytest.mark.parametrize("log", [False, True])
def test_an_axis_keeps_order_and_holds_what_lies_outside(log):
    axis = Axis(1, 100, 0, 10, log)
    places = [axis.at(v) for v in (0.1, 1, 10, 100, 1000)]
    assert places == sorted(places)
    assert (places[0], places[-1]) == (0, 10)
    assert places[2] == pytest.approx(5 if log else 10 * 9 / 99)


def test_an_axis_without_width_does_not_divide_by_it():
    assert Axis(3, 3, 0, 10).at(3) == 0
    assert Days(date(2025, 1, 1), date(2025, 1, 1), 5, 9).at(date(2025, 1, 1)) == 5


@pytest.mark.parametrize("span", [1, 9, 40, 75, 200, 365, 1000, 4000])
def test_days_are_iso_and_no_more_than_asked(span):
    first = date(2025, 4, 4)
    found = Days(first, first + timedelta(days=span), 0, 100).ticks(8)
    assert 1 <= len(found) <= 9
    assert [text for day, text in found if not day.isoformat().startswith(text)] == []
    assert all(first <= day <= first + timedelta(days=span) for day, _ in found)


def test_numbers_are_written_as_people_read_them():
    assert [spell(v) for v in (0, 1234567, 0.000123, -2.5, 99.96, None)] == [
        "0", "1\u202f230\u202f000", "0.000123", "−2.5", "100", "–",
    ]  # fmt: skip
    assert [percent(v) for v in (1.0, 0.0995, 0.0, -0.314, None)] == ["100 %", "10 %", "0 %", "−31 %", "–"]


def test_large_amounts_get_a_larger_unit():
    assert larger("USD", 3e9) == (1e9, "billion USD")
    assert larger("kg/day", 5) == (1.0, "kg/day")
    assert decades(1, 1000) == (1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1000.0)
