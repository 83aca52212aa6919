"""File: the part of an order that is held waits for a decision; the rest may ship at once.

On a lane whose route is held that day, `block` of the order may not go at all and `hold` of what is left needs
a paper; `fast` of that passes at once (certified users, general licences). What is left is filed, and decided
after a number of days drawn for that draw, lane and day from a lognormal distribution with median `lead`.
"""

from __future__ import annotations

import math

from xenotime.supply.engine.board import (
    BLOCK,
    BLOCK_BY,
    FAST,
    FAST_BY,
    FILES,
    GRANT,
    HELD,
    HOLD,
    HOLD_BY,
    LANE_ROUTE,
    LANES,
    LEAD,
    LEAD_BY,
    LICENCE,
    LUCK,
    N_LANES,
    N_ROUTES,
    N_SLOTS,
    ORDERED,
    PEND,
    SEED,
    SIGMA,
    SIGMA_BY,
    WANT,
    Array,
    Places,
)
from xenotime.supply.engine.jit import kernel
from xenotime.supply.engine.philox import FILED, chance, normal


@kernel
def waited(seed: int, draw: int, lane: int, day: int, lead: float, sigma: float) -> int:
    """The days that a file waits, at least 1; the median when there is no spread.

    >>> waited(1, 0, 0, 0, 45.0, 0.0)
    45
    """
    wait = lead
    if sigma > 0.0 and lead > 0.0:
        wait = lead * math.exp(sigma * normal(chance(seed, draw, lane, day, FILED)))
    return max(1, int(min(wait, 1e6) + 0.5))


@kernel
def file(f: Array, p: Places, d: Array, at: Places, day: int) -> None:
    """Splits every order into what may ship today, what is filed, and what may not go."""
    for lane in range(at[N_LANES]):
        place, route = p[at[HELD] + lane], p[at[LANE_ROUTE] + lane]
        ordered, want = at[ORDERED] + lane, at[WANT] + lane
        if place < 0:
            for w in range(f.shape[1]):
                f[want, w] = f[ordered, w]
        elif d[day, at[HOLD] + route] == 0.0 and d[day, at[BLOCK] + route] == 0.0:
            grant = at[GRANT] + place
            for w in range(f.shape[1]):
                f[want, w] = f[ordered, w] + f[grant, w]
        else:
            held(f, p, d, at, day, lane)


@kernel
def held(f: Array, p: Places, d: Array, at: Places, day: int, lane: int) -> None:
    """Splits the order of a lane that is under the law today."""
    place, route, routes = p[at[HELD] + lane], p[at[LANE_ROUTE] + lane], at[N_ROUTES]
    hold, fast, block = d[day, at[HOLD] + route], d[day, at[FAST] + route], d[day, at[BLOCK] + route]
    lead, sigma = d[day, at[LEAD] + route], d[day, at[SIGMA] + route]
    by = at[LICENCE] + route
    for w in range(f.shape[1]):
        asked = f[at[ORDERED] + lane, w] * (1.0 - min(1.0, block * f[by + BLOCK_BY * routes, w]))
        filed = asked * min(1.0, hold * f[by + HOLD_BY * routes, w])
        filed *= 1.0 - min(1.0, fast * f[by + FAST_BY * routes, w])
        f[at[WANT] + lane, w] = asked - filed + f[at[GRANT] + place, w]
        if filed > 0.0:
            median, spread = lead * f[by + LEAD_BY * routes, w], sigma * f[by + SIGMA_BY * routes, w]
            draw, name = int(f[at[LUCK], w]), p[at[LANES] + lane]
            wait = min(waited(at[SEED], draw, name, day, median, spread), at[N_SLOTS] - 1)
            f[at[PEND] + place, w] += filed
            f[at[FILES] + place * at[N_SLOTS] + (day + wait) % at[N_SLOTS], w] += filed
