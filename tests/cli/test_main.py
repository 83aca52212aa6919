from __future__ import annotations

import os
import subprocess
import sys
from ctypes import ArgumentError

import pytest

from xenotime import __version__
from xenotime.cli import decide
from xenotime.cli.main import COMMANDS, _stopped


def test_the_version(run):
    assert run("--version").stdout == f"xenotime, version {__version__}\n"


def test_help_starts_with_what_to_do(run):
    result = run("--help")
    assert result.exit_code == 0
    assert [line.split()[1] for line in result.stdout.splitlines() if line.startswith("  xenotime ")] == []
    assert "Start here:" in result.stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(run, name):
    result = run(name, "--help")
    assert (result.exit_code, result.stdout.startswith("Usage: ")) == (0, True)


def test_an_unknown_command_or_option_is_a_usage_error(run):
    assert [run("asess").exit_code, run("assess", "x", "--fast").exit_code] == [2, 2]


def test_a_day_that_can_mean_two_is_a_usage_error(run, small):
    result = run("assess", small, "--known", "03/04/2025")
    assert (result.exit_code, "can mean two days" in result.stderr) == (2, True)


def test_ctrl_c_ends_with_130(run, facts, monkeypatch):
    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(decide, "parse_transaction", stop)
    result = run("decide", facts())
    assert (result.exit_code, result.stderr.startswith("stopped")) == (130, True)


def test_ctrl_c_inside_the_prover_ends_with_130(run, facts, monkeypatch):
    def stop(*_):
        raise ArgumentError("argument 1: KeyboardInterrupt: ")

    monkeypatch.setattr(decide, "parse_transaction", stop)
    result = run("decide", facts())
    assert (result.exit_code, result.stderr.startswith("stopped")) == (130, True)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_at_the_end_of_time_is_a_usage_error(run, small, day):
    result = run("assess", small, "--on", day)
    assert (result.exit_code, "this day is out of reach" in result.stderr) == (2, True)


def test_a_place_that_cannot_be_written_is_refused_in_four_parts(run, tmp_path, refused):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    parts = refused(run("new", tmp_path / "file" / "folder", "--template"))
    assert (parts["what"], set(parts)) == (
        "a file or folder cannot be used",
        {"what", "where", "expected", "found", "next"},
    )


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "gbk"])
def test_a_terminal_of_another_encoding_is_no_failure(encoding):
    where = {**os.environ, "PYTHONIOENCODING": encoding, "XENOTIME_TODAY": "2026-11-22"}
    command = [sys.executable, "-c", "from xenotime.cli.main import run; run()", "law", "timeline"]
    found = subprocess.run(command, env=where, capture_output=True, check=False)
    assert (found.returncode, found.stderr) == (0, b"")


def test_a_reader_who_has_gone_is_no_failure():
    """As in `xenotime stress --list | head -1`, which prints line by line."""
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "wb") as gone:
        done = subprocess.run(
            [sys.executable, "-u", "-c", "from xenotime.cli.main import run; run()", "stress", "--list"],
            stdout=gone,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize(
    ("name", "said", "stopped"),
    [
        ("RuntimeError", "Query interrupted", True),
        ("InterruptException", "INTERRUPT Error: Interrupted!", True),
        ("Z3Exception", "canceled", True),
        ("ArgumentError", "argument 1: KeyboardInterrupt", True),
        ("Z3Exception", "sort mismatch", False),
        ("ValueError", "canceled", False),
    ],
)
def test_ctrl_c_that_an_engine_tells_in_an_error_of_its_own(name, said, stopped):
    assert _stopped(type(name, (Exception,), {})(said)) is stopped
