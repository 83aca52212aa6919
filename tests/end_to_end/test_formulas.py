"""Cells that a spreadsheet would run, taken through every output of the tool."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from html import unescape
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

from xenotime.cli.main import cli
from xenotime.portfolio.read import read_portfolio

FOLDER = Path(__file__).parents[1] / "fixtures" / "portfolio" / "formula-injection"
RISKY = ('=HYPERLINK("http://example.invalid")', "-call the forwarder")
_FORMULA = re.compile(r"^[=+@-](?!\d)")


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """The report of a portfolio with formulas for names and notes."""
    folder = tmp_path_factory.mktemp("formulas")
    result = CliRunner().invoke(cli, ["assess", str(FOLDER), "--quiet", "--out", str(folder)])
    assert result.exit_code == 0
    return folder


def texts(value):
    """Every text inside a JSON value."""
    if isinstance(value, dict):
        return [text for each in value.values() for text in texts(each)]
    if isinstance(value, list):
        return [text for each in value for text in texts(each)]
    return [value] if isinstance(value, str) else []


def test_the_cells_are_kept_word_for_word_inside():
    portfolio = read_portfolio(FOLDER)
    assert portfolio["products"][0].text("name") == RISKY[0]
    assert portfolio["shipments"][0].text("note") == RISKY[1]


def test_no_cell_of_the_csv_runs(report):
    with (report / "results.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert [cell for cell in row.values() if _FORMULA.match(cell)] == []
    assert (row["product_name"], row["note"]) == tuple(f"'{text}" for text in RISKY)


def test_no_text_of_the_json_runs(report):
    found = texts(json.loads((report / "results.json").read_text("utf-8")))
    assert [text for text in found if _FORMULA.match(text)] == []


def test_no_cell_of_the_parquet_runs(report):
    table = pl.read_parquet(report / "results.parquet")
    cells = [cell for row in table.rows() for cell in row if isinstance(cell, str)]
    assert [cell for cell in cells if _FORMULA.match(cell)] == []


def test_no_text_of_the_page_runs_when_it_is_copied(report):
    html = (report / "report.html").read_text("utf-8")
    body = re.sub(r"<(style|script)>.*?</\1>", "", html, flags=re.DOTALL)
    shown = [unescape(text).strip() for text in re.findall(r">([^<]+)<", body)]
    assert [text for text in shown if text in RISKY] == []
    assert "'" + RISKY[0] in shown


def test_a_workbook_keeps_them_as_text(tmp_path):
    export = tmp_path / "orders.csv"
    export.write_text(
        "Ship date,Item no.,Description,Quantity,Unit,From,To,Customer,Remarks\n"
        '2025-06-10,M-1,"=HYPERLINK(""http://example.invalid"")",5,kg,CN,DE,Fernhill AG,@SUM(A1)\n',
        encoding="utf-8",
    )
    words = ["new", str(tmp_path / "june"), "--from", str(export), "--format", "xlsx"]
    assert CliRunner().invoke(cli, words).exit_code == 0
    (book,) = (tmp_path / "june").glob("*.xlsx")
    assert b"<f>" not in _sheets(book)
    assert read_portfolio(book)["products"][0].text("name") == RISKY[0]


def _sheets(book):

    with zipfile.ZipFile(book) as file:
        return b"".join(file.read(name) for name in file.namelist() if name.startswith("xl/worksheets/"))
