from __future__ import annotations

import pytest

from xenotime import __version__
from xenotime.cli import decide
from xenotime.cli.main import COMMANDS


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
