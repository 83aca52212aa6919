from __future__ import annotations

from datetime import date
from functools import cache
from types import SimpleNamespace

import pytest

from xenotime.evidence.parameter import Parameter, Spread
from xenotime.services.library import open_library
from xenotime.services.supply.model import Model
from xenotime.supply.engine.run import Asked
from xenotime.supply.scenario.scenario import Marker, Scenario, Turn
from xenotime.supply.world.build import World
from xenotime.supply.world.network import Bin, Good, Lane, Lever, Network, Route, Site, Stack

CN_EU = Route("CN>EU/magnet/ndfeb-heavy/civil", "CN", "EU", "magnet/ndfeb-heavy")
CN_JP = Route("CN>JP/oxide/Dy/civil", "CN", "JP", "oxide/Dy")
SHOCK = date(2025, 4, 4)


def world(figures=(), day=SHOCK):
    """A toy at rest: Chinese oxide and magnets, magnets in Japan; a lean user in Europe, one in China."""
    del figures, day
    goods = (
        Good("oxide/Dy", "separation", "kg", {"Dy": 1.0}),
        Good("magnet/ndfeb-heavy", "magnet", "kg", {"Dy": 0.04}),
    )
    sites = (
        Site("CN/separation", "CN", "separation", worth=100.0),
        Site("CN/magnet", "CN", "magnet", worth=50.0, least=0.2, restart=3.0),
        Site("JP/magnet", "JP", "magnet", worth=50.0),
        Site("EU/product/ev/lean", "EU", "product", "ev", "lean", demand=100.0, worth=1000.0, least=0.3),
        Site("CN/product/ev/lean", "CN", "product", "ev", "lean", demand=100.0, worth=1000.0, least=0.3),
    )
    bins = (
        Bin(1, 0, 0.04, 30.0),
        Bin(2, 0, 0.04, 60.0),
        Bin(3, 1, 1.0, 20.0),
        Bin(4, 1, 1.0, 20.0),
    )
    stacks = (Stack(0, 0, 1.0, 10.0), Stack(1, 1, 1.0, 10.0), Stack(2, 1, 1.0, 10.0))
    lanes = (
        Lane(0, 0, 1.0, 2),
        Lane(0, 1, 1.0, 20, CN_JP.id),
        Lane(1, 2, 1.0, 30, CN_EU.id),
        Lane(2, 2, 0.0, 30),
        Lane(1, 3, 1.0, 2),
    )
    spread = Spread("lognormal", (1.0, 0.3))
    stock = Parameter("stock.EU", "factor", spread, ("stocks-001", "stocks-002"), "cover of users", "stocks")
    return World(
        Network(
            goods,
            sites,
            bins,
            stacks,
            lanes,
            (CN_EU, CN_JP),
            (300.0, 60.0),
            levers=(Lever("stock.EU", "bin.days", (2,)),),
            parameters=(stock,),
        ),
        (),
        ("nobody counts stocks",),
    )


def scenario(**given):
    turn = Turn(SHOCK, hold=1.0, lead=3000.0, sigma=0.1, refuse=0.0, why="all waits", claims=("stocks-003",))
    settings = {
        "start": date(2025, 4, 1),
        "days": 203,
        "law": False,
        "turns": (turn,),
        "shock": SHOCK,
        "certified": 0.0,
    }
    settings["markers"] = (Marker(date(2025, 5, 1), "a strike", claims=("stocks-004",)),)
    made = settings | given
    return Scenario("toy", "A toy", "All waits.", known=SHOCK, **made)


@cache
def law(known):
    return open_library(known)


@pytest.fixture(scope="session")
def toy():
    """A model of a small world under the real law, its scenario, and how it is asked."""
    from xenotime.evidence.read import figures  # noqa: PLC0415 - 2,000 figures

    model = Model(figures(), lambda known, *_: law(known), builder=world)
    return SimpleNamespace(model=model, scenario=scenario, asked=Asked(203, 24, every=7, threads=1))
