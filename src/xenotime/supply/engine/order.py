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

from xenotime.supply.engine.days import Days
from xenotime.supply.engine.frame import Frame
from xenotime.supply.engine.given import GAP, HOARD, SMOOTH, Given
from xenotime.supply.engine.jit import kernel
from xenotime.supply.engine.state import Seen, State

_HOLD, _FAST, _LEAD, _SIGMA = 0, 1, 2, 3


@kernel
def expect(given: Given, days: Days, day: int, state: State) -> None:
    """Learns each route's expected licence days."""
    for route in range(state.wait.shape[0]):
        for w in range(state.wait.shape[1]):
            hold = min(1.0, days.hold[day, route] * given.licence[_HOLD, route, w])
            now = 0.0
            if hold > 0.0:
                fast = min(1.0, days.fast[day, route] * given.licence[_FAST, route, w])
                sigma = days.sigma[day, route] * given.licence[_SIGMA, route, w]
                lead = days.lead[day, route] * given.licence[_LEAD, route, w]
                now = hold * (1.0 - fast) * lead * math.exp(0.5 * sigma * sigma)
            state.wait[route, w] += (now - state.wait[route, w]) / given.rule[SMOOTH, w]


@kernel
def order(frame: Frame, given: Given, days: Days, day: int, state: State, seen: Seen) -> None:
    """Writes today's order on every lane."""
    width = seen.bins.shape[1]
    row = min(day, days.cover.shape[0] - 1)
    for one in range(frame.bin_site.size):
        first, last = frame.buy_at[one], frame.buy_at[one + 1]
        cover = days.cover[row, one]
        for w in range(width):
            normal = state.normal[one, w]
            normal += (state.walked.flow[one, w] - normal) / given.rule[SMOOTH, w]
            state.normal[one, w] = normal
            pipe, wait, out = 0.0, 0.0, state.transit[one, w]
            for lane in range(first, last):
                share = state.walked.share[lane, w]
                pipe += share * (given.tau[lane, w] - 1.0)
                place = frame.held[lane]
                if place >= 0:
                    wait += share * state.wait[frame.lane_route[lane], w]
                    out += seen.pend[place, w] + state.grant[place, w]
            target = normal * (given.cover[one, w] + cover + given.rule[HOARD, w] * wait + pipe + wait)
            asked = normal + (target - seen.bins[one, w] - out) / given.rule[GAP, w]
            asked = max(0.0, asked)
            for lane in range(first, last):
                state.order[lane, w] = state.walked.share[lane, w] * asked
