"""File: the part of an order that is held waits for a decision; the rest may ship at once.

On a lane whose route is held that day, `block` of the order may not go at all and `hold` of what is left
needs a paper; `fast` of that passes at once (certified users, general licences). What is left is filed, and
decided after a number of days drawn for that draw, route and day from a lognormal distribution with median
`lead`: the files of one day on one route (one origin, destination, good and kind of buyer) are decided
together.
"""

from __future__ import annotations

import math

from xenotime.supply.engine.board import (
    BLOCK,
    BLOCK_BY,
    BUSY,
    DECIDE,
    ENTERED,
    FAST,
    FAST_BY,
    FILES,
    FILING,
    GRANT,
    HELD,
    HOLD,
    HOLD_BY,
    LANE_BIN,
    LANE_ROUTE,
    LEAD,
    LEAD_BY,
    LICENCE,
    LUCK,
    N_OFFICES,
    N_ROUTES,
    N_SLOTS,
    NORMAL,
    OFFICE,
    OFFICERS,
    ORDERED,
    PACE_OF,
    PASSES,
    PEND,
    POOL,
    RULE,
    SEED,
    SENT,
    SHARE,
    SIGMA,
    SIGMA_BY,
    SMOOTH,
    WAIT,
    Array,
    Places,
)
from xenotime.supply.engine.jit import kernel, stage
from xenotime.supply.engine.philox import FILED, chance, normal

#: Who passes at once has no reason to order ahead: at most this much of what he normally needs [ratio]. What
#: is ordered beyond that on a lane under the law is ordered by those who wait, and waits.
CALM = 1.25


@stage
def waited(seed: int, draw: int, route: int, day: int, lead: float, sigma: float) -> int:
    """The days that a file waits, at least 1; the median when there is no spread.

    >>> waited(1, 0, 0, 0, 45.0, 0.0)
    45
    """
    wait = lead
    if sigma > 0.0 and lead > 0.0:
        wait = lead * math.exp(sigma * normal(chance(seed, draw, route, day, FILED)))
    return max(1, int(min(wait, 1e6) + 0.5))


@stage
def rule(f: Array, d: Array, at: Places, day: int) -> None:
    """Works out how each route is handled today, and learns its expected licence days."""
    for route in range(at[N_ROUTES]):
        wait, passes, filing = at[WAIT] + route, at[PASSES] + route, at[FILING] + route
        if d[day, at[HOLD] + route] == 0.0 and d[day, at[BLOCK] + route] == 0.0:
            for w in range(f.shape[1]):
                f[passes, w] = 1.0
                f[filing, w] = 0.0
                f[wait, w] -= f[wait, w] / f[at[RULE] + SMOOTH, w]
        else:
            handle(f, d, at, day, route)


@kernel
def handle(f: Array, d: Array, at: Places, day: int, route: int) -> None:
    """Works out the parts of an order that pass and are filed on a route under the law, and today's lead
    time.
    """
    by, routes = at[LICENCE] + route, at[N_ROUTES]
    hold, fast, block = d[day, at[HOLD] + route], d[day, at[FAST] + route], d[day, at[BLOCK] + route]
    passes, filing, wait = at[PASSES] + route, at[FILING] + route, at[WAIT] + route
    holds, fasts, blocks = by + HOLD_BY * routes, by + FAST_BY * routes, by + BLOCK_BY * routes
    for w in range(f.shape[1]):
        held = min(1.0, hold * f[holds, w]) * (1.0 - min(1.0, fast * f[fasts, w]))
        free = 1.0 - min(1.0, block * f[blocks, w])
        f[passes, w] = free * (1.0 - held)
        f[filing, w] = free * held
        f[wait, w] -= f[wait, w] / f[at[RULE] + SMOOTH, w]
        if held > 0.0:
            lead(f, d, at, day, route, w, held)


@kernel
def lead(f: Array, d: Array, at: Places, day: int, route: int, w: int, held: float) -> None:
    """Adds what a route's files are expected to wait, and draws the day on which today's are decided."""
    by, slots = at[LICENCE] + route, at[N_SLOTS]
    median = d[day, at[LEAD] + route] * f[by + LEAD_BY * at[N_ROUTES], w]
    spread = d[day, at[SIGMA] + route] * f[by + SIGMA_BY * at[N_ROUTES], w]
    f[at[WAIT] + route, w] += held * expected(f, at, w, median, spread) / f[at[RULE] + SMOOTH, w]
    days = waited(at[SEED], int(f[at[LUCK], w]), route, day, median, spread)
    f[at[DECIDE] + route, w] = (day + min(days, slots - 1)) % slots


@kernel
def expected(f: Array, at: Places, w: int, median: float, spread: float) -> float:
    """The expected wait [days]: mean lead time, or the office's files over what it decides a day."""
    if at[N_OFFICES] == 0:
        return median * math.exp(0.5 * spread * spread)
    pace = f[at[OFFICE] + PACE_OF, w]
    return float(f[at[BUSY], w] / (pace * f[at[OFFICE] + OFFICERS, w]) + 1.0 / pace)


@kernel
def file(f: Array, p: Places, at: Places, lane: int) -> None:
    """Splits a lane's order into what may ship today, what is filed, and what may not go."""
    place, ordered, want = p[at[HELD] + lane], at[ORDERED] + lane, at[SENT] + lane
    if place < 0:
        for w in range(f.shape[1]):
            f[want, w] = f[ordered, w]
        return
    route, grant, pend = p[at[LANE_ROUTE] + lane], at[GRANT] + place, at[PEND] + place
    passes, filing, entered = at[PASSES] + route, at[FILING] + route, at[ENTERED] + route
    normal, share = at[NORMAL] + p[at[LANE_BIN] + lane], at[SHARE] + lane
    for w in range(f.shape[1]):
        asked = f[ordered, w]
        calm = min(asked, CALM * f[normal, w] * f[share, w]) if f[filing, w] > 0.0 else asked
        filed = f[filing, w] * asked + f[passes, w] * (asked - calm)
        f[want, w] = f[passes, w] * calm + f[grant, w]
        f[pend, w] += filed
        f[entered, w] += filed


@stage
def submit(f: Array, at: Places) -> None:
    """Enters what was filed today on each route under the day of its decision."""
    for route in range(at[N_ROUTES]):
        entered, pool, decide = at[ENTERED] + route, at[POOL] + route, at[DECIDE] + route
        first = at[FILES] + route * at[N_SLOTS]
        for w in range(f.shape[1]):
            if f[entered, w] > 0.0:
                f[pool, w] += f[entered, w]
                f[first + int(f[decide, w]), w] += f[entered, w]
                f[entered, w] = 0.0
