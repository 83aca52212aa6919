"""Everything that a portfolio's questions are written into: one folder, each file whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from xenotime.portfolio.write import csv_text
from xenotime.report.atomic import write
from xenotime.report.plain import plain
from xenotime.report.questions.book import workbook
from xenotime.report.questions.page import write_page
from xenotime.report.questions.sheet import html
from xenotime.report.questions.speak import asked, proof, speak, who
from xenotime.services.ask.form import Form
from xenotime.services.ask.inquiry import Inquiry

_HEAD = (
    *("step", "settles", "id", "ask", "party", "about", "question", "unit", "evidence"),
    *("settles_with_step", "may_settle", "shipments", "also_decided_again"),
)


def write_all(folder: Path, inquiry: Inquiry, forms: Sequence[Form], lang: str) -> list[Path]:
    """The page, the order as CSV and JSON, and a workbook and a page for each counterparty."""
    made = [
        write_page(folder, inquiry, forms, lang),
        write(folder / "questions.csv", table(inquiry, lang).encode("utf-8-sig")),
        write(folder / "questions.json", data(inquiry).encode()),
    ]
    for form in forms:
        made.append(write(folder / f"{form.name}.xlsx", workbook(form, lang)))
        made.append(write(folder / f"{form.name}.html", html(form, lang).encode(errors="replace")))
    return made


def table(inquiry: Inquiry, lang: str = "en") -> str:
    """The questions in their order as CSV text."""
    say = speak(lang)
    gains = {number: len(step.settles) for number, step in enumerate(inquiry.steps, 1)}
    rows = (
        (
            q.step or "", gains.get(q.step, ""), str(q.key), who(q, say), q.party, q.thing, asked(q, say),
            q.unit, proof(q, say), " ".join(q.frees), " ".join(q.may), " ".join(q.touches), " ".join(q.also),
        )
        for q in inquiry.questions
    )  # fmt: skip
    return csv_text(_HEAD, rows)


def data(inquiry: Inquiry) -> str:
    """The inquiry as JSON text: keys as their ids, sets in their order."""
    found = plain(inquiry)
    assert isinstance(found, dict)  # noqa: S101 - a dataclass becomes a mapping
    found["waiting"] = [
        {
            "shipment": w.shipment, "product": w.product, "status": w.status, "low": w.low.word,
            "high": w.high.word, "questions": [str(k) for k in w.keys],
            "sure": [[str(k) for k in sorted(one)] for one in w.sure],
            "may": [[str(k) for k in sorted(one)] for one in w.may], "readings": list(w.readings),
        }
        for w in inquiry.waiting
    ]  # fmt: skip
    found["steps"] = [
        {"questions": [str(k) for k in s.keys], "settles": list(s.settles)} for s in inquiry.steps
    ]
    for shown, question in zip(found["questions"], inquiry.questions, strict=True):
        shown["key"] = str(question.key)
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"
