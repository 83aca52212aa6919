from __future__ import annotations

import json

SMALL = ("april-2025", "--base", "2", "--days", "45")


def test_a_study_is_told_written_and_kept(run, tmp_path):
    out = tmp_path / "study"
    first = run("sensitivity", *SMALL, "--out", out)
    assert first.exit_code == 0, first.output
    assert sorted(path.name for path in out.iterdir()) == [
        "result.json",
        "sensitivity.csv",
        "sensitivity.html",
    ]
    told = json.loads((out / "result.json").read_text("utf-8"))
    groups = len(told["answers"][0]["weights"])
    assert (told["method"], told["base"], told["runs"]) == ("sobol", 2, 2 * (groups + 2))
    again = run("sensitivity", *SMALL, "--out", out)
    assert again.stdout == first.stdout
    assert json.loads((out / "result.json").read_text("utf-8")) == told


def test_a_study_by_ground_splits_data_from_assumptions(run, tmp_path):
    done = run("sensitivity", *SMALL, "--by", "ground", "--out", tmp_path)
    assert done.exit_code == 0, done.output
    told = json.loads((tmp_path / "result.json").read_text("utf-8"))
    found = {weight["group"] for weight in told["answers"][0]["weights"]}
    assert found == {"figures", "assumptions", "rules", "chance"}


def test_a_base_that_is_no_power_of_two_is_refused(run, refused):
    parts = refused(run("sensitivity", "april-2025", "--base", "12"))
    assert (parts["where"], parts["found"]) == ("--base", "sobol, 12")
