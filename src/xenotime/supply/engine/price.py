r"""Price: a thin spot price on each side of the control, and a contract price that follows in part.

For each good and zone, with `have` the stocks in bins and stacks there, `base` the same at rest and `reach` the
smoothed supply over normal need:

    d ln p = stiff * ((base - have) / base + max(0, 1 - reach))
    ln p between min(0, b) and max(0, b),  b = -ln(reach) / elastic      (isoelastic equilibrium)
    d ln c = (passing * ln p - ln c) / contract

The upper bound is strict on the way up; beyond it the price falls back over `smooth` days. Only goods that are let
through pull the two sides together: ln p moves towards the mean of both at open / smooth a day, `open` being what
crosses the border over what crosses it at rest.
"""

from __future__ import annotations

import math

from xenotime.supply.engine.frame import Frame
from xenotime.supply.engine.given import CONTRACT, ELASTIC, PASSING, SMOOTH, STIFF, Array, Given
from xenotime.supply.engine.jit import kernel
from xenotime.supply.engine.rest import Rest
from xenotime.supply.engine.state import Seen, State

#: Supply over need is told apart between these; a market does not vanish, and a glut is finite.
_LEAST, _MOST = 0.02, 50.0


@kernel
def bounded(p: float, step: float, reach: float, elastic: float, smooth: float) -> float:
    """The logarithm of the price after a step, kept by its isoelastic bound.

    >>> bounded(0.0, 9.0, 0.5, 0.5, 30.0) == -math.log(0.5) / 0.5
    True
    """
    b = -math.log(min(_MOST, max(_LEAST, reach))) / elastic
    high, low = max(0.0, b), min(0.0, b)
    moved = p + step
    if moved > high:
        return max(high, min(moved, p) + (high - p) / smooth if p > high else high)
    if moved < low:
        return min(low, max(moved, p) + (low - p) / smooth if p < low else low)
    return moved


@kernel
def price(frame: Frame, given: Given, rest: Rest, state: State, seen: Seen, rows: Array) -> None:
    """Moves every spot and contract price by a day; `rows` (4 x zones x goods, draw) is room to work in."""
    cells, width = seen.spot.shape
    goods = cells // 2
    rows[:] = 0.0
    sum_stocks(frame, given, rest, state, seen, rows, cells)
    for cell in range(cells):
        for w in range(width):
            need = rows[3 * cells + cell, w]
            base = rows[cells + cell, w]
            if need <= 0.0:
                continue
            reach = state.reach[cell, w]
            reach += (rows[2 * cells + cell, w] / need - reach) / given.rule[SMOOTH, w]
            state.reach[cell, w] = reach
            gap = (base - rows[cell, w]) / base if base > 0.0 else 0.0
            step = given.rule[STIFF, w] * (max(-1.0, gap) + max(0.0, 1.0 - reach))
            elastic, smooth = given.rule[ELASTIC, w], given.rule[SMOOTH, w]
            p = bounded(math.log(seen.spot[cell, w]), step, reach, elastic, smooth)
            seen.spot[cell, w] = math.exp(p)
    meet(frame, given, rest, seen, rows, goods)
    for cell in range(cells):
        for w in range(width):
            c = math.log(seen.deal[cell, w])
            c += (given.rule[PASSING, w] * math.log(seen.spot[cell, w]) - c) / given.rule[CONTRACT, w]
            seen.deal[cell, w] = math.exp(c)


@kernel
def sum_stocks(
    frame: Frame, given: Given, rest: Rest, state: State, seen: Seen, rows: Array, cells: int
) -> None:
    """Adds up, by zone and good: stocks, stocks at rest, what is sent there, what is needed there."""
    goods = cells // 2
    width = rows.shape[1]
    for one in range(frame.bin_site.size):
        cell = frame.bin_zone[one] * goods + frame.bin_good[one]
        for w in range(width):
            rows[cell, w] += seen.bins[one, w]
            rows[cells + cell, w] += given.cover[one, w] * rest.flow[one, w]
            rows[2 * cells + cell, w] += state.came[one, w]
            rows[3 * cells + cell, w] += rest.flow[one, w]
    for stack in range(frame.stack_site.size):
        if frame.stack_driver[stack] == 1:
            cell = frame.stack_zone[stack] * goods + frame.stack_good[stack]
            for w in range(width):
                rows[cell, w] += seen.stacks[stack, w]
                rows[cells + cell, w] += given.depth[stack, w] * rest.out[stack, w]


@kernel
def meet(frame: Frame, given: Given, rest: Rest, seen: Seen, rows: Array, goods: int) -> None:
    """Pulls the two sides of each good together by what crosses the border over what crosses it at rest."""
    width = rows.shape[1]
    rows[: 2 * goods] = 0.0
    for lane in range(frame.lane_bin.size):
        one = frame.lane_bin[lane]
        if frame.bin_zone[one] != frame.stack_zone[frame.lane_stack[lane]]:
            good = frame.bin_good[one]
            for w in range(width):
                rows[good, w] += seen.sent[lane, w]
                rows[goods + good, w] += rest.share[lane, w] * rest.flow[one, w]
    for good in range(goods):
        for w in range(width):
            if rows[goods + good, w] > 0.0:
                inside, outside = math.log(seen.spot[good, w]), math.log(seen.spot[goods + good, w])
                pull = min(1.0, rows[good, w] / rows[goods + good, w]) / given.rule[SMOOTH, w]
                move = 0.5 * pull * (outside - inside)
                if move != 0.0:
                    seen.spot[good, w] = math.exp(inside + move)
                    seen.spot[goods + good, w] = math.exp(outside - move)
