"""The gauges of a run: which rows of a day each of them adds up, over what it is divided, in which unit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from xenotime.supply.engine.board import (
    ACT0,
    BINS,
    CHANNELS,
    DEAL,
    FLOW0,
    IDLE,
    KINDS,
    LACK,
    LOSS,
    MET,
    MONEY,
    PEND,
    SENT,
    SPOT,
    STAND,
    UNMET,
    WISH,
    Array,
    Board,
    Places,
    X,
)
from xenotime.supply.engine.frame import Frame
from xenotime.supply.engine.jit import stage
from xenotime.supply.engine.run import Gauge
from xenotime.supply.world.network import Network

#: What divides a gauge: nothing, the same members' normal activity, the same members' normal flow.
NOTHING, ACTIVITY, FLOW = 0, 1, 2


class Watch(NamedTuple):
    """The rows that gauges add up: those of gauge i are rows[begins[i]:begins[i + 1]], times `weights`."""

    begins: Places
    rows: Places
    weights: Array


class Line(NamedTuple):
    """A gauge with its members: positions in one part of the board, their weights, and what divides it."""

    gauge: Gauge
    part: int
    members: list[int]
    weights: list[float]
    over: int = NOTHING


def lines_of(network: Network, frame: Frame, countries: Sequence[str], keep: Sequence[str]) -> list[Line]:
    """The gauges of a network, those whose name begins with one of `keep` (all, when it is empty)."""
    gathered: dict[str, Line] = {}
    for line in _every(network, frame, countries):
        name = line.gauge.name
        if keep and not name.startswith(tuple(keep)):
            continue
        if name in gathered:
            gathered[name].members.extend(line.members)
            gathered[name].weights.extend(line.weights)
        else:
            gathered[name] = line
    return [gathered[name] for name in sorted(gathered)]


def _line(
    name: str,
    unit: str,
    part: int,
    member: int,
    weight: float = 1.0,
    over: int = NOTHING,
    *,
    level: bool = False,
) -> Line:
    return Line(Gauge(name, unit, level), part, [member], [weight], over)


def _every(network: Network, frame: Frame, countries: Sequence[str]) -> Iterator[Line]:
    yield from _lanes(network, frame)
    yield from _sites(network)
    yield from _stocks(network)
    yield from _prices(network)
    for place, country in enumerate(countries):
        for row, channel in enumerate(CHANNELS):
            yield _line(f"met/{channel}/{country}", "USD at rest prices", MET, row * len(countries) + place)
        for row, kind in enumerate(KINDS):
            yield _line(f"{kind}/{country}", "USD", MONEY, row * len(countries) + place)


def _lanes(network: Network, frame: Frame) -> Iterator[Line]:
    for place, lane in enumerate(frame.lanes):
        one = network.lanes[lane]
        good = network.goods[network.bins[one.bin].good]
        origin = network.sites[network.stacks[one.stack].site].country
        country = network.sites[network.bins[one.bin].site].country
        yield _line(f"ship/{good.id}/{origin}>{country}", good.unit, SENT, place)
        if frame.held[place] >= 0:
            name = f"pending/{good.id}/{country}"
            yield _line(name, good.unit, PEND, int(frame.held[place]), level=True)


def _sites(network: Network) -> Iterator[Line]:
    for place, site in enumerate(network.sites):
        where = f"{site.stage}/{site.country}"
        if site.demand > 0:
            yield _line(f"output/{where}/{site.use}", "units", X, place)
            yield _line(f"demand/{site.country}/{site.use}", "units", WISH, place)
            yield _line(f"unmet/{site.country}/{site.use}", "units", UNMET, place)
        yield _line(f"stopped/{where}/{site.use or 'all'}", "share", STAND, place, 1.0, ACTIVITY, level=True)
        yield _line(f"idle/{site.country}", "share", IDLE, place, site.worth, ACTIVITY, level=True)
        yield _line(f"lost/{site.country}", "USD", LOSS, place)
        if site.mine:
            yield _line(f"mine/{site.label or site.id}", "share", X, place, 1.0, ACTIVITY, level=True)
    for stack in network.stacks:
        site, good = network.sites[stack.site], network.goods[stack.good]
        yield _line(f"output/{site.stage}/{site.country}/{good.id}", good.unit, X, stack.site, stack.gives)


def _stocks(network: Network) -> Iterator[Line]:
    for place, one in enumerate(network.bins):
        site, good = network.sites[one.site], network.goods[one.good]
        yield _line(f"days/{site.stage}/{site.country}/{good.id}", "days", BINS, place, 1.0, FLOW, level=True)
        for element, mass in good.content.items():
            if mass > 0.0:
                yield _line(f"short/{site.stage}/{element}", "kg", LACK, place, mass)


def _prices(network: Network) -> Iterator[Line]:
    for place, good in enumerate(network.goods):
        for zone, side in enumerate(("inside", "outside")):
            cell = zone * len(network.goods) + place
            yield _line(f"price/{side}/{good.id}", "ratio to rest", SPOT, cell, level=True)
            yield _line(f"contract/{side}/{good.id}", "ratio to rest", DEAL, cell, level=True)


def watch_of(lines: Sequence[Line], at: Places) -> Watch:
    """The flat form of gauges."""
    begins = np.zeros(len(lines) + 1, dtype=np.int64)
    np.cumsum([len(line.members) for line in lines], out=begins[1:])
    places = [int(at[line.part]) + member for line in lines for member in line.members]
    weights = [weight for line in lines for weight in line.weights]
    return Watch(
        begins,
        np.array(places, dtype=np.int64),
        np.array(weights, dtype=np.float64),
    )


def divisors(lines: Sequence[Line], board: Board) -> Array:
    """What each gauge is divided by (gauge, draw): 1, or what its members are at rest."""
    found = np.ones((len(lines), board.f.shape[1]))
    starts = {ACTIVITY: int(board.at[ACT0]), FLOW: int(board.at[FLOW0])}
    for place, line in enumerate(lines):
        if line.over != NOTHING:
            total = np.zeros(board.f.shape[1])
            for member, weight in zip(line.members, line.weights, strict=True):
                total += board.f[starts[line.over] + member] * weight
            found[place] = np.where(total > 0.0, total, 1.0)
    return found


@stage
def watch(f: Array, begins: Places, rows: Places, weights: Array, period: int, values: Array) -> None:
    """Adds a day's rows to every gauge of the period; `values` (gauge, period, draw)."""
    for gauge in range(begins.size - 1):
        for place in range(begins[gauge], begins[gauge + 1]):
            row, weight = rows[place], weights[place]
            for w in range(f.shape[1]):
                values[gauge, period, w] += weight * f[row, w]
