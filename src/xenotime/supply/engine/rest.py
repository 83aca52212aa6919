"""The rest state: what every site makes and every lane carries on a normal day, draw by draw.

Site by site from the users to the ground, a site's activity is the larger of its end demand and, over the stacks
that drive it, what its buyers take of a stack over what one unit of activity gives of it:

    a = max(d, max over driver stacks k of (sum over lanes l of share(l) * flow(bin(l))) / gives(k))
    flow(bin) = need(bin) * a

Without by-products this is the open Leontief system a = A a + d in physical units; a loop (scrap that comes
back as oxide) is walked again until nothing moves. A by-product cannot give more than its site's activity
yields: where buyers would take more, their shares move to the bin's other sellers, in proportion.

Source: Leontief 1936; Miller and Blair 2009, Input-Output Analysis, chapter 2.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from xenotime.core.errors import BookError
from xenotime.supply.engine.frame import Frame
from xenotime.supply.engine.given import Array, Given
from xenotime.supply.engine.jit import kernel
from xenotime.supply.world.network import Network

#: How often a loop is walked, and how often by-products are shared out, before the network is refused.
WALKS, ROUNDS = 400, 200


class Rest(NamedTuple):
    """The rest state: `act` (site, draw), `flow` into a bin, `out` of a stack [units a day], lane `share`."""

    act: Array
    flow: Array
    out: Array
    share: Array


@kernel
def walk(
    frame: Frame, demand: Array, need: Array, gives: Array, share: Array, most: Array, rest: Rest
) -> None:
    """Walks once from buyers to sellers; no site's activity passes `most` (site, draw)."""
    act, flow, out, _ = rest
    width = act.shape[1]
    for site in frame.order:
        for w in range(width):
            act[site, w] = demand[site, w]
        for at in range(frame.stacks_at[site], frame.stacks_at[site + 1]):
            stack = frame.stacks_of[at]
            for w in range(width):
                out[stack, w] = 0.0
            for place in range(frame.sell_at[stack], frame.sell_at[stack + 1]):
                lane = frame.sell_of[place]
                into = frame.lane_bin[lane]
                for w in range(width):
                    out[stack, w] += share[lane, w] * flow[into, w]
            if frame.stack_driver[stack] == 1:
                for w in range(width):
                    act[site, w] = max(act[site, w], out[stack, w] / gives[stack, w])
        for w in range(width):
            act[site, w] = min(act[site, w], most[site, w])
        for at in range(frame.bins_at[site], frame.bins_at[site + 1]):
            one = frame.bins_of[at]
            for w in range(width):
                flow[one, w] = need[one, w] * act[site, w]


@kernel
def even(frame: Frame, share: Array) -> None:
    """Makes the shares of each bin sum to 1."""
    for one in range(frame.buy_at.size - 1):
        for w in range(share.shape[1]):
            total = 0.0
            for lane in range(frame.buy_at[one], frame.buy_at[one + 1]):
                total += share[lane, w]
            if total > 0.0 and total != 1.0:
                for lane in range(frame.buy_at[one], frame.buy_at[one + 1]):
                    share[lane, w] /= total


@kernel
def yielded(frame: Frame, gives: Array, rest: Rest, over: Array) -> float:
    """The largest excess of what is taken of a by-product over what comes; `over` (stack, draw) what it gives."""
    worst = 0.0
    for stack in range(frame.stack_site.size):
        site = frame.stack_site[stack]
        for w in range(over.shape[1]):
            over[stack, w] = 1.0
            made = gives[stack, w] * rest.act[site, w]
            if rest.out[stack, w] > made * (1.0 + 1e-12) and frame.stack_driver[stack] == 0:
                over[stack, w] = made / rest.out[stack, w]
                worst = max(worst, 1.0 - over[stack, w])
    return worst


@kernel
def divert(frame: Frame, over: Array, share: Array) -> None:
    """Moves the shares that a by-product cannot serve to the bin's other sellers."""
    for one in range(frame.buy_at.size - 1):
        first, last = frame.buy_at[one], frame.buy_at[one + 1]
        for w in range(share.shape[1]):
            kept, free = 0.0, 0.0
            for lane in range(first, last):
                part = over[frame.lane_stack[lane], w]
                kept += share[lane, w] * part
                if part == 1.0:
                    free += share[lane, w]
            if kept < 1.0 and free > 0.0:
                for lane in range(first, last):
                    part = over[frame.lane_stack[lane], w]
                    scale = part if part < 1.0 else (free + 1.0 - kept) / free
                    share[lane, w] *= scale


@kernel
def converge(frame: Frame, given: Given, most: Array, rest: Rest, before: Array) -> float:
    """Walks until no flow moves by more than rounding; gives the largest relative change of the last walk."""
    change = 1.0
    for _ in range(WALKS):
        walk(frame, given.demand, given.need, given.gives, rest.share, most, rest)
        change = 0.0
        for one in range(before.shape[0]):
            for w in range(before.shape[1]):
                moved = abs(rest.flow[one, w] - before[one, w])
                if moved > 1e-14 * rest.flow[one, w]:
                    change = max(change, moved / max(rest.flow[one, w], 1e-300))
                before[one, w] = rest.flow[one, w]
        if change == 0.0:
            return change
    return change


def rest_of(network: Network, frame: Frame, given: Given) -> Rest:
    """The rest state of a batch.

    Raises BookError when a loop of the network feeds on itself, or a by-product is asked for more than it can
    give and nobody else sells the good.
    """
    width = given.demand.shape[1]
    rest = Rest(
        np.zeros((len(network.sites), width)),
        np.zeros((len(network.bins), width)),
        np.zeros((len(network.stacks), width)),
        given.share.copy(),
    )
    even(frame, rest.share)
    most = np.full_like(rest.act, np.inf)
    over = np.ones_like(rest.out)
    before = np.full_like(rest.flow, -1.0)
    for _ in range(ROUNDS):
        if converge(frame, given, most, rest, before) > 1e-10:
            raise _odd("the flows of the network grow without end", "a loop that gives back less than it takes", "")
        if yielded(frame, given.gives, rest, over) <= 1e-12:
            return rest
        divert(frame, over, rest.share)
    stack = network.stacks[int(np.argmin(over.min(axis=1)))]
    name = f"{network.sites[stack.site].id}, {network.goods[stack.good].id}"
    raise _odd("a by-product is asked for more than it gives", "other sellers of the good, or lower shares", name)


def _odd(what: str, expected: str, found: str) -> BookError:
    return BookError(
        what, where="network", expected=expected, found=found, next_step="correct the network's lanes and shares"
    )
