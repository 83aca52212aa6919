"""Law over output: how the law treats each kind of movement by day, and below it what was made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

from xenotime.report.figures.svg import Figure, Table, breadth, clip, symbol, tag, words
from xenotime.report.supply.fan import Fan, evenly, thin
from xenotime.report.supply.plot import Panel, columns, level, rows, spread, upright
from xenotime.report.supply.scale import Axis, Days, above, percent
from xenotime.report.words import Words

WIDTH = 960.0
_LEFT, _RIGHT, _TOP, _LANE, _BAR, _CURVE, _GAP = 268.0, 12.0, 30.0, 34.0, 15.0, 104.0, 30.0
_POINTS = 150


@dataclass(frozen=True, slots=True)
class Spell:
    """A stretch of days under one outcome of the law, both days included; `says` is its reason."""

    outcome: str
    first: date
    last: date
    held: float
    says: str


@dataclass(frozen=True, slots=True)
class Lane:
    """A kind of movement: which goods, where to, and its stretches."""

    label: str
    note: str
    spells: tuple[Spell, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A dated event: its number is drawn, its words stand in the list under the figure."""

    day: date
    says: str


def timeline(
    name: str,
    title: str,
    lanes: Sequence[Lane],
    marks: Sequence[Mark],
    curves: Sequence[tuple[str, Fan]],
    say: Words,
) -> Figure:
    """Lanes of the law over curves of shares of rest; numbered lines run through both."""
    first, last = _ends(lanes, curves)
    x = Days(first, last, _LEFT, WIDTH - _RIGHT)
    floor = _TOP + max(len(lanes), 1) * _LANE + _GAP
    body = [_lane(lane, _TOP + place * _LANE, x, say) for place, lane in enumerate(lanes)]
    if not lanes:
        body.append(words(say("supply.no_law"), x.start, _TOP + 18, "m"))
    for label, fan in curves:
        body.append(_curve(label, fan, x, floor, say))
        floor += _CURVE + _GAP
    height = int(floor - _GAP + 30)
    axis = Panel(x, Axis(0, 1, height - 30, _TOP))
    body = [_marks(marks, axis), columns(axis, 9), *body]
    desc = say("supply.timeline_desc", lanes=_lanes_told(lanes, say), curves=_curves_told(curves, say))
    return Figure(name, title, desc, int(WIDTH), height, "".join(body), _table(lanes, curves, say))


def _ends(lanes: Sequence[Lane], curves: Sequence[tuple[str, Fan]]) -> tuple[date, date]:
    days = [day for _, fan in curves for day in (fan.days[0], fan.days[-1])]
    days = days or [day for lane in lanes for spell in lane.spells for day in (spell.first, spell.last)]
    return min(days), max(days)


def _lane(lane: Lane, y: float, x: Days, say: Words) -> str:
    drawn = [
        words(clip(lane.label, _LEFT - 14), 0, y + 12),
        words(clip(lane.note, _LEFT - 14, 11), 0, y + 26, "m"),
    ]
    for spell in lane.spells:
        start, end = x.at(spell.first), x.at(spell.last + timedelta(days=1))
        if end - start < 0.5:
            continue
        drawn.append(_stretch(spell, start, end, y + 2, say))
    return tag("g", "".join(drawn))


def _stretch(spell: Spell, start: float, end: float, y: float, say: Words) -> str:
    """A bar in its outcome's colour; what is free is a thin line, so that control stands out."""
    name = say.maybe("outcome", spell.outcome)
    told = f"{name} {spell.first} – {spell.last}. {spell.says}"
    title = tag("title", escape(told))
    if spell.outcome == "not_controlled":
        path = f"M{start:.1f} {y + _BAR / 2:.1f}H{end:.1f}"
        return tag("g", title + tag("path", d=path, class_="st-free"))
    law = f"st-law f-{spell.outcome}"
    drawn = tag("rect", x=start, y=y, width=end - start, height=_BAR, rx=2, class_=law)
    if end - start > 18:
        drawn += symbol(spell.outcome, start + 10, y + _BAR / 2, 10)
    held = f" · {say('supply.held', share=percent(spell.held))}" if spell.held else ""
    text = next((t for t in (name + held, name) if breadth(t, 11) + 24 < end - start), "")
    return tag("g", title + drawn + words(text, start + 19, y + 11.5, "t l"))


def _curve(label: str, fan: Fan, x: Days, top: float, say: Words) -> str:
    fan = thin(fan, _POINTS)
    panel = Panel(x, Axis(0, max(above(fan.high), 1.0), top + _CURVE, top))
    spelt = tuple(percent(v) for v in panel.y.ticks)
    rest = fan.rest if fan.rest is not None else 1.0
    return (
        words(clip(label, _LEFT - 60), 0, top + 12, "t b")
        + words(say("supply.share_of_rest"), 0, top + 26, "m")
        + rows(panel, spelt)
        + level(panel, rest)
        + spread(panel, fan, "a")
        + tag("line", x1=x.start, x2=x.end, y1=panel.floor, y2=panel.floor, class_="ax")
    )


def _marks(marks: Sequence[Mark], panel: Panel[Days]) -> str:
    """A number at the head of a line for each event; numbers that would meet are moved apart."""
    x = panel.x
    drawn, last = [], -1e9
    for number, mark in enumerate(marks, 1):
        place = x.at(mark.day)
        head = max(place, last + 18)
        last = head
        drawn.append(
            tag("path", d=f"M{head:.1f} 18L{place:.1f} {_TOP - 2:.1f}V{panel.floor:.1f}", class_="st-mark")
        )
        drawn.append(tag("circle", cx=head, cy=10, r=8, class_="st-dot"))
        drawn.append(words(str(number), head, 14, "st-n", text_anchor="middle"))
    return "".join(drawn) + upright(panel, x.start, "g")


def _lanes_told(lanes: Sequence[Lane], say: Words) -> str:
    return "; ".join(
        f"{lane.label} ({lane.note}): "
        + ", ".join(f"{say.maybe('outcome', s.outcome)} {s.first} – {s.last}" for s in lane.spells)
        for lane in lanes
    ) or say("say.none")


def _curves_told(curves: Sequence[tuple[str, Fan]], say: Words) -> str:
    parts = []
    for label, fan in curves:
        k = min(range(len(fan.days)), key=lambda place: fan.p50[place])
        parts.append(say("supply.lowest", what=label, share=percent(fan.p50[k]), day=fan.days[k]))
    return "; ".join(parts) or say("say.none")


def _table(lanes: Sequence[Lane], curves: Sequence[tuple[str, Fan]], say: Words) -> Table:
    head = (
        say("supply.what"),
        "",
        say("label.first"),
        say("label.last"),
        "5 %",
        say("supply.median"),
        "95 %",
        "",
    )
    law = [
        (
            lane.label, say.maybe("outcome", s.outcome), s.first.isoformat(), s.last.isoformat(),
            "", "", "", s.says,
        )
        for lane in lanes
        for s in lane.spells
    ]  # fmt: skip
    made = [
        (
            label,
            say("supply.share_of_rest"),
            fan.days[k].isoformat(),
            "",
            *map(percent, (fan.p05[k], fan.p50[k], fan.p95[k])),
            "",
        )
        for label, fan in curves
        for k in evenly(len(fan.days), 13)
    ]
    return Table(head, (*law, *made), frozenset({4, 5, 6}))
