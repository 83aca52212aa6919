from __future__ import annotations

from dataclasses import replace

from xenotime.report.questions.page import leaf, page
from xenotime.report.questions.speak import speak


def test_the_answer_comes_first(inquiry, sheets):
    made = leaf(inquiry, sheets, speak("en"))
    assert made.answer == (
        "2 questions to 1 counterparties settle 2 of 4 open shipments, whatever the answers are"
    )
    assert [part.id for part in made.parts] == ["order", "whom", "open"]
    assert [(fact.number, fact.says) for fact in made.facts] == [
        ("2", "settles"),
        ("2", "What no answer is sure to settle"),
        ("2", "questions with a promise"),
        ("2", "questionnaires"),
    ]


def test_the_order_is_drawn_and_stands_in_a_table(inquiry, sheets):
    drawn, table = leaf(inquiry, sheets, speak("en")).parts[0].pieces
    assert drawn.figure.desc == "2 steps; the first settles 1, all together 2 of 4 open shipments."
    assert drawn.figure.table.rows == (
        ("1", "1. MG-1 Magnet, supplier", "1", "1"),
        ("2", "2. MG-1 Magnet, supplier", "1", "2"),
    )
    assert [tuple(cell.text for cell in row)[-3:] for row in table.rows] == [
        ("1", "1", "S-1"),
        ("1", "2", "S-2"),
    ]
    assert table.rows[0][-1].note == "also decided again, as they rest on a presumption of this: S-9"


def test_what_stays_open_says_why(inquiry, sheets):
    (table,) = leaf(inquiry, sheets, speak("en")).parts[2].pieces
    assert [tuple(cell.text for cell in row) for row in table.rows] == [
        (
            "S-3",
            "not controlled – licence",
            "the text of cn/technology-catalogue/1 lets two readings stand",
            "cn/mofcom-2025-70 (2026-11-11): branch",
        ),
        ("S-4", "not controlled – licence", "no set of questions settles it for every answer", ""),
    ]


def test_a_page_is_whole_in_both_languages(inquiry, sheets):
    for lang in ("en", "zh"):
        made = page(inquiry, sheets, lang)
        assert made.count("<h2>") == 3
        assert "Hollow Magnets &amp; Co." in made


def test_nothing_open_says_so(inquiry, sheets):
    none = replace(inquiry, waiting=(), steps=(), questions=())
    assert leaf(none, (), speak("en")).answer == "No shipment is open: there is nothing to ask"
    sure = replace(inquiry, waiting=inquiry.waiting[2:], steps=())
    assert leaf(sure, sheets, speak("en")).answer == (
        "2 shipments are open, and no answer of anybody is sure to settle one"
    )
