"""The share of Chinese-origin value as an interval against 0.1 %, on a logarithmic axis."""

from __future__ import annotations

from fractions import Fraction
from math import log10

from xenotime.report.figures.svg import Figure, Table, tag, words
from xenotime.report.words import Words
from xenotime.services.results import ValueShare

_WIDTH = 560
_HEIGHT = 74
_LEFT = 30.0
_RIGHT = 530.0
_Y = 34.0
#: The axis runs over six decades, from 0.0001 % to 100 %.
_DECADES = 6


def share(value: ValueShare, say: Words, name: str = "share", *, axis: bool = True) -> Figure:
    """The interval from lowest to highest share; an open end is an arrow.

    With `axis` false the scale is drawn by reference to ``axis_symbol`` on the page.
    """
    scale = axis_marks() if axis else tag("use", href="#share-axis")
    return Figure(
        name,
        say("share.title"),
        _desc(value, say),
        _WIDTH,
        _HEIGHT,
        scale + _interval(value),
        _table(value, say),
    )


def parse(text: str) -> Fraction | None:
    """The exact fraction a text names, or None when it names none.

    >>> parse("1/1000"), parse("")
    (Fraction(1, 1000), None)
    """
    try:
        return Fraction(text.strip())
    except (ValueError, ZeroDivisionError):
        return None


def _at(value: Fraction) -> float:
    if value <= 0:
        return _LEFT
    decades = log10(value.numerator) - log10(value.denominator) + _DECADES
    return _LEFT + (_RIGHT - _LEFT) * min(max(decades / _DECADES, 0.0), 1.0)


def axis_marks() -> str:
    """The scale: decades with their percentages, and the line of the law at 0.1 %."""
    marks = [tag("line", x1=_LEFT, x2=_RIGHT, y1=_Y + 14, y2=_Y + 14, class_="ax")]
    for place, label in enumerate(("0.0001 %", "0.001 %", "0.01 %", "0.1 %", "1 %", "10 %", "100 %")):
        x = _LEFT + (_RIGHT - _LEFT) * place / _DECADES
        marks.append(tag("line", x1=x, x2=x, y1=_Y + 10, y2=_Y + 18, class_="ax"))
        marks.append(words(label, x, _Y + 34, "b" if label == "0.1 %" else "m", text_anchor="middle"))
    line = (_LEFT + _RIGHT) / 2
    marks.append(tag("line", x1=line, x2=line, y1=6, y2=_Y + 18, class_="now"))
    return "".join(marks)


def axis_symbol() -> str:
    """The scale as an SVG group to be defined once per page."""
    return tag("g", axis_marks(), id="share-axis", class_="figure")


def _interval(value: ValueShare) -> str:
    low, high = parse(value.low), parse(value.high)
    start = _at(low) if low is not None else _LEFT
    if high is None:
        arrow = f"M{start:.1f} {_Y - 6}H{_RIGHT - 8}v12H{start:.1f}zM{_RIGHT - 8} {_Y - 10}l10 10l-10 10z"
        return tag("path", d=arrow, class_="iv open")
    end = _at(high)
    if end - start < 3:
        return tag("path", d=f"M{start:.1f} {_Y - 9}l9 9l-9 9l-9 -9z", class_="iv")
    caps = "".join(tag("line", x1=x, x2=x, y1=_Y - 10, y2=_Y + 10, class_="cap") for x in (start, end))
    return tag("rect", x=start, y=_Y - 6, width=end - start, height=12, class_="iv") + caps


def _percent(text: str, say: Words) -> str:
    return text or say("say.unknown")


def _desc(value: ValueShare, say: Words) -> str:
    low = _percent(value.low_percent, say)
    if parse(value.high) is None:
        where = say("share.least", low=low)
    else:
        where = say("share.between", low=low, high=_percent(value.high_percent, say))
    return say("share.desc", range=where, answer=say(f"share.{value.answer.replace(' ', '_')}"))


def _table(value: ValueShare, say: Words) -> Table:
    head = (say("share.bound"), say("share.exact"), say("share.percent"))
    rows = (
        (say("share.low"), _percent(value.low, say), _percent(value.low_percent, say)),
        (say("share.high"), _percent(value.high, say), _percent(value.high_percent, say)),
        (say("share.threshold"), "1/1000", "0.1 %"),
    )
    return Table(head, rows, frozenset({1, 2}))
