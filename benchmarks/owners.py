"""Claim: who is caught among a million companies with three million holdings is known in under 0.5 s.

Asked: after the load, with the tier and the sum of every company, which are the data of a proof; on a random
graph and on a layered one, with 1,000 and with 100,000 listed. What a machine reaches is what this prints.

Peer in the same run, on the same holdings: a plain-Python work-list over lists, which adds up the same sums.
Rows: from a fixed seed. Random: any company may own any other, so almost all hang together in rings. Layered:
owners have lower numbers than what they own, but for one holding in a thousand. Each company's owners share
out what a draw leaves them of 100 %.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import polars as pl

from xenotime.parties.owners.bulk import load, resolve_bulk

COMPANIES, HOLDINGS = 1_000_000, 3_000_000
SCALE = 10_000
KINDS = ("random", "layered")
LISTED = (1_000, 100_000)


def main() -> None:
    """Print the measurements of both graphs and both sizes, each graph in a process of its own."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--graph", choices=KINDS, help="one graph, in this process")
    asked = options.parse_args()
    if asked.graph:
        measure(asked.graph)
        return
    print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}, polars {pl.__version__}", flush=True)
    for kind in KINDS:
        subprocess.run([sys.executable, __file__, "--graph", kind], check=True)  # noqa: S603 - this very file


def measure(kind: str) -> None:
    """Load one graph and resolve it with few and with many listed, then the peer on the same."""
    owners, owned, shares = graph(kind)
    columns = [pl.Series(c, dtype=pl.Int64) for c in (owners, owned, shares)]
    start = peak()
    seconds, register = timed(lambda: load(*columns, COMPANIES, SCALE), 3)
    print(f"\n{kind}: {COMPANIES:,} companies, {HOLDINGS:,} holdings; load {seconds:.3f} s", flush=True)
    draws = {count: random.Random(7).sample(range(COMPANIES), count) for count in LISTED}
    ours = {
        count: timed(lambda some=some: resolve_bulk(register, pl.Series(some)), 5)
        for count, some in draws.items()
    }
    print(f"  peak memory {peak():.0f} MB, of which {start:.0f} MB before the load", flush=True)
    seconds, outgoing = timed(lambda: lists(owners, owned, shares), 1)
    print(f"  the peer's load {seconds:.3f} s")
    for count, (taken, caught) in ours.items():
        theirs, plain = timed(lambda some=draws[count]: worklist(outgoing, some), 3)
        if caught.tier.fill_null(-1).to_list() != plain[0] or caught.total.to_list() != plain[1]:
            sys.exit("the two do not agree")
        print(
            f"  {count:>7,} listed: {taken:.3f} s, plain Python {theirs:.3f} s, ratio {theirs / taken:.1f};"
            f" {COMPANIES - caught.tier.null_count():,} caught in {caught.tier.max()} tiers;"
            " tiers and sums equal",
            flush=True,
        )


def peak() -> float:
    """The most memory this process has held so far [MB]."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def graph(kind: str) -> tuple[list[int], list[int], list[int]]:
    """Three holdings for each company, with shares of 1/10,000 that never exceed the whole."""
    draw = random.Random(2026)
    owners, owned, shares = [], [], []
    for company in range(COMPANIES):
        left = SCALE
        for _ in range(HOLDINGS // COMPANIES):
            back = kind == "random" or company == 0 or draw.random() < 0.001
            owners.append(draw.randrange(COMPANIES if back else company))
            owned.append(company)
            share = draw.randrange(left + 1)
            shares.append(share)
            left -= share
    return owners, owned, shares


Outgoing = list[list[tuple[int, int]]]


def lists(owners: list[int], owned: list[int], shares: list[int]) -> Outgoing:
    """Per owner what it holds, for the peer."""
    outgoing: Outgoing = [[] for _ in range(COMPANIES)]
    for owner, company, share in zip(owners, owned, shares, strict=True):
        if owner != company:
            outgoing[owner].append((company, share))
    return outgoing


def worklist(outgoing: Outgoing, listed: list[int]) -> tuple[list[int], list[int]]:
    """The peer: tiers and sums, round by round, over plain lists."""
    tier, total = [-1] * COMPANIES, [0] * COMPANIES
    for company in listed:
        tier[company] = 0
    front, rounds = listed, 0
    while front:
        rounds += 1
        found = []
        for owner in front:
            for company, share in outgoing[owner]:
                total[company] += share
                if 2 * total[company] >= SCALE and tier[company] < 0:
                    tier[company] = rounds
                    found.append(company)
        front = found
    return tier, total


def timed(run: Callable[[], Any], times: int) -> tuple[float, Any]:
    """The median seconds of a few runs, and the last result."""
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        result = run()
        spent.append(time.perf_counter() - start)
    return statistics.median(spent), result


if __name__ == "__main__":
    main()
