from __future__ import annotations

import pytest
import xlsxwriter

from xenotime.core.errors import InputError
from xenotime.programme.oversight.reconcile import Use
from xenotime.services.programme.oversight.annual import read_report

HEAD = "kind,element,lot,grams,product,pieces,to,evidence\n"


def read(tmp_path, text, name="report.csv"):
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return read_report(path)


def test_rows_are_read_with_what_is_not_stated_left_unknown(tmp_path):
    text = HEAD + 'received,dy,L1,"1,000",,,,\nused,Dy,L1,980,P1,49,,\nclosing,Dy,L1,?,,,,\n'
    assert read(tmp_path, text) == (
        Use("received", "Dy", "L1", 1000),
        Use("used", "Dy", "L1", 980, "P1", 49),
        Use("closing", "Dy", "L1", None),
    )


def test_a_chinese_header_and_chinese_kinds_are_read(tmp_path):
    text = "类别,元素,批次,克,接收方\n收到,Dy,L1,10,\n转让,Dy,L1,10,O2\n"
    assert read(tmp_path, text) == (
        Use("received", "Dy", "L1", 10),
        Use("transfer", "Dy", "L1", 10, to="O2"),
    )


def test_a_workbook_is_read(tmp_path):
    book = xlsxwriter.Workbook(tmp_path / "report.xlsx")
    sheet = book.add_worksheet()
    for number, row in enumerate([("Kind", "Element", "Lot", "Grams"), ("loss", "Nd", "7", 12)]):
        sheet.write_row(number, 0, row)
    book.close()
    assert read_report(tmp_path / "report.xlsx") == (Use("loss", "Nd", "7", 12),)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("eaten,Dy,L1,1,,,,", "no such kind of use"),
        ("loss,Fe,L1,1,,,,", "no such element"),
        ("loss,Dy,,1,,,,", "names no lot"),
        ("loss,Dy,L1,-1,,,,", "no whole number"),
        ("loss,Dy,L1,1.5,,,,", "no whole number"),
        ("loss,Dy,L1,10000000000000,,,,", "no whole number"),
        ("transfer,Dy,L1,1,,,,", "not to whom"),
        ("used,Dy,L1,1,,,,", "not in what"),
        (f"loss,Dy,{'L' * 201},1,,,,", "too long"),
    ],
)
def test_a_row_that_cannot_be_used_is_told_with_its_line_and_nothing_is_kept(tmp_path, row, said):
    with pytest.raises(InputError) as caught:
        read(tmp_path, HEAD + "loss,Dy,L1,1,,,,\n" + row + "\n")
    assert (said in str(caught.value), "row 3" in str(caught.value)) == (True, True)


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", HEAD])
def test_a_file_that_is_no_report_is_refused(tmp_path, text):
    with pytest.raises(InputError):
        read(tmp_path, text)
