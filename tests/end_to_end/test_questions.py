"""The three questions put to the real world of the figures, under the real law, as a person puts them."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from xenotime.cli.main import cli

EXAMPLE = Path(__file__).parents[2] / "examples" / "motor-maker"
FAST = ("--draws", "8", "--days", "150", "--format", "json")


@pytest.fixture
def ask(tmp_path, monkeypatch):
    """Asks a question and gives what was said and the whole answer."""
    monkeypatch.setenv("XENOTIME_HOME", str(tmp_path / "home"))

    def asked(*words):
        result = CliRunner().invoke(cli, [*map(str, words), *FAST, "--out", str(tmp_path / "out")])
        assert result.exit_code == 0, result.output
        return result.stdout, json.loads((tmp_path / "out" / "result.json").read_text("utf-8"))

    return asked


def test_ones_own_lines_come_first(ask):
    said, found = ask("stress", "april-2025", "--portfolio", EXAMPLE)
    own = [stop["label"] for stop in found["stops"] if stop["mine"]]
    assert sorted(own) == ["E-axle line", "Servo motor line"]
    assert [stop["mine"] for stop in found["stops"][:3]] == [True, True, False]
    heads = said.splitlines()
    assert heads.index("Your lines") < heads.index("Lines that stand first")


def test_what_the_certified_programme_is_worth(ask):
    said, found = ask("stress", "certified-lane")
    avoided = found["avoided"]
    assert avoided["scenario"] == "april-2025"
    assert avoided["stop_days"]["low"] > 0
    assert avoided["value"]["middle"] > 0
    assert "Against April 2025" in said


def test_the_law_is_the_shock(ask):
    before = ask("stress", "april-2025", "--known", "2025-04-03")[1]
    after = ask("stress", "april-2025")[1]
    assert {x["status"] for x in after["law"] if x["address"].startswith("cn/mofcom-2025-18")} == {"licence"}
    assert not [x for x in before["law"] if x["address"].startswith("cn/mofcom-2025-18")]
    assert (before["basis"]["known"], after["basis"]["known"]) == ("2025-04-03", "2025-04-04")


def test_who_is_under_licence_adapts_by_channels_that_sum_to_one(ask):
    found = ask("adapt", "april-2025")[1]
    for side in found["sides"]:
        shares = [channel["share"]["central"] for channel in side["channels"]]
        assert None in shares or sum(shares) == pytest.approx(1.0)
    assert {side["country"] for side in found["sides"]} >= {"EU", "IN", "JP", "KR", "US"}


def test_both_sides_losses_add_to_what_an_agreement_saves(ask):
    found = ask("leverage", "CN", "REST")[1]
    both = found["a"]["total"]["central"] + found["b"]["total"]["central"]
    assert found["nash"]["surplus"]["central"] == pytest.approx(both)
    assert "CN" not in found["b"]["countries"]


def test_stopped_by_hand_it_ends_with_130_and_leaves_no_half_file(tmp_path):
    code = "from xenotime.cli.main import cli; cli()"
    words = ["stress", "april-2025", "--draws", "400", "--out", str(tmp_path / "out")]
    run = subprocess.Popen([sys.executable, "-c", code, *words], stderr=subprocess.PIPE, text=True)
    time.sleep(6)
    run.send_signal(signal.SIGINT)
    said = run.communicate(timeout=60)[1]
    assert (run.returncode, "stopped" in said) == (130, True)
    assert not list(tmp_path.rglob("*.*"))
