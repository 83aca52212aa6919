"""What a decision costs in each future: the second stage alone, one small programme a future."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from highspy import Highs
from numpy.typing import NDArray
from scipy.sparse import csc_array

from xenotime.supply.hedge import block
from xenotime.supply.hedge.paths import Paths, equal
from xenotime.supply.hedge.plan import Aim, Plan
from xenotime.supply.hedge.program import First, Program, nothing
from xenotime.supply.hedge.solve import load, run
from xenotime.supply.hedge.tail import cvar

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Judged:
    """A decision in many futures: `cost` (draw) [USD], with what was `spent` before [USD] in it.

    `missed` (line, draw) [units], `weight` (draw).
    """

    spent: float
    cost: Array
    missed: Array
    weight: Array

    @property
    def mean(self) -> float:
        """The mean cost [USD]."""
        return float(self.weight @ self.cost)

    def tail(self, risk: float) -> float:
        """The mean cost of the worst share `risk` [USD]."""
        return cvar(self.cost, self.weight, risk)

    def objective(self, aim: Aim) -> float:
        """What the programme minimises [USD]."""
        return (1 - aim.weight) * self.mean + aim.weight * self.tail(aim.risk)


def judge(plan: Plan, first: First, paths: Paths) -> Judged:
    """The decision `first` in each future of `paths`; each solve starts from the one before."""
    shape = block.layout(plan)
    reach, cost = allowed(plan, shape, first, paths), block.costs(plan, shape, paths)
    engine = _engine(plan, shape, first, reach[:, 0], cost[:, 0])
    place, zero = np.arange(shape.columns, dtype=np.int32), np.zeros(shape.columns)
    spent = first.spent(plan)
    found, missed = np.zeros(paths.draws), np.zeros((len(plan.lines), paths.draws))
    for draw in range(paths.draws):
        engine.changeColsBounds(shape.columns, place, zero, np.ascontiguousarray(reach[:, draw]))
        engine.changeColsCost(shape.columns, place, np.ascontiguousarray(cost[:, draw]))
        found[draw] = spent + run(engine)
        missed[:, draw] = _missed(plan, shape, np.array(engine.getSolution().col_value))
    return Judged(spent, found, missed, paths.weight)


def follow(plan: Plan, first: First, paths: Paths) -> Judged:
    """The decision in each future, for somebody who never knows more than the months that have been.

    Every month is planned as if all later ones went on like it; what was done in it then stays done.
    """
    shape = block.layout(plan)
    month = np.arange(shape.columns) % shape.months
    place = np.arange(shape.columns, dtype=np.int32)
    spent, real = first.spent(plan), block.costs(plan, shape, paths)
    found, missed = np.zeros(paths.draws), np.zeros((len(plan.lines), paths.draws))
    for draw in range(paths.draws):
        seen = _expected(paths, draw)
        reach, cost = allowed(plan, shape, first, seen), block.costs(plan, shape, seen)
        engine = _engine(plan, shape, first, reach[:, 0], cost[:, 0])
        at = np.zeros(shape.columns)
        for now in range(shape.months):
            done = (month < now) & (np.arange(shape.columns) < shape.keep)
            low, high = np.where(done, at, 0.0), np.where(done, at, reach[:, now])
            engine.changeColsBounds(shape.columns, place, low, high)
            engine.changeColsCost(shape.columns, place, np.ascontiguousarray(cost[:, now]))
            run(engine)
            at = np.maximum(np.array(engine.getSolution().col_value), 0.0)
        found[draw] = spent + float(real[:, draw] @ at)
        missed[:, draw] = _missed(plan, shape, at)
    return Judged(spent, found, missed, paths.weight)


def _expected(paths: Paths, draw: int) -> Paths:
    """What one future looks like from each of its months: the months so far, then that month for ever."""
    months = np.arange(paths.months)
    known = np.minimum(months[:, None], months[None, :])
    return equal(paths.share[:, known, draw], paths.price[:, known, draw])


def _missed(plan: Plan, shape: block.Layout, at: Array) -> Array:
    summed: Array = at[shape.miss : shape.keep].reshape(len(plan.lines), -1).sum(axis=1)
    return summed


def _engine(plan: Plan, shape: block.Layout, first: First, reach: Array, cost: Array) -> Highs:
    """A solver that holds one future after a decision."""
    low, high = block.limits(plan, shape)
    for number in range(len(plan.items)):
        row = shape.row("balance", number, len(plan.items))[0]
        low[row] += first.stock[number]
        high[row] = low[row]
    rows, columns, values = block.matrix(plan, shape)
    matrix = csc_array((values, (rows, columns)), shape=(shape.rows, shape.columns))
    none = np.zeros(0, np.int64)
    free = np.where(np.isin(np.arange(shape.rows), _linking(plan, shape)), np.inf, high)
    return load(Program(matrix, cost, np.zeros(shape.columns), reach, low, free, none, none, np.zeros(0)))


def allowed(plan: Plan, shape: block.Layout, first: First, paths: Paths) -> Array:
    """The most each column may be (column, draw) once the first stage is settled."""
    most = block.reach(plan, shape, paths)
    for number in shape.linked:
        offer = plan.offers[number]
        settled = (
            first.reserved[number] if offer.fee is not None else offer.most * first.qualified[offer.source]
        )
        most[shape.column(shape.buy, number)] = block.arriving(plan, number, paths) * settled
    for number in shape.readied:
        most[shape.column(shape.swap, number)] *= first.readied[number]
    return most


def _linking(plan: Plan, shape: block.Layout) -> NDArray[np.int64]:
    """The rows that tie a column to the first stage: here its bound does."""
    items = len(plan.items)
    ties = [shape.row("linked", k, items) for k in range(len(shape.linked))]
    ties += [shape.row("readied", k, items) for k in range(len(shape.readied))]
    return np.concatenate(ties) if ties else np.zeros(0, np.int64)


def calm(plan: Plan) -> float:
    """What the horizon costs if nothing is ever withheld and nothing new is held [USD]."""
    paths = max([o.path for o in plan.offers] + [m.path for m in plan.makings], default=-1) + 1
    undisturbed = equal(np.ones((max(paths, 1), plan.months, 1)))
    return float(judge(plan, nothing(plan), undisturbed).cost[0])
