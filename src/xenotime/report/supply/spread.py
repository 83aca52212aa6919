"""The spread of competing claims: one mark a claim, its interval, who says it and when; scopes apart.

The shape says how sure a claim is: a dot high, a square medium, a ring low; an arrow says over or up to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor, log2, log10
from pathlib import Path

from xenotime.evidence.contest import Contest
from xenotime.evidence.figure import SURENESS
from xenotime.evidence.figure import Figure as Claim
from xenotime.evidence.side import Side
from xenotime.evidence.voice import bound, who
from xenotime.report.atomic import write
from xenotime.report.figures.svg import Figure, Table, breadth, clip, standalone, tag, words
from xenotime.report.supply.claims import asks, named, numeral, told
from xenotime.report.words import Words

_WIDTH, _LEFT, _RIGHT = 880, 318.0, 640.0
_ROW, _HEAD, _TOP = 20.0, 34.0, 46.0
#: More claims than these are in the table only.
MOST = 60
#: From how many times on a spread of positive numbers has a logarithmic axis.
_WIDE = 30


@dataclass(frozen=True, slots=True)
class _Axis:
    """Values laid over the drawing's width [px], evenly or by their logarithm."""

    low: float
    high: float
    log: bool

    def at(self, value: float) -> float:
        """The place of a value [px], held inside the drawing."""
        held = min(max(value, self.low), self.high)
        scale = (
            log_ratio(held, self.low) / log_ratio(self.high, self.low)
            if self.log
            else (held - self.low) / (self.high - self.low)
        )
        return _LEFT + (_RIGHT - _LEFT) * scale


def spread(contest: Contest, say: Words, name: str = "spread") -> Figure:
    """The figure of a contest, with its alt text and its table; gaps are named under it."""
    shown = list(_shown(contest))
    axis = _axis([claim for _, claims in shown for claim in claims])
    body, y = [_title(contest, say)], _TOP
    for (side, claims), title in zip(shown, named(contest, say), strict=False):
        body.append(words(title, 12, y + 27, "t b halo"))
        y += _HEAD
        for claim in claims:
            body.append(_line(claim, axis, y, say, faint=side.scope.expected))
            y += _ROW
    under = _under(contest, len(shown), y, say)
    grid = _grid(axis, _TOP, y) if shown else ""
    height = int(y + 74 + 16 * len(contest.gaps))
    table = _table(contest, say)
    return Figure(
        name, asks(contest, say), _desc(contest, say), _WIDTH, height, grid + "".join(body) + under, table
    )


def write_spread(path: Path, contest: Contest, say: Words) -> Path:
    """Write the figure as an SVG file of its own, whole or not at all."""
    return write(path, standalone(spread(contest, say)).encode())


def log_ratio(value: float, low: float) -> float:
    """The logarithm of value over low, to the base of two.

    >>> log_ratio(8, 1)
    3.0
    """
    return log2(value / low)


def _shown(contest: Contest) -> Iterator[tuple[Side, Sequence[Claim]]]:
    room = MOST
    for side in contest.sides:
        if room > 0:
            yield side, side.figures[:room]
        room -= len(side.figures)


def _axis(claims: Sequence[Claim]) -> _Axis:
    ends = [float(end) for claim in claims for end in (claim.value, claim.low, claim.high) if end is not None]
    if not ends:
        return _Axis(0.0, 1.0, log=False)
    low, high = min(ends), max(ends)
    if low > 0 and high / low >= _WIDE:
        return _Axis(low / 1.3, high * 1.3, log=True)
    room = (high - low) * 0.08 or abs(high) * 0.1 or 1.0
    return _Axis(low - room, high + room, log=False)


def _title(contest: Contest, say: Words) -> str:
    """The question, and over each column what it holds."""
    heads = (
        words(say("column.who"), 22, _TOP - 2, "m"),
        words(say("column.published"), _LEFT - 14, _TOP - 2, "m", text_anchor="end"),
        words(f"{say('column.value')} [{contest.unit}]", _RIGHT + 14, _TOP - 2, "m"),
        words(say("column.period"), _WIDTH - 12, _TOP - 2, "m", text_anchor="end"),
    )
    return words(clip(asks(contest, say), _WIDTH - 24, 13), 12, 20, "t b") + "".join(heads)


def _line(claim: Claim, axis: _Axis, y: float, say: Words, *, faint: bool) -> str:
    """One claim: who and when, its interval, its mark, its number."""
    middle = y + _ROW / 2
    ends = (claim.published, _LEFT - 14), (claim.period or say("claims.undated"), _WIDTH - 12)
    label = words(clip(who(claim), _LEFT - 50 - breadth(claim.published, 11), 13), 22, middle + 4)
    label += "".join(words(text, x, middle + 4, "m", text_anchor="end") for text, x in ends)
    colour = "var(--muted)" if faint else "var(--accent)"
    number = words(told(claim, say), _RIGHT + 14, middle + 4)
    return label + _interval(claim, axis, middle, colour) + _mark(claim, axis, middle, colour) + number


def _interval(claim: Claim, axis: _Axis, y: float, colour: str) -> str:
    value = float(claim.value or 0)
    kinds = bound(claim)
    if kinds in ("over", "up to"):
        start, way = axis.at(value), 1 if kinds == "over" else -1
        path = f"M{start:.1f} {y:.1f}h{22 * way}m{-5 * way} -4l{5 * way} 4l{-5 * way} 4"
        return tag("path", d=path, fill="none", stroke=colour, stroke_width=1.6)
    if kinds != "interval":
        return ""
    low, high = (axis.at(value if end is None else float(end)) for end in (claim.low, claim.high))
    path = f"M{low:.1f} {y - 4:.1f}v8m0 -4H{high:.1f}m0 -4v8"
    return tag("path", d=path, fill="none", stroke=colour, stroke_width=1.6)


def _mark(claim: Claim, axis: _Axis, y: float, colour: str) -> str:
    return _shape(claim.sureness, axis.at(float(claim.value or 0)), y, colour)


def _shape(sureness: str, x: float, y: float, colour: str) -> str:
    if sureness == "medium":
        return tag("rect", x=x - 4, y=y - 4, width=8, height=8, fill=colour)
    if sureness == "high":
        return tag("circle", cx=x, cy=y, r=4.8, fill=colour)
    return tag("circle", cx=x, cy=y, r=4.3, fill="var(--ground)", stroke=colour, stroke_width=1.8)


def _grid(axis: _Axis, top: float, bottom: float) -> str:
    marks = [tag("line", x1=_LEFT, x2=_RIGHT, y1=bottom + 4, y2=bottom + 4, class_="ax")]
    top += 10
    for value in ticks(axis.low, axis.high, log=axis.log):
        x = axis.at(value)
        marks.append(tag("line", x1=x, x2=x, y1=top, y2=bottom + 4, class_="g"))
        marks.append(words(numeral(Decimal(f"{value:g}")), x, bottom + 20, "m", text_anchor="middle"))
    return "".join(marks)


def ticks(low: float, high: float, *, log: bool) -> tuple[float, ...]:
    """Round values between two ends: five or so, or tens when `log`.

    >>> ticks(58.0, 101.0, log=False)
    (60.0, 70.0, 80.0, 90.0, 100.0)
    >>> ticks(3.0, 2000.0, log=True)
    (10.0, 100.0, 1000.0)
    """
    if log:
        powers = range(ceil(log10(low)), floor(log10(high)) + 1)
        return tuple(10.0**power for power in powers)
    size = 10.0 ** floor(log10((high - low) / 5))
    step = next(head * size for head in (1, 2, 5, 10) if (high - low) / (head * size) <= 6)
    return tuple(round(place * step, 12) for place in range(ceil(low / step), floor(high / step) + 1))


def _under(contest: Contest, sides: int, y: float, say: Words) -> str:
    """Below the axis: its unit, the legend of shapes, what is in the table only, and the gaps."""
    parts = [words(f"[{contest.unit}]", _RIGHT + 14, y + 20, "m")] if sides else []
    x = 22.0
    legend = say("sure.legend")
    parts.append(words(legend, x, y + 48, "m"))
    x += breadth(legend, 11) + 14
    for name in SURENESS:
        parts.append(_shape(name, x, y + 44, "var(--accent)"))
        parts.append(words(say(f"sure.{name}"), x + 10, y + 48, "m"))
        x += breadth(say(f"sure.{name}"), 12) + 34
    left = len(contest.figures) - MOST
    if left > 0:
        parts.append(words(say("claims.more", n=left), _RIGHT, y + 48, "m", text_anchor="end"))
    for place, gap in enumerate(contest.gaps):
        text = clip(f"{say('claims.gap')}: {gap.subject} ({gap.id})", _WIDTH - 40)
        parts.append(words(text, 22, y + 66 + 16 * place, "m"))
    return "".join(parts)


def _desc(contest: Contest, say: Words) -> str:
    numbers = sorted([*contest.values, *contest.ahead])
    if not numbers:
        return say("claims.none")
    low, high = numeral(numbers[0]), numeral(numbers[-1])
    claims = say.count("claim", len(contest.figures))
    return say("claims.desc", claims=claims, low=low, high=high, unit=contest.unit, asks=asks(contest, say))


def _table(contest: Contest, say: Words) -> Table:
    names = ("scope", "value", "low", "high", "unit", "who", "period", "published", "sureness", "id", "note")
    rows = [
        (title, *_cells(claim, say))
        for side, title in zip(contest.sides, named(contest, say), strict=True)
        for claim in side.figures
    ]
    rows.extend(("", *_cells(gap, say)) for gap in contest.gaps)
    return Table(tuple(say(f"column.{name}") for name in names), tuple(rows), frozenset({1, 2, 3}))


def _cells(claim: Claim, say: Words) -> tuple[str, ...]:
    low, high = ("" if end is None else numeral(end) for end in (claim.low, claim.high))
    return (
        told(claim, say),
        low,
        high,
        claim.unit,
        who(claim),
        claim.period or say("claims.undated"),
        claim.published,
        say(f"sure.{claim.sureness}"),
        claim.id,
        claim.note,
    )
