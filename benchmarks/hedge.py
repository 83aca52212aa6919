"""Claim: a hedge over 20 futures, 6 products, 5 suppliers and 36 months is solved in seconds, with its gap.

Asked: the stochastic programme with CVaR and yes-or-no choices of suppliers, solved to a stated gap; then its
decision on fresh futures that it has not seen, beside the value that it promised.

Peers in the same run, on the same programme: HiGHS's own branch and bound on the choices, and the programme
with every choice left a share, which bounds the answer from below.
Rows: an invented company and invented futures, each number from its place and a fixed seed.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from typing import TypeVar

from xenotime.supply.hedge.judge import judge
from xenotime.supply.hedge.plan import Aim
from xenotime.supply.hedge.program import write
from xenotime.supply.hedge.solve import Solved, load, run, solve
from xenotime.supply.hedge.synthetic import company, futures

#: Futures, products, suppliers, months.
SIZES = ((20, 6, 5, 36), (100, 6, 5, 36))
QUICK = ((4, 2, 2, 12),)
FRESH = 1_000
GAP = 1e-3
Made = TypeVar("Made")


def main() -> None:
    """Print each size: the programme, our time, the peers' beside it, and the decision on fresh futures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true", help="a small programme, to see that it runs")
    quick = options.parse_args().quick
    print(
        f"{os.cpu_count()} cores, Python {sys.version.split()[0]}, highspy {version('highspy')}", flush=True
    )
    for size in QUICK if quick else SIZES:
        measure(*size, fresh=50 if quick else FRESH)


def measure(draws: int, products: int, suppliers: int, months: int, *, fresh: int) -> None:
    """One size."""
    plan, aim = company(products, suppliers, months), Aim()
    paths = futures(suppliers, months, draws)
    seconds, program = timed(lambda: write(plan, paths, aim))
    rows, columns = program.matrix.shape
    print(
        f"\n{draws} futures x {products} products x {suppliers} suppliers x {months} months: "
        f"{columns:,} columns, {rows:,} rows, {len(program.binary)} choices; written in {seconds:.2f} s",
        flush=True,
    )
    spent, bound = timed(lambda: run(load(program)))
    taken, ours = timed(lambda: solve(plan, paths, aim, gap=GAP, way="each"))
    theirs, branch = timed(lambda: solve(plan, paths, aim, gap=GAP, way="branch"))
    if abs(ours.value - branch.value) > 2 * GAP * abs(ours.value) or bound > ours.value * (1 + 1e-6):
        sys.exit("the ways do not agree")
    told("every choice tried", taken, ours)
    told("branch and bound  ", theirs, branch)
    print(
        f"  ratio {theirs / taken:.1f}; choices as shares: {spent:.2f} s, "
        f"{(ours.value - bound) / abs(ours.value):.2%} below",
        flush=True,
    )
    unseen = futures(suppliers, months, fresh, first=10_000)
    judging, judged = timed(lambda: judge(plan, ours.first, unseen))
    gap = (judged.objective(aim) - ours.value) / abs(ours.value)
    print(
        f"  on {fresh:,} fresh futures: {gap:+.1%} of what it promised; {judging / fresh * 1e3:.1f} ms each"
    )


def told(way: str, seconds: float, found: Solved) -> None:
    """One way's line."""
    print(f"  {way}: {seconds:.2f} s, gap {found.gap:.2%}, {found.tried} programmes or nodes", flush=True)


def timed(work: Callable[[], Made]) -> tuple[float, Made]:
    """The seconds of one run, and what it made."""
    start = time.perf_counter()
    made = work()
    return time.perf_counter() - start, made


if __name__ == "__main__":
    main()
