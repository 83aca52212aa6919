"""The parts of a plot: a panel's frame with its axes, bands, lines and points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Generic, TypeVar

from xenotime.report.figures.svg import breadth, clip, tag, words
from xenotime.report.supply.fan import Fan
from xenotime.report.supply.scale import Axis, Days, spell

Point = tuple[float, float]
X = TypeVar("X", Days, Axis)


@dataclass(frozen=True, slots=True)
class Panel(Generic[X]):
    """A rectangle of the drawing [px] with its two axes: `x` over days or values, `y` over values."""

    x: X
    y: Axis

    @property
    def left(self) -> float:
        """Its left edge."""
        return self.x.start

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x.end

    @property
    def top(self) -> float:
        """Its upper edge."""
        return self.y.end

    @property
    def floor(self) -> float:
        """Its lower edge."""
        return self.y.start


#: A panel over days or over values.
Over = Panel[Days] | Panel[Axis]


def frame(panel: Over, title: str, unit: str, *, most: int = 8, note: str = "") -> str:
    """Grid, ticks and the panel's name: what is drawn, then its unit in brackets."""
    room = panel.right - panel.left + 34 - breadth(f" [{unit}]", 11) - (breadth(note, 11) + 16 if note else 0)
    drawn = [named(clip(title, room, 13.5), f"[{unit}]", panel.left - 34, panel.top - 12)]
    if note:
        drawn.append(words(note, panel.right, panel.top - 12, "m", text_anchor="end"))
    return "".join(drawn) + rows(panel) + columns(panel, most)


def named(text: str, more: str, x: float, y: float, kind: str = "t b") -> str:
    """A line of text with something muted after it."""
    return tag("text", f"{escape(text)} {tag('tspan', escape(more), class_='m')}", x=x, y=y, class_=kind)


def rows(panel: Over, spelt: Sequence[str] = ()) -> str:
    """The values' grid and texts, left of the panel."""
    marks = []
    for place, value in enumerate(panel.y.ticks):
        y = panel.y.at(value)
        marks.append(tag("line", x1=panel.left, x2=panel.right, y1=y, y2=y, class_="g"))
        text = spelt[place] if spelt else spell(value)
        marks.append(words(text, panel.left - 6, y + 4, "m", text_anchor="end"))
    return "".join(marks)


def columns(panel: Over, most: int = 8) -> str:
    """The days' (or values') ticks and texts, under the panel."""
    x = panel.x
    if isinstance(x, Days):
        ticked = [(x.at(day), text) for day, text in x.ticks(most)]
    else:
        ticked = [(x.at(value), spell(value)) for value in x.ticks]
    base = tag("line", x1=panel.left, x2=panel.right, y1=panel.floor, y2=panel.floor, class_="ax")
    marks = [base]
    last = -1e9
    for place, text in ticked:
        marks.append(tag("line", x1=place, x2=place, y1=panel.floor, y2=panel.floor + 4, class_="ax"))
        half = breadth(text, 11) / 2
        if place - half > last + 6:
            marks.append(words(text, place, panel.floor + 16, "m", text_anchor="middle"))
            last = place + half
    return "".join(marks)


def line(points: Sequence[Point], kind: str) -> str:
    """A line through points [px]."""
    return tag("path", d="M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points), class_=kind) if points else ""


def area(upper: Sequence[Point], lower: Sequence[Point], kind: str) -> str:
    """The area between two lines [px]."""
    if not upper:
        return ""
    round_trip = [*upper, *reversed(lower)]
    return tag("path", d="M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in round_trip) + "z", class_=kind)


def traced(panel: Panel[Days], fan: Fan, values: Sequence[float]) -> list[Point]:
    """The points of one quantile [px]."""
    return [(panel.x.at(day), panel.y.at(v)) for day, v in zip(fan.days, values, strict=True)]


def spread(panel: Panel[Days], fan: Fan, side: str) -> str:
    """A fan: the 5–95 % band, the 25–75 % band in it, and the median; `side` a or b."""
    low, soon, mid, late, high = (
        traced(panel, fan, values) for values in (fan.p05, fan.p25, fan.p50, fan.p75, fan.p95)
    )
    return area(high, low, f"sb-w v{side}") + area(late, soon, f"sb-n v{side}") + line(mid, f"sb-m v{side}")


def level(panel: Over, value: float, label: str = "") -> str:
    """A level across the panel, named above its right end."""
    y = panel.y.at(value)
    drawn = tag("line", x1=panel.left, x2=panel.right, y1=y, y2=y, class_="sb-rest")
    if label:
        drawn += words(label, panel.right, y - 4, "m halo", text_anchor="end")
    return drawn


def upright(panel: Over, place: float, kind: str = "now") -> str:
    """A line across the panel from top to bottom at a place [px]."""
    return tag("line", x1=place, x2=place, y1=panel.top, y2=panel.floor, class_=kind)


def point(shape: str, x: float, y: float, kind: str = "", size: float = 4.5) -> str:
    """A mark with its middle at (x, y): dot, ring, diamond, square, triangle."""
    if shape in ("dot", "ring"):
        return tag("circle", cx=x, cy=y, r=size, class_=f"sp-{shape} {kind}".strip())
    side = f"{size:.1f}"
    paths = {
        "diamond": f"M{x:.1f} {y - size:.1f}l{side} {side}l-{side} {side}l-{side} -{side}z",
        "square": f"M{x - size:.1f} {y - size:.1f}h{2 * size:.1f}v{2 * size:.1f}h-{2 * size:.1f}z",
        "triangle": f"M{x:.1f} {y - size:.1f}l{side} {1.8 * size:.1f}h-{2 * size:.1f}z",
    }
    return tag("path", d=paths[shape], class_=f"sp-{shape} {kind}".strip())


def whisker(low: float, high: float, y: float, kind: str = "", *, cap: float = 4, ends: bool = True) -> str:
    """A flat interval [px] with caps; one that does not end in the drawing (`ends`) has an arrow there."""
    side = f"{cap:g}"
    closed, arrow = (
        f"M{high:.1f} {y - cap:.1f}v{2 * cap:g}",
        f"M{high - cap:.1f} {y - cap:.1f}l{side} {side}l-{side} {side}",
    )
    tip = closed if ends else arrow
    caps = f"M{low:.1f} {y - cap:.1f}v{2 * cap:g}{tip}"
    path = f"{caps}M{low:.1f} {y:.1f}H{high:.1f}"
    return tag("path", d=path, class_=f"sw {kind}".strip())
