from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.fixtures.cases import draft, flag

from xenotime.core.clocks import parse_calendar
from xenotime.law.read import packaged
from xenotime.programme.casework.case import Span
from xenotime.programme.casework.clocks import between, length, read, running, start, stop
from xenotime.programme.read import manifests, profiles

CALENDAR = parse_calendar(packaged("cn/calendar.csv"))
MANIFEST = manifests()["certificate"]
DECISION = MANIFEST.clock("decision")
CN, VEU = profiles()["cn-general"], profiles()["veu"]
#: Working days of February 2026 after the 9th, counted by hand: 14 and 28 are worked Saturdays.
FEBRUARY = [10, 11, 12, 13, 14, 24, 25, 26, 27, 28]


def case(*spans, flags=()):
    return replace(
        draft(MANIFEST), spans=tuple(Span("decision", a, b, why) for a, b, why in spans), flags=flags
    )


def look(spans, on, profile=CN, flags=()):
    return read(DECISION, case(*spans, flags=flags), profile, CALENDAR, on)


def test_a_clock_that_never_started():
    found = look((), date(2026, 3, 2))
    assert (found.state, found.days, found.spent, found.left, found.due, found.over) == (
        "unstarted",
        45,
        0,
        45,
        None,
        False,
    )


def test_working_days_around_the_spring_festival_of_2026():
    counted = [
        d
        for d in range(10, 29)
        if between(date(2026, 2, 9), date(2026, 2, d), CALENDAR, working=True)
        > between(date(2026, 2, 9), date(2026, 2, d - 1), CALENDAR, working=True)
    ]
    assert counted == FEBRUARY
    assert between(date(2026, 2, 9), date(2026, 2, 9), CALENDAR, working=True) == 0
    assert between(date(2026, 2, 9), date(2026, 2, 28), CALENDAR, working=False) == 19


@pytest.mark.parametrize(
    ("accepted", "due"),
    [
        # Counted by hand: Sunday 4 January is worked, the festival takes 16 to 23 February.
        (date(2025, 12, 31), date(2026, 3, 11)),
        (date(2026, 2, 9), date(2026, 4, 20)),
        # The national day: 20 September is worked, 25 September is off, 1 to 7 October, 10 October is worked.
        (date(2026, 9, 18), date(2026, 11, 26)),
    ],
)
def test_45_working_days_from_acceptance(accepted, due):
    found = look([(accepted, None, "accept")], accepted)
    assert (found.due, found.left, found.state) == ((due, due), 45, "running")
    assert [look([(accepted, None, "accept")], due + timedelta(days=n)).over for n in (-1, 0, 1)] == [
        False,
        False,
        True,
    ]
    assert look([(accepted, None, "accept")], due).spent == 45


def test_a_check_on_site_is_not_counted():
    # Accepted on Monday 2 March, sent on site on the 6th, back on the 20th: 4 days spent, then 41 more.
    spans = [(date(2026, 3, 2), date(2026, 3, 6), "accept"), (date(2026, 3, 20), None, "site_checked")]
    found = look(spans, date(2026, 3, 25))
    assert (found.spent, found.left, found.why) == (4 + 3, 38, "site_checked")
    straight = look([(date(2026, 3, 2), None, "accept")], date(2026, 3, 25))
    assert straight.due == (date(2026, 5, 8), date(2026, 5, 8))
    assert found.due == (date(2026, 5, 21), date(2026, 5, 21))
    waiting = look(spans[:1], date(2026, 3, 12))
    assert (waiting.state, waiting.spent, waiting.over) == ("stopped", 4, False)


def test_a_watch_listed_party_takes_the_end_away_until_the_flag_is_lowered():
    spans = [(date(2025, 3, 3), None, "accept")]
    found = look(spans, date(2026, 3, 2), flags=(flag("watch_listed"),))
    assert (found.unlimited, found.due, found.over, found.why) == (True, None, False, "watch_listed")
    lowered = replace(flag("watch_listed"), lowered=draft(MANIFEST).opened)
    assert look(spans, date(2026, 3, 2), flags=(lowered,)).over


def test_beyond_the_kept_calendar_the_end_is_an_interval():
    found = look([(date(2026, 12, 1), None, "accept")], date(2026, 12, 1))
    assert found.due[0] < found.due[1]
    assert found.due[0] >= date(2027, 1, 1)


def test_a_profile_may_count_calendar_days():
    assert (length(DECISION, VEU), length(DECISION, CN)) == ((30, False), (45, True))
    found = look([(date(2026, 2, 9), None, "accept")], date(2026, 2, 19), VEU)
    assert (found.spent, found.left, found.due) == (10, 20, (date(2026, 3, 11), date(2026, 3, 11)))


def test_starting_twice_and_stopping_twice_change_nothing():
    first = start(case(), "decision", date(2026, 3, 2), "accept")
    assert start(first, "decision", date(2026, 3, 4), "again") == first
    assert running(first, "decision") == Span("decision", date(2026, 3, 2), None, "accept")
    stopped = stop(first, "decision", date(2026, 3, 5))
    assert stop(stopped, "decision", date(2026, 3, 9)) == stopped
    assert running(stopped, "decision") is None


days = st.dates(date(2025, 1, 1), date(2026, 11, 1))


@given(days, st.lists(st.integers(0, 20), min_size=1, max_size=8))
def test_pieces_of_time_without_gaps_count_as_the_whole(first, steps):
    cuts = [first]
    for step in steps:
        cuts.append(cuts[-1] + timedelta(days=step))
    whole = between(cuts[0], cuts[-1], CALENDAR, working=True)
    assert whole == sum(between(a, b, CALENDAR, working=True) for a, b in pairwise(cuts))


@given(days, st.integers(1, 30), st.integers(0, 30))
def test_a_pause_never_brings_the_end_nearer(first, run, pause):
    held = first + timedelta(days=run)
    again = held + timedelta(days=pause)
    straight = look([(first, None, "accept")], again)
    paused = look([(first, held, "accept"), (again, None, "back")], again)
    assert paused.spent <= straight.spent
    if straight.spent < straight.days:
        assert paused.due[1] >= straight.due[1]
