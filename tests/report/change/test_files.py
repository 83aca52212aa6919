from __future__ import annotations

import csv
import json

import pytest

from xenotime.core.errors import InputError
from xenotime.report.change.files import document, write
from xenotime.report.change.words import speak


def read(path):
    return list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))


def test_a_folder_holds_page_json_and_tables(made, tmp_path):
    paths = write(made, tmp_path, speak())
    assert [p.name for p in paths] == [
        *("change.html", "change.json", "law.csv", "moves.csv", "parties.csv", "products.csv"),
        *("kinds.csv", "duties.csv", "moved.csv"),
    ]
    assert json.loads((tmp_path / "change.json").read_text("utf-8"))["moved"]["shipments"] == 34


def test_columns_of_the_moves_can_be_added_up(made, tmp_path):
    write(made, tmp_path, speak())
    rows = read(tmp_path / "moves.csv")
    assert sum(int(r["shipments"] or 0) for r in rows) == made.whole.shipments
    assert sum(int(r["value_not_stated"] or 0) for r in rows) == made.whole.unvalued
    usd = [r["value"] for r in rows if r["currency"] == "USD"]
    assert usd == ["3", "1"]


def test_no_cell_runs_as_a_formula_and_unknown_is_said(made, tmp_path):
    write(made, tmp_path, speak())
    first, second = read(tmp_path / "moved.csv")
    assert (first["product"], first["value"], first["kg"]) == ("'=1+1", "12.5", "100")
    assert (second["value"], second["kg"]) == ("unknown", "unknown")


def test_without_a_portfolio_there_is_the_law_only(bare, tmp_path):
    paths = write(bare, tmp_path, speak())
    assert [p.name for p in paths] == ["change.html", "change.json", "law.csv"]
    assert [r["address"] for r in read(tmp_path / "law.csv")][:2] == ["cn/b", "cn/a/1"]
    assert document(bare)["portfolio"] == ""


def test_a_folder_that_cannot_be_written_is_a_clear_error(made, tmp_path):
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(InputError):
        write(made, tmp_path / "file", speak())
