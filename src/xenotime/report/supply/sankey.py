"""Flows from stage to stage before and during the shock, on one scale; what shrank stays as outline."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from xenotime.report.figures.svg import Figure, Table, tag, words
from xenotime.report.supply.plot import named
from xenotime.report.supply.scale import percent, spell
from xenotime.report.words import Words

WIDTH = 960
_TOP, _ROOM, _GAP, _NODE, _FOOT = 58.0, 260.0, 9.0, 9.0, 24.0
_LEFT, _RIGHT = 8.0, 190.0
#: Places drawn by name in a column; the rest are put together.
_MOST = 7
#: Nodes lower than this get no name of their own [px].
_LEAST = 5.0

Place = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Stream:
    """A flow from a country's stage to a country's next stage: before and during, in one unit."""

    start: str
    end: str
    column: int
    before: float
    during: float


@dataclass(frozen=True, slots=True)
class Box:
    """A node's place: left edge, top, and height at rest and in the shock [px]."""

    x: float
    y: float
    rest: float
    now: float


def sankey(
    name: str,
    title: str,
    streams: Iterable[Stream],
    columns: Sequence[str],
    unit: str,
    say: Words,
    *,
    home: str = "CN",
) -> Figure:
    """Two drawings with the same places and the same scale; `columns` name the stages, `home` is coloured."""
    kept = _fold(tuple(streams), say("say.other"))
    boxes = _boxes(kept, len(columns), home)
    tall = max((box.y + box.rest for box in boxes.values()), default=_TOP) + _FOOT
    halves = []
    for place, during in enumerate((False, True)):
        drawn = _half(kept, boxes, columns, say, home=home, during=during)
        halves.append(tag("g", drawn, transform=f"translate(0 {place * tall:.0f})"))
    height = int(2 * tall)
    total = _desc(kept, columns, unit, say)
    return Figure(name, title, total, WIDTH, height, "".join(halves), _table(kept, columns, unit, say))


def _fold(streams: Sequence[Stream], other: str) -> tuple[Stream, ...]:
    """The streams with small places of each column put together, equal pairs added."""
    size: dict[Place, float] = defaultdict(float)
    for one in streams:
        size[(one.column, one.start)] += one.before
        size[(one.column + 1, one.end)] += one.before
    named: dict[int, set[str]] = {}
    for column in {place for place, _ in size}:
        ranked = sorted((n for c, n in size if c == column), key=lambda n: (-size[(column, n)], n))
        named[column] = set(ranked if len(ranked) <= _MOST else ranked[: _MOST - 1])
    sums: dict[tuple[int, str, str], list[float]] = defaultdict(lambda: [0.0, 0.0])
    for one in streams:
        start = one.start if one.start in named[one.column] else other
        end = one.end if one.end in named[one.column + 1] else other
        pair = sums[(one.column, start, end)]
        pair[0] += one.before
        pair[1] += one.during
    return tuple(Stream(start, end, c, *pair) for (c, start, end), pair in sorted(sums.items()))


def _sizes(streams: Sequence[Stream]) -> dict[Place, tuple[float, float]]:
    """What passes a place at rest and in the shock: the larger of what comes and what goes."""
    flow: dict[Place, list[float]] = defaultdict(lambda: [0.0] * 4)
    for one in streams:
        out, into = flow[(one.column, one.start)], flow[(one.column + 1, one.end)]
        out[0] += one.before
        out[1] += one.during
        into[2] += one.before
        into[3] += one.during
    return {place: (max(f[0], f[2]), max(f[1], f[3])) for place, f in flow.items()}


def _boxes(streams: Sequence[Stream], columns: int, home: str) -> dict[Place, Box]:
    sizes = _sizes(streams)
    by_column = [[(n, sizes[(c, n)]) for k, n in sizes if k == c] for c in range(columns)]
    most = max((sum(max(s) for _, s in column) for column in by_column), default=0.0)
    scale = _ROOM / most if most else 0.0
    step = (WIDTH - _LEFT - _RIGHT - _NODE) / max(columns - 1, 1)
    boxes: dict[Place, Box] = {}
    for c, column in enumerate(by_column):
        column.sort(key=lambda each: (each[0] != home, -max(each[1]), each[0]))
        y = _TOP
        for name, (rest, now) in column:
            boxes[(c, name)] = Box(_LEFT + c * step, y, rest * scale, now * scale)
            y += max(rest * scale, now * scale, 2) + max(_GAP, 13 - max(rest, now) * scale)
    return boxes


def _half(
    streams: Sequence[Stream],
    boxes: Mapping[Place, Box],
    columns: Sequence[str],
    say: Words,
    *,
    home: str,
    during: bool,
) -> str:
    head = words(say("supply.during" if during else "supply.before"), _LEFT, 16, "t b")
    step = (WIDTH - _LEFT - _RIGHT - _NODE) / max(len(columns) - 1, 1)
    names = "".join(words(column, _LEFT + c * step, _TOP - 16, "m") for c, column in enumerate(columns))
    ghosts = _ribbons(streams, boxes, home, during=False, ghost=True) if during else ""
    return (
        head + names + ghosts
        + _ribbons(streams, boxes, home, during=during)
        + _nodes(streams, boxes, say, home=home, during=during)
    )  # fmt: skip


def _ribbons(
    streams: Sequence[Stream], boxes: Mapping[Place, Box], home: str, *, during: bool, ghost: bool = False
) -> str:
    """Every stream as a ribbon; at each place they leave and arrive in the order of their other ends."""
    scale = _scale(streams, boxes)
    leave = sorted(
        streams, key=lambda s: (s.column, boxes[(s.column, s.start)].y, boxes[(s.column + 1, s.end)].y)
    )
    arrive = sorted(
        streams, key=lambda s: (s.column, boxes[(s.column + 1, s.end)].y, boxes[(s.column, s.start)].y)
    )
    outs = _tops(leave, boxes, scale, 0, during=during)
    ins = _tops(arrive, boxes, scale, 1, during=during)
    drawn = []
    for one in leave:
        wide = (one.during if during else one.before) * scale
        if wide < 0.05:
            continue
        x1 = boxes[(one.column, one.start)].x + _NODE
        x2 = boxes[(one.column + 1, one.end)].x
        kind = "sk-ghost" if ghost else ("sk-home" if one.start == home else "sk-other")
        drawn.append(_ribbon(x1, x2, outs[one], ins[one], max(wide, 0.6), kind, one))
    return "".join(drawn)


def _scale(streams: Sequence[Stream], boxes: Mapping[Place, Box]) -> float:
    sizes = _sizes(streams)
    place = max(sizes, key=lambda p: sizes[p][0], default=None)
    return boxes[place].rest / sizes[place][0] if place and sizes[place][0] else 0.0


def _tops(
    order: Sequence[Stream], boxes: Mapping[Place, Box], scale: float, side: int, *, during: bool
) -> dict[Stream, float]:
    """Where each stream starts (side 0) or ends (1), one after the other from the place's head."""
    used = {place: box.y for place, box in boxes.items()}
    tops = {}
    for one in order:
        place = (one.column + side, one.end if side else one.start)
        tops[one] = used[place]
        used[place] += (one.during if during else one.before) * scale
    return tops


def _ribbon(x1: float, x2: float, start: float, end: float, wide: float, kind: str, one: Stream) -> str:
    half = (x1 + x2) / 2
    path = (
        f"M{x1:.1f} {start:.1f}C{half:.1f} {start:.1f} {half:.1f} {end:.1f} {x2:.1f} {end:.1f}v{wide:.1f}"
        f"C{half:.1f} {end + wide:.1f} {half:.1f} {start + wide:.1f} {x1:.1f} {start + wide:.1f}z"
    )
    said = f"{one.start} → {one.end}: {spell(one.before)} → {spell(one.during)}"
    return tag("path", tag("title", escape(said)), d=path, class_=kind)


def _nodes(
    streams: Sequence[Stream], boxes: Mapping[Place, Box], say: Words, *, home: str, during: bool
) -> str:
    sizes = _sizes(streams)
    drawn = []
    for (column, name), box in boxes.items():
        tall = max(box.now if during else box.rest, 1.0)
        if during:
            drawn.append(
                tag("rect", x=box.x, y=box.y, width=_NODE, height=max(box.rest, 1), class_="sk-outline")
            )
        kind = "sk-n-home" if name == home else "sk-n"
        drawn.append(tag("rect", x=box.x, y=box.y, width=_NODE, height=tall, class_=kind))
        if max(box.rest, box.now) < _LEAST:
            continue
        rest, now = sizes[(column, name)]
        y = box.y + max(box.rest, box.now) / 2 + 4
        text = f"{say.maybe('country', name)} {spell(now if during else rest)}"
        drawn.append(named(text, _change(rest, now) if during else "", box.x + _NODE + 5, y, "t halo"))
    return "".join(drawn)


def _change(rest: float, now: float) -> str:
    if not rest or abs(now / rest - 1) < 0.005:
        return ""
    change = percent(now / rest - 1)
    return change if change.startswith("−") else f"+{change}"


def _desc(streams: Sequence[Stream], columns: Sequence[str], unit: str, say: Words) -> str:
    ranked = sorted(streams, key=lambda s: s.before - s.during, reverse=True)[:8]
    parts = "; ".join(
        f"{columns[s.column]} {say.maybe('country', s.start)} → {columns[s.column + 1]} "
        f"{say.maybe('country', s.end)}: {spell(s.before)} → {spell(s.during)}"
        for s in ranked
    )
    return say("supply.sankey_desc", unit=unit, parts=parts or say("say.none"))


def _table(streams: Sequence[Stream], columns: Sequence[str], unit: str, say: Words) -> Table:
    head = (
        say("label.from"), "", say("label.to"), "", f"{say('supply.before')} [{unit}]",
        f"{say('supply.during')} [{unit}]", say("supply.change"),
    )  # fmt: skip
    ordered = sorted(streams, key=lambda s: (s.column, -s.before, s.start, s.end))
    return Table(head, tuple(_row(s, columns, say) for s in ordered), frozenset({4, 5, 6}))


def _row(one: Stream, columns: Sequence[str], say: Words) -> tuple[str, ...]:
    change = percent(one.during / one.before - 1) if one.before else say("supply.new")
    return (
        columns[one.column], say.maybe("country", one.start),
        columns[one.column + 1], say.maybe("country", one.end),
        spell(one.before), spell(one.during), change,
    )  # fmt: skip
