"""What changes from day to day: stocks, what is under way, files, shares, prices; all (thing, draw)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from xenotime.supply.engine.days import Days
from xenotime.supply.engine.frame import Frame, Places
from xenotime.supply.engine.given import Array, Given
from xenotime.supply.engine.jit import kernel
from xenotime.supply.engine.rest import Rest

#: The longest wait for a decision that is told apart [days]; a longer one ends on that day.
LONGEST = 511
#: Channels by which a need is met, in the order of the rows of `Seen.met`; `need` is what they are shares of.
CHANNELS = ("need", "licence", "stock", "substitution", "reroute", "capacity", "recycling", "less")
#: The rows of money: by country.
MONEY = ("paid", "gained", "sales")


class Seen(NamedTuple):
    """What gauges may read on a day, views of one array (row, draw).

    `sent` (lane) shipped; `x` (site) activity, `unmet`, `wish` end demand, `stand` normal activity that stands,
    `idle` activity below normal, `loss` value added lost [USD]; `lack` (bin) need not met; `met` (channel x
    country) and `money` (kind x country) [USD]; `pend` (held lane) undecided; `bins`, `stacks` stocks; `spot`,
    `deal` (zone x good) prices as ratios to rest.
    """

    sent: Array
    x: Array
    unmet: Array
    wish: Array
    stand: Array
    idle: Array
    loss: Array
    lack: Array
    met: Array
    money: Array
    pend: Array
    bins: Array
    stacks: Array
    spot: Array
    deal: Array


class State(NamedTuple):
    """The rest of the state of a batch.

    `ring` (slot) what arrives when, `ring_at` (bin) where each bin's slots begin; `transit` under way to a bin;
    `normal` a bin's smoothed need, `walked` the present normal flows and lane shares, `most` (site) capacity
    without cuts, `sought` (site) end demand; `asked` (stack) smoothed requests; `order`, `want`, `fill` (lane)
    ordered, wanted today, smoothed share delivered; `files` (held lane x day) undecided by day, `grant`
    allowed and unshipped; `wait` (route) expected licence days; `shut` (site) days to a restart, below 0:
    runs; `need` (bin) per activity after substitution; `level`, `began` (option) share moved and first day;
    `opens`, `ran`, `made` (project); `grown` (site) capacity added; `used`, `came` (bin) today; `reach`
    (zone x good) smoothed supply over need; `total_made`, `total_used` (good) since the start.
    """

    ring: Array
    ring_at: Places
    transit: Array
    normal: Array
    walked: Rest
    most: Array
    sought: Array
    asked: Array
    order: Array
    want: Array
    fill: Array
    files: Array
    grant: Array
    wait: Array
    shut: Array
    need: Array
    level: Array
    began: Array
    opens: Array
    ran: Array
    made: Array
    grown: Array
    used: Array
    came: Array
    reach: Array
    total_made: Array
    total_used: Array
    first: NDArray[np.int32]
    stood: NDArray[np.int32]


def rows_of(frame: Frame, countries: int, goods: int) -> dict[str, tuple[int, int]]:
    """The rows (begin, end) of each part of `Seen` in the one array behind it."""
    lanes, sites, bins = len(frame.lanes), len(frame.order), len(frame.bin_site)
    sizes = dict.fromkeys(Seen._fields, sites)
    sizes |= {"sent": lanes, "lack": bins, "bins": bins, "stacks": len(frame.stack_site)}
    sizes |= {"met": len(CHANNELS) * countries, "money": len(MONEY) * countries}
    sizes |= {"pend": len(frame.held_lane), "spot": 2 * goods, "deal": 2 * goods}
    found, at = {}, 0
    for name, size in sizes.items():
        found[name] = (at, at + size)
        at += size
    return found


def seen_of(rows: dict[str, tuple[int, int]], width: int) -> tuple[Array, Seen]:
    """A fresh array of what gauges read, with its views."""
    table = np.zeros((max(end for _, end in rows.values()), width))
    return table, Seen(**{name: table[begin:end] for name, (begin, end) in rows.items()})


def state_of(frame: Frame, given: Given, days: Days, rest: Rest, opens: Array, seen: Seen, goods: int) -> State:
    """The state at rest: stocks at their targets, lanes full of what is normally under way."""
    width = rest.act.shape[1]
    longest = np.ones(len(frame.bin_site), dtype=np.int64)
    if len(frame.lanes):
        np.maximum.at(longest, frame.lane_bin, given.tau.max(axis=1))
    ring_at = np.zeros(len(longest) + 1, dtype=np.int64)
    np.cumsum(longest, out=ring_at[1:])
    slots = min(days.hold.shape[0], LONGEST) + 1
    seen.bins[:] = given.cover * rest.flow
    seen.stacks[:] = given.depth * rest.out
    seen.spot[:] = 1.0
    seen.deal[:] = 1.0
    zeros = lambda count: np.zeros((count, width))  # noqa: E731 - a word for what is said twenty times
    lanes, sites, bins, held = len(frame.lanes), len(frame.order), len(longest), len(frame.held_lane)
    options, projects = len(frame.option_source), len(frame.project_site)
    state = State(
        ring=zeros(int(ring_at[-1])),
        ring_at=ring_at,
        transit=zeros(bins),
        normal=rest.flow.copy(),
        walked=Rest(rest.act.copy(), rest.flow.copy(), rest.out.copy(), rest.share.copy()),
        most=np.full((sites, width), np.inf),
        sought=given.demand.copy(),
        asked=rest.out.copy(),
        order=zeros(lanes),
        want=zeros(lanes),
        fill=np.ones((lanes, width)),
        files=zeros(held * slots),
        grant=zeros(held),
        wait=zeros(days.hold.shape[1]),
        shut=np.full((sites, width), -1.0),
        need=given.need.copy(),
        level=zeros(options),
        began=np.full((options, width), -1.0),
        opens=opens,
        ran=zeros(projects),
        made=zeros(projects),
        grown=zeros(sites),
        used=zeros(bins),
        came=zeros(bins),
        reach=np.ones((2 * goods, width)),
        total_made=zeros(goods),
        total_used=zeros(goods),
        first=np.full((sites, width), -1, dtype=np.int32),
        stood=np.zeros((sites, width), dtype=np.int32),
    )
    fill_lanes(frame, given.tau, rest, state.ring, ring_at, state.transit)
    return state


@kernel
def fill_lanes(frame: Frame, tau: Array, rest: Rest, ring: Array, ring_at: Places, transit: Array) -> None:
    """Puts on the lanes what was sent on the normal days before the first: a flow for each day of transit."""
    for lane in range(frame.lane_bin.size):
        one = frame.lane_bin[lane]
        for w in range(transit.shape[1]):
            flow = rest.share[lane, w] * rest.flow[one, w]
            for slot in range(tau[lane, w]):
                ring[ring_at[one] + slot, w] += flow
            transit[one, w] += flow * tau[lane, w]
