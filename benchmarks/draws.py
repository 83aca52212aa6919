"""Claim: 10,000 draws of a year of the world, each with its own inputs and luck, take less than two minutes.

Asked of the scenario april-2025 on the calibrated world, daily steps, with every uncertain input drawn, on
all cores; what is kept is end demand, what of it is unmet, and output, by month.

Peers in the same run, on the same world: the same draws one at a time, which must give the same numbers, bit
for bit, and a pass over the same number of numbers in memory, which no engine can beat.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import numpy as np

from xenotime.services.supply.model import Model, named
from xenotime.supply.engine.run import Asked, Run
from xenotime.supply.engine.simulate import simulate
from xenotime.supply.licence.handling import Handling
from xenotime.supply.scenario.scenario import Scenario
from xenotime.wiring.supply import model

SCENARIO, DAYS, DRAWS, WIDTH = "april-2025", 365, 10_000, 32
#: What is kept of each draw, by month of 30 days.
KEPT, MONTH = ("demand/", "unmet/", "output/"), 30
GOAL = 120.0
Made = TypeVar("Made")


def main() -> None:
    """Print the seconds of all draws, the lanes a second, and the peers beside them."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true", help="few draws, to see that it runs")
    options.add_argument("--draws", type=int, default=DRAWS)
    asked = options.parse_args()
    draws = 64 if asked.quick else asked.draws
    cores = os.cpu_count() or 1
    print(f"{cores} cores, Python {sys.version.split()[0]}", flush=True)
    taken, (world, scenario, handling) = timed(prepared)
    network = world.network
    print(
        f"{len(network.sites):,} sites, {len(network.lanes):,} lanes, {len(network.parameters):,} uncertain "
        f"inputs; read and built in {taken:.1f} s",
        flush=True,
    )
    wide = Asked(DAYS, draws=draws, every=MONTH, width=WIDTH, threads=cores, keep=KEPT)
    one = replace(wide, draws=min(draws, 16), width=1, threads=1)

    def go(wish: Asked) -> tuple[float, Run]:
        return timed(lambda: simulate(network, handling, scenario, wish))

    go(replace(wide, draws=1))
    seconds, run = go(wide)
    updates = draws * DAYS * len(network.lanes)
    print(
        f"  {draws:,} draws of {DAYS} days: {seconds:.1f} s, {updates / seconds / 1e9:.2f} G lane-days a "
        f"second, {seconds / draws * 1e3:.1f} ms a draw; {DRAWS:,} draws {seconds * DRAWS / draws:.0f} s "
        f"(asked: {GOAL:.0f} s)",
        flush=True,
    )
    alone, slow = go(one)
    if not np.array_equal(slow.values, run.values[:, :, : one.draws]):
        sys.exit("draws side by side differ from draws alone")
    ratio = (alone / one.draws) / (seconds / draws)
    print(
        f"  one at a time on one thread: {alone / one.draws * 1e3:.1f} ms a draw, {ratio:.1f} times as long; "
        f"equal, bit for bit\n  a lane-day: {seconds / updates * 1e9:.2f} ns; a number passes the memory in "
        f"{memory() * 1e9:.2f} ns",
        flush=True,
    )


def prepared() -> tuple[Model, Scenario, Handling]:
    """The model with its world, the scenario, and how the law handles each route."""
    opened = model()
    scenario = replace(named(SCENARIO), days=DAYS)
    return opened, scenario, opened.handling(scenario)


def memory(size: int = 2**25) -> float:
    """The seconds for eight bytes to be read and written once, in a copy too large for any cache."""
    source = np.ones(size)
    return min(timed(source.copy)[0] for _ in range(5)) / size


def timed(work: Callable[[], Made]) -> tuple[float, Made]:
    """The seconds of one run, and what it made."""
    start = time.perf_counter()
    made = work()
    return time.perf_counter() - start, made


if __name__ == "__main__":
    main()
