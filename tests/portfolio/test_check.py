from __future__ import annotations

from pathlib import Path

import pytest

from xenotime.core.errors import Problem
from xenotime.portfolio.check import check, inspect
from xenotime.portfolio.schema import schema

MUSEUM = Path(__file__).parents[1] / "fixtures" / "portfolio"
_CODES = ("1C902", "1C905.a")
_PRODUCTS = ", ".join(schema()["products"].columns)
_RESAVE = (
    'open it in its program and save it as "CSV UTF-8"; for an ERP export you can instead say so: --encoding '
)
_TABLES = ", ".join(schema())
_KINDS = ", ".join(schema()["products"].columns["kind"].values)

#: Every broken portfolio of the museum, named after its defect, and exactly what is said of it.
SAID: dict[str, list[Problem]] = {
    "ambiguous-date": [
        Problem(
            "this date can mean two days",
            "legs.csv, row 2, column day",
            "a day such as 2025-04-05, or a declared order (dmy or mdy) in the column mapping",
            "'03/04/2025': 2025-04-03 or 2025-03-04",
            "write the day as YYYY-MM-DD, or set date_order in mapping.toml",
        )
    ],
    "ambiguous-number": [
        Problem(
            "this number can mean two values",
            "shipments.csv, row 2, column quantity",
            "a number with a decimal point and no grouping, such as 1200.5",
            "'1,200': 1200 or 1.200",
            'write it with a decimal point only, or set decimal = "." or "," in mapping.toml',
        )
    ],
    "amount-without-currency": [
        Problem(
            "an amount without a currency",
            "shipments.csv, row 2, column currency",
            "an ISO 4217 code, such as EUR",
            "value 8200 and no currency",
            "fill in the currency; until then the amount is unknown",
            "warning",
        )
    ],
    "bad-customs-number": [
        Problem(
            "this is not a customs number",
            "products.csv, row 2, column hs",
            "6 to 10 digits, such as 8505.11.1000",
            "'8505'",
            "correct or empty the cell",
        ),
        Problem(
            "this customs number has no chapter",
            "products.csv, row 3, column hs",
            "a chapter from 01 to 97",
            "'990511'",
            "correct the cell, or leave it empty",
        ),
    ],
    "bounds-in-the-wrong-order": [
        Problem(
            "bounds in the wrong order",
            "compositions.csv, row 2, column mass_percent",
            "low_percent 5 or more",
            "4",
            "correct the bounds",
        )
    ],
    "cyclic-parts-list": [
        Problem(
            "cyclic parts list",
            "parts.csv, row 2, column part",
            "a product that does not contain itself",
            "A → B → C → A",
            "remove one of these parts rows",
        )
    ],
    "days-in-the-wrong-order": [
        Problem(
            "days in the wrong order",
            "licences.csv, row 2, column to_day",
            "2025-06-01 or later",
            "2025-05-31",
            "correct from_day or to_day",
        )
    ],
    "duplicate-id": [
        Problem(
            "duplicate id",
            "products.csv, row 3, column product",
            "each product once in table products",
            "'M-1', already in row 2",
            "rename or remove one of the two rows",
        )
    ],
    "elements-against-composition": [
        Problem(
            "elements and composition contradict each other",
            "compositions.csv, row 2, column element",
            "Dy in the elements of 'M-1' (products.csv, row 2, column elements)",
            "elements 'Nd;Pr', composition 4.2 % Dy",
            "correct one of the two",
            "warning",
        )
    ],
    "empty-file": [
        Problem(
            "this file is empty",
            "products.csv",
            "a table with a header line",
            "0 bytes",
            "export or save the file again",
        )
    ],
    "encrypted.xlsx": [
        Problem(
            "this workbook cannot be opened",
            "encrypted.xlsx",
            "a whole XLSX workbook without password",
            "an encrypted workbook, or one of the old .xls kind",
            "open it in its program, save it again as XLSX, and copy it anew",
        )
    ],
    "gap-between-legs": [
        Problem(
            "a gap between two legs",
            "legs.csv, row 3, column from_country",
            "SG",
            "MY",
            "check the legs of 'S-1'; each is decided as written",
            "warning",
        )
    ],
    "gb18030": [
        Problem(
            "this CSV file is not UTF-8",
            "products.csv, row 2",
            "CSV UTF-8",
            "bytes that look like GB18030",
            _RESAVE + "gb18030",
        )
    ],
    "impossible-date": [
        Problem(
            "this date does not exist",
            "legs.csv, row 2, column day",
            "a day of the calendar",
            "'2025-02-30' (2025-02 has 28 days)",
            "correct the day",
        )
    ],
    "misnamed-table": [
        Problem(
            "this is not one of the tables", "shipment.csv", _TABLES, "'shipment'", "rename it to 'shipments'"
        )
    ],
    "missing-column": [
        Problem(
            "a column is missing",
            "products.csv, row 1",
            "column product: item number",
            "no such column",
            "add it",
        )
    ],
    "missing-exchange-rate": [
        Problem(
            "missing exchange rate",
            "shipments.csv, row 2, column currency",
            "a rate from CNY to USD (or back) of 2025-06-10 or an earlier day in table rates",
            "none, for 1 shipment(s) of goods that contain prices in CNY",
            "add a row to rates: day, CNY, USD, rate",
        )
    ],
    "missing-required-cell": [
        Problem(
            "a required cell is empty",
            "products.csv, row 2, column name",
            "text of the item",
            "nothing",
            "fill in name",
        )
    ],
    "misspelt-control-code": [
        Problem(
            "this is not a control code",
            "products.csv, row 2, column control_code",
            "a code such as 1C905, 1C905.a or 1C902.a.4",
            "'1C9O5'",
            "correct or empty the cell",
        )
    ],
    "negative-quantity": [
        Problem(
            "negative quantity",
            "shipments.csv, row 2, column quantity",
            "a number with a decimal point, at least 0",
            "'-20'",
            "correct the cell, or leave it empty",
        )
    ],
    "no-header": [Problem("this table has no header", "products.csv", _PRODUCTS, "no cells", "write it")],
    "ownership-over-100": [
        Problem(
            "ownership shares over 100 percent",
            "ownership.csv, row 3, column share_percent",
            "at most 100 percent of 'c' on any day",
            "110 percent on 2024-01-01",
            "correct the shares, or the days they were held",
        )
    ],
    "site-of-another-party": [
        Problem(
            "the site of another party in evidence",
            "evidence.csv, row 2, column site",
            "a site of 'b'",
            "'mill', a site of 'a'",
            "correct the site or the party",
        )
    ],
    "evidence-without-its-site": [
        Problem(
            "evidence whose level and place do not fit",
            "evidence.csv, row 2, column site",
            "the site it speaks of",
            "nothing",
            "fill in site",
        )
    ],
    "evidence-share-over-100": [
        Problem(
            "evidence whose share is no percentage",
            "evidence.csv, row 2, column value",
            "a number from 0 to 100, such as 12.5",
            "'380'",
            "write the share in percent, or leave it empty",
        )
    ],
    "undated-evidence": [
        Problem(
            "evidence without a day",
            "evidence.csv, row 2, column day",
            "the day it was made, as YYYY-MM-DD",
            "nothing: it counts as history only",
            "fill in the day",
            "warning",
        )
    ],
    "nominee-for-nobody": [
        Problem(
            "a nominee or trustee without the one behind it",
            "ownership.csv, row 2, column holds_for",
            "the party it holds for",
            "nothing: whose share it is stays unknown",
            "ask the holder and fill in holds_for",
            "warning",
        )
    ],
    "plain-share-for-another": [
        Problem(
            "a holding for somebody else that is neither nominee nor trust",
            "ownership.csv, row 2, column holds_for",
            "kind nominee or trust beside holds_for",
            "kind shares, holds_for 'b'",
            "set kind, or leave holds_for empty",
        )
    ],
    "ownership-bounds-crossed": [
        Problem(
            "bounds in the wrong order",
            "ownership.csv, row 2, column high_percent",
            "low_percent 60 or more",
            "40",
            "correct the bounds",
        )
    ],
    "part-without-a-product": [
        Problem(
            "part without a product",
            "parts.csv, row 2, column part",
            "an id of table products",
            "'M-9', which is not there",
            "add 'M-9' to products, or correct the id",
        )
    ],
    "reference-to-nothing": [
        Problem(
            "reference to nothing",
            "shipments.csv, row 2, column consignee",
            "an id of table parties",
            "'nordlich', which is not there",
            "did you mean 'nordlicht'?",
        )
    ],
    "row-longer-than-header": [
        Problem(
            "this row is longer than its header",
            "products.csv, row 2",
            "one cell a column",
            "3 cells under a header of 2",
            "quote commas in text",
        )
    ],
    "shares-over-100": [
        Problem(
            "shares over 100 percent",
            "compositions.csv, row 3, column mass_percent",
            "at most 100 percent for 'M-1' in all",
            "110 percent over 2 rows",
            "correct the shares; an oxide and its element are one share",
        )
    ],
    "shipment-without-legs": [
        Problem(
            "shipment without legs",
            "shipments.csv, row 2, column shipment",
            "at least one row in table legs: day, from_country, to_country",
            "'S-1' has none",
            "add its leg, or set status to cancelled",
        )
    ],
    "truncated.xlsx": [
        Problem(
            "this workbook cannot be opened",
            "truncated.xlsx",
            "a whole XLSX workbook without password",
            "24,281 bytes that are no whole workbook (File is not a zip file)",
            "open it in its program, save it again as XLSX, and copy it anew",
        )
    ],
    "unclosed-quote": [
        Problem(
            "this CSV file is broken or cut off",
            "products.csv, row 3",
            "every opening quote closed, one record a line",
            "unexpected end of data",
            "export the file again, or close the quote",
        )
    ],
    "unknown-column": [
        Problem(
            "unknown column",
            "products.csv, row 1",
            "columns of table products: " + _PRODUCTS,
            "'materal'",
            "did you mean 'material'?",
        )
    ],
    "unknown-control-code": [
        Problem(
            "unknown control code",
            "products.csv, row 2, column control_code",
            "a control code of the book of law",
            "'1C999'",
            "did you mean '1C905'?",
        )
    ],
    "unknown-word": [
        Problem(
            "unknown word in column kind",
            "products.csv, row 2, column kind",
            "one of " + _KINDS,
            "'magnett'",
            "did you mean 'magnet'?",
        )
    ],
    "utf-16": [
        Problem(
            "this CSV file is not UTF-8",
            "products.csv, row 1",
            "CSV UTF-8",
            "bytes that look like UTF-16",
            _RESAVE + "utf-16",
        )
    ],
    "wrong-unit": [
        Problem(
            "wrong unit",
            "shipments.csv, row 2, column unit",
            "one of piece, kg, g, t, set",
            "'lbs'",
            "use one of these words, or leave the cell empty",
        )
    ],
    "wrong-unit-in-number": [
        Problem(
            "wrong unit",
            "products.csv, row 2, column unit_mass_kg",
            "a number in kg",
            "'50 g'",
            "convert the number and write it without a unit",
        )
    ],
    "zero-bytes.xlsx": [
        Problem(
            "this file is empty",
            "zero-bytes.xlsx",
            "a table with a header line",
            "0 bytes",
            "export or save the file again",
        )
    ],
}


@pytest.mark.parametrize("defect", SAID)
def test_each_defect_is_named_in_four_parts(defect):
    found = check(MUSEUM / defect, codes=_CODES)
    assert found == SAID[defect]
    assert all(p.what and p.where and p.expected and p.found and p.next_step for p in found)


def test_the_museum_has_no_unlabelled_exhibit():
    assert {path.name for path in MUSEUM.iterdir()} == {*SAID, "exports", "formula-injection"}


def test_without_the_codes_of_a_book_only_their_form_is_checked():
    assert check(MUSEUM / "unknown-control-code") == []
    assert [p.what for p in check(MUSEUM / "misspelt-control-code")] == ["this is not a control code"]


def test_a_bad_cell_leaves_the_row_and_its_other_cells():
    portfolio, problems = inspect(MUSEUM / "negative-quantity")
    (row,) = portfolio["shipments"]
    assert (row.text("product"), row.values["quantity"], row.text("unit")) == ("M-1", None, "kg")
    assert len(problems) == 1


def test_a_table_that_cannot_be_read_does_not_blame_the_rows_that_name_it(tmp_path):
    (tmp_path / "products.csv").write_bytes("product,name\nM-1,钕铁硼磁钢\n".encode("gb18030"))
    (tmp_path / "shipments.csv").write_text("shipment,product,status\nS-1,M-1,cancelled\n", "utf-8")
    assert [problem.what for problem in check(tmp_path)] == ["this CSV file is not UTF-8"]


def test_problems_come_in_the_order_of_tables_and_rows(tmp_path):
    (tmp_path / "products.csv").write_text("product,name,hs\nA,,8505.11\nB,Magnet,85\n", "utf-8")
    (tmp_path / "parties.csv").write_text("party,name,country\nP,Example AG,ZZ\n", "utf-8")
    assert [problem.where for problem in check(tmp_path)] == [
        "parties.csv, row 2, column country",
        "products.csv, row 2, column name",
        "products.csv, row 3, column hs",
    ]


def test_an_empty_folder_and_a_missing_one_say_what_to_do(tmp_path):
    (here,), (gone,) = check(tmp_path), check(tmp_path / "gone")
    assert (here.what, here.found) == ("there is no portfolio here", "neither")
    assert (gone.what, gone.found) == ("there is no such file", "nothing")


def test_ten_thousand_rows_with_a_problem_each_are_all_reported(tmp_path):
    rows = "".join(f"S-{i},M-{i},planned\n" for i in range(10_000))
    (tmp_path / "shipments.csv").write_text(f"shipment,product,status\n{rows}", "utf-8")
    (tmp_path / "products.csv").write_text("product,name\nM-1,Magnet\n", "utf-8")
    found = check(tmp_path)
    assert [
        sum(1 for p in found if p.what == what) for what in ("reference to nothing", "shipment without legs")
    ] == [
        9_999,
        10_000,
    ]
