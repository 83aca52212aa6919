from __future__ import annotations

from dataclasses import replace

import pytest

from xenotime.core.errors import InputError
from xenotime.portfolio.mapping import locate, mapping_text, propose, read_mapping
from xenotime.portfolio.sheets import Grid


def grid(*rows, sheet=""):
    return Grid("orders.xlsx" if sheet else "orders.csv", sheet, tuple(tuple(row) for row in rows))


ENGLISH = grid(
    ["Monthly list", None, None, None],
    ["Ship date", "Item no.", "Net weight", "Quantity"],
    ["2025-04-05", "M-1", "3", "10"],
    sheet="April",
)


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        (
            [
                "Date",
                "Order no.",
                "Material",
                "Description",
                "HS code",
                "Qty",
                "UoM",
                "Amount",
                "Currency",
                "Customer",
            ],
            ["day", "shipment", "product", "text", "hs", "quantity", "unit", "value", "currency", "buyer"],
        ),
        (
            [
                "Lieferdatum",
                "Auftrag",
                "Artikelnummer",
                "Bezeichnung",
                "Zolltarifnummer",
                "Menge",
                "ME",
                "Wert",
                "Kunde",
            ],
            ["day", "shipment", "product", "text", "hs", "quantity", "unit", "value", "buyer"],
        ),
        (
            [
                "发货日期",
                "订单号",
                "料号",
                "品名规格",
                "HS编码",
                "数量",
                "单位",
                "金额",
                "币种",
                "起运国",
                "目的国",
                "客户",
            ],
            [
                "day",
                "shipment",
                "product",
                "text",
                "hs",
                "quantity",
                "unit",
                "value",
                "currency",
                "from",
                "to",
                "buyer",
            ],
        ),
        (["日期\nDate", "货号 / Item no.", "目的国\nDestination"], ["day", "product", "to"]),
    ],
)
def test_headers_are_known_in_three_languages(header, fields):
    found = propose((grid(header),)).orders.columns
    assert {field: found[field] for field in fields} == {
        field: " ".join(label.split()) for field, label in zip(fields, header, strict=True)
    }


def test_the_header_is_found_below_titles_and_what_is_not_used_is_named():
    section = propose((ENGLISH,)).orders
    assert (section.sheet, section.header_row, section.unmatched) == ("April", 2, ("Net weight",))


def test_cells_tell_where_the_header_does_not():
    rows = [["2025-04-05", "M-1", "8505.11.1000", "kg"], ["2025-04-06", "M-2", "8503.00", "pcs"]]
    found = propose((grid(["When", "Item no.", "Class", "Quantity"], *rows),)).orders.columns
    assert dict(found) == {"day": "When", "product": "Item no.", "hs": "Class", "unit": "Quantity"}


def test_a_saved_mapping_comes_back(tmp_path):
    mapping = replace(propose((ENGLISH,)), signs={"¥": "CNY"}, units={"箱": "piece"}, encoding="gb18030")
    file = tmp_path / "mapping.toml"
    file.write_text(mapping_text(mapping), "utf-8")
    assert read_mapping(file) == replace(mapping, orders=replace(mapping.orders, unmatched=()))


def test_a_saved_mapping_finds_its_columns_in_next_months_sheet():
    section = propose((ENGLISH,)).orders
    may = grid(["Quantity", "Item no.", "Ship date"], [1, "M-1", "2025-05-05"], sheet="May")
    assert locate(section, (may,)) == (may, 1, {"day": 2, "product": 1, "quantity": 0})


def test_a_mapping_that_does_not_fit_names_the_missing_headers():
    with pytest.raises(InputError) as caught:
        locate(propose((ENGLISH,)).orders, (grid(["Ship date", "Quantity"]),))
    assert caught.value.problem.lines() == [
        "the mapping does not fit this export",
        "  where:    orders.csv",
        "  expected: one row with the headers Item no., Quantity, Ship date",
        "  found:    no Item no.",
        "  next:     correct the headers in mapping.toml, or leave the mapping out to have one proposed",
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[orders", "TOMLDecodeError"),
        ("signs = {}", "KeyError: 'orders'"),
        ('[orders]\ndate_order = "ymd"\n[orders.columns]\nday = "Date"', 'date_order = "ymd", decimal = ""'),
        ('[orders.columns]\ndya = "Date"', "fields {'dya'} in [orders.columns]"),
    ],
)
def test_a_broken_mapping_is_refused(tmp_path, text, found):
    file = tmp_path / "mapping.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(InputError, match="this mapping cannot be used") as caught:
        read_mapping(file)
    assert caught.value.problem.found.startswith(found)
