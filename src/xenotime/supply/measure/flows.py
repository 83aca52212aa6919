"""What moves between countries: before a shock, while it is worst, and at the end."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

from xenotime.supply.engine.run import Run
from xenotime.supply.measure.bands import days, lengths
from xenotime.supply.measure.values import Flow
from xenotime.supply.world.network import Lane, Network

Array = NDArray[np.float64]

#: How long the worst and the last stretch are [days].
STRETCH = 30
#: Flows below this share of their good's largest are left out.
LEAST = 1e-4


def flows(network: Network, run: Run, origin: str) -> tuple[Flow, ...]:
    """Every flow of a good between two countries, or within one, at three times [units a day].

    `origin` is the controlling country: the worst thirty days are those in which its exports, at prices of
    rest, are smallest. Of the first draw of the run, which is the central one of a whole run.
    """
    rest = before(run)
    begin, end = worst(network, run, origin)
    last = max(0, run.lanes.shape[1] - _periods(run))
    columns = (rest, _rate(run, begin, end), _rate(run, last, run.lanes.shape[1]))
    found: dict[tuple[int, str, str, str], Array] = defaultdict(lambda: np.zeros(3))
    held = set()
    for at, lane in enumerate(network.lanes):
        key = _key(network, lane)
        found[key] += [column[at] for column in columns]
        if lane.route:
            held.add(key)
    largest = {good: max(v.max() for k, v in found.items() if k[0] == good) for good, *_ in found}
    made = [
        _flow(network, key, values, controlled=key in held)
        for key, values in found.items()
        if values.max() > LEAST * largest[key[0]]
    ]
    return tuple(sorted(made, key=lambda flow: (flow.good, -flow.before, flow.origin, flow.destination)))


def before(run: Run) -> Array:
    """What each lane carries before day 0 (lane,) [units a day]; in the first period if there is none."""
    return _rate(run, 0, max(1, sum(day < 0 for day in days(run))))


def worst(network: Network, run: Run, origin: str) -> tuple[int, int]:
    """The periods, first and after the last, of the thirty days of a country's smallest exports by value."""
    size = _periods(run)
    value = np.array([_value(network, lane, origin) for lane in network.lanes])
    sent = value @ run.lanes / lengths(run) if len(value) else np.zeros(run.lanes.shape[1])
    first = min(int(np.searchsorted(days(run), 0)), run.lanes.shape[1] - 1)
    last = max(first + 1, run.lanes.shape[1] - size + 1)
    begin = min(range(first, last), key=lambda at: float(sent[at : at + size].mean()))
    return begin, min(begin + size, run.lanes.shape[1])


def _periods(run: Run) -> int:
    return max(1, round(STRETCH / run.asked.every))


def _rate(run: Run, begin: int, end: int) -> Array:
    made: Array = run.lanes[:, begin:end].sum(axis=1) / lengths(run)[begin:end].sum()
    return made


def _ends(network: Network, lane: Lane) -> tuple[str, str]:
    seller = network.sites[network.stacks[lane.stack].site]
    return seller.country, network.sites[network.bins[lane.bin].site].country


def _key(network: Network, lane: Lane) -> tuple[int, str, str, str]:
    origin, destination = _ends(network, lane)
    bin_ = network.bins[lane.bin]
    return bin_.good, origin, destination, network.sites[bin_.site].stage


def _value(network: Network, lane: Lane, country: str) -> float:
    origin, destination = _ends(network, lane)
    return network.price[network.bins[lane.bin].good] if origin == country != destination else 0.0


def _flow(network: Network, key: tuple[int, str, str, str], values: Array, *, controlled: bool) -> Flow:
    good = network.goods[key[0]]
    before, during, after = (float(value) for value in values)
    kg = float(sum(good.content.values()))
    return Flow(good.id, good.stage, key[3], good.unit, kg, key[1], key[2], before, during, after, controlled)


def needs(network: Network, rest: Array) -> dict[tuple[str, str], float]:
    """What each stage takes in at rest, by stage and element [kg a day], from lanes' flows (lane,)."""
    found: dict[tuple[str, str], float] = defaultdict(float)
    for lane, carried in zip(network.lanes, rest, strict=True):
        bin_ = network.bins[lane.bin]
        for element, kg in network.goods[bin_.good].content.items():
            found[network.sites[bin_.site].stage, element] += float(carried) * kg
    return dict(found)
