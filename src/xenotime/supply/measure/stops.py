"""When lines stop: by class of line, by country and use, and in all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import cache

import numpy as np
from numpy.typing import NDArray

from xenotime.supply.engine.run import Run
from xenotime.supply.measure.bands import (
    band,
    before,
    curve,
    drawn,
    first,
    has_central,
    names,
    onset,
    relative,
    total,
)
from xenotime.supply.measure.values import Band, Curve, Stop
from xenotime.supply.world.network import Network, Site

Array = NDArray[np.float64]

#: A class of lines: country, stage, use, depth of stocks, buyer, and its label: the name of a user's own
#: line; of a line without use, what it makes.
Kind = tuple[str, str, str, str, str, str]
#: The lines of a class, and how it is told: stage, use and countries.
Place = tuple[str, str, frozenset[str]]
_UNIT = "share of normal output"
#: Output is back when it is above this share of normal for good.
BACK = 0.95


def kinds(network: Network) -> dict[Kind, list[int]]:
    """The sites of each class of lines; every site of the user is a class of its own."""
    found: dict[Kind, list[int]] = defaultdict(list)
    for position, site in enumerate(network.sites):
        made = "" if site.use else site.id.rpartition("/")[2]
        label = (site.label or site.id) if site.mine else made
        found[site.country, site.stage, site.use, site.cover, site.buyer, label].append(position)
    return dict(found)


def stops(network: Network, run: Run) -> tuple[Stop, ...]:
    """Every class of lines that stood in any draw, and all of the user's, which come first."""
    return tuple(stop for stop in _stops(network, run, kinds(network)) if stop.chance > 0 or stop.mine)


def sectors(network: Network, run: Run, outside: str) -> tuple[Stop, ...]:
    """Each stage and use outside a country as one class of lines, if any of them stood in any draw."""
    found: dict[Kind, list[int]] = defaultdict(list)
    for position, site in enumerate(network.sites):
        if site.country != outside:
            found["outside", site.stage, site.use, "", "", ""].append(position)
    return tuple(stop for stop in _stops(network, run, found) if stop.chance > 0)


def _stops(network: Network, run: Run, several: Mapping[Kind, list[int]]) -> list[Stop]:
    central = has_central(run)

    @cache
    def worst(place: Place) -> Band:
        stage, use, countries = place
        return band(share(run, stage, use, countries).max(axis=0), central=central)

    def made(kind: Kind, sites: list[int]) -> Stop:
        begun, held = begins(run, sites), [network.sites[at] for at in sites]
        return Stop(
            *kind,
            float(np.isfinite(drawn(begun, central=central)).mean()),
            band(begun, central=central),
            band(run.stood[sites].max(axis=0), central=central),
            worst((kind[1], kind[2], frozenset(site.country for site in held))),
            tuple(site.id for site in held),
            any(site.mine for site in held),
        )

    return sorted((made(kind, sites) for kind, sites in several.items()), key=_order)


def _order(stop: Stop) -> tuple[bool, float, float, str, str, str]:
    day = stop.first.middle if stop.first.middle is not None else np.inf
    return not stop.mine, -stop.chance, day, stop.country, stop.use, stop.label


def begins(run: Run, sites: Iterable[int]) -> Array:
    """The first day on which any of the sites stood (draw,); infinity if none did."""
    days = run.first[list(sites)].astype(float)
    made: Array = np.where(days < 0, np.inf, days - run.asked.zero).min(axis=0)
    return made


def share(run: Run, stage: str, use: str, countries: Collection[str]) -> Array:
    """The share of normal output standing (period, draw), countries weighted by what they made before."""
    summed, whole = np.zeros(run.values.shape[1:]), np.zeros(run.values.shape[2])
    for country in sorted(countries):
        ends = (use, f"*/{use}") if use else ("*",)
        normal = before(run, total(run, *(f"output/{stage}/{country}/{end}" for end in ends)))
        summed += total(run, f"stopped/{stage}/{country}/{use or 'all'}") * normal
        whole += normal
    return relative(summed, np.broadcast_to(whole, summed.shape))


def standing(network: Network, run: Run, outside: str) -> tuple[Curve, ...]:
    """The share of normal output standing, wherever any line ever stood.

    By stage, country and use; and over all countries but one (``stopped/{stage}/outside/{use}``).
    """
    found = [name for name in names(run, "stopped/*") if run.series(name).any()]
    apart = tuple(curve(name, _UNIT, run.series(name), run) for name in found)
    places: dict[tuple[str, str], set[str]] = defaultdict(set)
    for site in network.sites:
        if site.country != outside:
            places[site.stage, site.use].add(site.country)
    summed = {key: share(run, *key, countries) for key, countries in places.items()}
    together = (
        curve(f"stopped/{stage}/outside/{use or 'all'}", _UNIT, values, run)
        for (stage, use), values in summed.items()
        if values.any()
    )
    return (*together, *apart)


def weights(sites: Iterable[Site]) -> Array:
    """What each line counts for: the value added of its end demand [USD a day] (site,); 0 if not final."""
    return np.array([site.demand * site.worth for site in sites], dtype=float)


def stop_days(network: Network, run: Run, country: str = "", use: str = "") -> Array:
    """Days that final lines stood (draw,) [days], each line weighted by its share of end value.

    With `country` or `use`, of the lines there, weighted among themselves.
    """
    weight = weights(network.sites)
    for at, site in enumerate(network.sites):
        if (country and site.country != country) or (use and site.use != use):
            weight[at] = 0.0
    whole = weight.sum()
    made: Array = weight @ run.stood / whole if whole > 0 else np.zeros(run.stood.shape[1])
    return made


def largest(network: Network, run: Run, outside: str = "") -> Array:
    """The largest share of final lines, by end value, standing in one period (draw,), `outside` left out."""
    summed, whole = np.zeros(run.values.shape[1:]), 0.0
    for (country, use), value in _ends(network).items():
        name = f"stopped/product/{country}/{use}"
        if country == outside or not names(run, name):
            continue
        summed, whole = summed + value * run.series(name), whole + value
    made: Array = summed.max(axis=0) / whole if whole > 0 else summed.max(axis=0)
    return made


def _ends(network: Network) -> dict[tuple[str, str], float]:
    found: dict[tuple[str, str], float] = defaultdict(float)
    for site, value in zip(network.sites, weights(network.sites), strict=True):
        if value > 0:
            found[site.country, site.use] += float(value)
    return found


def back(level: Array, starts: tuple[int, ...]) -> Array:
    """The day from which on a level (period, draw) [share of normal] stays above 95 % (draw,); 0: always."""
    return np.maximum(onset(level >= BACK, starts), 0.0)


def fell(level: Array, starts: tuple[int, ...]) -> Array:
    """The first day on which a level (period, draw) [share of normal] is below 95 % (draw,)."""
    return first(level < BACK, starts)
