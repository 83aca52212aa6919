"""Claim: a million shipments are decided by the whole Chinese book, masks and branches included.

Asked: 10 M rows/s on two cores, at least 150 times a rule engine, and a cost of a row that does not grow with
the table. What a machine reaches is what this prints; the kernel (where numba is installed) beside the Polars
expressions that stand in for it where it is not, with the same answers.

Peers in the same run, on the same rows: the plain-Python oracle (the whole verdict of a row), and ZEN, a
rule engine in Rust (the truth of each deciding
rule only: no unknowns, no missing facts, no branches, so less work).
Rows: the legs of examples/magnet-maker, drawn with replacement from a fixed seed, each moved to a random day
of 2025 or 2026 and to a random value; and, as a harder bound, rows of random facts with nulls everywhere.
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
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import zen

from xenotime.law.decide import Decider
from xenotime.law.facts import Value
from xenotime.law.law import Law
from xenotime.law.node import All, Arith, Cmp, Holds, In, InForce, Is, Lit, Named, Node, Not, Ref, Some, Term
from xenotime.law.oracle import judge
from xenotime.law.table import column_names, column_type
from xenotime.portfolio.read import read_portfolio
from xenotime.services.library import Library, open_library
from xenotime.services.rows import Desk

ROOT = Path(__file__).parent.parent
KNOWN = date(2026, 11, 21)
FIRST = date(2025, 1, 1)
DAYS = 730
MONEY = (
    "cn_part1_value",
    "item_value",
    "cn_part1_value_in_smallest",
    "smallest_value",
    "cn_part1_value_largest",
)


def main() -> None:
    """Print the measurements of every claim."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=1_000_000, help="rows of the main claim")
    options.add_argument("--most", type=int, default=10_000_000, help="rows of the largest size")
    asked = options.parse_args()
    library = open_library(KNOWN)
    law = library.law
    base = portfolio_rows(library)
    print(
        f"{os.cpu_count()} cores; law {law.hash[:12]}: {len(law.predicates)} predicates, "
        f"{len(law.rules)} deciding rules, {len(law.facts)} facts, {len(law.hinges)} hinges; "
        f"Polars {pl.__version__}, {pl.thread_pool_size()} threads"
    )
    start_up(law, base)
    decider = Decider(law, kernel=True)
    rate = main_claim(decider, law, base, asked.rows)
    peers(law, base, rate)
    sizes(decider, law, base, asked.most)
    whole_process()


def start_up(law: Law, base: list[dict[str, Value]]) -> None:
    """What waking the kernel costs, its machine code being kept from an earlier run or not."""
    start = time.perf_counter()
    Decider(law, kernel=True).decide(table(law, base, 10, seed=1))
    print(f"the kernel awake after {time.perf_counter() - start:.2f} s")


def main_claim(decider: Decider, law: Law, base: list[dict[str, Value]], rows: int) -> float:
    """Rows per second on rows like a portfolio's, and on rows of random facts."""
    like, plain = table(law, base, rows, seed=1), Decider(law, kernel=False)
    if not decider.decide(like).equals(plain.decide(like)):
        raise SystemExit("the kernel and Polars differ")
    rate = measure(f"{rows:,} shipments like a portfolio's", rows, lambda: decider.decide(like))
    other = measure("  the same in Polars expressions", rows, lambda: plain.decide(like))
    print(f"  the kernel is {rate / other:.1f} times as quick")
    sys.path.insert(0, str(ROOT))
    from tests.properties.tables import frame, random_rows  # noqa: PLC0415 - only this bound needs the tests' rows

    hard = frame(law, random_rows(law, 20_000, seed=2))
    hard = pl.concat([hard] * max(rows // hard.height, 1)).rechunk()
    measure(f"{hard.height:,} rows of random facts", hard.height, lambda: decider.decide(hard))
    print(f"  peak memory so far {peak():,} MiB")
    return rate


def peers(law: Law, base: list[dict[str, Value]], rate: float) -> None:
    """The oracle and ZEN on the same rows, as ratios."""
    sample = list(rows_of(base, 2_000, seed=1))
    slow = measure(
        "plain Python, whole verdict, 2,000 rows", 2_000, lambda: [judge(law, r, d) for d, r in sample], 1
    )
    compiled = [zen.compile_expression(to_zen(r.node, law, r.address)) for r in law.rules]
    contexts = [context(law, day, row) for day, row in sample[:200]]

    def run() -> list[list[bool]]:
        return [[bool(e.evaluate(c)) for e in compiled] for c in contexts]

    agree(law, sample[:200], run())
    engine = measure(f"ZEN, truth of {len(compiled)} rules only, 200 rows", 200, run, 1)
    print(f"  ratio to plain Python {rate / slow:,.0f}, to ZEN {rate / engine:,.0f} (asked: at least 150)")


def agree(law: Law, sample: list[tuple[date, dict[str, Value]]], found: list[list[bool]]) -> None:
    """Stop if ZEN and the oracle differ on a rule that is true without any unknown."""
    from xenotime.law.oracle import Scene  # noqa: PLC0415 - only for this check

    for (day, row), truths in zip(sample, found, strict=True):
        full = {f.name: row.get(f.name) if row.get(f.name) is not None else blank(f.type) for f in law.facts}
        scene = Scene(law, full, day)
        for rule, truth in zip(law.rules, truths, strict=True):
            base = scene.bases[rule.address]
            if base is not None and base is not truth:
                raise SystemExit(
                    f"ZEN and the oracle differ on {rule.address}, {day}: {truth} against {base}"
                )


def sizes(decider: Decider, law: Law, base: list[dict[str, Value]], most: int) -> None:
    """The cost of a row at growing sizes."""
    print("cost of a row")
    size = 10_000
    while size <= most:
        rows = table(law, base, size, seed=size)
        rate = measure(
            f"  {size:>10,} rows", size, lambda rows=rows: decider.decide(rows), 3 if size < 5_000_000 else 2
        )
        print(f"              {1e6 / rate:.3f} microseconds a row; peak memory {peak():,} MiB")
        size *= 10


def whole_process() -> None:
    """`xenotime decide` from the shell, start-up included."""
    file = ROOT / "examples" / "decide" / "smco-rings-to-switzerland-2025-04-05.yaml"
    program = [sys.executable, "-c", "from xenotime.cli.main import run; run()", "decide", str(file)]
    times = []
    for _ in range(5):
        start = time.perf_counter()
        subprocess.run(program, check=True, capture_output=True)  # noqa: S603 - our own program
        times.append(time.perf_counter() - start)
    print(f"xenotime decide, whole process: {statistics.median(times):.2f} s (asked: under 1 s)")


def measure(name: str, rows: int, run: Callable[[], object], times: int = 3) -> float:
    """The best rate of several runs [rows/s], printed."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        taken.append(time.perf_counter() - start)
    rate = rows / min(taken)
    print(f"{name}: {min(taken):.3f} s, {rate:,.0f} rows/s")
    return rate


def peak() -> int:
    """The most memory this process has held [MiB]."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def portfolio_rows(library: Library) -> list[dict[str, Value]]:
    """The facts of every leg of the example portfolio."""
    desk = Desk(read_portfolio(ROOT / "examples" / "magnet-maker"), library)
    names = {f.name for f in library.law.facts}
    return [{k: v for k, v in m.facts.items() if k in names} for m in desk.movements()]


def rows_of(base: list[dict[str, Value]], size: int, seed: int) -> Iterator[tuple[date, dict[str, Value]]]:
    """Rows drawn from the portfolio, each on a random day and scaled to a random value."""
    source = random.Random(seed)
    for _ in range(size):
        row = dict(source.choice(base))
        scale = source.randint(1, 50)
        for name in MONEY:
            value = row.get(name)
            if isinstance(value, tuple):
                row[name] = tuple(None if e is None else e * scale for e in value)  # type: ignore[assignment] # two ends
        yield FIRST + timedelta(days=source.randrange(DAYS)), row


def table(law: Law, base: list[dict[str, Value]], size: int, seed: int) -> pl.DataFrame:
    """The same rows as a typed table; drawn 20,000 at a time and repeated beyond that, with fresh days."""
    drawn = list(rows_of(base, min(size, 20_000), seed))
    columns: dict[str, pl.Series] = {"on": pl.Series([d for d, _ in drawn], dtype=pl.Date)}
    for fact in law.facts:
        for place, name in enumerate(column_names(fact)):
            values = [
                _end(r.get(fact.name), place) if fact.is_interval else r.get(fact.name) for _, r in drawn
            ]
            columns[name] = pl.Series(values, dtype=column_type(fact))
    part = pl.DataFrame(columns)
    whole = pl.concat([part] * -(-size // part.height)).head(size).rechunk()
    days = pl.Series([FIRST + timedelta(days=d) for d in range(DAYS)], dtype=pl.Date)
    picked = pl.int_range(size, eager=True).hash(seed) % DAYS
    return whole.with_columns(days.gather(picked).alias("on"), pl.int_range(size).alias("key"))


def _end(value: Value, place: int) -> Value:
    return value[place] if isinstance(value, tuple) else None


# ---- the same trees in ZEN's words ---------------------------------------------------------------
def to_zen(node: Node, law: Law, address: str = "") -> str:
    """A tree as one ZEN expression over facts and the day; unconfirmed articles count as in force."""
    match node:
        case All(parts):
            text = " and ".join(f"({to_zen(p, law)})" for p in parts)
        case Some(parts):
            text = " or ".join(f"({to_zen(p, law)})" for p in parts) or "false"
        case Not(part):
            text = f"not ({to_zen(part, law)})"
        case Named(name):
            text = to_zen(law.node(name), law)
        case Holds(rule):
            text = to_zen(law.node(rule), law, rule)
        case InForce(article):
            text = in_force(law, article)
        case Is(fact):
            text = f"f_{fact}"
        case In(fact, values):
            text = f"f_{fact} in [{', '.join(map(word, values))}]"
        case Cmp(op, left, right):
            text = f"{term(left, 0)} {'==' if op == '=' else '!=' if op == '<>' else op} {term(right, 1)}"
    return f"({in_force(law, address)}) and ({text})" if address else text


def in_force(law: Law, article: str) -> str:
    """Whether an article is in force on the day, as comparisons of day numbers."""
    stretches = law.stretches(article)
    parts = []
    for stretch, after in zip(stretches, [*stretches[1:], None], strict=True):
        live = stretch.status == "in_force" or _revived(law, stretch.hinge)
        if live:
            until = f" and day < {after.first.toordinal()}" if after else ""
            parts.append(f"(day >= {stretch.first.toordinal()}{until})")
    return " or ".join(parts) or "false"


def _revived(law: Law, hinge: str) -> bool:
    return bool(hinge) and law.book.hinges[hinge].branches[law.book.hinges[hinge].default] == "in_force"


def term(part: Term, end: int) -> str:
    """A number, or the low or high end of a fact."""
    match part:
        case Lit(value):
            return word(value)
        case Ref(fact):
            return f"f_{fact}" + (("_min", "_max")[end] if fact in MONEY else "")
        case Arith(op, left, right):
            return f"({term(left, end)} {op} {term(right, end)})"
    raise TypeError(part)


def word(value: int | str) -> str:
    """A literal."""
    return f"'{value}'" if isinstance(value, str) else str(value)


def blank(kind: str) -> Value:
    """What stands for an unknown in an engine without unknowns."""
    return {"bool": False, "int": -1, "money": (0, 0), "percent": (0, 0)}.get(kind, "")


def context(law: Law, day: date, row: dict[str, Value]) -> dict[str, Any]:
    """A row as ZEN takes it."""
    made: dict[str, Any] = {"day": day.toordinal()}
    for fact in law.facts:
        value = row.get(fact.name)
        value = blank(fact.type) if value is None else value
        if isinstance(value, tuple):
            low, high = value
            made[f"f_{fact.name}_min"], made[f"f_{fact.name}_max"] = low or 0, 0 if high is None else high
        else:
            made[f"f_{fact.name}"] = value
    return made


if __name__ == "__main__":
    main()
