"""Ship: a stack is shared over what may ship today by the rationing rule, and put on the way.

With stock S and requests q: all are served when their sum is at most S. Otherwise
proportional: q * S / sum q. priority: class by class (the seller's own country, then civil buyers abroad, then
others abroad), proportional inside the class that runs out. historic: at most S in the proportions of the rest
state, and what is left over in proportion to what is still asked. highest_bid: the side of the price split that
pays more first, proportional inside.

Source: Hallegatte 2014 (proportional); Pichler et al. 2022, section 3 (rationing rules compared).
"""

from __future__ import annotations

from xenotime.supply.engine.frame import CLASSES, Frame
from xenotime.supply.engine.given import GAP, Given
from xenotime.supply.engine.jit import kernel
from xenotime.supply.engine.rest import Rest
from xenotime.supply.engine.state import Seen, State

PRIORITY, PROPORTIONAL, HISTORIC, HIGHEST = 0, 1, 2, 3


@kernel
def ship(frame: Frame, given: Given, rule: int, day: int, rest: Rest, state: State, seen: Seen) -> None:
    """Shares every stack over its requests and sends what is granted."""
    for stack in range(frame.stack_site.size):
        for w in range(seen.stacks.shape[1]):
            total = 0.0
            for at in range(frame.sell_at[stack], frame.sell_at[stack + 1]):
                total += state.want[frame.sell_of[at], w]
            state.asked[stack, w] += (total - state.asked[stack, w]) / given.rule[GAP, w]
            have = seen.stacks[stack, w]
            if total <= have:
                plain(frame, stack, w, 1.0, state, seen)
            elif rule == PROPORTIONAL:
                plain(frame, stack, w, have / total, state, seen)
            elif rule == HISTORIC:
                historic(frame, stack, w, have, rest, state, seen)
            else:
                ranked(frame, stack, w, have, rule, state, seen)
    for lane in range(frame.lane_bin.size):
        send(frame, given, lane, day, state, seen)


@kernel
def plain(frame: Frame, stack: int, w: int, part: float, state: State, seen: Seen) -> None:
    """Serves the same part of every request."""
    for at in range(frame.sell_at[stack], frame.sell_at[stack + 1]):
        lane = frame.sell_of[at]
        seen.sent[lane, w] = state.want[lane, w] * part


@kernel
def ranked(frame: Frame, stack: int, w: int, have: float, rule: int, state: State, seen: Seen) -> None:
    """Serves rank after rank, proportionally inside the one that runs out."""
    left = have
    for rank in range(CLASSES):
        total = 0.0
        for at in range(frame.sell_at[stack], frame.sell_at[stack + 1]):
            lane = frame.sell_of[at]
            if rank_of(frame, lane, w, rule, seen) == rank:
                total += state.want[lane, w]
        part = min(1.0, left / total) if total > 0.0 else 0.0
        for at in range(frame.sell_at[stack], frame.sell_at[stack + 1]):
            lane = frame.sell_of[at]
            if rank_of(frame, lane, w, rule, seen) == rank:
                seen.sent[lane, w] = state.want[lane, w] * part
        left = max(0.0, left - total)


@kernel
def rank_of(frame: Frame, lane: int, w: int, rule: int, seen: Seen) -> int:
    """The rank of a lane's request: its class, or whether it is on the side that pays less."""
    if rule == PRIORITY:
        return frame.lane_class[lane]
    one = frame.lane_bin[lane]
    good = frame.bin_good[one]
    goods = seen.spot.shape[0] // 2
    mine = seen.spot[frame.bin_zone[one] * goods + good, w]
    other = seen.spot[(1 - frame.bin_zone[one]) * goods + good, w]
    return 0 if mine >= other else 1


@kernel
def historic(frame: Frame, stack: int, w: int, have: float, rest: Rest, state: State, seen: Seen) -> None:
    """Serves up to each lane's part of the rest state, then shares what is left over."""
    base = rest.out[stack, w]
    left, short = have, 0.0
    for at in range(frame.sell_at[stack], frame.sell_at[stack + 1]):
        lane = frame.sell_of[at]
        flow = rest.share[lane, w] * rest.flow[frame.lane_bin[lane], w]
        quota = have * flow / base if base > 0.0 else 0.0
        seen.sent[lane, w] = min(state.want[lane, w], quota)
        left -= seen.sent[lane, w]
        short += state.want[lane, w] - seen.sent[lane, w]
    part = min(1.0, max(0.0, left) / short) if short > 0.0 else 0.0
    for at in range(frame.sell_at[stack], frame.sell_at[stack + 1]):
        lane = frame.sell_of[at]
        seen.sent[lane, w] += (state.want[lane, w] - seen.sent[lane, w]) * part


@kernel
def send(frame: Frame, given: Given, lane: int, day: int, state: State, seen: Seen) -> None:
    """Takes a lane's shipment off the stack and the allowance, and puts it on the way."""
    stack, one, place = frame.lane_stack[lane], frame.lane_bin[lane], frame.held[lane]
    first = state.ring_at[one]
    length = state.ring_at[one + 1] - first
    today = day % length
    for w in range(seen.sent.shape[1]):
        sent = min(seen.sent[lane, w], seen.stacks[stack, w])
        seen.sent[lane, w] = sent
        if sent <= 0.0:
            continue
        slot = today + given.tau[lane, w]
        state.ring[first + (slot if slot < length else slot - length), w] += sent
        seen.stacks[stack, w] -= sent
        state.transit[one, w] += sent
        if place >= 0:
            state.grant[place, w] -= state.grant[place, w] * (sent / state.want[lane, w])
