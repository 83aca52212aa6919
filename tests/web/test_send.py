"""Files handed out: kept, never run; tables without formulas."""

from __future__ import annotations

import csv
import io

import pytest

from xenotime.web.send import download, table


def test_a_file_is_for_keeping_and_runs_nowhere():
    said = download('报告"\r\nX: y.pdf', "application/pdf", b"%PDF-1").headers
    assert said["content-disposition"] == (
        "attachment; filename=\"__X_ y.pdf\"; filename*=UTF-8''%E6%8A%A5%E5%91%8AX%3A%20y.pdf"
    )
    assert said["content-security-policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize("sign", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", " =1"])
def test_no_cell_begins_a_formula(sign):
    body = table("a.csv", [["name", "grams"], [sign, -5]]).body.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(body, newline="")))
    assert [rows[1][0], rows[1][1]] == [f"'{sign}", "-5"]
