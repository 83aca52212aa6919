from __future__ import annotations

from pathlib import Path

import pytest

from xenotime.core.errors import InputError
from xenotime.services.intake import control_codes, from_export, problems, template, triage_tables

EXPORT = Path(__file__).parents[2] / "examples" / "erp-export" / "orders-2025-2026.xlsx"
GB18030 = Path(__file__).parents[1] / "fixtures" / "portfolio" / "exports" / "gb18030.csv"


def test_codes_are_known_with_and_without_their_line(book):
    codes = control_codes(book)
    assert {"1C902", "1C905", "1C905.a", "1C905.a.1"} - set(codes) == set()
    assert [code for code in codes if not code[0].isdigit()] == []


def test_the_tables_of_the_triage_are_the_books():
    assert triage_tables() == triage_tables()


def test_a_template_has_no_problem(book, tmp_path):
    assert problems(template(tmp_path / "new"), book) == []


def test_a_template_does_not_write_over_work(tmp_path):
    (tmp_path / "shipments.csv").write_text("mine\n", encoding="utf-8")
    with pytest.raises(InputError):
        template(tmp_path)
    assert [(p.name, p.read_text("utf-8")) for p in tmp_path.iterdir()] == [("shipments.csv", "mine\n")]


def test_the_mapping_of_a_folder_is_used_again(tmp_path):
    first = from_export(EXPORT, tmp_path / "june")
    path = tmp_path / "june" / "mapping.toml"
    path.write_text(path.read_text("utf-8").replace('note = "备注 Remarks"\n', ""), encoding="utf-8")
    again = from_export(EXPORT, tmp_path / "june", force=True)
    assert "note" in first.mapping.orders.columns
    assert "note" not in again.mapping.orders.columns


def test_an_encoding_is_asked_for_and_then_kept(tmp_path):
    with pytest.raises(InputError) as caught:
        from_export(GB18030, tmp_path / "june")
    assert "--encoding" in caught.value.problem.next_step
    assert not (tmp_path / "june").exists()
    taken = from_export(GB18030, tmp_path / "june", encoding="gb18030")
    assert taken.mapping.encoding == "gb18030"
