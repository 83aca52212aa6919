"""One future of the programme as arrays: what is bought, made, swapped, missed and kept in each month."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xenotime.supply.hedge.paths import Paths
from xenotime.supply.hedge.plan import Plan

Array = NDArray[np.float64]
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each column and row of a future lies; a column block is (thing, month), rows alike.

    Columns: buy (offer), make, swap, miss (line), keep (item). Rows: balance (item), bought under a
    first-stage decision (offer), swapped under one (swap), no line served twice (line with swaps).
    """

    months: int
    buy: int
    make: int
    swap: int
    miss: int
    keep: int
    columns: int
    linked: tuple[int, ...]
    readied: tuple[int, ...]
    split: tuple[int, ...]
    rows: int

    def column(self, start: int, thing: int) -> Places:
        """The columns of one thing, month by month."""
        return np.arange(self.months) + start + thing * self.months

    def row(self, kind: str, place: int, items: int) -> Places:
        """The rows of the `place`-th of a kind, month by month."""
        skip = {
            "balance": 0,
            "linked": items,
            "readied": items + len(self.linked),
            "split": items + len(self.linked) + len(self.readied),
        }
        return np.arange(self.months) + (skip[kind] + place) * self.months


def layout(plan: Plan) -> Layout:
    """The layout of every future of a plan."""
    months = plan.months
    sizes = np.cumsum(
        [0, *(months * len(x) for x in (plan.offers, plan.makings, plan.swaps, plan.lines, plan.items))]
    )
    linked = tuple(
        k for k, o in enumerate(plan.offers) if o.fee is not None or plan.sources[o.source].cost > 0
    )
    readied = tuple(k for k, s in enumerate(plan.swaps) if s.ready > 0)
    split = tuple(sorted({s.line for s in plan.swaps}))
    rows = months * (len(plan.items) + len(linked) + len(readied) + len(split))
    buy, make, swap, miss, keep, columns = (int(n) for n in sizes)
    return Layout(months, buy, make, swap, miss, keep, columns, linked, readied, split, rows)


@dataclass(frozen=True, slots=True)
class Entries:
    """A sparse matrix under construction: rows, columns, values in three lists of arrays."""

    rows: list[Places]
    columns: list[Places]
    values: list[Array]

    def add(self, rows: Places, columns: Places, value: float | Array) -> None:
        """Put `value` (one or one for each) at the places."""
        self.rows.append(rows)
        self.columns.append(columns)
        self.values.append(np.broadcast_to(np.asarray(value, dtype=np.float64), rows.shape))

    def joined(self) -> tuple[Places, Places, Array]:
        """All rows, columns and values."""
        if not self.rows:
            return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0)
        return np.concatenate(self.rows), np.concatenate(self.columns), np.concatenate(self.values)


def matrix(plan: Plan, shape: Layout) -> tuple[Places, Places, Array]:
    """The coefficients of one future's own columns; they are the same in all futures."""
    put, items = Entries([], [], []), len(plan.items)
    for number in range(items):
        rows, keep = shape.row("balance", number, items), shape.column(shape.keep, number)
        put.add(rows, keep, 1.0)
        put.add(rows[1:], keep[:-1], -1.0)
    for number, offer in enumerate(plan.offers):
        put.add(shape.row("balance", offer.item, items), shape.column(shape.buy, number), -1.0)
    for number, making in enumerate(plan.makings):
        made = shape.column(shape.make, number)
        put.add(shape.row("balance", making.source, items), made, making.ratio)
        late = max(shape.months - making.lead, 0)
        put.add(shape.row("balance", making.target, items)[making.lead :], made[:late], -1.0)
    for number, line in enumerate(plan.lines):
        put.add(shape.row("balance", line.item, items), shape.column(shape.miss, number), -1.0)
    for number, swap in enumerate(plan.swaps):
        used = shape.column(shape.swap, number)
        put.add(shape.row("balance", plan.lines[swap.line].item, items), used, -1.0)
        if swap.item >= 0:
            put.add(shape.row("balance", swap.item, items), used, swap.ratio)
        put.add(shape.row("split", shape.split.index(swap.line), items), used, 1.0)
    for place, number in enumerate(shape.split):
        put.add(shape.row("split", place, items), shape.column(shape.miss, number), 1.0)
    for place, number in enumerate(shape.linked):
        put.add(shape.row("linked", place, items), shape.column(shape.buy, number), 1.0)
    for place, number in enumerate(shape.readied):
        put.add(shape.row("readied", place, items), shape.column(shape.swap, number), 1.0)
    return put.joined()


def reach(plan: Plan, shape: Layout, paths: Paths) -> Array:
    """The most that each column may be (column, draw), first-stage decisions aside."""
    most = np.full((shape.columns, paths.draws), np.inf)
    for number, offer in enumerate(plan.offers):
        most[shape.column(shape.buy, number)] = arriving(plan, number, paths) * offer.most
    for number, making in enumerate(plan.makings):
        share = paths.share[making.path] if making.path >= 0 else np.ones((shape.months, 1))
        most[shape.column(shape.make, number)] = share[: shape.months] * making.most
    for number, swap in enumerate(plan.swaps):
        begun = np.arange(shape.months) >= swap.wait
        most[shape.column(shape.swap, number)] = (begun * swap.cap * plan.lines[swap.line].need)[:, None]
    for number, line in enumerate(plan.lines):
        most[shape.column(shape.miss, number)] = line.need
    for number, item in enumerate(plan.items):
        most[shape.column(shape.keep, number)] = item.most
    return most


def arriving(plan: Plan, number: int, paths: Paths) -> Array:
    """The share of an offer's most that arrives (month, draw): nothing before its source is qualified."""
    offer = plan.offers[number]
    begun = np.arange(plan.months) >= plan.sources[offer.source].wait
    share: Array = paths.share[offer.path, : plan.months] * begun[:, None]
    return share


def costs(plan: Plan, shape: Layout, paths: Paths) -> Array:
    """What one unit of each column costs (column, draw) [USD]; what is kept to the end earns its worth."""
    cost = np.zeros((shape.columns, paths.draws))
    for number, offer in enumerate(plan.offers):
        price = paths.price[offer.path, : plan.months] if offer.fee is None else 1.0
        cost[shape.column(shape.buy, number)] = offer.price * price
    for number, making in enumerate(plan.makings):
        cost[shape.column(shape.make, number)] = making.cost
    for number, swap in enumerate(plan.swaps):
        cost[shape.column(shape.swap, number)] = swap.penalty
    for number, line in enumerate(plan.lines):
        cost[shape.column(shape.miss, number)] = line.worth
    for number, item in enumerate(plan.items):
        kept = shape.column(shape.keep, number)
        cost[kept] = item.keep
        cost[kept[-1]] -= item.left * item.price
    return cost


def limits(plan: Plan, shape: Layout) -> tuple[Array, Array]:
    """The bounds of one future's rows, first-stage decisions aside (they are on the left)."""
    low, high = np.full(shape.rows, -np.inf), np.zeros(shape.rows)
    items = len(plan.items)
    for number, item in enumerate(plan.items):
        rows = shape.row("balance", number, items)
        need = sum(line.need for line in plan.lines if line.item == number)
        low[rows] = high[rows] = -need
        low[rows[0]] = high[rows[0]] = item.owned - need
    for place, number in enumerate(shape.split):
        high[shape.row("split", place, items)] = plan.lines[number].need
    return low, high
