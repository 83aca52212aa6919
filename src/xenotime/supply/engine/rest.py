"""The rest state: what every site makes and every lane carries on a normal day, draw by draw.

Site by site from the users to the ground, a site's activity is the larger of its end demand and, over the
stacks that drive it, what its buyers take of a stack over what one unit of activity gives of it:

    a = max(d, max over driver stacks k of (sum over lanes l of share(l) * flow(bin(l))) / gives(k))
    flow(bin) = need(bin) * a

Without by-products this is the open Leontief system a = A a + d in physical units; a loop (scrap that comes
back as oxide) is walked again until nothing moves. A by-product cannot give more than its site's activity
yields: where buyers would take more, their shares move to the bin's other sellers, in proportion; where there
is no other seller, the buyer serves so much less itself, and its own buyers move their shares.

Source: Leontief 1936; Miller and Blair 2009, Input-Output Analysis, chapter 2.
"""

from __future__ import annotations

import numpy as np

from xenotime.core.errors import BookError
from xenotime.supply.engine.board import (
    ACT,
    ACT0,
    BINS_AT,
    BINS_OF,
    BUY_AT,
    FLOW,
    FLOW0,
    GIVES,
    LANE_BIN,
    LANE_STACK,
    MOST,
    N_BINS,
    N_SITES,
    N_STACKS,
    OUT,
    OUT0,
    SELL_AT,
    SELL_OF,
    SHARE,
    SHARE0,
    SOUGHT,
    STACK_DRIVER,
    STACK_SITE,
    STACKS_AT,
    STACKS_OF,
    THRIFT,
    UPWARD,
    Array,
    Board,
    Places,
)
from xenotime.supply.engine.jit import kernel, stage
from xenotime.supply.world.network import Network

#: How often a loop is walked, and how often by-products are shared out, before the network is refused.
WALKS, ROUNDS = 400, 200


@stage
def walk(f: Array, p: Places, at: Places) -> None:
    """Walks once from buyers to sellers with today's end demand, needs and shares, within capacity."""
    width = f.shape[1]
    for place in range(at[N_SITES]):
        site = p[at[UPWARD] + place]
        act = at[ACT] + site
        for w in range(width):
            f[act, w] = f[at[SOUGHT] + site, w]
        for k in range(p[at[STACKS_AT] + site], p[at[STACKS_AT] + site + 1]):
            stack = p[at[STACKS_OF] + k]
            taken(f, p, at, stack)
            if p[at[STACK_DRIVER] + stack] == 1:
                out, gives = at[OUT] + stack, at[GIVES] + stack
                for w in range(width):
                    f[act, w] = max(f[act, w], f[out, w] / f[gives, w])
        for w in range(width):
            f[act, w] = min(f[act, w], f[at[MOST] + site, w])
        for k in range(p[at[BINS_AT] + site], p[at[BINS_AT] + site + 1]):
            flow, need = at[FLOW] + p[at[BINS_OF] + k], at[THRIFT] + p[at[BINS_OF] + k]
            for w in range(width):
                f[flow, w] = f[need, w] * f[act, w]


@kernel
def taken(f: Array, p: Places, at: Places, stack: int) -> None:
    """Sums what a stack's buyers take of it."""
    out = at[OUT] + stack
    for w in range(f.shape[1]):
        f[out, w] = 0.0
    for place in range(p[at[SELL_AT] + stack], p[at[SELL_AT] + stack + 1]):
        lane = p[at[SELL_OF] + place]
        share, flow = at[SHARE] + lane, at[FLOW] + p[at[LANE_BIN] + lane]
        for w in range(f.shape[1]):
            f[out, w] += f[share, w] * f[flow, w]


@stage
def even(f: Array, p: Places, at: Places) -> None:
    """Makes the shares of each bin sum to 1."""
    for one in range(at[N_BINS]):
        first, last = p[at[BUY_AT] + one], p[at[BUY_AT] + one + 1]
        for w in range(f.shape[1]):
            total = 0.0
            for lane in range(first, last):
                total += f[at[SHARE] + lane, w]
            if total > 0.0 and total != 1.0:
                for lane in range(first, last):
                    f[at[SHARE] + lane, w] /= total


@stage
def yielded(f: Array, p: Places, at: Places, over: Array) -> float:
    """The largest excess of what is taken of a by-product over what comes; `over` (stack, draw) what it can
    serve.
    """
    worst = 0.0
    for stack in range(at[N_STACKS]):
        site = p[at[STACK_SITE] + stack]
        for w in range(f.shape[1]):
            over[stack, w] = 1.0
            made = f[at[GIVES] + stack, w] * f[at[ACT] + site, w]
            if f[at[OUT] + stack, w] > made * (1.0 + 1e-12) and p[at[STACK_DRIVER] + stack] == 0:
                over[stack, w] = made / f[at[OUT] + stack, w]
                worst = max(worst, 1.0 - over[stack, w])
    return worst


@stage
def passed(f: Array, p: Places, at: Places, over: Array) -> None:
    """Hands on, from sellers to buyers, what a by-product cannot serve where an input has no other seller.

    A site that lacks a part of such an input can serve that much less of its own stacks.
    """
    for place in range(at[N_SITES]):
        site = p[at[UPWARD] + at[N_SITES] - 1 - place]
        for k in range(p[at[BINS_AT] + site], p[at[BINS_AT] + site + 1]):
            one = p[at[BINS_OF] + k]
            for w in range(f.shape[1]):
                kept, free = served(f, p, at, one, w, over)
                if kept < 1.0 and free == 0.0:
                    for m in range(p[at[STACKS_AT] + site], p[at[STACKS_AT] + site + 1]):
                        stack = p[at[STACKS_OF] + m]
                        over[stack, w] = min(over[stack, w], kept)


@kernel
def served(f: Array, p: Places, at: Places, one: int, w: int, over: Array) -> tuple[float, float]:
    """The part of an input that its sellers can serve, and the share of those of them that can serve all."""
    kept, free, total = 0.0, 0.0, 0.0
    for lane in range(p[at[BUY_AT] + one], p[at[BUY_AT] + one + 1]):
        part = over[p[at[LANE_STACK] + lane], w]
        share = f[at[SHARE] + lane, w]
        total += share
        kept += share * part
        if part == 1.0:
            free += share
    return (kept, free) if free < total else (1.0, free)


@stage
def divert(f: Array, p: Places, at: Places, over: Array) -> None:
    """Moves the shares that a seller cannot serve to the bin's other sellers."""
    for one in range(at[N_BINS]):
        for w in range(f.shape[1]):
            kept, free = served(f, p, at, one, w, over)
            if kept < 1.0 and free > 0.0:
                for lane in range(p[at[BUY_AT] + one], p[at[BUY_AT] + one + 1]):
                    part = over[p[at[LANE_STACK] + lane], w]
                    f[at[SHARE] + lane, w] *= part if part < 1.0 else (free + 1.0 - kept) / free


@stage
def converge(f: Array, p: Places, at: Places, before: Array) -> float:
    """Walks until no flow moves by more than rounding; gives the largest relative change of the last walk."""
    change = 1.0
    for _ in range(WALKS):
        walk(f, p, at)
        change = 0.0
        for one in range(at[N_BINS]):
            for w in range(f.shape[1]):
                now = f[at[FLOW] + one, w]
                moved = abs(now - before[one, w])
                if moved > 1e-14 * now:
                    change = max(change, moved / max(now, 1e-300))
                before[one, w] = now
        if change == 0.0:
            break
    return change


def settle(board: Board, network: Network) -> None:
    """Finds the rest state and writes it on the board, as the rest and as the present.

    Raises BookError when a loop of the network feeds on itself, or a by-product is asked for more than it can
    give and nobody else sells the good.
    """
    f, p, at = board.f, board.p, board.at
    even(f, p, at)
    over = np.ones((len(network.stacks), f.shape[1]))
    before = np.full((len(network.bins), f.shape[1]), -1.0)
    for _ in range(ROUNDS):
        if converge(f, p, at, before) > 1e-10:
            raise _odd(
                "the flows of the network grow without end", "loops that give back less than they take", ""
            )
        if yielded(f, p, at, over) <= 1e-12:
            _keep(board, network)
            return
        passed(f, p, at, over)
        divert(f, p, at, over)
    stack = network.stacks[int(np.argmin(over.min(axis=1)))]
    name = f"{network.sites[stack.site].id}, {network.goods[stack.good].id}"
    raise _odd(
        "a by-product is asked for more than it gives", "other sellers of the good, or lower shares", name
    )


def _keep(board: Board, network: Network) -> None:
    board.rows(ACT0, len(network.sites))[:] = board.rows(ACT, len(network.sites))
    board.rows(FLOW0, len(network.bins))[:] = board.rows(FLOW, len(network.bins))
    board.rows(OUT0, len(network.stacks))[:] = board.rows(OUT, len(network.stacks))
    board.rows(SHARE0, len(network.lanes))[:] = board.rows(SHARE, len(network.lanes))


def _odd(what: str, expected: str, found: str) -> BookError:
    return BookError(
        what,
        where="network",
        expected=expected,
        found=found,
        next_step="correct the network's lanes and shares",
    )
