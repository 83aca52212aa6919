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
    LANE_STACK,
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
    WANT,
    WORK,
    Array,
    Places,
)
from xenotime.supply.engine.frame import CLASSES
from xenotime.supply.engine.jit import kernel

#: The rules, in the order of `RATIONING`.
PRIORITY, PROPORTIONAL, HISTORIC, HIGHEST = range(4)


@kernel
def ship(f: Array, p: Places, at: Places, rule: int, day: int) -> None:
    """Shares every stack over its requests and sends what is granted."""
    for stack in range(at[N_STACKS]):
        if claim(f, p, at, stack):
            if rule == PRIORITY:
                graded(f, p, at, stack)
            else:
                apart(f, p, at, stack, rule)
        for place in range(p[at[SELL_AT] + stack], p[at[SELL_AT] + stack + 1]):
            if p[at[AWAKE] + p[at[SELL_OF] + place]] == 1:
                send(f, p, at, p[at[SELL_OF] + place], day)


@kernel
def claim(f: Array, p: Places, at: Places, stack: int) -> bool:
    """Sums the requests of a stack, grants all of them for now, and says whether that is too much in any
    draw.
    """
    total, asked, have = at[WORK], at[ASKED] + stack, at[STACKS] + stack
    for w in range(f.shape[1]):
        f[total, w] = 0.0
    for place in range(p[at[SELL_AT] + stack], p[at[SELL_AT] + stack + 1]):
        lane = p[at[SELL_OF] + place]
        if p[at[AWAKE] + lane] == 0:
            continue
        want, sent = at[WANT] + lane, at[SENT] + lane
        for w in range(f.shape[1]):
            f[total, w] += f[want, w]
            f[sent, w] = f[want, w]
    short = False
    for w in range(f.shape[1]):
        f[asked, w] += (f[total, w] - f[asked, w]) / f[at[RULE] + GAP, w]
        short = short or f[total, w] > f[have, w]
    return short


@kernel
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
                want, sent = at[WANT] + lane, at[SENT] + lane
                for w in range(f.shape[1]):
                    f[sent, w] = f[want, w] * f[part, w]


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
            want = at[WANT] + lane
            for w in range(f.shape[1]):
                f[asked, w] += f[want, w]
    return some


@kernel
def apart(f: Array, p: Places, at: Places, stack: int, rule: int) -> None:
    """Serves the requests of a stack by a rule that looks at each draw by itself."""
    for w in range(f.shape[1]):
        total, have = f[at[WORK], w], f[at[STACKS] + stack, w]
        if total > have:
            if rule == PROPORTIONAL:
                plain(f, p, at, stack, w, have / total)
            elif rule == HISTORIC:
                historic(f, p, at, stack, w)
            else:
                ranked(f, p, at, stack, w)


@kernel
def plain(f: Array, p: Places, at: Places, stack: int, w: int, part: float) -> None:
    """Serves the same part of every request."""
    for place in range(p[at[SELL_AT] + stack], p[at[SELL_AT] + stack + 1]):
        lane = p[at[SELL_OF] + place]
        f[at[SENT] + lane, w] = f[at[WANT] + lane, w] * part


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
                total += f[at[WANT] + lane, w]
        part = min(1.0, left / total) if total > 0.0 else 0.0
        for place in range(first, last):
            lane = p[at[SELL_OF] + place]
            if rank_of(f, p, at, lane, w) == rank:
                f[at[SENT] + lane, w] = f[at[WANT] + lane, w] * part
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
    have, base = f[at[STACKS] + stack, w], f[at[OUT0] + stack, w]
    first, last = p[at[SELL_AT] + stack], p[at[SELL_AT] + stack + 1]
    left, short = have, 0.0
    for place in range(first, last):
        lane = p[at[SELL_OF] + place]
        flow = f[at[SHARE0] + lane, w] * f[at[FLOW0] + p[at[LANE_BIN] + lane], w]
        sent = min(f[at[WANT] + lane, w], have * flow / base if base > 0.0 else 0.0)
        f[at[SENT] + lane, w] = sent
        left -= sent
        short += f[at[WANT] + lane, w] - sent
    part = min(1.0, max(0.0, left) / short) if short > 0.0 else 0.0
    for place in range(first, last):
        lane = p[at[SELL_OF] + place]
        f[at[SENT] + lane, w] += (f[at[WANT] + lane, w] - f[at[SENT] + lane, w]) * part


@kernel
def send(f: Array, p: Places, at: Places, lane: int, day: int) -> None:
    """Takes a lane's shipment off the stack and the allowance, and puts it on the way."""
    one, place = p[at[LANE_BIN] + lane], p[at[HELD] + lane]
    begin, end = p[at[RING_AT] + one], p[at[RING_AT] + one + 1]
    today, length = day % (end - begin), end - begin
    row, transit, tau = at[SENT] + lane, at[TRANSIT] + one, at[TAU] + lane
    stack, first = at[STACKS] + p[at[LANE_STACK] + lane], at[RING] + begin
    for w in range(f.shape[1]):
        f[row, w] = min(f[row, w], f[stack, w])
        f[stack, w] -= f[row, w]
        f[transit, w] += f[row, w]
    if p[at[STEADY] + lane] == 1:
        into = first + (today + int(f[tau, 0])) % length
        for w in range(f.shape[1]):
            f[into, w] += f[row, w]
    else:
        for w in range(f.shape[1]):
            slot = today + int(f[tau, w])
            f[first + (slot if slot < length else slot - length), w] += f[row, w]
    if place >= 0:
        grant, want = at[GRANT] + place, at[WANT] + lane
        for w in range(f.shape[1]):
            if f[grant, w] > 0.0:
                f[grant, w] -= f[grant, w] * min(1.0, f[row, w] / f[want, w])
