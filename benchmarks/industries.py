"""Claim: a daily path of 1,000 industries that all trade with each other costs a hundredth of BoARIO's.

Asked: the same table of 10 regions and 100 sectors, a million links, the same cut of one industry. One path
of ours alone; and several cuts side by side, each the path it would be alone, as ensembles are run.

Peer in the same run: BoARIO (GPL-3, installed apart: requirements/peers.in), which holds the same pairs in
dense tables and has no batches. Its rules are others: it is asked here for its speed, and beside that for
what became of output after the cut. Without it, ours is measured alone.
"""

from __future__ import annotations

import argparse
import importlib.util
import logging
import os
import sys
import time
import warnings
from collections.abc import Callable
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from xenotime.supply.firms.network import ESSENTIAL, Essential, Firms, Register, build
from xenotime.supply.firms.path import Cut, Habits, walk, walks

REGIONS, SECTORS, SEED = 10, 100, 2026
FIRST, LAST, SHARE, WIDTH = 5, 65, 0.6, 32
HABITS = Habits(stock=20, gap=10, spare=0.1)
Array = NDArray[np.float64]
Made = TypeVar("Made")


def main() -> None:
    """Print what a day costs here and there, and what output did after the cut."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true", help="a small table, to see that it runs")
    options.add_argument("--days", type=int, default=250, help="days of the peer; ours runs 365")
    asked = options.parse_args()
    regions, sectors, days = (2, 10, 80) if asked.quick else (REGIONS, SECTORS, max(LAST + 1, asked.days))
    print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}, numpy {np.__version__}", flush=True)
    flows, final = table(regions * sectors)
    firms = network(flows, final, sectors)
    print(f"{regions * sectors:,} industries, {firms.links:,} links", flush=True)
    ours = measured(firms, regions * sectors)
    if importlib.util.find_spec("boario") is None:
        print("  BoARIO is not installed here: see requirements/peers.in")
        return
    theirs, output = peer(flows, final, regions, sectors, days)
    for name, seconds in ours.items():
        print(f"  BoARIO {theirs * 1e3:.2f} ms a day: {theirs / seconds:.0f} times {name}", flush=True)
    print(f"  BoARIO's output: {worst(output)}", flush=True)


def table(size: int) -> tuple[Array, Array]:
    """Flows between all industries, and final demand, of a table that balances [money a year]."""
    draw = np.random.default_rng(SEED)
    inputs = draw.lognormal(0, 1.5, (size, size))
    inputs *= 0.5 / inputs.sum(axis=0)
    final = draw.lognormal(3, 1, size)
    return inputs * np.linalg.solve(np.eye(size) - inputs, final), final


def network(flows: Array, final: Array, sectors: int) -> Firms:
    """The table as a network in which every input is critical."""
    size = len(final)
    supplier, buyer = np.divmod(np.arange(size * size), size)
    names = tuple(f"s{n:03}" for n in range(sectors))
    given = Register(
        [f"r{n // sectors:03}{names[n % sectors]}" for n in range(size)],
        [names[n % sectors] for n in range(size)],
        supplier,
        buyer,
        flows.ravel(),
        flows.sum(axis=1) + final,
    )
    return build(given, Essential(names, np.full((sectors, sectors), ESSENTIAL, np.int8)))


def measured(firms: Firms, size: int) -> dict[str, float]:
    """Seconds a path and day: one path alone, and some side by side."""
    days, cuts = 365, [[Cut(FIRST, LAST, SHARE, [n % size])] for n in range(WIDTH * (os.cpu_count() or 1))]
    walk(firms, 2, cuts[0], HABITS)
    walks(firms, 2, cuts[:2], HABITS)
    seconds, path = timed(lambda: walk(firms, days, cuts[0], HABITS))
    print(f"  ours, one path: {seconds / days * 1e3:.2f} ms a day; output: {worst(path.output)}", flush=True)
    cores = os.cpu_count() or 1
    several, paths = timed(lambda: walks(firms, days, cuts, HABITS, width=WIDTH, threads=cores))
    if not np.array_equal(paths[0].output, path.output):
        sys.exit("paths side by side differ from paths alone")
    each = several / days / len(cuts)
    print(
        f"  ours, {len(cuts)} cuts, {WIDTH} side by side: {each * 1e3:.3f} ms a path and day; "
        "equal to paths alone, bit for bit",
        flush=True,
    )
    return {"one path of ours": seconds / days, f"one of {len(cuts)} paths of ours": each}


def worst(output: Array) -> str:
    """The lowest share of normal, and the last."""
    return (
        f"lowest {output.min():.1%} on day {int(output.argmin())}, {output[-1]:.1%} on day {len(output) - 1}"
    )


def peer(flows: Array, final: Array, regions: int, sectors: int, days: int) -> tuple[float, Array]:
    """BoARIO on the same table and cut: seconds a day, and output by day [share of normal]."""
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    import pandas as pd  # noqa: PLC0415 - comes with the peer
    import pymrio  # noqa: PLC0415 - as above
    from boario.event import from_scalar_regions_sectors  # noqa: PLC0415 - the peer, only where it is
    from boario.extended_models import ARIOPsiModel  # noqa: PLC0415 - as above
    from boario.simulation import Simulation  # noqa: PLC0415 - as above

    places = [f"r{n:03}" for n in range(regions)]
    rows = pd.MultiIndex.from_product(
        [places, [f"s{n:03}" for n in range(sectors)]], names=["region", "sector"]
    )
    ends = pd.MultiIndex.from_product([places, ["final"]], names=["region", "category"])
    shared = np.repeat(final[:, None] / regions, regions, axis=1)
    system = pymrio.IOSystem(Z=pd.DataFrame(flows, rows, rows), Y=pd.DataFrame(shared, rows, ends))
    system.calc_all()
    model = ARIOPsiModel(
        system, order_type="noalt", alpha_base=1.0, alpha_max=1 + HABITS.spare,
        main_inv_dur=int(HABITS.stock), inventory_restoration_tau=int(HABITS.gap),
    )  # fmt: skip
    simulation = Simulation(model, n_temporal_units_to_sim=days)
    simulation.add_event(
        from_scalar_regions_sectors(
            SHARE, event_type="arbitrary", affected_regions=[places[0]], affected_sectors=["s000"],
            impact_regional_distrib="equal", impact_sectoral_distrib="equal",
            occurrence=FIRST, duration=LAST - FIRST, recovery_tau=1,
        )
    )  # fmt: skip
    whole, output = float(model.production.sum()), []
    simulation.next_step()
    start = time.perf_counter()
    for _ in range(days - 1):
        simulation.next_step()
        output.append(float(model.production.sum()) / whole)
    return (time.perf_counter() - start) / (days - 1), np.array(output)


def timed(work: Callable[[], Made]) -> tuple[float, Made]:
    """The seconds of one run, and what it made."""
    start = time.perf_counter()
    made = work()
    return time.perf_counter() - start, made


if __name__ == "__main__":
    main()
