"""Who says a figure, what kind of source that is, and how far what it says reaches."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from xenotime.evidence.figure import Figure
from xenotime.evidence.period import span
from xenotime.evidence.words import catalogue

#: The kinds of source, from those closest to the count to the rest.
KINDS = ("official", "analyst", "company", "press", "other")

_SAID = re.compile(r"said by: ([^;,]+)[;,]? ?")
_EXPECTED = re.compile(r"forecast|expected|late 20\d\ds|target|potential|to fall", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reach:
    """From the least to the most that a figure allows, rounding included; None: open on that side."""

    least: Decimal | None
    most: Decimal | None

    def holds(self, value: Decimal) -> bool:
        """Whether a value lies within.

        >>> Reach(Decimal(90), None).holds(Decimal(85))
        False
        """
        return (self.least is None or self.least <= value) and (self.most is None or value <= self.most)


def who(figure: Figure) -> str:
    """Who says it: the sayer that the note names, else the source's own name before its headline."""
    named = _SAID.search(figure.note)
    if named:
        return named[1].strip()
    head = figure.source.split(": ")[0]
    return head.split(" (")[0].strip()


def remark(figure: Figure) -> str:
    """The note without the name of the sayer, which `who` gives."""
    return _SAID.sub("", figure.note)


@lru_cache(maxsize=8192)
def kind(figure: Figure) -> str:
    """What kind of source says it, one of `KINDS`: by the sayer's name, else by the source's title."""
    for text in (who(figure), figure.source):
        for name, marks in catalogue()["class"].items():
            if any(re.search(rf"\b{re.escape(mark)}", text) for mark in marks):
                return str(name)
    return "other"


@lru_cache(maxsize=8192)
def family(figure: Figure) -> str:
    """The publisher whatever the edition: ``USGS`` of its summaries of 2025 and of 2026."""
    text = who(figure)
    for marks in catalogue()["class"].values():
        for mark in marks:
            if re.search(rf"\b{re.escape(mark)}", text):
                return str(mark)
    return text


def bound(figure: Figure) -> str:
    """What the number is: ``over``, ``up to``, ``interval`` or ``point``; ``gap`` if there is none."""
    value, low, high = figure.value, figure.low, figure.high
    if value is None:
        return "gap"
    if low == value and high is None:
        return "over"
    if high == value and low is None:
        return "up to"
    return "interval" if (low not in (None, value) or high not in (None, value)) else "point"


def reach(figure: Figure) -> Reach:
    """How far a figure reaches: its interval, or half of the last digit it prints to either side.

    A figure said as a bound (over 90, up to 60) is open on the other side.
    """
    value = figure.value
    if value is None:
        return Reach(None, None)
    step = Decimal(1).scaleb(min(int(value.as_tuple().exponent), 0)) / 2
    kinds = bound(figure)
    if kinds == "over":
        return Reach(value - step, None)
    if kinds == "up to":
        return Reach(None, value + step)
    low = value if figure.low is None else figure.low
    high = value if figure.high is None else figure.high
    return Reach(min(low, value) - step, max(high, value) + step)


def expected(figure: Figure) -> bool:
    """Whether it tells of a time after its source: a forecast, a target, a plan."""
    if _EXPECTED.search(figure.subject):
        return True
    told, published = span(figure.period), span(figure.published)
    return bool(told and published and told[0] > published[1])
