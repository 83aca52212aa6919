"""Solves the programme: by branch and bound or by trying every choice; with its gap and its prices."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import highspy
import numpy as np
from numpy.typing import NDArray

from xenotime.core.errors import InputError
from xenotime.supply.hedge.paths import Paths
from xenotime.supply.hedge.plan import Aim, Plan
from xenotime.supply.hedge.program import First, Program, first_sizes, write

Array = NDArray[np.float64]

#: Up to so many yes-or-no choices are tried one by one: each is a linear programme that starts from the last.
FEW = 7


@dataclass(frozen=True, slots=True)
class Solved:
    """The best decision: its value [USD], the relative gap left, and what one more unit would be worth.

    `worth` (item, month): how much the objective falls for one more unit of the item that arrives in that
    month in every future [USD per unit]; `dollar` for one more dollar of budget [USD]. `saves` (source, then
    swap) is how much better the best decision with a yes is than the best with a no [USD]; 0 where there is
    nothing to choose. `way` is how it was solved, `tried` the number of linear programmes or nodes.
    """

    first: First
    value: float
    gap: float
    worth: Array
    dollar: float
    saves: Array
    way: str
    tried: int


def solve(plan: Plan, paths: Paths, aim: Aim, *, gap: float = 1e-4, way: str = "") -> Solved:
    """The best decision over these futures, to a relative `gap`.

    `way` is ``each`` (every choice tried) or ``branch``; by default ``each`` up to `FEW` choices. Raises
    InputError when nothing fits the bounds.
    """
    program = write(plan, paths, aim)
    engine = load(program)
    chosen = way or ("each" if len(program.binary) <= FEW else "branch")
    found = _each(engine, program) if chosen == "each" else _branch(engine, program, gap)
    fix(engine, program.binary, found.at)
    value = run(engine)
    solution = engine.getSolution()
    x, duals = np.array(solution.col_value), np.array(solution.row_dual)
    sizes = first_sizes(plan)
    cuts = np.cumsum(sizes)
    stock, reserved, qualified, readied = np.split(x[: cuts[-1]], cuts[:-1])
    saves = np.zeros(sizes[2] + sizes[3])
    saves[program.binary - cuts[1]] = found.saves
    return Solved(
        First(stock, reserved, np.round(qualified), np.round(readied)),
        value,
        found.gap,
        -duals[program.balance].sum(axis=2),
        -float(duals[program.budget]),
        saves,
        chosen,
        found.tried,
    )


def load(program: Program) -> highspy.Highs:
    """A solver that holds the programme; nothing is integer yet."""
    engine = highspy.Highs()  # type: ignore[no-untyped-call]  # its stub leaves the constructor bare
    engine.silent()
    lp = highspy.HighsLp()
    matrix = program.matrix
    lp.num_col_, lp.num_row_ = matrix.shape[1], matrix.shape[0]
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = program.cost, program.low, program.high
    lp.row_lower_, lp.row_upper_ = program.row_low, program.row_high
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = matrix.indptr
    lp.a_matrix_.index_ = matrix.indices
    lp.a_matrix_.value_ = matrix.data
    engine.setOptionValue("threads", 1)
    engine.passModel(lp)
    return engine


def fix(engine: highspy.Highs, columns: NDArray[np.int64], at: Array) -> None:
    """Hold columns at values."""
    if len(columns):
        engine.changeColsBounds(len(columns), columns.astype(np.int32), at, at)


def run(engine: highspy.Highs) -> float:
    """The best value of what the solver holds. Raises InputError when there is none."""
    engine.run()
    status = engine.getModelStatus()
    if status != highspy.HighsModelStatus.kOptimal:
        raise InputError(
            "no decision fits these bounds",
            where="hedge",
            expected="stocks within what may be held, and a budget for what is fixed",
            found=engine.modelStatusToString(status),
            next_step="raise --budget, or what an item may hold at most",
        )
    return float(engine.getInfo().objective_function_value)


@dataclass(frozen=True, slots=True)
class _Found:
    """The best choice, the gap left, how many were tried, and what each yes saves."""

    at: Array
    gap: float
    tried: int
    saves: Array


def _each(engine: highspy.Highs, program: Program) -> _Found:
    """Try every choice in an order in which neighbours differ in one, so that each starts near the last."""
    count = len(program.binary)
    choices = [_gray(bits) for bits in product((0.0, 1.0), repeat=count)]
    values = np.full(len(choices), np.inf)
    for place, choice in enumerate(choices):
        if float(program.first[program.binary] @ choice) <= program.row_high[program.budget]:
            fix(engine, program.binary, choice)
            values[place] = run(engine)
    yes = np.array(choices).reshape(len(choices), count) > 0
    saves = [_less(values[~yes[:, k]].min(), values[yes[:, k]].min()) for k in range(count)]
    return _Found(choices[int(np.argmin(values))], 0.0, int(np.isfinite(values).sum()), np.array(saves))


def _gray(bits: tuple[float, ...]) -> Array:
    return np.array([(a + b) % 2 for a, b in zip(bits, (0.0, *bits)[: len(bits)], strict=True)])


def _less(without: float, having: float) -> float:
    """What having saves; without bound where it cannot be paid."""
    return -np.inf if np.isinf(having) else float(without - having)


def _branch(engine: highspy.Highs, program: Program, gap: float) -> _Found:
    """Branch and bound; what each yes saves needs one more solve, with the other answer held."""
    count, columns = len(program.binary), program.binary.astype(np.int32)
    engine.setOptionValue("mip_rel_gap", gap)
    engine.changeColsIntegrality(count, columns, np.full(count, highspy.HighsVarType.kInteger))
    best = run(engine)
    info = engine.getInfo()
    left, nodes = float(info.mip_gap), int(info.mip_node_count)
    at = np.round(np.array(engine.getSolution().col_value)[program.binary])
    saves = np.zeros(count)
    for place in range(count):
        low, high = np.zeros(count), np.ones(count)
        low[place] = high[place] = 1.0 - at[place]
        engine.changeColsBounds(count, columns, low, high)
        try:
            other = run(engine)
        except InputError:
            other = np.inf
        saves[place] = (other - best) if at[place] else _less(best, other)
    engine.changeColsIntegrality(count, columns, np.full(count, highspy.HighsVarType.kContinuous))
    return _Found(at, left, nodes, saves)
