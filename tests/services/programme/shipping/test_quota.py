from __future__ import annotations

import json
from dataclasses import replace

import pytest
from tests.services.programme.world import AT, EXPORTER, OFFICER, STRANGER, USER, World

from xenotime.core.errors import AccessError, InputError, StateError
from xenotime.programme.access import Actor
from xenotime.programme.shipping.quota import LARGEST, Cap
from xenotime.services.programme.shipping import quota

SET = Actor("P9", "approver")
OTHER = Actor("P8", "approver")
AUDITOR = Actor("D1", "auditor")


@pytest.fixture
def world(office, libraries):
    return World(replace(office, library=lambda _: libraries())).ready()


def flat(nodes, depth=0):
    return [pair for n in nodes for pair in [(depth, n.cap.id), *flat(n.parts, depth + 1)]]


def test_caps_nest_under_the_narrowest_they_lie_in():
    caps = [
        Cap("site", 5, element="Dy", organisation="O1", site="S1", year=2026),
        Cap("year", 9, element="Dy", year=2026),
        Cap("mine", 7, element="Dy", organisation="O1", year=2026),
        Cap("land", 8, country="DE"),
        Cap("two", 3, organisation="O1"),
    ]
    assert flat(quota.nested(caps)) == [(0, "land"), (0, "two"), (0, "year"), (1, "mine"), (2, "site")]
    assert flat(quota.nested([])) == []


def test_the_same_levels_twice_are_two_roots():
    assert flat(quota.nested([Cap("b", 1, element="Dy"), Cap("a", 2, element="Dy")])) == [(0, "a"), (0, "b")]


def test_a_cap_is_set_by_approvers_only_and_logged(world):
    for actor in (OFFICER, EXPORTER, AUDITOR):
        with pytest.raises(AccessError):
            quota.set_cap(world.office, actor, Cap("year", 5, element="Dy", year=2026), AT)
    made = quota.set_cap(world.office, SET, Cap("year", 5, element="Dy", year=2026, used=4), AT)
    assert made == Cap("year", 5, element="Dy", year=2026)
    with world.office.store.view() as view:
        said = [json.loads(body) for _, body in view.events(subject="year")]
    assert [(e["kind"], e["actor"], e["data"]) for e in said] == [
        (
            "quota.bounded",
            "approver:P9",
            {"grams": 5, "closed": False, "excess": 0, "element": "Dy", "year": 2026},
        )
    ]


def test_one_person_lowers_what_was_granted_and_raises_it_never(world):
    for name, level in ((f"{world.number}/Dy/2026", "certificate"), (f"{world.licence}/Dy", "licence")):
        with world.office.store.view() as view:
            (cap,) = view.caps({"id": name})
        assert quota.set_cap(world.office, SET, replace(cap, grams=cap.grams - 1), AT).grams == cap.grams - 1
        assert quota.set_cap(world.office, SET, replace(cap, grams=cap.grams - 1, closed=True), AT).closed
        with pytest.raises(StateError, match="one person"):
            quota.set_cap(world.office, SET, replace(cap, grams=cap.grams - 1), AT)
        assert getattr(cap, level)


def test_a_rise_of_a_wide_cap_takes_two_persons_who_give_the_same(world):
    wide = Cap("year", 5, element="Dy")
    more = replace(wide, grams=9)

    def bound(actor, cap):
        return quota.set_cap(world.office, actor, cap, AT).bound

    assert bound(SET, wide) == 5
    assert [bound(who, more) for who in (SET, SET, Actor(SET.id, "approver", body="other"))] == [5, 5, 5]
    assert bound(OTHER, replace(more, grams=8)) == 5
    assert bound(OTHER, more) == 9
    with world.office.store.view() as view:
        said = [json.loads(body) for _, body in view.events(subject="year")]
    assert [(e["kind"].partition(".")[2], e["actor"], e["data"]["grams"]) for e in said] == [
        ("bounded", "approver:P9", 5), ("proposed", "approver:P9", 9),
        ("proposed", "approver:P8", 8), ("bounded", "approver:P8", 9),
    ]  # fmt: skip


def test_one_person_lowers_and_closes_a_wide_cap_and_a_rise_after_it_is_proposed_afresh(world):
    wide = Cap("year", 9, element="Dy")
    quota.set_cap(world.office, SET, wide, AT)
    assert quota.set_cap(world.office, SET, replace(wide, grams=11), AT).bound == 9
    assert quota.set_cap(world.office, SET, replace(wide, grams=4), AT).bound == 4
    assert quota.set_cap(world.office, OTHER, replace(wide, grams=11), AT).bound == 4
    assert quota.set_cap(world.office, SET, replace(wide, closed=True), AT).bound == 0
    assert [quota.set_cap(world.office, who, wide, AT).bound for who in (SET, OTHER)] == [0, 9]


def test_a_proposal_of_what_cannot_be_is_refused_at_once(world):
    quota.set_cap(world.office, SET, Cap("year", 5, element="Dy"), AT)
    with pytest.raises(InputError):
        quota.set_cap(world.office, SET, Cap("year", LARGEST + 1, element="Dy"), AT)
    with pytest.raises(StateError):
        quota.set_cap(world.office, SET, Cap("year", 6, element="Tb"), AT)


def test_a_profile_may_ask_for_one_person_or_three(world):
    wide = Cap("year", 5, element="Dy")
    quota.set_cap(world.office, SET, wide, AT)

    def asking(number):
        own = world.office.profile
        names = ("civil.persons.quota", "military.persons.quota")
        lines = {**own.lines, **{n: replace(own.lines[n], value=number) for n in names}}
        return replace(world.office, profile=replace(own, lines=lines))

    assert quota.set_cap(asking(1), SET, replace(wide, grams=6), AT).bound == 6
    three = [SET, OTHER, Actor("P7", "approver")]
    assert [quota.set_cap(asking(3), who, replace(wide, grams=7), AT).bound for who in three] == [6, 6, 7]


def test_a_cap_binds_something_and_keeps_its_levels(world):
    with pytest.raises(InputError):
        quota.set_cap(world.office, SET, Cap("all", 5), AT)
    quota.set_cap(world.office, SET, Cap("year", 5, element="Dy"), AT)
    with pytest.raises(StateError):
        quota.set_cap(world.office, SET, Cap("year", 5, element="Tb"), AT)


def test_a_cap_lowered_under_its_use_is_shown(world):
    world.decide()
    quota.set_cap(world.office, SET, Cap("year", 5_000, element="Dy"), AT)
    world.decide()
    low = quota.set_cap(world.office, SET, Cap("year", 400, element="Dy"), AT)
    assert (low.held, low.excess) == (1_000, 600)
    assert [cap.id for cap in quota.overview(world.office, OFFICER).over] == ["year"]
    assert quota.proof(world.office, AUDITOR) == ()


def test_an_applicant_sees_the_own_caps_and_the_common_ones(world):
    quota.set_cap(world.office, SET, Cap("year", 5, element="Dy"), AT)
    quota.set_cap(world.office, SET, Cap("theirs", 5, organisation="XX"), AT)
    mine = {name for _, name in flat(quota.overview(world.office, USER, "EU").roots)}
    theirs = {name for _, name in flat(quota.overview(world.office, STRANGER, "XX").roots)}
    assert {"year", f"{world.number}/Dy/2026"} <= mine
    assert "theirs" not in mine
    assert theirs == {"year", "theirs"}
    assert f"{world.licence}/Dy" in mine
    for organisation in ("EU", ""):
        with pytest.raises(AccessError):
            quota.overview(world.office, STRANGER, organisation)


def test_the_lines_of_a_cap_are_read_by_whom_it_concerns(world):
    world.decide()
    name = f"{world.number}/Dy/2026"
    for actor in (OFFICER, USER):
        assert [e.kind for e in quota.entries(world.office, actor, name)] == ["bound", "reserve"]
    assert quota.entries(world.office, EXPORTER, f"{world.licence}/Dy") != ()
    with pytest.raises(AccessError):
        quota.entries(world.office, USER, f"{world.licence}/Dy")
    with pytest.raises(AccessError):
        quota.entries(world.office, STRANGER, name)
    with pytest.raises(AccessError):
        quota.entries(world.office, STRANGER, "no such cap")


def test_the_proof_finds_a_counter_that_was_changed_by_hand(world):
    world.decide()
    with world.office.store.change() as change:
        change.connection.exec_driver_sql("UPDATE quota_cap SET held = held + 1")
    assert {fault.rule for fault in quota.proof(world.office, AUDITOR)} == {"counter"}
    with pytest.raises(AccessError):
        quota.proof(world.office, USER)
