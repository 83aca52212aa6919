"""The ways of lines between boxes: curves in the gaps, straight past rows, rings apart on the right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xenotime.report.figures.chart import Edge
from xenotime.report.figures.layers import Layers
from xenotime.report.figures.svg import breadth, number
from xenotime.report.figures.sweep import Spot, chain

#: Height of a box, least height of a gap between rows, room a ring's line takes [px].
TALL, GAP, LANE = 54.0, 50.0, 9.0
_ARROW = 8.0
_LINE = 15.0

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Plan:
    """Where everything stands [px]: middles of spots, tops of rows, width of boxes and of the whole."""

    at: Mapping[Spot, float]
    tops: Sequence[float]
    box: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Route:
    """One line: its edge, its path, where its arrow ends, and places for its text, the best first."""

    edge: Edge
    path: str
    tip: Point
    spots: tuple[Point, ...]
    back: bool = False


def plan(found: Layers, rows: Sequence[Sequence[Spot]], at: Mapping[Spot, float], box: float) -> Plan:
    """Tops of the rows: a gap grows with the texts that must find room in it, and with the rings."""
    right = max((at[spot] + box / 2 for spot in at), default=box)
    texts: dict[int, float] = defaultdict(float)
    for edge in found.down:
        texts[found.rows[edge.owner]] += breadth(edge.text, 11) + 10
    turns = _turns(found)
    tops: list[float] = []
    y = LANE * turns.get(-1, 0) + 22
    for row in range(len(rows)):
        tops.append(y)
        lines = min(texts[row] * 1.7 / max(right, 300), 7)
        y += TALL + GAP + _LINE * round(lines) + LANE * turns.get(row, 0)
    bottom = (tops[-1] if tops else 0) + TALL + 14 + LANE * turns.get(len(rows) - 1, 0)
    return Plan(at, tops, box, right, bottom)


def _turns(found: Layers) -> dict[int, int]:
    """How many ring lines turn in the gap under each row; -1 is above the first."""
    turns: dict[int, int] = defaultdict(int)
    for edge in found.back:
        if edge.owner != edge.owned:
            turns[found.rows[edge.owner]] += 1
            turns[found.rows[edge.owned] - 1] += 1
    return turns


def routes(found: Layers, drawn: Plan) -> tuple[list[Route], float]:
    """Every line, and the width [px] that the rings take on the right."""
    starts, ends = _ports(found, drawn)
    ways = [
        _down(edge, found, drawn, starts[number], ends[_entry(edge, number, found.rows)])
        for number, edge in enumerate(found.down)
    ]
    rings = [edge for edge in found.back if edge.owner != edge.owned]
    loops = [_loop(edge, found, drawn) for edge in found.back if edge.owner == edge.owned]
    around = _around(rings, found, drawn)
    return [*ways, *loops, *around], 60 + LANE * len(rings) if rings else 30.0 if loops else 0.0


def _entry(edge: Edge, number: int, rows: Mapping[str, int]) -> Spot | int:
    """What a line arrives by: itself, or the last place that it shares with others."""
    before = chain(edge, rows)[-2]
    return number if isinstance(before, str) else before


def _ports(found: Layers, drawn: Plan) -> tuple[dict[int, float], dict[Spot | int, float]]:
    """Where lines leave and enter each box, in the order of where they come from and go to."""
    out: dict[str, list[tuple[float, int]]] = defaultdict(list)
    into: dict[str, dict[Spot | int, float]] = defaultdict(dict)
    for place, edge in enumerate(found.down):
        spots = chain(edge, found.rows)
        out[edge.owner].append((drawn.at[spots[1]], place))
        into[edge.owned][_entry(edge, place, found.rows)] = drawn.at[spots[-2]]
    starts = {
        place: x
        for one, lines in out.items()
        for (_, place), x in zip(sorted(lines), _spread(drawn, one, len(lines)), strict=True)
    }
    ends = {
        entry: x
        for one, lines in into.items()
        for entry, x in zip(
            sorted(lines, key=lambda e: (lines[e], str(e))), _spread(drawn, one, len(lines)), strict=True
        )
    }
    return starts, ends


def _spread(drawn: Plan, one: str, lines: int) -> list[float]:
    """Places along a box, at most 26 px apart."""
    step = min(26.0, (drawn.box - 24) / max(lines - 1, 1))
    return [drawn.at[one] + step * (place - (lines - 1) / 2) for place in range(lines)]


def _down(edge: Edge, found: Layers, drawn: Plan, start: float, end: float) -> Route:
    first, last = found.rows[edge.owner], found.rows[edge.owned]
    y = drawn.tops[first] + TALL
    path = f"M{number(start)} {number(y)}"
    spots: list[Point] = []
    x = start
    for row, spot in enumerate(chain(edge, found.rows)[1:], first + 1):
        goal = end if row == last else drawn.at[spot]
        top = drawn.tops[row] - (_ARROW if row == last else 0)
        half = y + (top - y) * _bend(goal - x, row + round(x))
        path += _curve(x, half, goal, top)
        if not spots:
            spots = [_on(x, y, half, goal, top, t) for t in (0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78, 0.14, 0.86)]
        x, y = goal, drawn.tops[row] + TALL
        if row != last:
            path += f"V{number(y)}"
    return Route(edge, path, (end, drawn.tops[last]), tuple(spots))


def _bend(across: float, number: int) -> float:
    """How far down its gap a line turns, 0 to 1: long flat stretches lie at different heights."""
    return 0.5 if abs(across) < 140 else 0.22 + 0.14 * (number % 5)


def _curve(x: float, half: float, goal: float, top: float) -> str:
    return f"C{number(x)} {number(half)} {number(goal)} {number(half)} {number(goal)} {number(top)}"


def _on(x: float, y: float, half: float, goal: float, top: float, t: float) -> Point:
    """The point of the curve at `t`, 0 to 1."""
    s = 1 - t
    ease = 3 * s * t * t + t**3
    return x + (goal - x) * ease, y * s**3 + half * (3 * s * s * t + 3 * s * t * t) + top * t**3


def _loop(edge: Edge, found: Layers, drawn: Plan) -> Route:
    """A body that holds itself: a small arc at its right side."""
    x = drawn.at[edge.owner] + drawn.box / 2
    y = drawn.tops[found.rows[edge.owner]] + TALL / 2
    path = f"M{number(x)} {number(y - 12)}c22 -6 22 34 7 26"
    return Route(edge, path, (x, y + 14), ((x + 14, y + TALL / 2 + 9), (x + 14, y - TALL / 2 - 8)), back=True)


def _around(rings: Sequence[Edge], found: Layers, drawn: Plan) -> list[Route]:
    """Lines that run up, each in a lane of its own right of all boxes."""
    made = []
    used: dict[int, int] = defaultdict(int)
    order = sorted(rings, key=lambda e: (found.rows[e.owner] - found.rows[e.owned], e.owner, e.owned))
    for lane, edge in enumerate(order):
        low, high = found.rows[edge.owner], found.rows[edge.owned]
        used[low] += 1
        used[high - 1] += 1
        start = drawn.at[edge.owner] + drawn.box / 2 - 10
        end = drawn.at[edge.owned] + drawn.box / 2 - 10
        under = drawn.tops[low] + TALL + 4 + LANE * used[low]
        over = drawn.tops[high] - 12 - LANE * used[high - 1]
        x = drawn.width + 16 + LANE * lane
        corners = [
            (start, drawn.tops[low] + TALL),
            (start, under),
            (x, under),
            (x, over),
            (end, over),
            (end, drawn.tops[high] - _ARROW),
        ]
        spots = tuple((x + 4, over + (under - over) * t) for t in (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8))
        made.append(Route(edge, _bent(corners), (end, drawn.tops[high]), spots, back=True))
    return made


def _bent(corners: Sequence[Point]) -> str:
    """A path of straight stretches with round corners."""
    path = f"M{number(corners[0][0])} {number(corners[0][1])}"
    for (x0, y0), (x1, y1), (x2, y2) in zip(corners, corners[1:], corners[2:], strict=False):
        before, after = abs(x1 - x0) + abs(y1 - y0), abs(x2 - x1) + abs(y2 - y1)
        r = min(6.0, before / 2, after / 2)
        a, b = r / (before or 1), r / (after or 1)
        path += (
            f"L{number(x1 - (x1 - x0) * a)} {number(y1 - (y1 - y0) * a)}"
            f"Q{number(x1)} {number(y1)} {number(x1 + (x2 - x1) * b)} {number(y1 + (y2 - y1) * b)}"
        )
    return path + f"L{number(corners[-1][0])} {number(corners[-1][1])}"
