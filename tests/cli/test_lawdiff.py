from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from tests.fixtures.notices import read_once

from xenotime.wiring import change

DRAFT = Path("examples/law/half-a-percent.md").resolve()
DAYS = ("--known", "2025-10-15", "2025-11-08")


@pytest.fixture(autouse=True, scope="module")
def _read_once():
    with read_once(change):
        yield


@pytest.fixture
def holmium(small):
    """A portfolio of one planned shipment of holmium oxide in the year of the suspension."""
    (small / "products.csv").write_text(
        "product,name,kind,material,elements,made_in\nOX,Holmium oxide,oxide,element,Ho,CN\n", "utf-8"
    )
    (small / "shipments.csv").write_text(
        "shipment,product,quantity,unit,value,currency,consignee\nS-1,OX,20,kg,1250.50,EUR,buyer\n", "utf-8"
    )
    (small / "legs.csv").write_text(
        "shipment,leg,day,from_country,to_country\nS-1,1,2026-09-01,CN,CH\n", "utf-8"
    )
    return small


def test_the_law_alone_can_be_compared(run):
    for asked in (("2025-10-15", "2025-11-08"), ("cn", *DAYS)):
        result = run("law", "diff", *asked)
        assert result.exit_code == 0, result.output
        assert result.stdout.splitlines()[0] == "cn as known on 2025-10-15 → cn as known on 2025-11-08"
        assert "Name a portfolio with --portfolio" in result.stdout
        assert "2025-12-01 to 2026-11-09: in force → suspended" in result.stdout


def test_a_shipment_that_moves_is_told_with_value_mass_and_what_to_do(run, holmium):
    result = run("law", "diff", *DAYS, "-p", holmium)
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert lines[0] == "small  ·  cn as known on 2025-10-15 → cn as known on 2025-11-08"
    assert lines[1:3] == [
        "1 of 1 shipments gets another answer; 0 keep theirs. Still to leave: 1, the",
        "first on 2026-09-01.",
    ]
    (row,) = [line.split() for line in lines if line.startswith("  ■ licence → ○ not controlled")]
    assert row[-5:] == ["1", "EUR", "1,250.5", "20", "1"]
    assert "Now free under this book: 1; still to leave: 1." in result.stdout


def test_json_is_the_whole_answer_and_adds_up(run, holmium):
    told = json.loads(run("law", "diff", *DAYS, "-p", holmium, "--json").stdout)
    assert (told["whole"], told["kept"]["shipments"]) == (told["moved"], 0)
    (move,) = told["moves"]
    assert (move["before"], move["after"], move["measure"]["kg"]) == ("licence", "not_controlled", "20")
    assert move["measure"]["value"] == [["EUR", "1250.5"]]
    assert told["law"]["days"] == [["2025-11-07", None]]


def test_files_are_written_whole(run, holmium, tmp_path):
    result = run("law", "diff", *DAYS, "-p", holmium, "--out", tmp_path / "out", "--lang", "zh")
    names = [
        Path(line.removeprefix("wrote ")).name
        for line in result.stdout.splitlines()
        if line.startswith("wrote ")
    ]
    assert names == [
        "change.html",
        "change.json",
        *("law.csv", "moves.csv", "parties.csv", "products.csv", "kinds.csv", "duties.csv"),
        "moved.csv",
    ]
    assert '<html lang="zh"' in (tmp_path / "out" / "change.html").read_text("utf-8")
    (leg,) = csv.DictReader((tmp_path / "out" / "moved.csv").read_text("utf-8-sig").splitlines())
    assert (leg["shipment"], leg["value"], leg["kg"], leg["outcome_after"]) == (
        "S-1",
        "1250.5",
        "20",
        "not_controlled",
    )


def test_a_draft_moves_nothing_on_days_on_which_it_is_not_in_force(run, holmium):
    result = run("law", "impact", DRAFT, "-p", holmium)
    assert result.exit_code == 0, result.output
    assert "No shipment of 1 gets another answer." in result.stdout
    assert "Nothing moves on these days. Try --on DAY" in result.stdout
    later = run(
        "law", "impact", DRAFT, "-p", holmium, "--on", "2026-12-15", "--branch", "cn/mofcom-2025-70=revived"
    )
    assert "every leg taken as moving on 2026-12-15" in later.stdout
    assert "cn/mofcom-2025-70 read as “revived” by your choice" in later.stdout


def test_a_draft_needs_a_portfolio(run):
    assert run("law", "impact", DRAFT).exit_code == 2


@pytest.mark.parametrize(
    "sides",
    [
        (),
        ("cn",),
        ("2025-10-15",),
        ("2025-10-15", "cn"),
        ("cn", "us", "eu"),
        ("2025-10-15", "2025-11-08", *DAYS),
    ],
)
def test_what_is_not_two_laws_is_refused_in_four_parts(run, refused, sides):
    parts = refused(run("law", "diff", *sides))
    assert (parts["what"], parts["where"]) == ("these are not two laws to compare", "law diff")


def test_a_folder_that_is_no_book_is_refused(run, refused, tmp_path):
    parts = refused(run("law", "diff", "cn", tmp_path))
    assert parts["what"] == "this folder holds no book"


def test_a_branch_that_no_law_knows_is_refused(run, refused):
    parts = refused(run("law", "diff", *DAYS, "--branch", "cn/nothing=extended"))
    assert parts["what"] == "no such hinge or branch"
