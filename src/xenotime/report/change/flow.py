"""Shipments flowing from the outcome before to the outcome after, as a Sankey drawing true to scale."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape

from xenotime.law.answer import Outcome
from xenotime.report.change.words import amount, mass, side_words, worth
from xenotime.report.figures.svg import Figure, Table, symbol, tag, words
from xenotime.report.words import Words
from xenotime.services.bulk.shift import Move, Shift

_WIDTH = 960
_TOP, _FOOT, _ROOM = 40.0, 16.0, 300.0
_NODE, _GAP, _LEAST, _WIDEST = 12.0, 22.0, 1.5, 48.0
_LEFT, _RIGHT = 250.0, 700.0
#: A ribbon at least this tall says its number inside [px].
_SPOKEN = 13.0


@dataclass(frozen=True, slots=True)
class Box:
    """A node: its top and height [px]."""

    y: float
    height: float


def flow(shift: Shift, say: Words) -> Figure:
    """Ribbons for every move to another outcome, as wide as their number of shipments."""
    moves = tuple(sorted(shift.moved, key=lambda m: (m.before, m.after)))
    total = sum(m.measure.shipments for m in moves)
    unit = min(_ROOM / total, _WIDEST) if total else 0.0
    left = _boxes(((m.before, m.measure.shipments) for m in moves), unit)
    right = _boxes(((m.after, m.measure.shipments) for m in moves), unit)
    height = max(_bottom(left), _bottom(right)) + _FOOT
    body = _heads(shift, say) + _ribbons(moves, left, right, unit)
    body += _nodes(left, shift, 0, say) + _nodes(right, shift, 1, say)
    return Figure(
        "flow", say("change.flow"), _desc(moves, say), _WIDTH, int(height), body, _table(shift, say)
    )


def _boxes(parts: Iterable[tuple[Outcome, int]], unit: float) -> dict[Outcome, Box]:
    sums: dict[Outcome, int] = {}
    for outcome, number in parts:
        sums[outcome] = sums.get(outcome, 0) + number
    y, boxes = _TOP, dict[Outcome, Box]()
    for outcome in sorted(sums):
        boxes[outcome] = Box(y, sums[outcome] * unit)
        y += max(sums[outcome] * unit, 6) + _GAP
    return boxes


def _bottom(boxes: Mapping[Outcome, Box]) -> float:
    return max((b.y + max(b.height, 12) for b in boxes.values()), default=_TOP)


def _heads(shift: Shift, say: Words) -> str:
    left = words(
        f"{say('change.before')}: {side_words(shift.before, say)}",
        _LEFT + _NODE,
        16,
        "t b",
        text_anchor="end",
    )
    return left + words(f"{say('change.after')}: {side_words(shift.after, say)}", _RIGHT, 16, "t b")


def _ribbons(
    moves: tuple[Move, ...], left: Mapping[Outcome, Box], right: Mapping[Outcome, Box], unit: float
) -> str:
    """Every move; at each node they leave and arrive in the order of their other ends."""
    starts = {o: box.y for o, box in left.items()}
    tops = {}
    for move in moves:
        tops[move.before, move.after] = starts[move.before]
        starts[move.before] += move.measure.shipments * unit
    ends, drawn = {o: box.y for o, box in right.items()}, []
    for move in sorted(moves, key=lambda m: (m.after, m.before)):
        wide = move.measure.shipments * unit
        drawn.append(_ribbon(move, tops[move.before, move.after], ends[move.after], wide))
        ends[move.after] += wide
    return "".join(drawn)


def _ribbon(move: Move, start: float, end: float, wide: float) -> str:
    x1, x2 = _LEFT + _NODE, _RIGHT
    half, shown = (x1 + x2) / 2, max(wide, _LEAST)
    path = (
        f"M{x1:g} {start:.1f}C{half:g} {start:.1f} {half:g} {end:.1f} {x2:g} {end:.1f}v{shown:.1f}"
        f"C{half:g} {end + shown:.1f} {half:g} {start + shown:.1f} {x1:g} {start + shown:.1f}z"
    )
    said = f"{move.before.word} → {move.after.word}: {move.measure.shipments}"
    drawn = tag("path", tag("title", escape(said)), d=path, class_=f"r f-{move.after.word}")
    if wide >= _SPOKEN:
        drawn += words(amount(move.measure.shipments), x1 + 8, start + wide / 2 + 4, "t halo")
    return drawn


def _nodes(boxes: Mapping[Outcome, Box], shift: Shift, side: int, say: Words) -> str:
    drawn = []
    for outcome, box in boxes.items():
        mine = [m for m in shift.moves if (m.after if side else m.before) is outcome]
        number = sum(m.measure.shipments for m in mine if not m.stays)
        every = sum(m.measure.shipments for m in mine)
        x = _RIGHT if side else _LEFT
        drawn.append(
            tag("rect", x=x, y=box.y, width=_NODE, height=max(box.height, 2), class_=f"f-{outcome.word}")
        )
        drawn.append(
            _label(outcome, say("change.flow_node", n=amount(number), all=amount(every)), box, side, say)
        )
    return "".join(drawn)


def _label(outcome: Outcome, count: str, box: Box, side: int, say: Words) -> str:
    """The symbol beside its node, then the name, then how many of all with that outcome move."""
    y = box.y + max(box.height / 2, 5)
    name, number = (
        tag("tspan", escape(text), class_=kind) for text, kind in ((say.outcome(outcome), "b"), (count, "m"))
    )
    x = _RIGHT + _NODE + 16 if side else _LEFT - 16
    told = f"{name}\u2002{number}" if side else f"{number}\u2002{name}"
    anchor = {} if side else {"text_anchor": "end"}
    place = x + 12 if side else x - 12
    return symbol(outcome.word, x, y, 13) + tag("text", told, x=place, y=y + 4, class_="t", **anchor)


def _desc(moves: tuple[Move, ...], say: Words) -> str:
    parts = "; ".join(
        f"{say.outcome(m.before)} → {say.outcome(m.after)}: {say.count('shipment', m.measure.shipments)}"
        for m in moves
    )
    return say("change.flow_desc", parts=parts or say("say.none"))


def _table(shift: Shift, say: Words) -> Table:
    head = (
        say("change.before"),
        say("change.after"),
        *(say(f"label.{key}") for key in ("shipments", "legs", "value")),
        say("change.kg"),
    )
    rows = tuple(
        (
            say.outcome(m.before),
            say.outcome(m.after),
            amount(m.measure.shipments),
            amount(m.measure.legs),
            "; ".join(worth(m.measure, say)),
            "; ".join(mass(m.measure, say)),
        )
        for m in shift.moves
    )
    return Table(head, rows, frozenset({2, 3, 5}))
