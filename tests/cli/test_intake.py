from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

MUSEUM = Path(__file__).parents[1] / "fixtures" / "portfolio"
EXPORTS = MUSEUM / "exports"
#: What the museum holds that can still be used: check warns, or finds nothing.
USABLE = {
    "amount-without-currency": 1,
    "elements-against-composition": 1,
    "formula-injection": 0,
    "gap-between-legs": 1,
    "nominee-for-nobody": 1,
    "undated-evidence": 1,
}
BROKEN = sorted({path.name for path in MUSEUM.iterdir()} - set(USABLE))


def test_a_sound_portfolio_has_no_problem(run, small):
    result = run("check", small)
    assert (result.exit_code, result.stdout) == (0, f"0 errors, 0 warnings in {small}\n")


@pytest.mark.parametrize("name", BROKEN)
def test_every_piece_of_the_museum_is_told_in_four_parts(run, name):
    result = run("check", MUSEUM / name)
    told = [block for block in result.stdout.split("\n\n") if re.match("(error|warning): ", block)]
    assert (result.exit_code, len(told) > 0, result.stderr) == (1, True, "")
    for block in told:
        parts = [line.split(":")[0].strip() for line in block.splitlines()[1:] if line.startswith("  ")]
        assert [part for part in parts if part in ("where", "expected", "found", "next")] == [
            "where",
            "expected",
            "found",
            "next",
        ]


@pytest.mark.parametrize("name", USABLE)
def test_what_can_be_used_is_warned_of_only(run, name):
    result = run("check", MUSEUM / name)
    assert (result.exit_code, result.stdout.count("warning: ")) == (0, USABLE[name])


def test_problems_as_json(run):
    result = run("check", MUSEUM / "duplicate-id", "--json")
    assert (result.exit_code, [p["what"] for p in json.loads(result.stdout)]) == (1, ["duplicate id"])


def test_a_portfolio_that_is_not_there(run, tmp_path):
    assert run("check", tmp_path / "none").exit_code == 1


def test_a_template_is_made_and_is_sound(run, tmp_path):
    made = run("new", tmp_path / "june", "--template")
    assert (made.exit_code, run("check", tmp_path / "june").exit_code) == (0, 0)


@pytest.mark.parametrize("words", [(), ("--template", "--from", EXPORTS / "gb18030.csv")])
def test_one_source_is_asked_for(run, tmp_path, refused, words):
    assert refused(run("new", tmp_path / "june", *words))["what"] == "say what the portfolio is made from"


@pytest.mark.parametrize(
    "name", ["ambiguous-dates", "dates-in-both-orders", "decimals-in-both-ways", "gb18030", "no-header"]
)
def test_an_export_that_can_mean_two_things_is_refused_and_nothing_is_written(run, tmp_path, refused, name):
    found = refused(run("new", tmp_path / "june", "--from", EXPORTS / f"{name}.csv"))
    assert (set(found), (tmp_path / "june").exists()) == (
        {"what", "where", "expected", "found", "next"},
        False,
    )


def test_said_how_it_is_read_an_export_is_taken(run, tmp_path):
    for name, words in {
        "ambiguous-dates": ("--date-order", "dmy"),
        "gb18030": ("--encoding", "gb18030"),
    }.items():
        result = run("new", tmp_path / name, "--from", EXPORTS / f"{name}.csv", *words)
        assert (result.exit_code, (tmp_path / name / "shipments.csv").is_file()) == (0, True)


def test_unreadable_rows_are_kept_word_for_word(run, tmp_path):
    result = run("new", tmp_path / "june", "--from", EXPORTS / "unreadable-rows.csv")
    kept = (tmp_path / "june" / "unread.csv").read_text("utf-8-sig").splitlines()
    assert result.stdout.startswith("unreadable-rows.csv: 2 lines read as shipments, 4 could not be read\n")
    assert len(kept) == 1 + 4


def test_work_is_not_written_over_without_force(run, tmp_path, refused):
    words = ("new", tmp_path / "june", "--from", EXPORTS / "unreadable-rows.csv")
    run(*words)
    path = tmp_path / "june" / "parties.csv"
    path.write_text("mine\n", encoding="utf-8")
    refused(run(*words))
    assert path.read_text("utf-8") == "mine\n"
    assert (run(*words, "--force").exit_code, path.read_text("utf-8-sig") == "mine\n") == (0, False)
