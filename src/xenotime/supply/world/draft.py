"""A network under construction: lists that grow, and the positions of what is already there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from xenotime.core.errors import InputError
from xenotime.supply.world.network import Bin, Good, Lane, Route, Site, Stack
from xenotime.supply.world.read import number, table


@dataclass(slots=True)
class Draft:
    """Goods, sites, bins, stacks, lanes and routes so far, with their positions by id."""

    goods: list[Good] = field(default_factory=list)
    sites: list[Site] = field(default_factory=list)
    bins: list[Bin] = field(default_factory=list)
    stacks: list[Stack] = field(default_factory=list)
    lanes: list[Lane] = field(default_factory=list)
    routes: dict[str, Route] = field(default_factory=dict)
    at: dict[str, int] = field(default_factory=dict)
    held: dict[tuple[int, int], int] = field(default_factory=dict)
    given: dict[tuple[int, int], int] = field(default_factory=dict)

    def good(self, good: Good) -> int:
        """The position of a good, which is added when it is new."""
        if good.id not in self.at:
            self.at[good.id] = len(self.goods)
            self.goods.append(good)
        return self.at[good.id]

    def site(self, site: Site) -> int:
        """The position of a new site. Raises InputError when its id is taken."""
        if site.id in self.at:
            raise InputError(
                "two sites bear one id",
                where=site.id,
                expected="an id of its own",
                found=f"{site.id} twice",
                next_step="give one of them another name",
            )
        self.at[site.id] = len(self.sites)
        self.sites.append(site)
        return self.at[site.id]

    def take(self, site: int, good: str, need: float, days: float, kind: str = "critical") -> int:
        """The position of a new bin of a site."""
        self.held[site, self.at[good]] = len(self.bins)
        self.bins.append(Bin(site, self.at[good], need, days, kind))
        return len(self.bins) - 1

    def give(self, site: int, good: str, gives: float, days: float, driver: bool = True) -> int:
        """The position of a new stack of a site."""
        self.given[site, self.at[good]] = len(self.stacks)
        self.stacks.append(Stack(site, self.at[good], gives, days, driver))
        return len(self.stacks) - 1

    def feed(self, bin_: int, flows: Mapping[int, float], transit: Mapping[tuple[str, str], int]) -> None:
        """Lanes into a bin from stacks by what flows at rest; a zero flow is an open lane.

        When nothing flows at all, the first seller is the one that would be asked.
        """
        total = sum(flows.values())
        for place, (stack, flow) in enumerate(flows.items()):
            share = flow / total if total else float(place == 0)
            self.lane(stack, bin_, transit, share)

    def lane(self, stack: int, bin_: int, transit: Mapping[tuple[str, str], int], share: float = 0.0) -> None:
        """One more lane; with share 0 it is open but unused."""
        origin, buyer = self.sites[self.stacks[stack].site], self.sites[self.bins[bin_].site]
        route = self.route(origin, buyer, self.goods[self.bins[bin_].good].id)
        self.lanes.append(
            Lane(
                stack,
                bin_,
                share,
                days(transit, origin.country, buyer.country, air=buyer.cover == "lean"),
                route,
            )
        )

    def route(self, origin: Site, buyer: Site, good: str) -> str:
        """The id of the route of a movement: across a border, where a control may bite; else empty."""
        if origin.country == buyer.country or not controlled(good, origin.country):
            return ""
        id_ = f"{origin.country}>{buyer.country}/{good}/{buyer.buyer}"
        self.routes.setdefault(id_, Route(id_, origin.country, buyer.country, good, buyer.buyer))
        return id_


def transit() -> dict[tuple[str, str], int]:
    """The days on the way between countries, by the table of transit."""
    return {(row["from"], row["to"]): round(number(row, "days")) for row in table("transit")}


def controlled(good: str, origin: str) -> bool:
    """Whether a control may bite on a good from a country: all from China, else magnets and components."""
    return origin == "CN" or good.startswith(("magnet/", "component/"))


def days(transit: Mapping[tuple[str, str], int], origin: str, to: str, *, air: bool = False) -> int:
    """The days on the way from one country to another, by air where that is asked for and known."""
    if origin == to:
        return transit.get((origin, to), transit["home", "home"])
    if air:
        flown = transit.get((origin, f"{to} by air"), transit.get(("other", "other by air")))
        if flown is not None:
            return min(flown, days(transit, origin, to))
    return transit.get((origin, to), transit.get((to, origin), transit["other", "other"]))
