"""What the statements about one product amount to: the latest holds, a contradiction settles nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from xenotime.content.bills import Declaration
from xenotime.content.elements import mask
from xenotime.core.truth import Truth


@dataclass(frozen=True, slots=True)
class Standing:
    """The statements that stand. `values` are those of the latest day: one, unless they differ.

    `nothing`: it is stated that no Chinese Part 1 material is inside. `asked`: a question is unanswered.
    `holds` and `lacks` are the bits of elements stated, one by one, to be inside or not.
    """

    rare_earths: Truth = None
    unlisted: bool = False
    technology: Truth = None
    values: tuple[Declaration, ...] = ()
    nothing: bool = False
    asked: str = ""
    answered: bool = False
    holds: int = 0
    lacks: int = 0
    contradictions: tuple[str, ...] = ()

    @property
    def settles(self) -> bool:
        """True if the value of Chinese Part 1 material is declared."""
        return self.nothing or bool(self.values)


SILENT = Standing()


def standing(declarations: Iterable[Declaration]) -> Standing:
    """What stands of the statements about one product."""
    rows = tuple(declarations)
    if not rows:
        return SILENT
    answered = [row for row in rows if row.answered]
    clashes: list[str] = []
    rare = _newer(answered, "cn_rare_earths_yes", "cn_rare_earths_no", clashes)
    unlisted = _latest(answered, "no_listed_elements")
    holds, lacks = _elements(answered, clashes)
    nothing = max(
        (d for d in (unlisted, rare is False and _latest(answered, "cn_rare_earths_no")) if d), default=None
    )
    values = _values(answered)
    spoken = values[0].day if values else None
    if spoken and nothing and spoken == nothing and any(row.value for row in values):
        clashes.append("declarations of one day contradict each other: a value, and no such material")
    return Standing(
        rare_earths=rare if rare is not None else (True if any(row.value for row in values) else None),
        unlisted=unlisted is not None,
        technology=_newer(answered, "cn_technology_yes", "cn_technology_no", clashes),
        values=values if spoken and (nothing is None or spoken >= nothing) else (),
        nothing=nothing is not None and (spoken is None or nothing >= spoken),
        asked=_asked(rows, answered),
        answered=bool(answered),
        holds=holds,
        lacks=lacks,
        contradictions=tuple(clashes),
    )


def _elements(rows: Iterable[Declaration], clashes: list[str]) -> tuple[int, int]:
    """The bits of the elements stated to be inside, and not to be: the latest statement on each."""
    spoken = [row for row in rows if row.element and row.states in ("contains", "contains_not")]
    holds: list[str] = []
    lacks: list[str] = []
    for element in dict.fromkeys(row.element for row in spoken if row.element):
        truth = _newer([r for r in spoken if r.element == element], "contains", "contains_not", clashes)
        if truth is not None:
            (holds if truth else lacks).append(element)
    return mask(holds), mask(lacks)


def _newer(rows: Iterable[Declaration], yes: str, no: str, clashes: list[str]) -> Truth:
    said, denied = _latest(rows, yes), _latest(rows, no)
    if said and denied and said == denied:
        clashes.append(f"declarations of one day contradict each other: {yes} and {no}")
        return None
    if said is None and denied is None:
        return None
    return denied is None or (said is not None and said > denied)


def _latest(rows: Iterable[Declaration], states: str) -> date | None:
    return max((row.day for row in rows if row.day and row.states == states), default=None)


def _values(rows: Iterable[Declaration]) -> tuple[Declaration, ...]:
    stated = [row for row in rows if row.states == "cn_part1_value" and row.value is not None]
    last = max((row.day for row in stated if row.day), default=None)
    distinct: dict[tuple[Fraction | None, str | None], Declaration] = {}
    for row in stated:
        if row.day == last:
            distinct.setdefault((row.value, row.currency), row)
    return tuple(distinct.values())


def _asked(rows: Iterable[Declaration], answered: Iterable[Declaration]) -> str:
    """Whom the last unanswered question went to; "" if none is open."""
    last = max((row.day for row in answered if row.day), default=None)
    for row in rows:
        if not row.answered and (last is None or (row.day is not None and row.day > last)):
            return row.supplier or "the supplier"
    return ""
