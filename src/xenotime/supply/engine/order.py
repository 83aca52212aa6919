r"""Order: every input is ordered to its normal need, not to what the line happens to use.

    order    = normal + (target - position) / gap, at least 0
    target   = normal * (days + policy stock + hoard * W + sum of share * (transit - 1 + wait))
    position = stock + under way + undecided + allowed but not shipped
    normal  += (walked need - normal) / smooth

`wait` is a route's expected licence days, hold * (1 - fast) * mean lead, learned over `smooth` days, and W its
mean over the input's lanes. The walked need follows end demand and present shares up the network, so a seller's
falling output never lowers what it orders: the fall without end of the first models cannot happen.

Source: Henriet, Hallegatte, Tabourier 2012 (orders to a target stock); Pichler et al. 2022 (orders not tied to own
falling output); Lee, Padmanabhan, Whang 1997 (orders grow when supply is rationed).
"""

from __future__ import annotations

import math

from xenotime.supply.engine.board import (
    BINS,
    BUY_AT,
    COVER,
    FAST,
    FAST_BY,
    FLOW,
    GAP,
    GRANT,
    HELD,
    HOARD,
    HOLD,
    HOLD_BY,
    LANE_ROUTE,
    LEAD,
    LEAD_BY,
    LICENCE,
    N_BINS,
    N_ROUTES,
    NORMAL,
    ORDERED,
    PEND,
    RULE,
    SHARE,
    SIGMA,
    SIGMA_BY,
    SMOOTH,
    STOCKPILE,
    TAU,
    TRANSIT,
    WAIT,
    Array,
    Places,
)
from xenotime.supply.engine.jit import kernel


@kernel
def expect(f: Array, d: Array, at: Places, day: int) -> None:
    """Learns each route's expected licence days."""
    routes = at[N_ROUTES]
    for route in range(routes):
        by = at[LICENCE] + route
        hold, fast = d[day, at[HOLD] + route], d[day, at[FAST] + route]
        lead, sigma = d[day, at[LEAD] + route], d[day, at[SIGMA] + route]
        for w in range(f.shape[1]):
            now = min(1.0, hold * f[by + HOLD_BY * routes, w])
            now *= 1.0 - min(1.0, fast * f[by + FAST_BY * routes, w])
            if now > 0.0:
                spread = sigma * f[by + SIGMA_BY * routes, w]
                now *= lead * f[by + LEAD_BY * routes, w] * math.exp(0.5 * spread * spread)
            f[at[WAIT] + route, w] += (now - f[at[WAIT] + route, w]) / f[at[RULE] + SMOOTH, w]


@kernel
def order(f: Array, p: Places, d: Array, at: Places, day: int) -> None:
    """Writes today's order on every lane."""
    width = f.shape[1]
    for one in range(at[N_BINS]):
        first, last = p[at[BUY_AT] + one], p[at[BUY_AT] + one + 1]
        cover = d[day, at[STOCKPILE] + one]
        for w in range(width):
            normal = f[at[NORMAL] + one, w]
            normal += (f[at[FLOW] + one, w] - normal) / f[at[RULE] + SMOOTH, w]
            f[at[NORMAL] + one, w] = normal
            pipe, wait, out = 0.0, 0.0, f[at[TRANSIT] + one, w]
            for lane in range(first, last):
                share = f[at[SHARE] + lane, w]
                pipe += share * (f[at[TAU] + lane, w] - 1.0)
                place = p[at[HELD] + lane]
                if place >= 0:
                    wait += share * f[at[WAIT] + p[at[LANE_ROUTE] + lane], w]
                    out += f[at[PEND] + place, w] + f[at[GRANT] + place, w]
            days = f[at[COVER] + one, w] + cover + f[at[RULE] + HOARD, w] * wait + pipe + wait
            gap = normal * days - f[at[BINS] + one, w] - out
            asked = max(0.0, normal + gap / f[at[RULE] + GAP, w])
            for lane in range(first, last):
                f[at[ORDERED] + lane, w] = f[at[SHARE] + lane, w] * asked
