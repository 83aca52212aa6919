"""A question that several published figures answer, found by its words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from xenotime.evidence.figure import Figure
from xenotime.evidence.read import TABLES, table
from xenotime.evidence.words import catalogue, plain


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked (`asks`: English, Chinese) and which claims answer it.

    A claim answers when its subject begins with one of `subjects` and it fits every list that is not empty (a
    claim of the user's own fits any table);
    two claims speak of the same time when they lie at most `near` apart [days]; `apart` keeps subjects apart.
    """

    id: str
    asks: tuple[str, str]
    words: tuple[frozenset[str], ...] = ()
    subjects: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    near: int = 0
    apart: bool = False

    def answered(self, figure: Figure) -> bool:
        """Whether a figure speaks to this question."""
        return (
            figure.subject.startswith(self.subjects)
            and (not self.stages or figure.stage in self.stages)
            and (not self.units or figure.unit in self.units)
            and (not self.tables or table(figure) in self.tables or table(figure) not in TABLES)
        )


@cache
def questions() -> tuple[Question, ...]:
    """Every question of the packaged table, in its order."""
    return tuple(
        Question(
            id=name,
            asks=(entry["asks"][0], entry["asks"][1]),
            words=tuple(plain([words]) for words in entry["words"]),
            subjects=tuple(entry["subjects"]),
            stages=tuple(entry.get("stages", ())),
            units=tuple(entry.get("units", ())),
            tables=tuple(entry.get("tables", ())),
            near=entry.get("near", 0),
            apart=entry.get("by") == "subject",
        )
        for name, entry in catalogue()["question"].items()
    )


def asked(words: Iterable[str]) -> tuple[Question, ...]:
    """The questions that some words ask: those of just these words, else those that hold all of them.

    >>> [question.id for question in asked(["China", "refines"])]
    ['china-refines']
    >>> [question.id for question in asked(["processing", "china"])]
    ['china-refines']
    >>> asked(["unicorns"])
    ()
    """
    wanted = plain(words)
    if not wanted:
        return questions()
    exact = tuple(q for q in questions() if wanted in q.words)
    return exact or tuple(q for q in questions() if any(wanted <= words for words in q.words))


def answers(question: Question, figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """The figures that speak to a question, gaps among them."""
    return tuple(figure for figure in figures if question.answered(figure))
