"""From the workbook an analyst really has to decisions, without touching a file by hand."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

from xenotime.cli.main import cli

EXPORT = Path(__file__).parents[2] / "examples" / "erp-export" / "orders-2025-2026.xlsx"
UNKNOWN = [
    "131 of 131 lines: no end user; the consignee is assumed",
    "131 of 131 lines: no stated end use",
    "131 of 131 lines: no exporter",
    "131 of 131 lines: no territory of origin of the item",
    "105 of 131 lines: no composition: which rare earths are in the item, and how much",
    "46 parties: no territory of establishment and no identifier; add them to parties.csv",
    "22 of 131 lines: remarks speak of a licence; enter it in licences.csv",
]


@pytest.fixture(scope="module")
def june(tmp_path_factory):
    """The three commands one after the other, with what each said."""
    folder = tmp_path_factory.mktemp("erp") / "june"
    said = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XENOTIME_TODAY", "2026-11-22")
        for words in (["new", folder, "--from", EXPORT], ["check", folder], ["assess", folder, "--quiet"]):
            said[words[0]] = CliRunner().invoke(cli, [str(word) for word in words])
    return folder, said


@pytest.fixture(scope="module")
def found(june):
    return json.loads((june[0].parent / "june-report" / "results.json").read_text("utf-8"))


def test_every_command_succeeds(june):
    assert {name: result.exit_code for name, result in june[1].items()} == {"new": 0, "check": 0, "assess": 0}
    assert june[1]["check"].stdout == f"0 errors, 0 warnings in {june[0]}\n"


def test_no_line_is_lost(june, found):
    with (june[0] / "shipments.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == 131
    assert len(found["rows"]) == 131
    assert not (june[0] / "unread.csv").exists()


def test_what_the_export_could_not_tell_is_said(june):
    lines = june[1]["new"].stdout.splitlines()
    start = lines.index("What the export could not tell:") + 1
    assert [line.removeprefix("  - ") for line in lines[start : start + len(UNKNOWN)]] == UNKNOWN
    account = (june[0] / "intake.md").read_text("utf-8")
    assert [line for line in UNKNOWN if line not in account] == []


def test_what_is_unknown_stays_unknown(found):
    assert dict(found["counts"]) == {
        "not_controlled": 38,
        "licence": 16,
        "undetermined": 71,
        "unverified": 6,
    }


def test_every_open_row_names_what_to_ask_and_whom(found):
    rows = [row for row in found["rows"] if row["outcome"] == "undetermined"]
    assert [row["shipment"] for row in rows if not row["missing"] or not row["ask"]] == []
    assert Counter(ask["who"] for ask in found["asks"])["supplier"] > 0


def test_a_firm_answer_rests_on_what_the_line_says(found):
    """A licence is asked for only where the text or the customs number names the element."""
    codes = {row["code"] for row in found["rows"] if row["outcome"] == "licence"}
    assert "" not in codes


def test_a_formula_in_a_remark_stays_text_everywhere(june, found):
    folder = june[0].parent / "june-report"
    notes = [row["note"] for row in found["rows"] if "HYPERLINK" in row["note"]]
    assert [note[:2] for note in notes] == ["'="]
    for path in (june[0] / "shipments.csv", folder / "results.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert [cell for cell in cells if cell.startswith(("=", "@", "+"))] == []
    table = pl.read_parquet(folder / "results.parquet")
    assert table["note"].str.starts_with("=").sum() == 0
    assert ">=HYPERLINK" not in (folder / "report.html").read_text("utf-8")


def test_the_same_mapping_serves_next_month(june, tmp_path):
    words = ["new", tmp_path / "july", "--from", EXPORT, "--mapping", june[0] / "mapping.toml"]
    assert CliRunner().invoke(cli, [str(word) for word in words]).exit_code == 0
    assert (tmp_path / "july" / "shipments.csv").read_bytes() == (june[0] / "shipments.csv").read_bytes()


def test_one_workbook_serves_as_well_as_a_folder(tmp_path, found):
    made = CliRunner().invoke(cli, ["new", str(tmp_path / "june"), "--from", str(EXPORT), "--format", "xlsx"])
    (book,) = (tmp_path / "june").glob("*.xlsx")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XENOTIME_TODAY", "2026-11-22")
        done = CliRunner().invoke(
            cli, ["assess", str(book), "--quiet", "--format", "json", "--out", str(tmp_path)]
        )
    assert (made.exit_code, done.exit_code) == (0, 0)
    again = json.loads((tmp_path / "results.json").read_text("utf-8"))
    # 5.00 in a text file is 5 in a workbook; a receipt names the file that its facts come from.
    written = {"value": "", "quantity": "", "receipt": ""}
    bare = [[{**row, **written} for row in each["rows"]] for each in (again, found)]
    assert bare[0] == bare[1]
