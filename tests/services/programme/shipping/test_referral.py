from __future__ import annotations

from dataclasses import replace

import pytest
from tests.services.programme.world import AT, OFFICER, World, unmet

from xenotime.core.errors import StateError
from xenotime.programme.casework.case import Condition
from xenotime.programme.shipping.shipment import Verdict
from xenotime.services.programme.casework import cases
from xenotime.services.programme.shipping import referral
from xenotime.services.programme.trust import certificates

ODD = Condition("Q1", "holder", "guess", "", "", "shipment", "refuse", "says")


@pytest.fixture
def world(office, libraries):
    made = World(replace(office, library=lambda _: libraries())).settle()
    made.certify(conditions=(ODD,))
    made.license()
    return made


def answer(world, verdict, says, case=""):
    which = case or verdict.case
    with world.office.store.change() as change:
        return referral.answered(change, world.office, verdict.id, says, OFFICER, AT, "looked at", which)


def get(world, key):
    with world.office.store.view() as look:
        return look.get(Verdict, key)


def held(world):
    with world.office.store.view() as look:
        return {c.id: c.held for c in look.caps({"certificate": world.number}) if c.held}


def test_a_person_who_allows_a_doubt_reserves_the_grams_then(world):
    asked = world.decide()
    assert (asked.answer, held(world)) == ("refer", {})
    made = answer(world, asked, "allow")
    assert (made.answer, made.state, made.case, made.held) == (
        "allow",
        "reserved",
        asked.case,
        {"Dy": 1000, "Nd": 9000},
    )
    assert held(world) == {f"{world.number}/Dy/2026": 1000, f"{world.number}/Nd/2026": 9000}
    old = get(world, asked.id)
    assert (old.answer, old.reasons, old.state, old.next) == ("refer", asked.reasons, "answered", made.id)
    assert get(world, made.id) == made


def test_a_referral_is_answered_once(world):
    asked = world.decide()
    answer(world, asked, "allow")
    for says in ("allow", "refuse"):
        with pytest.raises(StateError):
            answer(world, asked, says)


@pytest.mark.parametrize("says", ["allow", "refuse"])
def test_no_other_case_answers_a_referral(world, says):
    asked = world.decide()
    with pytest.raises(StateError, match="case of its referral"):
        answer(world, asked, says, "C-1")
    assert (get(world, asked.id).state, held(world)) == ("none", {})


def test_a_person_may_refuse(world):
    made = answer(world, world.decide(), "refuse")
    assert (made.answer, made.state, unmet(made), held(world)) == ("refuse", "none", ["person"], {})


def test_nobody_allows_what_is_plainly_not_met(world):
    asked = world.decide()
    world.act(certificates.suspend)
    with pytest.raises(StateError, match="is suspended"):
        answer(world, asked, "allow")
    assert (get(world, asked.id).state, held(world)) == ("none", {})


def test_nobody_allows_more_than_a_cap_has_free(world):
    asked = world.decide(world.shipment({"Dy": 8001}))
    with pytest.raises(StateError, match="8000 g free"):
        answer(world, asked, "allow")
    assert (get(world, asked.id).state, held(world)) == ("none", {})


def test_an_allowed_shipment_waits_for_no_answer(office, libraries):
    world = World(replace(office, library=lambda _: libraries())).ready()
    with pytest.raises(StateError):
        answer(world, world.decide(), "allow")


def test_the_officer_answers_through_the_notice_case(world):
    asked = world.decide()
    case = cases.fire(world.office, OFFICER, asked.case, "allow", AT, {"reason": "the doubt is settled"})
    old = get(world, asked.id)
    assert (case.state, old.state, get(world, old.next).answer) == ("allowed", "answered", "allow")
