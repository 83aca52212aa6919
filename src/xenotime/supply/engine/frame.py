"""The network as flat arrays of positions: who buys where, who sells to whom, in which order to walk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from xenotime.supply.engine.board import Places
from xenotime.supply.world.network import Lane, Network

#: The country whose side of the price split is called inside.
INSIDE = "CN"
#: Codes of the kinds of input.
CRITICAL, IMPORTANT, FREE = 0, 1, 2
#: Priority classes of a lane: at home first, then civil buyers abroad, then others abroad.
CLASSES = 3


class Frame(NamedTuple):
    """The network's positions; lanes stand in the order of the bins that they serve (`lanes` gives theirs).

    ``*_at`` (n + 1) and ``*_of`` are rows of a compressed table: the members of i are of[at[i]:at[i + 1]].
    `upward` (site) goes from buyers to sellers; `held` (lane) is the position among the lanes that follow a
    route, -1 for the others; `zone` is 0 inside the controlling country, 1 outside.
    """

    upward: Places
    bins_at: Places
    bins_of: Places
    stacks_at: Places
    stacks_of: Places
    buy_at: Places
    sell_at: Places
    sell_of: Places
    moves_at: Places
    moves_of: Places
    builds_at: Places
    builds_of: Places
    bin_site: Places
    bin_good: Places
    bin_kind: Places
    bin_zone: Places
    stack_site: Places
    stack_good: Places
    stack_driver: Places
    stack_zone: Places
    lanes: Places
    lane_stack: Places
    lane_bin: Places
    lane_route: Places
    lane_class: Places
    held: Places
    held_lane: Places
    option_target: Places
    option_source: Places
    target_of: Places
    site_final: Places
    site_moves: Places
    project_site: Places


def compress(keys: Sequence[int], count: int) -> tuple[Places, Places]:
    """The compressed table of members by key: where each key's members begin (count + 1), and the members.

    >>> [part.tolist() for part in compress([1, 0, 1], 2)]
    [[0, 1, 3], [1, 0, 2]]
    """
    held = np.asarray(keys, dtype=np.int64)
    at = np.zeros(count + 1, dtype=np.int64)
    np.cumsum(np.bincount(held, minlength=count)[:count], out=at[1:])
    return at, np.argsort(held, kind="stable").astype(np.int64)


def frame_of(network: Network) -> Frame:
    """The flat form of a network."""
    lanes = np.argsort(_ints(lane.bin for lane in network.lanes), kind="stable").astype(np.int64)
    sorted_lanes = [network.lanes[place] for place in lanes]
    routes = {route.id: place for place, route in enumerate(network.routes)}
    route = _ints(routes.get(lane.route, -1) for lane in sorted_lanes)
    held_lane = np.flatnonzero(route >= 0).astype(np.int64)
    held = np.full(len(sorted_lanes), -1, dtype=np.int64)
    held[held_lane] = np.arange(len(held_lane))
    stack = _ints(lane.stack for lane in sorted_lanes)
    bin_ = _ints(lane.bin for lane in sorted_lanes)
    sites, bins, stacks = network.sites, network.bins, network.stacks
    bins_at, bins_of = compress([one.site for one in bins], len(sites))
    stacks_at, stacks_of = compress([one.site for one in stacks], len(sites))
    sell_at, sell_of = compress(stack.tolist(), len(stacks))
    moves_at, moves_of = compress([option.source for option in network.options], len(bins))
    builds_at, builds_of = compress([project.site for project in network.projects], len(sites))
    target = _ints(option.target for option in network.options)
    zone = _ints(0 if site.country == INSIDE else 1 for site in sites)
    return Frame(
        upward=_order(network),
        bins_at=bins_at,
        bins_of=bins_of,
        stacks_at=stacks_at,
        stacks_of=stacks_of,
        buy_at=compress(bin_.tolist(), len(bins))[0],
        sell_at=sell_at,
        sell_of=sell_of,
        moves_at=moves_at,
        moves_of=moves_of,
        builds_at=builds_at,
        builds_of=builds_of,
        bin_site=_ints(one.site for one in bins),
        bin_good=_ints(one.good for one in bins),
        bin_kind=_ints(("critical", "important", "free").index(one.kind) for one in bins),
        bin_zone=_ints(zone[one.site] for one in bins),
        stack_site=_ints(one.site for one in stacks),
        stack_good=_ints(one.good for one in stacks),
        stack_driver=_ints(one.driver for one in stacks),
        stack_zone=_ints(zone[one.site] for one in stacks),
        lanes=lanes,
        lane_stack=stack,
        lane_bin=bin_,
        lane_route=route,
        lane_class=_classes(network, sorted_lanes),
        held=held,
        held_lane=held_lane,
        option_target=target,
        option_source=_ints(option.source for option in network.options),
        target_of=np.bincount(target[target >= 0], minlength=len(bins)).astype(np.int64),
        site_final=_ints(site.demand > 0 for site in sites),
        site_moves=_moving(network),
        project_site=_ints(project.site for project in network.projects),
    )


def _ints(values: object) -> Places:
    return np.array(list(values), dtype=np.int64)  # type: ignore[call-overload] # any iterable of whole numbers


def _classes(network: Network, lanes: Sequence[Lane]) -> Places:
    found = []
    for lane in lanes:
        seller = network.sites[network.stacks[lane.stack].site]
        buyer = network.sites[network.bins[lane.bin].site]
        abroad = 1 if buyer.buyer == "civil" else 2
        found.append(0 if seller.country == buyer.country else abroad)
    return np.array(found, dtype=np.int64)


def _moving(network: Network) -> Places:
    """Whether a site has an input that may be replaced (site)."""
    found = np.zeros(len(network.sites), dtype=np.int64)
    found[[network.bins[option.source].site for option in network.options]] = 1
    return found


def _order(network: Network) -> Places:
    """Sites from buyers to sellers, by depth first over what drives them; a loop is cut where it closes."""
    buyers: list[list[int]] = [[] for _ in network.sites]
    for lane in network.lanes:
        stack = network.stacks[lane.stack]
        if stack.driver:
            buyers[stack.site].append(network.bins[lane.bin].site)
    seen = [False] * len(buyers)
    order: list[int] = []
    for root in range(len(buyers)):
        waiting = [(root, False)]
        while waiting:
            site, done = waiting.pop()
            if done:
                order.append(site)
            elif not seen[site]:
                seen[site] = True
                waiting.append((site, True))
                waiting.extend((buyer, False) for buyer in buyers[site] if not seen[buyer])
    return np.array(order, dtype=np.int64)
