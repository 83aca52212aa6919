"""A made-up company and made-up futures of any size: for measurements and for tests, never for an answer."""

from __future__ import annotations

import numpy as np

from xenotime.supply.hedge.paths import Paths, equal
from xenotime.supply.hedge.plan import Item, Line, Making, Offer, Plan, Source, Swap


def company(products: int = 6, suppliers: int = 5, months: int = 36, *, qualify: bool = True) -> Plan:
    """A buyer of `products` magnets, each offered by all `suppliers`; oxide can be held and made up.

    Every number is invented, from the position of the row alone: the same call gives the same company.
    """
    magnets = [
        Item(f"magnet-{p + 1}", "magnet", "kg", 60.0 + 10 * p, 20.0 * p, 5_000.0, 0.6)
        for p in range(products)
    ]
    oxide = Item("oxide", "oxide", "kg", 90.0, 0.0, 5_000.0, 0.9)
    lines = tuple(Line(f"line-{p + 1}", p, 1_000.0 + 200 * p, 400.0 + 100 * p) for p in range(products))
    sources = tuple(
        Source(f"supplier-{s + 1}", "CN" if s < 2 else "JP", 40_000.0 * s if qualify else 0.0, 3 * s)
        for s in range(suppliers)
    )
    offers = tuple(
        Offer(s, p, lines[p].need * (1.1 if s == 0 else 0.3), magnets[p].price * (1 + 0.25 * s), s)
        for s in range(suppliers)
        for p in range(products)
    )
    return Plan(
        months,
        (*magnets, oxide),
        lines,
        sources,
        offers,
        tuple(
            Making(f"sinter-{p + 1}", products, p, 0.3, 20.0, 0.2 * lines[p].need, 2) for p in range(products)
        ),
        tuple(Swap(f"thrift-{p + 1}", p, -1, 0.1, 0.0, 15.0, 0.0, 6) for p in range(products)),
    )


def futures(paths: int, months: int, draws: int, *, seed: int = 1, first: int = 0) -> Paths:
    """Invented stops: each path falls to a drawn share on a drawn month and comes back after a drawn time.

    Draw number `n` of a seed is always the same, whatever `draws` and `first` are. Later paths stop later,
    and less; prices rise with what is missing.
    """
    share = np.ones((paths, months, draws))
    time = np.arange(months)[:, None]
    for draw in range(draws):
        chance = np.random.Generator(np.random.Philox(key=np.array([seed, first + draw], np.uint64)))
        begin = chance.uniform(0, months / 2) + 2 * np.arange(paths)
        length = chance.lognormal(np.log(4), 0.6, paths)
        depth = chance.beta(4, 2, paths) / (1 + 0.5 * np.arange(paths))
        back = np.clip((time - begin - length) / 6.0, 0.0, 1.0)
        share[:, :, draw] = np.where(time >= begin, 1 - depth * (1 - back), 1.0).T
    return equal(share, 1.0 + 2.0 * (1.0 - share))
