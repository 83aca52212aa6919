"""Keep accounts of a day: how need was met by channel, what was paid more, what sales were lost.

For every input that comes at rest over a lane under the law, in money of the rest state [USD]: `licence` is
what was shipped on such lanes; what other lanes ship beyond their rest flow is `capacity` by the part of the
seller's capacity that was grown, `recycling` when the seller's use is recycling, else `reroute`;
`substitution` is need moved or saved by options; `stock` is what was used beyond what came in; `less` is need
of what the site was asked to make that day, up to its normal activity, that was not met. Paid more, for what
crosses a border: price at rest x (contract ratio x (1 - thin) + spot ratio x thin - 1), and the tariff; the
same rise is what the seller's country gains. Sales lost: rest flow less shipped, at rest prices.
"""

from __future__ import annotations

from xenotime.supply.engine.board import (
    AWAKE,
    BIN_COUNTRY,
    BIN_GOOD,
    BIN_SITE,
    BIN_ZONE,
    BUY_AT,
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
    MET,
    MONEY,
    MOST,
    N_COUNTRIES,
    N_GOODS,
    NEED,
    PRICE,
    PULL,
    RULE,
    SCRAP,
    SENT,
    SHARE0,
    SPOT,
    STACK_COUNTRY,
    STACK_SITE,
    SWAPPED,
    TARIFF,
    THIN,
    USED,
    Array,
    Places,
)
from xenotime.supply.engine.jit import kernel

#: How the names of the gauges begin that the accounts fill.
BOOKED = ("met/", "paid/", "gained/", "sales/", "short/")
_NEED, _LICENCE, _STOCK, _SUBSTITUTION, _REROUTE, _CAPACITY, _RECYCLING, _LESS = range(len(CHANNELS))
_PAID, _GAINED, _SALES = range(len(KINDS))
_ROWS = len(CHANNELS)
_SUMS = len(KINDS)


@kernel
def open_books(f: Array, at: Places) -> None:
    """Begins the day's accounts at nothing."""
    for row in range(at[MET], at[MET] + _ROWS * at[N_COUNTRIES]):
        for w in range(f.shape[1]):
            f[row, w] = 0.0
    for row in range(at[MONEY], at[MONEY] + _SUMS * at[N_COUNTRIES]):
        for w in range(f.shape[1]):
            f[row, w] = 0.0


@kernel
def account(f: Array, p: Places, d: Array, at: Places, day: int, one: int) -> None:
    """Adds an input's day to the accounts, by country, and notes its need that was not met."""
    needed(f, p, at, one)
    hit = p[at[HIT] + one] == 1
    for lane in range(p[at[BUY_AT] + one], p[at[BUY_AT] + one + 1]):
        if p[at[AWAKE] + lane] == 0:
            continue
        if hit:
            channel(f, p, at, lane)
        if p[at[BIN_COUNTRY] + one] != p[at[STACK_COUNTRY] + p[at[LANE_STACK] + lane]]:
            money(f, p, d, at, day, lane)


@kernel
def needed(f: Array, p: Places, at: Places, one: int) -> None:
    """Notes an input's need, and how far stock, substitutes and doing without met it."""
    price, n = at[PRICE] + p[at[BIN_GOOD] + one], at[N_COUNTRIES]
    hit, home = p[at[HIT] + one] == 1, at[MET] + p[at[BIN_COUNTRY] + one]
    flow, used, came, lacks = at[FLOW0] + one, at[USED] + one, at[CAME] + one, at[LACK] + one
    swapped = at[SWAPPED] + one
    need, pull = at[NEED] + one, at[PULL] + p[at[BIN_SITE] + one]
    for w in range(f.shape[1]):
        f[lacks, w] = max(0.0, f[need, w] * f[pull, w] * (1.0 - f[swapped, w]) - f[used, w])
    if hit:
        for w in range(f.shape[1]):
            f[home + _NEED * n, w] += f[flow, w] * f[price, w]
            f[home + _STOCK * n, w] += max(0.0, f[used, w] - f[came, w]) * f[price, w]
            f[home + _SUBSTITUTION * n, w] += f[flow, w] * f[swapped, w] * f[price, w]
            f[home + _LESS * n, w] += f[lacks, w] * f[price, w]


@kernel
def channel(f: Array, p: Places, at: Places, lane: int) -> None:
    """Adds a lane's shipment to the channels of its buyer's country."""
    one, stack, n = p[at[LANE_BIN] + lane], p[at[LANE_STACK] + lane], at[N_COUNTRIES]
    site, home = p[at[STACK_SITE] + stack], at[MET] + p[at[BIN_COUNTRY] + one]
    price, sent = at[PRICE] + p[at[BIN_GOOD] + one], at[SENT] + lane
    other = _RECYCLING if p[at[SCRAP] + stack] == 1 else _REROUTE
    if p[at[LANE_ROUTE] + lane] >= 0:
        for w in range(f.shape[1]):
            f[home + _LICENCE * n, w] += f[sent, w] * f[price, w]
        return
    share, flow = at[SHARE0] + lane, at[FLOW0] + one
    for w in range(f.shape[1]):
        extra = (f[sent, w] - f[share, w] * f[flow, w]) * f[price, w]
        if extra > 0.0:
            most = f[at[MOST] + site, w]
            grown = min(1.0, f[at[GROWN] + site, w] / most) if most > 0.0 else 0.0
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
    deal, spot, thin, sent = at[DEAL] + cell, at[SPOT] + cell, at[RULE] + THIN, at[SENT] + lane
    share, flow = at[SHARE0] + lane, at[FLOW0] + one
    pays, gains, sells = buyer + _PAID * n, seller + _GAINED * n, seller + _SALES * n
    for w in range(f.shape[1]):
        value = f[sent, w] * f[price, w]
        rise = f[deal, w] * (1.0 - f[thin, w]) + f[spot, w] * f[thin, w] - 1.0
        f[pays, w] += value * (rise + rate * (1.0 + rise))
        f[gains, w] += value * rise
        f[sells, w] += f[share, w] * f[flow, w] * f[price, w] - value
