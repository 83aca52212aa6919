"""A run that is stopped, killed or finds the disk full goes on, and gives what an undisturbed one gives."""

from __future__ import annotations

import resource
import signal
import subprocess
import sys
import time

import polars as pl
import pytest
from tests.fixtures.tables import facts_of, put

from xenotime.law.decide import Decider

PROGRAM = [sys.executable, "-c", "from xenotime.cli.main import run; run()"]
SIZE, PART = 12_000, 1_000


@pytest.fixture
def started(law, tmp_path, monkeypatch):
    """Starts a run with DuckDB over one table and one folder, and the decisions expected of it."""
    monkeypatch.setenv("XENOTIME_TODAY", "2026-11-21")
    facts = facts_of(law, SIZE)
    path = put(facts, law, tmp_path / "facts.parquet")
    options = ["--rows", str(PART), "--out", str(tmp_path / "out"), "--quiet"]

    def start(*more, **settings):
        return subprocess.Popen(
            [*PROGRAM, "assess", str(path), *options, *(more or ("--engine", "duckdb"))],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **settings,
        )

    return start, tmp_path / "out" / "decisions", Decider(law).decide(facts)


def wait(process, folder, parts):
    """Return once so many parts are kept."""
    end = time.monotonic() + 120
    while len(list(folder.glob("*.parquet"))) < parts:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < end
        time.sleep(0.02)


def test_stopped_killed_and_started_again(started):
    start, folder, expected = started

    stopped = start()
    wait(stopped, folder, 1)
    stopped.send_signal(signal.SIGINT)
    said = stopped.communicate(timeout=60)[1]
    assert (stopped.returncode, said) == (130, "stopped; every file named as written is whole\n")
    assert [p.name for p in folder.iterdir() if p.suffix != ".parquet"] == []

    kept = len(list(folder.iterdir()))
    killed = start()
    wait(killed, folder, kept + 1)
    killed.kill()
    killed.communicate(timeout=60)

    ended = start("--engine", "polars")
    assert (ended.communicate(timeout=60)[1], ended.returncode) == ("", 0)
    found = pl.read_parquet(folder / "*.parquet").sort("key")
    assert found.select(expected.columns).equals(expected)
    assert sorted(p.name for p in folder.iterdir()) == [f"part-{n:05}.parquet" for n in range(SIZE // PART)]


def test_a_full_disk_is_told_and_the_next_run_goes_on(started):
    start, folder, expected = started

    def small():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    full = start(preexec_fn=small)
    said = full.communicate(timeout=60)[1]
    assert (full.returncode, said.splitlines()[0]) == (2, "xenotime: DuckDB could not decide this part")
    assert list(folder.iterdir()) == []

    ended = start("--engine", "polars")
    assert (ended.communicate(timeout=60)[1], ended.returncode) == ("", 0)
    assert pl.read_parquet(folder / "*.parquet").sort("key").select(expected.columns).equals(expected)
