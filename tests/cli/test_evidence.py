from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from xml.etree import ElementTree as ET

import pytest

from xenotime.evidence.read import COLUMNS

ADD = (
    *(
        "evidence",
        "add",
        "--subject",
        "Magnet cover",
        "--stage",
        "firm",
        "--element",
        "NdFeB",
        "--country",
        "Germany",
    ),
    *("--year", "2026-10", "--value", "9", "--source-title", "Stock count", "--source-date", "2026-10-01"),
    *("--confidence", "high"),
)


def test_conflicts_say_who_says_which_of_what_and_when(run):
    result = run("evidence", "conflicts", "China", "refines")
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert lines[:3] == [
        "What share of the world's rare earths does China refine?",
        "Said: 85, 90, 91, 91.3, 92, 92.5, 97, 99, 99.9 percent",
        "Expected: 76.0, 77 percent",
    ]
    goldman = next(line.split() for line in lines if "shares-019" in line)
    assert goldman == ["92", "Goldman", "Sachs", "2025", "2025-10-20", "high", "shares-019"]


@pytest.mark.parametrize(
    "words", [("china", "refines"), ("processing", "china"), ("who", "refines", "in", "china?")]
)
def test_words_are_met_tolerantly(run, words):
    assert (
        run("evidence", "conflicts", *words).output
        == run("evidence", "conflicts", "China", "refining").output
    )


def test_without_words_every_conflict_has_a_line(run):
    result = run("evidence", "conflicts")
    assert result.exit_code == 0
    assert "One of them with who says what: xenotime evidence conflicts WORDS" in result.output


def test_a_gap_is_shown_as_a_gap(run):
    result = run("evidence", "conflicts", "f-35")
    assert "(shares-078)" in result.output
    shown = run("evidence", "show", "shares-078").output.splitlines()
    assert shown[1].split() == ["value", "gap", "[percent]"]


def test_a_single_claim_is_shown_with_all_that_is_known_of_it(run):
    shown = run("evidence", "show", "shares-001").output
    words = ("61 [percent]", "magnet REE", "2025-06-19", "https://www.automotiveworld.com/", "said by: IEA")
    assert [word for word in words if word not in shown] == []


def test_nothing_that_fits_ends_with_one(run):
    for verb in ("show", "conflicts"):
        result = run("evidence", verb, "unicorn")
        assert (result.exit_code, result.output) == (1, "Nothing in the evidence fits.\n")


def test_conflicts_as_json_carry_ids_and_reasons(run):
    (found,) = json.loads(run("evidence", "conflicts", "china", "refines", "--json").output)
    assert (found["question"], found["unit"], found["expected"]) == (
        "china-refines",
        "percent",
        ["76.0", "77"],
    )
    assert found["sides"][0]["scope"] == "all rare earths · refining"
    assert [reason["kind"] for reason in found["reasons"]][:2] == ["scope", "year"]


def test_the_figure_is_written_whole(run, tmp_path):
    path = tmp_path / "spread.svg"
    result = run("evidence", "conflicts", "china", "refines", "--figure", path)
    assert f"wrote {path}" in result.output.replace("\n", "")
    assert ET.fromstring(path.read_text("utf-8")).tag == "{http://www.w3.org/2000/svg}svg"  # noqa: S314 - we wrote it


def test_a_figure_of_nothing_is_refused(run, tmp_path):
    result = run("evidence", "conflicts", "unicorn", "--json", "--figure", tmp_path / "x.svg")
    assert (result.exit_code, "there is nothing to draw" in result.stderr) == (2, True)


def test_claims_as_csv_are_what_add_reads(run, tmp_path):
    shown = run("evidence", "show", "--table", "stocks", "--format", "csv").output
    rows = list(csv.DictReader(io.StringIO(shown)))
    assert (tuple(rows[0]), len(rows), rows[0]["id"]) == (COLUMNS, 22, "stocks-001")
    path = tmp_path / "mine.csv"
    mine = [
        {**row, "id": row["id"].replace("stocks", "mine"), "source_title": "Our own count"} for row in rows
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, COLUMNS)
        table.writeheader()
        table.writerows(mine)
    assert run("evidence", "add", "--from", path).exit_code == 0
    assert (
        json.loads(run("evidence", "show", "--table", "mine", "--format", "json").output)[0]["id"]
        == "mine-001"
    )


def test_time_narrows_what_is_shown(run):
    words = ("evidence", "show", "--table", "backtest", "--country", "World", "--format", "json")
    found = json.loads(run(*words, "--from", "2025-07-01", "--to", "2025-07-31").output)
    assert {row["year"] for row in found} == {"2025-07"}


def test_a_claim_of_ones_own_is_kept_and_found(run):
    kept = run(*ADD, "--unit", "weeks")
    assert kept.exit_code == 0
    assert "own-001" in kept.output
    (row,) = json.loads(run("evidence", "show", "--table", "own", "--format", "json").output)
    assert (row["value"], row["unit"], row["source_title"]) == ("9", "weeks", "Stock count")


@pytest.mark.parametrize(
    ("given", "what"),
    [
        (ADD, "this claim has no unit"),
        (
            tuple(word if word != "Stock count" else "" for word in (*ADD, "--unit", "weeks")),
            "this claim has no source",
        ),
        ((*ADD, "--unit", "bushels"), "this unit is unknown"),
    ],
)
def test_a_claim_without_source_or_unit_is_refused_in_four_parts(run, refused, given, what):
    parts = refused(run(*given))
    assert parts["what"] == what
    assert run("evidence", "show", "--table", "own").exit_code == 2


def test_a_claim_is_not_entered_twice(run, refused):
    run(*ADD, "--unit", "weeks")
    assert refused(run(*ADD, "--unit", "weeks"))["what"] == "this claim is there already"


def test_a_bad_row_keeps_the_whole_file_out(run, refused, tmp_path):
    path = tmp_path / "mine.csv"
    good = "Cover,weeks,9,Stock count,2026-10-01,high"
    path.write_text(
        f"subject,unit,value,source_title,source_date,confidence\n{good}\n{good}\n", encoding="utf-8"
    )
    assert refused(run("evidence", "add", "--from", path))["where"] == f"{path}, row 3"
    assert run("evidence", "show", "--table", "own").exit_code == 2


def test_processes_that_add_at_once_lose_nothing(run):
    words = [sys.executable, "-c", "from xenotime.cli.main import run; run()", *ADD, "--unit", "weeks"]
    both = [
        subprocess.Popen([*words, "--note", f"n{n}", "--low", str(n)], stdout=subprocess.PIPE) for n in (7, 8)
    ]
    assert [one.communicate() and one.returncode for one in both] == [0, 0]
    found = json.loads(run("evidence", "show", "--table", "own", "--format", "json").output)
    assert sorted((row["id"], row["low"]) for row in found) in (
        [("own-001", "7"), ("own-002", "8")],
        [("own-001", "8"), ("own-002", "7")],
    )


def test_add_wants_a_file_or_a_claim(run, tmp_path):
    assert run("evidence", "add").exit_code == 2
    assert run("evidence", "add", "--from", tmp_path / "x.csv", "--value", "3").exit_code == 2


def test_units_and_the_empty_table_are_printed(run):
    assert "metric tons" in run("evidence", "units").output
    assert run("evidence", "template").output == ",".join(COLUMNS) + "\n"


def test_evidence_needs_no_part_beside_the_core():
    code = "import sys, xenotime.cli.evidence; print({'numpy', 'numba', 'scipy'} & set(sys.modules))"
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert told.stdout.strip() == "set()"
