"""Kernels of a day in a network of firms: stocks and orders by buyer, then shipping by supplier.

Each block of buyers adds its orders up in a column of its own, and the columns are added up in one order:
so any number of threads gives the same bits. State is float32, totals are float64.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from xenotime.supply.engine.jit import kernel, stage

Floats = NDArray[np.float64]
Small = NDArray[np.float32]
Numbers = NDArray[np.int64]
Unsigned = NDArray[np.uint64]

#: Into how many blocks firms are cut; fixed, so that sums do not depend on the number of threads.
BLOCKS = 4
#: A line that makes less than this share of its normal output is counted as standing.
STANDS = 0.01
#: A stock below this is none [days]; nothing, and a day, in the precision of state.
TINY, NOTHING, DAY = np.float32(1e-6), np.float32(0.0), np.float32(1.0)
#: How many links are taken at a time.
_LINKS = 2048
_HANDFUL = np.uint64(_LINKS)
ONE = np.uint64(1)


class Rows(NamedTuple):
    """The links by buyer and product: `groups` (buyer + 1) counts products, `edges` (buyer + 1) links.

    By link: `supplier`, its `part` in the product, the `group` of that product. By group: `whole` normal need
    [money a day], and `slack`, the part of the buyer's output that does not hang on it [share]. `rows` and
    `cells` (block + 1) are the bounds of the blocks of buyers and of sellers. By firm: `revenue` [money a
    day], `final` the part of it that goes to nobody in the network. `longest` is the longest row [links].
    """

    groups: Unsigned
    edges: Unsigned
    supplier: NDArray[np.uint32]
    part: Small
    group: NDArray[np.uint32]
    whole: Small
    slack: Small
    rows: Unsigned
    cells: Unsigned
    revenue: Floats
    final: Floats
    longest: int


class State(NamedTuple):
    """What a day leaves to the next.

    `stock` (group) [days of normal use]; by firm: `ready` goods [days of normal output], `want`, `made` and
    `capacity` [share of normal output]; `lost` (firm) [days of normal output]. `desk` (block, firm, 2) has
    what part of each order was delivered, and beside it, as both are wanted together, what is ordered above
    (or below) the normal need [money].
    """

    stock: Small
    ready: Small
    want: Small
    made: Small
    capacity: Small
    lost: Floats
    desk: Small


class Pace(NamedTuple):
    """What is ordered at no stock [days of use above normal], how it falls with each day of stock, the target
    of ready goods [days], and their speed [per day]. All float32.
    """

    most: np.float32
    speed: np.float32
    target: np.float32


@stage
def buy(block: int, rows: Rows, state: State, pace: Pace) -> None:
    """A day of one block of buyers: take in what came, make what inputs allow, order.

    Firms are taken in handfuls whose links fit the fastest memory, so that the scattered reads and writes
    are loops of their own, which the machine can overlap.
    """
    desk = state.desk[block]
    held = np.empty(max(_LINKS, rows.longest), np.float32)
    came, limit = np.empty_like(held), np.empty_like(held)
    firm, end = rows.rows[block], rows.rows[block + 1]
    while firm < end:
        until = firm + ONE
        start = rows.edges[firm]
        while until < end and rows.edges[until + ONE] - start <= _HANDFUL:
            until += ONE
        count, first = rows.edges[until] - start, rows.groups[firm]
        size = rows.groups[until] - first
        for at in range(count):
            held[at] = rows.part[start + at] * desk[rows.supplier[start + at], 0]
        came[:size] = NOTHING
        for at in range(count):
            came[rows.group[start + at] - first] += held[at]
        _work(firm, until, first, size, came, limit, rows, state, pace)
        for at in range(count):
            desk[rows.supplier[start + at], 1] += rows.part[start + at] * came[rows.group[start + at] - first]
        firm = until


@kernel
def _work(
    firm: int,
    until: int,
    first: int,
    size: int,
    came: Small,
    limit: Small,
    rows: Rows,
    state: State,
    pace: Pace,
) -> None:
    """A day of some firms; `came` has the part of each order that came, and is left with new orders [money].

    Orders are tied to normal need, not to own falling output: a missing stock is ordered over some days, and
    less is ordered when a stock is above its target, but never less than nothing. Suppliers of one product
    replace each other in the stock. An input with `slack` that is short slows its buyer by the rest.
    """
    for at in range(size):
        stock = state.stock[first + at]
        state.stock[first + at] = stock + max(NOTHING, DAY + pace.most - pace.speed * stock) * came[at]
    for one in range(firm, until):
        want = min(state.want[one], state.capacity[one])
        made = want
        for at in range(rows.groups[one], rows.groups[one + ONE]):
            slack = rows.slack[at]
            made = min(made, slack * want + (DAY - slack) * min(want, state.stock[at]))
        state.made[one] = made
        for at in range(rows.groups[one], rows.groups[one + ONE]):
            limit[at - first] = made
    for at in range(size):
        stock = state.stock[first + at] - limit[at]
        stock = stock if stock > TINY else NOTHING
        state.stock[first + at] = stock
        came[at] = rows.whole[first + at] * max(-DAY, pace.most - pace.speed * stock)


@stage
def sell(block: int, rows: Rows, state: State, pace: Pace, told: Floats) -> None:
    """A day of one block of sellers: every customer gets the same part of what it ordered.

    `told` (3) is set to the block's output and what end users got [money], and the number of standing lines.
    """
    told[:] = 0.0
    for firm in range(rows.cells[block], rows.cells[block + 1]):
        revenue = rows.revenue[firm]
        asked, more = 1.0, 0.0
        for column in range(state.desk.shape[0]):
            more += state.desk[column, firm, 1]
        if revenue > 0.0:
            asked = max(0.0, 1.0 + more / revenue)
        have = state.ready[firm] + np.float64(state.made[firm])
        sent = min(1.0, have / asked) if asked > 0.0 else 1.0
        ready = max(0.0, have - sent * asked)
        for column in range(state.desk.shape[0]):
            state.desk[column, firm, 0] = sent
            state.desk[column, firm, 1] = 0.0
        state.ready[firm] = ready
        state.want[firm] = max(0.0, asked + (pace.target - ready) * pace.speed)
        state.lost[firm] += 1.0 - state.made[firm]
        told[0] += state.made[firm] * revenue
        told[1] += sent * rows.final[firm] * revenue
        told[2] += state.made[firm] < STANDS


@stage
def change(day: int, begin: Numbers, firm: NDArray[np.int32], capacity: Small, state: State) -> None:
    """Set the capacities that begin on a day."""
    for at in range(begin[day], begin[day + 1]):
        state.capacity[firm[at]] = capacity[at]


@stage
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
