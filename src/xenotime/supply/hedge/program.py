"""The two-stage programme as arrays: what is decided before, and all futures after it, by columns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array

from xenotime.supply.hedge import block
from xenotime.supply.hedge.paths import Paths
from xenotime.supply.hedge.plan import Aim, Plan

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class First:
    """What is decided before the stop.

    `stock` bought (item) [units], `reserved` (offer) [units a month], `qualified` (source) and `readied`
    (swap), 1 or 0.
    """

    stock: Array
    reserved: Array
    qualified: Array
    readied: Array

    def spent(self, plan: Plan) -> float:
        """What it costs at once and in fees over the horizon [USD]."""
        prices = first_costs(plan)
        return float(prices @ np.concatenate([self.stock, self.reserved, self.qualified, self.readied]))


def nothing(plan: Plan) -> First:
    """The decision to buy, reserve, qualify and ready nothing."""
    return First(*(np.zeros(n) for n in first_sizes(plan)))


def first_sizes(plan: Plan) -> tuple[int, int, int, int]:
    """How many columns each kind of first-stage decision has."""
    return len(plan.items), len(plan.offers), len(plan.sources), len(plan.swaps)


def first_costs(plan: Plan) -> Array:
    """What one unit of each first-stage decision costs [USD]."""
    fees = [(o.fee or 0.0) * plan.months for o in plan.offers]
    return np.array(
        [i.price for i in plan.items] + fees + [s.cost for s in plan.sources] + [s.ready for s in plan.swaps]
    )


def first_most(plan: Plan) -> Array:
    """The most of each first-stage decision; 0 where there is nothing to decide."""
    room = [max(i.most - i.owned, 0.0) for i in plan.items]
    reserved = [o.most if o.fee is not None else 0.0 for o in plan.offers]
    return np.array(
        room + reserved + [float(s.cost > 0) for s in plan.sources] + [float(s.ready > 0) for s in plan.swaps]
    )


@dataclass(frozen=True, slots=True)
class Program:
    """A mixed-integer programme by columns: minimise cost @ x under row and column bounds.

    Columns are the first stage (`first` is what each spends), the tail's threshold and one excess per draw,
    then each draw's block. `binary` are the columns that are 0 or 1, `balance` (item, month, draw) the rows
    whose duals price a unit, `budget` the row that bounds what is spent.
    """

    matrix: csc_array
    cost: Array
    low: Array
    high: Array
    row_low: Array
    row_high: Array
    binary: NDArray[np.int64]
    balance: NDArray[np.int64]
    first: Array
    budget: int = 0


def write(plan: Plan, paths: Paths, aim: Aim) -> Program:
    """The programme of a plan over some futures."""
    shape = block.layout(plan)
    sizes = first_sizes(plan)
    first, draws = sum(sizes), paths.draws
    start, cost = first + 1 + draws, block.costs(plan, shape, paths)
    put = block.Entries([], [], [])
    own = block.matrix(plan, shape)
    rows_at = _rows(plan, put, first)
    for draw in range(draws):
        row, column = rows_at + draw * (shape.rows + 1), start + draw * shape.columns
        put.add(own[0] + row, own[1] + column, own[2])
        _links(plan, shape, paths, draw, put, row)
        _excess(put, row + shape.rows, first, draw, column, cost[:, draw])
    high = np.concatenate(
        [first_most(plan), [np.inf], np.full(draws, np.inf), block.reach(plan, shape, paths).T.ravel()]
    )
    low = np.zeros(len(high))
    low[first] = -np.inf
    prices = np.concatenate(
        [
            first_costs(plan),
            [aim.weight],
            aim.weight * paths.weight / aim.risk,
            ((1 - aim.weight) * paths.weight[:, None] * cost.T).ravel(),
        ]
    )
    row_low, row_high = _bounds(plan, shape, aim, draws, rows_at)
    rows, columns, values = put.joined()
    matrix = csc_array((values, (rows, columns)), shape=(len(row_low), len(high)))
    items = len(plan.items)
    balance = np.stack([shape.row("balance", n, items) for n in range(items)])
    shift = rows_at + np.arange(draws) * (shape.rows + 1)
    binary = np.flatnonzero((np.arange(first) >= sizes[0] + sizes[1]) & (first_most(plan) > 0))
    return Program(
        matrix,
        prices,
        low,
        high,
        row_low,
        row_high,
        binary,
        balance[:, :, None] + shift[None, None, :],
        first_costs(plan),
    )


def _rows(plan: Plan, put: block.Entries, first: int) -> int:
    """Write the first-stage rows: the budget, then each contract of a source yet to be qualified."""
    put.add(np.zeros(first, np.int64), np.arange(first), first_costs(plan))
    items, offers = len(plan.items), len(plan.offers)
    row = 1
    for number, offer in enumerate(plan.offers):
        if offer.fee is not None and plan.sources[offer.source].cost > 0:
            put.add(
                np.array([row, row]),
                np.array([items + number, items + offers + offer.source]),
                np.array([1.0, -offer.most]),
            )
            row += 1
    return row


def _links(plan: Plan, shape: block.Layout, paths: Paths, draw: int, put: block.Entries, row: int) -> None:
    """Tie a draw to the first stage: stock bought, capacity reserved, source qualified, swap made ready."""
    items, offers, sources, _ = first_sizes(plan)
    for number in range(items):
        put.add(shape.row("balance", number, items)[:1] + row, np.array([number]), -1.0)
    for place, number in enumerate(shape.linked):
        offer = plan.offers[number]
        share = block.arriving(plan, number, paths)[:, draw]
        rows = shape.row("linked", place, items) + row
        if offer.fee is not None:
            put.add(rows, np.full(len(rows), items + number), -share)
        else:
            put.add(rows, np.full(len(rows), items + offers + offer.source), -share * offer.most)
    for place, number in enumerate(shape.readied):
        swap = plan.swaps[number]
        rows = shape.row("readied", place, items) + row
        put.add(
            rows,
            np.full(len(rows), items + offers + sources + number),
            -swap.cap * plan.lines[swap.line].need,
        )


def _excess(put: block.Entries, row: int, first: int, draw: int, column: int, cost: Array) -> None:
    """The row that says by how much a draw's cost passes the threshold: cost - threshold - excess <= 0."""
    used = np.flatnonzero(cost)
    put.add(np.full(len(used), row), column + used, cost[used])
    put.add(np.array([row, row]), np.array([first, first + 1 + draw]), -1.0)


def _bounds(plan: Plan, shape: block.Layout, aim: Aim, draws: int, rows_at: int) -> tuple[Array, Array]:
    low, high = block.limits(plan, shape)
    head_low, head_high = np.full(rows_at, -np.inf), np.zeros(rows_at)
    head_high[0] = aim.budget
    one_low, one_high = np.append(low, -np.inf), np.append(high, 0.0)
    return (
        np.concatenate([head_low, np.tile(one_low, draws)]),
        np.concatenate([head_high, np.tile(one_high, draws)]),
    )
