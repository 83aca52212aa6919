"""Claim: a day of a network of firms costs at most 3 times what its bytes need to pass the memory.

The bound is 32 bytes a link and day (share, stock, supplier and order read, stock and order written, in
single precision) over the bandwidth measured in the same minute: a triad on arrays too large for any cache,
with as many threads. Asked at 1e5 firms with 1e6 links and at 1e6 firms with 1e7 links.

Then the systemic risk index: failures of single firms a second, beside the same equations in numpy and scipy.

Peers in the same run, on the same networks: numpy and scipy, which must give the same numbers. Rows: from a
fixed seed; hubs by a power law, ten suppliers a firm on average, 100 sectors.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy import sparse

from xenotime.supply.firms import step
from xenotime.supply.firms.index import failures, spread
from xenotime.supply.firms.network import Essential, Firms, Register, build
from xenotime.supply.firms.path import Cut, Habits, pace_of, rest, rows_of, walk
from xenotime.supply.firms.path import run as days_of

SECTORS, SEED = 100, 2026
#: Firms, links, days, and failures of the index that are measured.
SIZES = ((100_000, 1_000_000, 40, 64), (1_000_000, 10_000_000, 10, 0))
QUICK = ((2_000, 20_000, 10, 32),)
BOUND = 32
Array = NDArray[np.float64]


def main() -> None:
    """Print the measurements of each size, the bound and the peers beside them."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true", help="a small network, to see that it runs")
    sizes = QUICK if options.parse_args().quick else SIZES
    cores = os.cpu_count() or 1
    print(f"{cores} cores, Python {sys.version.split()[0]}, numpy {np.__version__}", flush=True)
    for count, links, days, failed in sizes:
        seconds, firms = timed(lambda count=count, links=links: made(count, links), 1)
        print(f"\n{count:,} firms, {firms.links:,} links; made in {seconds:.1f} s", flush=True)
        for threads in sorted({1, cores}):
            paced(firms, days, threads)
        agreed(firms, min(days, 12))
        if failed:
            index(firms, failed, cores)


def made(count: int, links: int) -> Firms:
    """A random network: suppliers by a power law, so that a few have very many buyers."""
    draw = np.random.default_rng(SEED)
    wanted = int(links * 1.35)
    sold = draw.permutation(count)[(count * draw.random(wanted) ** 2).astype(np.int64)]
    bought = draw.integers(0, count, wanted)
    pair = np.unique((sold * count + bought)[sold != bought])
    pair = draw.permutation(pair)[:links]
    sold, bought = pair // count, pair % count
    value = draw.lognormal(0, 1, len(pair))
    given = Register(
        [f"f{n:07}" for n in range(count)],
        [f"s{n:02}" for n in draw.integers(0, SECTORS, count)],
        sold,
        bought,
        value,
        np.bincount(sold, value, count) * 1.5 + 1,
    )
    names = tuple(f"s{n:02}" for n in range(SECTORS))
    kinds = draw.choice([0, 1, 2], (SECTORS, SECTORS), p=[0.2, 0.3, 0.5]).astype(np.int8)
    return build(given, Essential(names, kinds))


def paced(firms: Firms, days: int, threads: int) -> None:
    """Nanoseconds a link and day, and their ratio to the bound in the same minute."""
    rows, pace, habits = rows_of(firms), pace_of(Habits()), Habits()
    told = np.zeros((days, step.BLOCKS, 3))
    nothing = (np.zeros(days + 1, np.int64), np.zeros(0, np.int32), np.zeros(0, np.float32))
    state = rest(rows, habits)
    state.capacity[::100] *= np.float32(0.4)
    days_of(1, nothing, rows, state, pace, told, threads)
    pairs = []
    for _ in range(5):
        width = triad(threads)
        seconds, _ = timed(lambda: days_of(days, nothing, rows, state, pace, told, threads), 1)
        pairs.append((seconds / days, BOUND * firms.links / width, width))
    took, bound, width = min(pairs, key=lambda pair: pair[0] / pair[1])
    ratios = sorted(took / bound for took, bound, _ in pairs)
    print(
        f"  {threads} thread(s): {took / firms.links * 1e9:.2f} ns a link and day; the bound at "
        f"{width / 1e9:.1f} GB/s is {bound / firms.links * 1e9:.2f}; ratio {ratios[0]:.1f} at best, "
        f"{statistics.median(ratios):.1f} in the middle of {len(ratios)}; a year is {365 * took:.1f} s",
        flush=True,
    )


@njit(nogil=True)
def _triad(one, two, three, first, last):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - a kernel
    for at in range(first, last):
        one[at] = two[at] + np.float32(2) * three[at]


def triad(threads: int, size: int = 2**25) -> float:
    """The bytes a second of a + 2 b over large arrays, the best of some tries."""
    one, two, three = (np.ones(size, np.float32) for _ in range(3))
    bounds = np.linspace(0, size, threads + 1).astype(np.int64)
    _triad(one, two, three, 0, 8)

    def part(number: int) -> None:
        _triad(one, two, three, bounds[number], bounds[number + 1])

    with ThreadPoolExecutor(threads) as pool:
        seconds = min(timed(lambda: list(pool.map(part, range(threads))), 1)[0] for _ in range(5))
    return 12 * size / seconds


def agreed(firms: Firms, days: int) -> None:
    """The numpy peer on the same days: its speed, and that it says the same."""
    hit = range(0, len(firms.names), 100)
    path = walk(firms, days, [Cut(2, days, 0.6, hit)], threads=1)
    seconds, output = timed(lambda: plain(firms, days, hit), 1)
    if not np.allclose(output, path.output, atol=1e-4):
        sys.exit("numpy does not agree")
    ours, _ = timed(lambda: walk(firms, days, [Cut(2, days, 0.6, hit)], threads=1), 1)
    print(
        f"  numpy and scipy: {seconds / days / firms.links * 1e9:.1f} ns a link and day, "
        f"{seconds / ours:.1f} times ours with its set-up on one thread; the same output",
        flush=True,
    )


def plain(firms: Firms, days: int, hit: Sequence[int]) -> Array:
    """The peer: the day of `step` in numpy, with sparse matrices for both ways."""
    rows, habits, count = rows_of(firms), Habits(), len(firms.names)
    buyer = np.repeat(np.arange(count), np.diff(rows.groups.astype(np.int64)))
    inward = sparse.csr_matrix(
        (rows.part, (rows.group.astype(np.int64), rows.supplier)), (len(rows.whole), count), dtype=np.float32
    )
    outward = inward.T.tocsr()
    stock = np.full(len(rows.whole), habits.stock, np.float32)
    ready, want, sent = np.full(count, habits.ready), np.ones(count), np.ones(count, np.float32)
    output, revenue = [], np.where(rows.revenue > 0, rows.revenue, 1)
    capacity = np.full(count, 1 + habits.spare)
    for day in range(days):
        if day == 2:
            capacity[firms.place[np.asarray(hit)]] *= 0.4
        stock += np.maximum(0, 1 + (habits.stock - stock) / habits.gap) * (inward @ sent)
        wish = np.minimum(want, capacity)
        mine = wish[buyer]
        made = wish.copy()
        np.minimum.at(made, buyer, rows.slack * mine + (1 - rows.slack) * np.minimum(mine, stock))
        stock = np.maximum(0, stock - made[buyer]).astype(np.float32)
        more = rows.whole * np.maximum(-1, (habits.stock - stock) / habits.gap)
        asked = np.maximum(0, 1 + (outward @ more.astype(np.float32)) / revenue)
        have = ready + made
        sent = np.where(asked > 0, np.minimum(1, have / np.where(asked > 0, asked, 1)), 1).astype(np.float32)
        ready = np.maximum(0, have - sent * asked)
        want = np.maximum(0, asked + (habits.ready - ready) / habits.gap)
        output.append(made @ rows.revenue / rows.revenue.sum())
    return np.array(output)


def index(firms: Firms, failed: int, cores: int) -> None:
    """Failures of single firms a second, beside numpy and scipy, one failure at a time."""
    chosen = np.linspace(0, len(firms.names) - 1, failed).astype(np.int64)
    spread(firms, failures(firms, chosen[:2]))
    seconds, found = timed(lambda: spread(firms, failures(firms, chosen), threads=1), 1)
    several, _ = timed(
        lambda: spread(firms, failures(firms, chosen), threads=cores, width=failed // cores), 1
    )
    few = chosen[: max(2, failed // 16)]
    theirs, plainly = timed(lambda: [fall(firms, firms.place[one]) for one in few], 1)
    if not np.allclose(plainly, found.total[: len(few)], atol=1e-12):
        sys.exit("the two indices do not agree")
    print(
        f"  index: {seconds / failed * 1e3:.1f} ms a failed firm on one thread ("
        f"{found.rounds.mean():.1f} rounds); all {len(firms.names):,} take "
        f"{len(firms.names) * seconds / failed / 3600:.2f} h; numpy and scipy "
        f"{theirs / len(few) * 1e3:.0f} ms, {theirs / len(few) * failed / seconds:.1f} times; the same index",
        flush=True,
    )
    print(f"  index, {cores} threads: {several / failed * 1e3:.1f} ms a failed firm", flush=True)


def fall(firms: Firms, one: int, epsilon: float = 1e-2) -> float:
    """The peer: the index of one firm, by the equations, in numpy with sparse matrices."""
    count, rows = len(firms.names), rows_of(firms)
    group, last = rows.group.astype(np.int64), rows.groups.astype(np.int64)
    owner = np.repeat(np.arange(count), np.diff(last))
    shape = (len(rows.whole), count)
    product = sparse.csr_matrix((firms.value, (group, firms.supplier)), shape)
    kind = np.zeros(len(rows.whole), np.int8)
    kind[group] = firms.kind
    pool, bought = np.bincount(group, firms.value), firms.bought
    seller = np.repeat(np.arange(count), np.diff(firms.begin))
    sold = sparse.csr_matrix((firms.sold / firms.revenue[seller], (seller, firms.buyer)), (count, count))
    market = np.bincount(firms.sector, firms.sales, len(firms.sectors))
    start = np.ones(count)
    start[one] = 0
    low, high, fallen = start, start, 1.0
    while fallen > epsilon:
        left = np.bincount(firms.sector, firms.sales * low, len(firms.sectors))
        share = firms.sales / np.where(left > 1e-12 * market, left, 1)[firms.sector]
        gone = np.where(left > 1e-12 * market, 1, 0)[firms.sector]
        lost = np.where(gone, np.minimum(1, share), 1) * (1 - low)
        missing = product @ lost
        worst = np.bincount(owner, np.where(kind == 1, missing / bought[owner], 0), count)
        np.maximum.at(worst, owner, np.where(kind == 2, missing / pool, 0))
        new = (
            np.maximum(0, np.minimum(start, 1 - worst)),
            np.maximum(0, np.minimum(start, 1 - sold @ (1 - high))),
        )
        fallen = max((low - new[0]).max(), (high - new[1]).max())
        low, high = new
    return float(firms.sales @ (1 - np.minimum(low, high)) / firms.sales.sum())


def timed(run: Callable[[], object], times: int) -> tuple[float, object]:
    """The median seconds of a few runs, and the last result."""
    spent, result = [], None
    for _ in range(times):
        start = time.perf_counter()
        result = run()
        spent.append(time.perf_counter() - start)
    return statistics.median(spent), result


if __name__ == "__main__":
    main()
