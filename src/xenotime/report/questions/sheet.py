"""A questionnaire as a page: it opens without a network, is filled in and saved as a file, or printed."""

from __future__ import annotations

import json

from xenotime.report.questions.grid import grid
from xenotime.report.questions.speak import asked, how, proof, speak, who
from xenotime.report.sheet import environment, sheet, style
from xenotime.services.ask.form import ANSWER, BY, DAY, HEAD, LINES, POSITION, REMARKS, RESTS, Form, choices


def html(form: Form, lang: str = "en") -> str:
    """The page of a form. What is typed stays on it until it is saved as a file."""
    say = speak(lang)
    rows = [
        {
            "q": question,
            "asks": asked(question, say),
            "how": how(question, say),
            "proof": proof(question, say),
            "words": choices(question, lang),
        }
        for question in form.questions
    ]
    places = {"by": BY, "position": POSITION, "day": DAY, "head": HEAD, "answer": ANSWER}
    return (
        environment()
        .get_template("questionnaire.html")
        .render(
            say=say,
            form=form,
            who=who(form.questions[0], say),
            rows=rows,
            lines=LINES[lang],
            grid=json.dumps(grid(form, say), ensure_ascii=False),
            places=json.dumps({**places, "rests": RESTS, "remarks": REMARKS}),
            **sheet(style("questionnaire.css"), "questionnaire.js"),
        )
    )
