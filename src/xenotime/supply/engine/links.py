"""Which prices bear on which: inputs and what is made of them, with the share of cost that carries over.

An input bears on a good's price by its share in the worth of all that a site makes of it, times that site's
part of all that is made of the good. Where every site that does so makes one good alone, the good's price
pulls the input's up as well; what comes out of one ore together shares no price.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from xenotime.supply.engine.board import Array, Places
from xenotime.supply.world.network import Bin, Network, Stack

#: An input counts from this share of cost on at some site [share].
LEAST = 0.05


class Links(NamedTuple):
    """The links: `origin` and `into` the goods of each, `sole` whether the good is always made alone; and the
    parts they are made of: which `link`, of which `stack`, with which `share` of cost.
    """

    origin: Places
    into: Places
    sole: Places
    link: Places
    stack: Places
    share: Array


def links_of(network: Network) -> Links:
    """The links of a network, at prices at rest."""
    makes = np.bincount([stack.site for stack in network.stacks], minlength=len(network.sites))
    worth = np.zeros(len(network.sites))
    for stack in network.stacks:
        worth[stack.site] += stack.gives * network.price[stack.good]
    parts = []
    for place, stack, one in _pairs(network):
        value = worth[stack.site]
        share = min(1.0, one.need * network.price[one.good] / value) if value > 0.0 else 0.0
        if share >= LEAST:
            parts.append(((one.good, stack.good), place, share, int(makes[stack.site] == 1)))
    pairs = sorted({part[0] for part in parts})
    sole = [min(part[3] for part in parts if part[0] == pair) for pair in pairs]
    rows = {pair: place for place, pair in enumerate(pairs)}
    return Links(
        np.array([pair[0] for pair in pairs], dtype=np.int64),
        np.array([pair[1] for pair in pairs], dtype=np.int64),
        np.array(sole, dtype=np.int64),
        np.array([rows[part[0]] for part in parts], dtype=np.int64),
        np.array([part[1] for part in parts], dtype=np.int64),
        np.array([part[2] for part in parts], dtype=np.float64),
    )


def weights(links: Links, goods: Places, out: Array) -> Array:
    """How far each link carries a price over (link, draw), from the stacks' normal flows (stack, draw)."""
    made = np.zeros((int(goods.max(initial=-1)) + 1, out.shape[1]))
    np.add.at(made, goods, out)
    found = np.zeros((len(links.into), out.shape[1]))
    np.add.at(found, links.link, out[links.stack] * links.share[:, None])
    total = made[links.into]
    carried: Array = np.divide(found, total, out=np.zeros_like(found), where=total > 0.0)
    return carried


def _pairs(network: Network) -> Iterator[tuple[int, Stack, Bin]]:
    inputs: dict[int, list[Bin]] = {}
    for one in network.bins:
        inputs.setdefault(one.site, []).append(one)
    for place, stack in enumerate(network.stacks):
        if stack.driver:
            yield from ((place, stack, one) for one in inputs.get(stack.site, ()) if one.good != stack.good)
