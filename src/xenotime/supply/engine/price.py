r"""Price: a thin spot price on each side of the control, and a contract price that follows in part.

For each good and zone, with `have` the stocks in bins and stacks there, `base` the same at rest and `reach`
what is sent there over what was ordered, up to normal need, smoothed over `gap` days (a spot market sees what
can be had now, not what will arrive):

    d ln p = stiff * ((base - have) / base + max(0, 1 - reach))
    ln p between min(0, b) and max(0, b),  b = -ln(reach) / elastic      (isoelastic equilibrium)
    d ln c = (passing * ln p - ln c) / contract

The upper bound is strict on the way up; beyond it the price falls back over `smooth` days. Goods of one chain
move together inside a zone: with s the share of cost that an input carries over (see `links`), it pushes the
good's ln p up to s times its own; and a good that is made alone, and of which it is most of the cost, pulls
the input up to its own; both over `gap` days. Only goods that are let through pull the two sides together:
both ln p move towards their mean, weighed by what each side needs at rest, at open / smooth a day, `open`
being what crosses the border over what does at rest.

Source: isoelastic demand q = p ** -elastic; Kilian and Murphy 2014 (stocks and prices of a storable good).
"""

from __future__ import annotations

import math

from xenotime.supply.engine.board import (
    AWAKE,
    BASE,
    BIN_GOOD,
    BIN_ZONE,
    BINS,
    BUY_AT,
    CONTRACT,
    COVER,
    DEAL,
    DEPTH,
    ELASTIC,
    FLOW0,
    GAP,
    HAVE,
    LANE_BIN,
    LANE_STACK,
    LINK,
    LINK_FROM,
    LINK_INTO,
    LINK_SOLE,
    N_BINS,
    N_GOODS,
    N_LANES,
    N_LINKS,
    N_STACKS,
    NEEDED,
    ORDERED,
    OUT0,
    PASSING,
    REACH,
    RULE,
    SENT,
    SENT_TO,
    SHARE0,
    SMOOTH,
    SPOT,
    STACK_DRIVER,
    STACK_GOOD,
    STACK_ZONE,
    STACKS,
    STIFF,
    WISHED,
    Array,
    Places,
)
from xenotime.supply.engine.jit import kernel, stage

#: Supply over need is told apart between these: a market does not vanish, and a glut is finite.
_LEAST, _MOST = 0.02, 50.0


@stage
def bounded(p: float, step: float, reach: float, elastic: float, smooth: float) -> float:
    """The logarithm of the price after a step, kept by its isoelastic bound.

    >>> bounded(0.0, 9.0, 0.5, 0.5, 30.0) == -math.log(0.5) / 0.5
    True
    """
    b = -math.log(min(_MOST, max(_LEAST, reach))) / elastic
    high, low = max(0.0, b), min(0.0, b)
    if p > high:
        return min(p + min(step, 0.0), p + (high - p) / smooth)
    if p < low:
        return max(p + max(step, 0.0), p + (low - p) / smooth)
    return min(high, max(low, p + step))


@stage
def price(f: Array, p: Places, at: Places) -> None:
    """Moves every spot and contract price by a day."""
    gather(f, p, at)
    for cell in range(2 * at[N_GOODS]):
        for w in range(f.shape[1]):
            if f[at[NEEDED] + cell, w] > 0.0:
                press(f, at, cell, w)
    chain(f, p, at)
    meet(f, p, at)
    for cell in range(2 * at[N_GOODS]):
        for w in range(f.shape[1]):
            c = math.log(f[at[DEAL] + cell, w])
            spot = math.log(f[at[SPOT] + cell, w])
            if c != 0.0 or spot != 0.0:
                c += (f[at[RULE] + PASSING, w] * spot - c) / f[at[RULE] + CONTRACT, w]
                f[at[DEAL] + cell, w] = math.exp(c)


@kernel
def press(f: Array, at: Places, cell: int, w: int) -> None:
    """Moves a spot price by what is short there."""
    base, smooth = f[at[BASE] + cell, w], f[at[RULE] + SMOOTH, w]
    reach = f[at[REACH] + cell, w]
    wished = min(f[at[WISHED] + cell, w], f[at[NEEDED] + cell, w])
    now = f[at[SENT_TO] + cell, w] / wished if wished > 1e-6 * f[at[NEEDED] + cell, w] else 1.0
    reach += (min(now, _MOST) - reach) / f[at[RULE] + GAP, w]
    f[at[REACH] + cell, w] = reach
    gap = max(-1.0, (base - f[at[HAVE] + cell, w]) / base) if base > 0.0 else 0.0
    step = f[at[RULE] + STIFF, w] * (gap + max(0.0, 1.0 - reach))
    if step != 0.0 or reach != 1.0:
        spot = math.log(f[at[SPOT] + cell, w])
        f[at[SPOT] + cell, w] = math.exp(bounded(spot, step, reach, f[at[RULE] + ELASTIC, w], smooth))


@kernel
def gather(f: Array, p: Places, at: Places) -> None:
    """Adds up, by zone and good: stocks, stocks at rest, what comes there, what is needed there."""
    goods, width = at[N_GOODS], f.shape[1]
    for row in range(at[HAVE], at[HAVE] + 10 * goods):
        for w in range(width):
            f[row, w] = 0.0
    for one in range(at[N_BINS]):
        cell = p[at[BIN_ZONE] + one] * goods + p[at[BIN_GOOD] + one]
        bins, cover, flow = at[BINS] + one, at[COVER] + one, at[FLOW0] + one
        have, base, need = at[HAVE] + cell, at[BASE] + cell, at[NEEDED] + cell
        for w in range(width):
            f[have, w] += f[bins, w]
            f[base, w] += f[cover, w] * f[flow, w]
            f[need, w] += f[flow, w]
        for lane in range(p[at[BUY_AT] + one], p[at[BUY_AT] + one + 1]):
            if p[at[AWAKE] + lane] == 1:
                now, sent = at[SENT_TO] + cell, at[SENT] + lane
                wished, ordered = at[WISHED] + cell, at[ORDERED] + lane
                for w in range(width):
                    f[now, w] += f[sent, w]
                    f[wished, w] += f[ordered, w]
    for stack in range(at[N_STACKS]):
        if p[at[STACK_DRIVER] + stack] == 1:
            cell = p[at[STACK_ZONE] + stack] * goods + p[at[STACK_GOOD] + stack]
            for w in range(width):
                f[at[HAVE] + cell, w] += f[at[STACKS] + stack, w]
                f[at[BASE] + cell, w] += f[at[DEPTH] + stack, w] * f[at[OUT0] + stack, w]


@kernel
def chain(f: Array, p: Places, at: Places) -> None:
    """Moves the spot prices of inputs and of what is made of them together, in each zone."""
    for link in range(at[N_LINKS]):
        sole = p[at[LINK_SOLE] + link] == 1
        for zone in range(2):
            cell = at[SPOT] + zone * at[N_GOODS]
            low, high, part = cell + p[at[LINK_FROM] + link], cell + p[at[LINK_INTO] + link], at[LINK] + link
            for w in range(f.shape[1]):
                if f[low, w] != f[high, w]:
                    below, above = math.log(f[low, w]), math.log(f[high, w])
                    if f[part, w] * below > above:
                        f[high, w] = math.exp(above + (f[part, w] * below - above) / f[at[RULE] + GAP, w])
                    elif sole and f[part, w] > 0.5 and above > below:
                        f[low, w] = math.exp(below + (above - below) / f[at[RULE] + GAP, w])


@kernel
def meet(f: Array, p: Places, at: Places) -> None:
    """Pulls the two sides of each good together by what crosses the border over what crosses it at rest."""
    goods, width = at[N_GOODS], f.shape[1]
    for row in range(at[HAVE], at[HAVE] + 2 * goods):
        for w in range(width):
            f[row, w] = 0.0
    for lane in range(at[N_LANES]):
        one = p[at[LANE_BIN] + lane]
        if p[at[AWAKE] + lane] == 1 and p[at[BIN_ZONE] + one] != p[at[STACK_ZONE] + p[at[LANE_STACK] + lane]]:
            now = at[HAVE] + p[at[BIN_GOOD] + one]
            for w in range(width):
                f[now, w] += f[at[SENT] + lane, w]
                f[now + goods, w] += f[at[SHARE0] + lane, w] * f[at[FLOW0] + one, w]
    for good in range(goods):
        now, inner, outer = at[HAVE] + good, at[SPOT] + good, at[SPOT] + goods + good
        for w in range(width):
            if f[now + goods, w] > 0.0 and f[inner, w] != f[outer, w]:
                inside, outside = math.log(f[inner, w]), math.log(f[outer, w])
                pull = min(1.0, f[now, w] / f[now + goods, w]) / f[at[RULE] + SMOOTH, w]
                here, there = f[at[NEEDED] + good, w], f[at[NEEDED] + goods + good, w]
                part = there / (here + there) if here + there > 0.0 else 0.5
                f[inner, w] = math.exp(inside + part * pull * (outside - inside))
                f[outer, w] = math.exp(outside - (1.0 - part) * pull * (outside - inside))
