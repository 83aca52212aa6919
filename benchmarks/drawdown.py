"""Claim: quota is drawn down exactly at a price near that of the bare disk, on SQLite and on PostgreSQL.

Asked: at least a third of the database's own rate of one-row commits, on the same disk in the same run; each
shipment is two changes, one that reserves under four nested caps and one that commits.
Peer in the same run: the ordinary pattern (read the total, decide, save the total), with what it overdraws.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import text

from xenotime.programme.shipping.quota import Cap, Draw, check
from xenotime.stores.database import open_store

sys.path.insert(0, str(Path(__file__).parent.parent))
AT = datetime(2026, 11, 22, tzinfo=UTC)
END = AT + timedelta(days=10)
WIDE, TIGHT = 10**12, 100_000
LEVELS: tuple[dict[str, str | int], ...] = (
    {"element": "Dy", "year": 2026},
    {"organisation": "O1"},
    {"country": "DE", "element": "Dy"},
    {"certificate": "C1", "element": "Dy", "year": 2026},
)
Work = Callable[[str, int, float], int]


def main() -> None:
    """Print the rates, their ratios, and what the ordinary pattern overdraws."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=4, help="how long each is measured")
    options.add_argument("--processes", type=int, default=8, help="how many work at once in the second row")
    options.add_argument(
        "--postgres", help="a PostgreSQL address, with an empty database; else one is started"
    )
    asked = options.parse_args()
    print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}, {asked.seconds:g} s for each rate")
    with tempfile.TemporaryDirectory() as folder:
        measure("SQLite", f"sqlite:///{folder}/quota.sqlite", asked.seconds, asked.processes)
    with postgres(asked.postgres) as address:
        measure("PostgreSQL", address, asked.seconds, asked.processes)


@contextmanager
def postgres(given: str | None) -> Iterator[str]:
    """The address given, or that of a server started for this run whose every commit reaches the disk."""
    if given:
        yield given
        return
    from tests.fixtures.postgres import administer, serving  # noqa: PLC0415 - needs a wheel that few have

    with serving(durable=True) as address:
        administer(address, "CREATE DATABASE quota")
        yield address.replace("/postgres?", "/quota?")


def measure(name: str, url: str, seconds: float, processes: int) -> None:
    """Every rate on one database."""
    store = open_store(url)
    store.migrate()
    with store.change() as change:
        change.connection.execute(text("CREATE TABLE bare (id VARCHAR PRIMARY KEY, said VARCHAR)"))
        change.connection.execute(text("CREATE TABLE total (used BIGINT)"))
        change.connection.execute(text("CREATE TABLE drawn (grams BIGINT)"))
        change.connection.execute(text("INSERT INTO total VALUES (0)"))
        for number, levels in enumerate(LEVELS):
            change.set_cap(Cap(f"wide-{number}", WIDE, **levels), AT, "bench")  # type: ignore[arg-type] # levels have the types of a cap's fields
        change.set_cap(Cap("tight", TIGHT, element="Tb"), AT, "bench")
    store.close()
    for count in (1, processes):
        before = rate(insert, url, seconds / 2, count)
        ours = rate(ship, url, seconds, count)
        bare = (before + rate(insert, url, seconds / 2, count)) / 2  # before and after: machines are shared
        print(
            f"{name}, {count} process(es): bare commits {bare:,.0f}/s; ours {ours:,.0f} changes/s"
            f" = {ours / 2:,.0f} shipments/s reserved and committed; ratio {ours / bare:.2f}"
        )
    asked = rate(exact, url, seconds, processes) * seconds
    naive = rate(ordinary, url, seconds, processes)
    report(name, url, asked, naive)


def report(name: str, url: str, asked: float, naive: float) -> None:
    """What both drew of the same tight cap; stops the run if ours is not exact."""
    store = open_store(url)
    with store.view() as view:
        drawn = view.connection.execute(text("SELECT COALESCE(SUM(grams), 0) FROM drawn")).scalar_one()
        counter = view.connection.execute(text("SELECT used FROM total")).scalar_one()
        (tight,) = view.caps({"id": "tight"})
        lines, after = [], 0
        while more := view.entries(cap="tight", after=after):
            lines, after = [*lines, *more], more[-1].id
    store.close()
    if check([tight], lines) or tight.held > TIGHT:
        sys.exit("the ledger is not exact")
    print(
        f"{name}, a cap of {TIGHT:,} g: ours held {tight.held:,} g after {asked:,.0f} tries; the ordinary"
        f" pattern drew {drawn:,} g ({max(0, drawn - TIGHT):,} g too much) while its counter says"
        f" {counter:,} g ({naive:,.0f} tries/s)"
    )


def rate(work: Work, url: str, seconds: float, processes: int) -> float:
    """How often a second the processes did it in all."""
    context = multiprocessing.get_context("spawn")
    start = context.Barrier(processes)
    with context.Pool(processes, initializer=_ready, initargs=(start,)) as pool:
        done = pool.starmap(_run, [(work.__name__, url, n, seconds) for n in range(processes)], chunksize=1)
    return sum(done) / seconds


_START: list[object] = []


def _ready(start: object) -> None:
    warnings.simplefilter("ignore")
    _START.append(start)


def _run(work: str, url: str, number: int, seconds: float) -> int:
    _START[-1].wait()  # type: ignore[attr-defined] # a barrier, which no type names
    done: int = globals()[work](url, number, seconds)
    return done


def insert(url: str, number: int, seconds: float) -> int:
    """Commits of one row: the disk's own rate, without any of our code."""
    store = open_store(url, pool=1)
    done, until = 0, time.perf_counter() + seconds
    statement = text("INSERT INTO bare VALUES (:id, 'said')")
    engine = store.engine.execution_options(writes=True)
    name = f"{number}-{time.time_ns()}"
    with engine.connect() as connection:
        while time.perf_counter() < until:
            connection.execute(statement, {"id": f"{name}-{done}"})
            connection.commit()
            done += 1
    store.close()
    return done


def ship(url: str, number: int, seconds: float) -> int:
    """Shipments, each reserved in one change and committed in the next; returns the changes."""
    store = open_store(url, pool=1)
    done, until = 0, time.perf_counter() + seconds
    name = f"{number}-{time.time_ns()}"
    draw = [Draw("Dy", 7, "O1", "S1", "DE", "C1", "L1", 2026)]
    while time.perf_counter() < until:
        key = f"{name}-{done}"
        store.run(lambda c, key=key: c.reserve(key, draw, AT, END, "bench", key))  # type: ignore[misc] # the default binds the key
        store.run(lambda c, key=key: c.settle(key, "commit", AT, "bench", f"{key}/c"))  # type: ignore[misc] # as above
        done += 2
    store.close()
    return done


def exact(url: str, number: int, seconds: float) -> int:
    """Draws on the tight cap as ours does it; returns the tries."""
    store = open_store(url, pool=1)
    done, until = 0, time.perf_counter() + seconds
    name = f"{number}-{time.time_ns()}"
    while time.perf_counter() < until:
        key, draw = f"{name}-{done}", [Draw("Tb", 1 + done % 200, "O9", "", "", "", "", 2026)]
        store.run(lambda c, key=key, draw=draw: c.reserve(key, draw, AT, END, "bench", key))  # type: ignore[misc] # the defaults bind
        done += 1
    store.close()
    return done


def ordinary(url: str, number: int, seconds: float) -> int:
    """Draws as it is ordinarily done: read the total, decide, save it and a line; returns the tries."""
    store = open_store(url, pool=1)
    done, until = 0, time.perf_counter() + seconds
    while time.perf_counter() < until:
        grams = 1 + (done + number) % 200
        with store.view() as view:
            used = view.connection.execute(text("SELECT used FROM total")).scalar_one()
        if used + grams <= TIGHT:
            with store.change() as change:
                change.connection.execute(text("UPDATE total SET used = :used"), {"used": used + grams})
                change.connection.execute(text("INSERT INTO drawn VALUES (:grams)"), {"grams": grams})
        done += 1
    store.close()
    return done


if __name__ == "__main__":
    main()
