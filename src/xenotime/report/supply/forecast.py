"""What was observed beside what was forecast: bands, points, naive forecasts, parts of the protocol."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from xenotime.report.figures.svg import Figure, Table, tag, words
from xenotime.report.supply.fan import Fan, over
from xenotime.report.supply.plot import Panel, frame, line, point, spread, upright
from xenotime.report.supply.scale import Axis, Days, above, larger, spell
from xenotime.report.words import Words

WIDTH, _LEFT, _RIGHT, _TOP, _TALL, _FOOT = 960.0, 52.0, 150.0, 46.0, 170.0, 42.0


@dataclass(frozen=True, slots=True)
class Series:
    """One series: forecast fan, observed points, naive forecasts by name, and what part each day is of.

    `parts` are (first day, name) of the stretches: fitted, validated, held out. `observed` may lack days, and
    a naive forecast may lack values (None).
    """

    title: str
    forecast: Fan
    observed: tuple[tuple[date, float], ...]
    naive: Mapping[str, tuple[float | None, ...]]
    parts: tuple[tuple[date, str], ...] = ()


def forecast(
    name: str, title: str, series: Sequence[Series], say: Words, *, edges: tuple[str, str] = ("5 %", "95 %")
) -> Figure:
    """A panel per series: filled marks where an observation lies in the band, hollow where not.

    `edges` name the quantiles that bound the band.
    """
    body, top = [], _TOP
    scaled = [_scaled(one) for one in series]
    order = list(dict.fromkeys(label for one in scaled for label in one.naive))
    for one in scaled:
        body.append(_panel(one, top, order, say))
        top += _TOP + _TALL + _FOOT
    height = int(top - _TOP + 8)
    desc = say("supply.forecast_desc", parts="; ".join(_told(one, say) for one in scaled) or say("say.none"))
    return Figure(name, title, desc, int(WIDTH), height, "".join(body), _table(scaled, edges, say))


def inside(one: Series) -> tuple[int, int]:
    """How many observations lie in the band, and how many there are with a forecast."""
    place = {day: k for k, day in enumerate(one.forecast.days)}
    seen = [(place[day], v) for day, v in one.observed if day in place]
    return sum(one.forecast.p05[k] <= v <= one.forecast.p95[k] for k, v in seen), len(seen)


def _scaled(one: Series) -> Series:
    high = max([one.forecast.high, *(v for _, v in one.observed)])
    factor, unit = larger(one.forecast.unit, high)
    return Series(
        one.title,
        over(one.forecast, factor, unit),
        tuple((day, v / factor) for day, v in one.observed),
        {name: tuple(None if v is None else v / factor for v in row) for name, row in one.naive.items()},
        one.parts,
    )


def _panel(one: Series, top: float, order: Sequence[str], say: Words) -> str:
    fan = one.forecast
    every = [fan.high, *(v for _, v in one.observed), *_known(one)]
    days = [*fan.days, *(day for day, _ in one.observed)]
    panel = Panel(
        Days(min(days), max(days), _LEFT, WIDTH - _RIGHT), Axis(0, above(max(every)), top + _TALL, top)
    )
    got, total = inside(one)
    note = say("supply.inside_band", n=got, all=total)
    drawn = [frame(panel, one.title, say.maybe("unit", fan.unit), note=note), _parts(one, panel, say)]
    drawn.append(spread(panel, fan, "a"))
    for place, (label, row) in enumerate(one.naive.items()):
        drawn.append(_naive(panel, fan, label, row, (place, order.index(label))))
    drawn.append(_points(one, panel))
    return "".join(drawn)


def _parts(one: Series, panel: Panel[Days], say: Words) -> str:
    drawn = []
    for day, part in one.parts:
        place = panel.x.at(day)
        drawn.append(upright(panel, place, "sb-part"))
        drawn.append(words(say.maybe("part_of", part), place + 4, panel.floor + 32, "m"))
    return "".join(drawn)


def _known(one: Series) -> list[float]:
    return [v for row in one.naive.values() for v in row if v is not None]


def _naive(
    panel: Panel[Days], fan: Fan, label: str, row: Sequence[float | None], rank: tuple[int, int]
) -> str:
    """A thin line and its name beside the panel; `rank`: its place there, and its dashes."""
    points = [(panel.x.at(day), panel.y.at(v)) for day, v in zip(fan.days, row, strict=True) if v is not None]
    y = panel.top + 12 + rank[0] * 15
    key = tag("path", d=f"M{panel.right + 10:.1f} {y - 4:.1f}h20", class_=f"sb-naive n{rank[1]}")
    return line(points, f"sb-naive n{rank[1]}") + key + words(label, panel.right + 36, y, "m")


def _points(one: Series, panel: Panel[Days]) -> str:
    fan = one.forecast
    place = {day: k for k, day in enumerate(fan.days)}
    drawn = []
    for day, v in one.observed:
        k = place.get(day)
        met = k is None or fan.p05[k] <= v <= fan.p95[k]
        shape = "dot" if met else "ring"
        drawn.append(point(shape, panel.x.at(day), panel.y.at(v), "ink", 4))
    return "".join(drawn)


def _told(one: Series, say: Words) -> str:
    got, total = inside(one)
    return f"{one.title}: {say('supply.inside_band', n=got, all=total)}"


def _table(series: Sequence[Series], edges: tuple[str, str], say: Words) -> Table:
    named = list(dict.fromkeys(label for one in series for label in one.naive))
    first = tuple(say(f"supply.{key}") for key in ("what", "day", "observed"))
    head = (*first, edges[0], "25 %", say("supply.median"), "75 %", edges[1], *named, say("supply.unit"))
    rows = []
    for one in series:
        seen, fan = dict(one.observed), one.forecast
        for k, day in enumerate(fan.days):
            naive = [spell(one.naive[label][k]) if label in one.naive else "–" for label in named]
            unit = say.maybe("unit", fan.unit)
            rows.append(
                (one.title, day.isoformat(), spell(seen.get(day)), *map(spell, fan.at(k)), *naive, unit)
            )
    return Table(head, tuple(rows), frozenset(range(2, 8 + len(named))))
