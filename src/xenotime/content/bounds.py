"""Exact intervals of numbers that cannot be negative: what is known of a mass or a value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Bounds:
    """From `low` to `high`, both included; `high` None means that no upper bound is known.

    >>> Bounds(Fraction(1), Fraction(2)) + Bounds(Fraction(3), None)
    Bounds(low=Fraction(4, 1), high=None)
    """

    low: Fraction
    high: Fraction | None

    @property
    def exact(self) -> bool:
        """True when low and high are one number."""
        return self.high is self.low or self.high == self.low

    def __add__(self, other: Bounds) -> Bounds:
        if self is ZERO:
            return other
        if other is ZERO:
            return self
        low = self.low + other.low
        if self.high is None or other.high is None:
            return Bounds(low, None)
        if self.high is self.low and other.high is other.low:
            return Bounds(low, low)
        return Bounds(low, self.high + other.high)

    def times(self, factor: Fraction) -> Bounds:
        """Both ends multiplied by a factor that is not negative; nothing times zero is zero."""
        if factor == 0 or self is ZERO:
            return ZERO
        low = self.low * factor
        if self.high is None:
            return Bounds(low, None)
        return Bounds(low, low if self.high is self.low else self.high * factor)

    def by(self, other: Bounds) -> Bounds:
        """The product of two intervals; a high end of zero wins over an unknown one."""
        low = self.low * other.low
        if self.high == 0 or other.high == 0:
            return ZERO
        if self.high is None or other.high is None:
            return Bounds(low, None)
        return Bounds(low, self.high * other.high)

    def possible(self) -> Bounds:
        """From nothing to the high end: it may be there, or not."""
        return self if self.low == 0 else Bounds(_NOTHING, self.high)

    def raised(self, other: Bounds) -> Bounds:
        """The greater low end and the greater high end of two statements about one thing."""
        return Bounds(max(self.low, other.low), _greater(self.high, other.high))

    def capped(self, top: Fraction | None) -> Bounds:
        """The same interval with its high end no higher than `top` (nor lower than its low end)."""
        if top is None:
            return self
        return Bounds(self.low, max(self.low, top if self.high is None else min(self.high, top)))


_NOTHING = Fraction(0)
ZERO = Bounds(_NOTHING, _NOTHING)
UNKNOWN = Bounds(_NOTHING, None)


def point(value: Fraction) -> Bounds:
    """The interval that holds one number."""
    return Bounds(value, value) if value else ZERO


def total(parts: Iterable[Bounds]) -> Bounds:
    """The sum of intervals; of none, zero."""
    result = ZERO
    for part in parts:
        result = result + part
    return result


def _greater(first: Fraction | None, second: Fraction | None) -> Fraction | None:
    return None if first is None or second is None else max(first, second)
