r"""Bind: a purchase commitment moves orders at home to the plant that it is for.

    aim    = share committed * capacity that the project has grown / normal need of the buyers at home
    share += (share at rest + aim * delivery - share) / gap      where that is more; aim is at most 1

The other lanes of the input shrink in proportion. Only projects that need a promised price are bound (others
sell on the market), only to buyers of their own country, and only as far as the plant delivers what they
ordered. Orders that go back to their shares of old (`reroute`) pull a little the other way.
"""

from __future__ import annotations

from xenotime.supply.engine.adapt import ramp
from xenotime.supply.engine.board import (
    ADDS,
    AWAKE,
    BIN_COUNTRY,
    BOUND,
    BUY_AT,
    FILL,
    GAP,
    GIVES,
    GROWN,
    LANE_BIN,
    N_PROJECTS,
    NORMAL,
    PROJECT_SITE,
    RAMPS,
    RAN,
    RULE,
    SELL_AT,
    SELL_OF,
    SHARE,
    SHARE0,
    STACK_COUNTRY,
    STACK_DRIVER,
    STACKS_AT,
    STACKS_OF,
    WORK,
    Array,
    Places,
)
from xenotime.supply.engine.jit import kernel, stage


@stage
def bind(f: Array, p: Places, d: Array, at: Places, day: int) -> None:
    """Moves the orders that are committed to projects, a day's part of the way."""
    for project in range(at[N_PROJECTS]):
        part = d[day, at[BOUND] + project]
        if part > 0.0:
            site = p[at[PROJECT_SITE] + project]
            for place in range(p[at[STACKS_AT] + site], p[at[STACKS_AT] + site + 1]):
                stack = p[at[STACKS_OF] + place]
                if p[at[STACK_DRIVER] + stack] == 1:
                    aim(f, p, at, project, stack, part)
                    for row in range(p[at[SELL_AT] + stack], p[at[SELL_AT] + stack + 1]):
                        lane = p[at[SELL_OF] + row]
                        if p[at[BIN_COUNTRY] + p[at[LANE_BIN] + lane]] == p[at[STACK_COUNTRY] + stack]:
                            turn(f, p, at, lane)


@kernel
def aim(f: Array, p: Places, at: Places, project: int, stack: int, part: float) -> None:
    """Works out which share of their need buyers at home are to take from the project."""
    found, site = at[WORK], p[at[PROJECT_SITE] + project]
    for w in range(f.shape[1]):
        f[found, w] = 0.0
    for row in range(p[at[SELL_AT] + stack], p[at[SELL_AT] + stack + 1]):
        one = p[at[LANE_BIN] + p[at[SELL_OF] + row]]
        if p[at[BIN_COUNTRY] + one] == p[at[STACK_COUNTRY] + stack]:
            for w in range(f.shape[1]):
                f[found, w] += f[at[NORMAL] + one, w]
    for w in range(f.shape[1]):
        grown = f[at[ADDS] + project, w] * ramp(f[at[RAN] + project, w], f[at[RAMPS] + project, w])
        made = part * min(grown, f[at[GROWN] + site, w]) * f[at[GIVES] + stack, w]
        f[found, w] = min(1.0, made / f[found, w]) if f[found, w] > 0.0 else 0.0


@kernel
def turn(f: Array, p: Places, at: Places, lane: int) -> None:
    """Raises a lane's share towards what is committed; the other lanes of its bin shrink in proportion."""
    one = p[at[LANE_BIN] + lane]
    share, old, gains, wakes = at[SHARE] + lane, at[SHARE0] + lane, at[WORK] + 1, False
    for w in range(f.shape[1]):
        goal = min(1.0, f[old, w] + f[at[WORK], w] * f[at[FILL] + lane, w])
        gain = max(0.0, goal - f[share, w]) / f[at[RULE] + GAP, w] if f[at[WORK], w] > 0.0 else 0.0
        f[gains, w] = gain / (1.0 - f[share, w]) if gain > 0.0 else 0.0
        wakes = wakes or gain > 0.0
    if wakes:
        p[at[AWAKE] + lane] = 1
        for other in range(p[at[BUY_AT] + one], p[at[BUY_AT] + one + 1]):
            for w in range(f.shape[1]):
                moved = 1.0 - f[at[SHARE] + other, w] if other == lane else -f[at[SHARE] + other, w]
                f[at[SHARE] + other, w] += f[gains, w] * moved
