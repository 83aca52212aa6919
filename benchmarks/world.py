"""Claim: the day loop moves at least 1 G edges (lanes x draws x days) a second on two cores.

An edge is one lane, one day, one draw: ordered, filed, rationed, shipped, under way, arrived, priced, and its
share moved. What a machine reaches is what this prints. Beside it, in the same run: the memory bandwidth of
this machine (a triad over arrays that do not fit any cache, on as many threads), the least that a lane needs
at 8 bytes a number (12 numbers read or written), and plain numpy of the same step on the same network, which
does less: no law, no prices, no accounts, no moving shares. Both sides are first shown to make the same
output. Rows: a synthetic network in six stages from a fixed seed, and, when the packaged world can be built,
that world.
"""

from __future__ import annotations

import argparse
import os
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import numba
import numpy as np

from xenotime.supply.engine.run import Asked, Rules
from xenotime.supply.engine.simulate import simulate
from xenotime.supply.licence.handling import Handling
from xenotime.supply.scenario.scenario import Cut, Scenario
from xenotime.supply.world.network import Bin, Good, Lane, Network, Route, Site, Stack

START = date(2025, 4, 4)
STAGES = ("mine", "separation", "metal", "magnet", "component", "product")
#: Numbers read or written for a lane and day, at least, by a loop that keeps shares, orders, stocks and the
#: way.
NUMBERS = 12
QUIET = Rules(rationing="proportional", reroute=1e15, back=1e15)


def main() -> None:
    """Print the measurements."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--wide", type=int, default=100, help="sites of each stage")
    options.add_argument("--draws", type=int, default=256)
    options.add_argument("--days", type=int, default=365)
    options.add_argument("--width", type=int, default=32)
    asked = options.parse_args()
    threads = os.cpu_count() or 1
    print(f"{threads} cores; numba {numba.__version__}, numpy {np.__version__}")
    network = layers(asked.wide)
    agree(network)
    band = bandwidth(threads)
    print(f"memory bandwidth (triad of float64, {threads} threads): {band / 1e9:.1f} GB/s")
    ours = rate("synthetic, no law", network, QUIET, asked, threads, law=False)
    rate("synthetic, under a law with priority", network, Rules(), asked, threads, law=True)
    bound = band / (8 * NUMBERS)
    print(
        f"  bound of memory at {8 * NUMBERS} bytes a lane and day: {bound / 1e9:.2f} G; "
        f"ours is {ours / bound:.2f} of it"
    )
    plain = numpy_rate(network, asked)
    print(
        f"plain numpy, one thread: {plain / 1e9:.3f} G edges/s; "
        f"ours on {threads} threads is {ours / plain:.1f} times that"
    )


def layers(wide: int, each: int = 5) -> Network:
    """Six stages of `wide` sites; every site buys its one input from `each` sites of the stage before."""
    rng = np.random.default_rng(7)
    goods = tuple(Good(f"g{n}", stage, "kg", {}) for n, stage in enumerate(STAGES))
    sites, bins, stacks, lanes = [], [], [], []
    countries = ("CN", "JP", "EU", "US")
    for level, stage in enumerate(STAGES):
        for place in range(wide):
            number = level * wide + place
            final = stage == "product"
            demand = float(rng.uniform(50, 150)) if final else 0.0
            sites.append(
                Site(f"s{number}", countries[place % 4], stage, "ev", slack=0.2, demand=demand, worth=1.0)
            )
            if level:
                chosen = rng.choice(wide, each, replace=False) + (level - 1) * wide
                days = rng.integers(1, 30, each)
                into = len(bins)
                lanes += [
                    Lane(int(stack), into, 1.0 / each, int(transit), "law")
                    for stack, transit in zip(chosen, days, strict=True)
                ]
                bins.append(Bin(number, level - 1, float(rng.uniform(0.5, 1.5)), float(rng.uniform(10, 40))))
            if not final:
                stacks.append(Stack(number, level, 1.0, 10.0))
    routes = (Route("law", "CN", "EU", "g3"),)
    return Network(goods, tuple(sites), tuple(bins), tuple(stacks), tuple(lanes), routes, (1.0,) * len(goods))


def regime(days: int, hold: float) -> Handling:
    """The one route, held from day 30 on."""
    table = np.zeros((1, days))
    table[:, 30:] = hold
    none = np.zeros_like(table)
    return Handling(("law",), table, none, none + 45.0, none + 0.5, none, none, none.astype(np.int8))


def story(days: int, rules: Rules) -> Scenario:
    """A cut of 95 % of all mines, from day 10 on, for 300 days."""
    cut = Cut(START + timedelta(days=10), START + timedelta(days=309), 0.95, stages=("mine",))
    return Scenario("bench", "bench", "", START, days, START, cuts=(cut,), rules=rules)


def rate(
    name: str, network: Network, rules: Rules, asked: argparse.Namespace, threads: int, *, law: bool
) -> float:
    """Edges a second of a run, compiled before."""
    handling, scenario = regime(asked.days, float(law)), story(asked.days, rules)
    wish = Asked(
        asked.days, asked.draws, every=30, width=asked.width, threads=threads, keep=("output/product",)
    )
    simulate(network, handling, scenario, replace(wish, draws=asked.width))
    begin = time.perf_counter()
    simulate(network, handling, scenario, wish)
    seconds = time.perf_counter() - begin
    edges = len(network.lanes) * asked.draws * asked.days / seconds
    print(
        f"{name}: {len(network.sites):,} sites, {len(network.lanes):,} lanes, {asked.draws} draws of "
        f"{asked.days} days, width {asked.width}, {threads} threads: {seconds:.2f} s, "
        f"{edges / 1e9:.3f} G edges/s, "
        f"{1e9 / edges * threads:.1f} ns of a core a lane, day and draw; "
        f"10,000 draws: {seconds / asked.draws * 1e4:.0f} s"
    )
    return edges


def bandwidth(threads: int, size: int = 20_000_000) -> float:
    """Bytes a second of a = b + s * c, the best of five; each thread has its own arrays."""

    @numba.njit(nogil=True)
    def triad(a, b, c):  # noqa: ANN001, ANN202 - a kernel of the benchmark
        for i in range(a.size):
            a[i] = b[i] + 0.5 * c[i]

    each = size // threads
    sets = [tuple(np.ones(each) for _ in range(3)) for _ in range(threads)]
    triad(*(one[:8] for one in sets[0]))
    best = np.inf
    with ThreadPoolExecutor(threads) as pool:
        for _ in range(5):
            begin = time.perf_counter()
            list(pool.map(lambda one: triad(*one), sets))
            best = min(best, time.perf_counter() - begin)
    return 3 * 8 * each * threads / best


class Plain:
    """The same step in numpy: one bin a site, proportional rationing, no law; arrays are (thing, draw)."""

    def __init__(self, network: Network, width: int) -> None:
        self.buyer = np.array([lane.bin for lane in network.lanes])
        self.seller = np.array([lane.stack for lane in network.lanes])
        self.tau = np.array([lane.transit for lane in network.lanes])
        self.share = np.array([lane.share for lane in network.lanes])[:, None]
        self.bin_site = np.array([one.site for one in network.bins])
        self.stack_site = np.array([one.site for one in network.stacks])
        self.need = np.array([one.need for one in network.bins])[:, None]
        self.days = np.array([one.days for one in network.bins])[:, None]
        self.depth = np.array([one.days for one in network.stacks])[:, None]
        self.demand = np.array([site.demand for site in network.sites])[:, None]
        self.mine = np.array([site.stage == "mine" for site in network.sites])
        self.slack = 1.2
        self.longest = int(self.tau.max())
        act = self.demand.copy()
        for _ in STAGES:
            flow = self.need * act[self.bin_site]
            out = self.gather(self.share * flow[self.buyer], self.seller, len(self.stack_site))
            act[self.stack_site] = np.maximum(act[self.stack_site], out)
        self.act, self.flow, self.out = (np.repeat(one, width, axis=1) for one in (act, flow, out))
        self.stock, self.stack = self.days * self.flow, self.depth * self.out
        self.asked = self.out.copy()
        self.ring = np.zeros((self.longest, len(self.bin_site), width))
        base = self.share * self.flow[self.buyer]
        for slot in range(self.longest):
            sent = np.where((slot < self.tau)[:, None], base, 0.0)
            self.ring[slot] = self.gather(sent, self.buyer, len(self.bin_site))
        self.pipe = np.zeros_like(self.flow[:, :1])
        np.add.at(self.pipe, self.buyer, self.share * (self.tau[:, None] - 1.0))
        self.transit = self.ring.sum(axis=0)

    @staticmethod
    def gather(values: np.ndarray, keys: np.ndarray, count: int) -> np.ndarray:
        """Sums rows by key."""
        found = np.zeros((count, values.shape[1]))
        np.add.at(found, keys, values)
        return found

    def step(self, day: int, left: float) -> np.ndarray:
        """One day; gives every site's activity."""
        slot = day % self.longest
        came, self.ring[slot] = self.ring[slot].copy(), 0.0
        self.stock += came
        self.transit -= came
        cap = self.act * self.slack
        cap[self.mine] *= left
        able = cap
        able[self.bin_site] = np.minimum(able[self.bin_site], self.stock / self.need)
        wanted = np.repeat(self.demand, self.act.shape[1], axis=1)
        short = (self.depth * self.out - self.stack) / 10.0
        wanted[self.stack_site] = np.maximum(0.0, self.asked + short)
        x = np.minimum(able, wanted)
        self.stock -= self.need * x[self.bin_site]
        self.stack += x[self.stack_site]
        target = self.flow * (self.days + self.pipe)
        order = np.maximum(0.0, self.flow + (target - self.stock - self.transit) / 10.0)
        want = self.share * order[self.buyer]
        total = self.gather(want, self.seller, len(self.stack_site))
        self.asked += (total - self.asked) / 10.0
        part = np.where(total > self.stack, self.stack / np.maximum(total, 1e-300), 1.0)
        sent = want * part[self.seller]
        self.stack = np.maximum(0.0, self.stack - total * part)
        np.add.at(self.ring, ((day + self.tau) % self.longest, self.buyer), sent)
        self.transit += self.gather(sent, self.buyer, len(self.bin_site))
        return x


def agree(network: Network) -> None:
    """Both sides make the same output, day by day."""
    days = 600
    ours = simulate(network, regime(days, 0.0), story(days, QUIET), Asked(days, keep=("output/product",)))
    made = sum(ours.series(gauge.name)[:, 0] for gauge in ours.gauges)
    plain = Plain(network, 1)
    final = np.array([site.demand > 0 for site in network.sites])
    there = [plain.step(day, 0.05 if 10 <= day < 310 else 1.0)[final].sum() for day in range(days)]
    worst = float(np.abs(made / np.array(there) - 1.0).max())
    lowest, last = float(np.min(there) / there[0]), there[-1] / there[0]
    if worst > 1e-9:
        raise SystemExit(f"the two sides differ by {worst:.1e}")
    print(
        f"both sides agree to {worst:.0e} over {days} days; "
        f"output falls to {lowest:.0%} and is at {last:.0%} on the last"
    )


def numpy_rate(network: Network, asked: argparse.Namespace) -> float:
    """Edges a second of the numpy side, over thirty days."""
    plain = Plain(network, asked.width)
    plain.step(0, 1.0)
    begin = time.perf_counter()
    for day in range(1, 31):
        plain.step(day, 1.0)
    return len(network.lanes) * asked.width * 30 / (time.perf_counter() - begin)


if __name__ == "__main__":
    main()
