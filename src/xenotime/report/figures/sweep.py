"""Places in rows: crossings are thinned by barycentre sweeps, then every row is laid out exactly."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from xenotime.report.figures.chart import Edge

#: A point of a row: a body's id, or (body that the line runs to, row) where a long line passes.
Spot = str | tuple[str, int]
_ROUNDS = 12


@dataclass(frozen=True, slots=True)
class Net:
    """Rows of spots in order, and the spots that each is joined to in the row above and below."""

    rows: list[list[Spot]]
    above: Mapping[Spot, Sequence[Spot]]
    below: Mapping[Spot, Sequence[Spot]]


def chain(edge: Edge, rows: Mapping[str, int]) -> list[Spot]:
    """The spots of a line: its owner, one per row passed, what it owns; lines to one body join."""
    start, end = rows[edge.owner], rows[edge.owned]
    return [edge.owner, *((edge.owned, row) for row in range(start + 1, end)), edge.owned]


def net(rows: Mapping[str, int], edges: Sequence[Edge]) -> Net:
    """Every body and every place where a long line passes, row by row, in a fixed first order."""
    boxes: dict[int, list[Spot]] = defaultdict(list)
    passing: dict[int, dict[Spot, None]] = defaultdict(dict)
    for one, row in rows.items():
        boxes[row].append(one)
    above: dict[Spot, dict[Spot, None]] = defaultdict(dict)
    below: dict[Spot, dict[Spot, None]] = defaultdict(dict)
    for edge in edges:
        spots = chain(edge, rows)
        for number, spot in enumerate(spots[1:-1], rows[edge.owner] + 1):
            passing[number][spot] = None
        for upper, lower in pairwise(spots):
            above[lower][upper] = None
            below[upper][lower] = None
    return Net(
        [_amid(boxes[row], list(passing[row])) for row in range(max(boxes, default=-1) + 1)],
        {spot: list(found) for spot, found in above.items()},
        {spot: list(found) for spot, found in below.items()},
    )


def _amid(boxes: list[Spot], passing: list[Spot]) -> list[Spot]:
    """Boxes on both sides of the places where long lines pass."""
    half = len(boxes) // 2
    return [*boxes[:half], *passing, *boxes[half:]]


def settle(graph: Net) -> None:
    """Order every row so that few lines cross: sweeps down and up, the best order seen is kept."""
    best, least = [list(row) for row in graph.rows], crossings(graph)
    for turn in range(_ROUNDS):
        down = turn % 2 == 0
        order = range(1, len(graph.rows)) if down else range(len(graph.rows) - 2, -1, -1)
        for row in order:
            _sort(graph, row, row - 1 if down else row + 1, graph.above if down else graph.below)
        found = crossings(graph)
        if found <= least:
            best, least = [list(row) for row in graph.rows], found
        if not least and turn > 1:
            break
    graph.rows[:] = best


def _sort(graph: Net, row: int, fixed: int, joined: Mapping[Spot, Sequence[Spot]]) -> None:
    at = {spot: float(place) for place, spot in enumerate(graph.rows[fixed])}
    old = {spot: place for place, spot in enumerate(graph.rows[row])}
    stretch = len(graph.rows[fixed]) / max(len(graph.rows[row]), 1)

    def middle(spot: Spot) -> tuple[float, int]:
        near = joined.get(spot, ())
        return (sum(at[x] for x in near) / len(near) if near else old[spot] * stretch), old[spot]

    graph.rows[row].sort(key=middle)


def crossings(graph: Net) -> int:
    """How many pairs of lines cross, row by row."""
    total = 0
    for upper, lower in pairwise(graph.rows):
        at = {spot: place for place, spot in enumerate(lower)}
        seen: list[int] = []
        for spot in upper:
            ends = sorted(at[x] for x in graph.below.get(spot, ()))
            total += sum(len(seen) - bisect_right(seen, end) for end in ends)
            seen = sorted(seen + ends)
    return total


def places(graph: Net, wide: Mapping[Spot, float], gap: float) -> dict[Spot, float]:
    """The middle of every spot [px]: near what it is joined to, never nearer to its neighbour than `gap`."""
    at: dict[Spot, float] = {}
    for row in graph.rows:
        packed = _offsets(row, wide, gap)
        at.update(zip(row, (x - (packed[0] + packed[-1]) / 2 for x in packed), strict=True))
    for turn in range(2 * _ROUNDS):
        both = turn >= 2 * _ROUNDS - 4
        down = turn % 2 == 0
        for row in graph.rows if down else reversed(graph.rows):
            wish = [_wish(spot, graph, at, down=down, both=both) for spot in row]
            at.update(zip(row, _fit(row, wish, wide, gap), strict=True))
    left = min((at[spot] - wide[spot] / 2 for spot in at), default=0.0)
    return {spot: x - left for spot, x in at.items()}


def _wish(spot: Spot, graph: Net, at: Mapping[Spot, float], *, down: bool, both: bool) -> float:
    near = list(graph.above.get(spot, ())) if down or both else []
    near += graph.below.get(spot, ()) if both or not down else ()
    return sum(at[x] for x in near) / len(near) if near else at[spot]


def _offsets(row: Sequence[Spot], wide: Mapping[Spot, float], gap: float) -> list[float]:
    """The middles [px] of a row packed from 0 on; where lines pass, half the gap will do."""
    found: list[float] = []
    for place, spot in enumerate(row):
        if not place:
            found.append(0.0)
            continue
        before = row[place - 1]
        room = gap if isinstance(spot, str) and isinstance(before, str) else gap / 2
        found.append(found[-1] + (wide[before] + wide[spot]) / 2 + room)
    return found


def _fit(row: Sequence[Spot], wish: Sequence[float], wide: Mapping[Spot, float], gap: float) -> list[float]:
    """The middles nearest to the wishes, in least squares, that keep order and distance."""
    offsets = _offsets(row, wide, gap)
    blocks: list[tuple[float, float, int]] = []
    for spot, wanted, offset in zip(row, wish, offsets, strict=True):
        weight = 1.0 if isinstance(spot, str) else 2.0
        blocks.append((weight, weight * (wanted - offset), 1))
        while len(blocks) > 1 and blocks[-2][1] / blocks[-2][0] > blocks[-1][1] / blocks[-1][0]:
            heavy, moment, number = blocks.pop()
            last = blocks.pop()
            blocks.append((last[0] + heavy, last[1] + moment, last[2] + number))
    starts = [moment / weight for weight, moment, number in blocks for _ in range(number)]
    return [start + offset for start, offset in zip(starts, offsets, strict=True)]
