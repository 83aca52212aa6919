"""Kernels of a day in a network of firms, for several paths side by side: the last axis of state is the path.

Each path sees the arithmetic of `step`, in the same order: its numbers are those it would have alone, bit for
bit. A link is read once for all paths, so a path costs a small part of what it costs alone.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from xenotime.supply.engine.jit import kernel, stage
from xenotime.supply.firms.step import (
    BLOCKS,
    DAY,
    NOTHING,
    ONE,
    STANDS,
    TINY,
    Floats,
    Numbers,
    Pace,
    Rows,
    Small,
)


class Wide(NamedTuple):
    """What a day leaves to the next, as in `step.State`: `stock` (group, path); (firm, path) for the others.

    `more` (block, firm, path) is what is ordered above (or below) the normal need [money].
    """

    stock: Small
    ready: Small
    want: Small
    made: Small
    capacity: Small
    lost: Floats
    sent: Small
    more: Small


class Turns(NamedTuple):
    """Changes of capacity: `begin` (day + 1), then `firm`, `path` and `capacity` [share of normal output]."""

    begin: Numbers
    firm: NDArray[np.int64]
    path: NDArray[np.int64]
    capacity: Small


@stage
def live(days: int, turns: Turns, rows: Rows, state: Wide, pace: Pace, told: Floats) -> None:
    """All days of some paths in one thread; `told` (day, block, 3, path) as in `step.sell`."""
    for day in range(days):
        for at in range(turns.begin[day], turns.begin[day + 1]):
            state.capacity[turns.firm[at], turns.path[at]] = turns.capacity[at]
        for block in range(BLOCKS):
            _buy(block, rows, state, pace)
        for block in range(BLOCKS):
            _sell(block, rows, state, pace, told[day, block])


@kernel
def _buy(block: int, rows: Rows, state: Wide, pace: Pace) -> None:
    """A day of one block of buyers."""
    sent, more, paths = state.sent, state.more[block], state.sent.shape[1]
    came = np.empty((rows.longest, paths), np.float32)
    limit = np.empty(paths, np.float32)
    for firm in range(rows.rows[block], rows.rows[block + 1]):
        first, size = rows.groups[firm], rows.groups[firm + ONE] - rows.groups[firm]
        came[:size] = NOTHING
        for at in range(rows.edges[firm], rows.edges[firm + ONE]):
            group, supplier, part = rows.group[at] - first, rows.supplier[at], rows.part[at]
            for path in range(paths):
                came[group, path] += part * sent[supplier, path]
        _make(firm, first, size, came, limit, rows, state, pace)
        for at in range(rows.edges[firm], rows.edges[firm + ONE]):
            group, supplier, part = rows.group[at] - first, rows.supplier[at], rows.part[at]
            for path in range(paths):
                more[supplier, path] += part * came[group, path]


@kernel
def _make(
    firm: int, first: int, size: int, came: Small, made: Small, rows: Rows, state: Wide, pace: Pace
) -> None:
    """What one firm makes in each path; `came` is left with what it orders above its normal need [money]."""
    paths = len(made)
    for path in range(paths):
        made[path] = min(state.want[firm, path], state.capacity[firm, path])
        state.want[firm, path] = made[path]
    for at in range(size):
        slack = rows.slack[first + at]
        for path in range(paths):
            stock = state.stock[first + at, path]
            stock += max(NOTHING, DAY + pace.most - pace.speed * stock) * came[at, path]
            state.stock[first + at, path] = stock
            want = state.want[firm, path]
            made[path] = min(made[path], slack * want + (DAY - slack) * min(want, stock))
    for path in range(paths):
        state.made[firm, path] = made[path]
    for at in range(size):
        whole = rows.whole[first + at]
        for path in range(paths):
            stock = state.stock[first + at, path] - made[path]
            stock = stock if stock > TINY else NOTHING
            state.stock[first + at, path] = stock
            came[at, path] = whole * max(-DAY, pace.most - pace.speed * stock)


@kernel
def _sell(block: int, rows: Rows, state: Wide, pace: Pace, told: Floats) -> None:
    """A day of one block of sellers."""
    paths = state.sent.shape[1]
    told[:] = 0.0
    for firm in range(rows.cells[block], rows.cells[block + 1]):
        revenue, final = rows.revenue[firm], rows.final[firm]
        for path in range(paths):
            asked, above = 1.0, 0.0
            for column in range(BLOCKS):
                above += state.more[column, firm, path]
                state.more[column, firm, path] = NOTHING
            if revenue > 0.0:
                asked = max(0.0, 1.0 + above / revenue)
            made = state.made[firm, path]
            have = state.ready[firm, path] + np.float64(made)
            sent = min(1.0, have / asked) if asked > 0.0 else 1.0
            ready = max(0.0, have - sent * asked)
            state.sent[firm, path] = sent
            state.ready[firm, path] = ready
            state.want[firm, path] = max(0.0, asked + (pace.target - ready) * pace.speed)
            state.lost[firm, path] += 1.0 - made
            told[0, path] += made * revenue
            told[1, path] += sent * final * revenue
            told[2, path] += made < STANDS
