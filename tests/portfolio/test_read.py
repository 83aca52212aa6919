from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from xenotime.core.errors import PortfolioErrors
from xenotime.portfolio.read import read_portfolio
from xenotime.portfolio.write import write_portfolio, write_template

MUSEUM = Path(__file__).parents[1] / "fixtures" / "portfolio"


def test_every_problem_that_stops_is_carried():
    with pytest.raises(PortfolioErrors) as caught:
        read_portfolio(MUSEUM / "bad-customs-number")
    assert [problem.where for problem in caught.value.problems] == [
        "products.csv, row 2, column hs",
        "products.csv, row 3, column hs",
    ]


def test_warnings_do_not_stop_and_are_kept():
    portfolio = read_portfolio(MUSEUM / "gap-between-legs")
    assert [problem.what for problem in portfolio.warnings] == ["a gap between two legs"]


def test_a_part_named_twice_is_added_with_a_warning(tmp_path):
    (tmp_path / "products.csv").write_text("product,name\nA,Motor\nB,Magnet\n", "utf-8")
    (tmp_path / "parts.csv").write_text("product,part,quantity,unit\nA,B,1,piece\nA,B,2,piece\n", "utf-8")
    portfolio = read_portfolio(tmp_path)
    assert [row.number("quantity") for row in portfolio["parts"]] == [Decimal(1), Decimal(2)]
    assert [(problem.what, problem.severity) for problem in portfolio.warnings] == [
        ("duplicate row", "warning")
    ]


def test_absent_tables_and_columns_are_empty():
    portfolio = read_portfolio(MUSEUM / "formula-injection")
    assert portfolio["licences"] == ()
    assert portfolio["shipments"][0].values["end_use"] is None


def test_rows_are_found_by_column():
    portfolio = read_portfolio(MUSEUM / "gap-between-legs")
    assert portfolio.index("products", "product")["M-1"].text("name") == "Magnet segment"
    assert [row.number("leg") for row in portfolio.groups("legs", "shipment")["S-1"]] == [1, 2]


def test_a_folder_with_rows_in_csv_and_workbook_is_refused(tmp_path):
    example = read_portfolio(write_template(tmp_path / "t") / "examples")
    folder = write_portfolio(example, tmp_path / "both")
    write_portfolio(example, folder, "xlsx", force=True)
    with pytest.raises(PortfolioErrors, match="this folder holds the portfolio twice"):
        read_portfolio(folder)


def test_a_filled_workbook_beside_empty_files_is_the_portfolio(tmp_path):
    folder = write_template(tmp_path / "t")
    example = read_portfolio(folder / "examples")
    write_portfolio(example, folder, "xlsx", force=True)
    assert len(read_portfolio(folder)["shipments"]) == 1
