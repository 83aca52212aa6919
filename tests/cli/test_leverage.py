from __future__ import annotations

import json


def test_both_sides_losses_are_told_and_what_is_not_in_them(run, tmp_path):
    words = ("--draws", 3, "--days", 63, "--horizon", 45, "--out", tmp_path)
    result = run("leverage", "CN", "US+JP", *words)
    assert result.exit_code == 0, result.output
    assert "Losses to day 45 [present value]" in result.stdout
    assert "Political cost" in result.stdout
    made = json.loads((tmp_path / "result.json").read_text("utf-8"))
    assert (made["horizon"], made["b"]["countries"]) == (45, ["US", "JP"])
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix) == [
        *("leverage.html", "result.json", "series.csv"),
    ]


def test_a_side_that_the_world_does_not_have(run):
    result = run("leverage", "CN", "XX", "--draws", 3)
    assert result.exit_code == 2
    assert "the world has no such side" in result.stderr
