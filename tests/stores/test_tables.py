from __future__ import annotations

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from xenotime.core.errors import FactError, InputError
from xenotime.stores.tables import is_csv, is_table, open_table, read_part, read_sheet, staged

CSV = "shipment,on,from,el_sm,item_value\nA,2025-04-05,cn,yes,99.99\nB,2025-04-06,DE,no,\n"
ROWS = pl.DataFrame({"on": [date(2025, 4, 5)] * 3, "el_sm": [True, None, False]})


@pytest.fixture
def csv(tmp_path):
    path = tmp_path / "june.csv"
    path.write_text(CSV, "utf-8")
    return path


def test_csv_and_parquet_read_alike(csv, law):
    sheet = read_sheet(csv, law)
    assert sheet.story.to_dicts() == [{"key": 0, "shipment": "A"}, {"key": 1, "shipment": "B"}]
    assert sheet.facts.rows() == [
        (0, date(2025, 4, 5), "CN", True, 999_900, 999_900),
        (1, date(2025, 4, 6), "DE", False, None, None),
    ]
    again = read_sheet(staged(csv, csv.with_suffix(".parquet")), law)
    assert again.facts.equals(sheet.facts)


def test_a_folder_of_parquet_is_one_table(tmp_path, law):
    for name in ("b", "a"):
        ROWS.write_parquet(tmp_path / f"{name}.parquet")
    table = open_table(tmp_path, law)
    assert ([f.name for f in table.files], table.rows, table.height) == (
        ["a.parquet", "b.parquet"],
        (3, 3),
        6,
    )
    assert read_part(table, 1, 1, 5).rows() == ROWS.rows()[1:]
    assert read_sheet(tmp_path, law).facts["key"].to_list() == list(range(6))


def test_files_of_one_table_are_alike(tmp_path, law):
    ROWS.write_parquet(tmp_path / "a.parquet")
    ROWS.with_columns(el_sm=pl.lit("yes")).write_parquet(tmp_path / "b.parquet")
    with pytest.raises(InputError) as refused:
        open_table(tmp_path, law)
    problem = refused.value.problem
    assert (problem.what, problem.where) == (
        "the files of this table have different columns",
        str(tmp_path / "b.parquet"),
    )


def test_tables_and_portfolios_are_told_apart(tmp_path, csv):
    (tmp_path / "portfolio").mkdir()
    (tmp_path / "portfolio" / "shipments.csv").write_text("", "utf-8")
    found = [is_table(p) for p in (csv, tmp_path / "portfolio", tmp_path / "x.parquet", tmp_path / "x.xlsx")]
    assert (found, is_csv(csv), is_csv(tmp_path)) == ([True, False, True, False], True, False)


def test_a_file_that_is_no_parquet_is_told(tmp_path, law):
    path = tmp_path / "x.parquet"
    path.write_bytes(b"not this")
    with pytest.raises(InputError) as refused:
        open_table(path, law)
    assert (refused.value.problem.what, refused.value.problem.where) == (
        "this facts table cannot be read",
        str(path),
    )


def test_a_table_that_is_not_there_is_told(tmp_path, law):
    with pytest.raises(InputError) as refused:
        open_table(tmp_path / "x.parquet", law)
    assert refused.value.problem.found == "nothing"


def test_what_is_carried_must_be_named(tmp_path, law):
    path = tmp_path / "x.parquet"
    ROWS.with_columns(lane=pl.lit("n")).write_parquet(path)
    with pytest.raises(FactError):
        open_table(path, law)
    assert open_table(path, law, ["lane"]).form.carried == ("lane",)


def test_a_staged_table_is_not_made_again_unless_asked(csv, tmp_path):
    target = staged(csv, tmp_path / "facts.parquet")
    csv.write_text(CSV.replace("99.99", "1"), "utf-8")
    assert pl.read_parquet(staged(csv, target))["item_value"][0] == "99.99"
    assert pl.read_parquet(staged(csv, target, again=True))["item_value"][0] == "1"


def test_money_of_parquet_is_exact(tmp_path, law):
    path = tmp_path / "x.parquet"
    ROWS.head(1).with_columns(item_value=pl.Series([Decimal("99.99")])).write_parquet(path)
    assert read_sheet(path, law).facts["item_value_min"].to_list() == [999_900]
