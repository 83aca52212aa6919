"""Competing claims side by side: one quantity, of comparable time and scope, that cannot all be right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Context, Decimal
from functools import cache
from itertools import combinations

from xenotime.evidence.figure import Figure
from xenotime.evidence.period import span
from xenotime.evidence.question import Question
from xenotime.evidence.units import convert, unit
from xenotime.evidence.voice import KINDS, agree, bound, expected, family, kind
from xenotime.evidence.words import catalogue

#: What a period's figure is a sum of, so that a month never competes with its year.
_SUMS = frozenset({"mass", "money", "count"})
_FOUR = Context(prec=4)


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


@dataclass(frozen=True, slots=True)
class Reason:
    """Why claims may differ: scope, year, edition, source, bound, derived or open, and the words it needs."""

    kind: str
    says: tuple[str, ...] = ()


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
        """Whether claims compete, within a scope or because scopes give different numbers to one question."""
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
        by_scope[_scope(figure, question)].append(_turned(figure, name))
    sides = tuple(_side(scope, members, question.near) for scope, members in by_scope.items())
    ordered = tuple(sorted(sides, key=lambda side: (side.scope.expected, -len(side.figures), side.scope)))
    return Contest(question, name, ordered, tuple(gaps), _reasons(ordered))


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


def _scope(figure: Figure, question: Question) -> Scope:
    subject = figure.subject if question.apart else ""
    stage = scope_of(f"stage {figure.stage}").removeprefix("stage ")
    place = str(catalogue()["place"].get(figure.country, figure.country))
    return Scope(scope_of(figure.element), place, stage, subject, expected(figure))


def _voices(figures: Iterable[Figure]) -> Iterable[Figure]:
    """Each claim once, also when two tables carry it."""
    said: set[tuple[object, ...]] = set()
    for figure in figures:
        key = (figure.value, figure.low, figure.high, figure.unit, figure.period, figure.country, figure.url)
        if not figure.url or key not in said:
            said.add(key)
            yield figure


def _turned(figure: Figure, name: str) -> Figure:
    """The figure in another unit of its dimension, to four digits; one in it already stays as printed."""
    if figure.unit == name:
        return figure

    def turn(number: Decimal | None) -> Decimal | None:
        return None if number is None else _FOUR.plus(convert(number, figure.unit, name, figure.id))

    return replace(figure, value=turn(figure.value), unit=name, low=turn(figure.low), high=turn(figure.high))


def _side(scope: Scope, figures: Sequence[Figure], near: int) -> Side:
    ordered = tuple(sorted(figures, key=lambda f: (f.value or Decimal(0), f.period, f.id)))
    summed = unit(ordered[0].unit).dimension.partition(" in ")[0] in _SUMS
    pairs = tuple(
        (one.id, two.id)
        for one, two in combinations(ordered, 2)
        if _close(one, two, near, summed) and not agree(one, two)
    )
    return Side(scope, ordered, pairs)


def _close(one: Figure, two: Figure, near: int, summed: bool) -> bool:
    """Whether two figures tell of days at most `near` apart [days]; an undated one is close to all.

    What is summed up over a period is close only to a sum over the same period.
    """
    left, right = span(one.period), span(two.period)
    if left is None or right is None:
        return True
    if summed:
        return left == right
    room = timedelta(days=near)
    return left[0] - right[1] <= room and right[0] - left[1] <= room


def _reasons(sides: Sequence[Side]) -> tuple[Reason, ...]:
    """Why the claims may differ, from what the claims say of themselves."""
    pairs = [
        (one, two)
        for side in sides
        for named in [{figure.id: figure for figure in side.figures}]
        for one, two in ((named[a], named[b]) for a, b in side.competing)
    ]
    found = [*_by_scope(sides), *_by_year(pairs), *_by_edition(pairs), *_by_kind(pairs), *_by_form(pairs)]
    left = [pair for pair in pairs if not _explained(*pair)]
    if left:
        found.append(Reason("open", tuple(sorted({figure.id for pair in left for figure in pair}))))
    return tuple(found)


def _by_scope(sides: Sequence[Side]) -> list[Reason]:
    now = [side for side in sides if not side.scope.expected]
    if len({_ends(side) for side in now}) < 2:
        return []
    names = labels([side.scope for side in now])
    return [Reason("scope", tuple(f"{name}: {_ends(side)}" for name, side in zip(names, now, strict=True)))]


def _ends(side: Side) -> str:
    values = [figure.value for figure in side.figures if figure.value is not None]
    low, high = min(values), max(values)
    return f"{low:f}" if low == high else f"{low:f} – {high:f}"


_Pairs = Sequence[tuple[Figure, Figure]]


def _by_year(pairs: _Pairs) -> list[Reason]:
    years = sorted(
        {f.period or "undated" for one, two in pairs if one.period != two.period for f in (one, two)}
    )
    return [Reason("year", tuple(years))] if years else []


def _by_edition(pairs: _Pairs) -> list[Reason]:
    names = sorted({family(one) for one, two in pairs if _edition(one, two)})
    return [Reason("edition", tuple(names))] if names else []


def _by_kind(pairs: _Pairs) -> list[Reason]:
    said: dict[str, set[Decimal]] = defaultdict(set)
    for one, two in pairs:
        if kind(one) != kind(two):
            for figure in (one, two):
                said[kind(figure)].add(figure.value or Decimal(0))
    return (
        [
            Reason(
                "source",
                tuple(
                    f"{name}: {', '.join(f'{v:f}' for v in sorted(said[name]))}"
                    for name in KINDS
                    if said[name]
                ),
            )
        ]
        if said
        else []
    )


def _by_form(pairs: _Pairs) -> list[Reason]:
    both = [figure for pair in pairs for figure in pair]
    bounds = sorted({figure.id for figure in both if bound(figure) in ("over", "up to")})
    counted = sorted(
        {
            figure.id
            for one, two in pairs
            if one.derived != two.derived
            for figure in (one, two)
            if figure.derived
        }
    )
    found = [Reason("bound", tuple(bounds))] if bounds else []
    return [*found, Reason("derived", tuple(counted))] if counted else found


def _edition(one: Figure, two: Figure) -> bool:
    same = family(one) == family(two) and one.period == two.period
    return same and one.published != two.published


def _explained(one: Figure, two: Figure) -> bool:
    """Whether the two name anything that sets them apart: time, edition, kind of source, how it was made."""
    return (
        one.period != two.period
        or _edition(one, two)
        or kind(one) != kind(two)
        or one.derived != two.derived
        or "point" not in (bound(one), bound(two))
    )
