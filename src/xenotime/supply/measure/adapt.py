"""How fast a side adapts, and by which channel.

What a side lacks of the inputs that come under licence is what other channels met plus what it did without,
as a share of its need, at prices of rest. Met in another way means: from stock, by substitution, from other
sellers, from new capacity, from recycling. A shock that ends also ends the lack; that is seen in the curves,
not credited to a channel.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from xenotime.supply.engine.run import Run
from xenotime.supply.measure.bands import band, curve, days, drawn, has_central, onset, relative, total
from xenotime.supply.measure.values import Band, Build, Channel, Faster, Side

Array = NDArray[np.float64]

#: How a need is met in another way; what is not met by any of them is done without: `LESS`.
CHANNELS = ("stock", "substitution", "reroute", "capacity", "recycling")
LESS = "less"
#: What a side lacks counts from this share of its need on.
LEAST = 0.005
#: Shares of need closer than this are equal.
TINY = 1e-9
#: The days in which the adaptation rate is measured.
SPAN = (30, 365)


def met(run: Run, country: str) -> dict[str, Array]:
    """What each channel met in a country, and what it did without: shares of its need (period, draw)."""
    need = total(run, f"met/need/{country}")
    ways = (*CHANNELS, LESS)
    return {channel: relative(total(run, f"met/{channel}/{country}"), need) for channel in ways}


def side(run: Run, country: str) -> Side:
    """How a country adapts: what it does without, how fast it meets the rest, and how."""
    central, ways = has_central(run), met(run, country)
    lacked, found = lack(ways), other(ways)
    lasting = reach(found - ways["stock"], lacked, run, 0.5)
    half, most = reach(found, lacked, run, 0.5), reach(found, lacked, run, 0.9)
    return Side(
        country,
        curve(f"met/{LESS}/{country}", "share of need", ways[LESS], run),
        band(ways[LESS].max(axis=0), central=central),
        band(half, central=central),
        band(most, central=central),
        band(lasting, central=central),
        band(rate(ways[LESS], np.array(days(run), dtype=float)), central=central),
        float(np.isfinite(drawn(half, central=central)).mean()),
        tuple(_channel(run, country, name, values, lacked) for name, values in ways.items()),
    )


def other(ways: dict[str, Array]) -> Array:
    """What was met in another way, all channels together."""
    made: Array = np.sum([ways[channel] for channel in CHANNELS], axis=0)
    return made


def lack(ways: dict[str, Array]) -> Array:
    """What a side lacked: what was met in another way, and what it did without."""
    return other(ways) + ways[LESS]


def _channel(run: Run, country: str, name: str, values: Array, lacked: Array) -> Channel:
    whole = lacked.sum(axis=0)
    part = np.where(whole > 0, relative(values.sum(axis=0), whole), np.nan)
    shown = curve(f"met/{name}/{country}", "share of need", values, run)
    return Channel(name, band(part, central=has_central(run)), shown)


def reach(found: Array, lacked: Array, run: Run, share: float) -> Array:
    """The day from which on at least `share` of what is lacked is met in another way (draw,) [day].

    Infinity if that does not come within the run; NaN for a draw in which nothing is ever lacked.
    """
    short = lacked > LEAST
    enough = ~short | (found >= share * lacked - TINY)
    made = np.maximum(onset(enough, days(run)), 0.0)
    return np.where(short.any(axis=0), made, np.nan)


def rate(gap: Array, day: Array) -> Array:
    """The adaptation rate −d ln(unmet)/dt [1/day] (draw,): the slope of a straight line through days 30 to
    365.

    Days without a gap do not count; NaN with fewer than three days that do.

    >>> day = np.arange(0.0, 365.0, 5.0)
    >>> rate(np.exp(-0.01 * day)[:, None], day).round(6).tolist()
    [0.01]
    """
    kept = (gap > LEAST) & ((day >= SPAN[0]) & (day <= SPAN[1]))[:, None]
    count = kept.sum(axis=0)
    value = np.log(np.where(kept, gap, 1.0))
    mean_day = relative((kept * day[:, None]).sum(axis=0), count.astype(float))
    mean_value = relative((kept * value).sum(axis=0), count.astype(float))
    off = np.where(kept, day[:, None] - mean_day, 0.0)
    slope = relative((off * (value - mean_value)).sum(axis=0), (off**2).sum(axis=0))
    return np.where(count >= 3, -slope, np.nan)


def faster(run: Run, a: str, b: str, halves: dict[str, Array]) -> Faster:
    """The probability that side `a` reaches its t50 before `b`, of draws in which both lack any."""
    central = has_central(run)
    one, two = drawn(halves[a], central=central), drawn(halves[b], central=central)
    counted = ~(np.isnan(one) | np.isnan(two))
    if not counted.any():
        return Faster(a, b, None, None)
    one, two = one[counted], two[counted]
    return Faster(a, b, float((one < two).mean()), float((one == two).mean()))


def halves(run: Run, countries: Iterable[str]) -> dict[str, Array]:
    """Each side's t50 by draw [day]."""
    ways = {country: met(run, country) for country in countries}
    return {country: reach(other(each), lack(each), run, 0.5) for country, each in ways.items()}


def build(
    stage: str, kind: str, projects: tuple[tuple[str, float, str], ...], claimed: tuple[float, float]
) -> Build:
    """How long projects of a stage took [years], and the share of them that took as long as is claimed.

    >>> made = build("magnet", "observed", (("A", 2.0, "p/1"), ("B", 6.0, "p/2")), (5.0, 8.0))
    >>> made.years.middle, made.inside
    (4.0, 0.5)
    """
    years = [each for _, each, _ in projects]
    inside = [claimed[0] <= each <= claimed[1] for each in years]
    spread: Band = band(years, central=False)
    return Build(stage, kind, spread, sum(inside) / len(inside), claimed, tuple(sorted(projects, key=_year)))


def _year(project: tuple[str, float, str]) -> float:
    return project[1]
