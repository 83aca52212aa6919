"""The day loop: eight steps a day for a batch of draws, without the interpreter."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from xenotime.supply.engine.account import Books, account
from xenotime.supply.engine.adapt import build, reroute, substitute
from xenotime.supply.engine.approve import approve
from xenotime.supply.engine.arrive import arrive
from xenotime.supply.engine.days import Days
from xenotime.supply.engine.file import file
from xenotime.supply.engine.frame import Frame
from xenotime.supply.engine.given import Array, Given
from xenotime.supply.engine.jit import kernel
from xenotime.supply.engine.order import expect, order
from xenotime.supply.engine.price import price
from xenotime.supply.engine.produce import produce
from xenotime.supply.engine.rest import Rest, walk
from xenotime.supply.engine.ship import ship
from xenotime.supply.engine.state import Seen, State
from xenotime.supply.engine.watch import Watch, watch

#: Stocks below this part of a normal day's flow count as nothing [share]; what is dropped is accounted as used.
TINY = 1e-12


class Plan(NamedTuple):
    """How a batch is run: `seed`, `lucks` (draw) its random streams, the `rule` of rationing, recording `every`."""

    seed: int
    lucks: NDArray[np.int64]
    rule: int
    every: int


@kernel
def pull(frame: Frame, given: Given, days: Days, day: int, rest: Rest, state: State) -> None:
    """Walks today's end demand and shares up the network."""
    row = min(day, days.demand.shape[0] - 1)
    for site in range(frame.order.size):
        for w in range(rest.act.shape[1]):
            state.sought[site, w] = given.demand[site, w] * days.demand[row, site]
    walk(frame, state.sought, state.need, given.gives, state.walked.share, state.most, state.walked)


@kernel
def run(
    frame: Frame,
    given: Given,
    days: Days,
    plan: Plan,
    books: Books,
    rest: Rest,
    state: State,
    seen: Seen,
    table: Array,
    gauges: Watch,
    values: Array,
    lanes: Array,
) -> None:
    """Runs every day of `days`; `values` (gauge, period, draw) and `lanes` (lane, period) of the first draw."""
    rows = np.zeros((4 * seen.spot.shape[0], seen.spot.shape[1]))
    for day in range(days.hold.shape[0]):
        approve(frame, given, days, day, state, seen)
        arrive(frame, day, state, seen)
        build(frame, given, days, day, rest, state, seen)
        produce(frame, given, days, day, rest, state, seen)
        pull(frame, given, days, day, rest, state)
        expect(given, days, day, state)
        order(frame, given, days, day, state, seen)
        file(frame, given, days, day, plan.seed, plan.lucks, state, seen)
        ship(frame, given, plan.rule, day, rest, state, seen)
        price(frame, given, rest, state, seen, rows)
        substitute(frame, given, day, state, seen)
        reroute(frame, given, days, day, rest, state, seen)
        account(frame, given, days, day, books, rest, state, seen)
        watch(gauges, table, day // plan.every, values)
        for lane in range(frame.lanes.size):
            lanes[frame.lanes[lane], day // plan.every] += seen.sent[lane, 0]
