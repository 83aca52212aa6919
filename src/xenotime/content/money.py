"""Money at the rate of the day: the last rate on or before it, used exactly."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Rate:
    """On `day`, one unit of `source` is worth `rate` units of `target`."""

    day: date
    source: str
    target: str
    rate: Fraction


@dataclass(frozen=True, slots=True)
class Rates:
    """Exchange rates by pair, ordered by day."""

    pairs: dict[tuple[str, str], tuple[tuple[date, Fraction], ...]] = field(default_factory=dict)
    days: tuple[date, ...] = ()

    def epoch(self, on: date) -> int:
        """How many days with rates there are up to `on`: days of one epoch share all their rates."""
        return bisect_right(self.days, on)

    def find(self, source: str, target: str, on: date) -> Fraction | None:
        """Units of `target` for one unit of `source`: the last rate on or before `on`, or None.

        A pair that is kept the other way round serves as its exact reciprocal; of both, the later day.
        No third currency is passed through.
        """
        if source == target:
            return Fraction(1)
        straight = _last(self.pairs.get((source, target), ()), on)
        turned = _last(self.pairs.get((target, source), ()), on)
        if turned is not None and turned[1] and (straight is None or turned[0] > straight[0]):
            return 1 / turned[1]
        return None if straight is None else straight[1]


def order_rates(rates: Iterable[Rate]) -> Rates:
    """Rates ready to be looked up; of two on one day for one pair, the later row holds."""
    pairs: dict[tuple[str, str], dict[date, Fraction]] = {}
    for rate in rates:
        pairs.setdefault((rate.source, rate.target), {})[rate.day] = rate.rate
    days = sorted({day for found in pairs.values() for day in found})
    return Rates({pair: tuple(sorted(found.items())) for pair, found in pairs.items()}, tuple(days))


def _last(days: tuple[tuple[date, Fraction], ...], on: date) -> tuple[date, Fraction] | None:
    index = bisect_right(days, on, key=lambda entry: entry[0])
    return days[index - 1] if index else None
