from __future__ import annotations

import json


def test_who_adapts_and_how_long_building_took(run, tmp_path):
    result = run("adapt", "april-2025", "--draws", 3, "--days", 63, "--out", tmp_path)
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert "Who adapts, how fast" in lines
    assert "How long capacity took to build [years]" in lines
    assert [x for x in lines if x.startswith("wrote")] == [
        f"wrote {tmp_path / name}" for name in ("adapt.html", "series.csv", "result.json")
    ]
    made = json.loads((tmp_path / "result.json").read_text("utf-8"))
    assert {each["kind"] for each in made["builds"]} == {"observed", "planned", "said"}


def test_a_scenario_must_be_named(run):
    assert run("adapt").exit_code == 2
