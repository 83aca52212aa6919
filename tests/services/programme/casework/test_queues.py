"""The work as it stands: counts, what is late, my own, and advice on many light cases at once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from xenotime.core.errors import AccessError, InputError
from xenotime.programme.casework.case import Case
from xenotime.services.programme.casework import cases, queues
from xenotime.services.programme.parties import tracks


def test_the_overview_counts_open_cases_and_names_what_is_late(town):
    first = town.applied(town.registered())
    second = town.register("Ashgrove Pumps KG", account="A2")
    queues.assign(town.office, town.officer, first.id, "F1", town.at)
    seen = queues.overview(town.office, town.officer, town.at)
    assert seen.states == {"draft": 1, "submitted": 1}
    assert seen.kinds == {"certificate": 1, "registration": 1}
    assert seen.tracks == {"civil": 2}
    assert seen.officers == {"": 1, "F1": 1}
    assert ([c.id for c in seen.mine], seen.unassigned, seen.late) == ([first.id], 1, ())
    late = queues.overview(town.office, town.officer, town.at + timedelta(days=60)).late
    assert [(c.id, days) for c, days in late] == [(first.id, 60 - (first.due - town.at.date()).days)]
    assert second.due is None


def test_only_the_authority_sees_its_work(town):
    for actor in (town.applicant, town.customs, town.operator):
        with pytest.raises(AccessError):
            queues.overview(town.office, actor, town.at)


def test_a_bulk_recommendation_advises_light_civil_cases_and_leaves_the_others(town):
    light = town.settle(town.applied(town.registered()))
    held = town.registered("Ashgrove Pumps KG", account="A2")
    strict = town.applied(held)
    tracks.switch(town.office, town.officer, held.id, "military", "a contract", town.at)
    flagged = town.applied(town.registered("Birchwood Fans AG", account="A3"))
    cases.flag(town.office, town.officer, flagged.id, "owners_unknown", "a trust", town.at)
    chosen = [light.id, strict.id, flagged.id, "C-2026-99999", light.id]
    bulk = queues.recommend(town.office, town.officer, chosen, "all in order", town.at)
    assert bulk.done == (light.id,)
    assert [key for key, _ in bulk.left] == [strict.id, flagged.id, "C-2026-99999"]
    assert [why for _, why in bulk.left][:2] == ["not on the civil track", "a flag stands"]
    with town.office.store.view() as view:
        advised = {key: view.get(Case, key) for key in (light.id, strict.id, flagged.id)}
    assert [len(c.advice) for c in advised.values()] == [1, 0, 0]
    assert advised[light.id].state == light.state


def test_a_bulk_recommendation_is_bounded_and_for_officials_only(town):
    with pytest.raises(InputError, match="too many"):
        queues.recommend(town.office, town.officer, ["x"] * (queues.MOST + 1), "r", town.at)
    for actor in (town.applicant, town.auditor):
        with pytest.raises(AccessError):
            queues.recommend(town.office, actor, [], "r", town.at)


def test_what_makes_a_case_light(town):
    case = town.applied(town.registered())
    said = [queues.light(c) for c in (case, cases.ask(town.office, town.officer, case.id, "why?", town.at))]
    assert said == ["", "a question is open"]
    assert queues.light(town.register("Ashgrove Pumps KG", account="A2")) == "not vetted"
