"""The claims of one scope, and the pairs of them that cannot both be right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from itertools import combinations

from xenotime.evidence.figure import Figure
from xenotime.evidence.period import span
from xenotime.evidence.units import unit
from xenotime.evidence.voice import Reach, expected, reach
from xenotime.evidence.words import catalogue

#: What a period's figure is a sum of, so that a month never competes with its year.
_SUMS = frozenset({"mass", "money", "count"})


@dataclass(frozen=True, slots=True, order=True)
class Scope:
    """What a side speaks of: what of, where, which stage, a subject kept apart, and whether expected."""

    element: str
    country: str
    stage: str
    subject: str
    expected: bool


@dataclass(frozen=True, slots=True)
class Side:
    """The claims of one scope, lowest first; `competing` are the pairs of ids that cannot both be right."""

    scope: Scope
    figures: tuple[Figure, ...]
    competing: tuple[tuple[str, str], ...]


def side(scope: Scope, figures: Sequence[Figure], near: int) -> Side:
    """The side of some figures of one scope and unit, which compete when at most `near` apart [days]."""
    ordered = tuple(sorted(figures, key=lambda f: (f.value or Decimal(0), f.period, f.id)))
    summed = unit(ordered[0].unit).dimension.partition(" in ")[0] in _SUMS
    room = timedelta(days=near)
    told = [(figure.id, figure.value, reach(figure), span(figure.period)) for figure in ordered]
    pairs = tuple(
        (one[0], two[0])
        for one, two in combinations(told, 2)
        if not _agree(one[1:3], two[1:3]) and _close(one[3], two[3], room, summed=summed)
    )
    return Side(scope, ordered, pairs)


def agree(one: Figure, two: Figure) -> bool:
    """Whether two figures may both be right: the value of one lies within the reach of the other."""
    return _agree((one.value, reach(one)), (two.value, reach(two)))


def _agree(one: tuple[Decimal | None, Reach], two: tuple[Decimal | None, Reach]) -> bool:
    if one[0] is None or two[0] is None:
        return True
    return one[1].holds(two[0]) or two[1].holds(one[0])


_Span = tuple[date, date] | None


def _close(left: _Span, right: _Span, room: timedelta, *, summed: bool) -> bool:
    """Whether two stretches of days lie at most a room apart; what is undated is close to all.

    What is summed up over a period is close only to a sum over the same period.
    """
    if left is None or right is None:
        return True
    if summed:
        return left == right
    return left[0] - right[1] <= room and right[0] - left[1] <= room


def scope(figure: Figure, *, apart: bool) -> Scope:
    """What a figure speaks of; its subject counts only where subjects are kept `apart`."""
    stage = scope_of(f"stage {figure.stage}").removeprefix("stage ")
    place = str(catalogue()["place"].get(figure.country, figure.country))
    subject = figure.subject if apart else ""
    return Scope(scope_of(figure.element), place, stage, subject, expected(figure))


def labels(scopes: Sequence[Scope], lang: int = 0) -> tuple[str, ...]:
    """The name of each scope, as short as it can be: what all share is left out, what it is about stays.

    `lang` is 0 for English, 1 for Chinese.

    >>> labels([Scope("all rare earths", "China", "mine", "", expected=False)])
    ('all rare earths',)
    """

    def differs(name: str) -> bool:
        return len({getattr(scope, name) for scope in scopes}) > 1

    names = _names()
    shown = [name for name in ("subject", "element", "country", "stage") if differs(name)] or ["element"]
    parts = [[part for name in shown if (part := getattr(scope, name))] for scope in scopes]
    return tuple(" · ".join(names.get(part, (part, part))[lang] for part in row) for row in parts)


def scope_of(cell: str) -> str:
    """What an element or stage cell is about, in people's words.

    >>> scope_of("REO"), scope_of("Dy")
    ('all rare earths', 'Dy')
    """
    named = catalogue()["scope"].get(cell)
    return str(named[0]) if named else cell


@cache
def _names() -> dict[str, tuple[str, str]]:
    """People's words in both languages by the English ones."""
    return {pair[0]: (pair[0], pair[1]) for pair in catalogue()["scope"].values()}
