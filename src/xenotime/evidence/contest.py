"""Competing claims side by side: one quantity, of comparable time and scope, that cannot all be right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Context, Decimal

from xenotime.evidence.figure import Figure
from xenotime.evidence.question import Question
from xenotime.evidence.read import table
from xenotime.evidence.reason import Reason, reasons
from xenotime.evidence.side import Scope, Side, scope, side
from xenotime.evidence.units import convert, unit

_FOUR = Context(prec=4)


@dataclass(frozen=True, slots=True)
class Contest:
    """What some figures say to one question: its sides, its gaps, and why they may differ.

    `unit` is that of its figures.
    """

    question: Question
    unit: str
    sides: tuple[Side, ...]
    gaps: tuple[Figure, ...]
    reasons: tuple[Reason, ...]

    @property
    def open(self) -> bool:
        """Whether claims of one scope compete."""
        return any(side.competing for side in self.sides)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure of every side."""
        return tuple(figure for side in self.sides for figure in side.figures)

    @property
    def values(self) -> tuple[Decimal, ...]:
        """The different numbers said of what is, lowest first; what is only expected apart (`ahead`)."""
        return _numbers(side for side in self.sides if not side.scope.expected)

    @property
    def ahead(self) -> tuple[Decimal, ...]:
        """The different numbers expected, lowest first."""
        return _numbers(side for side in self.sides if side.scope.expected)


def _numbers(sides: Iterable[Side]) -> tuple[Decimal, ...]:
    said = (figure.value for side in sides for figure in side.figures)
    return tuple(sorted({value for value in said if value is not None}))


def contest(question: Question, figures: Sequence[Figure]) -> tuple[Contest, ...]:
    """What some figures say to a question, one contest for each unit's dimension that they use."""
    by_unit: dict[str, list[Figure]] = defaultdict(list)
    gaps: dict[str, list[Figure]] = defaultdict(list)
    for figure in sorted(figures, key=lambda one: one.id):
        (gaps if figure.gap else by_unit)[unit(figure.unit).dimension].append(figure)
    names = [name for name in dict.fromkeys([*by_unit, *gaps]) if name != "mark"]
    return tuple(_made(question, by_unit[name], gaps[name]) for name in names)


def grouped(figures: Iterable[Figure]) -> tuple[Contest, ...]:
    """The contests of figures that no question was made for: one for each subject, scope and unit."""
    groups: dict[tuple[str, ...], list[Figure]] = defaultdict(list)
    for figure in figures:
        key = (figure.subject, figure.element, figure.country, figure.stage, figure.unit)
        groups[key].append(figure)
    found: list[Contest] = []
    for (subject, *rest), members in groups.items():
        named = ", ".join([subject, *(part for part in rest[:2] if part)])
        found.extend(contest(Question("", (named, named)), members))
    return tuple(found)


def _made(question: Question, figures: Sequence[Figure], gaps: Sequence[Figure]) -> Contest:
    name = figures[0].unit if figures else gaps[0].unit
    by_scope: dict[Scope, list[Figure]] = defaultdict(list)
    for figure in _voices(figures):
        by_scope[scope(figure, apart=question.apart)].append(_turned(figure, name))
    sides = tuple(side(named, members, question.near) for named, members in by_scope.items())
    ordered = tuple(sorted(sides, key=lambda one: (one.scope.expected, -len(one.figures), one.scope)))
    return Contest(question, name, ordered, tuple(gaps), reasons(ordered))


def _voices(figures: Iterable[Figure]) -> Iterable[Figure]:
    """Each claim once, also when a second table carries it."""
    said: dict[tuple[object, ...], str] = {}
    for figure in figures:
        key = (figure.value, figure.low, figure.high, figure.unit, figure.period, figure.element, figure.url)
        if not figure.url or said.setdefault(key, table(figure)) == table(figure):
            yield figure


def _turned(figure: Figure, name: str) -> Figure:
    """The figure in another unit of its dimension, to four digits; one in it already stays as printed."""
    if figure.unit == name:
        return figure

    def turn(number: Decimal | None) -> Decimal | None:
        return None if number is None else _FOUR.plus(convert(number, figure.unit, name, figure.id))

    return replace(figure, value=turn(figure.value), unit=name, low=turn(figure.low), high=turn(figure.high))
