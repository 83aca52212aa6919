from __future__ import annotations

import numpy as np
import pytest
from tests.supply.engine import toy

from xenotime.supply.engine import board as b
from xenotime.supply.engine.ship import HIGHEST, HISTORIC, PRIORITY, PROPORTIONAL, ship
from xenotime.supply.world.network import Bin, Lane, Network, Site, Stack

WANTED = (30.0, 60.0, 30.0)


def shared(rule, stock, wanted=WANTED):
    """What a seller at home sends: to a buyer at home, to a civil one abroad, to a defence one abroad."""
    network = toy.chain()
    sites = (
        network.sites[0],
        Site("CN/product/ev", "CN", "product", "ev", demand=10.0),
        Site("EU/product/ev", "EU", "product", "ev", demand=60.0),
        Site("EU/product/defence", "EU", "product", "defence", buyer="defence", demand=30.0),
    )
    bins = tuple(Bin(place, 0, 1.0, 5.0) for place in (1, 2, 3))
    lanes = tuple(Lane(0, place, 1.0, 5) for place in range(3))
    made = Network(network.goods, sites, bins, (Stack(0, 0, 1.0, 5.0),), lanes, (), network.price)
    board = toy.board(made)
    board.rows(b.SENT, 3)[:, 0] = wanted
    board.rows(b.STACKS, 1)[:] = stock
    board.rows(b.SPOT, 2)[:, 0] = (1.0, 2.0)
    ship(board.f, board.p, board.at, rule or None)
    assert board.rows(b.STACKS, 1)[0, 0] == pytest.approx(stock - board.rows(b.SENT, 3).sum())
    return board.rows(b.SENT, 3)[:, 0]


@pytest.mark.parametrize("rule", [PRIORITY, PROPORTIONAL, HISTORIC, HIGHEST])
def test_enough_serves_all_under_every_rule(rule):
    assert shared(rule, 120.0).tolist() == list(WANTED)


@pytest.mark.parametrize("stock", [0.0, 12.0, 60.0, 119.0])
def test_proportional_serves_the_same_part_of_each_request(stock):
    assert shared(PROPORTIONAL, stock) == pytest.approx(np.array(WANTED) * stock / 120.0)


@pytest.mark.parametrize(
    ("stock", "expected"),
    [(20.0, (20, 0, 0)), (30.0, (30, 0, 0)), (60.0, (30, 30, 0)), (100.0, (30, 60, 10)), (0.0, (0, 0, 0))],
)
def test_priority_serves_class_after_class(stock, expected):
    assert shared(PRIORITY, stock) == pytest.approx(expected)


def test_highest_bid_serves_the_side_that_pays_more_first():
    assert shared(HIGHEST, 45.0) == pytest.approx((0.0, 30.0, 15.0))
    assert shared(HIGHEST, 100.0) == pytest.approx((10.0, 60.0, 30.0))


def test_historic_serves_the_shares_of_the_rest_state_and_shares_out_what_is_left():
    """At rest they take 10, 60 and 30 of 100; at 50 they get half of that."""
    assert shared(HISTORIC, 50.0) == pytest.approx((5.0, 30.0, 15.0))
    assert shared(HISTORIC, 100.0, (0.0, 90.0, 30.0)) == pytest.approx((0.0, 70.0, 30.0))


def test_no_rule_ships_more_than_there_is_or_than_is_asked():
    rng = np.random.default_rng(0)
    for rule in (PRIORITY, PROPORTIONAL, HISTORIC, HIGHEST):
        for stock in (0.0, 1e-9, 37.0, 1e9):
            wanted = rng.uniform(0, 100, 3)
            sent = shared(rule, stock, wanted)
            assert np.all((sent >= 0) & (sent <= wanted))
            assert sent.sum() == pytest.approx(min(stock, wanted.sum()))


def test_what_is_sent_arrives_after_the_days_of_transit():
    network = toy.chain(days=30.0, transit=7, depth=0.0, lead_route="")
    run = toy.play(network, days=60, cuts=(toy.cut(10, 100, 1.0, stages=("magnet",)),))
    stock = run.series("days/product/EU/magnet/ndfeb")[:, 0]
    assert stock[:17] == pytest.approx(30.0)
    assert stock[17:20] == pytest.approx([29.0, 28.0, 27.0])
