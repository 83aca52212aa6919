"""Small networks of firms, from rows that a person can read."""

from __future__ import annotations

import numpy as np
import pytest

from xenotime.supply.firms.network import Essential, Register, build


@pytest.fixture
def network():
    """Builds firms from {name: sector} and (supplier, buyer, value) rows."""

    def make(firms, links, essential=None, **totals):
        at = {name: number for number, name in enumerate(firms)}
        given = Register(
            list(firms),
            list(firms.values()),
            np.array([at[s] for s, _, _ in links], np.int64),
            np.array([at[b] for _, b, _ in links], np.int64),
            np.array([v for _, _, v in links], np.float64),
            **{name: np.array([row.get(f, np.nan) for f in firms]) for name, row in totals.items()},
        )
        return build(given, essential)

    return make


@pytest.fixture
def kinds():
    """The essential matrix from {(supplier's sector, buyer's sector): kind}; all else is of kind 1."""

    def make(sectors, **named):
        table = np.ones((len(sectors), len(sectors)), np.int8)
        for pair, kind in named.items():
            seller, buyer = pair.split("_")
            table[sectors.index(seller), sectors.index(buyer)] = kind
        return Essential(tuple(sectors), table)

    return make


@pytest.fixture
def town():
    """A random network: `count` firms in `sectors` sectors, some hubs, `links` draws of links."""

    def make(count, links, sectors, seed=1, final=0.5):
        rng = np.random.default_rng(seed)
        sold, bought = (count * rng.random(links) ** 2).astype(np.int64), rng.integers(0, count, links)
        value = rng.lognormal(0, 1, links)
        sales = np.bincount(sold, value, count)
        given = Register(
            [f"f{n:05}" for n in range(count)],
            [f"s{n:02}" for n in rng.integers(0, sectors, count)],
            sold,
            bought,
            value,
            sales * (1 + final) + 1,
        )
        names = tuple(f"s{n:02}" for n in range(sectors))
        table = rng.choice([0, 1, 2], (sectors, sectors), p=[0.2, 0.3, 0.5]).astype(np.int8)
        return given, Essential(names, table)

    return make
