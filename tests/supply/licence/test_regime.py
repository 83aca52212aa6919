from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from xenotime.supply.licence.classes import WORDS
from xenotime.supply.licence.handling import Office
from xenotime.supply.licence.regime import Ruling, covers, regime
from xenotime.supply.scenario.scenario import Scenario, Turn
from xenotime.supply.world.network import Route

START = date(2025, 4, 1)
CIVIL = Route("CN>DE/metal/Dy/civil", "CN", "EU", "metal/Dy")
HEAVY = Route("CN>US/magnet/ndfeb-heavy/civil", "CN", "US", "magnet/ndfeb-heavy")
DEFENCE = Route("CN>US/metal/Dy/defence", "CN", "US", "metal/Dy", "defence")
PLAIN = Route("CN>US/magnet/ndfeb/civil", "CN", "US", "magnet/ndfeb")
SCENARIO = Scenario("x", "X", "says", START, 10, START)
LICENCE = (
    Ruling(CIVIL.id, START, "not_controlled"),
    Ruling(CIVIL.id, date(2025, 4, 4), "licence", "licence", "cn/mofcom-2025-18/1C905", "dysprosium"),
)


def row(handling, name, route):
    return getattr(handling, name)[handling.routes.index(route.id)].tolist()


def test_a_route_is_held_from_the_day_the_law_says():
    made = regime((CIVIL, PLAIN), LICENCE, SCENARIO)
    assert row(made, "hold", CIVIL) == [0, 0, 0, 1, 1, 1, 1, 1, 1, 1]
    assert row(made, "lead", CIVIL) == [0, 0, 0, *[63] * 7]
    assert row(made, "status", CIVIL) == [0, 0, 0, *[2] * 7]
    assert made.reason == (
        (CIVIL.id, 0, 3, "no article applies; no paper is needed"),
        (CIVIL.id, 3, 10, "dysprosium [cn/mofcom-2025-18/1C905]; 45 working days; 5 % refused (assumed)"),
    )


def test_a_route_without_a_ruling_is_free():
    made = regime((CIVIL, PLAIN), LICENCE, SCENARIO)
    assert [
        sum(row(made, name, PLAIN)) for name in ("hold", "fast", "lead", "refuse", "block", "status")
    ] == [0] * 6


def test_a_ruling_from_before_the_start_holds_from_the_first_day_and_one_after_the_end_not_at_all():
    made = regime(
        (CIVIL,),
        [Ruling(CIVIL.id, date(2024, 1, 1), "licence"), Ruling(CIVIL.id, date(2026, 1, 1), "prohibited")],
        SCENARIO,
    )
    assert (row(made, "hold", CIVIL), row(made, "block", CIVIL)) == ([1] * 10, [0] * 10)


def test_proof_apart_from_control_a_turn_holds_what_the_law_leaves_free():
    turn = Turn(date(2025, 4, 6), ("US",), ("magnet/ndfeb",), hold=0.76, lead=45.0, why="one customs code")
    held = Ruling(HEAVY.id, date(2025, 4, 4), "licence")
    made = regime((CIVIL, PLAIN, HEAVY), (*LICENCE, held), replace(SCENARIO, turns=(turn,)))
    assert row(made, "hold", PLAIN) == [0] * 5 + [0.76] * 5
    assert row(made, "status", PLAIN) == [0] * 10
    assert row(made, "hold", CIVIL) == [0, 0, 0, 1, 1, 1, 1, 1, 1, 1]
    assert made.reason[-1] == (
        PLAIN.id,
        5,
        10,
        "scenario from 2025-04-06: hold 0.76, lead 45; one customs code",
    )


def test_no_proof_is_asked_while_the_law_holds_nothing_of_the_kind_from_that_origin():
    turn = Turn(date(2025, 4, 2), goods=("magnet/ndfeb",), hold=0.76, lead=45.0, why="one customs code")
    proof = replace(SCENARIO, turns=(turn,))
    metal_alone = regime((CIVIL, PLAIN), LICENCE, proof)
    assert (row(metal_alone, "hold", PLAIN), row(metal_alone, "lead", PLAIN)) == ([0] * 10, [0] * 10)
    idle = "no proof is asked, as the law holds nothing of this kind"
    why = "scenario from 2025-04-02: hold 0.76, lead 45; one customs code"
    assert metal_alone.reason[-1] == (PLAIN.id, 1, 10, f"{idle}: {why}")
    elsewhere = replace(HEAVY, id="MY>US/magnet/ndfeb-heavy/civil", origin="MY")
    abroad = regime((elsewhere, PLAIN), [Ruling(elsewhere.id, START, "licence")], proof)
    assert row(abroad, "hold", PLAIN) == [0] * 10
    changes = [
        Ruling(HEAVY.id, START, "not_controlled"),
        Ruling(HEAVY.id, date(2025, 4, 4), "prohibited"),
        Ruling(HEAVY.id, date(2025, 4, 8), "report"),
    ]
    made = regime((HEAVY, PLAIN), changes, proof)
    assert row(made, "hold", PLAIN) == [0, 0, 0, *[0.76] * 4, 0, 0, 0]
    assert [(first, after, why[:8]) for route, first, after, why in made.reason if route == PLAIN.id] == [
        (1, 3, "no proof"),
        (3, 7, "scenario"),
        (7, 10, "no proof"),
    ]


def test_a_scenario_without_the_law_holds_what_its_turns_say():
    turn = Turn(START, goods=("magnet",), hold=0.5, why="assumed")
    made = regime((PLAIN,), (), replace(SCENARIO, law=False, turns=(turn,)))
    assert row(made, "hold", PLAIN) == [0.5] * 10


def test_a_later_turn_lies_over_an_earlier_one_and_leaves_what_it_does_not_name():
    turns = (
        Turn(date(2025, 4, 2), lead=70.0, sigma=0.4, why="a"),
        Turn(date(2025, 4, 8), lead=20.0, why="b"),
    )
    made = regime((CIVIL,), LICENCE, replace(SCENARIO, turns=turns))
    assert row(made, "lead", CIVIL) == [0, *[70] * 6, 20, 20, 20]
    assert row(made, "sigma", CIVIL) == [0, *[0.4] * 9]


def test_a_turn_before_the_start_holds_from_the_first_day():
    turn = Turn(date(2025, 1, 1), fast=0.5, why="standing licences")
    assert row(regime((CIVIL,), LICENCE, replace(SCENARIO, turns=(turn,))), "fast", CIVIL) == [0.5] * 10


@pytest.mark.parametrize(
    ("turn", "fitting"),
    [
        (Turn(START), [CIVIL, DEFENCE, PLAIN]),
        (Turn(START, buyers=("defence",)), [DEFENCE]),
        (Turn(START, destinations=("US",)), [DEFENCE, PLAIN]),
        (Turn(START, goods=("metal",)), [CIVIL, DEFENCE]),
        (Turn(START, origins=("JP",)), []),
    ],
)
def test_a_turn_speaks_of_the_routes_that_its_filters_fit(turn, fitting):
    tech = Route("CN>US/tech/magnet", "CN", "US", "tech/magnet", tech=True)
    assert [route for route in (CIVIL, DEFENCE, PLAIN, tech) if covers(turn, route)] == fitting


def test_certified_civil_buyers_pass_at_once_beside_those_who_did_already():
    turn = Turn(START, fast=0.5, why="standing licences")
    rulings = [
        Ruling(CIVIL.id, START, "licence"),
        Ruling(DEFENCE.id, START, "licence"),
        Ruling(PLAIN.id, START, "case_by_case"),
    ]
    made = regime((CIVIL, DEFENCE, PLAIN), rulings, replace(SCENARIO, certified=0.6, turns=(turn,)))
    assert [row(made, "fast", route)[0] for route in (CIVIL, DEFENCE, PLAIN)] == [0.8, 0.5, 0.5]
    says = "scenario: 60% of civil orders come from certified buyers and pass at once"
    assert made.reason[-1] == (CIVIL.id, 0, 10, says)


def test_what_the_law_leaves_open_is_handled_by_the_share_of_doubt_and_says_so():
    unsettled = [Ruling(CIVIL.id, START, "undetermined", "licence", "cn/mofcom-2025-61/1.2", "not known: x")]
    made = regime((CIVIL,), unsettled, replace(SCENARIO, doubt=0.25))
    assert (row(made, "hold", CIVIL)[0], row(made, "status", CIVIL)[0]) == (0.25, WORDS.index("undetermined"))
    assert made.reason[0][3].startswith(
        "not known: x [cn/mofcom-2025-61/1.2]; not settled (undetermined); 25% of it handled as licence"
    )


def test_an_office_is_there_only_when_the_scenario_describes_one():
    assert regime((CIVIL,), (), SCENARIO).office is None
    made = regime((CIVIL,), (), replace(SCENARIO, office={"officers": 20.0, "pace": 3.0, "surge": 4.0}))
    assert made.office == Office(20.0, 3.0, 1.0, surge=4.0)


def test_every_number_stays_in_its_bounds_whatever_the_turns_say():
    turns = tuple(Turn(date(2025, 4, n), hold=n / 10, fast=1 - n / 10, why="x") for n in range(1, 9))
    made = regime((CIVIL, PLAIN), LICENCE, replace(SCENARIO, turns=turns, certified=0.3))
    for name in ("hold", "fast", "refuse", "block"):
        assert ((getattr(made, name) >= 0) & (getattr(made, name) <= 1)).all()
    assert np.isfinite(made.lead).all()


def test_know_how_that_was_restricted_before_the_start_delays_nothing_until_the_law_changes():
    tech = Route("CN>US/tech/magnet", "CN", "US", "tech/magnet", tech=True)
    rulings = [
        Ruling(tech.id, START, "open", "licence", "cn/technology-catalogue/1", "know-how"),
        Ruling(tech.id, date(2025, 4, 4), "licence", "licence", "cn/mofcom-2025-62/1", "know-how"),
        Ruling(tech.id, date(2025, 4, 8), "open", "licence", "cn/technology-catalogue/1", "know-how"),
    ]
    made = regime((tech,), rulings, SCENARIO)
    assert row(made, "hold", tech) == [0, 0, 0, 1, 1, 1, 1, 0, 0, 0]
    assert row(made, "status", tech) == [6, 6, 6, 2, 2, 2, 2, 6, 6, 6]
    built_in = "as on the first day: already in the build times of projects"
    assert made.reason[0] == (tech.id, 0, 3, f"know-how [cn/technology-catalogue/1]; {built_in}")
