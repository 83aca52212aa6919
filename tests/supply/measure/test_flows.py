from __future__ import annotations

from dataclasses import replace

import numpy as np

from xenotime.supply.measure import flows
from xenotime.supply.world.network import Bin, Good, Lane, Network, Site, Stack


def world():
    goods = (Good("magnet/ndfeb", "magnet", "kg", {"Nd": 0.3, "Dy": 0.01}),)
    sites = (
        Site("CN/magnet", "CN", "magnet"),
        Site("US/component", "US", "component"),
        Site("CN/component", "CN", "component"),
    )
    bins = (Bin(1, 0, 1.0, 10.0), Bin(2, 0, 1.0, 10.0))
    lanes = (Lane(0, 0, 1.0, 20, "CN>US/magnet"), Lane(0, 1, 1.0, 2))
    return Network(goods, sites, bins, (Stack(0, 0, 1.0, 5.0),), lanes, (), (50.0,))


def shipped(make, lanes, **given):
    return replace(make.run({"x": np.zeros(len(lanes[0]))}, **given), lanes=np.array(lanes, float))


def test_flows_before_in_the_worst_month_and_at_the_end(make):
    made = shipped(make, [[50, 20, 10, 60, 70], [30, 30, 30, 30, 33]], every=10, zero=10)
    home, abroad = flows.flows(world(), made, "CN")[::-1]
    assert (abroad.origin, abroad.destination, abroad.to_stage) == ("CN", "US", "component")
    assert (abroad.before, abroad.during, abroad.after) == (5.0, 90 / 30, 140 / 30)
    assert (abroad.kg, abroad.controlled, home.controlled) == (0.31, True, False)
    assert (home.before, home.during, home.after) == (3.0, 3.0, 3.1)


def test_the_worst_days_lie_after_the_shock(make):
    made = shipped(make, [[0, 90, 10, 60, 70, 80, 80], [1] * 7], every=30, zero=60)
    assert flows.worst(world(), made, "CN") == (2, 3)


def test_a_run_shorter_than_a_month_is_one_stretch(make):
    assert flows.worst(world(), shipped(make, [[1, 2], [1, 2]], every=10), "CN") == (0, 2)


def test_what_a_stage_needs_at_rest_by_element():
    found = flows.needs(world(), np.array([5.0, 3.0]))
    assert found == {("component", "Nd"): 2.4, ("component", "Dy"): 0.08}


def test_before_is_the_mean_over_the_days_before_the_shock(make):
    made = shipped(make, [[50, 30, 10], [30, 30, 90]], every=10, zero=20)
    assert flows.before(made).tolist() == [4.0, 3.0]
    assert flows.before(shipped(make, [[50, 30, 10], [30, 30, 90]], every=10)).tolist() == [5.0, 3.0]
