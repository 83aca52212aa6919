from __future__ import annotations

from datetime import date

import pytest

from xenotime.core.clocks import parse_calendar
from xenotime.core.errors import BookError, InputError
from xenotime.law.read import packaged
from xenotime.programme.oversight.calendar import (
    after_days,
    after_months,
    after_working_days,
    after_years,
    asked_years,
    day,
    yearly,
)  # fmt: skip


def test_a_day_of_a_year():
    assert yearly(2027, "02-15") == date(2027, 2, 15)
    with pytest.raises(BookError):
        yearly(2027, "02-30")


@pytest.mark.parametrize(
    ("start", "count", "found"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 1, 15), 0, date(2026, 1, 15)),
    ],
)
def test_months_end_on_the_last_day_of_a_shorter_month(start, count, found):
    assert after_months(start, count) == found


def test_years_and_days():
    assert after_years(date(2028, 2, 29), 1) == date(2029, 2, 28)
    assert after_days(date(2026, 12, 31), 1) == date(2027, 1, 1)


def test_working_days_skip_holidays_and_count_worked_weekends():
    kept = parse_calendar(packaged("cn/calendar.csv"))
    assert after_working_days(date(2026, 9, 24), 10, kept) == date(2026, 10, 15)


def test_a_day_of_a_form():
    assert day("2026-11-22", date(2000, 1, 1), "form") == date(2026, 11, 22)
    assert day(None, date(2000, 1, 1), "form") == date(2000, 1, 1)
    with pytest.raises(InputError):
        day("soon", date(2000, 1, 1), "form")


@pytest.mark.parametrize(
    ("given", "found"), [("1", 1), (2, 2), (0, 3), (-2, 3), (None, 3), (9, 3), ("x", 3), ("99999", 3)]
)
def test_years_asked_for_stay_inside_the_most(given, found):
    assert asked_years(given, 3) == found
