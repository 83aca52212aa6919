"""The board of a batch: all numbers of all its draws in one table, all positions in one list, all days in
one.

A kernel reads ``f[at[BINS] + i, w]``: bin i's stock in draw w. `f` (row, draw) holds the draws' numbers, `p`
the network's positions, `d` (day, column) what changes with the day only, `at` where each part begins, or how
many there are. Few and plain arguments are what keeps the kernels quick to compile; the draw as last axis
keeps them quick to run.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Places = NDArray[np.int64]

# Site: given numbers; activity at rest and of the present walk, capacity, end demand, days to a restart,
# capacity grown, first day and days stood; then the day: what was wanted, activity, unmet and end demand,
# what stands, lies idle, is lost [USD].
(
    SLACK,
    LEAST,
    RESTART,
    WORTH,
    DEMAND,
    ACT0,
    ACT,
    MOST,
    SOUGHT,
    SHUT,
    GROWN,
    FIRST,
    STOOD,
    PULL,
    X,
    UNMET,
    WISH,
    STAND,
    IDLE,
    LOSS,
) = range(20)
# Bin: need per activity, target days, flow at rest and of the walk, under way, smoothed need, need after
# substitution, share substituted; then the day: used, came in, lacked, stock.
NEED, COVER, FLOW0, FLOW, TRANSIT, NORMAL, THRIFT, SWAPPED, USED, CAME, LACK, BINS = range(20, 32)
# Stack: gives per activity, target days, outflow at rest and of the walk, smoothed requests, what more could
# be sold, stock.
GIVES, DEPTH, OUT0, OUT, ASKED, ROOM, STACKS = range(32, 39)
# Lane: share at rest and now, transit days, ordered, smoothed delivery, what may ship
# today and then what is sent.
SHARE0, SHARE, TAU, ORDERED, FILL, SENT = range(39, 45)
# Lane under the law: allowed and not shipped, undecided.
GRANT, PEND = range(45, 47)
# Route: expected licence days; today's part of an order that may ship, part that is filed, day slot of the
# decision; undecided, filed today, part of the undecided that is decided today.
WAIT, WAIT0, PASSES, FILING, DECIDE, POOL, ENTERED, RULED = range(47, 55)
# Option: given numbers, share moved, day begun.
CAP, DELAY, PACE, TRIGGER, RATIO, PENALTY, LEVEL, BEGAN = range(55, 63)
# Project: given numbers, opening day, days run, output so far.
ADDS, RAMPS, FLOOR, OPENS, RAN, MADE = range(63, 69)
# Good: price at rest [USD], made and used since the start.
PRICE, TOTAL_MADE, TOTAL_USED = range(69, 72)
# Zone and good: spot and contract price, smoothed supply over need; five rows to work in.
SPOT, DEAL, REACH, HAVE, BASE, SENT_TO, WISHED, NEEDED = range(72, 80)
# Factors on the licence regime (6 x route), rules, random stream, accounts by channel and by kind (x
# country), rows to work in, cost shares of links; an office's numbers, its files, first open day (class),
# files by day and part of them still open (class x slot); what arrives when (slot), undecided files by day
# (lane x slot).
LICENCE, RULE, LUCK, MET, MONEY, WORK, LINK, OFFICE, BUSY, HEAD, QUEUE, OPEN, RING, FILES = range(80, 94)
# Columns of the days: by site, site, bin, bin, project, project, then by route, one for all, by project.
(
    LEFT,
    DEMANDED,
    STOCKPILE,
    TARIFF,
    PROMISED,
    BOUGHT,
    HOLD,
    FAST,
    LEAD,
    SIGMA,
    REFUSE,
    BLOCK,
    FREED,
    SURGED,
    BOUND,
) = range(94, 109)
# Positions: compressed tables, then what belongs to what.
(
    UPWARD,
    BINS_AT,
    BINS_OF,
    STACKS_AT,
    STACKS_OF,
    BUY_AT,
    SELL_AT,
    SELL_OF,
    MOVES_AT,
    MOVES_OF,
    BUILDS_AT,
    BUILDS_OF,
    BIN_SITE,
    BIN_GOOD,
    BIN_KIND,
    BIN_ZONE,
    STACK_SITE,
    STACK_GOOD,
    STACK_DRIVER,
    STACK_ZONE,
    LANES,
    LANE_STACK,
    LANE_BIN,
    LANE_ROUTE,
    LANE_CLASS,
    HELD,
    HELD_LANE,
    OPTION_TARGET,
    OPTION_SOURCE,
    TARGET_OF,
    SITE_FINAL,
    SITE_MOVES,
    PROJECT_SITE,
    RING_AT,
    BIN_COUNTRY,
    STACK_COUNTRY,
    HIT,
    SCRAP,
    AWAKE,
    STEADY,
    LINK_FROM,
    LINK_INTO,
    LINK_SOLE,
    ROUTE_CLASS,
) = range(109, 153)
# Counts, and the seed.
(
    N_SITES,
    N_BINS,
    N_STACKS,
    N_LANES,
    N_HELD,
    N_ROUTES,
    N_OPTIONS,
    N_PROJECTS,
    N_GOODS,
    N_COUNTRIES,
    N_SLOTS,
    N_LINKS,
    N_OFFICES,
    SEED,
) = range(153, 167)

#: How many parts a board has.
PARTS = 167

#: An office's numbers, in the order of the rows of `OFFICE`.
OFFICERS, PACE_OF, SIZE_OF = range(3)
#: The classes of files that an office tells apart: civil and defence (certified users never queue).
QUEUES = 2
#: Factors on the licence regime, in the order of the rows of `LICENCE`.
HOLD_BY, FAST_BY, LEAD_BY, SIGMA_BY, REFUSE_BY, BLOCK_BY = range(6)
#: The rules of behaviour, in the order of the rows of `RULE`.
SMOOTH, GAP, HOARD, REROUTE, STIFF, BACK, ELASTIC, PASSING, CONTRACT, THIN, LEARN = range(11)
#: Channels by which a need is met, in the order of `MET`; `need` is what they are shares of.
CHANNELS = ("need", "licence", "stock", "substitution", "reroute", "capacity", "recycling", "less")
#: The kinds of money that are kept by country, in the order of `MONEY`.
KINDS = ("paid", "gained", "sales")


@dataclass(frozen=True, slots=True)
class Board:
    """A batch's board: `f` (row, draw), `p` (place), `d` (day, column), `at` (part)."""

    f: Array
    p: Places
    d: Array
    at: Places

    def rows(self, part: int, count: int) -> Array:
        """The first rows of a part, as a view (row, draw)."""
        begin = int(self.at[part])
        view: Array = self.f[begin : begin + count]
        return view


def stacked(parts: Mapping[int, int], at: Places) -> int:
    """Lays parts of given sizes behind each other, writes where each begins into `at`, and gives the sum.

    >>> at = np.zeros(3, dtype=np.int64)
    >>> stacked({0: 4, 2: 3}, at), at.tolist()
    (7, [0, 0, 4])
    """
    total = 0
    for part, size in parts.items():
        at[part] = total
        total += size
    return total
