"""Quantiles over draws: numbers and series of a run as bands."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase

import numpy as np
from numpy.typing import ArrayLike, NDArray

from xenotime.supply.engine.run import Run
from xenotime.supply.measure.values import QUANTILES, Band, Curve

Array = NDArray[np.float64]


def band(values: ArrayLike, *, central: bool = True) -> Band:
    """The band of a number over draws (draw,), infinity meaning never and NaN meaning that it has no value.

    With `central` the first value is the central draw's: shown apart, and counted in only if it is alone.

    >>> band([2, 1, 2, 3], central=True).middle, band([1, float("inf")], central=False).high is None
    (2.0, True)
    """
    given = np.asarray(values, dtype=float)
    apart = float(given[0]) if central and given.size else np.nan
    spread = drawn(given, central=central)
    spread = np.sort(spread[~np.isnan(spread)])
    low, lower, middle, upper, high = (_quantile(spread, q) for q in QUANTILES)
    mean = float(spread.mean()) if spread.size and np.isfinite(spread[-1]) else None
    return Band(low, lower, middle, upper, high, mean, apart if np.isfinite(apart) else None)


def drawn(values: Array, *, central: bool = True) -> Array:
    """The random draws along the last axis: all but the central one, or that one if it is alone."""
    return values[..., 1:] if central and values.shape[-1] > 1 else values


def _quantile(ranked: Array, q: float) -> float | None:
    """The quantile of sorted numbers, between neighbours by a straight line; None if it lies at infinity."""
    if not ranked.size:
        return None
    place = q * (ranked.size - 1)
    below, above = ranked[int(np.floor(place))], ranked[int(np.ceil(place))]
    if not np.isfinite(above):
        return float(below) if np.isfinite(below) and place == np.floor(place) else None
    return float(below + (above - below) * (place - np.floor(place)))


def curve(name: str, unit: str, values: Array, run: Run) -> Curve:
    """The bands of a series (period, draw) by period."""
    low, lower, middle, upper, high = np.quantile(
        drawn(values, central=has_central(run)), QUANTILES, axis=1
    ).tolist()
    middle_draw = values[:, 0] if has_central(run) else np.median(values, axis=1)
    made = (tuple(x) for x in (low, lower, middle, upper, high, middle_draw.tolist()))
    return Curve(name, unit, days(run), *made)


def has_central(run: Run) -> bool:
    """Whether the first draw of the run is the central one, every parameter at its median."""
    return run.asked.first == 0


def days(run: Run) -> tuple[int, ...]:
    """The first day of each recorded period, counted from the reader's day 0 (earlier days are negative)."""
    return tuple(period * run.asked.every - run.asked.zero for period in range(run.values.shape[1]))


def lengths(run: Run) -> Array:
    """The days in each period (period,): the last one may be short."""
    starts = np.array(days(run), dtype=float)
    made: Array = np.minimum(starts + run.asked.every, run.asked.days - run.asked.zero) - starts
    return made


def names(run: Run, pattern: str) -> tuple[str, ...]:
    """The gauges whose name fits a pattern, in which ``*`` stands for anything."""
    return tuple(run.gauges[row].name for row in _rows(run, pattern))


def _rows(run: Run, pattern: str) -> list[int]:
    if "*" not in pattern:
        return [row for row, gauge in enumerate(run.gauges) if gauge.name == pattern]
    begins = pattern.partition("*")[0]
    return [
        row
        for row, gauge in enumerate(run.gauges)
        if gauge.name.startswith(begins) and fnmatchcase(gauge.name, pattern)
    ]


def total(run: Run, *patterns: str) -> Array:
    """The sum of all gauges that fit one of the patterns (period, draw); zeros if none does."""
    rows = sorted({row for pattern in patterns for row in _rows(run, pattern)})
    made: Array = run.values[rows].sum(axis=0)
    return made


def before(run: Run, values: Array) -> Array:
    """The mean of a series over the periods before day 0 (draw,); its first period if there are none."""
    count = max(1, sum(day < 0 for day in days(run)))
    made: Array = values[:count].mean(axis=0)
    return made


def level(run: Run, *patterns: str) -> Array:
    """Sums of gauges per day, as shares of what they were before day 0 (period, draw); 1 if nothing."""
    daily = total(run, *patterns) / lengths(run)[:, None]
    rest = np.broadcast_to(before(run, daily), daily.shape)
    return np.divide(daily, rest, out=np.ones_like(daily), where=rest > 0)


def relative(part: Array, whole: Array) -> Array:
    """Part over whole, 0 where the whole is 0."""
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)


def onset(holds: NDArray[np.bool_], starts: Sequence[int]) -> Array:
    """The first day from which on a condition (period, draw) holds to the end [day]; infinity if none."""
    failed = ~holds
    last = holds.shape[0] - 1 - np.argmax(failed[::-1], axis=0)
    after = np.append(np.asarray(starts, dtype=float), np.inf)
    return np.where(failed.any(axis=0), after[last + 1], float(starts[0]))


def first(holds: NDArray[np.bool_], starts: Sequence[int]) -> Array:
    """The first day on which a condition (period, draw) holds [day]; infinity if it never does."""
    found = np.asarray(starts, dtype=float)[np.argmax(holds, axis=0)]
    return np.where(holds.any(axis=0), found, np.inf)
