"""Ask the figures: those that words, stage, element, country and time select, and where they conflict."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from xenotime.evidence.contest import Contest, contest, grouped
from xenotime.evidence.figure import Figure
from xenotime.evidence.period import span
from xenotime.evidence.question import answers, asked, questions
from xenotime.evidence.read import table
from xenotime.evidence.words import catalogue, forms, plain


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; an empty part asks nothing. `first` and `last` are days; undated figures stay."""

    words: tuple[str, ...] = ()
    stage: str = ""
    element: str = ""
    country: str = ""
    first: date | None = None
    last: date | None = None
    table: str = ""


def select(figures: Iterable[Figure], wanted: Wanted) -> tuple[Figure, ...]:
    """The figures that fit every part of what is wanted; words that ask a known question find its claims."""
    asks = {question.id for question in asked(wanted.words)} if plain(wanted.words) else set()
    known = [question for question in questions() if question.id in asks]
    return tuple(
        figure
        for figure in figures
        if (_worded(figure, wanted.words) or any(question.answered(figure) for question in known))
        and _fits(figure, wanted)
    )


def conflicts(figures: Sequence[Figure], words: Iterable[str] = ()) -> tuple[Contest, ...]:
    """What the figures say to the questions that some words ask, or to any, sides and gaps apart.

    Words that no question has search the figures themselves; with words every contest found is given, also
    one whose claims agree; without words only those where claims compete.
    """
    given = tuple(words)
    known = asked(given)
    made = [one for question in known for one in contest(question, answers(question, figures))]
    if plain(given):
        return tuple(made) or grouped(figure for figure in figures if _worded(figure, given))
    told = {figure.id for one in made for figure in one.figures}
    rest = grouped(figure for figure in figures if figure.id not in told and not figure.gap)
    return tuple(one for one in (*made, *rest) if one.open)


def _worded(figure: Figure, words: Sequence[str]) -> bool:
    """Whether every word that carries something is in what the figure says of itself, or one is its id."""
    if figure.id in words:
        return True
    wanted = plain(words)
    if not wanted:
        return not words or _all_skipped(figure, words)
    said = {*forms(figure.subject), *forms(figure.stage), *forms(figure.element), *forms(figure.country)}
    return all(word in said or _begins(word, said) for word in wanted)


def _all_skipped(figure: Figure, words: Sequence[str]) -> bool:
    said = {*forms(figure.subject), *forms(figure.element)}
    return all(form in said for word in words for form in forms(word))


def _begins(word: str, said: Iterable[str]) -> bool:
    return len(word) > 3 and any(one.startswith(word) for one in said)


def _fits(figure: Figure, wanted: Wanted) -> bool:
    return (
        _has(figure.stage, wanted.stage)
        and _has(figure.element, wanted.element)
        and _has(figure.country, wanted.country)
        and (not wanted.table or table(figure) == wanted.table)
        and _within(figure, wanted.first, wanted.last)
    )


def _has(cell: str, wanted: str) -> bool:
    said = forms(cell)
    return all(word in said or _begins(word, said) for word in forms(wanted))


def _within(figure: Figure, first: date | None, last: date | None) -> bool:
    told = span(figure.period)
    if told is None:
        return True
    return (first is None or told[1] >= first) and (last is None or told[0] <= last)


def elements() -> tuple[str, ...]:
    """The element cells that have a name of their own."""
    return tuple(catalogue()["scope"])
