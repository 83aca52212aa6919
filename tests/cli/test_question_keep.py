from __future__ import annotations

import json
import subprocess
import sys

import pytest

SERVER = """
import sys
from pysail.spark import SparkConnectServer

server = SparkConnectServer("127.0.0.1", 0)
server.start(background=True)
print(server.listening_address[1], flush=True)
sys.stdin.read()
server.stop()
"""
SMALL = ("stress", "april-2025", "--draws", "3", "--days", "60", "--format", "json", "--quiet")


@pytest.fixture
def cluster():
    """The address of a Sail server in a process of its own."""
    process = subprocess.Popen(
        [sys.executable, "-c", SERVER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    yield f"sc://127.0.0.1:{int(process.stdout.readline())}"
    process.communicate("", timeout=30)


def answer(folder):
    return json.loads((folder / "result.json").read_text("utf-8"))


@pytest.mark.usefixtures("main_with_file")
def test_a_stopped_run_goes_on_and_a_cluster_says_the_same(run, tmp_path, cluster):
    here = run(*SMALL, "--keep", tmp_path / "kept", "--out", tmp_path / "here")
    assert here.exit_code == 0, here.output
    pieces = {path: path.stat().st_mtime_ns for path in tmp_path.glob("kept/april-2025-*/*.piece")}
    assert len(pieces) == 1
    again = run(*SMALL, "--keep", tmp_path / "kept", "--out", tmp_path / "again")
    assert again.exit_code == 0, again.output
    assert {path: path.stat().st_mtime_ns for path in pieces} == pieces  # read, not made again
    there = run(*SMALL, "--connect", cluster, "--out", tmp_path / "there")
    assert there.exit_code == 0, there.output
    assert answer(tmp_path / "here") == answer(tmp_path / "again") == answer(tmp_path / "there")
    other = run(*SMALL, "--seed", "2", "--keep", tmp_path / "kept", "--out", tmp_path / "other")
    assert other.exit_code == 2
    assert "the pieces in this folder are of another run" in other.output
    assert "expected: seed 2" in other.output
    anew = run(*SMALL, "--seed", "2", "--keep", tmp_path / "kept", "--again", "--out", tmp_path / "other")
    assert anew.exit_code == 0, anew.output


def test_again_without_a_folder_is_refused(run):
    done = run(*SMALL, "--again")
    assert (done.exit_code, "--again needs --keep FOLDER" in done.output) == (2, True)


def test_an_address_that_is_none_is_refused(run):
    done = run(*SMALL, "--connect", "localhost:15002")
    assert (done.exit_code, "this is no address of a cluster" in done.output) == (2, True)
