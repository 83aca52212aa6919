from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.services.programme.world import APPROVER, AT, CUSTOMS, EXPORTER, MAGNET, OFFICER, STRANGER, World

from xenotime.core.errors import AccessError, InputError, RepeatError, StateError
from xenotime.programme import read
from xenotime.programme.access import Actor
from xenotime.programme.organisation import Organisation
from xenotime.programme.shipping.shipment import Item, Verdict
from xenotime.programme.trust.licence import Permit
from xenotime.services.programme.shipping import settling
from xenotime.services.programme.trust import certificates, licences

LATER = AT + timedelta(days=1)


@pytest.fixture
def world(office, libraries):
    return World(replace(office, library=lambda _: libraries())).ready()


@pytest.fixture
def free(office, libraries):
    """A world whose civil track needs no exporter's licence."""
    profile = read.profiles()["veu"]
    made = World(replace(office, profile=profile, library=lambda _: libraries())).settle()
    made.certify()
    return made


def cap(world, name=""):
    with world.office.store.view() as look:
        found = next(c for c in look.caps() if c.id == (name or f"{world.number}/Dy/2026"))
    return found.held, found.used


def settle(world, verdict, act, key="s1", at=AT, actor=EXPORTER, **more):
    return settling.settle(world.office, actor, verdict.id, act, key, at, **more)


def test_a_commit_turns_what_was_held_into_use(world):
    verdict = world.decide()
    assert cap(world) == (1000, 0)
    done = settle(world, verdict, "commit")
    assert (done.state, done.committed, cap(world)) == ("committed", {"Dy": 1000, "Nd": 9000}, (0, 1000))


def test_less_than_was_held_may_leave_and_the_rest_is_free(world):
    done = settle(world, world.decide(), "commit", grams={"Dy": 400})
    assert (done.committed, cap(world)) == ({"Dy": 400, "Nd": 9000}, (0, 400))


@pytest.mark.parametrize("grams", [{"Dy": 1001}, {"Dy": -1}, {"Tb": 1}, {"Dy": 1.5}, {"Dy": True}])
def test_more_or_other_than_was_held_cannot_be_committed(world, grams):
    with pytest.raises(InputError):
        settle(world, world.decide(), "commit", grams=grams)
    assert cap(world) == (1000, 0)


def test_lots_that_cannot_be_told_apart_are_committed_whole(world):
    lots = (Item(MAGNET, {"Dy": 300}, "L1"), Item(MAGNET, {"Dy": 300}, "L2"))
    verdict = world.decide(world.shipment(items=lots))
    with pytest.raises(InputError, match="lots"):
        settle(world, verdict, "commit", grams={"Dy": 500})
    assert settle(world, verdict, "commit", grams={"Dy": 600}).committed == {"Dy": 600}


def test_a_release_frees_everything_once(world):
    verdict = world.decide()
    assert settle(world, verdict, "release").state == "released"
    assert cap(world) == (0, 0)
    with pytest.raises(StateError):
        settle(world, verdict, "commit", "s2")
    with pytest.raises(StateError):
        settle(world, verdict, "release", "s3")
    assert cap(world) == (0, 0)


def test_the_same_key_gives_the_same_answer_and_another_content_is_refused(world):
    verdict = world.decide()
    first = settle(world, verdict, "commit")
    assert settle(world, verdict, "commit") == first
    with pytest.raises(RepeatError):
        settle(world, verdict, "release")
    assert cap(world) == (0, 1000)


def test_only_those_concerned_and_customs_may_settle(world):
    verdict = world.decide()
    for actor in (STRANGER, OFFICER, APPROVER, Actor("p", "public")):
        with pytest.raises(AccessError):
            settle(world, verdict, "commit", actor=actor)
    assert settle(world, verdict, "commit", actor=CUSTOMS).state == "committed"


def test_an_unknown_act_is_refused(world):
    with pytest.raises(InputError):
        settle(world, world.decide(), "reverse")


# ---- suspension ----------------------------------------------------------------------------
def test_while_suspended_nothing_is_committed_what_was_held_stays_and_can_be_released(world):
    held, other = world.decide(), world.decide()
    world.act(certificates.suspend, actor=OFFICER)
    with pytest.raises(StateError, match="suspended"):
        settle(world, held, "commit")
    assert cap(world) == (2000, 0)
    assert settle(world, other, "release", "s2").state == "released"
    world.act(certificates.reinstate)
    assert settle(world, held, "commit", "s3").state == "committed"
    assert cap(world) == (0, 1000)


def test_what_was_held_under_a_licence_that_stopped_can_only_be_released(world):
    held, other = world.decide(), world.decide()
    world.act(licences.suspend, actor=APPROVER, number=world.licence)
    with pytest.raises(StateError, match="suspended"):
        settle(world, held, "commit")
    assert settle(world, other, "release", "s2").state == "released"
    world.act(licences.reinstate, number=world.licence)
    assert settle(world, held, "commit", "s3").state == "committed"
    third = world.decide()
    world.act(licences.revoke, number=world.licence)
    with pytest.raises(StateError, match="revoked"):
        settle(world, third, "commit", "s4")
    assert cap(world) == (1000, 1000)


def test_what_a_track_held_without_a_licence_leaves_only_while_the_track_needs_none(free):
    held, other = free.decide(), free.decide()
    assert held.licence == ""
    assert settle(free, held, "commit").state == "committed"
    with free.office.store.change() as change:
        change.put(replace(change.hold(Organisation, "EU"), track="military"))
    with pytest.raises(StateError, match="track"):
        settle(free, other, "commit", "s2")
    assert settle(free, other, "release", "s3").state == "released"


def test_what_was_held_under_a_revoked_certificate_can_only_be_released(world):
    held = world.decide()
    world.act(certificates.revoke)
    with pytest.raises(StateError, match="revoked"):
        settle(world, held, "commit")
    assert settle(world, held, "release").state == "released"


# ---- expiry --------------------------------------------------------------------------------
def test_an_overdue_reservation_is_freed_once(world):
    verdict = world.decide()
    assert settling.expire(world.office, verdict.expires - timedelta(seconds=1)) == ()
    assert settling.expire(world.office, verdict.expires + timedelta(seconds=1)) == (verdict.id,)
    assert settling.expire(world.office, verdict.expires + timedelta(days=9)) == ()
    assert cap(world) == (0, 0)
    with world.office.store.view() as look:
        assert look.get(Verdict, verdict.id).state == "expired"


def test_what_is_held_under_a_suspended_certificate_still_expires(world):
    verdict = world.decide()
    world.act(certificates.suspend)
    assert settling.expire(world.office, verdict.expires + timedelta(seconds=1)) == (verdict.id,)


def test_after_the_end_nothing_is_committed(world):
    verdict = world.decide()
    with pytest.raises(StateError):
        settle(world, verdict, "commit", at=verdict.expires + timedelta(seconds=1))


def test_a_reservation_lasts_ten_days_from_the_day_of_export(world):
    verdict = world.decide(world.shipment(on=AT.date() + timedelta(days=20)))
    assert verdict.expires == AT + timedelta(days=30)


# ---- licences ------------------------------------------------------------------------------
def uses(world):
    with world.office.store.view() as look:
        found = look.get(Permit, world.licence)
    return found.uses, found.state


def test_an_individual_licence_is_for_one_shipment(world):
    world.license("individual_licence")
    asked = world.shipment(licence=world.licence)
    verdict = world.decide(asked)
    assert (verdict.answer, uses(world)) == ("allow", (1, "active"))
    second = world.decide(asked)
    assert (second.answer, [r.says for r in second.reasons if r.check == "licence"]) == (
        "refuse", [f"licence {world.licence} does not fit: used"],
    )  # fmt: skip
    settle(world, verdict, "release")
    assert uses(world) == (0, "active")
    settle(world, world.decide(asked), "commit", "s2")
    assert uses(world) == (1, "exhausted")


def test_a_general_licence_is_exhausted_when_nothing_of_it_is_left(world):
    world.license(grams={"Dy": 1000, "Nd": 9000})
    asked = world.shipment(licence=world.licence)
    verdict = world.decide(asked)
    assert uses(world) == (0, "active")
    settle(world, verdict, "commit")
    assert uses(world) == (0, "exhausted")
    assert world.decide(asked).answer == "refuse"


# ---- corrections ---------------------------------------------------------------------------
def committed(world):
    verdict = world.decide()
    settle(world, verdict, "commit")
    return verdict.id


def test_a_correction_needs_two_persons(world):
    key = committed(world)
    asked = settling.correct(world.office, CUSTOMS, key, {"Dy": -100}, "weighed again", LATER)
    assert (asked.corrections[0].state, cap(world)) == ("asked", (0, 1000))
    with pytest.raises(AccessError):
        settling.confirm(world.office, CUSTOMS, key, LATER, ok=True)
    done = settling.confirm(world.office, APPROVER, key, LATER, ok=True)
    assert (done.committed["Dy"], done.corrections[0].state, cap(world)) == (900, "done", (0, 900))


def test_nobody_confirms_the_own_correction(world):
    key = committed(world)
    with world.office.store.change() as change:
        held = change.hold(Verdict, key)
        own = settling.Correction("c1", {"Dy": -1}, "why", APPROVER.sign, AT)
        change.put(replace(held, corrections=(own,)))
    with pytest.raises(StateError):
        settling.confirm(world.office, APPROVER, key, LATER, ok=True)


def test_a_refused_correction_changes_nothing(world):
    key = committed(world)
    settling.correct(world.office, EXPORTER, key, {"Dy": 100}, "more", LATER)
    done = settling.confirm(world.office, APPROVER, key, LATER, ok=False)
    assert (done.committed["Dy"], done.corrections[0].state, cap(world)) == (1000, "refused", (0, 1000))


def test_a_reversal_takes_the_whole_commit_back(world):
    key = committed(world)
    settling.correct(world.office, CUSTOMS, key, {}, "never left", LATER)
    done = settling.confirm(world.office, APPROVER, key, LATER, ok=True)
    assert (done.state, done.committed, cap(world)) == ("reversed", {}, (0, 0))


def test_what_left_of_several_lots_is_only_reversed_whole(world):
    lots = (Item(MAGNET, {"Dy": 300}, "L1"), Item(MAGNET, {"Dy": 300, "Nd": 9}, "L2"))
    key = settle(world, world.decide(world.shipment(items=lots)), "commit").id
    with pytest.raises(InputError, match="lot"):
        settling.correct(world.office, CUSTOMS, key, {"Dy": -1}, "weighed again", LATER)
    assert settling.correct(world.office, CUSTOMS, key, {}, "never left", LATER).corrections[0].grams == {}


def test_a_correction_never_passes_a_cap(world):
    key = committed(world)
    settling.correct(world.office, CUSTOMS, key, {"Dy": 9001}, "more", LATER)
    with pytest.raises(StateError):
        settling.confirm(world.office, APPROVER, key, LATER, ok=True)
    assert cap(world) == (0, 1000)


@pytest.mark.parametrize(
    ("grams", "reason"), [({"Dy": -1001}, "x"), ({"Tb": 1}, "x"), ({"Dy": 0}, "x"), ({}, " ")]
)
def test_a_correction_is_of_what_left_and_has_a_reason(world, grams, reason):
    with pytest.raises(InputError):
        settling.correct(world.office, CUSTOMS, committed(world), grams, reason, LATER)


def test_one_correction_at_a_time_and_only_of_what_left(world):
    verdict = world.decide()
    with pytest.raises(StateError):
        settling.correct(world.office, CUSTOMS, verdict.id, {"Dy": 1}, "x", LATER)
    settle(world, verdict, "commit")
    settling.correct(world.office, CUSTOMS, verdict.id, {"Dy": -1}, "x", LATER)
    with pytest.raises(StateError):
        settling.correct(world.office, CUSTOMS, verdict.id, {"Dy": -1}, "x", LATER)
    settling.confirm(world.office, APPROVER, verdict.id, LATER, ok=True)
    with pytest.raises(StateError):
        settling.confirm(world.office, APPROVER, verdict.id, LATER, ok=True)
