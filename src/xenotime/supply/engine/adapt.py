r"""Adapt: substitutes come in, new capacity ramps up, orders move to sellers who deliver.

An option begins when its input's stock has fallen by `trigger` of its target (or, where none is kept, its use
by that much behind what is asked for); `delay` days later its share
grows as cap * (1 - exp(-t / pace)) and stays. A project adds adds * (1 - exp(-t / ramp)) from its day on, t
the days on which the price it needs was paid: contract price, or for the promised share of its output the
promised price. What it needs falls with what it has made, floor * (made / a year's output) ** -learn.

Orders move: with f a lane's smoothed delivery, a lane loses share * (1 - f) / reroute a day, as far as other
lanes of the bin have sellers with spare capacity, who gain in proportion to it. Once the lanes of old
deliver again, shares return over `back` days.

Source: Wright 1936 (learning); Inoue and Todo 2019 (other sellers of the same product).
"""

from __future__ import annotations

import math

from xenotime.supply.engine.board import (
    ACT,
    ACT0,
    ADDS,
    AWAKE,
    BACK,
    BEGAN,
    BIN_SITE,
    BINS,
    BOUGHT,
    BUY_AT,
    CAP,
    COVER,
    DEAL,
    DELAY,
    FILL,
    FLOOR,
    GIVES,
    GROWN,
    LANE_ROUTE,
    LANE_STACK,
    LEARN,
    LEFT,
    LEVEL,
    LOSS,
    MADE,
    MOST,
    N_GOODS,
    N_OPTIONS,
    N_PROJECTS,
    N_SITES,
    N_STACKS,
    NEED,
    NORMAL,
    OPENS,
    OPTION_SOURCE,
    OPTION_TARGET,
    ORDERED,
    OUT,
    PACE,
    PASSES,
    PENALTY,
    PRICE,
    PROJECT_SITE,
    PROMISED,
    PULL,
    RAMPS,
    RAN,
    RATIO,
    REROUTE,
    ROOM,
    RULE,
    SENT,
    SHARE,
    SHARE0,
    SITE_FINAL,
    SLACK,
    SMOOTH,
    STACK_DRIVER,
    STACK_GOOD,
    STACK_SITE,
    STACK_ZONE,
    STACKS_AT,
    STACKS_OF,
    SWAPPED,
    THRIFT,
    TRIGGER,
    USED,
    WORK,
    Array,
    Places,
    X,
)
from xenotime.supply.engine.jit import kernel, stage

#: A target below this is no stock [days]; such an input is short when its use falls behind what is asked for.
NO_STOCK = 1e-6


@stage
def ramp(since: float, pace: float) -> float:
    """The part reached after so many days, 1 - exp(-t / pace); all of it at once when the pace is 0.

    >>> round(ramp(60.0, 60.0), 6)
    0.632121
    """
    return 1.0 - math.exp(-since / pace) if pace > 0.0 else 1.0


@stage
def learned(floor: float, made: float, year: float, exponent: float) -> float:
    """The price that capacity needs after it has made so much, falling with what a year's output is doubled
    to.

    >>> round(learned(100.0, 4.0, 1.0, 1.0), 6)
    25.0
    """
    return float(floor * max(1.0, made / year) ** -exponent) if year > 0.0 else floor


@stage
def substitute(f: Array, p: Places, at: Places, day: int) -> None:
    """Begins options whose input is short, and moves need from inputs to their substitutes."""
    for option in range(at[N_OPTIONS]):
        one, target = p[at[OPTION_SOURCE] + option], p[at[OPTION_TARGET] + option]
        thrift, need, swapped = at[THRIFT] + one, at[NEED] + one, at[SWAPPED] + one
        for w in range(f.shape[1]):
            f[thrift, w] = f[need, w]
            f[swapped, w] = 0.0
        if target >= 0:
            thrift, need = at[THRIFT] + target, at[NEED] + target
            for w in range(f.shape[1]):
                f[thrift, w] = f[need, w]
        begin(f, at, option, one, at[PULL] + p[at[BIN_SITE] + one], day)
    for option in range(at[N_OPTIONS]):
        move(f, p, at, option)


@kernel
def begin(f: Array, at: Places, option: int, one: int, pull: int, day: int) -> None:
    """Begins an option whose input is short, and grows one that has begun."""
    began, level, cover, normal = at[BEGAN] + option, at[LEVEL] + option, at[COVER] + one, at[NORMAL] + one
    stock, trigger, delay = at[BINS] + one, at[TRIGGER] + option, at[DELAY] + option
    cap, pace, used, need = at[CAP] + option, at[PACE] + option, at[USED] + one, at[NEED] + one
    for w in range(f.shape[1]):
        if f[began, w] < 0.0:
            have, usual = f[stock, w], f[cover, w] * f[normal, w]
            if f[cover, w] < NO_STOCK:
                have, usual = f[used, w], f[need, w] * f[pull, w]
            if usual > 0.0 and 1.0 - have / usual >= f[trigger, w] + 1e-9:
                f[began, w] = day
        since = day - f[began, w] - f[delay, w]
        if f[began, w] >= 0.0 and since > 0.0:
            f[level, w] = f[cap, w] * ramp(since, f[pace, w])


@kernel
def move(f: Array, p: Places, at: Places, option: int) -> None:
    """Moves the need that an option has reached from its input to its substitute, and counts the cost."""
    one, target = p[at[OPTION_SOURCE] + option], p[at[OPTION_TARGET] + option]
    site = p[at[BIN_SITE] + one]
    level, need, thrift = at[LEVEL] + option, at[NEED] + one, at[THRIFT] + one
    swapped, cost, made = at[SWAPPED] + one, at[PENALTY] + option, at[X] + site
    loss, ratio, other = at[LOSS] + site, at[RATIO] + option, at[THRIFT] + max(0, target)
    for w in range(f.shape[1]):
        moved = f[level, w] * f[need, w]
        f[thrift, w] = max(0.0, f[thrift, w] - moved)
        f[swapped, w] = min(1.0, f[swapped, w] + f[level, w])
        f[loss, w] += f[cost, w] * f[made, w] * f[level, w]
        if target >= 0:
            f[other, w] += moved * f[ratio, w]


@stage
def build(f: Array, p: Places, d: Array, at: Places, day: int) -> None:
    """Runs open projects whose price is paid, and sums the capacity that they add to each site."""
    for row in range(at[GROWN], at[GROWN] + at[N_SITES]):
        for w in range(f.shape[1]):
            f[row, w] = 0.0
    for project in range(at[N_PROJECTS]):
        site = p[at[PROJECT_SITE] + project]
        for w in range(f.shape[1]):
            if day >= f[at[OPENS] + project, w] and paid(f, p, d, at, day, project, w):
                f[at[RAN] + project, w] += 1.0
                part = ramp(f[at[RAN] + project, w], f[at[RAMPS] + project, w])
                f[at[MADE] + project, w] += f[at[ADDS] + project, w] * part
                f[at[GROWN] + site, w] += f[at[ADDS] + project, w] * part
    for site in range(at[N_SITES]):
        if p[at[SITE_FINAL] + site] == 0:
            act, slack, most, grown = at[ACT0] + site, at[SLACK] + site, at[MOST] + site, at[GROWN] + site
            for w in range(f.shape[1]):
                f[most, w] = f[act, w] * (1.0 + f[slack, w]) + f[grown, w]


@kernel
def paid(f: Array, p: Places, d: Array, at: Places, day: int, project: int, w: int) -> bool:
    """Whether a project is paid the price that it needs today."""
    adds = f[at[ADDS] + project, w]
    needs = learned(f[at[FLOOR] + project, w], f[at[MADE] + project, w], 365.0 * adds, f[at[RULE] + LEARN, w])
    site = p[at[PROJECT_SITE] + project]
    if needs <= 0.0 or p[at[STACKS_AT] + site] == p[at[STACKS_AT] + site + 1]:
        return True
    stack = p[at[STACKS_OF] + p[at[STACKS_AT] + site]]
    good = p[at[STACK_GOOD] + stack]
    market = f[at[DEAL] + p[at[STACK_ZONE] + stack] * at[N_GOODS] + good, w] * f[at[PRICE] + good, w]
    bought = d[day, at[BOUGHT] + project]
    promised = max(market, d[day, at[PROMISED] + project])
    return bool(bought * promised + (1.0 - bought) * market >= needs)


@stage
def spare(f: Array, p: Places, d: Array, at: Places, day: int) -> None:
    """Works out what each stack's seller could sell beyond its present normal flow [units a day]."""
    for stack in range(at[N_STACKS]):
        site = p[at[STACK_SITE] + stack]
        most = (at[MOST] if p[at[STACK_DRIVER] + stack] == 1 else at[ACT]) + site
        left, room, gives, out = d[day, at[LEFT] + site], at[ROOM] + stack, at[GIVES] + stack, at[OUT] + stack
        for w in range(f.shape[1]):
            f[room, w] = max(0.0, f[most, w] * left * f[gives, w] - f[out, w])


@kernel
def fill(f: Array, p: Places, at: Places, lane: int, need: int) -> None:
    """Learns the part of its orders that a lane delivers; an old lane unused would deliver what the law lets
    pass.
    """
    row, sent, ordered = at[FILL] + lane, at[SENT] + lane, at[ORDERED] + lane
    route, smooth = p[at[LANE_ROUTE] + lane], at[RULE] + SMOOTH
    passes, old = at[PASSES] + max(0, route), at[SHARE0] + lane
    for w in range(f.shape[1]):
        now = f[row, w]
        if f[old, w] > 0.0:
            now = f[passes, w] if route >= 0 else 1.0
        if f[ordered, w] > 1e-6 * f[need, w]:
            now = min(1.0, f[sent, w] / f[ordered, w])
        f[row, w] += (now - f[row, w]) / f[smooth, w]


@kernel
def reroute(f: Array, p: Places, at: Places, one: int) -> None:
    """Learns what each lane of an input delivers, and moves shares between them."""
    first, last = p[at[BUY_AT] + one], p[at[BUY_AT] + one + 1]
    if last - first > 1 and doubt(f, p, at, one, first, last):
        weigh(f, p, at, one, first, last)
        for lane in range(first, last):
            shift(f, p, at, lane)


@kernel
def doubt(f: Array, p: Places, at: Places, one: int, first: int, last: int) -> bool:
    """Sums over a bin's lanes: share not delivered, distance from the rest shares, what the old lanes
    deliver.

    Gives whether any draw has shares to move.
    """
    lost = at[WORK]
    away, faith = lost + 1, lost + 2
    for w in range(f.shape[1]):
        f[lost, w] = 0.0
        f[away, w] = 0.0
        f[faith, w] = 0.0
    for lane in range(first, last):
        if p[at[AWAKE] + lane] == 0:
            continue
        fill(f, p, at, lane, at[NORMAL] + one)
        share, old, delivers = at[SHARE] + lane, at[SHARE0] + lane, at[FILL] + lane
        for w in range(f.shape[1]):
            f[lost, w] += f[share, w] * (1.0 - f[delivers, w])
            f[away, w] += abs(f[share, w] - f[old, w])
            f[faith, w] += f[old, w] * f[delivers, w]
    moves = False
    for w in range(f.shape[1]):
        moves = moves or f[lost, w] > 1e-6 or f[away, w] > 1e-9
    return moves


@kernel
def weigh(f: Array, p: Places, at: Places, one: int, first: int, last: int) -> None:
    """Turns a bin's sums into rates: of losing per share lost, of gaining per room offered, of returning."""
    lost, need, slow, back = at[WORK], at[NORMAL] + one, at[RULE] + REROUTE, at[RULE] + BACK
    away, faith, room = lost + 1, lost + 2, lost + 3
    for w in range(f.shape[1]):
        f[room, w] = 0.0
    for lane in range(first, last):
        free, delivers, route = at[ROOM] + p[at[LANE_STACK] + lane], at[FILL] + lane, p[at[LANE_ROUTE] + lane]
        passes = at[PASSES] + max(0, route)
        for w in range(f.shape[1]):
            f[room, w] += f[free, w] * f[delivers, w] * (f[passes, w] if route >= 0 else 1.0)
    for w in range(f.shape[1]):
        returns = 1.0 / f[back, w] if f[away, w] > 1e-9 and f[faith, w] > 0.95 else 0.0
        moved = 0.0
        if f[lost, w] > 1e-6 and f[room, w] > 0.0 and f[need, w] > 0.0:
            moved = min(f[lost, w], f[room, w] / f[need, w]) / f[slow, w]
        f[away, w] = moved / f[room, w] if moved > 0.0 else 0.0
        f[lost, w] = moved / f[lost, w] if moved > 0.0 else 0.0
        f[faith, w] = returns


@kernel
def shift(f: Array, p: Places, at: Places, lane: int) -> None:
    """Moves a lane's share by its bin's rates; a lane that gains wakes up."""
    loses, gains, returns = at[WORK], at[WORK] + 1, at[WORK] + 2
    free, delivers, route = at[ROOM] + p[at[LANE_STACK] + lane], at[FILL] + lane, p[at[LANE_ROUTE] + lane]
    passes, share, old = at[PASSES] + max(0, route), at[SHARE] + lane, at[SHARE0] + lane
    wakes = False
    for w in range(f.shape[1]):
        gain = f[gains, w] * f[free, w] * f[delivers, w] * (f[passes, w] if route >= 0 else 1.0)
        wakes = wakes or gain > 0.0
        now = f[share, w]
        now += gain - f[loses, w] * now * (1.0 - f[delivers, w])
        f[share, w] = now + f[returns, w] * (f[old, w] - now)
    if wakes:
        p[at[AWAKE] + lane] = 1
