from __future__ import annotations

from dataclasses import replace
from math import floor

import numpy as np
import pytest
from tests.supply.engine import toy

from xenotime.supply.engine.produce import ces
from xenotime.supply.world.network import Bin, Good, Lane, Option, Site, Stack


def blocked(network, days, first):
    return toy.regime(network, days, first=first, hold=0.0, block=1.0)


@pytest.mark.parametrize("days", [5.0, 20.0, 33.5])
@pytest.mark.parametrize("transit", [1, 12])
@pytest.mark.parametrize("least", [0.3, 0.6])
def test_the_day_a_line_stops_follows_from_stock_and_use(days, transit, least):
    network = toy.chain(days=days, transit=transit, least=least)
    run = toy.play(network, blocked(network, 120, 10), 120)
    last_part_runs = days % 1.0 >= least
    assert run.first[1, 0] == 10 + transit + floor(days) + last_part_runs
    assert run.stood[1, 0] == 120 - run.first[1, 0]


@pytest.mark.parametrize("restart", [0.0, 1.0, 7.0])
def test_a_line_restarts_so_many_days_after_its_inputs_are_back(restart):
    network = toy.chain(days=5.0, transit=1, restart=restart)
    handling = toy.regime(network, 80, first=10, until=40, hold=0.0, block=1.0)
    run = toy.play(network, handling, 80)
    assert run.first[1, 0] == 16
    made = run.series("output/product/EU/ev")[:, 0]
    assert made[16 : 41 + int(restart)].tolist() == [0.0] * (25 + int(restart))
    assert made[41 + int(restart)] == pytest.approx(100.0)
    assert run.stood[1, 0] == 25 + restart
    assert run.series("stopped/product/EU/ev")[:, 0].sum() == 25 + restart


def test_low_orders_slow_a_line_and_never_close_it():
    network = toy.chain(days=10.0)
    sites = (replace(network.sites[0], least=0.5, restart=9.0), network.sites[1])
    run = toy.play(replace(network, sites=sites), blocked(network, 120, 10), 120)
    assert run.series("output/magnet/CN/magnet/ndfeb")[-1, 0] == 0.0
    assert run.first[0, 0] == -1


def with_input(kind):
    """The chain with a second input of a kind, from a second maker."""
    network = toy.chain(days=10.0, transit=1, least=0.0)
    return replace(
        network,
        goods=(*network.goods, Good("magnet/smco", "magnet", "kg", {})),
        sites=(*network.sites, replace(network.sites[0], id="US/magnet", country="US")),
        bins=(*network.bins, Bin(1, 1, 0.5, 10.0, kind)),
        stacks=(*network.stacks, Stack(2, 1, 1.0, 10.0)),
        lanes=(replace(network.lanes[0], route=""), Lane(1, 1, 1.0, 1, "law")),
        price=(60.0, 60.0),
    )


@pytest.mark.parametrize(("kind", "left"), [("critical", 0.0), ("important", 0.5), ("free", 1.0)])
def test_an_input_stops_halves_or_leaves_a_line(kind, left):
    network = with_input(kind)
    run = toy.play(network, blocked(network, 100, 10), 100)
    assert run.series("output/product/EU/ev")[-1, 0] == pytest.approx(100.0 * left)


@pytest.mark.parametrize("sigma", [0.05, 0.3, 0.7])
def test_output_lies_at_or_below_the_ces_bound(sigma):
    """Half of a critical input leaves half of the output; every elasticity above 0 would leave more."""
    network = toy.chain(least=0.0, transit=1, slack=0.0, lead_route="")
    run = toy.play(network, days=300, cuts=(toy.cut(0, 400, 0.5, stages=("magnet",)),))
    made = run.series("output/product/EU/ev")[-1, 0] / 100.0
    assert made == pytest.approx(0.5)
    assert made <= ces(0.5, 0.01, sigma)


@pytest.mark.parametrize("share", [0.6, 0.9])
@pytest.mark.parametrize("least", [0.0, 0.3, 0.8])
def test_after_a_cut_of_sixty_days_output_comes_back(share, least):
    """A known model of this kind never recovers from a 60 % cut of 60 days with 20 days of stock."""
    network = toy.chain(days=20.0, least=least, lead_route="")
    run = toy.play(network, days=300, cuts=(toy.cut(10, 69, share, stages=("magnet",)),))
    made = run.series("output/product/EU/ev")[:, 0]
    assert made[10:80].min() < 50.0
    assert made[70 + 180 :].min() > 95.0


def test_sites_that_need_each_other_recover_too():
    """A loop (a maker needs what its buyer makes) does not fall without end."""
    network = toy.chain(days=20.0, least=0.3, lead_route="")
    goods = (*network.goods, Good("tool", "component", "kg", {}))
    sites = (
        *network.sites,
        replace(network.sites[0], id="CN/tool", stage="component", least=0.3, restart=5.0),
    )
    bins = (*network.bins, Bin(0, 1, 0.2, 20.0), Bin(2, 0, 0.3, 20.0))
    lanes = (*network.lanes, Lane(1, 1, 1.0, 5), Lane(0, 2, 1.0, 5))
    loop = replace(
        network, goods=goods, sites=sites, bins=bins, lanes=lanes,
        stacks=(*network.stacks, Stack(2, 1, 1.0, 10.0)),
        price=(60.0, 5.0),
    )  # fmt: skip
    run = toy.play(loop, days=400, cuts=(toy.cut(10, 69, 0.6, stages=("magnet",)),))
    assert run.series("output/product/EU/ev")[250:].min() > 95.0


def option(target=-1, cap=0.4, ratio=1.0):
    return Option("thrift", 0, target, cap, delay=10.0, pace=5.0, trigger=0.2, ratio=ratio)


def test_what_is_saved_stretches_the_stock():
    network = toy.chain(days=40.0, transit=1, least=0.0)
    plain = toy.play(network, blocked(network, 200, 10), 200)
    saving = replace(network, options=(option(),))
    thrifty = toy.play(saving, blocked(saving, 200, 10), 200)
    assert plain.series("output/product/EU/ev").sum() == pytest.approx(100.0 * 51)
    begun = 10 + 1 + 8  # the day on which a fifth of forty days is gone
    assert thrifty.series("output/product/EU/ev").sum() > plain.series("output/product/EU/ev").sum()
    assert thrifty.series("met/substitution/EU")[begun + 9, 0] == 0.0
    assert thrifty.series("met/substitution/EU")[begun + 60, 0] == pytest.approx(0.4 * 100 * 60.0, rel=1e-4)


def test_a_substitute_is_used_as_far_as_it_is_there():
    network = with_input("critical")
    sites = (*network.sites, Site("US/product/defence", "US", "product", "defence", demand=1000.0))
    bins = (network.bins[0], Bin(1, 1, 0.0, 10.0), Bin(3, 1, 1.0, 10.0))
    lanes = (replace(network.lanes[0], route="law"), replace(network.lanes[1], route=""), Lane(1, 2, 1.0, 1))
    options = (option(1, cap=1.0, ratio=0.8),)
    swapped = replace(network, sites=sites, bins=bins, lanes=lanes, options=options)
    run = toy.play(swapped, blocked(swapped, 300, 10), 300)
    made = run.series("output/product/EU/ev")[:, 0]
    assert run.residue.max() < 1e-12
    assert made[-1] == pytest.approx(100.0, rel=1e-6)
    assert run.series("ship/magnet/smco/US>EU")[-1, 0] == pytest.approx(80.0, rel=1e-3)
    assert np.all(made >= 0.0)
