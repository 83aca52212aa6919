"""Kernels of the systemic risk index: several failures side by side, each in a lane of its own.

A lane's numbers depend on nothing in the other lanes, and are added up in one order: so any number of lanes
gives the same bits. Arrays of (firm, lane) keep what firms still put out [share].
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from xenotime.supply.engine.jit import kernel, stage

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]
Short = NDArray[np.int32]

#: How a link is felt: a part of all inputs; a part of one product, or the last such part.
LINEAR, WITHIN, LAST = 1, 2, 3
#: A market with less left than this share of its sales has nobody left who could take another's place.
_NOBODY = 1e-12


class Links(NamedTuple):
    """The links as kernels read them.

    By buyer: `start`, `supplier`, `part` of the supplier in that input, `mark`. By supplier: `begin`,
    `buyer`, `share` of the buyer in the supplier's sales. By firm: `market` (-1: nobody takes its place),
    `sales`, `weight`. `markets` are the sales of each market.
    """

    start: Numbers
    supplier: Short
    part: Floats
    mark: NDArray[np.int8]
    begin: Numbers
    buyer: Short
    share: Floats
    market: Short
    sales: Floats
    markets: Floats
    weight: Floats


class Shocks(NamedTuple):
    """Several shocks: `begin` (shock + 1), then `firm` (numbers of the network) and `share` lost."""

    begin: Numbers
    firm: Numbers
    share: Floats


class Losses(NamedTuple):
    """The loss of all output by shock [share], (shock): the worse way for each firm, `down` only, `up` only.

    `rounds` (shock) until the cascade was at its end. `left_down` and `left_up` (firm, shock) are what each
    firm still puts out [share]; without columns unless they were asked for.
    """

    total: Floats
    down: Floats
    up: Floats
    rounds: Short
    left_down: Floats
    left_up: Floats


@stage
def cascade(
    links: Links, asked: Shocks, first: int, last: int, lanes: int, epsilon: float, found: Losses
) -> None:
    """Run the shocks from `first` up to `last`; a lane whose cascade is at its end takes the next one."""
    size = len(links.weight)
    low, high = np.ones((size, lanes)), np.ones((size, lanes))
    low_before, high_before = np.ones((size, lanes)), np.ones((size, lanes))
    lost, fall = np.zeros((size, lanes)), np.zeros(lanes)
    taken, age = np.full(lanes, -1), np.zeros(lanes, np.int32)
    waiting, busy = first, 0
    for lane in range(lanes):
        waiting = _next(asked, waiting, last, lane, taken, low, high)
        busy += taken[lane] >= 0
    while busy > 0:
        low, low_before = low_before, low
        high, high_before = high_before, high
        fall[:] = 0.0
        _missing(links, low_before, lost)
        _downward(links, lost, low_before, low, fall)
        _upward(links, high_before, high, fall)
        for lane in range(lanes):
            one = taken[lane]
            if one < 0:
                continue
            age[lane] += 1
            _hold(asked, one, lane, low_before, low, fall)
            _hold(asked, one, lane, high_before, high, fall)
            if fall[lane] <= epsilon:
                _keep(links, one, lane, low, high, age, found)
                waiting = _next(asked, waiting, last, lane, taken, low, high)
                busy -= taken[lane] < 0


@kernel
def _next(
    asked: Shocks, waiting: int, last: int, lane: int, taken: Numbers, low: Floats, high: Floats
) -> int:
    """Start the waiting shock in a lane of firms that all put out as much as ever; the next one to wait."""
    low[:, lane] = 1.0
    high[:, lane] = 1.0
    taken[lane] = -1
    if waiting == last:
        return waiting
    taken[lane] = waiting
    for at in range(asked.begin[waiting], asked.begin[waiting + 1]):
        left = 1.0 - asked.share[at]
        low[asked.firm[at], lane] = left
        high[asked.firm[at], lane] = left
    return waiting + 1


@kernel
def _hold(asked: Shocks, one: int, lane: int, before: Floats, after: Floats, fall: Floats) -> None:
    """Keep the shocked firms of a lane at or below what the shock left them."""
    for at in range(asked.begin[one], asked.begin[one + 1]):
        firm = asked.firm[at]
        after[firm, lane] = min(after[firm, lane], 1.0 - asked.share[at])
        fall[lane] = max(fall[lane], before[firm, lane] - after[firm, lane])


@kernel
def _missing(links: Links, low: Floats, lost: Floats) -> None:
    """What each firm leaves undelivered and nobody in its market can take over [share of its sales].

    A firm can be replaced as far as the rest of its market is larger than itself: its own sales over what
    the market still sells, at most 1, is the part that cannot. Source: Diem et al. 2022, equation 8.
    """
    size, lanes = low.shape
    left = np.zeros((len(links.markets), lanes))
    for firm in range(size):
        if links.market[firm] >= 0:
            for lane in range(lanes):
                left[links.market[firm], lane] += links.sales[firm] * low[firm, lane]
    for firm in range(size):
        market = links.market[firm]
        for lane in range(lanes):
            gone = 1.0
            if market >= 0 and left[market, lane] > links.markets[market] * _NOBODY:
                gone = min(1.0, links.sales[firm] / left[market, lane])
            lost[firm, lane] = gone * (1.0 - low[firm, lane])


@kernel
def _downward(links: Links, lost: Floats, before: Floats, after: Floats, fall: Floats) -> None:
    """What each firm can still make from its inputs: the worst essential one, and all others together.

    Source: Diem et al. 2022, equation 6.
    """
    size, lanes = before.shape
    linear, within, worst = np.empty(lanes), np.empty(lanes), np.empty(lanes)
    for firm in range(size):
        linear[:] = 0.0
        within[:] = 0.0
        worst[:] = 0.0
        for at in range(links.start[firm], links.start[firm + 1]):
            row, part, mark = links.supplier[at], links.part[at], links.mark[at]
            if mark == LINEAR:
                for lane in range(lanes):
                    linear[lane] += part * lost[row, lane]
                continue
            for lane in range(lanes):
                within[lane] += part * lost[row, lane]
            if mark == LAST:
                for lane in range(lanes):
                    worst[lane] = max(worst[lane], within[lane])
                    within[lane] = 0.0
        for lane in range(lanes):
            after[firm, lane] = max(0.0, 1.0 - max(worst[lane], linear[lane]))
            fall[lane] = max(fall[lane], before[firm, lane] - after[firm, lane])


@kernel
def _upward(links: Links, before: Floats, after: Floats, fall: Floats) -> None:
    """What each firm can still sell to its buyers, as far as these work. Source: as above, equation 7."""
    size, lanes = before.shape
    gone = np.empty(lanes)
    for firm in range(size):
        gone[:] = 0.0
        for at in range(links.begin[firm], links.begin[firm + 1]):
            row, share = links.buyer[at], links.share[at]
            for lane in range(lanes):
                gone[lane] += share * (1.0 - before[row, lane])
        for lane in range(lanes):
            after[firm, lane] = max(0.0, 1.0 - gone[lane])
            fall[lane] = max(fall[lane], before[firm, lane] - after[firm, lane])


@kernel
def _keep(links: Links, one: int, lane: int, low: Floats, high: Floats, age: Short, found: Losses) -> None:
    """Add up the losses of a lane whose cascade is at its end."""
    total, down, up = 0.0, 0.0, 0.0
    for firm in range(len(links.weight)):
        total += links.weight[firm] * (1.0 - min(low[firm, lane], high[firm, lane]))
        down += links.weight[firm] * (1.0 - low[firm, lane])
        up += links.weight[firm] * (1.0 - high[firm, lane])
    found.total[one], found.down[one], found.up[one] = total, down, up
    found.rounds[one], age[lane] = age[lane], 0
    if found.left_down.shape[1] > one:
        found.left_down[:, one] = low[:, lane]
        found.left_up[:, one] = high[:, lane]
