"""Begin at rest under a regime that ran before the first day: its queue is full, and buyers have adapted.

With q the flow of a route that needs a paper each day and R the days that a file waits, what is undecided on
the first morning is q * mean of R, and of it q * chance(R > s) is decided on day s: the steady state of a
queue in which every file waits by itself. Shares have moved off lanes that are blocked, as far as others
serve the bin. Refusals, and an office's queue, are not in it: with an office the run begins with an empty
queue.
"""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np

from xenotime.supply.engine import board as b
from xenotime.supply.engine.board import Array, Board
from xenotime.supply.engine.frame import Frame
from xenotime.supply.licence.handling import Handling
from xenotime.supply.world.network import Network

_CHANCE = np.vectorize(NormalDist().cdf, otypes=[np.float64])


def parts_of(network: Network, handling: Handling, licence: Array) -> tuple[Array, Array, Array, Array]:
    """The share of an order that is blocked, the share filed, median wait and spread, each (route, draw)."""
    rows = {route: place for place, route in enumerate(handling.routes)}
    places = [rows.get(route.id, -1) for route in network.routes]

    def column(name: str) -> Array:
        table = getattr(handling, name)
        given = np.array([table[place, -1] if place >= 0 else 0.0 for place in places], dtype=np.float64)
        return np.asarray(given[:, None] * licence[_FACTORS.index(name)])

    block = np.minimum(1.0, column("block"))
    held = np.minimum(1.0, column("hold")) * (1.0 - np.minimum(1.0, column("fast")))
    return block, (1.0 - block) * held, column("lead"), column("sigma")


_FACTORS = ("hold", "fast", "lead", "sigma", "refuse", "block")


def avoid(board: Board, frame: Frame, block: Array) -> None:
    """Moves shares off blocked lanes where another lane serves the bin."""
    share = board.rows(b.SHARE, len(frame.lane_bin))
    open_share = share * np.where(frame.lane_route[:, None] >= 0, 1.0 - block[frame.lane_route], 1.0)
    served = np.zeros((len(frame.bin_site), share.shape[1]))
    np.add.at(served, frame.lane_bin, open_share)
    share[:] = np.where(served[frame.lane_bin] > 1e-9, open_share, share)


def fill(board: Board, frame: Frame, filing: Array, lead: Array, sigma: Array, slots: int) -> None:
    """Fills the queue of every route, and what buyers expect of it, with its steady state."""
    due = np.stack([late(lead, sigma, day) for day in range(slots - 1)])
    mean = np.where(lead > 0.0, np.maximum(due.sum(axis=0), lead * np.exp(0.5 * sigma * sigma)), 1.0)
    flows = board.rows(b.SHARE, len(frame.lane_bin)) * board.rows(b.FLOW, len(frame.bin_site))[frame.lane_bin]
    lanes = frame.held_lane
    route = frame.lane_route[lanes]
    filed = flows[lanes] * filing[route]
    board.rows(b.PEND, len(lanes))[:] = filed * mean[route]
    pool = np.zeros_like(filing)
    np.add.at(pool, route, filed)
    files = board.rows(b.FILES, filing.shape[0] * slots).reshape(filing.shape[0], slots, -1)
    files[:, : slots - 1] = np.moveaxis(due * pool, 0, 1)
    board.rows(b.POOL, filing.shape[0])[:] = pool * mean
    expected = filing * lead * np.exp(0.5 * sigma * sigma)
    board.rows(b.WAIT, filing.shape[0])[:] = expected
    board.rows(b.WAIT0, filing.shape[0])[:] = expected


def late(lead: Array, sigma: Array, day: int) -> Array:
    """The chance that a file, its wait rounded and at least a day, is not yet decided after `day` days."""
    if day == 0:
        return np.ones_like(lead)
    with np.errstate(divide="ignore"):
        z = (math.log(day + 0.5) - np.log(lead)) / np.where(sigma > 0.0, sigma, 1.0)
    spread: Array = 1.0 - _CHANCE(np.clip(z, -40.0, 40.0))
    sure = (lead >= day + 0.5).astype(np.float64)
    return np.where(sigma > 0.0, spread, sure)
