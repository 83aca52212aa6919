from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date

import pytest

from xenotime.core.errors import InputError
from xenotime.report.supply.files import table_text, write_result, write_tables


def test_a_table_is_csv_that_a_spreadsheet_reads():
    rows = ((1.0 / 3.0, None, True, date(2025, 4, 4), "=1+1", 7),)
    text = table_text((("a", "b", "c", "d", "e", "f"), rows))
    assert text == "a,b,c,d,e,f\r\n0.333333333,,yes,2025-04-04,'=1+1,7\r\n"


def test_the_tables_of_a_stress(stressed, tmp_path):
    paths = write_tables(stressed, tmp_path)
    assert [path.name for path in paths] == ["series.csv", "stops.csv", "flows.csv"]
    rows = list(csv.DictReader(io.StringIO(paths[1].read_text("utf-8-sig"))))
    assert rows[0]["line"] == "Line 7"
    assert rows[0]["date_p50"] == "2025-05-26"


def test_the_whole_answer_as_json(stressed, tmp_path):
    made = json.loads(write_result(stressed, tmp_path / "result.json").read_text("utf-8"))
    assert made["basis"]["scenario"] == "april-2025"
    assert made["back"] == {**made["back"], "middle": 190.0, "high": None}
    assert made["notice"] == stressed.notice


def test_what_is_not_finite_is_left_empty(stressed, tmp_path):
    """As the worth of a choice that a budget of nothing cannot pay."""
    odd = replace(stressed, window=(float("-inf"), float("nan")))
    made = json.loads(write_result(odd, tmp_path / "result.json").read_text("utf-8"))
    assert made["window"] == [None, None]
    assert table_text((("a", "b"), ((float("-inf"), float("nan")),))) == "a,b\r\n,\r\n"


def test_a_formula_in_a_label_is_made_harmless(stressed, tmp_path):
    stop = replace(stressed.stops[0], label="=cmd()")
    path = write_result(replace(stressed, stops=(stop,)), tmp_path / "result.json")
    assert json.loads(path.read_text("utf-8"))["stops"][0]["label"] == "'=cmd()"


def test_a_folder_that_is_a_file_is_refused(stressed, tmp_path):
    (tmp_path / "x").write_text("")
    with pytest.raises(InputError):
        write_tables(stressed, tmp_path / "x")
