"""Which lines stand, when and how surely: one strip per sector, with the days of the first stop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from xenotime.report.figures.svg import Figure, Table, clip, tag, words
from xenotime.report.supply.fan import Fan, evenly, thin
from xenotime.report.supply.plot import area, line, point, whisker
from xenotime.report.supply.scale import Axis, Days, percent
from xenotime.report.words import Words

WIDTH = 960
_LEFT, _RIGHT, _TOP, _ROW, _BAR = 208.0, 262.0, 44.0, 40.0, 26.0
_CELLS = 90


@dataclass(frozen=True, slots=True)
class Strip:
    """One sector: its share of lines standing over days, in how many draws one stops, and the first day.

    `first` and `days` stood are 5 %, median and 95 % among the draws in which a line stops; `note` says what
    the sector is, under its name.
    """

    label: str
    note: str
    standing: Fan
    odds: float
    first: tuple[date | None, date | None, date | None]
    days: tuple[float | None, float | None, float | None]


def stops(name: str, title: str, strips: Sequence[Strip], say: Words) -> Figure:
    """Strips over days: fill and height are the share of lines that stand, the mark is the first stop."""
    drawn = [Strip(s.label, s.note, thin(s.standing, _CELLS), s.odds, s.first, s.days) for s in strips]
    height = int(_TOP + max(len(drawn), 1) * _ROW + 30)
    if not drawn:
        body = words(say("supply.no_stops"), 0, 24, "m")
        return Figure(name, title, say("supply.no_stops"), WIDTH, 40, body, _table(drawn, say))
    days = drawn[0].standing.days
    x = Days(days[0], days[-1], _LEFT, WIDTH - _RIGHT)
    marks = [_heads(say), _axis(x, height)]
    for place, strip in enumerate(drawn):
        marks.append(_strip(strip, _TOP + place * _ROW, x, say))
    return Figure(name, title, _desc(drawn, say), WIDTH, height, "".join(marks), _table(drawn, say))


def _heads(say: Words) -> str:
    right = WIDTH - _RIGHT
    return (
        words(say("supply.sector"), 0, 14, "m")
        + words(say("supply.standing_axis"), _LEFT, 14, "m")
        + words(say("supply.odds"), right + 60, 14, "m", text_anchor="end")
        + words(say("supply.first_stop"), right + 76, 14, "m")
        + words(say("supply.stood"), WIDTH, 14, "m", text_anchor="end")
    )


def _axis(x: Days, height: float) -> str:
    marks = []
    for day, text in x.ticks(7):
        place = x.at(day)
        marks.append(tag("line", x1=place, x2=place, y1=_TOP - 10, y2=height - 26, class_="g"))
        marks.append(words(text, place, height - 10, "m", text_anchor="middle"))
    return "".join(marks)


def _strip(strip: Strip, y: float, x: Days, say: Words) -> str:
    base = y + _BAR
    axis = Axis(0, 1, base, y)
    marks = [
        words(clip(strip.label, _LEFT - 16), 0, y + 11, "t b"),
        words(clip(strip.note, _LEFT - 16, 11), 0, y + 25, "m"),
        tag("rect", x=x.start, y=y, width=x.end - x.start, height=_BAR, class_="ss-0"),
        _fill(strip.standing, x, axis),
        tag("line", x1=x.start, x2=x.end, y1=base, y2=base, class_="ax"),
        _first(strip, x, base),
        _numbers(strip, y, say),
    ]
    return tag("g", "".join(marks))


def _fill(fan: Fan, x: Days, axis: Axis) -> str:
    """The likely share as a filled hill (its colour grows with it), the 95 % bound as a line above."""
    places = [x.at(day) for day in fan.days]
    floor = [(place, axis.start) for place in places]

    def path(row: tuple[float, ...]) -> list[tuple[float, float]]:
        return [(place, axis.at(v)) for place, v in zip(places, row, strict=True)]

    return (
        area(path(fan.p95), floor, "ss-w")
        + area(path(fan.p75), floor, "ss-n")
        + area(path(fan.p50), floor, "ss-m")
        + line(path(fan.p50), "ss-l")
    )


def _first(strip: Strip, x: Days, base: float) -> str:
    low, mid, high = strip.first
    if mid is None:
        return ""
    y = base + 5
    drawn = ""
    if low:
        end = x.at(high) if high else x.end
        drawn = whisker(x.at(low), end, y, "harm", cap=3, ends=high is not None)
    return drawn + point("diamond", x.at(mid), y, "harm", 4)


def _numbers(strip: Strip, y: float, say: Words) -> str:
    right = WIDTH - _RIGHT
    low, mid, high = strip.first
    marks = [words(percent(strip.odds), right + 60, y + 11, "t b", text_anchor="end")]
    if mid is None:
        return marks[0] + words(say("supply.never"), right + 76, y + 11, "m")
    marks.append(words(mid.isoformat(), right + 76, y + 11))
    if low:
        late = _short(high, low) if high else say("supply.never_word")
        marks.append(words(f"{_short(low, mid)} – {late}", right + 76, y + 25, "m"))
    least, usual, most = strip.days
    if usual is not None:
        marks.append(words(say("supply.days", n=f"{usual:.0f}"), WIDTH, y + 11, "t", text_anchor="end"))
    if least is not None and most is not None:
        marks.append(words(f"{least:.0f} – {most:.0f}", WIDTH, y + 25, "m", text_anchor="end"))
    return "".join(marks)


def _short(day: date, near: date) -> str:
    """A day beside another one: without its year where that is the same."""
    return f"{day:%m-%d}" if day.year == near.year else day.isoformat()


def _desc(strips: Sequence[Strip], say: Words) -> str:
    parts = "; ".join(
        say(
            "supply.stop_part",
            what=f"{s.label} ({s.note})" if s.note else s.label, odds=percent(s.odds),
            day=s.first[1].isoformat() if s.first[1] else say("supply.never"),
            worst=percent(max(s.standing.p50, default=0)),
        )
        for s in strips
    )  # fmt: skip
    return say("supply.stops_desc", parts=parts)


def _table(strips: Sequence[Strip], say: Words) -> Table:
    head = (
        say("supply.sector"), "", say("supply.odds"), say("supply.first_stop"), "5 %", "95 %",
        say("supply.stood"), say("supply.worst"), "5–95 %", *_months(strips),
    )  # fmt: skip
    rows = tuple((*_row(s, say), *_sampled(s)) for s in strips)
    return Table(head, rows, frozenset({2, *range(6, len(head))}))


def _months(strips: Sequence[Strip]) -> tuple[str, ...]:
    days = strips[0].standing.days if strips else ()
    return tuple(days[k].isoformat() for k in evenly(len(days), 7)) if days else ()


def _sampled(strip: Strip) -> tuple[str, ...]:
    return tuple(percent(strip.standing.p50[k]) for k in evenly(len(strip.standing.days), 7))


def _row(strip: Strip, say: Words) -> tuple[str, ...]:
    fan = strip.standing
    worst = max(range(len(fan.p50)), key=lambda k: fan.p50[k]) if fan.p50 else 0
    spelt = [d.isoformat() if d else say("supply.never") for d in strip.first]
    days = [f"{d:.0f}" if d is not None else "–" for d in strip.days]
    return (
        strip.label, strip.note, percent(strip.odds), spelt[1], spelt[0], spelt[2], days[1],
        percent(fan.p50[worst]), f"{percent(fan.p05[worst])} – {percent(fan.p95[worst])}",
    )  # fmt: skip
