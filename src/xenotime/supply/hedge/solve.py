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
FEW = 5


@dataclass(frozen=True, slots=True)
class Solved:
    """The best decision: its value [USD], the relative gap left, and what one more unit would be worth.

    `worth` (item, month): how much the objective falls for one more unit of the item that arrives in that
    month in every future [USD per unit]; `dollar` for one more dollar of budget [USD]. `way` is how it was
    solved, `tried` the number of linear programmes or nodes.
    """

    first: First
    value: float
    gap: float
    worth: Array
    dollar: float
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
    if chosen == "each":
        left, tried, at = 0.0, *_each(engine, program)
    else:
        left, tried, at = _branch(engine, program, gap)
    fix(engine, program.binary, at)
    value = run(engine)
    solution = engine.getSolution()
    x, duals = np.array(solution.col_value), np.array(solution.row_dual)
    cuts = np.cumsum(first_sizes(plan))
    stock, reserved, qualified, readied = np.split(x[: cuts[-1]], cuts[:-1])
    first = First(stock, reserved, np.round(qualified), np.round(readied))
    worth = -duals[program.balance].sum(axis=2)
    return Solved(first, value, left, worth, -float(duals[program.budget]), chosen, tried)


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


def _each(engine: highspy.Highs, program: Program) -> tuple[int, Array]:
    """Try every choice in an order in which neighbours differ in one, so that each starts near the last."""
    best, at = np.inf, np.zeros(len(program.binary))
    tried = 0
    for bits in product((0.0, 1.0), repeat=len(program.binary)):
        gray = np.array([(a + b) % 2 for a, b in zip(bits, (0.0, *bits)[: len(bits)], strict=True)])
        spent = float(program.cost[program.binary] @ gray)
        if spent > program.row_high[program.budget]:
            continue
        fix(engine, program.binary, gray)
        tried += 1
        value = run(engine)
        if value < best:
            best, at = value, gray
    return tried, at


def _branch(engine: highspy.Highs, program: Program, gap: float) -> tuple[float, int, Array]:
    """Branch and bound: the gap left, the nodes, the choice."""
    count = len(program.binary)
    kinds = np.full(count, highspy.HighsVarType.kInteger)
    engine.setOptionValue("mip_rel_gap", gap)
    engine.changeColsIntegrality(count, program.binary.astype(np.int32), kinds)
    run(engine)
    info = engine.getInfo()
    at = np.round(np.array(engine.getSolution().col_value)[program.binary])
    engine.changeColsIntegrality(
        count, program.binary.astype(np.int32), np.full(count, highspy.HighsVarType.kContinuous)
    )
    return float(info.mip_gap), int(info.mip_node_count), at
