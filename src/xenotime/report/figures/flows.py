"""Legs flowing from origin to destination to outcome, as a Sankey drawing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape

from xenotime.law.answer import Outcome
from xenotime.report.figures.svg import Figure, Table, symbol, tag, words
from xenotime.report.reading import origin, target
from xenotime.report.words import Words
from xenotime.services.results import Assessment

_WIDTH = 960
_TOP = 26
_NODE = 10
_GAP = 14
_COLUMNS = (70.0, 430.0, 770.0)
_MOST = 9
_ROOM = 360.0

Flow = tuple[str, str, Outcome]
Pair = tuple[str | Outcome, str | Outcome]


@dataclass(frozen=True, slots=True)
class Box:
    """A node: its column, top and height [px]."""

    column: int
    y: float
    height: float


def flows(assessment: Assessment, say: Words) -> Figure:
    """Ribbons from origin to destination to outcome, as wide as their number of legs."""
    counted = _fold(Counter(_legs(assessment, say)), say)
    total = sum(counted.values())
    columns = [_column(counted, place) for place in range(3)]
    rows = max((len(column) for column in columns), default=1)
    unit = _ROOM / max(total, 1)
    height = int(_TOP + _ROOM + (rows - 1) * _GAP + 12)
    boxes = [_place(column, place, unit, height) for place, column in enumerate(columns)]
    body = _heads(say) + _ribbons(counted, boxes, unit) + _nodes(columns, boxes, say)
    return Figure(
        "flows", say("figure.flows"), _desc(counted, say), _WIDTH, height, body, _table(counted, say)
    )


def _legs(assessment: Assessment, say: Words) -> Iterable[Flow]:
    return ((origin(leg, say), target(leg, say), leg.explanation.outcome) for leg in assessment.legs)


def _fold(counted: Mapping[Flow, int], say: Words) -> dict[Flow, int]:
    """The flows with the rarest origins and destinations put under "other"."""
    kept = [_frequent(counted, place) for place in (0, 1)]
    other = say("say.other")
    folded: Counter[Flow] = Counter()
    for (start, end, outcome), number in counted.items():
        folded[(start if start in kept[0] else other, end if end in kept[1] else other, outcome)] += number
    return dict(folded)


def _frequent(counted: Mapping[Flow, int], place: int) -> set[str]:
    sums: Counter[str] = Counter()
    for flow, number in counted.items():
        sums[str(flow[place])] += number
    ranked = sorted(sums, key=lambda name: (-sums[name], name))
    return set(ranked if len(ranked) <= _MOST else ranked[: _MOST - 1])


def _column(counted: Mapping[Flow, int], place: int) -> dict[str | Outcome, int]:
    sums: Counter[str | Outcome] = Counter()
    for flow, number in counted.items():
        sums[flow[place]] += number
    if place == 2:
        return {outcome: sums[outcome] for outcome in Outcome if outcome in sums}
    return {name: sums[name] for name in sorted(sums, key=lambda name: (-sums[name], str(name)))}


def _place(
    column: Mapping[str | Outcome, int], place: int, unit: float, height: int
) -> dict[str | Outcome, Box]:
    tall = sum(column.values()) * unit + (len(column) - 1) * _GAP
    y = _TOP + max((height - _TOP - 12 - tall) / 2, 0)
    boxes: dict[str | Outcome, Box] = {}
    for name, number in column.items():
        boxes[name] = Box(place, y, number * unit)
        y += number * unit + _GAP
    return boxes


def _ribbons(counted: Mapping[Flow, int], boxes: list[dict[str | Outcome, Box]], unit: float) -> str:
    """Both stages; ribbons leave and enter each node in the order of the nodes they join."""
    drawn = []
    for stage in (0, 1):
        pairs: Counter[Pair] = Counter()
        for flow, number in counted.items():
            pairs[(flow[stage], flow[stage + 1])] += number
        left = {name: place for place, name in enumerate(boxes[stage])}
        right = {name: place for place, name in enumerate(boxes[stage + 1])}
        out = sorted(pairs, key=lambda pair: (left[pair[0]], right[pair[1]]))
        into = sorted(pairs, key=lambda pair: (right[pair[1]], left[pair[0]]))
        starts = _stack(out, pairs, boxes[stage], 0, unit)
        ends = _stack(into, pairs, boxes[stage + 1], 1, unit)
        drawn += [
            _ribbon(stage, starts[pair], ends[pair], pairs[pair] * unit, pair, pairs[pair]) for pair in out
        ]
    return "".join(drawn)


def _stack(
    order: Iterable[Pair],
    pairs: Mapping[Pair, int],
    boxes: Mapping[str | Outcome, Box],
    side: int,
    unit: float,
) -> dict[Pair, float]:
    used: dict[str | Outcome, float] = {name: box.y for name, box in boxes.items()}
    tops: dict[Pair, float] = {}
    for pair in order:
        tops[pair] = used[pair[side]]
        used[pair[side]] += pairs[pair] * unit
    return tops


def _ribbon(stage: int, start: float, end: float, wide: float, pair: Pair, number: int) -> str:
    x1, x2 = _COLUMNS[stage] + _NODE, _COLUMNS[stage + 1]
    half = (x1 + x2) / 2
    path = (
        f"M{x1:g} {start:.1f}C{half:g} {start:.1f} {half:g} {end:.1f} {x2:g} {end:.1f}v{wide:.1f}"
        f"C{half:g} {end + wide:.1f} {half:g} {start + wide:.1f} {x1:g} {start + wide:.1f}z"
    )
    names = [name.word if isinstance(name, Outcome) else name for name in pair]
    kind = f"r f-{names[1]}" if stage else "r node"
    return tag("path", tag("title", escape(f"{names[0]} → {names[1]}: {number}")), d=path, class_=kind)


def _heads(say: Words) -> str:
    names = (say("figure.origin"), say("figure.destination"), say("label.outcome"))
    anchors = ("end", "end", "start")
    places = (_COLUMNS[0] + _NODE, _COLUMNS[1] + _NODE, _COLUMNS[2])
    return "".join(
        words(name, x, 12, "m", text_anchor=anchor)
        for name, x, anchor in zip(names, places, anchors, strict=True)
    )


def _nodes(columns: list[dict[str | Outcome, int]], boxes: list[dict[str | Outcome, Box]], say: Words) -> str:
    drawn = []
    for place, column in enumerate(columns):
        for name, number in column.items():
            box = boxes[place][name]
            middle = box.y + box.height / 2
            kind = f"f-{name.word}" if isinstance(name, Outcome) else "node"
            drawn.append(
                tag("rect", x=_COLUMNS[place], y=box.y, width=_NODE, height=max(box.height, 1), class_=kind)
            )
            drawn.append(_label(name, number, place, middle, say))
    return "".join(drawn)


def _label(name: str | Outcome, number: int, place: int, middle: float, say: Words) -> str:
    if isinstance(name, Outcome):
        x = _COLUMNS[2] + _NODE + 8
        return symbol(name.word, x + 6, middle, 12) + words(
            f"{say.outcome(name)} {number}", x + 18, middle + 4
        )
    return words(f"{name} {number}", _COLUMNS[place] - 6, middle + 4, "t halo", text_anchor="end")


def _ranked(counted: Mapping[Flow, int]) -> list[Flow]:
    return sorted(counted, key=lambda flow: (-counted[flow], flow))


def _desc(counted: Mapping[Flow, int], say: Words) -> str:
    parts = "; ".join(
        f"{start} → {end} → {say.outcome(outcome)}: {counted[(start, end, outcome)]}"
        for start, end, outcome in _ranked(counted)[:12]
    )
    return say("figure.flows_desc", parts=parts or say("say.none"))


def _table(counted: Mapping[Flow, int], say: Words) -> Table:
    head = (say("label.from"), say("label.to"), say("label.outcome"), say("label.legs"))
    rows = tuple((f[0], f[1], say.outcome(f[2]), str(counted[f])) for f in _ranked(counted))
    return Table(head, rows, frozenset({3}))
