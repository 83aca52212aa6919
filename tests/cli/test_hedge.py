from __future__ import annotations

import json

import pytest

SMALL = ("--months", "4", "--draws", "8", "--futures", "4", "--fresh", "4", "--scenario", "april-2025")
WRITTEN = ["hedge.csv", "hedge.html", "result.json"]


def test_a_portfolio_is_hedged_and_its_files_written(run, tmp_path):
    out = tmp_path / "plan"
    result = run("hedge", "examples/motor-maker", *SMALL, "--out", out)
    assert result.exit_code == 0, result.output
    assert sorted(path.name for path in out.iterdir()) == WRITTEN
    assert result.stdout.splitlines()[-3:] == [
        f"wrote {out / name}" for name in ("hedge.html", "hedge.csv", "result.json")
    ]
    told = json.loads((out / "result.json").read_text("utf-8"))
    assert (told["months"], told["drawn"], told["fresh"]) == (4, 8, 4)
    assert [h["item"] for h in told["holdings"]] == ["MG-45SH", "MG-N38", "OX-DY"]


def test_a_budget_of_nothing_buys_nothing(run, tmp_path):
    small = (*SMALL, "--budget", "0", "--format", "json", "--out", tmp_path)
    result = run("hedge", "examples/motor-maker", *small)
    assert result.exit_code == 0, result.output
    assert {one["saves"] for one in json.loads((tmp_path / "result.json").read_text("utf-8"))["choices"]} == {
        None
    }
    assert "Nothing is worth doing beforehand" in result.stdout
    assert "One more dollar of budget would save" in result.stdout


@pytest.mark.parametrize(("option", "value"), [("--risk", "0"), ("--weight", "1.5"), ("--budget", "-1")])
def test_an_aim_out_of_reach_is_refused_before_anything_runs(run, refused, option, value):
    assert refused(run("hedge", "examples/motor-maker", option, value))["where"] == option


def test_a_portfolio_without_lines_is_refused_in_four_parts(run, refused, small):
    parts = refused(run("hedge", small))
    assert "lines" in parts["expected"]


def test_an_unknown_scenario_names_the_nearest(run, refused):
    parts = refused(run("hedge", "examples/motor-maker", "--scenario", "snapback"))
    assert "snap-back-2026" in parts["expected"]
