"""Series with their bands as small multiples: one panel per thing, one or two series in each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from xenotime.report.figures.svg import Figure, Table, breadth, words
from xenotime.report.supply.fan import Fan, evenly, over, thin
from xenotime.report.supply.plot import Panel, frame, level, spread, traced
from xenotime.report.supply.scale import Axis, Days, above, below, larger, spell
from xenotime.report.words import Words

WIDTH = 960
_LEFT, _GAP, _TOP, _FOOT = 44.0, 64.0, 40.0, 34.0
#: Points per series that are drawn, and rows per panel of the table.
_POINTS, _ROWS = 120, 13


@dataclass(frozen=True, slots=True)
class Shown:
    """One panel: what it shows, its series, a second one beside it, and the levels at its edges.

    `low` and `high` fix the axis; None lets the numbers do it (from 0). `one` and `two` name the series;
    `log` asks for a logarithmic axis.
    """

    title: str
    fan: Fan
    beside: Fan | None = None
    low: float | None = None
    high: float | None = None
    one: str = ""
    two: str = ""
    log: bool = False


def bands(
    name: str, title: str, shown: Sequence[Shown], say: Words, *, across: int = 3, tall: float = 120
) -> Figure:
    """Panels side by side, `across` in a row, each `tall` [px] with its own axis and unit."""
    across = max(min(across, len(shown)), 1)
    wide = (WIDTH - _LEFT - (across - 1) * _GAP - 8) / across
    step = _TOP + tall + _FOOT
    scaled = [_scaled(one) for one in shown]
    body = []
    for place, one in enumerate(scaled):
        left = _LEFT + (place % across) * (wide + _GAP)
        top = _TOP + (place // across) * step
        body.append(_panel(one, left, top, wide, tall, say))
    height = int(-(-len(shown) // across) * step + 6) if shown else 40
    if not shown:
        body.append(words(say("supply.nothing"), 0, 20, "m"))
    return Figure(name, title, _desc(scaled, say), WIDTH, height, "".join(body), _table(scaled, say))


def _scaled(one: Shown) -> Shown:
    """The panel in a unit that its numbers fit."""
    high = max(one.fan.high, one.beside.high if one.beside else 0.0, one.fan.rest or 0.0)
    factor, unit = larger(one.fan.unit, high)
    beside = over(thin(one.beside, _POINTS), factor, unit) if one.beside else None
    fan = over(thin(one.fan, _POINTS), factor, unit)
    return replace(one, fan=fan, beside=beside)


def _panel(one: Shown, left: float, top: float, wide: float, tall: float, say: Words) -> str:
    fan = one.fan
    low, high = _bounds(one)
    x = Days(fan.days[0], fan.days[-1], left, left + wide)
    panel = Panel(x, Axis(low, high, top + tall, top, one.log))
    drawn = [frame(panel, one.title, say.maybe("unit", fan.unit), most=max(int(wide / 64), 2))]
    if fan.rest is not None:
        drawn.append(level(panel, fan.rest))
    if one.beside:
        drawn.append(spread(panel, one.beside, "b"))
    drawn.append(spread(panel, fan, "a"))
    if one.beside:
        drawn.append(_ends(panel, one))
    return "".join(drawn)


def _bounds(one: Shown) -> tuple[float, float]:
    """The axis' ends: from 0 to a round number, or what the panel fixes."""
    fans = [one.fan, *([one.beside] if one.beside else [])]
    high = max([one.fan.rest or 0.0, *(each.high for each in fans)])
    low = min(each.low for each in fans)
    if one.log:
        least = min([one.fan.rest or high, *(v for each in fans for v in each.p05 if v > 0)])
        return (one.low or below(least)), (one.high or above(high))
    floor = -above(-low) if low < 0 else 0.0
    return (floor if one.low is None else one.low), (above(high) if one.high is None else one.high)


def _ends(panel: Panel[Days], one: Shown) -> str:
    """The names of both series where they lie farthest apart: the upper above its line, the lower below."""
    if one.beside is None or not (one.one or one.two):
        return ""
    here, there = traced(panel, one.fan, one.fan.p50), traced(panel, one.beside, one.beside.p50)
    k = max(range(len(here)), key=lambda place: abs(here[place][1] - there[place][1]))
    drawn = []
    for name, own, other, kind in ((one.one, here[k], there[k], "a"), (one.two, there[k], here[k], "b")):
        half = breadth(name, 13) / 2
        x = min(max(own[0], panel.left + half), panel.right - half)
        y = own[1] - 7 if own[1] < other[1] else own[1] + 16
        drawn.append(
            words(
                name, x, max(min(y, panel.floor - 4), panel.top + 9), f"l-{kind} halo", text_anchor="middle"
            )
        )
    return "".join(drawn)


def _rows(one: Shown, say: Words) -> list[tuple[str, ...]]:
    found = []
    for fan, name in ((one.fan, one.one), (one.beside, one.two)):
        if fan is None:
            continue
        label = f"{one.title}: {name}" if name else one.title
        found += [
            (label, fan.days[k].isoformat(), *(spell(v) for v in fan.at(k)), say.maybe("unit", fan.unit))
            for k in evenly(len(fan.days), _ROWS)
        ]
    return found


def _table(shown: Sequence[Shown], say: Words) -> Table:
    head = (
        say("supply.what"), say("supply.day"), "5 %", "25 %", say("supply.median"), "75 %", "95 %",
        say("supply.unit"),
    )  # fmt: skip
    return Table(head, tuple(row for one in shown for row in _rows(one, say)), frozenset(range(2, 7)))


def _desc(shown: Sequence[Shown], say: Words) -> str:
    parts = "; ".join(
        say(
            "supply.bands_part",
            what=one.title, unit=say.maybe("unit", one.fan.unit), first=one.fan.days[0].isoformat(),
            last=one.fan.days[-1].isoformat(), start=spell(one.fan.p50[0]), end=spell(one.fan.p50[-1]),
            least=spell(min(one.fan.p50)), most=spell(max(one.fan.p50)),
        )
        for one in shown
    )  # fmt: skip
    return say("supply.bands_desc", parts=parts or say("say.none"))
