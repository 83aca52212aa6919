"""Days, read strictly: ISO always, other forms only when they can mean one day."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, datetime

from xenotime.core.errors import InputError

_ISO = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ]\d{2}:\d{2}(?::\d{2})?)?$")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})$")
_LOCAL = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})$")
_WORDS = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3,9})[ -](\d{4})$")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
#: How a column of day-first or month-first dates is declared in a saved mapping.
ORDERS = ("dmy", "mdy")


def parse_day(value: object, *, where: str = "", order: str | None = None) -> date:
    """The one day a value names; a value that can mean two days is refused.

    ``order`` ("dmy" or "mdy") settles day-first or month-first forms.
    Raises InputError when the value names no day, or more than one.

    >>> parse_day("2025-04-05")
    datetime.date(2025, 4, 5)
    >>> parse_day("05.04.2025", order="dmy")
    datetime.date(2025, 4, 5)
    >>> parse_day("25/04/2025")
    datetime.date(2025, 4, 25)
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = str(value).strip()
    if match := _ISO.match(text) or _COMPACT.match(text):
        return _day(int(match[1]), int(match[2]), int(match[3]), text, where)
    if match := _WORDS.match(text):
        month = match[2][:3].lower()
        if month in _MONTHS:
            return _day(int(match[3]), _MONTHS.index(month) + 1, int(match[1]), text, where)
    if match := _LOCAL.match(text):
        return _local(int(match[1]), int(match[3]), int(match[4]), text, where, order)
    raise InputError(
        "this is not a date",
        where=where,
        expected="a day such as 2025-04-05",
        found=repr(text),
        next_step="write the day as YYYY-MM-DD",
    )


def _local(first: int, second: int, year: int, text: str, where: str, order: str | None) -> date:
    if order == "dmy" or (order is None and first > 12):
        return _day(year, second, first, text, where)
    if order == "mdy" or (order is None and second > 12):
        return _day(year, first, second, text, where)
    if first == second:
        return _day(year, first, second, text, where)
    raise InputError(
        "this date can mean two days",
        where=where,
        expected="a day such as 2025-04-05, or a declared order (dmy or mdy) in the column mapping",
        found=f"{text!r}: {year}-{second:02d}-{first:02d} or {year}-{first:02d}-{second:02d}",
        next_step="write the day as YYYY-MM-DD, or set date_order in mapping.toml",
    )


def _day(year: int, month: int, day: int, text: str, where: str) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise InputError(
            "this date does not exist",
            where=where,
            expected="a day of the calendar",
            found=f"{text!r} ({_reason(year, month)})",
            next_step="correct the day",
        ) from error


def _reason(year: int, month: int) -> str:
    """Why no day of a month is meant, in words that are the same in every version of Python."""
    if not MINYEAR <= year <= MAXYEAR:
        return f"years are {MINYEAR} to {MAXYEAR}"
    if not 1 <= month <= len(_MONTHS):
        return f"there is no month {month}"
    return f"{year}-{month:02d} has {monthrange(year, month)[1]} days"
