from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from xenotime.core.errors import BookError
from xenotime.law.events import FIRST_DAY, Event, Stretch, at, fold

LATE = date(2030, 1, 1)


def day(text):
    return date.fromisoformat(text)


def event(kind, on, published="2020-01-01", by="x", through=None, **more):
    return Event(kind, day(on), day(published), by, day(through) if through else None, **more)


def shown(events, known=LATE):
    """The fold as pairs of first day and status, the hinge after a slash."""
    return [
        (str(s.first) if s.first != FIRST_DAY else "ever", f"{s.status}/{s.hinge}" if s.hinge else s.status)
        for s in fold(events, known)
    ]


def test_without_events_an_article_never_applies():
    assert fold((), LATE) == (Stretch(FIRST_DAY, "not_yet", ""),)


def test_in_force_from_its_day_until_repealed():
    events = (event("in_force", "2025-04-04", by="a"), event("repealed", "2025-11-10", by="b"))
    assert fold(events, LATE) == (
        Stretch(FIRST_DAY, "not_yet", ""),
        Stretch(day("2025-04-04"), "in_force", "a"),
        Stretch(day("2025-11-10"), "repealed", "b"),
    )
    days = ("2025-04-03", "2025-04-04", "2025-11-09", "2025-11-10", "2099-01-01", "1800-01-01")
    assert [at(fold(events, LATE), day(d)).status for d in days] == [
        "not_yet",
        "in_force",
        "in_force",
        "repealed",
        "repealed",
        "not_yet",
    ]


def test_what_was_published_later_is_not_known():
    events = (event("in_force", "2025-04-04", "2025-04-04"), event("repealed", "2025-06-01", "2025-05-12"))
    assert shown(events, day("2025-04-03")) == [("ever", "not_yet")]
    assert shown(events, day("2025-04-04")) == [("ever", "not_yet"), ("2025-04-04", "in_force")]
    assert shown(events, day("2025-05-11")) == shown(events, day("2025-04-04"))
    assert shown(events, day("2025-05-12"))[-1] == ("2025-06-01", "repealed")


def test_a_suspension_with_an_end_resumes_or_meets_its_hinge():
    start = event("in_force", "2025-01-01")
    resumed = event("suspended", "2025-03-01", through="2025-03-31", then="in_force")
    assert shown((start, resumed)) == [
        ("ever", "not_yet"),
        ("2025-01-01", "in_force"),
        ("2025-03-01", "suspended"),
        ("2025-04-01", "in_force"),
    ]
    hinged = event("suspended", "2025-03-01", through="2025-03-31", hinge="h")
    assert shown((start, hinged))[2:] == [("2025-03-01", "suspended"), ("2025-04-01", "unverified/h")]


def test_a_boundary_day_has_a_hinge_of_its_own():
    start = event("in_force", "2025-01-01")
    hinged = event("suspended", "2025-03-01", through="2025-03-31", hinge="h", boundary="h.day")
    assert shown((start, hinged))[2:] == [
        ("2025-03-01", "suspended"),
        ("2025-03-31", "unverified/h.day"),
        ("2025-04-01", "unverified/h"),
    ]
    one_day = event("suspended", "2025-03-31", through="2025-03-31", hinge="h", boundary="h.day")
    assert shown((start, one_day))[2:] == [("2025-03-31", "unverified/h.day"), ("2025-04-01", "unverified/h")]


def test_suspended_before_its_start_an_article_is_not_yet_then_suspended_then_as_if_started():
    start = event("in_force", "2025-12-01")
    pause = event("suspended", "2025-11-07", through="2026-11-10", then="in_force")
    assert shown((start, pause)) == [
        ("ever", "not_yet"),
        ("2025-12-01", "suspended"),
        ("2026-11-11", "in_force"),
    ]
    early = event("suspended", "2025-11-07", through="2025-11-20", hinge="h")
    assert shown((start, early)) == [("ever", "not_yet"), ("2025-12-01", "unverified/h")]
    over = event("suspended", "2025-11-07", through="2025-11-20", then="in_force")
    assert shown((start, over)) == [("ever", "not_yet"), ("2025-12-01", "in_force")]


def test_repeated_pauses_replace_the_hinge_of_the_one_before():
    start = event("in_force", "2025-01-01")
    pauses = (
        event("suspended", "2025-05-14", "2025-05-14", through="2025-08-11", hinge="p1"),
        event("suspended", "2025-08-12", "2025-08-12", through="2025-11-09", hinge="p2"),
        event("suspended", "2025-11-10", "2025-11-10", through="2026-11-09", hinge="p3"),
    )
    assert shown((start, *pauses), day("2025-08-11"))[2:] == [
        ("2025-05-14", "suspended"),
        ("2025-08-12", "unverified/p1"),
    ]
    assert shown((start, *pauses), day("2025-08-12"))[2:] == [
        ("2025-05-14", "suspended"),
        ("2025-11-10", "unverified/p2"),
    ]
    assert shown((start, *pauses))[2:] == [("2025-05-14", "suspended"), ("2026-11-10", "unverified/p3")]


def test_a_longer_pause_replaces_the_boundary_day_too():
    start = event("in_force", "2025-01-01")
    first = event("suspended", "2025-11-07", through="2026-11-10", hinge="h", boundary="h.day")
    longer = event("suspended", "2026-11-10", through="2027-11-10", hinge="k")
    assert shown((start, first, longer))[2:] == [("2025-11-07", "suspended"), ("2027-11-11", "unverified/k")]


def test_a_pause_that_comes_after_a_gap_leaves_the_gap_unconfirmed():
    start = event("in_force", "2025-01-01")
    first = event("suspended", "2025-03-01", through="2025-03-31", hinge="h")
    second = event("suspended", "2025-05-01", through="2025-05-31", then="in_force")
    assert shown((start, first, second))[2:] == [
        ("2025-03-01", "suspended"),
        ("2025-04-01", "unverified/h"),
        ("2025-05-01", "suspended"),
        ("2025-06-01", "in_force"),
    ]


def test_resumed_ends_a_pause_early_or_settles_a_hinge():
    start = event("in_force", "2025-01-01")
    pause = event("suspended", "2025-03-01", through="2025-12-31", hinge="h")
    assert shown((start, pause, event("resumed", "2025-06-01")))[2:] == [
        ("2025-03-01", "suspended"),
        ("2025-06-01", "in_force"),
    ]
    assert shown((start, pause, event("resumed", "2026-02-01")))[3:] == [
        ("2026-01-01", "unverified/h"),
        ("2026-02-01", "in_force"),
    ]


def test_repealed_while_suspended_stays_repealed():
    start = event("in_force", "2025-01-01")
    pause = event("suspended", "2025-05-14", through="2025-08-11", hinge="h")
    assert shown((start, pause, event("repealed", "2025-08-12")))[2:] == [
        ("2025-05-14", "suspended"),
        ("2025-08-12", "repealed"),
    ]
    assert shown((start, pause, event("repealed", "2025-06-01")))[2:] == [
        ("2025-05-14", "suspended"),
        ("2025-06-01", "repealed"),
    ]


def test_the_later_published_of_two_acts_on_one_day_stands():
    start = event("in_force", "2025-01-01")
    both = (event("suspended", "2025-06-01", "2025-05-02"), event("resumed", "2025-06-01", "2025-05-20"))
    assert (
        shown((start, *both))[1:] == [("2025-01-01", "in_force")]
        or shown((start, *both))[-1][1] == "in_force"
    )
    assert shown((start, *both), day("2025-05-19"))[-1] == ("2025-06-01", "suspended")


def test_the_order_of_writing_changes_nothing():
    events = [
        event("in_force", "2025-01-01"),
        event("suspended", "2025-03-01", "2025-02-02", through="2025-05-31", hinge="h", boundary="b"),
        event("suspended", "2025-06-10", "2025-06-02", through="2025-07-31", then="in_force"),
        event("repealed", "2026-01-01", "2025-09-09"),
    ]
    known = [day("2025-02-01") + timedelta(days=30 * n) for n in range(12)]
    assert [fold(events, k) for k in known] == [fold(events[::-1], k) for k in known]


def test_no_two_neighbours_are_alike_and_days_rise(law):
    for address, stretches in law.statuses.items():
        days = [s.first for s in stretches]
        assert days == sorted(set(days)), address
        pairs = [(a.status, a.by, a.hinge) for a in stretches]
        assert all(a != b for a, b in pairwise(pairs)), address


def test_a_suspension_that_ends_before_it_begins_is_refused():
    events = (
        event("in_force", "2025-01-01"),
        event("suspended", "2025-03-02", through="2025-03-01", hinge="h"),
    )
    with pytest.raises(BookError) as caught:
        fold(events, LATE, "x/1")
    problem = caught.value.problem
    assert (problem.what, problem.where, problem.found) == (
        "this suspension ends before it begins",
        "x/1",
        "2025-03-01",
    )
