"""A questionnaire as rows of texts: what its workbook, its page and its CSV file all hold."""

from __future__ import annotations

from xenotime.core.cells import harmless
from xenotime.report.questions.speak import asked, how, proof, who
from xenotime.report.words import Words
from xenotime.services.ask.form import HEADERS, LINES, Form
from xenotime.services.ask.question import Question

#: Shipments that a question names.
_NAMED = 40


def head(form: Form, say: Words) -> list[list[str]]:
    """The lines above the questions, the columns last; what is to be filled in is empty."""
    reference, by, position, day = LINES[say.lang]
    title = f"{say('form.heading')}. {say('form.to', who=who(form.questions[0], say))}"
    return [
        [title],
        [reference, form.reference],
        [by, ""],
        [position, ""],
        [day, ""],
        [say("form.intro")],
        [say("ask.notice")],
        list(HEADERS[say.lang]),
    ]


def line(question: Question, say: Words) -> list[str]:
    """One question as a row, its answer empty."""
    names = question.touches[:_NAMED]
    left = len(question.touches) - len(names)
    waits = ", ".join(names) + (f" {say('ask.more', n=left)}" if left else "")
    return [
        *(str(question.key), question.thing, asked(question, say), how(question, say), question.unit),
        *("", "", "", proof(question, say), waits),
    ]


def grid(form: Form, say: Words) -> list[list[str]]:
    """The whole questionnaire; no text of it runs as a formula."""
    rows = [*head(form, say), *(line(question, say) for question in form.questions)]
    return [[harmless(cell) for cell in row] for row in rows]
