"""The layout of a questionnaire, the same as a workbook, a page and a CSV file, in each language."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from xenotime.services.ask.answers import Key
from xenotime.services.ask.question import Question

#: The sheet of a workbook that holds the questions.
SHEET = "questions"
#: The first word of the reference line, with the version of this layout.
MARK = "xenotime-questions/1"
#: The columns, by language: what is asked, and from `answer` on what the counterparty fills in.
HEADERS: Mapping[str, tuple[str, ...]] = {
    "en": (
        *("id", "about", "question", "how to answer", "unit", "answer"),
        *("what it rests on", "remarks", "evidence that would do", "shipments that wait for it"),
    ),
    "zh": (
        *("编号", "对象", "问题", "填写方式", "单位", "答案"),
        *("依据", "备注", "可接受的证据", "等待该答案的货运"),
    ),
}
#: The lines above the columns, by language: title, reference, who answers, in which position, on which day.
LINES: Mapping[str, tuple[str, str, str, str]] = {
    "en": ("reference", "answered by", "position", "day of the answer"),
    "zh": ("编号与校验", "答复人", "职务", "答复日期"),
}
#: The row of each line and of the columns, counted from 1; what is to be filled in stands in column B.
REFERENCE, BY, POSITION, DAY, HEAD = 2, 3, 4, 5, 8
#: The place of each column that is read, counted from 0.
ID, UNIT, ANSWER, RESTS, REMARKS = 0, 4, 5, 6, 7
#: How a truth and an unknown are written, by language.
SAID: Mapping[str, Mapping[str, str]] = {
    "en": {"yes": "yes", "no": "no", "unknown": "not known"},
    "zh": {"yes": "是", "no": "否", "unknown": "不知道"},
}


@dataclass(frozen=True, slots=True)
class Form:
    """One counterparty's questionnaire: what they are to you, who they are, and the questions."""

    portfolio: str
    known: str
    group: str
    party: str
    party_name: str
    questions: tuple[Question, ...]

    @property
    def name(self) -> str:
        """The file's name without its ending: `supplier-sao-bien`."""
        whole = "-".join(part for part in (self.group, self.party) if part)
        return "".join(c if c.isalnum() or c in "-_." else "-" for c in whole)

    @property
    def reference(self) -> str:
        """The line by which the file is known again, with a check of its ids."""
        check = checked(str(q.key) for q in self.questions)
        return f"{MARK} | {self.portfolio} | {self.known} | {self.group} | {self.party} | {check}"


def checked(ids: Iterable[str]) -> str:
    """The check of some ids in their order: twelve hexadecimal digits.

    >>> checked(["product:MG-1:el_dy"])
    'b23c2085967a'
    """
    return hashlib.sha256("\n".join(ids).encode()).hexdigest()[:12]


def read_key(text: str) -> Key | None:
    """The key that an id stands for; None if it is none. A subject may hold colons.

    >>> read_key("hinge:cn/mofcom-2025-70:branch")
    Key(about='hinge', subject='cn/mofcom-2025-70', fact='branch')
    """
    about, mark, rest = text.strip().partition(":")
    subject, second, fact = rest.rpartition(":")
    return Key(about, subject, fact) if mark and second and about and subject and fact else None


def choices(question: Question, lang: str) -> tuple[str, ...]:
    """The words that may stand in the answer cell; () where a number or a text is asked."""
    said = SAID[lang]
    if question.kind == "yes_no":
        return said["yes"], said["no"], said["unknown"]
    return (*question.choices, said["unknown"]) if question.kind == "choice" else ()


def forms(
    portfolio: str, known: str, grouped: Mapping[tuple[str, str], Sequence[Question]]
) -> tuple[Form, ...]:
    """One form per counterparty."""
    return tuple(
        Form(portfolio, known, group, party, questions[0].party_name, tuple(questions))
        for (group, party), questions in grouped.items()
    )
