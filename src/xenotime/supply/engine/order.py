r"""Order: every input is ordered to its normal need, not to what the line happens to use.

    order    = normal + (target - position) / gap, at least 0
    target   = normal * (days + policy stock + hoard * (W - W0) + W + sum of share * (transit - 1))
    position = stock + under way + undecided + allowed but not shipped
    normal  += (walked need - normal) / smooth

`wait` is a route's expected licence days, hold * (1 - fast) * mean lead, learned over `smooth` days; W is its
mean over the input's lanes, and W0 what that was at the start (0, unless a regime ran before). The walked
need follows end demand and present shares up the network, so a seller's falling output never lowers what it
orders: the fall without end of the first models cannot happen.

Source: Henriet, Hallegatte, Tabourier 2012 (orders to a target stock); Pichler et al. 2022 (orders not tied
to own falling output); Lee, Padmanabhan, Whang 1997 (orders grow when supply is rationed).
"""

from __future__ import annotations

from xenotime.supply.engine.board import (
    AWAKE,
    BINS,
    BUY_AT,
    COVER,
    FLOW,
    GAP,
    GRANT,
    HELD,
    HOARD,
    LANE_ROUTE,
    NORMAL,
    ORDERED,
    PEND,
    RULE,
    SHARE,
    SMOOTH,
    STOCKPILE,
    TAU,
    TRANSIT,
    WAIT,
    WAIT0,
    WORK,
    Array,
    Places,
)
from xenotime.supply.engine.jit import kernel


@kernel
def order(f: Array, p: Places, d: Array, at: Places, day: int, one: int) -> None:
    """Writes today's order of an input on each of its lanes."""
    first, last = p[at[BUY_AT] + one], p[at[BUY_AT] + one + 1]
    aim(f, p, at, first, last, at[TRANSIT] + one)
    asked, smooth, gap, hoard = at[WORK], at[RULE] + SMOOTH, at[RULE] + GAP, at[RULE] + HOARD
    stock, normal, flow = at[BINS] + one, at[NORMAL] + one, at[FLOW] + one
    cover, extra = at[COVER] + one, d[day, at[STOCKPILE] + one]
    for w in range(f.shape[1]):
        f[normal, w] += (f[flow, w] - f[normal, w]) / f[smooth, w]
        days = f[cover, w] + extra + f[hoard, w] * f[asked + 3, w] + f[asked + 1, w] + f[asked, w]
        short = f[normal, w] * days - f[stock, w] - f[asked + 2, w]
        f[asked, w] = max(0.0, f[normal, w] + short / f[gap, w])
    for lane in range(first, last):
        if p[at[AWAKE] + lane] == 0:
            continue
        ordered, share = at[ORDERED] + lane, at[SHARE] + lane
        for w in range(f.shape[1]):
            f[ordered, w] = f[share, w] * f[asked, w]


@kernel
def aim(f: Array, p: Places, at: Places, first: int, last: int, transit: int) -> None:
    """Sums over a bin's lanes: mean days under way, mean expected licence days and how many more than
    at the start, what is on order.
    """
    pipe = at[WORK]
    wait, out, more = pipe + 1, pipe + 2, pipe + 3
    for w in range(f.shape[1]):
        f[pipe, w] = 0.0
        f[wait, w] = 0.0
        f[more, w] = 0.0
        f[out, w] = f[transit, w]
    for lane in range(first, last):
        if p[at[AWAKE] + lane] == 0:
            continue
        share, tau, place = at[SHARE] + lane, at[TAU] + lane, p[at[HELD] + lane]
        for w in range(f.shape[1]):
            f[pipe, w] += f[share, w] * (f[tau, w] - 1.0)
        if place >= 0:
            route, pend, grant = p[at[LANE_ROUTE] + lane], at[PEND] + place, at[GRANT] + place
            expected, usual = at[WAIT] + route, at[WAIT0] + route
            for w in range(f.shape[1]):
                f[wait, w] += f[share, w] * f[expected, w]
                f[more, w] += f[share, w] * (f[expected, w] - f[usual, w])
                f[out, w] += f[pend, w] + f[grant, w]
