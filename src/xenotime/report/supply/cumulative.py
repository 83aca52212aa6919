"""What two sides have lost by each day, with bands, and the day on which the one overtakes the other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from xenotime.report.figures.svg import Figure, Table, breadth, tag, words
from xenotime.report.supply.fan import Fan, evenly, over, thin
from xenotime.report.supply.plot import Panel, frame, spread, traced, upright
from xenotime.report.supply.scale import Axis, Days, above, larger, spell
from xenotime.report.words import Words

WIDTH, _LEFT, _RIGHT, _TOP, _TALL = 960.0, 52.0, 140.0, 46.0, 280.0


@dataclass(frozen=True, slots=True)
class Even:
    """The day on which the sums cross: 5 %, median, 95 %; None where they do not within the horizon."""

    low: date | None
    mid: date | None
    high: date | None


def cumulative(
    name: str, title: str, one: Fan, two: Fan, names: tuple[str, str], even: Even, say: Words
) -> Figure:
    """Both sums over days; a dashed line and a shade show the break-even day and how sure it is."""
    factor, unit = larger(one.unit, max(one.high, two.high))
    one, two = (over(thin(f, 140), factor, unit) for f in (one, two))
    low = min(one.low, two.low, 0.0)
    axis = Axis(-above(-low) if low < 0 else 0.0, above(max(one.high, two.high)), _TOP + _TALL, _TOP)
    panel = Panel(Days(one.days[0], one.days[-1], _LEFT, WIDTH - _RIGHT), axis)
    body = [
        frame(panel, say("supply.lost_so_far"), say.maybe("unit", unit)),
        _even(panel, even, say),
        spread(panel, two, "b"),
        spread(panel, one, "a"),
        _names(panel, (one, two), names),
    ]
    height = int(_TOP + _TALL + 34)
    desc = _desc((one, two), names, even, say)
    return Figure(name, title, desc, int(WIDTH), height, "".join(body), _table((one, two), names, say))


def _even(panel: Panel[Days], even: Even, say: Words) -> str:
    if even.mid is None:
        return words(say("supply.no_even"), panel.left + 8, panel.top + 14, "m halo")
    x = panel.x
    drawn = ""
    if even.low:
        start, end = x.at(even.low), x.at(even.high or x.last)
        wide, tall = max(end - start, 1), panel.floor - panel.top
        drawn = tag("rect", x=start, y=panel.top, width=wide, height=tall, class_="s-shade")
    place = x.at(even.mid)
    text = say("supply.even_on", day=even.mid.isoformat())
    left = place + 6 + breadth(text) < panel.right
    return (
        drawn
        + upright(panel, place)
        + words(
            text,
            place + (6 if left else -6),
            panel.top + 14,
            "t b halo",
            text_anchor="start" if left else "end",
        )
    )


def _names(panel: Panel[Days], fans: tuple[Fan, Fan], names: tuple[str, str]) -> str:
    ends = [traced(panel, f, f.p50)[-1][1] + 4 for f in fans]
    if abs(ends[0] - ends[1]) < 30:
        upper = 0 if ends[0] <= ends[1] else 1
        middle = sum(ends) / 2
        ends[upper], ends[1 - upper] = middle - 15, middle + 15
    drawn = []
    for fan, name, y, kind in zip(fans, names, ends, "ab", strict=True):
        drawn.append(words(name, panel.right + 8, y, f"l-{kind}"))
        drawn.append(words(spell(fan.p50[-1]), panel.right + 8, y + 13, "m"))
    return "".join(drawn)


def _desc(fans: tuple[Fan, Fan], names: tuple[str, str], even: Even, say: Words) -> str:
    one, two = (
        f"{spell(f.p50[-1])} ({spell(f.p05[-1])} – {spell(f.p95[-1])}) {say.maybe('unit', f.unit)}"
        for f in fans
    )
    day = even.mid.isoformat() if even.mid else say("supply.never")
    return say(
        "supply.cumulative_desc", a=names[0], b=names[1], one=one, two=two, last=fans[0].days[-1], day=day
    )


def _table(fans: tuple[Fan, Fan], names: tuple[str, str], say: Words) -> Table:
    head = [say("supply.day")]
    for fan, name in zip(fans, names, strict=True):
        unit = say.maybe("unit", fan.unit)
        head += [f"{name} 5 % [{unit}]", f"{name} {say('supply.median')}", f"{name} 95 %"]
    rows = tuple(
        (
            fans[0].days[k].isoformat(),
            *(spell(v) for fan in fans for v in (fan.p05[k], fan.p50[k], fan.p95[k])),
        )
        for k in evenly(len(fans[0].days), 13)
    )
    return Table(tuple(head), rows, frozenset(range(1, 7)))
