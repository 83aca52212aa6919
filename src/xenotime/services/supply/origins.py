"""How much of what is made abroad came through the controlling country, walked up the lanes of the network.

Announcement 61 asks for the share in value of Chinese-origin inputs in goods made abroad. The network knows
where each site buys at rest; from that follow the share of an element that passed a Chinese site, and, with
the prices at rest, its share of the value of the good.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from xenotime.supply.world.network import Bin, Network

#: The controlling country.
INSIDE = "CN"
#: Elements whose metals are inputs in the sense of Announcement 61, Annex 1 Part 1 (for Dy and Tb the oxides
#: too): cn/mofcom-2025-61/annex-1.
PART_1 = ("Sm", "Gd", "Tb", "Dy", "Lu", "Sc", "Y")
#: Longer chains than this do not exist from mine to product; it also ends loops of scrap.
_DEEPEST = 8


@dataclass
class Origins:
    """The Chinese shares of a network, worked out as they are asked for."""

    network: Network
    _bins: dict[int, list[tuple[int, Bin]]] = field(default_factory=dict)
    _lanes: dict[int, list[tuple[int, float]]] = field(default_factory=dict)
    _makers: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    _prices: dict[str, float] = field(default_factory=dict)
    _contents: dict[str, Mapping[str, float]] = field(default_factory=dict)
    _shares: dict[str, list[float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        net = self.network
        for place, item in enumerate(net.bins):
            self._bins.setdefault(item.site, []).append((place, item))
        for lane in net.lanes:
            self._lanes.setdefault(lane.bin, []).append((net.stacks[lane.stack].site, lane.share))
        for stack in net.stacks:
            key = (net.sites[stack.site].country, net.goods[stack.good].id)
            self._makers.setdefault(key, []).append(stack.site)
        self._contents.update({good.id: good.content for good in net.goods})
        self._prices.update({good.id: price for good, price in zip(net.goods, net.price, strict=True)})

    def share(self, country: str, good: str, element: str) -> float:
        """The share [1] of an element in a country's good that passed a site of the controlling country."""
        makers = self._makers.get((country, good), [])
        passed = self._passed(element)
        return sum(passed[site] for site in makers) / len(makers) if makers else 0.0

    def _passed(self, element: str) -> list[float]:
        """Per site: the share of an element in what it makes that passed a Chinese site, itself included.

        Worked out stage by stage, as often as a chain is long.
        """
        if element not in self._shares:
            inside = [float(site.country == INSIDE) for site in self.network.sites]
            shares = inside
            for _ in range(_DEEPEST):
                shares = [
                    1.0 if own else self._bought(site, element, shares) for site, own in enumerate(inside)
                ]
            self._shares[element] = shares
        return self._shares[element]

    def _bought(self, site: int, element: str, shares: Sequence[float]) -> float:
        """The Chinese share of an element in what a site buys, given that of its suppliers."""
        total = chinese = 0.0
        for place, item in self._bins.get(site, []):
            mass = item.need * self.network.goods[item.good].content.get(element, 0.0)
            total += mass
            chinese += mass * sum(share * shares[maker] for maker, share in self._lanes.get(place, []))
        return chinese / total if total else 0.0

    def value(self, country: str, good: str) -> float | None:
        """The share [1] of a good's value that Chinese Part 1 material makes; None where a price is missing.

        Gross value of the material over the price of the good, as cn/mofcom-2025-61/1.1-method reads it.
        """
        whole = self._prices.get(good, 0.0)
        content = self._contents.get(good, {})
        inside = {e: self.share(country, good, e) * kg for e, kg in content.items() if e in PART_1}
        if not any(inside.values()):
            return 0.0
        prices = {element: self._price(element) for element in inside}
        if whole <= 0 or any(price is None for price in prices.values()):
            return None
        return min(1.0, sum(kg * (prices[element] or 0.0) for element, kg in inside.items()) / whole)

    def _price(self, element: str) -> float | None:
        """The price of an element at rest [USD per kg of the element], as metal, else as oxide."""
        for address in (f"metal/{element}", f"oxide/{element}"):
            kg, price = self._contents.get(address, {}).get(element, 0.0), self._prices.get(address, 0.0)
            if kg > 0 and price > 0:
                return price / kg
        return None
