from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xenotime.core.clocks import clock_due, parse_calendar, working_days_after, years_after
from xenotime.core.errors import BookError
from xenotime.law.read import packaged

CALENDAR = parse_calendar(packaged("cn/calendar.csv"))
HEAD = "day,kind,source,confidence\n"


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        (date(2025, 10, 20), 10, date(2025, 11, 3)),
        (date(2025, 6, 16), 7, date(2025, 6, 25)),
        (date(2025, 9, 30), 1, date(2025, 10, 9)),
        (date(2025, 9, 26), 1, date(2025, 9, 28)),
        (date(2026, 2, 13), 2, date(2026, 2, 24)),
        (date(2025, 12, 31), 1, date(2026, 1, 4)),
    ],
)
def test_inside_the_kept_years_a_term_ends_on_one_day(start, count, due):
    assert working_days_after(start, count, CALENDAR) == (due, due)


def test_past_the_last_published_year_a_term_is_an_interval():
    assert working_days_after(date(2026, 12, 28), 3, CALENDAR) == (date(2026, 12, 31), date(2026, 12, 31))
    assert working_days_after(date(2026, 12, 28), 10, CALENDAR) == (date(2027, 1, 8), date(2027, 1, 19))
    assert working_days_after(date(2027, 3, 1), 45, CALENDAR) == (date(2027, 4, 30), date(2027, 5, 11))


@given(st.dates(date(2025, 1, 3), date(2026, 9, 30)), st.integers(1, 45))
def test_if_holidays_fell_as_in_a_kept_year_the_day_lies_in_the_interval(start, count):
    """104 weeks later the weekdays are the same; the year is not kept, so the answer is an interval."""
    later = timedelta(weeks=104)
    day, same = working_days_after(start, count, CALENDAR)
    earliest, latest = working_days_after(start + later, count, CALENDAR)
    assert (day == same, earliest <= day + later <= latest) == (True, True)


def test_the_calendar_says_how_sure_it_is_and_why():
    assert (CALENDAR.confidence, CALENDAR.sources, sorted(CALENDAR.years)) == (
        "O",
        ("R201", "R202"),
        [2025, 2026],
    )
    assert parse_calendar(HEAD + "2027-01-01,holiday,memory,M\n2027-10-01,holiday,R9,O\n").confidence == "M"
    assert [CALENDAR.works(d) for d in (date(2025, 10, 11), date(2025, 10, 8), date(2027, 1, 4))] == [
        True,
        False,
        None,
    ]


def test_a_term_of_years_ends_on_the_same_day():
    assert clock_due(date(2025, 4, 5), {"years": "5", "from": "export"}, CALENDAR) == (date(2030, 4, 5),) * 2
    assert years_after(date(2024, 2, 29), 5) == date(2029, 2, 28)
    assert clock_due(date(2025, 10, 20), {"working_days": "10"}, CALENDAR) == (date(2025, 11, 3),) * 2


@pytest.mark.parametrize("clock", [{}, {"months": "3"}, {"working_days": "ten"}, {"working_days": "0"}])
def test_another_clock_is_refused(clock):
    with pytest.raises(BookError):
        clock_due(date(2025, 1, 1), clock, CALENDAR)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("day,kind\n", "the calendar has other columns"),
        (HEAD, "the calendar is empty"),
        (HEAD + "2025-13-01,holiday,S,O\n", "a day of the calendar cannot be read"),
        (HEAD + "2025-01-01,feast,S,O\n", "a day has no such kind, or is given twice"),
        (
            HEAD + "2025-01-01,holiday,S,O\n2025-01-01,holiday,S,O\n",
            "a day has no such kind, or is given twice",
        ),
        (HEAD + "2025-01-02,workday,S,O\n", "a worked day must be a weekend"),
        (HEAD + "2025-01-01,holiday,S,?\n", "no such confidence"),
    ],
)
def test_a_wrong_calendar_is_refused(text, what):
    with pytest.raises(BookError) as caught:
        parse_calendar(text)
    assert caught.value.problem.what == what
