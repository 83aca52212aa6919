"""Keep accounts of a day: how need was met by channel, what was paid more, what sales were lost.

For every input that comes at rest over a lane under the law, in money of the rest state [USD]: `licence` is what
was shipped on such lanes; what other lanes ship beyond their rest flow is `capacity` by the part of the seller's
capacity that was grown, `recycling` when the seller's use is recycling, else `reroute`; `substitution` is need
moved or saved by options; `stock` is what was used beyond what came in; `less` is need not met.
Paid more, for what crosses a border: price at rest x (contract ratio x (1 - thin) + spot ratio x thin - 1), and the
tariff; the same rise is what the seller's country gains. Sales lost: rest flow less shipped, at rest prices.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from xenotime.supply.engine.days import Days
from xenotime.supply.engine.frame import Frame, Places
from xenotime.supply.engine.given import THIN, Given
from xenotime.supply.engine.jit import kernel
from xenotime.supply.engine.rest import Rest
from xenotime.supply.engine.state import CHANNELS, MONEY, Seen, State
from xenotime.supply.world.network import Network

_NEED, _LICENCE, _STOCK, _SUBSTITUTION, _REROUTE, _CAPACITY, _RECYCLING, _LESS = range(len(CHANNELS))
_PAID, _GAINED, _SALES = range(len(MONEY))


class Books(NamedTuple):
    """Whose accounts: `bin_country`, `stack_country`; `hit` (bin) served at rest over a lane under the law;
    `scrap` (stack) sold by a recycler."""

    bin_country: Places
    stack_country: Places
    hit: Places
    scrap: Places
    countries: int


def books_of(network: Network, frame: Frame, countries: list[str]) -> Books:
    """The accounts' positions; a site whose use is ``recycling`` is a recycler."""
    home = [countries.index(site.country) for site in network.sites]
    hit = np.zeros(len(network.bins), dtype=np.int64)
    for lane in network.lanes:
        if lane.route and lane.share > 0.0:
            hit[lane.bin] = 1
    return Books(
        np.array([home[one.site] for one in network.bins], dtype=np.int64),
        np.array([home[one.site] for one in network.stacks], dtype=np.int64),
        hit,
        np.array([network.sites[one.site].use == "recycling" for one in network.stacks], dtype=np.int64),
        len(countries),
    )


@kernel
def account(
    frame: Frame, given: Given, days: Days, day: int, books: Books, rest: Rest, state: State, seen: Seen
) -> None:
    """Writes the day's accounts, by country, and every input's need that was not met."""
    seen.met[:] = 0.0
    seen.money[:] = 0.0
    for one in range(frame.bin_site.size):
        good = frame.bin_good[one]
        for w in range(seen.met.shape[1]):
            moved = 0.0
            for at in range(frame.moves_at[one], frame.moves_at[one + 1]):
                moved += state.level[frame.moves_of[at], w]
            need = rest.flow[one, w]
            lack = max(0.0, need * (1.0 - moved) - state.used[one, w])
            seen.lack[one, w] = lack
            if books.hit[one] == 1:
                home, n, price = books.bin_country[one], books.countries, given.price[good, w]
                seen.met[_NEED * n + home, w] += need * price
                seen.met[_STOCK * n + home, w] += max(0.0, state.used[one, w] - state.came[one, w]) * price
                seen.met[_SUBSTITUTION * n + home, w] += need * min(1.0, moved) * price
                seen.met[_LESS * n + home, w] += lack * price
    for lane in range(frame.lane_bin.size):
        one, stack = frame.lane_bin[lane], frame.lane_stack[lane]
        if books.hit[one] == 1:
            channel(frame, given, books, lane, rest, state, seen)
        if books.bin_country[one] != books.stack_country[stack]:
            money(frame, given, days, day, books, lane, rest, seen)


@kernel
def channel(frame: Frame, given: Given, books: Books, lane: int, rest: Rest, state: State, seen: Seen) -> None:
    """Adds a lane's shipment to the channels of its buyer's country."""
    one, stack = frame.lane_bin[lane], frame.lane_stack[lane]
    site, home, n = frame.stack_site[stack], books.bin_country[one], books.countries
    for w in range(seen.met.shape[1]):
        price = given.price[frame.bin_good[one], w]
        if frame.lane_route[lane] >= 0:
            seen.met[_LICENCE * n + home, w] += seen.sent[lane, w] * price
            continue
        extra = (seen.sent[lane, w] - rest.share[lane, w] * rest.flow[one, w]) * price
        if extra <= 0.0:
            continue
        most = state.most[site, w]
        grown = min(1.0, state.grown[site, w] / most) if most > 0.0 else 0.0
        seen.met[_CAPACITY * n + home, w] += extra * grown
        other = _RECYCLING if books.scrap[stack] == 1 else _REROUTE
        seen.met[other * n + home, w] += extra * (1.0 - grown)


@kernel
def money(
    frame: Frame, given: Given, days: Days, day: int, books: Books, lane: int, rest: Rest, seen: Seen
) -> None:
    """Adds what a lane across a border costs more, gains more, and sells less."""
    one, stack = frame.lane_bin[lane], frame.lane_stack[lane]
    good, goods, n = frame.bin_good[one], seen.spot.shape[0] // 2, books.countries
    cell = frame.bin_zone[one] * goods + good
    rate = days.tariff[min(day, days.tariff.shape[0] - 1), one]
    buyer, seller = books.bin_country[one], books.stack_country[stack]
    for w in range(seen.sent.shape[1]):
        thin = given.rule[THIN, w]
        value = seen.sent[lane, w] * given.price[good, w]
        rise = seen.deal[cell, w] * (1.0 - thin) + seen.spot[cell, w] * thin - 1.0
        seen.money[_PAID * n + buyer, w] += value * (rise + rate * (1.0 + rise))
        seen.money[_GAINED * n + seller, w] += value * rise
        flow = rest.share[lane, w] * rest.flow[one, w]
        seen.money[_SALES * n + seller, w] += flow * given.price[good, w] - value
