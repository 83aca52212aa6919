from __future__ import annotations

import io

import openpyxl

from xenotime.report.questions.book import workbook


def opened(form, lang="en"):
    return openpyxl.load_workbook(io.BytesIO(workbook(form, lang)))


def test_a_workbook_opens_with_its_questions_and_a_hidden_sheet_of_words(sheets):
    book = opened(sheets[0])
    assert [(s.title, s.sheet_state) for s in book.worksheets] == [
        ("questions", "visible"),
        ("lists", "hidden"),
    ]
    sheet = book["questions"]
    assert sheet["A1"].value == "Questions about goods and deals. To: supplier: Hollow Magnets & Co."
    assert sheet["B2"].value == sheets[0].reference
    assert [c.value for c in sheet[8]] == [
        "id", "about", "question", "how to answer", "unit", "answer", "what it rests on", "remarks",
        "evidence that would do", "shipments that wait for it",
    ]  # fmt: skip
    row = [c.value for c in sheet[10]]
    assert row[:2] == ["product:MG-1:cn_part1_value", "MG-1 Magnet"]
    assert row[2].startswith("What is the value of the Chinese-origin samarium, dysprosium,")
    assert row[3:6] == ["an amount with a decimal point", "USD per piece", None]
    assert sheet.freeze_panes == "B9"


def test_ids_are_locked_and_answers_are_not(sheets):
    sheet = opened(sheets[0])["questions"]
    assert sheet.protection.sheet is True
    open_ = [c.coordinate for row in sheet.iter_rows(1, 10) for c in row if not c.protection.locked]
    assert open_ == ["B3", "B4", "B5", "F9", "G9", "H9", "F10", "G10", "H10"]


def test_answers_are_picked_from_lists_or_bounded(sheets):
    book = opened(sheets[0])
    rules = {str(d.sqref): (d.type, d.formula1) for d in book["questions"].data_validations.dataValidation}
    assert rules == {"B5": ("date", "36526"), "F9": ("list", "lists!$A$9:$C$9"), "F10": ("decimal", "0")}
    assert [c.value for c in book["lists"][9]] == ["yes", "no", "not known"]
    counsel = opened(sheets[1])
    assert [c.value for c in counsel["lists"][9]] == ["extended", "revived", "not known"]


def test_a_chinese_workbook_speaks_chinese(sheets):
    sheet = opened(sheets[0], "zh")["questions"]
    assert [c.value for c in sheet[8]][:3] == ["编号", "对象", "问题"]
    assert sheet["C9"].value == "是否含有镝？"


def test_the_same_questions_give_the_same_bytes(sheets):
    assert workbook(sheets[0]) == workbook(sheets[0])
