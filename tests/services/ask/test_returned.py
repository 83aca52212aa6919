from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime

import openpyxl
import pytest

from xenotime.core.errors import AddressError, InputError
from xenotime.portfolio.sheets import Grid, read_grids
from xenotime.report.questions.book import workbook
from xenotime.services.ask.answers import Key
from xenotime.services.ask.effect import effect, with_answers
from xenotime.services.ask.form import forms
from xenotime.services.ask.inquiry import by_counterparty
from xenotime.services.ask.question import Desktop
from xenotime.services.ask.returned import merged, read_answers
from xenotime.services.rows import Desk

FIRST, LAST = 0, -2


@pytest.fixture(scope="module")
def sent(inquiry):
    return forms(inquiry.portfolio, inquiry.known.isoformat(), by_counterparty(inquiry))


@pytest.fixture(scope="module")
def desktop(portfolio, library):
    return Desktop(Desk(portfolio, library))


@pytest.fixture
def fill(tmp_path):
    """Fills in a questionnaire as a spreadsheet program does, and reads it back as grids."""

    def make(form, given=(), *, by="Anna Example", day=datetime(2026, 11, 20), change=None, lang="en"):  # noqa: DTZ001 - a day of a sheet
        book = openpyxl.load_workbook(io.BytesIO(workbook(form, lang)))
        sheet = book["questions"]
        sheet["B3"], sheet["B5"] = by, day
        for number, value in enumerate(given, 9):
            sheet[f"F{number}"] = value
        if change:
            change(sheet)
        path = tmp_path / f"{form.name}.xlsx"
        book.save(path)
        return read_grids(path)

    return make


def picked(form, place):
    """One answer to each question: the first or last admissible one, money 0 or a lot."""
    words = {"yes_no": ("yes", "no"), "money": ("0", "900")}
    return [(*words.get(q.kind, q.choices),)[place if place == FIRST else -1] for q in form.questions]


def one(sent, name):
    return next(form for form in sent if form.name == name)


@pytest.mark.parametrize("place", [FIRST, LAST])
def test_answers_settle_exactly_what_was_promised(sent, desktop, fill, inquiry, portfolio, library, place):
    given = [a for form in sent for a in read_answers(fill(form, picked(form, place)), desktop)]
    found = effect(portfolio, library, merged(given, portfolio), asked=inquiry)
    may = {name for question in inquiry.questions for name in question.may}
    assert len(found.answers) == 23
    assert set(found.promised) == {name for step in inquiry.steps for name in step.settles}
    assert found.broken == ()
    assert set(found.settled) == set(found.promised) | set(found.sooner)
    assert set(found.sooner) <= may
    assert found.waiting == 67 - len(found.settled)
    touched = {name for question in inquiry.questions for name in (*question.touches, *question.also)}
    assert {shift.shipment for shift in found.shifts} <= touched
    assert found.again == (("S-2025-0086", "S-2026-0049") if place == FIRST else ())
    assert found.idle == ()


def test_one_questionnaire_frees_what_it_alone_was_to_free(sent, desktop, fill, inquiry, portfolio, library):
    form = one(sent, "supplier-copperfield-zibo")
    found = effect(portfolio, library, read_answers(fill(form, ["no", "yes"]), desktop), asked=inquiry)
    assert found.promised == found.settled == ("S-2026-0098", "S-2026-0117")
    assert [(s.shipment, [o.word for o in s.after]) for s in found.shifts] == [
        ("S-2026-0098", ["licence"]),
        ("S-2026-0117", ["licence"]),
    ]


def test_every_answer_has_its_source(sent, desktop, fill):
    def change(sheet):
        sheet["B4"], sheet["G9"], sheet["H9"] = "quality manager", "report 17", "lot 4"

    form = one(sent, "supplier-momijiya")
    value, technology = read_answers(fill(form, [0.5, "no"], change=change), desktop)
    assert value.key == Key("product", "MG-JPGAP", "cn_part1_value")
    assert (value.value, value.currency, value.party) == ("0.5", "USD", "momijiya")
    assert (value.by, value.day) == ("Anna Example, quality manager", date(2026, 11, 20))
    assert (value.evidence, value.file, value.cell) == ("report 17; lot 4", "supplier-momijiya.xlsx", "F9")
    assert (technology.value, technology.cell, technology.evidence) == ("no", "F10", "")


def test_an_empty_questionnaire_is_no_answer_and_not_known_is_one(sent, desktop, fill):
    form = one(sent, "supplier-momijiya")
    assert read_answers(fill(form, by="", day=None), desktop) == ()
    assert [a.value for a in read_answers(fill(form, [None, "not known"]), desktop)] == ["unknown"]


def test_a_chinese_questionnaire_comes_back_the_same(sent, desktop, fill):
    form = one(sent, "supplier-momijiya")
    assert [a.value for a in read_answers(fill(form, ["0.5", "否"], lang="zh"), desktop)] == ["0.5", "no"]


REFUSED = {
    "header": (lambda s: s.__setitem__("F8", "reply"), "the header of this questionnaire was changed"),
    "layout": (
        lambda s: s.__setitem__("B2", s["B2"].value.replace("questions/1", "questions/9")),
        "this questionnaire has another layout",
    ),
    "id": (
        lambda s: s.__setitem__("A9", "product:MG-45SH:cn_part1_value"),
        "the ids of this questionnaire were changed, moved, added or removed",
    ),
    "order": (
        lambda s: s.delete_rows(9),
        "the ids of this questionnaire were changed, moved, added or removed",
    ),
    "name": (lambda s: s.__setitem__("B3", None), "this questionnaire does not say: answered by"),
    "day": (lambda s: s.__setitem__("B5", None), "this questionnaire does not say: day of the answer"),
    "word": (lambda s: s.__setitem__("F10", "perhaps"), "this answer does not fit its question"),
    "amount": (lambda s: s.__setitem__("F9", "-4"), "this answer does not fit its question"),
    "column": (lambda s: s.insert_cols(7), "the header of this questionnaire was changed"),
    "merged": (lambda s: s.merge_cells("F9:F10"), "cells of this questionnaire were merged"),
    "below": (lambda s: s.__setitem__("F11", "yes"), "this answer has no question"),
    "future": (
        lambda s: s.__setitem__("B5", "2062-11-20"),
        "this questionnaire was answered after the day of knowledge",
    ),
    "foreign": (lambda s: s.__setitem__("B2", "orders"), "this is not a questionnaire of xenotime"),
}


@pytest.mark.parametrize("defect", REFUSED)
def test_a_changed_questionnaire_is_refused_in_four_parts(sent, desktop, fill, defect):
    change, what = REFUSED[defect]
    grids = fill(one(sent, "supplier-momijiya"), ["0.5", "no"], change=change)
    with pytest.raises(InputError) as caught:
        read_answers(grids, desktop)
    problem = caught.value.problem
    assert problem.what == what
    assert problem.where.startswith("supplier-momijiya.xlsx")
    assert all((problem.expected, problem.found, problem.next_step))


def test_a_questionnaire_of_another_portfolio_is_refused(sent, fill, desktop):
    form = one(sent, "supplier-momijiya")
    other = replace(form.questions[0], key=Key("product", "MG-NOWHERE", "cn_part1_value"))
    grids = fill(replace(form, questions=(other,)), ["0.5"])
    with pytest.raises(AddressError) as caught:
        read_answers(grids, desktop)
    assert caught.value.problem.what == "this question is not one of this portfolio's"
    assert caught.value.problem.where == "supplier-momijiya.xlsx, sheet questions, cell F9"
    assert caught.value.problem.found == "product:MG-NOWHERE:cn_part1_value"


def test_a_file_without_a_sheet_of_questions_is_refused(desktop):
    with pytest.raises(InputError) as caught:
        read_answers([Grid("orders.xlsx", "June", (("a",),))], desktop)
    assert caught.value.problem.found == "no sheet named questions"


def test_two_answers_that_differ_are_refused_with_both_places(sent, desktop, fill, portfolio):
    form = one(sent, "supplier-copperfield-zibo")
    yes, no = (read_answers(fill(form, [word]), desktop) for word in ("yes", "no"))
    with pytest.raises(InputError) as caught:
        merged([*yes, *no], portfolio)
    problem = caught.value.problem
    assert problem.what == "two answers to one question differ"
    assert problem.where.count("cell F9") == 2
    assert problem.found == "yes (Anna Example, 2026-11-20) and no (Anna Example, 2026-11-20)"
    assert merged([*yes, *yes], portfolio) == yes


def test_a_recorded_answer_stays_unless_it_is_to_be_replaced(sent, desktop, fill, portfolio):
    form = one(sent, "supplier-copperfield-zibo")
    yes, no = (read_answers(fill(form, [word]), desktop) for word in ("yes", "no"))
    kept = with_answers(portfolio, yes)
    with pytest.raises(InputError) as caught:
        merged(no, kept)
    assert caught.value.problem.next_step.endswith("--replace")
    assert merged(no, kept, again=True) == no
    assert [r.text("value") for r in with_answers(kept, no)["answers"]] == ["no"]


def test_an_answer_nobody_needs_is_named(inquiry, portfolio, library, again):
    given = again.answer(Key("product", "OX-DY", "classified"), "no")
    found = effect(portfolio, library, [given], asked=inquiry)
    assert (found.idle, found.shifts, found.settled) == ((given,), (), ())
