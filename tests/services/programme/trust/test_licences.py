from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.services.programme.world import (
    APPROVER,
    AT,
    DAY,
    EXPORTER,
    OFFICER,
    STRANGER,
    USER,
    World,
    unmet,
)  # fmt: skip

from xenotime.core.errors import AccessError, BusyError, InputError, StateError
from xenotime.programme.organisation import Organisation
from xenotime.programme.trust.licence import Permit
from xenotime.services.programme.ports import Search
from xenotime.services.programme.trust import licences

LATER = AT + timedelta(days=10)


@pytest.fixture
def world(office, libraries):
    return World(replace(office, library=lambda _: libraries())).ready()


def get(world):
    with world.office.store.view() as look:
        return look.get(Permit, world.licence)


def act(world, verb, actor=APPROVER, reason="for a test"):
    return world.act(verb, number=world.licence, actor=actor, reason=reason)


def test_a_general_licence_runs_up_to_three_years_and_an_individual_one_up_to_one(world):
    general = get(world)
    assert (general.number, general.kind, general.valid_until) == (
        "XG-2026-0001",
        "general",
        date(2029, 11, 20),
    )
    single = world.license("individual_licence")
    assert (single.number, single.kind, single.valid_until) == (
        "XI-2026-0001",
        "individual",
        date(2027, 11, 20),
    )
    with world.office.store.view() as look:
        assert {c.id: c.grams for c in look.caps({"licence": single.number})} == {
            f"{single.number}/Dy": 8_000, f"{single.number}/Nd": 100_000,
        }  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "form"),
    [
        ("general_licence", {"valid_until": "2029-11-21"}),
        ("individual_licence", {"valid_until": "2027-11-21"}),
        ("general_licence", {"users": []}),
        ("individual_licence", {"users": ["EU", "XX"]}),
        ("general_licence", {"items": ""}),
        ("general_licence", {"grams": {}}),
    ],
)
def test_a_licence_beyond_its_bounds_is_not_issued(world, kind, form):
    with pytest.raises(InputError):
        world.license(kind, **form)


@pytest.mark.parametrize(("users", "says"), [(("MU",), "military track"), (("EX", "MU"), "military track")])
def test_a_general_licence_names_no_user_of_the_military_track(world, users, says):
    with pytest.raises(StateError, match=says):
        world.license(users=users)
    assert world.license("individual_licence", users=("MU",)).users == ("MU",)


def test_nobody_who_is_not_active_is_licensed(world):
    with world.office.store.change() as change:
        change.put(replace(change.hold(Organisation, "EU"), state="closed"))
    with pytest.raises(StateError, match="EU is closed"):
        world.license()


def test_a_suspended_licence_fits_nothing_until_it_is_reinstated(world):
    act(world, licences.suspend, OFFICER)
    assert unmet(world.decide()) == ["licence"]
    act(world, licences.reinstate)
    assert world.decide().answer == "allow"
    assert [c["state"] for c in get(world).changes] == ["suspended", "active"]


@pytest.mark.parametrize(("verb", "state"), [("revoke", "revoked"), ("surrender", "surrendered")])
def test_a_licence_that_is_gone_stays_gone(world, verb, state):
    assert act(world, getattr(licences, verb)).state == state
    for after in ("suspend", "reinstate", "revoke", "surrender"):
        with pytest.raises(StateError):
            act(world, getattr(licences, after))
    assert unmet(world.decide()) == ["licence"]


def test_a_change_needs_a_reason(world):
    with pytest.raises(StateError):
        act(world, licences.suspend, reason="")


@pytest.mark.parametrize(
    ("verb", "actor", "allowed"),
    [
        ("suspend", OFFICER, True), ("suspend", EXPORTER, False), ("revoke", OFFICER, False),
        ("surrender", EXPORTER, True), ("surrender", STRANGER, False), ("hold", EXPORTER, True),
        ("hold", USER, False),
    ],
)  # fmt: skip
def test_who_may_change_a_licence(world, verb, actor, allowed):
    if allowed:
        assert act(world, getattr(licences, verb), actor).state != "active"
    else:
        with pytest.raises(AccessError):
            act(world, getattr(licences, verb), actor)


def test_a_held_licence_gets_back_the_state_it_had(world):
    act(world, licences.hold, OFFICER)
    assert unmet(world.decide()) == ["licence"]
    assert act(world, licences.release, OFFICER).state == "active"
    act(world, licences.suspend, OFFICER)
    act(world, licences.hold, OFFICER)
    assert act(world, licences.release, OFFICER).state == "suspended"
    assert act(world, licences.release, OFFICER).state == "suspended"


def test_a_licence_that_is_gone_is_not_held_and_so_never_comes_back(world):
    act(world, licences.revoke)
    assert act(world, licences.hold, OFFICER).state == "revoked"
    with pytest.raises(StateError):
        act(world, licences.reinstate)


@pytest.mark.parametrize("kind", ["general_licence", "individual_licence"])
def test_a_licence_that_changed_since_it_was_weighed_is_weighed_again(world, kind):
    weighed = world.license(kind)
    with world.office.store.change() as change:
        licences.suspend(change, world.office, weighed.number, APPROVER, AT, "why")
    with pytest.raises(BusyError), world.office.store.change() as change:
        licences.used(change, weighed)


def test_two_shipments_that_were_weighed_at_once_do_not_both_use_an_individual_licence(world):
    weighed = world.license("individual_licence")
    with world.office.store.change() as change:
        assert licences.used(change, weighed).uses == 1
    with pytest.raises(BusyError), world.office.store.change() as change:
        licences.used(change, weighed)


def test_a_licence_that_was_revoked_while_held_stays_revoked(world):
    act(world, licences.hold, OFFICER)
    act(world, licences.revoke)
    assert act(world, licences.release, OFFICER).state == "revoked"


def test_expired_is_set_by_the_timer_and_counts_before_it(world):
    world.license(valid_until=str(LATER.date()))
    after = LATER + timedelta(days=1)
    verdict = world.decide(world.shipment(licence=world.licence, on=after.date()), at=after)
    assert unmet(verdict) == ["licence"]
    assert licences.standing(get(world), after) == "expired"
    assert (get(world).state, licences.expire(world.office, LATER)) == ("active", ())
    assert licences.expire(world.office, after) == (world.licence,)
    assert licences.expire(world.office, after) == ()
    assert get(world).state == "expired"


def test_an_amendment_changes_grams_and_shortens_but_nothing_key(world):
    def amend(**form):
        case = world.case("amendment", "EX", form, subject=world.licence)
        with world.office.store.change() as change:
            return licences.amend(change, world.office, case, APPROVER, AT)

    assert amend(grams={"Dy": 9}, valid_until=str(DAY)).grams == {"Dy": 9, "Nd": 100_000}
    with world.office.store.view() as look:
        assert {c.id: c.grams for c in look.caps({"licence": world.licence})}[f"{world.licence}/Dy"] == 9
    with pytest.raises(StateError):
        amend(grams={"Tb": 9})
    with pytest.raises(StateError):
        amend(valid_until="2029-12-31")


def test_exporter_and_named_user_see_a_licence_and_others_do_not(world):
    assert licences.view(world.office, EXPORTER, world.licence) == licences.view(
        world.office, USER, world.licence
    )
    for number in (world.licence, "XG-2026-0999"):
        with pytest.raises(AccessError):
            licences.view(world.office, STRANGER, number)
    assert [p.number for p in licences.find(world.office, EXPORTER, Search({})).items] == [world.licence]
    assert [p.number for p in licences.find(world.office, USER, Search({"users": "EU"})).items] == [
        world.licence
    ]
    assert licences.find(world.office, STRANGER, Search({})).items == ()
