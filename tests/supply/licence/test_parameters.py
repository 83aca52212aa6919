from __future__ import annotations

from dataclasses import fields

from tests.fixtures.world import toy

from xenotime.evidence.draw import draw
from xenotime.supply.engine.run import Rules
from xenotime.supply.licence.parameters import WHOLE, uncertain

WORLD = toy()
MADE = uncertain(WORLD)


def test_waits_and_proof_are_drawn_by_destination_and_the_rest_once():
    assert [parameter.name for parameter in MADE.parameters] == [
        *(f"licence.lead.{where}" for where in ("US", "EU", "IN", "JP", "else")),
        *(f"licence.hold.{where}" for where in ("US", "EU", "IN", "JP", "else")),
        *WHOLE,
    ]
    assert [lever.parameter for lever in MADE.levers] == [parameter.name for parameter in MADE.parameters]
    assert {lever.target for lever in MADE.levers} == {"licence.lead", "licence.hold", *WHOLE}


def test_each_route_of_goods_has_one_wait_and_know_how_has_none():
    moved = [n for lever in MADE.levers if lever.target == "licence.lead" for n in lever.members]
    assert sorted(moved) == [n for n, route in enumerate(WORLD.routes) if not route.tech]


def test_the_share_held_for_proof_moves_only_for_magnets_that_are_not_listed():
    moved = {
        WORLD.routes[n].good for lever in MADE.levers if lever.target == "licence.hold" for n in lever.members
    }
    assert moved == {"magnet/ndfeb"}


def test_every_factor_says_its_claims_or_that_it_is_an_assumption():
    assert [p.name for p in MADE.parameters if not p.claims and not p.rule.startswith("assumption")] == []


def test_every_number_of_the_rules_of_behaviour_is_an_uncertain_input():
    numbers = {f"rules.{f.name}" for f in fields(Rules) if f.name != "rationing"}
    assert numbers == {name for name in WHOLE if name.startswith("rules.")}


def test_draw_0_changes_nothing():
    middle = draw(MADE.parameters, 1, 0, 1)[:, 0]
    assert abs(middle - 1.0).max() < 1e-9


def test_nothing_is_added_twice():
    assert uncertain(MADE) == MADE
