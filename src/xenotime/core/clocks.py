"""Deadlines: working days on the kept calendar, and years.

Inside the kept years a deadline is one day. Beyond them holidays are not yet published, so it is
an interval: no window of days is taken to lose more working days, or to gain more by weekend
work, than the heaviest window of the same length in the kept years.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from xenotime.core.errors import BookError

COLUMNS = ("day", "kind", "source", "confidence")
_DAY = timedelta(days=1)
_SATURDAY = 5
#: From the surest to the least sure.
_CONFIDENCE = "OXTLPVDM"


@dataclass(frozen=True)
class Calendar:
    """Published holidays, and weekends that are worked; the years they are kept for."""

    holidays: frozenset[date]
    workdays: frozenset[date]
    years: frozenset[int]
    confidence: str
    sources: tuple[str, ...]

    def works(self, day: date) -> bool | None:
        """Whether a day is a working day; None outside the kept years."""
        if day.year not in self.years:
            return None
        return day in self.workdays or (day.weekday() < _SATURDAY and day not in self.holidays)

    @cached_property
    def _drift(self) -> tuple[tuple[int, ...], ...]:
        """For each unbroken run of kept years: working days minus weekdays, summed from its start."""
        runs: list[list[int]] = []
        for year in sorted(self.years):
            if year - 1 not in self.years:
                runs.append([0])
            day = date(year, 1, 1)
            while day.year == year:
                runs[-1].append(runs[-1][-1] + int(bool(self.works(day))) - int(day.weekday() < _SATURDAY))
                day += _DAY
        return tuple(tuple(run) for run in runs)

    def swing(self, length: int) -> tuple[int, int]:
        """The most working days that a window of so many days lost, and gained, against its weekdays."""
        lost = gained = 0
        longest = max((len(run) - 1 for run in self._drift), default=0)
        if length > longest > 0:
            rest, whole = self.swing(length - longest), self.swing(longest)
            return rest[0] + whole[0], rest[1] + whole[1]
        for run in self._drift:
            changes = [run[i + length] - run[i] for i in range(len(run) - length)]
            lost = max(lost, -min(changes, default=0))
            gained = max(gained, max(changes, default=0))
        return lost, gained


def parse_calendar(text: str) -> Calendar:
    """The calendar of a file with the columns day, kind (holiday or workday), source, confidence.

    A year is kept when it has a row. Raises BookError for another column, kind or day, a day given
    twice, a worked day that is no weekend, or an empty file.
    """
    rows = csv.DictReader(io.StringIO(text))
    if tuple(rows.fieldnames or ()) != COLUMNS:
        raise _wrong("the calendar has other columns", ",".join(COLUMNS), str(rows.fieldnames), 1)
    kinds: dict[date, str] = {}
    sources: dict[str, None] = {}
    weakest = ""
    for row in rows:
        day = _read_day(row["day"], rows.line_num)
        if day in kinds or row["kind"] not in ("holiday", "workday"):
            raise _wrong(
                "a day has no such kind, or is given twice", "holiday or workday", str(row), rows.line_num
            )
        if row["kind"] == "workday" and day.weekday() < _SATURDAY:
            raise _wrong("a worked day must be a weekend", "a Saturday or Sunday", str(row), rows.line_num)
        if row["confidence"] not in tuple(_CONFIDENCE):
            raise _wrong("no such confidence", " ".join(_CONFIDENCE), row["confidence"], rows.line_num)
        kinds[day] = row["kind"]
        sources.setdefault(row["source"])
        weakest = max(weakest, row["confidence"], key=lambda c: _CONFIDENCE.index(c) if c else -1)
    if not kinds:
        raise _wrong("the calendar is empty", "at least one year", "no rows", 1)
    holidays = frozenset(day for day, kind in kinds.items() if kind == "holiday")
    years = frozenset(day.year for day in kinds)
    return Calendar(holidays, frozenset(kinds) - holidays, years, weakest, tuple(sources))


def working_days_after(start: date, count: int, calendar: Calendar) -> tuple[date, date]:
    """The last day of a term of working days, earliest and latest; the start day is not counted.

    Both are equal while the term stays inside the kept years. Raises BookError for a count below 1.
    """
    if count < 1:
        raise BookError("a term needs at least one working day", expected="1 or more", found=str(count))
    known = weekdays = weekends = 0
    first: date | None = None
    day = start
    while True:
        day += _DAY
        works = calendar.works(day)
        if works is None:
            weekdays += day.weekday() < _SATURDAY
            weekends += day.weekday() >= _SATURDAY
        known += bool(works)
        lost, gained = calendar.swing(weekdays + weekends)
        if first is None and known + weekdays + min(gained, weekends) >= count:
            first = day
        if known + max(weekdays - lost, 0) >= count:
            return first or day, day


def years_after(start: date, count: int) -> date:
    """The same day so many years later; 29 February becomes 28 February in a common year."""
    try:
        return start.replace(year=start.year + count)
    except ValueError:
        return start.replace(year=start.year + count, day=28)


def clock_due(start: date, clock: Mapping[str, object], calendar: Calendar) -> tuple[date, date]:
    """When a term of the book ends, earliest and latest: ``{working_days: 10}`` or ``{years: 5}``.

    Raises BookError for any other term.
    """
    for unit in ("working_days", "years"):
        if unit not in clock:
            continue
        if not str(clock[unit]).isdecimal():
            break
        count = int(str(clock[unit]))
        if unit == "working_days":
            return working_days_after(start, count, calendar)
        return years_after(start, count), years_after(start, count)
    raise BookError(
        "this clock cannot be run",
        expected="working_days or years, a whole number",
        found=str(dict(clock)),
        next_step="write the clock as {working_days: 10, from: export}",
    )


def _read_day(text: str, line: int) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise _wrong("a day of the calendar cannot be read", "YYYY-MM-DD", repr(text), line) from error


def _wrong(what: str, expected: str, found: str, line: int) -> BookError:
    return BookError(what, where=f"calendar.csv, line {line}", expected=expected, found=found)
