"""Kernels of a day in a network of firms: stocks and orders by buyer, then shipping by supplier.

Each block of buyers adds its orders up in a column of its own, and the columns are added up in one order:
so any number of threads gives the same bits. State is float32, totals are float64.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Small = NDArray[np.float32]
Numbers = NDArray[np.int64]
Unsigned = NDArray[np.uint64]

#: Into how many blocks firms are cut; fixed, so that sums do not depend on the number of threads.
BLOCKS = 4
#: A line that makes less than this share of its normal output is counted as standing.
_STANDS = 0.01
_TINY = np.float32(1e-6)


class Rows(NamedTuple):
    """The links by buyer and product: `groups` (buyer + 1) counts products, `edges` (buyer + 1) links.

    By link: `supplier`, its `part` in the product, and whether it is the `last` of it. By group: `whole`
    normal need [money a day] and `slack`, the part of the buyer's output that does not hang on it [share].
    `rows` and `cells` (block + 1) are the bounds of the blocks of buyers and of sellers. `revenue` and
    `final` (firm) [money a day] are all sales, and those to nobody in the network.
    """

    groups: Unsigned
    edges: Unsigned
    supplier: NDArray[np.uint32]
    part: Small
    last: NDArray[np.bool_]
    whole: Small
    slack: Small
    rows: Unsigned
    cells: Unsigned
    revenue: Small
    final: Small


class State(NamedTuple):
    """What a day leaves to the next.

    `stock` (group) [days of normal use]; by firm: `ready` goods [days of normal output], `want`, `made` and
    `capacity` [share of normal output], `sent` the part of each order that was delivered; `orders` (block,
    firm) [money]; `lost` (firm) [days of normal output].
    """

    stock: Small
    ready: Small
    want: Small
    made: Small
    capacity: Small
    sent: Small
    orders: Floats
    lost: Floats


class Pace(NamedTuple):
    """What is ordered at no stock [days of use], how it falls with each day of stock, and likewise for ready
    goods: `target` and `speed` [per day]. All float32.
    """

    most: np.float32
    speed: np.float32
    target: np.float32


@njit(nogil=True, cache=True)
def buy(block: int, rows: Rows, state: State, pace: Pace) -> None:
    """A day of one block of buyers: take in what came, make what inputs allow, order.

    Orders are tied to normal need, not to own falling output: a missing stock is ordered over some days, and
    less is ordered when a stock is above its target. Suppliers of one product replace each other in the
    stock. An input with `slack` that is short slows its buyer by the rest.
    """
    orders, sent, stocks = state.orders[block], state.sent, state.stock
    nothing = np.float32(0.0)
    orders[:] = 0.0
    for firm in range(rows.rows[block], rows.rows[block + 1]):
        want = min(state.want[firm], state.capacity[firm])
        limit, came, group = want, nothing, rows.groups[firm]
        for at in range(rows.edges[firm], rows.edges[firm + 1]):
            came += rows.part[at] * sent[rows.supplier[at]]
            if rows.last[at]:
                stock = stocks[group]
                stock += max(nothing, pace.most - pace.speed * stock) * came
                stocks[group] = stock
                slack = rows.slack[group]
                limit = min(limit, slack * want + (np.float32(1.0) - slack) * min(want, stock))
                came = nothing
                group += np.uint64(1)
        state.made[firm] = limit
        group = rows.groups[firm]
        order = nothing
        fresh = True
        for at in range(rows.edges[firm], rows.edges[firm + 1]):
            if fresh:
                stock = max(nothing, stocks[group] - limit)
                stock = stock if stock > _TINY else nothing
                stocks[group] = stock
                order = rows.whole[group] * max(nothing, pace.most - pace.speed * stock)
                group += np.uint64(1)
            orders[rows.supplier[at]] += rows.part[at] * order
            fresh = rows.last[at]


@njit(nogil=True, cache=True)
def sell(block: int, rows: Rows, state: State, pace: Pace, told: Floats) -> None:
    """A day of one block of sellers: every customer gets the same part of what it ordered.

    `told` (3) is set to the block's output and what end users got [money], and the number of standing lines.
    """
    told[:] = 0.0
    for firm in range(rows.cells[block], rows.cells[block + 1]):
        asked = np.float64(rows.final[firm])
        for column in range(state.orders.shape[0]):
            asked += state.orders[column, firm]
        revenue = np.float64(rows.revenue[firm])
        if revenue <= 0.0:
            continue
        asked /= revenue
        have = state.ready[firm] + np.float64(state.made[firm])
        sent = min(1.0, have / asked) if asked > 0.0 else 1.0
        ready = max(0.0, have - sent * asked)
        state.sent[firm] = sent
        state.ready[firm] = ready
        state.want[firm] = max(0.0, asked + (pace.target - ready) * pace.speed)
        state.lost[firm] += 1.0 - state.made[firm]
        told[0] += state.made[firm] * revenue
        told[1] += sent * rows.final[firm]
        told[2] += state.made[firm] < _STANDS


@njit(nogil=True, cache=True)
def change(day: int, begin: Numbers, firm: NDArray[np.int32], capacity: Small, state: State) -> None:
    """Set the capacities that begin on a day."""
    for at in range(begin[day], begin[day + 1]):
        state.capacity[firm[at]] = capacity[at]


@njit(nogil=True, cache=True)
def live(
    days: int,
    begin: Numbers,
    firm: NDArray[np.int32],
    capacity: Small,
    rows: Rows,
    state: State,
    pace: Pace,
    told: Floats,
) -> None:
    """All days in one thread; `told` (day, block, 3)."""
    for day in range(days):
        change(day, begin, firm, capacity, state)
        for block in range(BLOCKS):
            buy(block, rows, state, pace)
        for block in range(BLOCKS):
            sell(block, rows, state, pace, told[day, block])
