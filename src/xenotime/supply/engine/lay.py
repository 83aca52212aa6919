"""Lay out the board of a batch: numbers given, the rest state, and the state of the first morning."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from xenotime.supply.engine import board as b
from xenotime.supply.engine.board import Array, Board, Places
from xenotime.supply.engine.days import Days
from xenotime.supply.engine.frame import Frame, frame_of
from xenotime.supply.engine.given import LICENCE, RULES, Given
from xenotime.supply.engine.jit import stage
from xenotime.supply.engine.links import Links, links_of, weights
from xenotime.supply.engine.prior import avoid, fill, parts_of
from xenotime.supply.engine.rest import settle
from xenotime.supply.licence.handling import Handling, Office
from xenotime.supply.world.network import Network

#: Rows to work in.
WORK = 4
#: The longest wait for a decision that is told apart [days]; a longer one ends on that day.
LONGEST = 511


class Setting(NamedTuple):
    """What all batches of a run share: the network with its flat forms, and how its routes are handled."""

    network: Network
    frame: Frame
    links: Links
    countries: list[str]
    handling: Handling


def setting_of(network: Network, handling: Handling) -> Setting:
    """The setting of a network under a regime; countries in the order of the alphabet."""
    countries = sorted({site.country for site in network.sites})
    return Setting(network, frame_of(network), links_of(network), countries, handling)


class Room(NamedTuple):
    """The room that a board takes: `counts`, the `course` of the days, where each part begins (`at`)."""

    counts: dict[int, int]
    course: Array
    at: Places


def room_of(setting: Setting, days: Days, length: int, seed: int) -> Room:
    """The room of a run of so many days."""
    counts = counts_of(setting, length, seed)
    at = np.zeros(b.PARTS, dtype=np.int64)
    course = courses(days, at)
    b.stacked(sizes_of(counts, 0), at)
    return Room(counts, course, at)


def books_of(setting: Setting) -> dict[int, Places]:
    """Whose accounts: the country of each bin and stack, the bins served at rest over a lane under the law,
    and the stacks of recyclers (sites whose use is ``recycling``).
    """
    network, links = setting.network, setting.links
    home = [setting.countries.index(site.country) for site in network.sites]
    hit = np.zeros(len(network.bins), dtype=np.int64)
    for lane in network.lanes:
        if lane.route and lane.share > 0.0:
            hit[lane.bin] = 1
    scrap = [int(network.sites[stack.site].use == "recycling") for stack in network.stacks]
    return {
        b.BIN_COUNTRY: np.array([home[one.site] for one in network.bins], dtype=np.int64),
        b.STACK_COUNTRY: np.array([home[stack.site] for stack in network.stacks], dtype=np.int64),
        b.HIT: hit,
        b.SCRAP: np.array(scrap, dtype=np.int64),
        b.LINK_FROM: links.origin,
        b.LINK_INTO: links.into,
        b.LINK_SOLE: links.sole,
        b.ROUTE_CLASS: np.array([int(route.buyer != "civil") for route in network.routes], dtype=np.int64),
    }


def counts_of(setting: Setting, days: int, seed: int) -> dict[int, int]:
    """How many there are of everything, and the seed."""
    network, frame = setting.network, setting.frame
    return {
        b.N_SITES: len(network.sites),
        b.N_BINS: len(network.bins),
        b.N_STACKS: len(network.stacks),
        b.N_LANES: len(network.lanes),
        b.N_HELD: len(frame.held_lane),
        b.N_ROUTES: len(network.routes),
        b.N_OPTIONS: len(network.options),
        b.N_PROJECTS: len(network.projects),
        b.N_GOODS: len(network.goods),
        b.N_COUNTRIES: len(setting.countries),
        b.N_SLOTS: min(days, LONGEST) + 1,
        b.N_LINKS: len(setting.links.into),
        b.N_OFFICES: int(setting.handling.office is not None),
        b.SEED: seed,
    }


def sizes_of(counts: Mapping[int, int], slots: int) -> dict[int, int]:
    """The rows of every part of the board; those that grow with the run's length come last."""
    spans = {
        b.N_SITES: range(b.SLACK, b.LOSS + 1),
        b.N_BINS: range(b.NEED, b.BINS + 1),
        b.N_STACKS: range(b.GIVES, b.STACKS + 1),
        b.N_LANES: range(b.SHARE0, b.SENT + 1),
        b.N_HELD: range(b.GRANT, b.PEND + 1),
        b.N_ROUTES: range(b.WAIT, b.RULED + 1),
        b.N_OPTIONS: range(b.CAP, b.BEGAN + 1),
        b.N_PROJECTS: range(b.ADDS, b.MADE + 1),
        b.N_GOODS: range(b.PRICE, b.TOTAL_USED + 1),
    }
    sizes = {part: counts[count] for count, parts in spans.items() for part in parts}
    sizes |= dict.fromkeys(range(b.SPOT, b.NEEDED + 1), 2 * counts[b.N_GOODS])
    sizes |= {
        b.LICENCE: len(LICENCE) * counts[b.N_ROUTES],
        b.RULE: len(RULES),
        b.LUCK: 1,
        b.WORK: WORK,
        b.LINK: counts[b.N_LINKS],
    }
    sizes |= {b.MET: len(b.CHANNELS) * counts[b.N_COUNTRIES], b.MONEY: len(b.KINDS) * counts[b.N_COUNTRIES]}
    sizes |= {b.OFFICE: 3, b.BUSY: 1, b.HEAD: b.QUEUES}
    queues = b.QUEUES * counts[b.N_SLOTS] * counts[b.N_OFFICES]
    sizes |= {b.QUEUE: queues, b.OPEN: queues}
    return sizes | {b.RING: slots, b.FILES: counts[b.N_ROUTES] * counts[b.N_SLOTS]}


def courses(days: Days, at: Places) -> Array:
    """The columns of the days behind each other (day, column)."""
    b.stacked({b.LEFT + place: table.shape[1] for place, table in enumerate(days)}, at)
    return np.ascontiguousarray(np.concatenate(days, axis=1))


def lay(setting: Setting, room: Room, given: Given, opens: Array, lucks: Places) -> Board:
    """A board on the first morning: at rest, stocks at their targets, lanes full of what is normally under
    way; under a regime that ran before, with its queue.
    """
    network, frame, counts, at = setting.network, setting.frame, room.counts, room.at.copy()
    p, slots = _places(setting, given, at)
    at[list(counts)] = list(counts.values())
    rows = b.stacked(sizes_of(counts, slots), at)
    board = Board(np.zeros((rows, len(lucks))), p, room.course, at)
    _give(board, given)
    board.rows(b.OPENS, len(opens))[:] = opens
    board.rows(b.LUCK, 1)[:] = lucks
    board.rows(b.MOST, len(network.sites))[:] = np.inf
    _staff(board, setting.handling.office, counts)
    prior = setting.handling.prior
    before = parts_of(network, prior, given.licence) if prior is not None else None
    if before is not None:
        avoid(board, frame, before[0])
    settle(board, network)
    _morning(board, counts)
    if before is not None and setting.handling.office is None:
        fill(board, frame, *before[1:], counts[b.N_SLOTS])
    out = board.rows(b.OUT, len(network.stacks))
    board.rows(b.LINK, counts[b.N_LINKS])[:] = weights(setting.links, frame.stack_good, out)
    fill_lanes(board.f, board.p, at)
    return board


def _places(setting: Setting, given: Given, at: Places) -> tuple[Places, int]:
    """The list of positions, laid out; and how many slots the rings of all bins have."""
    ring_at = _slots(setting.frame, given, len(setting.network.bins))
    places = {b.UPWARD + place: table for place, table in enumerate(setting.frame)}
    places |= {b.RING_AT: ring_at} | books_of(setting)
    awake = [any(share > 0.0 for share in row) for row in given.share.tolist()]
    steady = [len(set(row)) == 1 for row in given.tau.tolist()]
    places |= {b.AWAKE: np.array(awake, dtype=np.int64), b.STEADY: np.array(steady, dtype=np.int64)}
    b.stacked({part: len(table) for part, table in places.items()}, at)
    return np.concatenate(list(places.values())), int(ring_at[-1])


def _staff(board: Board, office: Office | None, counts: Mapping[int, int]) -> None:
    if office is not None:
        board.rows(b.OFFICE, 3)[:] = np.array([[office.officers], [office.pace], [office.size]])
        board.rows(b.OPEN, b.QUEUES * counts[b.N_SLOTS])[:] = 1.0


def _slots(frame: Frame, given: Given, bins: int) -> Places:
    longest = np.ones(bins, dtype=np.int64)
    if len(frame.lane_bin):
        np.maximum.at(longest, frame.lane_bin, given.tau.max(axis=1).astype(np.int64))
    found = np.zeros(bins + 1, dtype=np.int64)
    np.cumsum(longest, out=found[1:])
    return found


def _give(board: Board, given: Given) -> None:
    """Writes the given numbers; the rows that they fill bear their names."""
    names = {
        "slack": b.SLACK, "least": b.LEAST, "restart": b.RESTART, "worth": b.WORTH, "demand": b.DEMAND,
        "need": b.NEED, "cover": b.COVER, "gives": b.GIVES, "depth": b.DEPTH, "share": b.SHARE, "tau": b.TAU,
        "cap": b.CAP, "delay": b.DELAY, "pace": b.PACE, "trigger": b.TRIGGER, "ratio": b.RATIO,
        "penalty": b.PENALTY, "adds": b.ADDS, "ramp": b.RAMPS, "floor": b.FLOOR, "price": b.PRICE,
        "rule": b.RULE,
    }  # fmt: skip
    for name, part in names.items():
        table = getattr(given, name)
        board.rows(part, len(table))[:] = table
    board.rows(b.LICENCE, given.licence.shape[0] * given.licence.shape[1])[:] = given.licence.reshape(
        -1, given.licence.shape[2]
    )
    board.rows(b.SOUGHT, len(given.demand))[:] = given.demand
    board.rows(b.THRIFT, len(given.need))[:] = given.need


def _morning(board: Board, counts: Mapping[int, int]) -> None:
    sites, bins, stacks = counts[b.N_SITES], counts[b.N_BINS], counts[b.N_STACKS]
    board.rows(b.SHUT, sites)[:] = -1.0
    board.rows(b.FIRST, sites)[:] = -1.0
    board.rows(b.FILL, counts[b.N_LANES])[:] = 1.0
    board.rows(b.BEGAN, counts[b.N_OPTIONS])[:] = -1.0
    for part in (b.SPOT, b.DEAL, b.REACH):
        board.rows(part, 2 * counts[b.N_GOODS])[:] = 1.0
    board.rows(b.NORMAL, bins)[:] = board.rows(b.FLOW, bins)
    board.rows(b.ASKED, stacks)[:] = board.rows(b.OUT, stacks)
    board.rows(b.BINS, bins)[:] = board.rows(b.COVER, bins) * board.rows(b.FLOW, bins)
    board.rows(b.STACKS, stacks)[:] = board.rows(b.DEPTH, stacks) * board.rows(b.OUT, stacks)


_BINS, _FLOW, _SHARE, _TAU, _RING, _RING_AT, _TRANSIT = (
    b.N_LANES,
    b.FLOW,
    b.SHARE,
    b.TAU,
    b.RING,
    b.RING_AT,
    b.TRANSIT,
)
_LANE_BIN = b.LANE_BIN


@stage
def fill_lanes(f: Array, p: Places, at: Places) -> None:
    """Puts on the lanes what was sent on the normal days before the first: a flow for each day of transit."""
    for lane in range(at[_BINS]):
        one = p[at[_LANE_BIN] + lane]
        first = at[_RING] + p[at[_RING_AT] + one]
        for w in range(f.shape[1]):
            flow = f[at[_SHARE] + lane, w] * f[at[_FLOW] + one, w]
            days = int(f[at[_TAU] + lane, w])
            for slot in range(days):
                f[first + slot, w] += flow
            f[at[_TRANSIT] + one, w] += flow * days
