"""The built world, once for all tests, and a small network whose flows a person can compute."""

from __future__ import annotations

import pytest

from xenotime.evidence.read import figures
from xenotime.supply.world.balance import balance
from xenotime.supply.world.build import build
from xenotime.supply.world.inputs import inputs
from xenotime.supply.world.magnets import magnets
from xenotime.supply.world.network import Bin, Good, Lane, Network, Site, Stack
from xenotime.supply.world.oxides import chain
from xenotime.supply.world.rest import rest


@pytest.fixture(scope="session")
def world():
    """The world of the packaged figures."""
    return build(figures())


@pytest.fixture(scope="session")
def network(world):
    """Its network."""
    return world.network


@pytest.fixture(scope="session")
def normal(network):
    """Its rest state."""
    return rest(network)


@pytest.fixture(scope="session")
def given():
    """The inputs of the packaged figures."""
    return inputs(figures())


@pytest.fixture(scope="session")
def settled(given):
    """Their balance."""
    return balance(figures(), given)


@pytest.fixture(scope="session")
def made(given, settled):
    """The magnet stage."""
    return magnets(given, settled)


@pytest.fixture(scope="session")
def above(given, settled, made):
    """The stages above it."""
    return chain(figures(), given, settled, made)


@pytest.fixture
def small():
    """A mine, a plant that loses a tenth, and a user: ten kilograms of oxide a day."""
    goods = (
        Good("ore/light", "mine", "kg", {"Nd": 0.2}),
        Good("oxide/Nd", "separation", "kg", {"Nd": 0.8}),
    )
    sites = (
        Site("CN/mine/light", "CN", "mine"),
        Site("CN/separation/light", "CN", "separation", loss={"Nd": 0.02}),
        Site("JP/product/other/Nd", "JP", "product", "other", demand=10.0),
    )
    bins = (Bin(1, 0, 1.0, 20.0), Bin(2, 1, 1.0, 60.0))
    stacks = (Stack(0, 0, 1.0, 20.0), Stack(1, 1, 0.225, 20.0))
    lanes = (Lane(0, 0, 1.0, 3), Lane(1, 1, 1.0, 10))
    return Network(goods, sites, bins, stacks, lanes, (), (5.0, 60.0))
