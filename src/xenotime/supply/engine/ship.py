"""Ship: a stack is shared over what may ship today by the rationing rule, and put on the way.

With stock S and requests q: all are served when their sum is at most S. Otherwise proportional: q * S / sum
q. priority: class by class (the seller's own country, then civil buyers abroad, then others abroad),
proportional inside the class that runs out. historic: at most S in the proportions of the rest state, and
what is left over in proportion to what is still asked. highest_bid: the side of the price split that pays
more first, proportional inside.

Source: Hallegatte 2014 (proportional); Pichler et al. 2022, section 3 (rationing rules compared).
"""

from __future__ import annotations

from xenotime.supply.engine.board import (
    ASKED,
    AWAKE,
    BIN_GOOD,
    BIN_ZONE,
    FLOW0,
    GAP,
    GRANT,
    HELD,
    LANE_BIN,
    LANE_CLASS,
    N_GOODS,
    N_STACKS,
    OUT0,
    RING,
    RING_AT,
    RULE,
    SELL_AT,
    SELL_OF,
    SENT,
    SHARE0,
    SPOT,
    STACKS,
    STEADY,
    TAU,
    TRANSIT,
    WORK,
    Array,
    Places,
)
from xenotime.supply.engine.frame import CLASSES
from xenotime.supply.engine.jit import kernel, stage

#: The rules, in the order of `RATIONING`.
PRIORITY, PROPORTIONAL, HISTORIC, HIGHEST = range(4)


@stage
def ship(f: Array, p: Places, at: Places, rule: int | None) -> None:
    """Shares every stack over its requests: on every lane, what may ship becomes what is sent."""
    for stack in range(at[N_STACKS]):
        have, total = at[STACKS] + stack, at[WORK]
        if claim(f, p, at, stack):
            if rule is None:
                graded(f, p, at, stack)
            elif rule == PROPORTIONAL:
                evenly(f, p, at, stack)
            else:
                apart(f, p, at, stack, rule)
            leave(f, p, at, stack)
        else:
            for w in range(f.shape[1]):
                f[have, w] = max(0.0, f[have, w] - f[total, w])
            for place in range(p[at[SELL_AT] + stack], p[at[SELL_AT] + stack + 1]):
                held = p[at[HELD] + p[at[SELL_OF] + place]]
                if held >= 0:
                    for w in range(f.shape[1]):
                        f[at[GRANT] + held, w] = 0.0


@kernel
def claim(f: Array, p: Places, at: Places, stack: int) -> bool:
    """Sums the requests of a stack, and says whether they are too much in any draw."""
    total, asked, have, gap = at[WORK], at[ASKED] + stack, at[STACKS] + stack, at[RULE] + GAP
    for w in range(f.shape[1]):
        f[total, w] = 0.0
    for place in range(p[at[SELL_AT] + stack], p[at[SELL_AT] + stack + 1]):
        lane = p[at[SELL_OF] + place]
        if p[at[AWAKE] + lane] == 1:
            for w in range(f.shape[1]):
                f[total, w] += f[at[SENT] + lane, w]
    short = False
    for w in range(f.shape[1]):
        f[asked, w] += (f[total, w] - f[asked, w]) / f[gap, w]
        short = short or f[total, w] > f[have, w]
    return short


@kernel
def leave(f: Array, p: Places, at: Places, stack: int) -> None:
    """Takes what was sent off a stack that could not serve all."""
    have, total = at[STACKS] + stack, at[WORK]
    for w in range(f.shape[1]):
        f[total, w] = 0.0
    for place in range(p[at[SELL_AT] + stack], p[at[SELL_AT] + stack + 1]):
        lane = p[at[SELL_OF] + place]
        if p[at[AWAKE] + lane] == 1:
            for w in range(f.shape[1]):
                f[total, w] += f[at[SENT] + lane, w]
    for w in range(f.shape[1]):
        f[have, w] = max(0.0, f[have, w] - f[total, w])


@stage
def evenly(f: Array, p: Places, at: Places, stack: int) -> None:
    """Serves the same part of every request, in every draw that is short."""
    total, have, part = at[WORK], at[STACKS] + stack, at[WORK] + 3
    for w in range(f.shape[1]):
        f[part, w] = f[have, w] / f[total, w] if f[total, w] > f[have, w] else 1.0
    for place in range(p[at[SELL_AT] + stack], p[at[SELL_AT] + stack + 1]):
        lane = p[at[SELL_OF] + place]
        if p[at[AWAKE] + lane] == 1:
            scale(f, p, at, lane, part)


@stage
def graded(f: Array, p: Places, at: Places, stack: int) -> None:
    """Serves class after class, proportionally inside the one that runs out, in every draw that is short."""
    total, have = at[WORK], at[STACKS] + stack
    left, asked, part = total + 1, total + 2, total + 3
    for w in range(f.shape[1]):
        f[left, w] = f[have, w]
    for rank in range(CLASSES):
        if not sums(f, p, at, stack, rank):
            continue
        for w in range(f.shape[1]):
            served = min(1.0, f[left, w] / f[asked, w]) if f[asked, w] > 0.0 else 0.0
            f[part, w] = served if f[total, w] > f[have, w] else 1.0
            f[left, w] = max(0.0, f[left, w] - f[asked, w])
        for place in range(p[at[SELL_AT] + stack], p[at[SELL_AT] + stack + 1]):
            lane = p[at[SELL_OF] + place]
            if p[at[AWAKE] + lane] == 1 and p[at[LANE_CLASS] + lane] == rank:
                scale(f, p, at, lane, part)


@kernel
def scale(f: Array, p: Places, at: Places, lane: int, part: int) -> None:
    """Serves a part of a lane's request, a row of parts; what was allowed and is not sent stays allowed."""
    sent, held = at[SENT] + lane, p[at[HELD] + lane]
    for w in range(f.shape[1]):
        f[sent, w] *= f[part, w]
    if held >= 0:
        for w in range(f.shape[1]):
            f[at[GRANT] + held, w] *= 1.0 - f[part, w]


@kernel
def sums(f: Array, p: Places, at: Places, stack: int, rank: int) -> bool:
    """Sums the requests of a class at a stack; says whether it has any lane there."""
    asked, some = at[WORK] + 2, False
    for w in range(f.shape[1]):
        f[asked, w] = 0.0
    for place in range(p[at[SELL_AT] + stack], p[at[SELL_AT] + stack + 1]):
        lane = p[at[SELL_OF] + place]
        if p[at[AWAKE] + lane] == 1 and p[at[LANE_CLASS] + lane] == rank:
            some = True
            for w in range(f.shape[1]):
                f[asked, w] += f[at[SENT] + lane, w]
    return some


@stage
def apart(f: Array, p: Places, at: Places, stack: int, rule: int) -> None:
    """Serves the requests of a stack by a rule that looks at each draw by itself."""
    for w in range(f.shape[1]):
        total, have = f[at[WORK], w], f[at[STACKS] + stack, w]
        if total <= have:
            for place in range(p[at[SELL_AT] + stack], p[at[SELL_AT] + stack + 1]):
                serve(f, p, at, p[at[SELL_OF] + place], w, 1.0)
        elif rule == HISTORIC:
            historic(f, p, at, stack, w)
        else:
            ranked(f, p, at, stack, w)


@kernel
def serve(f: Array, p: Places, at: Places, lane: int, w: int, part: float) -> None:
    """Serves a part of a lane's request in one draw; what was allowed and is not sent stays allowed."""
    f[at[SENT] + lane, w] *= part
    held = p[at[HELD] + lane]
    if held >= 0:
        f[at[GRANT] + held, w] *= 1.0 - part


@kernel
def ranked(f: Array, p: Places, at: Places, stack: int, w: int) -> None:
    """Serves the side that pays more first, proportionally inside the one that runs out."""
    left = f[at[STACKS] + stack, w]
    first, last = p[at[SELL_AT] + stack], p[at[SELL_AT] + stack + 1]
    for rank in range(2):
        total = 0.0
        for place in range(first, last):
            lane = p[at[SELL_OF] + place]
            if rank_of(f, p, at, lane, w) == rank:
                total += f[at[SENT] + lane, w]
        part = min(1.0, left / total) if total > 0.0 else 0.0
        for place in range(first, last):
            lane = p[at[SELL_OF] + place]
            if rank_of(f, p, at, lane, w) == rank:
                serve(f, p, at, lane, w, part)
        left = max(0.0, left - total)


@kernel
def rank_of(f: Array, p: Places, at: Places, lane: int, w: int) -> int:
    """The rank of a lane's request: 0 on the side that pays more, 1 on the other."""
    one = p[at[LANE_BIN] + lane]
    zone, good = p[at[BIN_ZONE] + one], p[at[BIN_GOOD] + one]
    mine = f[at[SPOT] + zone * at[N_GOODS] + good, w]
    other = f[at[SPOT] + (1 - zone) * at[N_GOODS] + good, w]
    return 0 if mine >= other else 1


@kernel
def historic(f: Array, p: Places, at: Places, stack: int, w: int) -> None:
    """Serves up to each lane's part of the rest state, then shares what is left over."""
    have, short = f[at[STACKS] + stack, w], 0.0
    first, last = p[at[SELL_AT] + stack], p[at[SELL_AT] + stack + 1]
    left = have
    for place in range(first, last):
        lane = p[at[SELL_OF] + place]
        sent = min(f[at[SENT] + lane, w], quota(f, p, at, stack, lane, w))
        left -= sent
        short += f[at[SENT] + lane, w] - sent
    part = min(1.0, max(0.0, left) / short) if short > 0.0 else 0.0
    for place in range(first, last):
        lane = p[at[SELL_OF] + place]
        want = f[at[SENT] + lane, w]
        if want > 0.0:
            sent = min(want, quota(f, p, at, stack, lane, w))
            serve(f, p, at, lane, w, min(1.0, (sent + (want - sent) * part) / want))


@kernel
def quota(f: Array, p: Places, at: Places, stack: int, lane: int, w: int) -> float:
    """A lane's part of a stack, by what it took of it at rest."""
    base = f[at[OUT0] + stack, w]
    flow = f[at[SHARE0] + lane, w] * f[at[FLOW0] + p[at[LANE_BIN] + lane], w]
    return float(f[at[STACKS] + stack, w] * flow / base) if base > 0.0 else 0.0


@kernel
def deliver(f: Array, p: Places, at: Places, lane: int, day: int) -> None:
    """Puts what a lane sends on the way to its bin."""
    one = p[at[LANE_BIN] + lane]
    begin, end = p[at[RING_AT] + one], p[at[RING_AT] + one + 1]
    today, length, first = day % (end - begin), end - begin, at[RING] + begin
    row, transit, tau = at[SENT] + lane, at[TRANSIT] + one, at[TAU] + lane
    if p[at[STEADY] + lane] == 1:
        into = first + (today + int(f[tau, 0])) % length
        for w in range(f.shape[1]):
            f[transit, w] += f[row, w]
            f[into, w] += f[row, w]
    else:
        for w in range(f.shape[1]):
            slot = today + int(f[tau, w])
            f[transit, w] += f[row, w]
            f[first + (slot if slot < length else slot - length), w] += f[row, w]
