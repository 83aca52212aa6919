from __future__ import annotations

from dataclasses import replace
from math import exp

import numpy as np
import pytest
from tests.supply.engine import toy

from xenotime.supply.engine import board as b
from xenotime.supply.engine.adapt import learned, ramp
from xenotime.supply.scenario.scenario import Policy
from xenotime.supply.world.network import Lane, Option, Project, Route, Site, Stack


def test_a_ramp_and_a_learning_curve_are_the_textbook_s():
    assert [ramp(t, 90.0) for t in (0.0, 90.0, 900.0)] == pytest.approx([0.0, 1 - exp(-1), 1.0], abs=1e-4)
    assert ramp(1.0, 0.0) == 1.0
    assert learned(100.0, 8.0, 1.0, 0.32193) == pytest.approx(51.2, rel=1e-4)
    assert learned(100.0, 0.5, 1.0, 0.3) == 100.0


def project(**rest):
    numbers = {"adds": 40.0, "opens": 20.0, "sigma": 0.0, "odds": 1.0, "ramp": 60.0} | rest
    return Project("plant", 0, **numbers)


def grown(*projects, days=200, **rest):
    """Half of a maker's capacity is lost for ever, and a project brings some of it back."""
    network = replace(toy.chain(least=0.0, lead_route="", slack=0.0), projects=projects)
    cuts = (toy.cut(0, 3000, 0.5, stages=("magnet",)),)
    run = toy.play(network, days=days, cuts=cuts, **rest)
    return run.series("output/magnet/CN/magnet/ndfeb")[:, 0]


def test_a_project_ramps_up_from_its_day():
    made = grown(project())
    assert made[:20] == pytest.approx(50.0)
    days = np.arange(20, 200)
    assert made[20:] == pytest.approx(50.0 + 40.0 * (1 - np.exp(-(days - 19) / 60.0)))


def test_a_project_waits_for_the_price_that_it_needs():
    assert grown(project(floor=200.0)).max() == pytest.approx(50.0)
    policy = Policy("floor", toy.day(100), {"price": 250.0, "lasts": 3000.0}, ("CN",), ("magnet",))
    paid = grown(project(floor=200.0), policies=(policy,))
    assert paid[:100] == pytest.approx(50.0)
    assert paid[100] > 50.0


def test_a_purchase_promise_for_a_part_pays_that_part():
    promise = {"price": 250.0, "share": 0.5, "lasts": 3000.0}
    policy = Policy("offtake", toy.day(0), promise, (), ("magnet",))
    assert grown(project(floor=200.0), policies=(policy,)).max() == pytest.approx(50.0)
    assert grown(project(floor=150.0), policies=(policy,)).max() > 80.0


def test_capacity_that_learned_outlives_its_price_floor():
    floor = {"price": 100.0, "lasts": 1500.0}
    policy = Policy("floor", toy.day(0), floor, (), ("magnet",))
    kept = grown(project(floor=66.0, ramp=1.0), policies=(policy,), days=2000)
    lost = grown(project(floor=600.0, ramp=1.0), policies=(policy,), days=2000)
    assert kept[1600] == pytest.approx(90.0)
    assert lost.max() == pytest.approx(50.0)


def second(route="", capacity=1.0):
    """The chain with a second maker, in another country, who sells elsewhere and has capacity to spare."""
    network = toy.chain(days=20.0, transit=1, least=0.0)
    sites = (
        *network.sites,
        Site("JP/magnet", "JP", "magnet", slack=capacity),
        Site("JP/product/ev", "JP", "product", "ev", demand=100.0),
    )
    bins = (*network.bins, replace(network.bins[0], site=3))
    lanes = (*network.lanes, Lane(1, 0, 0.0, 1, route), Lane(1, 1, 1.0, 1))
    routes = (*network.routes, Route("other", "JP", "EU", "magnet/ndfeb"))
    return replace(
        network,
        sites=sites,
        bins=bins,
        lanes=lanes,
        routes=routes,
        stacks=(*network.stacks, Stack(2, 0, 1.0, 5.0)),
    )


def moved(network, until=None, days=400):
    handling = toy.regime(network, days, hold=0.0, block=1.0, until=until)
    handling.block[1:] = 0.0
    return toy.play(network, handling, days)


def test_orders_move_to_a_seller_who_delivers_and_has_room():
    run = moved(second())
    sent = run.series("ship/magnet/ndfeb/JP>EU")[:, 0]
    assert sent[9] == 0.0
    assert sent[-1] == pytest.approx(100.0, rel=0.02)
    assert run.series("met/reroute/EU")[-1, 0] == pytest.approx(6000.0, rel=0.02)


def test_orders_move_no_further_than_the_other_seller_s_room():
    run = moved(second(capacity=0.3))
    assert run.series("ship/magnet/ndfeb/JP>EU")[-50:, 0].mean() <= 30.0 + 1e-6


def test_orders_do_not_move_to_a_lane_under_the_same_law():
    network = second(route="law")
    assert moved(network).series("ship/magnet/ndfeb/JP>EU").sum() == 0.0


def test_orders_return_slowly_when_the_old_seller_delivers_again():
    sent = moved(second(), until=150, days=1500).series("ship/magnet/ndfeb/CN>EU")[:, 0]
    assert sent[200] < 60.0
    assert sent[-1] > 95.0


def test_shares_always_sum_to_one():
    network = second()
    board = toy.board(network, draws=2)
    assert board.rows(b.SHARE, 3)[:2].sum(axis=0) == pytest.approx(1.0)


def test_who_keeps_no_stock_begins_to_substitute_when_use_falls_behind():
    option = Option("save", 0, -1, 0.5, delay=10.0, pace=5.0, trigger=0.3)
    network = replace(toy.chain(days=0.0, transit=1, least=0.0), options=(option,))
    handling = toy.regime(network, 100, hold=0.0, block=0.5)
    saved = toy.play(network, handling, 100).series("met/substitution/EU")[:, 0]
    assert saved[:21].tolist() == [0.0] * 21
    assert saved[60] == pytest.approx(0.5 * 6000.0, rel=1e-3)
