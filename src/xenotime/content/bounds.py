"""Exact intervals of numbers that cannot be negative: what is known of a mass or a value."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
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


def blend(rows: Iterable[tuple[Fraction | None, Mapping[str, Bounds]]]) -> dict[str, Bounds]:
    """The sum of many intervals by name, each set times its count (None: any number of it).

    One common denominator per sum: much quicker than adding fractions one by one, and as exact.
    """
    terms: dict[str, list[tuple[Fraction, Bounds]]] = {}
    unknown: set[str] = set()
    for count, intervals in rows:
        for name, held in intervals.items():
            known = terms.setdefault(name, [])
            if held is ZERO or held.high == 0:
                continue
            if count is None or held.high is None:
                unknown.add(name)
            if count is not None:
                known.append((count, held))
    return {name: _blended(found, unbounded=name in unknown) for name, found in terms.items()}


def _blended(terms: list[tuple[Fraction, Bounds]], *, unbounded: bool) -> Bounds:
    low = _dot((count, held.low) for count, held in terms)
    if unbounded:
        return Bounds(low, None)
    if all(held.high is held.low for _, held in terms):
        return point(low)
    return Bounds(low, _dot((count, held.high) for count, held in terms if held.high is not None))


def _dot(pairs: Iterable[tuple[Fraction, Fraction]]) -> Fraction:
    over, products = 1, []
    for first, second in pairs:
        below = first.denominator * second.denominator
        if over % below:
            over = math.lcm(over, below)
        products.append((first.numerator * second.numerator, below))
    return Fraction(sum(above * (over // below) for above, below in products), over)


def _greater(first: Fraction | None, second: Fraction | None) -> Fraction | None:
    return None if first is None or second is None else max(first, second)
