"""Keep accounts of a day: how need was met by channel, what was paid more, what sales were lost.

For every input that comes at rest over a lane under the law, in money of the rest state [USD]: `licence` is what
was shipped on such lanes; what other lanes ship beyond their rest flow is `capacity` by the part of the seller's
capacity that was grown, `recycling` when the seller's use is recycling, else `reroute`; `substitution` is need
moved or saved by options; `stock` is what was used beyond what came in; `less` is need not met.
Paid more, for what crosses a border: price at rest x (contract ratio x (1 - thin) + spot ratio x thin - 1), and the
tariff; the same rise is what the seller's country gains. Sales lost: rest flow less shipped, at rest prices.
"""

from __future__ import annotations

from xenotime.supply.engine.board import (
    BIN_COUNTRY,
    BIN_GOOD,
    BIN_ZONE,
    CAME,
    CHANNELS,
    DEAL,
    FLOW0,
    GROWN,
    HIT,
    KINDS,
    LACK,
    LANE_BIN,
    LANE_ROUTE,
    LANE_STACK,
    LEVEL,
    MET,
    MONEY,
    MOST,
    MOVES_AT,
    MOVES_OF,
    N_BINS,
    N_COUNTRIES,
    N_GOODS,
    N_LANES,
    PRICE,
    RULE,
    SCRAP,
    SENT,
    SHARE0,
    SPOT,
    STACK_COUNTRY,
    STACK_SITE,
    TARIFF,
    THIN,
    USED,
    Array,
    Places,
)
from xenotime.supply.engine.jit import kernel

_NEED, _LICENCE, _STOCK, _SUBSTITUTION, _REROUTE, _CAPACITY, _RECYCLING, _LESS = range(len(CHANNELS))
_PAID, _GAINED, _SALES = range(len(KINDS))
_ROWS = len(CHANNELS)
_SUMS = len(KINDS)


@kernel
def account(f: Array, p: Places, d: Array, at: Places, day: int) -> None:
    """Writes the day's accounts, by country, and every input's need that was not met."""
    countries = at[N_COUNTRIES]
    for row in range(at[MET], at[MET] + _ROWS * countries):
        for w in range(f.shape[1]):
            f[row, w] = 0.0
    for row in range(at[MONEY], at[MONEY] + _SUMS * countries):
        for w in range(f.shape[1]):
            f[row, w] = 0.0
    for one in range(at[N_BINS]):
        needed(f, p, at, one)
    for lane in range(at[N_LANES]):
        one = p[at[LANE_BIN] + lane]
        if p[at[HIT] + one] == 1:
            channel(f, p, at, lane)
        if p[at[BIN_COUNTRY] + one] != p[at[STACK_COUNTRY] + p[at[LANE_STACK] + lane]]:
            money(f, p, d, at, day, lane)


@kernel
def needed(f: Array, p: Places, at: Places, one: int) -> None:
    """Notes an input's need, and how far stock, substitutes and doing without met it."""
    price, n = at[PRICE] + p[at[BIN_GOOD] + one], at[N_COUNTRIES]
    hit, home = p[at[HIT] + one] == 1, at[MET] + p[at[BIN_COUNTRY] + one]
    flow, used, came, lacks = at[FLOW0] + one, at[USED] + one, at[CAME] + one, at[LACK] + one
    for w in range(f.shape[1]):
        moved = 0.0
        for place in range(p[at[MOVES_AT] + one], p[at[MOVES_AT] + one + 1]):
            moved += f[at[LEVEL] + p[at[MOVES_OF] + place], w]
        lack = max(0.0, f[flow, w] * (1.0 - moved) - f[used, w])
        f[lacks, w] = lack
        if hit:
            f[home + _NEED * n, w] += f[flow, w] * f[price, w]
            f[home + _STOCK * n, w] += max(0.0, f[used, w] - f[came, w]) * f[price, w]
            f[home + _SUBSTITUTION * n, w] += f[flow, w] * min(1.0, moved) * f[price, w]
            f[home + _LESS * n, w] += lack * f[price, w]


@kernel
def channel(f: Array, p: Places, at: Places, lane: int) -> None:
    """Adds a lane's shipment to the channels of its buyer's country."""
    one, stack, n = p[at[LANE_BIN] + lane], p[at[LANE_STACK] + lane], at[N_COUNTRIES]
    site, home = p[at[STACK_SITE] + stack], at[MET] + p[at[BIN_COUNTRY] + one]
    price, sent = at[PRICE] + p[at[BIN_GOOD] + one], at[SENT] + lane
    other = _RECYCLING if p[at[SCRAP] + stack] == 1 else _REROUTE
    for w in range(f.shape[1]):
        if p[at[LANE_ROUTE] + lane] >= 0:
            f[home + _LICENCE * n, w] += f[sent, w] * f[price, w]
            continue
        extra = (f[sent, w] - f[at[SHARE0] + lane, w] * f[at[FLOW0] + one, w]) * f[price, w]
        if extra > 0.0:
            grown = (
                min(1.0, f[at[GROWN] + site, w] / f[at[MOST] + site, w])
                if f[at[MOST] + site, w] > 0.0
                else 0.0
            )
            f[home + _CAPACITY * n, w] += extra * grown
            f[home + other * n, w] += extra * (1.0 - grown)


@kernel
def money(f: Array, p: Places, d: Array, at: Places, day: int, lane: int) -> None:
    """Adds what a lane across a border costs more, gains more, and sells less."""
    one, stack, n = p[at[LANE_BIN] + lane], p[at[LANE_STACK] + lane], at[N_COUNTRIES]
    good = p[at[BIN_GOOD] + one]
    cell = p[at[BIN_ZONE] + one] * at[N_GOODS] + good
    rate, price = d[day, at[TARIFF] + one], at[PRICE] + good
    buyer, seller = at[MONEY] + p[at[BIN_COUNTRY] + one], at[MONEY] + p[at[STACK_COUNTRY] + stack]
    for w in range(f.shape[1]):
        thin = f[at[RULE] + THIN, w]
        value = f[at[SENT] + lane, w] * f[price, w]
        rise = f[at[DEAL] + cell, w] * (1.0 - thin) + f[at[SPOT] + cell, w] * thin - 1.0
        f[buyer + _PAID * n, w] += value * (rise + rate * (1.0 + rise))
        f[seller + _GAINED * n, w] += value * rise
        flow = f[at[SHARE0] + lane, w] * f[at[FLOW0] + one, w]
        f[seller + _SALES * n, w] += flow * f[price, w] - value
