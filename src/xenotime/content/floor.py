"""A value floor: is a part of a whole at or above it, below it, or can that not be shown."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from xenotime.content.bounds import Bounds
from xenotime.content.method import Method

Answer = Literal["at or above", "below", "cannot be shown"]
#: Orders shares by seriousness: the answer, then the low end, then the high end (unbounded last).
Rank = tuple[int, Fraction, bool, Fraction]
_ORDER: dict[Answer, int] = {"below": 0, "cannot be shown": 1, "at or above": 2}
_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Reading:
    """The share by one lawful method."""

    method: Method
    answer: Answer
    low: Fraction
    high: Fraction | None


@dataclass(frozen=True, slots=True)
class Floor:
    """The share of a part in a whole against the floor.

    `low` and `high` are exact (high None: unbounded); `readings` are the lawful methods, and `differs`
    is True when they answer differently. `gaps` name what keeps the share from being exact.
    """

    answer: Answer
    low: Fraction
    high: Fraction | None
    part: Bounds
    whole: Bounds
    method: Method
    gaps: tuple[str, ...] = ()
    readings: tuple[Reading, ...] = ()

    @property
    def differs(self) -> bool:
        """True when lawful readings do not give one answer."""
        return len({reading.answer for reading in self.readings}) > 1

    @property
    def low_text(self) -> str:
        """The low end as an exact fraction: ``9999/10000000``."""
        return str(self.low)

    @property
    def high_text(self) -> str:
        """The high end as an exact fraction, or ``unbounded``."""
        return "unbounded" if self.high is None else str(self.high)

    @property
    def low_percent(self) -> str:
        """The low end in percent."""
        return percent(self.low)

    @property
    def high_percent(self) -> str:
        """The high end in percent, or ``unbounded``."""
        return "unbounded" if self.high is None else percent(self.high)


def answer(part: Bounds, whole: Bounds, floor: Fraction) -> Answer:
    """Whether the part reaches the floor for every value in the intervals, for none, or for some.

    The floor counts as reached on the line itself. Nothing in a whole of unknown size is below.

    >>> thousand, floor = Bounds(Fraction(1000), Fraction(1000)), Fraction(1, 1000)
    >>> answer(Bounds(Fraction(1), Fraction(1)), thousand, floor)
    'at or above'
    """
    if whole.high is not None and part.low >= whole.high * floor:
        return "at or above"
    if part.high is not None and (part.high < whole.low * floor or part.high == 0):
        return "below"
    return "cannot be shown"


def ends(part: Bounds, whole: Bounds) -> tuple[Fraction, Fraction | None]:
    """The least and the greatest share; None when it is unbounded."""
    low = part.low / whole.high if whole.high else Fraction(0)
    if part.high == 0:
        return Fraction(0), Fraction(0)
    return low, None if part.high is None or not whole.low else part.high / whole.low


def rank(part: Bounds, whole: Bounds, floor: Fraction) -> Rank:
    """A key that orders shares from harmless to serious."""
    low, high = ends(part, whole)
    return _ORDER[answer(part, whole, floor)], low, high is None, high or Fraction(0)


def reading(part: Bounds, whole: Bounds, floor: Fraction, method: Method) -> Reading:
    """The answer by one method."""
    low, high = ends(part, whole)
    return Reading(method, answer(part, whole, floor), low, high)


def percent(share: Fraction) -> str:
    """A share in percent: exact where decimals allow it, else rounded and marked "about".

    >>> percent(Fraction(9999, 10_000_000)), percent(Fraction(1, 3))
    ('0.09999 %', 'about 33.3333 %')
    """
    value = share * 100
    exact = plain(value)
    if exact is not None:
        return f"{exact} %"
    digits = _DIGITS
    while (shown := Decimal(f"{_rounded(value, digits)}")) in (Decimal(0), Decimal("0.1")) and digits < 60:
        digits *= 2
    return f"about {shown:f} %"


def plain(value: Fraction) -> str | None:
    """A number in plain decimals without loss, or None if it has no short ones.

    >>> plain(Fraction(1, 8)), plain(Fraction(1, 3))
    ('0.125', None)
    """
    scaled = value * 10**12
    if scaled.denominator != 1:
        return None
    text = f"{scaled.numerator:013d}"
    return f"{text[:-12]}.{text[-12:]}".rstrip("0").rstrip(".")


def _rounded(value: Fraction, digits: int) -> Decimal:
    """The value to so many significant digits."""
    places = digits - 1
    size = Fraction(value)
    while size >= 10:
        size, places = size / 10, places - 1
    while size and size < 1 and places < 400:
        size, places = size * 10, places + 1
    places = max(places, 0)
    return Decimal(round(value * 10**places)).scaleb(-places)
