"""Questionnaires that came back: every answer with who gave it, when, on what, and in which cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from xenotime.core import codes
from xenotime.core.dates import parse_day
from xenotime.core.errors import InputError, XenotimeError
from xenotime.portfolio.columns import read_day
from xenotime.portfolio.numbers import parse_number
from xenotime.portfolio.sheets import Grid
from xenotime.portfolio.table import Portfolio
from xenotime.portfolio.values import as_text
from xenotime.services.ask import form
from xenotime.services.ask.answers import Answer, Key, told
from xenotime.services.ask.form import checked, read_key
from xenotime.services.ask.question import Desktop, Question

_LETTERS = "ABCDEFGHIJ"
_PARTS = 6


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One questionnaire that came back, its head checked."""

    grid: Grid
    lang: str
    party: str
    by: str
    day: date | None

    def text(self, row: int, column: int) -> str:
        cells = self.grid.rows[row - 1] if row <= len(self.grid.rows) else ()
        return as_text(cells[column]).strip() if column < len(cells) and cells[column] is not None else ""

    def cell(self, row: int, column: int) -> str:
        return f"{_LETTERS[column]}{row}"

    def where(self, row: int, column: int) -> str:
        return f"{self.grid.name}, cell {self.cell(row, column)}"


def read_answers(grids: Sequence[Grid], desktop: Desktop) -> tuple[Answer, ...]:
    """The answers in the sheets of one file; empty cells are no answers.

    Raises InputError for a file that is no questionnaire, a changed header or id, a missing name or day, and
    an answer that does not fit its question; AddressError for a question that this portfolio does not have.
    """
    grid = next((g for g in grids if g.sheet in ("", form.SHEET)), None)
    if grid is None or not _reference(grid).startswith(form.MARK.partition("/")[0]):
        raise InputError(
            "this is not a questionnaire of xenotime",
            where=grids[0].file if grids else "",
            expected=f"a file that `xenotime ask` wrote: cell B{form.REFERENCE} begins with {form.MARK}",
            found=repr(_reference(grid)[:60]) if grid else "no sheet named " + form.SHEET,
            next_step="give the file that came back, or write the answers into the table `answers` by hand",
        )
    sheet = _headed(grid)
    known = desktop.desk.library.law.known
    if sheet.day is not None and sheet.day > known:
        raise InputError(
            "this questionnaire was answered after the day of knowledge",
            where=f"{grid.name}, cell B{form.DAY}",
            expected=f"a day up to {known}",
            found=sheet.day.isoformat(),
            next_step=f"mend the day, or read it with --known {sheet.day}",
        )
    return tuple(a for row in range(form.HEAD + 1, len(grid.rows) + 1) for a in _row(sheet, row, desktop))


def _reference(grid: Grid) -> str:
    row = grid.rows[form.REFERENCE - 1] if len(grid.rows) >= form.REFERENCE else ()
    return as_text(row[1]) if len(row) > 1 and row[1] is not None else ""


def _headed(grid: Grid) -> _Sheet:
    """The sheet with its language, its party and who answered; the head is checked cell by cell."""
    head = grid.rows[form.HEAD - 1] if len(grid.rows) >= form.HEAD else ()
    found = tuple("" if c is None else as_text(c).strip() for c in head)
    while found and not found[-1]:
        found = found[:-1]
    lang = next((lang for lang, header in form.HEADERS.items() if header == found), "")
    parts = [part.strip() for part in _reference(grid).split("|")]
    if not lang:
        raise InputError(
            "the header of this questionnaire was changed",
            where=f"{grid.name}, row {form.HEAD}",
            expected=", ".join(form.HEADERS["en"]),
            found=", ".join(name or "an empty cell" for name in found) or "no cells",
            next_step="restore the row as it was sent, columns in their order, and read the file again",
        )
    if parts[0] != form.MARK or len(parts) != _PARTS:
        raise InputError(
            "this questionnaire has another layout",
            where=f"{grid.name}, cell B{form.REFERENCE}",
            expected=f"{form.MARK} and five parts more",
            found=_reference(grid),
            next_step="write the questionnaires again with this release, and have them filled in",
        )
    blank = _Sheet(grid, lang, parts[4], "", None)
    ids = [blank.text(row, form.ID) for row in range(form.HEAD + 1, len(grid.rows) + 1)]
    if checked(i for i in ids if i) != parts[5]:
        raise InputError(
            "the ids of this questionnaire were changed, moved, added or removed",
            where=f"{grid.name}, column {_LETTERS[form.ID]}",
            expected=f"the ids as they were sent (check {parts[5]})",
            found=f"{len([i for i in ids if i])} ids (check {checked(i for i in ids if i)})",
            next_step="restore column A as it was sent, rows in their order, and read the file again",
        )
    _apart(grid)
    return _Sheet(grid, lang, parts[4], *_signed(blank, ids))


def _apart(grid: Grid) -> None:
    """Nothing if each question has its own cell for the answer. Raises InputError for one across several."""
    for top, left, bottom, right in grid.merged:
        if bottom >= form.HEAD and left <= form.ANSWER <= right and (top, left) != (bottom, right):
            raise InputError(
                "cells of this questionnaire were merged",
                where=f"{grid.name}, rows {top + 1} to {bottom + 1}",
                expected="one cell for each answer",
                found=f"one over {bottom - top + 1} rows and {right - left + 1} columns",
                next_step="take the cells apart, and answer each question in its own row",
            )


def _signed(blank: _Sheet, ids: Sequence[str]) -> tuple[str, date | None]:
    """Who answered and when; both are needed as soon as anything is answered."""
    rows = (row for row in range(form.HEAD + 1, form.HEAD + 1 + len(ids)))
    if not any(blank.text(row, form.ANSWER) for row in rows):
        return "", None
    words = form.LINES[blank.lang]
    by, position = blank.text(form.BY, 1), blank.text(form.POSITION, 1)
    raw = blank.grid.rows[form.DAY - 1][1] if len(blank.grid.rows[form.DAY - 1]) > 1 else None
    for row, what, given in (
        (form.BY, words[1], by),
        (form.DAY, words[3], "" if raw is None else as_text(raw)),
    ):
        if not given:
            raise InputError(
                f"this questionnaire does not say: {what}",
                where=blank.where(row, 1),
                expected="a name" if row == form.BY else "a day as YYYY-MM-DD",
                found="nothing",
                next_step="ask who filled it in and when; an answer without its source is not taken",
            )
    day = read_day(raw, {}, "", blank.where(form.DAY, 1)) if not isinstance(raw, date) else parse_day(raw)
    return (f"{by}, {position}" if position else by), day


def _row(sheet: _Sheet, row: int, desktop: Desktop) -> Iterable[Answer]:
    given = sheet.text(row, form.ANSWER)
    key = read_key(sheet.text(row, form.ID))
    if not given:
        return
    where = sheet.where(row, form.ANSWER)
    if key is None:
        raise InputError(
            "this answer has no question",
            where=where,
            expected="an id in column A",
            found=repr(given),
            next_step="move the answer to the row of its question, or empty the cell",
        )
    question = asked(desktop, key, where)
    value, evidence = answer_of(question, given, sheet.lang, where), sheet.text(row, form.RESTS)
    remarks = sheet.text(row, form.REMARKS)
    assert sheet.day is not None  # noqa: S101 - `_signed` has refused a file without one
    party = sheet.party if sheet.party in desktop.desk.parties else ""
    yield Answer(
        key, value, sheet.by, sheet.day, question.currency, party,
        "; ".join(text for text in (evidence, remarks) if text),
        sheet.grid.file, sheet.cell(row, form.ANSWER), where,
    )  # fmt: skip


def asked(desktop: Desktop, key: Key, where: str) -> Question:
    """The question of a key. Raises AddressError, with the place, for one that is not this portfolio's."""
    try:
        return desktop.question(key, ())
    except XenotimeError as error:
        told_ = error.problem
        raise type(error)(
            told_.what, where=where, expected=told_.expected, found=told_.found, next_step=told_.next_step
        ) from error


def answer_of(question: Question, given: str, lang: str, where: str) -> str:
    """The answer as the table keeps it. Raises InputError for one that does not fit the question."""
    words = {said.casefold(): word for lang_ in (lang, "en") for word, said in form.SAID[lang_].items()}
    plain = words.get(given.casefold(), given)
    if plain == "unknown" or given.casefold() in ("unknown", "?"):
        return "unknown"
    if question.kind == "yes_no":
        fits = plain in ("yes", "no")
    elif question.kind == "choice":
        fits = given in question.choices
    elif question.kind == "country":
        return codes.country(given, where)
    else:
        number = parse_number(given, where=where)
        fits = number >= 0 and (question.kind == "money" or number == int(number))
        plain = format(number, "f")
    if not fits:
        raise InputError(
            "this answer does not fit its question",
            where=where,
            expected=_expected(question, lang),
            found=repr(given),
            next_step=f"answer: {question.asks}",
        )
    return plain if question.kind != "choice" else given


def _expected(question: Question, lang: str) -> str:
    said = form.SAID[lang]
    if question.kind == "yes_no":
        return f"{said['yes']}, {said['no']} or {said['unknown']}"
    if question.kind == "choice":
        return " | ".join(question.choices)
    return "a number from 0" if question.kind == "money" else "a whole number from 0"


def merged(found: Iterable[Answer], portfolio: Portfolio, *, again: bool = False) -> tuple[Answer, ...]:
    """The new answers, each question once. Raises InputError where two answer one question differently.

    ``again`` lets a new answer take the place of one that the portfolio keeps.
    """
    kept: dict[Key, Answer] = {}
    before: Mapping[Key, Answer] = told(portfolio)
    for answer in found:
        for other, fixed in ((kept.get(answer.key), True), (before.get(answer.key), not again)):
            if other is not None and fixed and other.value != answer.value:
                raise InputError(
                    "two answers to one question differ",
                    where=f"{other.where} and {answer.where}",
                    expected=f"one answer to {answer.key}",
                    found=" and ".join(f"{one.value} ({one.by}, {one.day})" for one in (other, answer)),
                    next_step="ask which one holds and empty the other cell"
                    + ("" if other.key in kept else ", or let the new one hold with --replace"),
                )
        kept.setdefault(answer.key, answer)
    return tuple(a for a in kept.values() if a.key not in before or before[a.key] != a)
