"""What prices do: spot and contract, inside and outside the controlling country, as ratios to rest."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from xenotime.supply.engine.run import Run
from xenotime.supply.measure.bands import band, curve, days, has_central, names, relative
from xenotime.supply.measure.values import Curve, Peak

Array = NDArray[np.float64]
ZONES = ("inside", "outside")
#: A ratio that never leaves this distance from 1 is at rest.
CALM = 0.02


def peaks(run: Run) -> tuple[Peak, ...]:
    """The highest spot price of each good by zone, largest first, and how far the zones drew apart."""
    made = [_peak(run, name) for name in names(run, "price/*")]
    return tuple(sorted(made, key=lambda peak: (-(peak.spot.middle or 0.0), peak.good, peak.zone)))


def _peak(run: Run, name: str) -> Peak:
    _, zone, good = name.split("/", 2)
    central, spot = has_central(run), run.series(name)
    starts = np.array(days(run), dtype=float)
    contract = f"contract/{zone}/{good}"
    slow = run.series(contract) if names(run, contract) else np.ones_like(spot)
    return Peak(
        good,
        zone,
        band(spot.max(axis=0), central=central),
        band(slow.max(axis=0), central=central),
        band(starts[spot.argmax(axis=0)], central=central),
        band(split(run, good).max(axis=0), central=central),
    )


def split(run: Run, good: str) -> Array:
    """Outside over inside spot price (period, draw), each as a ratio to rest; 1 where a zone has none."""
    inside, outside = (f"price/{zone}/{good}" for zone in ZONES)
    if not (names(run, inside) and names(run, outside)):
        return np.ones(run.values.shape[1:])
    return relative(run.series(outside), run.series(inside))


def moved(run: Run) -> tuple[Curve, ...]:
    """The spot and contract curves of every good whose price left its rest in either zone."""
    goods = {
        name.split("/", 2)[2] for name in names(run, "price/*") if np.abs(run.series(name) - 1.0).max() > CALM
    }
    found = [n for n in (*names(run, "price/*"), *names(run, "contract/*")) if n.split("/", 2)[2] in goods]
    return tuple(curve(name, "ratio to rest", run.series(name), run) for name in found)
