"""Who makes and who uses magnets at rest: by country, use and family [kg a day]."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xenotime.supply.world.balance import Balance
from xenotime.supply.world.inputs import Input
from xenotime.supply.world.matrix import fit
from xenotime.supply.world.read import number, table

#: The countries of the model; `ROW` is the rest of the world.
COUNTRIES = ("CN", "MM", "US", "AU", "JP", "KR", "EU", "IN", "VN", "MY", "ROW")
#: The magnet families, and the uses of magnets.
FAMILIES = ("ndfeb", "ndfeb-heavy", "smco", "bonded")
USES = ("ev", "hybrid", "wind", "robots", "drives", "consumer", "medical", "defence")
#: Kilograms a day from tonnes a year.
DAILY = 1000 / 365

#: How much likelier defence buys a kilogram outside China than a civil user. Assumed; the United States'
#: defence buyers may not take magnets melted or made in China (10 USC 4872; DFARS 225.7018).
SHY = 6.0

_Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Magnets:
    """The magnet stage at rest.

    `users` the countries whose component makers use magnets, `used` (user, use), `flow` (maker, user, family)
    and `split` (maker, user, family, use) [kg a day], `bought` (user, use) the part of a country's components
    that comes from China.
    """

    users: tuple[str, ...]
    makers: tuple[str, ...]
    used: _Floats
    flow: _Floats
    split: _Floats
    bought: _Floats

    def made(self) -> _Floats:
        """What each maker casts and finishes by family (maker, family) [kg a day]."""
        total: _Floats = self.flow.sum(axis=1)
        return total

    def products(self) -> _Floats:
        """What goes into each country's products by use (user, use), in kilograms of magnets a day."""
        whole = self.used / (1 - self.bought)
        china = self.users.index("CN")
        whole[china] = self.used[china] - (whole - self.used).sum(axis=0)
        return whole


def magnets(given: Mapping[str, Input], settled: Balance) -> Magnets:
    """The magnet stage at rest: customs figures hold, uses are fitted to what is known by country and use."""
    users = tuple(row["country"] for row in table("users"))
    makers = tuple(row["country"] for row in table("makers"))
    trade = traded(given, settled, makers, users)
    used = _uses(given, trade.sum(axis=0), users)
    family = used @ _families()
    prior = np.array([[number(row, f) for f in FAMILIES] for row in table("makers")])
    flow = np.zeros((len(makers), len(users), len(FAMILIES)))
    for place, user in enumerate(users):
        flow[:, place, :] = fit(prior, trade[:, place], family[place], f"magnets of {user} by family")
    split = _split(flow, used)
    bought = np.array([[number(row, "component")] * len(USES) for row in table("users")])
    return Magnets(users, makers, used, flow, split, bought)


def _split(flow: _Floats, used: _Floats) -> _Floats:
    """What each use takes of each maker's flow: defence buys outside China first, civil uses alike."""
    share = _families()
    prior = np.ones((flow.shape[0], len(USES)))
    prior[1:, USES.index("defence")] = SHY
    found = np.zeros((*flow.shape, len(USES)))
    for user in range(flow.shape[1]):
        for family in range(flow.shape[2]):
            wanted = used[user] * share[:, family]
            found[:, user, family] = fit(prior, flow[:, user, family], wanted, "magnets by maker and use")
    return found


def _families() -> _Floats:
    """How the magnets of each use divide by family (use, family)."""
    return np.array([[number(row, f) for f in ("plain", "heavy", "smco", "bonded")] for row in table("uses")])


def traded(
    given: Mapping[str, Input], settled: Balance, makers: tuple[str, ...], users: tuple[str, ...]
) -> _Floats:
    """Who buys from whom (maker, user) [kg a day]."""
    total = given["exports"].value / given["exports.days"].value * 1000
    found = np.zeros((len(makers), len(users)))
    shares = {c: given[f"share.{c}"].value for c in ("EU", "KR", "VN", "JP", "IN", "MY")}
    shares["US"] = given["export.US"].value / given["exports"].value
    shares["ROW"] = 1 - sum(shares.values())
    for place, user in enumerate(users):
        found[0, place] = settled.value["used.CN"] * DAILY if user == "CN" else total * shares[user]
    for at, row in enumerate(table("makers")):
        if at:
            goes = np.array([number(row, user) for user in users])
            found[at] = outside(given, settled)[row["country"]] * DAILY * goes / goes.sum()
    return found


def outside(given: Mapping[str, Input], settled: Balance) -> dict[str, float]:
    """What each country outside China makes [t a year]; the rest of the world makes what is left."""
    whole = settled.value["outside"]
    found = {
        "JP": whole * given["japan.share"].value,
        "VN": given["vietnam.output"].value,
        "KR": given["korea.output"].value,
        "EU": given["europe.output"].value,
        "US": given["america.output"].value,
    }
    return {**found, "ROW": whole - sum(found.values())}


def _uses(given: Mapping[str, Input], totals: _Floats, users: tuple[str, ...]) -> _Floats:
    """Use by country and use: the countries' totals hold; traction and wind come to the world's figures."""
    prior = np.array([[number(row, use) for use in USES] for row in table("users")])
    prior = prior / prior.sum(axis=1, keepdims=True) * totals[:, None]
    columns = prior.sum(axis=0)
    car, wind = [USES.index("ev"), USES.index("hybrid")], USES.index("wind")
    columns[car] *= given["traction.world"].value * DAILY / columns[car].sum()
    columns[wind] = given["wind.world"].value * DAILY
    rest = [i for i in range(len(USES)) if i not in (*car, wind)]
    columns[rest] *= (totals.sum() - columns[car].sum() - columns[wind]) / columns[rest].sum()
    return fit(prior, totals, columns, f"magnets by use in {', '.join(users)}")
