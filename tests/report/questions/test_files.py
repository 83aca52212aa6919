from __future__ import annotations

import csv
import io
import json

from xenotime.report.questions.files import data, table, write_all


def test_a_folder_holds_a_page_the_order_and_two_files_for_each_counterparty(tmp_path, inquiry, sheets):
    made = write_all(tmp_path / "out", inquiry, sheets, "en")
    assert [path.name for path in made] == [
        "questions.html", "questions.csv", "questions.json", "supplier-hollow.xlsx", "supplier-hollow.html",
        "counsel.xlsx", "counsel.html",
    ]  # fmt: skip
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(p.name for p in made)


def test_the_order_as_a_table(inquiry):
    first, *rest = csv.DictReader(io.StringIO(table(inquiry)))
    assert (first["step"], first["settles"], first["id"], first["settles_with_step"]) == (
        "1", "1", "product:MG-1:el_dy", "S-1",
    )  # fmt: skip
    assert first["also_decided_again"] == "S-9"
    assert [(row["step"], row["may_settle"]) for row in rest] == [("2", ""), ("", "S-3")]


def test_the_order_as_json(inquiry):
    found = json.loads(data(inquiry))
    assert found["steps"] == [
        {"questions": ["product:MG-1:el_dy"], "settles": ["S-1"]},
        {"questions": ["product:MG-1:cn_part1_value"], "settles": ["S-2"]},
    ]
    assert found["waiting"][1]["sure"] == [["product:MG-1:cn_part1_value", "product:MG-1:el_dy"]]
    assert [q["key"] for q in found["questions"]][2] == "hinge:cn/mofcom-2025-70:branch"
