from __future__ import annotations

from dataclasses import replace
from datetime import date

from xenotime.services.supply.happening import controller, events, stretches
from xenotime.supply.licence.regime import Ruling, regime
from xenotime.supply.scenario.scenario import Cut, Policy, Shift
from xenotime.supply.world.network import Route

ROUTES = (
    Route("CN>EU/magnet/ndfeb-heavy/civil", "CN", "EU", "magnet/ndfeb-heavy"),
    Route("JP>EU/magnet/ndfeb/civil", "JP", "EU", "magnet/ndfeb"),
)
START, SHOCK = date(2025, 4, 1), date(2025, 4, 4)


def ruled():
    return (
        Ruling(ROUTES[0].id, START, "not_controlled", "not_controlled", "", "no rule of the book applies"),
        Ruling(ROUTES[0].id, SHOCK, "licence", "licence", "cn/mofcom-2025-18/1C902", "samarium"),
        Ruling(ROUTES[1].id, START, "not_controlled", "not_controlled", "", "no rule of the book applies"),
    )


def test_a_route_has_a_stretch_for_each_answer_and_a_free_one_has_none(toy):
    made = toy.scenario(turns=(), days=10)
    found = stretches(ROUTES, ruled(), regime(ROUTES, ruled(), made), made)
    assert [(x.route, x.first, x.last, x.status, x.held) for x in found] == [
        (ROUTES[0].id, START, date(2025, 4, 3), "not_controlled", 0.0),
        (ROUTES[0].id, SHOCK, date(2025, 4, 10), "licence", 1.0),
    ]
    assert (found[1].lead, found[1].says, found[1].address) == (63.0, "samarium", "cn/mofcom-2025-18/1C902")


def test_the_controller_is_whose_movements_are_held(toy):
    made = toy.scenario(turns=(), days=10)
    assert controller(ROUTES, regime(ROUTES, ruled(), made)) == "CN"
    assert controller(ROUTES, regime(ROUTES, (), made)) == ""


def test_events_are_in_order_once_each_and_within_the_days(toy):
    made = replace(
        toy.scenario(days=40),
        cuts=(Cut(date(2025, 4, 20), date(2025, 4, 25), 0.5, why="a flood", claims=("x",)),),
        shifts=(Shift(date(2025, 4, 9), 0.9, why="fewer cars"),),
        policies=(Policy("floor", date(2030, 1, 1), {}, why="a floor"),),
    )
    twice = (*ruled(), replace(ruled()[1], route=ROUTES[1].id))
    assert [(e.day.day, e.kind, e.says, e.address, e.claims) for e in events(twice, made)] == [
        (4, "law", "samarium", "cn/mofcom-2025-18/1C902", ()),
        (4, "turn", "all waits", "", ("stocks-003",)),
        (9, "demand", "fewer cars", "", ()),
        (20, "cut", "a flood", "", ("x",)),
        (25, "end", "a flood", "", ("x",)),
        (1, "marker", "a strike", "", ("stocks-004",)),
    ]
