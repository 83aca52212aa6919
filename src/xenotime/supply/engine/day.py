"""The day loop: the steps of a day, in their order, for a batch of draws and without the interpreter."""

from __future__ import annotations

from xenotime.supply.engine.account import account, open_books
from xenotime.supply.engine.adapt import build, reroute, spare, substitute
from xenotime.supply.engine.approve import approve, due
from xenotime.supply.engine.arrive import arrive
from xenotime.supply.engine.bind import bind
from xenotime.supply.engine.board import (
    AWAKE,
    BUY_AT,
    DEMAND,
    DEMANDED,
    LANES,
    N_BINS,
    N_LANES,
    N_SITES,
    SENT,
    SOUGHT,
    Array,
    Places,
)
from xenotime.supply.engine.desk import receive
from xenotime.supply.engine.file import file, rule, submit
from xenotime.supply.engine.jit import stage
from xenotime.supply.engine.order import order
from xenotime.supply.engine.price import price
from xenotime.supply.engine.produce import produce
from xenotime.supply.engine.rest import walk
from xenotime.supply.engine.ship import deliver, ship
from xenotime.supply.engine.watch import watch


@stage
def seek(f: Array, p: Places, d: Array, at: Places, day: int) -> None:
    """Walks today's end demand and shares up the network."""
    for site in range(at[N_SITES]):
        factor, sought, demand = d[day, at[DEMANDED] + site], at[SOUGHT] + site, at[DEMAND] + site
        for w in range(f.shape[1]):
            f[sought, w] = f[demand, w] * factor
    walk(f, p, at)


@stage
def buy(f: Array, p: Places, d: Array, at: Places, day: int, desk: int | None) -> None:
    """Orders every input, and files what needs a paper."""
    for one in range(at[N_BINS]):
        order(f, p, d, at, day, one)
        for lane in range(p[at[BUY_AT] + one], p[at[BUY_AT] + one + 1]):
            if p[at[AWAKE] + lane] == 1:
                file(f, p, at, lane)
    if desk is None:
        submit(f, at)
    else:
        receive(f, p, d, at, day)


@stage
def close(f: Array, p: Places, d: Array, at: Places, booked: int, day: int) -> None:
    """Keeps the accounts of every input, if asked for, and moves its orders to sellers who deliver."""
    if booked == 1:
        open_books(f, at)
    for one in range(at[N_BINS]):
        for lane in range(p[at[BUY_AT] + one], p[at[BUY_AT] + one + 1]):
            if p[at[AWAKE] + lane] == 1:
                deliver(f, p, at, lane, day)
        if booked == 1:
            account(f, p, d, at, day, one)
        reroute(f, p, at, one)


@stage
def run(
    f: Array,
    p: Places,
    d: Array,
    at: Places,
    rationing: int | None,
    desk: int | None,
    booked: int,
    every: int,
    begins: Places,
    rows: Places,
    weights: Array,
    values: Array,
    lanes: Array,
) -> None:
    """Runs every day of `d`; fills `values` (gauge, period, draw), and `lanes` (lane, period) of the first
    draw.

    `rationing` is None for priority and `desk` None without an office: what a run does not need is then not
    even compiled.
    """
    for day in range(d.shape[0]):
        due(f, p, d, at, day, desk)
        approve(f, p, d, at, day)
        arrive(f, p, at, day)
        build(f, p, d, at, day)
        produce(f, p, d, at, day)
        seek(f, p, d, at, day)
        rule(f, d, at, day)
        buy(f, p, d, at, day, desk)
        ship(f, p, at, rationing)
        price(f, p, at)
        substitute(f, p, at, day)
        spare(f, p, d, at, day)
        close(f, p, d, at, booked, day)
        bind(f, p, d, at, day)
        watch(f, begins, rows, weights, day // every, values)
        for lane in range(at[N_LANES]):
            lanes[p[at[LANES] + lane], day // every] += f[at[SENT] + lane, 0]
