"""A questionnaire as a workbook: ids and texts are locked, answers picked from lists where they can be."""

from __future__ import annotations

import io
from datetime import datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from xenotime.report.palette import ACCENT
from xenotime.report.questions.grid import grid
from xenotime.report.questions.speak import speak
from xenotime.report.words import Words
from xenotime.services.ask.form import ANSWER, BY, DAY, HEAD, POSITION, REMARKS, RESTS, SHEET, Form, choices
from xenotime.services.ask.question import Question

_WIDTHS = (26, 30, 44, 18, 14, 18, 30, 26, 44, 30)
_LISTS = "lists"
_SAFE = {
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "in_memory": True,
}
_MADE = datetime(2025, 1, 1)  # noqa: DTZ001 - a fixed stamp, so that equal questionnaires give equal files


def workbook(form: Form, lang: str = "en") -> bytes:
    """The workbook of a form; what is not to be filled in is protected, without a password."""
    say, out = speak(lang), io.BytesIO()
    with xlsxwriter.Workbook(out, _SAFE) as book:
        book.set_properties({"created": _MADE, "title": say("form.heading")})
        sheet, lists = book.add_worksheet(SHEET), book.add_worksheet(_LISTS)
        looks = _looks(book)
        for number, row in enumerate(grid(form, say)):
            _row(sheet, number, row, looks)
        _head(sheet, say, looks)
        for number, question in enumerate(form.questions, HEAD):
            _guide(sheet, lists, number, question, say)
        _frame(sheet, form)
        lists.hide()
        lists.protect()
    return out.getvalue()


def _looks(book: xlsxwriter.Workbook) -> dict[str, Format]:
    wrap = {"text_wrap": True, "valign": "top"}
    open_ = {**wrap, "locked": False, "border": 1, "border_color": ACCENT, "bg_color": "#F3F9FA"}
    return {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "label": book.add_format({"bold": True, "valign": "top"}),
        "plain": book.add_format({"valign": "top"}),
        "head": book.add_format({**wrap, "bold": True, "bg_color": "#E8EEF2", "bottom": 2}),
        "quiet": book.add_format({**wrap, "font_color": "#5B6670", "font_size": 9}),
        "cell": book.add_format({**wrap, "bottom": 1, "bottom_color": "#D5DBE0"}),
        "fill": book.add_format({**open_, "num_format": "@"}),
        "number": book.add_format(open_),
        "day": book.add_format({**open_, "num_format": "yyyy-mm-dd", "align": "left"}),
    }


def _row(sheet: Worksheet, number: int, row: list[str], looks: dict[str, Format]) -> None:
    for at, text in enumerate(row):
        if number + 1 < HEAD:
            look = "title" if number == 0 else "label" if at == 0 and len(row) > 1 else "plain"
        elif number + 1 == HEAD:
            look = "head"
        elif at in (ANSWER, RESTS, REMARKS):
            look = "fill"
        else:
            look = "quiet" if at in (0, 8, 9) else "cell"
        if text:
            sheet.write_string(number, at, text, looks[look])
        else:
            sheet.write_blank(number, at, None, looks[look])


def _head(sheet: Worksheet, say: Words, looks: dict[str, Format]) -> None:
    """The cells for who answers, in which position, on which day."""
    for line, look in ((BY, "fill"), (POSITION, "fill"), (DAY, "day")):
        sheet.write_blank(line - 1, 1, None, looks[look])
    sheet.data_validation(
        DAY - 1, 1, DAY - 1, 1,
        {"validate": "date", "criteria": ">=", "value": datetime(2000, 1, 1),  # noqa: DTZ001 - a day of a sheet
         "input_message": "YYYY-MM-DD", "error_type": "warning", "error_message": say("form.wrong")},
    )  # fmt: skip


def _guide(sheet: Worksheet, lists: Worksheet, number: int, question: Question, say: Words) -> None:
    """What the answer cell of a question lets in: a word of a list, or a number; "not known" always."""
    words = choices(question, say.lang)
    rule: dict[str, object] = {"error_message": say("form.wrong"), "input_message": _message(question, say)}
    if words:
        for at, word in enumerate(words):
            lists.write_string(number, at, word)
        rule |= {"validate": "list", "source": f"={_LISTS}!{_span(number, len(words))}"}
    elif question.kind == "country":
        rule |= {
            "validate": "length",
            "criteria": "between",
            "minimum": 2,
            "maximum": 12,
            "error_type": "warning",
        }
    else:
        kind = "decimal" if question.kind == "money" else "integer"
        rule |= {"validate": kind, "criteria": ">=", "value": 0, "error_type": "warning"}
    sheet.data_validation(number, ANSWER, number, ANSWER, rule)


def _message(question: Question, say: Words) -> str:
    return f"{say(f'form.how_{question.kind}')} {question.unit}".strip()[:250]


def _span(number: int, count: int) -> str:
    last = xlsxwriter.utility.xl_col_to_name(count - 1)
    return f"$A${number + 1}:${last}${number + 1}"


def _frame(sheet: Worksheet, form: Form) -> None:
    """Widths, frozen columns heads, print on one page's width, protection."""
    for at, width in enumerate(_WIDTHS):
        sheet.set_column(at, at, width)
    sheet.freeze_panes(HEAD, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD - 1)
    sheet.print_area(0, 0, HEAD + len(form.questions) - 1, len(_WIDTHS) - 1)
    sheet.protect("", {"format_columns": True, "format_rows": True, "select_locked_cells": True})
