from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from xenotime.law.answer import Coverage, Outcome
from xenotime.report.digest import dates_ahead, listed, moved, open_hinges, planned, task
from xenotime.report.words import LANGUAGES, load


def leg_of(sample, outcome):
    return next(leg for leg in sample.legs if leg.explanation.outcome is outcome)


@pytest.fixture
def coming(sample):
    """The portfolio with its first twenty legs still to move."""
    first = tuple(replace(leg, status="planned") for leg in sample.legs[:20])
    return replace(sample, legs=(*first, *sample.legs[20:]))


def test_every_leg_is_in_one_line(coming):
    lines = (*planned(coming), *moved(coming))
    free = [leg for leg in coming.legs if leg.status != "planned" and task(leg) in ("go", "covered")]
    assert sum(len(line.legs) for line in lines) + len(free) == len(coming.legs)


def test_the_gravest_comes_first_and_each_key_has_words(coming):
    assert planned(coming)[0].key == "stop"
    for words in map(load, LANGUAGES):
        assert "" not in [words(f"task.{line.key}") for line in planned(coming)]
        assert "" not in [words(f"was.{line.key}") for line in moved(coming)]


def test_a_licence_that_covers_changes_what_is_asked(sample):
    leg = leg_of(sample, Outcome.PRESUMED_DENIED)
    held = (Coverage("GL-1", "general", True),)
    covered = replace(leg, explanation=replace(leg.explanation, coverage=held))
    assert (task(leg), task(covered)) == ("apply", "covered")


def test_a_line_names_its_shipments_by_day(coming):
    line = planned(coming)[0]
    assert [leg.on for leg in line.legs] == sorted(leg.on for leg in line.legs)
    assert line.usual is Outcome.PROHIBITED


def test_hinges_count_the_answers_in_every_branch(sample):
    (hinge,) = open_hinges(sample.legs, sample.ahead)
    ships = {leg.shipment for leg in sample.legs if leg.explanation.outcome is Outcome.UNVERIFIED}
    assert (hinge.hinge, hinge.default, set(hinge.shipments)) == ("cn/mofcom-2025-70", "revived", ships)
    assert [(branch.name, branch.counts) for branch in hinge.branches] == [
        ("extended", ((Outcome.NOT_CONTROLLED, 7),)),
        ("revived", ((Outcome.LICENCE, 7),)),
    ]
    assert hinge.asks.startswith("First day after")


def test_a_party_is_named_once_with_all_its_shipments(sample):
    ((hit, ships),) = listed(sample)
    wanted = [leg.shipment for leg in sample.legs if leg.hits]
    assert (hit.party_name, list(ships)) == ("Echodyne", list(dict.fromkeys(wanted)))


def test_dates_ahead_are_ahead_and_leave_hinges_to_their_table(sample):
    assert [each.address for each in dates_ahead(sample)] == ["GL-1"]
    later = replace(sample, known=date(2026, 11, 30) + timedelta(days=1))
    assert dates_ahead(later) == ()
