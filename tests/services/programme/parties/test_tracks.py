"""The track is decided by data, its switch is a decision of its own, and the way back takes two persons."""

from __future__ import annotations

from dataclasses import replace

import pytest

from xenotime.core.errors import AccessError, InputError, StateError
from xenotime.programme.casework.case import Finding
from xenotime.programme.profile import Line, Profile
from xenotime.seal.event import decode
from xenotime.services.programme.casework import cases
from xenotime.services.programme.parties import tracks
from xenotime.services.programme.people import organisations

EMPTY = Profile("p", "", "", "")


def military(town, answer):
    return Finding("f", "military", "stop", "a verdict", town.at, data={"answer": answer})


def events(town, subject, kind):
    with town.office.store.view() as view:
        found = [decode(leaf)[1] for _, leaf in view.events(subject=subject)]
    return [e for e in found if e.kind == kind]


@pytest.mark.parametrize(
    ("answer", "declared", "track"),
    [
        ("no", False, "civil"),
        ("unknown", False, "civil"),
        ("unknown", None, "civil"),
        ("yes", False, "military"),
        ("disputed", False, "military"),
        ("no", True, "military"),
    ],
)
def test_the_route_follows_from_verdict_and_declaration(town, answer, declared, track):
    assert tracks.route(EMPTY, [military(town, answer)], declared=declared).track == track


def test_a_line_of_the_profile_can_let_a_fact_pass(town):
    line = Line("track.military.verdict_disputed", value=False, says="", source="", confidence="M")
    profile = replace(EMPTY, lines={line.id: line})
    found = [tracks.route(p, [military(town, "disputed")], declared=False).track for p in (EMPTY, profile)]
    assert found == ["military", "civil"]


def test_a_mixed_group_goes_to_the_strict_track_by_its_own_declaration(town):
    case = town.register(defence_business=True)
    case = cases.fire(town.office, town.applicant, case.id, "submit", town.at)
    assert case.track == "military"
    assert organisations.view(town.office, town.officer, case.organisation).organisation.track == "military"
    assert [f.id for f in case.flags] == ["track_switched.1"]
    (switched,) = events(town, case.organisation, "organisation.track_switched")
    assert (switched.data["from"], switched.data["to"]) == ("civil", "military")
    assert "track.military.declared" in switched.data["lines"]


def test_one_person_switches_to_the_strict_track_and_open_cases_follow(town):
    held = town.registered()
    case = town.applied(held)
    after = tracks.switch(town.office, town.officer, held.id, "military", "a defence contract", town.at)
    assert after.track == "military"
    assert cases.view(town.office, town.officer, case.id, town.at).case.track == "military"
    with pytest.raises(StateError, match="already"):
        tracks.switch(town.office, town.officer, held.id, "military", "again", town.at)


def test_back_to_the_civil_track_takes_two_persons(town):
    held = town.registered()
    tracks.switch(town.office, town.officer, held.id, "military", "a defence contract", town.at)
    first = tracks.switch(town.office, town.officer, held.id, "civil", "the contract ended", town.at)
    assert (first.track, first.proposed) == ("military", town.officer.sign)
    with pytest.raises(AccessError, match="two persons"):
        tracks.switch(town.office, town.officer, held.id, "civil", "the contract ended", town.at)
    moved = replace(town.officer, role="approver")
    with pytest.raises(AccessError, match="two persons"):
        tracks.switch(town.office, moved, held.id, "civil", "the contract ended", town.at)
    after = tracks.switch(town.office, town.approver(), held.id, "civil", "seen the papers", town.at)
    assert (after.track, after.proposed) == ("civil", "")
    last = events(town, held.id, "organisation.track_switched")[-1]
    assert (last.actor, last.data["proposed_by"]) == ("approver:P-commerce", "officer:F1")


def test_a_switch_needs_its_reason_and_a_person_of_the_authority(town):
    held = town.registered()
    with pytest.raises(InputError):
        tracks.switch(town.office, town.officer, held.id, "military", "  ", town.at)
    with pytest.raises(InputError):
        tracks.switch(town.office, town.officer, held.id, "sideways", "why not", town.at)
    for actor in (town.applicant, town.auditor, town.customs, town.operator):
        with pytest.raises(AccessError):
            tracks.switch(town.office, actor, held.id, "military", "r", town.at)
