"""Clocks of a case: spans that start and stop, what they have spent, what is left, and when they end."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from xenotime.core.clocks import Calendar, working_days_after
from xenotime.programme.casework.case import Case, Span
from xenotime.programme.casework.manifest import Clock
from xenotime.programme.profile import Profile

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Reading:
    """A clock on a day: days spent and given, when it ends (earliest, latest), and whether it runs.

    `state`: unstarted | running | stopped. `unlimited`: it counts, but has no end, for `why`. `over`: it
    ended before the day, at its latest reading. `days` working days if `working`, else calendar days.
    """

    clock: str
    state: str
    days: int
    spent: int
    left: int
    working: bool
    due: tuple[date, date] | None = None
    unlimited: bool = False
    over: bool = False
    why: str = ""


def start(case: Case, clock: str, on: date, why: str) -> Case:
    """The case with the clock running from a day; a clock that runs goes on."""
    if running(case, clock) is not None:
        return case
    return replace(case, spans=(*case.spans, Span(clock, on, None, why)))


def stop(case: Case, clock: str, on: date) -> Case:
    """The case with the clock stopped on a day; a clock that stands stays so."""
    return replace(
        case,
        spans=tuple(replace(s, stop=on) if s.clock == clock and s.stop is None else s for s in case.spans),
    )


def running(case: Case, clock: str) -> Span | None:
    """The span that runs, if one does."""
    return next((s for s in case.spans if s.clock == clock and s.stop is None), None)


def length(clock: Clock, profile: Profile) -> tuple[int, bool]:
    """The days that the profile gives to a clock, and whether they are working days."""
    return int(profile.value(f"{clock.line}.days")), profile.value(f"{clock.line}.unit") == "working_days"


def read(clock: Clock, case: Case, profile: Profile, calendar: Calendar, on: date) -> Reading:
    """The clock of a case on a day.

    A day counts after the day on which a span starts, up to and with the day on which it stops. Where the
    kept calendar ends, what was spent is counted by weekdays and the end is an interval.
    """
    days, working = length(clock, profile)
    spans = [s for s in case.spans if s.clock == clock.id]
    if not spans:
        return Reading(clock.id, "unstarted", days, 0, days, working)
    spent = sum(between(s.start, min(s.stop or on, on), calendar, working=working) for s in spans)
    runs = running(case, clock.id)
    flags = [f for f in case.flags if f.lowered is None and f.id.partition(".")[0] in clock.unlimited]
    state = "stopped" if runs is None else "running"
    left = max(days - spent, 0)
    if flags:
        return Reading(clock.id, state, days, spent, left, working, unlimited=True, why=flags[0].says)
    before = sum(between(s.start, s.stop, calendar, working=working) for s in spans if s.stop is not None)
    due = _due(runs.start if runs else on, days - before, calendar, working=working)
    over = spent > days if runs is None else on > due[1]
    return Reading(clock.id, state, days, spent, left, working, due, over=over, why=spans[-1].why)


def between(first: date, last: date, calendar: Calendar, *, working: bool) -> int:
    """The days after `first` up to and with `last`: working days, or all; 0 if `last` is not later."""
    if not working:
        return max((last - first).days, 0)
    count, day = 0, first
    while day < last:
        day += _DAY
        works = calendar.works(day)
        count += day.weekday() < 5 if works is None else works
    return count


def _due(start_day: date, days: int, calendar: Calendar, *, working: bool) -> tuple[date, date]:
    """When so many days after a day are over, earliest and latest; the day itself if none are left."""
    if days < 1:
        return start_day, start_day
    if working:
        return working_days_after(start_day, days, calendar)
    day = start_day + days * _DAY
    return day, day
