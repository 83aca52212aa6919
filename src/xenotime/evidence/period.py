"""When a figure holds: the finest date known, as first and last day."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from xenotime.core.errors import InputError

_FORMS = (
    (re.compile(r"(?P<y>\d{4})", re.ASCII), "year"),
    (re.compile(r"(?P<y>\d{4})-(?P<a>\d{2})-(?P<d>\d{2})", re.ASCII), "day"),
    (re.compile(r"(?P<y>\d{4})-(?P<a>\d{2})", re.ASCII), "months"),
    (re.compile(r"(?P<y>\d{4})-(?P<a>\d{2})/(?P<b>\d{2})", re.ASCII), "months"),
    (re.compile(r"(?P<y>\d{4})-(?P<z>\d{4})", re.ASCII), "years"),
    (re.compile(r"(?P<y>\d{4})-Q(?P<q>[1-4])", re.ASCII), "quarter"),
    (re.compile(r"(?P<y>\d{4})-H(?P<q>[12])", re.ASCII), "half"),
    (re.compile(r"FY(?P<y>\d{4})", re.ASCII), "year"),
)


@lru_cache(maxsize=4096)
def span(period: str, where: str = "") -> tuple[date, date] | None:
    """The first and last day of a period; None when it is empty: undated.

    A fiscal year counts as the calendar year it is named after. Raises InputError for another form.

    >>> span("2025-Q1")
    (datetime.date(2025, 1, 1), datetime.date(2025, 3, 31))
    >>> span("2025-01/06")
    (datetime.date(2025, 1, 1), datetime.date(2025, 6, 30))
    >>> span("") is None
    True
    """
    if not period:
        return None
    for form, kind in _FORMS:
        match = form.fullmatch(period)
        if match:
            try:
                return _days({name: int(text) for name, text in match.groupdict().items()}, kind)
            except ValueError:
                break
    raise InputError(
        "this is not a period",
        where=where,
        expected="2025, 2025-05, 2025-05-26, 2025-Q1, 2025-H1, 2025-01/06, 2021-2024 or FY2025",
        found=period,
        next_step="write the finest date known, or leave it empty",
    )


def _days(part: dict[str, int], kind: str) -> tuple[date, date]:
    year = part["y"]
    if kind == "day":
        day = date(year, part["a"], part["d"])
        return day, day
    if kind == "years":
        return _months(year, 1, part["z"], 12)
    if kind == "year":
        return _months(year, 1, year, 12)
    if kind == "quarter":
        return _months(year, 3 * part["q"] - 2, year, 3 * part["q"])
    if kind == "half":
        return _months(year, 6 * part["q"] - 5, year, 6 * part["q"])
    return _months(year, part["a"], year, part.get("b", part["a"]))


def _months(year: int, month: int, last_year: int, last_month: int) -> tuple[date, date]:
    first = date(year, month, 1)
    after = date(last_year + last_month // 12, last_month % 12 + 1, 1) if last_year < 9999 else date.max
    last = after - timedelta(days=1)
    if last < first:
        raise ValueError(first)
    return first, last


def meet(one: str, two: str) -> bool:
    """Whether two periods share a day; an undated figure meets every period.

    >>> meet("2024", "2024-05"), meet("2024", "2025"), meet("", "2025")
    (True, False, True)
    """
    left, right = span(one), span(two)
    return left is None or right is None or (left[0] <= right[1] and right[0] <= left[1])
