"""When obligations fall due: days in a year, working days, months and years."""

from __future__ import annotations

import calendar as months
from datetime import date, timedelta

from xenotime.core.clocks import Calendar, working_days_after, years_after
from xenotime.core.dates import parse_day
from xenotime.core.errors import BookError

DAY = timedelta(days=1)
_YEAR = 12


def yearly(year: int, day: str) -> date:
    """The day MM-DD of a year. Raises BookError for any other text.

    >>> yearly(2027, "02-15")
    datetime.date(2027, 2, 15)
    """
    try:
        return date.fromisoformat(f"{year:04d}-{day}")
    except ValueError as error:
        raise BookError("this is no day of a year", expected="MM-DD", found=day[:20]) from error


def after_years(start: date, count: int) -> date:
    """The same day so many years later."""
    return years_after(start, count)


def after_months(start: date, count: int) -> date:
    """The same day so many months later; the last of a shorter month if it has no such day.

    >>> after_months(date(2026, 8, 31), 6)
    datetime.date(2027, 2, 28)
    """
    year, month = divmod(start.year * _YEAR + start.month - 1 + count, _YEAR)
    return date(year, month + 1, min(start.day, months.monthrange(year, month + 1)[1]))


def after_working_days(start: date, count: int, kept: Calendar) -> date:
    """The earliest reading of a term of working days, so that nobody is told a day that is too late."""
    return working_days_after(start, count, kept)[0]


def after_days(start: date, count: int) -> date:
    """So many calendar days later."""
    return start + timedelta(days=count)


def day(given: object, default: date, where: str) -> date:
    """A day of a form: a date, ISO text, or the default for nothing. Raises InputError for anything else."""
    return parse_day(given, where=where) if given else default


def asked_years(given: object, most: int) -> int:
    """The whole years that a form asks for, from 1 to `most`; `most` if it asks for none or something else.

    >>> asked_years("1", 3), asked_years(None, 3), asked_years(9, 3)
    (1, 3, 3)
    """
    text = str(given or "")
    asked = int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else most
    return min(max(asked, 1), most)
