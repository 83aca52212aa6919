"""Numbers with their intervals in rows: a mark for the median, a line from 5 to 95 %, one axis for all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xenotime.report.figures.svg import Figure, Table, breadth, clip, tag, words
from xenotime.report.supply.plot import Panel, columns, point, upright, whisker
from xenotime.report.supply.scale import Axis, above, below, between, spell
from xenotime.report.words import Words

WIDTH = 960.0
_HEAD, _TOP, _ROW, _STEP = 34.0, 14.0, 34.0, 17.0
#: Marks by the place of a row's series: never told apart by colour alone.
SHAPES = (("dot", "va"), ("diamond", "vb"), ("square", "vc"), ("triangle", "vd"))


@dataclass(frozen=True, slots=True)
class Row:
    """One number: its name, what stands under it, which series it is of (its place), and its interval.

    None where there is none; `says` is written in place of the number when there is no median. `inner` is
    the 25–75 % interval.
    """

    label: str
    low: float | None
    mid: float | None
    high: float | None
    note: str = ""
    series: int = 0
    says: str = ""
    inner: tuple[float | None, float | None] = (None, None)


def bars(
    name: str,
    title: str,
    rows: Sequence[Row],
    unit: str,
    say: Words,
    *,
    series: Sequence[str] = (),
    log: bool = False,
    mark: float | None = None,
    marked: str = "",
    high: float | None = None,
    filled: bool = False,
    left: float = 230.0,
    split: float = 0.0,
) -> Figure:
    """Rows over one axis in `unit`; `mark` draws a line at a value, `marked` names it; `filled` bars from 0.

    Rows that share their label stand under one name, each with the shape of its series; with `split` [px]
    their notes stand beside the name.
    """
    axis = _axis(rows, log=log, top=high, mark=mark, left=left)
    top = _HEAD if series or mark is not None else _TOP
    places, floor = _places(rows, top)
    height = int(floor + 40)
    panel = Panel(axis, Axis(0, 1, floor, top - 4))
    body = [_grid(panel), columns(panel), words(f"[{unit}]", panel.right, height - 6, "m", text_anchor="end")]
    if mark is not None:
        body.append(upright(panel, axis.at(mark)))
        body.append(words(marked, axis.at(mark) + 5, top - 10, "m halo"))
    named = ""
    for row, y in zip(rows, places, strict=True):
        body.append(_row(row, panel, y, filled=filled, again=row.label == named, split=split))
        named = row.label
    if series:
        body.append(_legend(series, left))
    desc, table = _desc(title, rows, unit, say), _table(rows, unit, series, say)
    return Figure(name, title, desc, int(WIDTH), height, "".join(body), table)


def _places(rows: Sequence[Row], top: float) -> tuple[list[float], float]:
    """The upper edge of each row [px], rows of one label close together; and the end of the last."""
    places, y = [], top
    for number, row in enumerate(rows):
        if number:
            y += _STEP if row.label == rows[number - 1].label else _ROW
        places.append(y)
    return places, y + _ROW


def _axis(rows: Sequence[Row], *, log: bool, top: float | None, mark: float | None, left: float) -> Axis:
    found = [v for row in rows for v in (row.low, row.mid, row.high, mark) if v is not None]
    least, most = min(found, default=0.0), max(found, default=1.0)
    high = above(most) if top is None else top
    end = WIDTH - 130
    if log and least > 0:
        return Axis(below(least), high, left, end, log=True)
    return Axis(-above(-least) if least < 0 else 0.0, high, left, end)


def _grid(panel: Panel[Axis]) -> str:
    x = panel.x
    lines = "".join(
        tag("line", x1=x.at(v), x2=x.at(v), y1=panel.top, y2=panel.floor, class_="g") for v in x.ticks
    )
    zero = tag("line", x1=x.at(0), x2=x.at(0), y1=panel.top, y2=panel.floor, class_="ax") if x.low < 0 else ""
    return lines + zero


def _row(row: Row, panel: Panel[Axis], y: float, *, filled: bool, again: bool, split: float) -> str:
    axis = panel.x
    middle = y + 9
    shape, side = SHAPES[row.series % len(SHAPES)]
    drawn = []
    if not again:
        drawn.append(
            words(clip(row.label, panel.left - 16), 0, middle - (2 if row.note and not split else -4), "t")
        )
    if row.note and (split or not again):
        text = clip(row.note, panel.left - 16 - split, 11)
        drawn.append(words(text, split, middle + (4 if split else 12), "m"))
    if row.mid is None:
        drawn.append(point(shape, axis.start + 9, middle, f"{side} faint", 3.5))
        drawn.append(words(row.says, axis.start + 18, middle + 4, "m halo"))
        return "".join(drawn)
    zero, place = axis.at(0 if not axis.log else axis.low), axis.at(row.mid)
    if filled:
        start, end = sorted((zero, place))
        drawn.append(tag("rect", x=start, y=middle - 6, width=end - start, height=12, class_=f"s-bar {side}"))
    if row.low is not None:
        high = axis.end if row.high is None else axis.at(row.high)
        drawn.append(whisker(axis.at(row.low), high, middle, side, ends=row.high is not None))
    soon, late = row.inner
    if soon is not None and late is not None:
        start, wide = axis.at(soon), max(axis.at(late) - axis.at(soon), 1)
        drawn.append(tag("rect", x=start, y=middle - 3, width=wide, height=6, class_=f"sw-in {side}"))
    drawn.append(point(shape, place, middle, side))
    drawn.append(words(_spelt(row), WIDTH, middle + 4, "m", text_anchor="end"))
    return "".join(drawn)


def _spelt(row: Row) -> str:
    if row.low is None and row.high is None:
        return spell(row.mid)
    return f"{spell(row.mid)} ({between(row.low, row.high, none='∞')})"


def _legend(series: Sequence[str], left: float) -> str:
    drawn, x = [], left
    for place, name in enumerate(series):
        shape, side = SHAPES[place % len(SHAPES)]
        drawn.append(point(shape, x + 5, 10, side) + words(name, x + 16, 14, "m"))
        x += breadth(name, 11) + 40
    return "".join(drawn)


def _desc(title: str, rows: Sequence[Row], unit: str, say: Words) -> str:
    parts = "; ".join(f"{r.label} {r.note}: {_spelt(r) if r.mid is not None else r.says}" for r in rows)
    return say("supply.bars_desc", title=title, unit=unit, parts=parts or say("say.none"))


def _table(rows: Sequence[Row], unit: str, series: Sequence[str], say: Words) -> Table:
    head = (say("supply.what"), "", *((say("supply.series"),) if series else ()))
    more = (f"5 % [{unit}]", say("supply.median"), "95 %")
    first = len(head)
    found = tuple(
        (
            r.label, r.note, *((series[r.series],) if series else ()),
            spell(r.low), spell(r.mid) if r.mid is not None else r.says, spell(r.high),
        )
        for r in rows
    )  # fmt: skip
    return Table((*head, *more), found, frozenset(range(first, first + 3)))
