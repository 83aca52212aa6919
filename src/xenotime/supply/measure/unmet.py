"""What is missing: by use and country, and by element and stage."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from xenotime.supply.engine.run import Run
from xenotime.supply.measure.bands import band, curve, has_central, names, relative, total
from xenotime.supply.measure.values import Curve, Unmet
from xenotime.supply.world.network import Network

Array = NDArray[np.float64]
#: Shortages below this share of need are not listed.
LEAST = 1e-4


def by_use(run: Run) -> tuple[Unmet, ...]:
    """End need that was not met, by use and country, largest share first [units of the use]."""
    made = []
    for name in names(run, "unmet/*"):
        _, country, use = name.split("/", 2)
        missing, need = run.series(name).sum(axis=0), total(run, f"demand/{country}/{use}").sum(axis=0)
        unit = next(g.unit for g in run.gauges if g.name == name)
        made.append(_row(use, country, unit, missing, need, run))
    return _listed(made)


def by_element(run: Run, need: dict[tuple[str, str], float]) -> tuple[Unmet, ...]:
    """What stages lacked, by element [kg]; `need` (stage, element) [kg a day] at rest gives the shares."""
    made = []
    for name in names(run, "short/*"):
        _, stage, element = name.split("/", 2)
        missing = run.series(name).sum(axis=0)
        whole = np.full_like(missing, need.get((stage, element), 0.0) * run.asked.days)
        made.append(_row(element, stage, "kg", missing, whole, run))
    return _listed(made)


def _row(what: str, where: str, unit: str, missing: Array, need: Array, run: Run) -> Unmet:
    central = has_central(run)
    share = relative(missing, need)
    return Unmet(what, where, unit, band(missing, central=central), band(share, central=central))


def _listed(rows: list[Unmet]) -> tuple[Unmet, ...]:
    kept = [row for row in rows if (row.share.high or 0.0) > LEAST]
    return tuple(sorted(kept, key=lambda row: (-(row.share.middle or 0.0), row.what, row.where)))


def gap(run: Run, country: str = "*", use: str = "*") -> Array:
    """The share of end need not met (period, draw), uses weighing equally."""
    uses = sorted({name.split("/", 2)[2] for name in names(run, f"demand/{country}/{use}")})
    shares = [
        relative(total(run, f"unmet/{country}/{each}"), total(run, f"demand/{country}/{each}"))
        for each in uses
    ]
    made: Array = np.mean(shares, axis=0) if shares else np.zeros(run.values.shape[1:])
    return made


def worth(network: Network, run: Run, country: str = "", outside: str = "") -> Array:
    """The share of end value not delivered (period, draw), uses weighted by value added of end demand at
    rest.

    Of one `country`, or of all but the country named `outside`.
    """
    value: dict[tuple[str, str], float] = {}
    units: dict[tuple[str, str], float] = {}
    for site in network.sites:
        if site.demand > 0 and site.country != outside and country in ("", site.country):
            key = (site.country, site.use)
            value[key] = value.get(key, 0.0) + site.demand * site.worth
            units[key] = units.get(key, 0.0) + site.demand
    summed, whole = np.zeros(run.values.shape[1:]), np.zeros(run.values.shape[1:])
    for (where, use), total_value in value.items():
        each = total_value / units[where, use]
        summed += each * total(run, f"unmet/{where}/{use}")
        whole += each * total(run, f"demand/{where}/{use}")
    return relative(summed, whole)


def delivered(run: Run) -> tuple[Curve, ...]:
    """The share of end need met by use, over all countries."""
    uses = sorted({name.split("/", 2)[2] for name in names(run, "demand/*")})
    return tuple(curve(f"delivered/*/{use}", "share of need", 1.0 - gap(run, "*", use), run) for use in uses)
