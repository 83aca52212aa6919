r"""Adapt: substitutes come in, new capacity ramps up, orders move to sellers who deliver.

An option begins when its input's stock has fallen by `trigger` of its target; `delay` days later its share
grows as cap * (1 - exp(-t / pace)) and stays. A project adds adds * (1 - exp(-t / ramp)) from its day on, t the days
on which the price it needs was paid: contract price, or for the promised share of its output the promised price.
What it needs falls with what it has made, floor * (made / a year's output) ** -learn.

Orders move: with f a lane's smoothed delivery, a lane loses share * (1 - f) / reroute a day, as far as other
lanes of the bin have sellers with spare capacity, who gain in proportion to it. Once the lanes of old
deliver again, shares return over `back` days.

Source: Wright 1936 (learning); Inoue and Todo 2019 (other sellers of the same product).
"""

from __future__ import annotations

import math

from xenotime.supply.engine.days import Days
from xenotime.supply.engine.frame import Frame
from xenotime.supply.engine.given import BACK, LEARN, REROUTE, SMOOTH, Given
from xenotime.supply.engine.jit import kernel
from xenotime.supply.engine.rest import Rest
from xenotime.supply.engine.state import Seen, State


@kernel
def substitute(frame: Frame, given: Given, day: int, state: State, seen: Seen) -> None:
    """Begins options whose input is short, and moves need from inputs to their substitutes."""
    options = frame.option_source.size
    width = seen.bins.shape[1]
    for option in range(options):
        one = frame.option_source[option]
        for w in range(width):
            if state.began[option, w] < 0.0:
                target = given.cover[one, w] * state.normal[one, w]
                if target > 0.0 and 1.0 - seen.bins[one, w] / target >= given.trigger[option, w]:
                    state.began[option, w] = day
            since = day - state.began[option, w] - given.delay[option, w]
            if state.began[option, w] >= 0.0 and since > 0.0:
                state.level[option, w] = given.cap[option, w] * ramp(since, given.pace[option, w])
    for one in frame.option_source:
        for w in range(width):
            state.need[one, w] = given.need[one, w]
    for one in frame.option_target:
        if one >= 0:
            for w in range(width):
                state.need[one, w] = given.need[one, w]
    for option in range(options):
        one, target = frame.option_source[option], frame.option_target[option]
        for w in range(width):
            moved = state.level[option, w] * given.need[one, w]
            state.need[one, w] = max(0.0, state.need[one, w] - moved)
            if target >= 0:
                state.need[target, w] += moved * given.ratio[option, w]


@kernel
def ramp(since: float, pace: float) -> float:
    """The part reached after so many days, 1 - exp(-t / pace); all of it at once when the pace is 0.

    >>> round(ramp(60.0, 60.0), 6)
    0.632121
    """
    return 1.0 - math.exp(-since / pace) if pace > 0.0 else 1.0


@kernel
def learned(floor: float, made: float, year: float, exponent: float) -> float:
    """The price that capacity needs after it has made so much, falling with each doubling of a year's output.

    >>> round(learned(100.0, 4.0, 1.0, 1.0), 6)
    25.0
    """
    return floor * max(1.0, made / year) ** -exponent if year > 0.0 else floor


@kernel
def build(frame: Frame, given: Given, days: Days, day: int, rest: Rest, state: State, seen: Seen) -> None:
    """Runs open projects whose price is paid, and sums the capacity that they add to each site."""
    goods = seen.deal.shape[0] // 2
    row = min(day, days.promised.shape[0] - 1)
    state.grown[:] = 0.0
    for project in range(frame.project_site.size):
        site = frame.project_site[project]
        stack = frame.stacks_of[frame.stacks_at[site]] if frame.stacks_at[site] < frame.stacks_at[site + 1] else -1
        for w in range(seen.x.shape[1]):
            if day < state.opens[project, w]:
                continue
            needs = learned(
                given.floor[project, w],
                state.made[project, w],
                365.0 * given.adds[project, w],
                given.rule[LEARN, w],
            )
            if needs > 0.0 and stack >= 0:
                good = frame.stack_good[stack]
                market = seen.deal[frame.stack_zone[stack] * goods + good, w] * given.price[good, w]
                bought = days.bought[row, project]
                promised = max(market, days.promised[row, project])
                if bought * promised + (1.0 - bought) * market < needs:
                    continue
            state.ran[project, w] += 1.0
            adds = given.adds[project, w] * ramp(state.ran[project, w], given.ramp[project, w])
            state.made[project, w] += adds
            state.grown[site, w] += adds
    for site in range(frame.order.size):
        if frame.site_final[site] == 0:
            for w in range(seen.x.shape[1]):
                state.most[site, w] = rest.act[site, w] * (1.0 + given.slack[site, w]) + state.grown[site, w]


@kernel
def spare(frame: Frame, given: Given, days: Days, day: int, lane: int, w: int, state: State) -> float:
    """What a lane's seller could sell beyond its present normal flow, less what the law holds [units a day]."""
    stack = frame.lane_stack[lane]
    site = frame.stack_site[stack]
    left = days.left[min(day, days.left.shape[0] - 1), site]
    free = state.most[site, w] * left * given.gives[stack, w] - state.walked.out[stack, w]
    return max(0.0, free) * passes(frame, given, days, day, lane, w)


@kernel
def passes(frame: Frame, given: Given, days: Days, day: int, lane: int, w: int) -> float:
    """The part of an order on a lane that may ship on the day it is placed."""
    route = frame.lane_route[lane]
    if route < 0:
        return 1.0
    hold = min(1.0, days.hold[day, route] * given.licence[0, route, w])
    fast = min(1.0, days.fast[day, route] * given.licence[1, route, w])
    block = min(1.0, days.block[day, route] * given.licence[5, route, w])
    return (1.0 - block) * (1.0 - hold * (1.0 - fast))


@kernel
def reroute(frame: Frame, given: Given, days: Days, day: int, rest: Rest, state: State, seen: Seen) -> None:
    """Learns what each lane delivers and moves shares of every bin with more than one lane."""
    share = state.walked.share
    for one in range(frame.bin_site.size):
        first, last = frame.buy_at[one], frame.buy_at[one + 1]
        if last - first < 2:
            continue
        for w in range(seen.sent.shape[1]):
            lost, away, faith = 0.0, 0.0, 0.0
            for lane in range(first, last):
                asked = state.order[lane, w]
                tiny = 1e-6 * state.normal[one, w]
                now = min(1.0, seen.sent[lane, w] / asked) if asked > tiny else passes(frame, given, days, day, lane, w)
                fill = state.fill[lane, w]
                fill += (now - fill) / given.rule[SMOOTH, w]
                state.fill[lane, w] = fill
                lost += share[lane, w] * (1.0 - fill)
                away += abs(share[lane, w] - rest.share[lane, w])
                faith += rest.share[lane, w] * fill
            if lost > 1e-6:
                leave(frame, given, days, day, one, w, lost, state)
            if away > 1e-9 and faith > 0.95:
                for lane in range(first, last):
                    share[lane, w] += (rest.share[lane, w] - share[lane, w]) / given.rule[BACK, w]


@kernel
def leave(
    frame: Frame, given: Given, days: Days, day: int, one: int, w: int, lost: float, state: State
) -> None:
    """Moves the share that is not delivered to the bin's lanes with spare sellers, as far as they have room."""
    share = state.walked.share
    first, last = frame.buy_at[one], frame.buy_at[one + 1]
    room = 0.0
    for lane in range(first, last):
        room += spare(frame, given, days, day, lane, w, state) * state.fill[lane, w]
    need = state.normal[one, w]
    if room <= 0.0 or need <= 0.0:
        return
    moved = min(lost, room / need) / given.rule[REROUTE, w]
    for lane in range(first, last):
        gains = spare(frame, given, days, day, lane, w, state) * state.fill[lane, w] / room
        loses = share[lane, w] * (1.0 - state.fill[lane, w]) / lost
        share[lane, w] += moved * (gains - loses)
