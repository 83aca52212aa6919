"""The uncertain inputs of the world: each a set of claims by a rule, or an assumption with its ground."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from xenotime.core.errors import BookError
from xenotime.evidence.figure import Figure
from xenotime.evidence.parameter import Spread
from xenotime.evidence.read import TABLES
from xenotime.evidence.spread import spread_of
from xenotime.evidence.units import convert, unit
from xenotime.supply.world.read import number, table, words

#: How many standard deviations of a lognormal lie between its middle and the ends of what is claimed: the
#: interval from low to high is read as holding 90 of 100 cases.
REACH = 1.645
#: The rules that are ours beside those of the evidence, and what each does.
RULES: Mapping[str, str] = {
    "sum": "the claims added up",
    "derived": "computed from the claims as the ground says",
    "assumed": "no claim was found that says it: an assumption, on the ground stated",
}


@dataclass(frozen=True, slots=True)
class Input:
    """One input at rest: its value between `low` and `high` [unit], the claims and the rule it comes from."""

    name: str
    group: str
    unit: str
    value: float
    low: float
    high: float
    claims: tuple[str, ...]
    rule: str


def inputs(figures: Sequence[Figure]) -> dict[str, Input]:
    """Every input of the table `inputs` by name. Raises BookError for a claim that is not there."""
    held = {figure.id: figure for figure in figures}
    return {row["name"]: _input(row, held) for row in table("inputs")}


def rivals(said: Sequence[Figure], figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """The user's own figures that answer what some figures answer: they join their set, by id.

    That is so when subject, stage, element and country are those of one of them, and the unit measures the
    same. A claim of the packaged tables is never drawn in: which of those an input rests on is written down.
    """
    asked = {_question(figure) for figure in said}
    cited_ids = {figure.id for figure in said}
    found = (
        figure
        for figure in figures
        if figure.id.partition("-")[0] not in TABLES
        and not figure.gap
        and figure.id not in cited_ids
        and _question(figure) in asked
    )
    return tuple(sorted(found, key=lambda figure: figure.id))


def _question(figure: Figure) -> tuple[str, ...]:
    said = (figure.subject, figure.stage, figure.element, figure.country)
    return (*(text.casefold() for text in said), unit(figure.unit).dimension)


def cited(ids: Sequence[str], held: Mapping[str, Figure], where: str) -> tuple[Figure, ...]:
    """The figures that an input names. Raises BookError for one that is not there."""
    missing = [name for name in ids if name not in held]
    if missing:
        raise BookError(
            "this input rests on a claim that is not there",
            where=where,
            expected="ids of the evidence tables",
            found=", ".join(missing),
        )
    return tuple(held[name] for name in ids)


def factor(name: str, unit: str, low: float, value: float, high: float) -> Spread:
    """A factor with median 1 that reaches about from low to high over value: lognormal.

    Raises BookError when the interval has no width or leaves the positive numbers.

    >>> factor("days", "days", 20, 30, 45).numbers[0]
    1.0
    """
    if not 0 <= low <= value <= high or value <= 0 or low == high:
        raise BookError(
            "this interval cannot be a factor",
            where=name,
            expected="0 ≤ low ≤ value ≤ high, value above 0, low below high",
            found=f"{low} to {value} to {high} {unit}",
        )
    bottom = max(low, value / 10)
    return Spread("lognormal", (1.0, math.log(high / bottom) / (2 * REACH)))


def _input(row: dict[str, str], held: Mapping[str, Figure]) -> Input:
    where = f"supply/world/tables/inputs.csv, {row['name']}"
    rule, ids = row["rule"], words(row, "claims")
    said = cited(ids, held, where)
    times = number(row, "factor")
    if rule in ("assumed", "derived"):
        low, value, high = (number(row, column) for column in ("low", "value", "high"))
    elif rule == "sum":
        value = sum(_turned(figure, row["unit"]) for figure in said)
        low, high = 0.95 * value, 1.05 * value
    else:
        said = (*said, *rivals(said, held.values()))
        low, value, high = ends(spread_of(said, rule, row["unit"]))
    text = f"{rule}: {row['ground'] or RULES.get(rule, 'as claimed')}"
    from_ids = tuple(figure.id for figure in said)
    return Input(
        row["name"], row["group"], row["unit"], value * times, low * times, high * times, from_ids, text
    )


def ends(spread: Spread) -> tuple[float, float, float]:
    """The low end, the middle and the high end of a distribution of claims."""
    numbers = spread.numbers
    if spread.shape == "lognormal":
        reach = math.exp(REACH * numbers[1])
        return numbers[0] / reach, numbers[0], numbers[0] * reach
    if spread.shape == "triangular":
        return numbers[0], numbers[1], numbers[2]
    return 0.95 * numbers[0], numbers[0], 1.05 * numbers[0]


def _turned(figure: Figure, unit: str) -> float:
    if figure.value is None:
        raise BookError("this input rests on a gap", where=figure.id, expected="a value", found="none")
    return float(convert(figure.value, figure.unit, unit, figure.id))
