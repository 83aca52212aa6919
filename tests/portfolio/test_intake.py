from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xenotime.core.errors import InputError, XenotimeError
from xenotime.portfolio.account import account, write_intake
from xenotime.portfolio.check import check, review
from xenotime.portfolio.intake import take
from xenotime.portfolio.mapping import read_mapping
from xenotime.portfolio.read import read_portfolio
from xenotime.portfolio.write import csv_text

EXPORTS = Path(__file__).parents[1] / "fixtures" / "portfolio" / "exports"
HEADER = [
    "Ship date",
    "Order no.",
    "Item no.",
    "Description",
    "HS code",
    "Qty",
    "Unit",
    "Amount",
    "From",
    "To",
    "Buyer",
]


@pytest.fixture
def messy(tmp_path):
    """A workbook as it comes: titles, merged cells, four forms of dates, subtotals, signs."""
    path = tmp_path / "messy.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("发货 Orders")
        sheet.merge_range(0, 0, 0, 10, "Shipment list")
        sheet.write_row(2, 0, HEADER)
        rows = [
            [
                "25.04.2025",
                "O-1",
                "M-1",
                "NdFeB 钕铁硼 42SH",
                "8505.11.1000",
                "1,200",
                "pcs",
                "USD 9,000.50",
                "中国",
                "Germany",
            ],
            ["03/04/2025", "O-2", "M-1", "钕铁硼", "8505.11", 5, "千克", "¥3,400.00", None, "CH"],
            ["2025年4月5日", "O-3", "DY", "金属镝", 2805301200, 2.5, "公斤", "RMB 900.00", None, "Schweiz"],
            ["Subtotal", None, None, None, None, 1207.5, None, None, None, None],
            [
                "12-Apr-2025",
                "O-3",
                "DY",
                "Dysprosium metal",
                "2805.30.1200",
                "0.5",
                "kg",
                "180.00 CNY",
                "CN",
                "CH",
            ],
        ]
        for number, row in enumerate(rows, start=3):
            sheet.write_row(number, 0, row)
        sheet.merge_range(3, 8, 5, 8, "中国")
        for number, name in zip(
            (3, 4, 5, 7), ("Alp Example AG", "ALP EXAMPLE AG", "Alp-Example", "示例电机有限公司"), strict=True
        ):
            sheet.write(number, 10, name)
        told = book.add_worksheet("Supplier declarations")
        told.write_row(0, 0, ["Item no.", "Supplier", "Date", "Statement"])
        told.write_row(1, 0, ["M-1", "Berg Example AG", "2025-03-03", "Chinese rare earths: yes"])
        told.write_row(2, 0, ["M-7", None, None, "requested, no answer"])
        told.write_row(3, 0, ["M-1", None, None, "we are very green"])
    return path


def values(row, *columns):
    return tuple(row.values[column] for column in columns)


def test_a_messy_workbook_becomes_a_clean_portfolio(messy, customs, tmp_path):
    intake = take(messy, customs)
    folder = write_intake(intake, tmp_path / "new")
    assert check(folder) == []
    portfolio = read_portfolio(folder)
    assert [
        values(row, "shipment", "product", "quantity", "unit", "value", "currency")
        for row in portfolio["shipments"]
    ] == [
        ("O-1", "M-1", Decimal(1200), "piece", Decimal("9000.50"), "USD"),
        ("O-2", "M-1", Decimal(5), "kg", Decimal("3400.00"), "CNY"),
        ("O-3", "DY", Decimal("2.5"), "kg", Decimal("900.00"), "CNY"),
        ("O-3-2", "DY", Decimal("0.5"), "kg", Decimal("180.00"), "CNY"),
    ]
    assert [values(row, "day", "from_country", "to_country") for row in portfolio["legs"]] == [
        (date(2025, 4, 25), "CN", "DE"),
        (date(2025, 4, 3), "CN", "CH"),
        (date(2025, 4, 5), "CN", "CH"),
        (date(2025, 4, 12), "CN", "CH"),
    ]
    assert [values(row, "product", "hs", "kind", "elements") for row in portfolio["products"]] == [
        ("M-1", "8505111000", "magnet", None),
        ("DY", "2805301200", "metal", "Dy"),
        ("M-7", None, None, None),
    ]
    assert [values(row, "party", "name", "other_names") for row in portfolio["parties"]] == [
        ("berg-example", "Berg Example AG", None),
        ("alp-example", "Alp Example AG", "ALP EXAMPLE AG|Alp-Example"),
        ("示例电机", "示例电机有限公司", None),
    ]
    assert [values(row, "product", "supplier", "states") for row in portfolio["declarations"]] == [
        ("M-1", "berg-example", "cn_rare_earths_yes"),
        ("M-7", None, "requested"),
    ]


def test_every_row_is_accounted_for(messy, customs, tmp_path):
    intake = take(messy, customs)
    assert [(row.row, row.why, row.lost) for row in intake.skipped] == [(7, "a sum of other rows", False)]
    assert [(row.row, row.why) for row in intake.unstated] == [
        (4, "declaration: a statement that is not understood: 'we are very green'")
    ]
    folder = write_intake(intake, tmp_path / "new")
    assert not (folder / "unread.csv").exists()
    assert (folder / "unread-declarations.csv").read_text("utf-8-sig").splitlines() == [
        "row,why,Item no.,Supplier,Date,Statement",
        "4,declaration: a statement that is not understood: 'we are very green',M-1,,,we are very green",
    ]


def test_how_the_columns_were_read_is_said_and_saved(messy, customs, tmp_path):
    intake = take(messy, customs)
    assert intake.told == (
        "¥ is read as CNY, named in other cells; change it under [signs] in mapping.toml",
        "dates with . as dmy, with / as dmy: other dates of the same column can be read in no other way",
        "column quantity: '.' is the decimal sign, as other cells of the column show",
        "column value: '.' is the decimal sign, as other cells of the column show",
        "2 supplier declaration(s) read from messy.xlsx, sheet Supplier declarations",
    )
    saved = read_mapping(write_intake(intake, tmp_path / "new") / "mapping.toml")
    assert (saved.orders.date_order, saved.orders.decimal, dict(saved.signs)) == ("dmy", ".", {"¥": "CNY"})
    again = take(messy, customs, mapping=saved)
    assert [row.values for row in again.portfolio["shipments"]] == [
        row.values for row in intake.portfolio["shipments"]
    ]


def test_the_account_names_what_the_export_could_not_tell(messy, customs):
    text = account(take(messy, customs))
    assert text.startswith(
        "# Intake of messy.xlsx\n\n4 lines became shipments; 1 rows were passed over with a reason; "
    )
    for line in (
        "- the customs number names it: 1 items, 2 lines (each in triage.csv)",
        "- 2 of 4 lines: no composition: which rare earths are in the item, and how much",
        "- 3 parties: no territory of establishment and no identifier; add them to parties.csv",
        "- alp-example: Alp Example AG = ALP EXAMPLE AG = Alp-Example",
        "- a sum of other rows: row 7",
    ):
        assert line in text.splitlines()


def test_unreadable_rows_are_kept_word_for_word_and_harmless(customs, tmp_path):
    intake = take(EXPORTS / "unreadable-rows.csv", customs)
    assert [(row.row, row.why.split(";", 1)[0]) for row in intake.unread] == [
        (3, "this date does not exist: '2025-02-30' (2025-02 has 28 days)"),
        (4, "negative quantity: -5"),
        (5, "two currencies for one amount: USD in the amount, EUR beside it"),
        (6, "a line without item: no item number and no text"),
    ]
    folder = write_intake(intake, tmp_path / "new")
    lines = (folder / "unread.csv").read_text("utf-8-sig").splitlines()
    assert len(lines) == 5
    assert lines[3].endswith(
        ",O-4,M-1,Sintered magnet,8505.11.1000,10,kg,USD 100.00,EUR,CN,DE,ALP EXAMPLE AG,'=1+1"
    )


def test_what_a_line_leaves_open_stays_unknown_and_is_noted(customs):
    portfolio = take(EXPORTS / "unreadable-rows.csv", customs).portfolio
    first, second = portfolio["shipments"]
    assert (first.text("shipment"), second.text("shipment")) == ("O-1", "O-1-2")
    assert second.values["unit"] is None
    assert second.text("note") == (
        "unit 'crates' is not known; name it under [units] in mapping.toml; "
        "territory 'Atlantis' (to) is not known"
    )
    assert portfolio["legs"][1].values["to_country"] is None


def test_dates_that_nothing_settles_are_asked_for(customs):
    with pytest.raises(InputError) as caught:
        take(EXPORTS / "ambiguous-dates.csv", customs)
    assert caught.value.problem.lines() == [
        "the dates of this column can mean two days",
        "  where:    ambiguous-dates.csv, column Ship date",
        "  expected: at least one date that shows the order, such as 25/04/2025",
        "  found:    '03/04/2025' and nothing that tells",
        "  next:     say --date-order dmy or --date-order mdy, or set date_order in mapping.toml",
    ]
    days = [
        row.day("day")
        for row in take(EXPORTS / "ambiguous-dates.csv", customs, date_order="dmy").portfolio["legs"]
    ]
    assert days == [date(2025, 4, 3), date(2025, 6, 5)]


@pytest.mark.parametrize(
    ("file", "what", "where"),
    [
        (
            "dates-in-both-orders.csv",
            "this column writes days before months and months before days",
            "Ship date",
        ),
        (
            "decimals-in-both-ways.csv",
            "this column writes decimals with a point and with a comma",
            "quantity",
        ),
    ],
)
def test_a_column_in_two_fashions_is_refused(customs, file, what, where):
    with pytest.raises(InputError) as caught:
        take(EXPORTS / file, customs)
    assert (caught.value.problem.what, caught.value.problem.where) == (what, f"{file}, column {where}")


def test_an_export_without_header_is_refused(customs):
    with pytest.raises(InputError, match="no header line was found in this export"):
        take(EXPORTS / "no-header.csv", customs)


def test_a_chinese_export_needs_its_encoding_said(customs):
    with pytest.raises(InputError) as caught:
        take(EXPORTS / "gb18030.csv", customs)
    assert caught.value.problem.next_step.endswith("--encoding gb18030")
    intake = take(EXPORTS / "gb18030.csv", customs, encoding="gb18030")
    (row,) = intake.portfolio["shipments"]
    assert values(row, "quantity", "unit", "consignee") == (Decimal("1200.5"), "kg", "示例电机")
    assert intake.mapping.encoding == "gb18030"


def test_a_separate_file_of_declarations_is_read(customs, tmp_path):
    told = tmp_path / "told.csv"
    told.write_text("Item no.,Statement,Document\nM-1,no listed elements,report 7\n", "utf-8")
    intake = take(EXPORTS / "gb18030.csv", customs, encoding="gb18030", declarations=told)
    (row,) = intake.portfolio["declarations"]
    assert values(row, "product", "states", "source") == (
        "M-1",
        "no_listed_elements",
        "report 7: no listed elements",
    )


_CELLS = st.sampled_from(
    "|2025-04-05|03/04/2025|25/04/2025|45752|M-1|8505.11.1000|1,200|1.200,50|USD 5|¥3|€|kg|箱|CN|=1+1|total"
    "|合计|unknown|-|-5|a;b|(3)|NaN|٣|Alp AG|AG|()|Ship date".split("|")
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.lists(_CELLS, min_size=11, max_size=11), max_size=5))
def test_whatever_stands_in_the_cells_no_row_is_lost_and_the_portfolio_is_sound(customs, tmp_path, rows):
    rows = [["2025-04-05", "O-1", "M-1", *[""] * 8], *rows]
    (tmp_path / "any.csv").write_text(csv_text(HEADER, rows), "utf-8")
    try:
        intake = take(tmp_path / "any.csv", customs)
    except XenotimeError:
        return
    assert len(intake.lines) + len(intake.skipped) == sum(any(row) for row in rows)
    assert [problem for problem in review(intake.portfolio) if problem.severity == "error"] == []
