"""Small worlds whose answers can be worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from xenotime.supply.engine import simulate as simulating
from xenotime.supply.engine.builds import opens_of
from xenotime.supply.engine.given import given
from xenotime.supply.engine.lay import lay
from xenotime.supply.engine.run import Asked, Rules, Run
from xenotime.supply.engine.simulate import simulate
from xenotime.supply.licence.handling import Handling
from xenotime.supply.scenario.scenario import Cut, Scenario
from xenotime.supply.world.network import Bin, Good, Lane, Network, Route, Site, Stack

START = date(2025, 4, 4)
DY, MAGNET = 0, 1
SEPARATION, CN_MAGNET, JP_MAGNET, EV = 0, 1, 2, 3


def day(number):
    return START + timedelta(days=number)


def chain(
    days=20.0, least=0.3, restart=5.0, transit=10, demand=100.0, slack=0.1, depth=10.0, lead_route="law"
):
    """One seller, one buyer: a magnet maker in one country, a product line in another."""
    return Network(
        goods=(Good("magnet/ndfeb", "magnet", "kg", {"Nd": 0.3}),),
        sites=(
            Site("CN/magnet", "CN", "magnet", worth=50.0, slack=slack),
            Site(
                "EU/product/ev",
                "EU",
                "product",
                "ev",
                "lean",
                demand=demand,
                worth=1e4,
                least=least,
                restart=restart,
            ),
        ),
        bins=(Bin(1, 0, 1.0, days),),
        stacks=(Stack(0, 0, 1.0, depth),),
        lanes=(Lane(0, 0, 1.0, transit, lead_route),),
        routes=(Route("law", "CN", "EU", "magnet/ndfeb"),),
        price=(60.0,),
    )


def world():
    """Dysprosium to magnets in two countries to one product line in a third."""
    goods = (
        Good("oxide/Dy", "separation", "kg", {"Dy": 1.0}),
        Good("magnet/ndfeb-heavy", "magnet", "kg", {"Dy": 0.04}),
    )
    sites = (
        Site("CN/separation", "CN", "separation", worth=100.0),
        Site("CN/magnet", "CN", "magnet", worth=50.0, least=0.2, restart=3.0),
        Site("JP/magnet", "JP", "magnet", worth=50.0, slack=0.5),
        Site(
            "EU/product/ev/lean",
            "EU",
            "product",
            "ev",
            "lean",
            demand=100.0,
            worth=1e4,
            least=0.3,
            restart=5.0,
        ),
    )
    bins = (Bin(1, DY, 0.04, 30.0), Bin(2, DY, 0.04, 60.0), Bin(3, MAGNET, 1.0, 20.0))
    stacks = (Stack(0, DY, 1.0, 10.0), Stack(1, MAGNET, 1.0, 10.0), Stack(2, MAGNET, 1.0, 10.0))
    routes = (
        Route("CN>JP/oxide/Dy/civil", "CN", "JP", "oxide/Dy"),
        Route("CN>EU/magnet/ndfeb-heavy/civil", "CN", "EU", "magnet/ndfeb-heavy"),
    )
    lanes = (
        Lane(0, 0, 1.0, 2),
        Lane(0, 1, 1.0, 20, routes[0].id),
        Lane(1, 2, 0.9, 30, routes[1].id),
        Lane(2, 2, 0.1, 30),
    )
    return Network(goods, sites, bins, stacks, lanes, routes, (300.0, 60.0))


def regime(
    network, days, *, first=10, until=None, hold=1.0, fast=0.0, lead=45.0, sigma=0.5, refuse=0.0, block=0.0
):
    """Every route handled alike from a day on, until another."""
    shape = (len(network.routes), days)

    def stretch(value):
        table = np.zeros(shape)
        table[:, first:until] = value
        return table

    return Handling(
        tuple(route.id for route in network.routes),
        *(stretch(value) for value in (hold, fast, lead, sigma, refuse, block)),
        stretch(hold).astype(np.int8),
    )


def free(network, days):
    """No law at all."""
    return regime(network, days, hold=0.0)


def scenario(days=365, cuts=(), **rest):
    rules = rest.pop("rules", Rules())
    return Scenario("toy", "toy", "toy", START, days, START, cuts=cuts, rules=rules, **rest)


def cut(first, until, share, **rest):
    return Cut(day(first), day(until), share, **rest)


def play(network, handling=None, days=365, **rest):
    """One run; what `Asked` has may be given too."""
    wishes = {
        name: rest.pop(name)
        for name in ("draws", "first", "seed", "every", "width", "threads")
        if name in rest
    }
    asked = Asked(days, **wishes)
    return simulate(network, handling or free(network, days), scenario(days, **rest), asked)


def slower(network, **levels):
    """The network with a field of every lane changed."""
    return replace(network, lanes=tuple(replace(lane, **levels) for lane in network.lanes))


def output(run: Run, name="output/product/EU/ev"):
    return run.series(name)


def board(network, days=5, handling=None, draws=1, **rest):
    """The board of a first batch, on the first morning."""
    scene = scenario(days, **rest)
    job = simulating._job(
        network, handling or free(network, days), scene, Asked(days, draws=draws), None, None
    )
    numbers = given(network, job.setting.frame, scene.rules, job.drawn)
    opens = opens_of(network, numbers, job.days, scene.projects, 1, job.lucks)
    return lay(job.setting, job.room, numbers, opens, job.lucks)
