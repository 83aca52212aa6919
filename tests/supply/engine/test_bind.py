from __future__ import annotations

from dataclasses import replace

import pytest
from tests.supply.engine import toy

from xenotime.supply.engine.days import days_of
from xenotime.supply.scenario.scenario import Policy
from xenotime.supply.world.network import Lane, Project, Site, Stack

HOME = "ship/magnet/ndfeb/EU>EU"


def plant(floor=200.0, country="EU"):
    """The chain with a maker that sells little and a plant to come at its site."""
    network = toy.chain(days=20.0, transit=1, least=0.0, lead_route="")
    site = len(network.sites)
    old = replace(network.lanes[0], share=0.95)
    return replace(
        network,
        sites=(*network.sites, Site("near/magnet", country, "magnet", slack=0.0)),
        stacks=(*network.stacks, Stack(site, 0, 1.0, 5.0)),
        lanes=(old, *network.lanes[1:], Lane(len(network.stacks), 0, 0.05, 1)),
        projects=(Project("plant", site, adds=40.0, opens=10.0, sigma=0.0, odds=1.0, ramp=1.0, floor=floor),),
    )


def offtake(kind="offtake", share=1.0, lasts=3000.0):
    return Policy(kind, toy.day(0), {"price": 500.0, "share": share, "lasts": lasts}, (), ("magnet",))


def sent(network, policy, days=400):
    run = toy.play(network, days=days, policies=(policy,))
    return run.series("ship/magnet/ndfeb/CN>EU")[:, 0], run


def test_a_purchase_commitment_moves_orders_to_the_plant_that_it_is_for():
    far, run = sent(plant(), offtake())
    near = run.series(HOME)[:, 0]
    assert near[9] == pytest.approx(5.0)
    assert near[-1] == pytest.approx(45.0, rel=0.04)
    assert far[-1] == pytest.approx(55.0, rel=0.04)
    assert run.residue.max() < 1e-9


def test_a_part_that_is_committed_moves_that_part():
    _, run = sent(plant(), offtake(share=0.5))
    assert run.series(HOME)[-1, 0] == pytest.approx(25.0, rel=0.03)


@pytest.mark.parametrize(
    ("network", "policy"),
    [(plant(), offtake("floor")), (plant(floor=0.0), offtake()), (plant(country="JP"), offtake())],
    ids=["a price alone", "a plant that needs no price", "buyers elsewhere"],
)
def test_nothing_else_moves_orders(network, policy):
    far, _ = sent(network, policy, days=100)
    assert far[-1] == pytest.approx(95.0, rel=1e-6)


def test_orders_return_once_the_commitment_ends():
    _, run = sent(plant(), offtake(lasts=100.0), days=1500)
    near = run.series(HOME)[:, 0]
    assert near[99] > 40.0
    assert near[-1] < 8.0


def test_the_committed_share_by_day():
    made = plant()
    several = (offtake(share=0.4, lasts=3.0), offtake("floor"))
    days = days_of(made, toy.free(made, 5), toy.scenario(5, policies=several), 5)
    assert days.bound[:, 0].tolist() == [0.4, 0.4, 0.4, 0.0, 0.0]
