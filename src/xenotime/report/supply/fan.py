"""What a figure of the supply model is fed with: series with their spread, and numbers with theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from xenotime.supply.measure.values import Band, Curve


@dataclass(frozen=True, slots=True)
class Fan:
    """A series over days with its spread over the draws: five quantiles per period.

    `days` are the first days of the periods; all series are in `unit`; `rest` is its level before the shock.
    """

    name: str
    unit: str
    days: tuple[date, ...]
    p05: tuple[float, ...]
    p25: tuple[float, ...]
    p50: tuple[float, ...]
    p75: tuple[float, ...]
    p95: tuple[float, ...]
    rest: float | None = None

    def at(self, place: int) -> tuple[float, float, float, float, float]:
        """The five quantiles of one period, from low to high."""
        return self.p05[place], self.p25[place], self.p50[place], self.p75[place], self.p95[place]

    @property
    def low(self) -> float:
        """The lowest number drawn."""
        return min(self.p05, default=0.0)

    @property
    def high(self) -> float:
        """The highest number drawn."""
        return max(self.p95, default=0.0)


def fan(curve: Curve, start: date, rest: float | None = None) -> Fan:
    """A result's curve, its days counted from `start`, as a series to be drawn."""
    days = tuple(start + timedelta(days=day) for day in curve.days)
    rows = (curve.low, curve.lower, curve.middle, curve.upper, curve.high)
    return Fan(curve.name, curve.unit, days, *rows, rest)


def day(offset: float | None, start: date) -> date | None:
    """A day counted from the start as a date; None stays None: never."""
    return None if offset is None else start + timedelta(days=round(offset))


def ends(band: Band) -> tuple[float | None, float | None, float | None]:
    """A band's 5 %, median and 95 %."""
    return band.low, band.middle, band.high


def over(one: Fan, factor: float, unit: str) -> Fan:
    """The same series in another unit: every number divided by `factor`."""
    low, soon, mid, late, high = (
        tuple(v / factor for v in row) for row in (one.p05, one.p25, one.p50, one.p75, one.p95)
    )
    rest = None if one.rest is None else one.rest / factor
    return Fan(one.name, unit, one.days, low, soon, mid, late, high, rest)


def percents(one: Fan) -> Fan:
    """A series of shares in percent."""
    return over(one, 0.01, "%")


def thin(one: Fan, most: int) -> Fan:
    """The series with at most `most` of its periods, evenly, the first and the last among them."""
    size = len(one.days)
    if size <= most:
        return one
    kept = evenly(size, most)
    rows = (one.p05, one.p25, one.p50, one.p75, one.p95)
    low, soon, mid, late, high = (tuple(row[k] for k in kept) for row in rows)
    return Fan(one.name, one.unit, tuple(one.days[k] for k in kept), low, soon, mid, late, high, one.rest)


def evenly(size: int, most: int) -> Sequence[int]:
    """At most `most` places of `size`, evenly, the first and the last among them.

    >>> evenly(10, 4)
    [0, 3, 6, 9]
    """
    if size <= most:
        return list(range(size))
    return sorted({round(step * (size - 1) / (most - 1)) for step in range(most)})
