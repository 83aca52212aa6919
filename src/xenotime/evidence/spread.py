"""Turn claims into a distribution, each time by a stated rule.

The rules are few and each says what it does in `RULES`. How wide a single claim is taken to be follows from
how sure it is (`WIDTH`): an assumption of ours, declared as such, because no source states its own error.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from xenotime.core.errors import InputError
from xenotime.evidence.figure import Figure
from xenotime.evidence.parameter import SHAPES, Spread
from xenotime.evidence.units import convert
from xenotime.evidence.voice import bound

#: How far a claim without an interval may be off, by how sure it is: one standard deviation of its logarithm,
#: or half the width of a share's triangle, as a part of the value. Assumed, not published.
WIDTH: Mapping[str, float] = {"high": 0.05, "medium": 0.15, "low": 0.35}
#: How much a claim counts beside its rivals, by how sure it is. Assumed, not published.
WEIGHT: Mapping[str, int] = {"high": 4, "medium": 2, "low": 1}
#: The rules by name, and what each does.
RULES: Mapping[str, str] = {
    "level": "one number: its interval as a triangle, or a lognormal around it as wide as its sureness says, "
    "or for a bound (over, up to) a triangle on its open side, twice as wide; "
    "several: a triangle from the lowest to the highest said, peaked at their middle by sureness",
    "share": "as level, but kept between 0 and 1, and a number alone is a triangle whose half width is its "
    "sureness times the smaller of the share and its rest",
    "rival": "every claim as it stands, each as likely as it is sure: 4 high, 2 medium, 1 low",
    "point": "the middle of the claims by sureness, without a spread",
}


def spread_of(figures: Sequence[Figure], rule: str, unit: str = "") -> Spread:
    """The distribution of what some figures say, in `unit` (default: the first figure's; of a share, ratio).

    Gaps say nothing and are left out. Raises InputError when the rule is unknown, nothing is left, or the
    units do not measure the same thing.

    >>> from xenotime.evidence.read import figures
    >>> lines = [f for f in figures() if f.subject == "EV traction motor" and f.element == "NdFeB"]
    >>> spread_of(lines, "level")
    Spread(shape='triangular', numbers=(1.0, 2.0, 5.0))
    """
    if rule not in RULES:
        raise InputError(
            "this rule is unknown", where=rule, expected=", ".join(RULES), found=rule, next_step="name a rule"
        )
    said = [figure for figure in figures if not figure.gap]
    if not said:
        raise InputError(
            "no claim carries a value, so there is no distribution",
            where=", ".join(figure.id for figure in figures) or "no claim",
            expected="at least one claim with a value",
            found=f"{len(figures)} gap(s)",
            next_step="state an assumption with its ground, or add a claim with `xenotime evidence add`",
        )
    target = unit or ("ratio" if rule == "share" else said[0].unit)
    return massive(_BY_RULE[rule]([_turned(figure, target) for figure in said]), said[0].subject)


def massive(spread: Spread, where: str = "") -> Spread:
    """The spread itself. Raises InputError when it has no mass: no shape, no width, no weight, no number."""
    numbers = spread.numbers
    fault = (
        f"{len(numbers)} numbers"
        if not _fits(spread)
        else ", ".join(str(number) for number in numbers)
        if not (all(map(math.isfinite, numbers)) and _HOLDS[spread.shape](numbers))
        else ""
    )
    if fault:
        raise InputError(
            "this distribution has no mass",
            where=where,
            expected=_EXPECTED.get(spread.shape, ", ".join(SHAPES)),
            found=f"{spread.shape}: {fault}",
            next_step="give it numbers that hold, or make it a point",
        )
    return spread


_COUNT = {"point": 1, "uniform": 2, "triangular": 3, "lognormal": 2}
_EXPECTED = {
    "point": "one number",
    "uniform": "low < high",
    "triangular": "low ≤ mode ≤ high, and low < high",
    "lognormal": "a median above 0, and a sigma above 0",
    "mixture": "values each with a weight of 0 or more, not all 0",
}
_HOLDS: Mapping[str, Callable[[tuple[float, ...]], bool]] = {
    "point": lambda numbers: len(numbers) == 1,
    "uniform": lambda numbers: numbers[0] < numbers[1],
    "triangular": lambda numbers: numbers[0] <= numbers[1] <= numbers[2] and numbers[0] < numbers[2],
    "lognormal": lambda numbers: numbers[0] > 0 and numbers[1] > 0,
    "mixture": lambda numbers: min(numbers[1::2]) >= 0 and sum(numbers[1::2]) > 0,
}


def _fits(spread: Spread) -> bool:
    count = len(spread.numbers)
    if spread.shape == "mixture":
        return count >= 2 and count % 2 == 0
    return _COUNT.get(spread.shape) == count


@dataclass(frozen=True, slots=True)
class _Said:
    """A claim in one unit: its ends, how sure it is, and which way it is open: 1 over, -1 up to, 0."""

    low: float
    value: float
    high: float
    sureness: str
    way: int


def _turned(figure: Figure, unit: str) -> _Said:
    def turn(number: Decimal | None) -> float:
        said = figure.value if number is None else number
        return float(convert(said or Decimal(0), figure.unit, unit, figure.id))

    way = {"over": 1, "up to": -1}.get(bound(figure), 0)
    return _Said(turn(figure.low), turn(figure.value), turn(figure.high), figure.sureness, way)


def _level(said: Sequence[_Said]) -> Spread:
    low, mode, high = _reach(said)
    if low == high:
        width, way = _lone(said)
        if mode > 0 and not way:
            return Spread("lognormal", (mode, width))
        low, high = _around(mode, width * abs(mode), way)
    return Spread("triangular", (low, mode, high)) if low < high else Spread("point", (mode,))


def _share(said: Sequence[_Said]) -> Spread:
    low, mode, high = _reach(said)
    if low == high:
        width, way = _lone(said)
        low, high = _around(mode, width * min(abs(mode), abs(1 - mode)), way)
    low, high = max(0.0, low), min(1.0, high)
    if not low <= mode <= high:
        raise InputError(
            "this is not a share",
            where="rule share",
            expected="numbers from 0 to 1 in the unit asked for (use unit ratio)",
            found=str(mode),
            next_step="ask for unit `ratio`, or use the rule `level`",
        )
    return Spread("triangular", (low, mode, high)) if low < high else Spread("point", (mode,))


def _lone(said: Sequence[_Said]) -> tuple[float, int]:
    """How wide a number is that all say alike, by the surest of them, and which way all leave it open."""
    ways = {one.way for one in said}
    return min(WIDTH[one.sureness] for one in said), ways.pop() if len(ways) == 1 else 0


def _around(mode: float, room: float, way: int) -> tuple[float, float]:
    """The ends around a number; one that is a bound has twice the room on its open side and none behind."""
    return mode - room * (1 - way), mode + room * (1 + way)


def _rival(said: Sequence[_Said]) -> Spread:
    if len({one.value for one in said}) == 1:
        return Spread("point", (said[0].value,))
    ordered = sorted((one.value, float(WEIGHT[one.sureness])) for one in said)
    return Spread("mixture", tuple(number for pair in ordered for number in pair))


def _point(said: Sequence[_Said]) -> Spread:
    return Spread("point", (_middle(said),))


def _reach(said: Sequence[_Said]) -> tuple[float, float, float]:
    """The lowest said, the middle by sureness, the highest said."""
    low = min(min(one.low, one.value) for one in said)
    high = max(max(one.high, one.value) for one in said)
    return low, _middle(said), high


def _middle(said: Sequence[_Said]) -> float:
    """The median of the values, each counted as often as it is sure; of two middles the lower."""
    counted = sorted(one.value for one in said for _ in range(WEIGHT[one.sureness]))
    return counted[(len(counted) - 1) // 2]


_BY_RULE: Mapping[str, Callable[[Sequence[_Said]], Spread]] = {
    "level": _level,
    "share": _share,
    "rival": _rival,
    "point": _point,
}
