"""What a run is asked and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

#: How sellers share what is scarce.
RATIONING = ("priority", "proportional", "historic", "highest_bid")


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of behaviour of a run; each is stated in the result.

    `rationing` one of `RATIONING`; `smooth` [days] over which normal need follows end demand; `gap` [days]
    over which a missing stock is ordered; `hoard` extra target stock per expected licence day [days per day];
    `reroute` [days] over which orders move to sellers who deliver, `back` [days] over which they return once
    the old ones deliver again; `stiff` how fast a spot price answers, `elastic` the price elasticity of
    demand that bounds it (as a positive number); a contract price takes over the share `passing` of the spot
    price's rise within `contract` [days], and the share `thin` of what is bought pays the spot price; `learn`
    is the exponent by which the cost of new capacity falls with what it has made.
    """

    rationing: str = "priority"
    smooth: float = 30.0
    gap: float = 10.0
    hoard: float = 0.3
    reroute: float = 60.0
    stiff: float = 0.04
    back: float = 240.0
    elastic: float = 1.5
    passing: float = 0.25
    contract: float = 180.0
    thin: float = 0.05
    learn: float = 0.2


@dataclass(frozen=True, slots=True)
class Asked:
    """How a run is made: `days`, the number of `draws` (draw 0 is the central one: every parameter at its
    median), the first draw's number, the `seed`, recording `every` so many days, batch `width`, `threads`;
    `keep` the beginnings of the names of the gauges to record (empty: all of them); `zero` is
    the run's day that readers count as day 0.
    """

    days: int
    draws: int = 1
    first: int = 0
    seed: int = 1
    every: int = 1
    width: int = 16
    threads: int = 1
    keep: tuple[str, ...] = ()
    zero: int = 0


@dataclass(frozen=True, slots=True)
class Gauge:
    """A recorded series: ``kind/of/what`` with its unit; sums over its period, or means for a `level`."""

    name: str
    unit: str
    level: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """The outcome of a run.

    `values` (gauge, period, draw); `first` (site, draw) the first day on which the site's line stood, -1 for
    never; `stood` (site, draw) days it stood; `lanes` (lane, period) units shipped in draw `first`;
    `drawn` (parameter, draw); `residue` (draw) the largest mass imbalance over throughput.
    """

    gauges: tuple[Gauge, ...]
    values: Array
    first: NDArray[np.int32]
    stood: NDArray[np.int32]
    lanes: Array
    drawn: Array
    residue: Array
    asked: Asked
    parameters: tuple[str, ...] = field(default=())

    def series(self, name: str) -> Array:
        """One gauge's series, (period, draw). Raises KeyError for a name that was not recorded."""
        names = [gauge.name for gauge in self.gauges]
        if name not in names:
            raise KeyError(name)
        values: Array = self.values[names.index(name)]
        return values
