"""The day loop: the steps of a day, in their order, for a batch of draws and without the interpreter."""

from __future__ import annotations

from xenotime.supply.engine.account import account
from xenotime.supply.engine.adapt import build, reroute, substitute
from xenotime.supply.engine.approve import approve
from xenotime.supply.engine.arrive import arrive
from xenotime.supply.engine.board import (
    DEMAND,
    DEMANDED,
    LANES,
    N_LANES,
    N_SITES,
    SENT,
    SOUGHT,
    Array,
    Places,
)
from xenotime.supply.engine.file import file
from xenotime.supply.engine.jit import kernel
from xenotime.supply.engine.order import expect, order
from xenotime.supply.engine.price import price
from xenotime.supply.engine.produce import produce
from xenotime.supply.engine.rest import walk
from xenotime.supply.engine.ship import ship
from xenotime.supply.engine.watch import watch


@kernel
def seek(f: Array, p: Places, d: Array, at: Places, day: int) -> None:
    """Walks today's end demand and shares up the network."""
    for site in range(at[N_SITES]):
        factor = d[day, at[DEMANDED] + site]
        for w in range(f.shape[1]):
            f[at[SOUGHT] + site, w] = f[at[DEMAND] + site, w] * factor
    walk(f, p, at)


@kernel
def run(
    f: Array,
    p: Places,
    d: Array,
    at: Places,
    rule: int,
    every: int,
    begins: Places,
    rows: Places,
    weights: Array,
    values: Array,
    lanes: Array,
) -> None:
    """Runs every day of `d`; fills `values` (gauge, period, draw), and `lanes` (lane, period) of the first draw."""
    for day in range(d.shape[0]):
        approve(f, p, d, at, day)
        arrive(f, p, at, day)
        build(f, p, d, at, day)
        produce(f, p, d, at, day)
        seek(f, p, d, at, day)
        expect(f, d, at, day)
        order(f, p, d, at, day)
        file(f, p, d, at, day)
        ship(f, p, at, rule, day)
        price(f, p, at)
        substitute(f, p, at, day)
        reroute(f, p, d, at, day)
        account(f, p, d, at, day)
        watch(f, begins, rows, weights, day // every, values)
        for lane in range(at[N_LANES]):
            lanes[p[at[LANES] + lane], day // every] += f[at[SENT] + lane, 0]
