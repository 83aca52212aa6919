from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.supply.engine import toy

from xenotime.core.errors import BookError
from xenotime.supply.engine import board as b
from xenotime.supply.world.network import Bin, Good, Lane, Network, Site, Stack


def test_the_rest_state_is_the_leontief_solution():
    """Four sectors that buy from each other, a loop among them: activity = (1 - A)^-1 final demand."""
    rng = np.random.default_rng(4)
    inputs = rng.uniform(0.05, 0.2, (4, 4))
    np.fill_diagonal(inputs, 0.0)
    final = np.array([10.0, 0.0, 5.0, 20.0])
    goods = tuple(Good(f"g{i}", "component", "kg", {}) for i in range(4))
    sites = [Site(f"s{i}", "EU", "component") for i in range(4)]
    bins, lanes = [], []
    for buyer in range(4):
        for seller in range(4):
            if buyer != seller:
                lanes.append(Lane(seller, len(bins), 1.0, 1))
                bins.append(Bin(buyer, seller, inputs[seller, buyer], 5.0))
    for i in np.flatnonzero(final):
        lanes.append(Lane(int(i), len(bins), 1.0, 1))
        bins.append(Bin(len(sites), int(i), 1.0, 5.0))
        sites.append(Site(f"use{i}", "EU", "product", "ev", demand=float(final[i])))
    stacks = tuple(Stack(i, i, 1.0, 5.0) for i in range(4))
    network = Network(goods, tuple(sites), tuple(bins), stacks, tuple(lanes), (), (1.0,) * 4)
    found = toy.board(network).rows(b.ACT0, 4)[:, 0]
    assert found == pytest.approx(np.linalg.solve(np.eye(4) - inputs, final), rel=1e-12)
    assert toy.play(network, days=50).series("output/product/EU/ev") == pytest.approx(final.sum())


def recycled(asked, gives=0.25):
    """A magnet maker whose swarf comes back as metal; buyers would like the share `asked` of it."""
    goods = (
        Good("metal", "metal", "kg", {}),
        Good("magnet", "magnet", "kg", {}),
        Good("swarf", "metal", "kg", {}),
    )
    sites = (
        Site("primary", "CN", "metal"),
        Site("recycler", "CN", "metal", "recycling"),
        Site("maker", "CN", "magnet"),
        Site("use", "EU", "product", "ev", demand=100.0),
    )
    bins = (Bin(1, 2, 1.0, 2.0), Bin(2, 0, 1.0, 5.0), Bin(3, 1, 1.0, 5.0))
    stacks = (
        Stack(0, 0, 1.0, 5.0),
        Stack(1, 0, 1.0, 5.0),
        Stack(2, 1, 1.0, 5.0),
        Stack(2, 2, gives, 1.0, driver=False),
    )
    lanes = (Lane(3, 0, 1.0, 1), Lane(0, 1, 1.0 - asked, 1), Lane(1, 1, asked, 1), Lane(2, 2, 1.0, 3))
    return Network(goods, sites, bins, stacks, lanes, (), (50.0, 60.0, 10.0))


@pytest.mark.parametrize("asked", [0.25, 0.3, 0.6])
def test_a_recycling_loop_saves_the_geometric_series(asked):
    """A kilogram of primary metal becomes 1 + r + r^2 + … = 1 / (1 - r), whatever buyers would like."""
    act = toy.board(recycled(asked)).rows(b.ACT0, 4)[:, 0]
    assert act[2] / act[0] == pytest.approx(sum(0.25**k for k in range(60)), rel=1e-9)
    assert act[1] == pytest.approx(25.0)


def test_a_by_product_nobody_wants_more_of_stays_on_its_stack():
    run = toy.play(recycled(0.1), days=100)
    assert run.residue.max() < 1e-12
    assert run.series("output/metal/CN/metal") == pytest.approx(100.0)


def test_a_by_product_that_nobody_else_sells_cannot_be_asked_for_more_than_it_gives():
    network = recycled(0.5)
    alone = replace(
        network, lanes=(*network.lanes[:1], replace(network.lanes[2], share=1.0), network.lanes[3])
    )
    with pytest.raises(BookError, match="by-product is asked for more"):
        toy.board(alone)


def test_shares_are_made_to_sum_to_one():
    network = toy.world()
    doubled = replace(network, lanes=tuple(replace(lane, share=lane.share * 2) for lane in network.lanes))
    assert toy.board(doubled).rows(b.SHARE, 4).tolist() == toy.board(network).rows(b.SHARE, 4).tolist()
