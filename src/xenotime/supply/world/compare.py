"""Compare the finished network with claims that it was not built from, or that had to give way."""

from __future__ import annotations

from collections.abc import Sequence

from xenotime.evidence.figure import Figure
from xenotime.evidence.units import convert
from xenotime.supply.world.balance import Adjusted
from xenotime.supply.world.elements import MAGNETIC
from xenotime.supply.world.inputs import cited
from xenotime.supply.world.network import Network
from xenotime.supply.world.read import number, table
from xenotime.supply.world.rest import Rest, rest

#: Tonnes a year from kilograms a day.
YEARLY = 365 / 1000


def compare(figures: Sequence[Figure], network: Network) -> tuple[Adjusted, ...]:
    """Each claim of the table `compared` beside what the network does at rest [t a year]."""
    held = {figure.id: figure for figure in figures}
    normal, found = rest(network), []
    for row in table("compared"):
        figure = cited((row["claim"],), held, f"supply/world/tables/compared.csv, {row['quantity']}")[0]
        target = "t/yr" if "yr" in figure.unit else "t"
        claimed = (
            float(convert(figure.value, figure.unit, target, figure.id)) if figure.value is not None else 0.0
        )
        used = measure(network, normal, row["quantity"])
        found.append(
            Adjusted(row["quantity"], (figure.id,), claimed * number(row, "factor"), used, "t/yr", row["why"])
        )
    return tuple(found)


def measure(network: Network, normal: Rest, quantity: str) -> float:
    """One quantity of the rest state [t a year], by its address.

    ``ship/magnet/CN>EU`` what crosses a border, ``made/US+EU`` or ``made/CN/smco`` magnets made,
    ``use/EU/wind`` magnets put into components, ``element/wind`` magnet elements in them, ``other/US/Y``
    oxides used outside magnets.
    """
    kind, _, rest_ = quantity.partition("/")
    return {"ship": _ship, "made": _made, "use": _use, "element": _element, "other": _elsewhere}[kind](
        network, normal, rest_
    )


def _ship(network: Network, normal: Rest, what: str) -> float:
    good, _, way = what.rpartition("/")
    origin, _, to = way.partition(">")
    total = 0.0
    for lane, flow in zip(network.lanes, normal.flow, strict=True):
        stack, bin_ = network.stacks[lane.stack], network.bins[lane.bin]
        buyer = network.sites[bin_.site].country
        crosses = network.sites[stack.site].country == origin != buyer and to in ("all", buyer)
        total += flow if crosses and _one(network.goods[bin_.good].id, good) else 0.0
    return total * YEARLY


def _one(id_: str, asked: str) -> bool:
    folder, _, names = asked.partition("/")
    return id_.startswith(f"{folder}/") and (not names or id_.rpartition("/")[2] in names.split("+"))


def _made(network: Network, normal: Rest, what: str) -> float:
    countries, _, family = what.partition("/")
    return YEARLY * sum(
        activity
        for site, activity in zip(network.sites, normal.activity, strict=True)
        if site.stage == "magnet"
        and site.country in countries.split("+")
        and (not family or site.id.endswith(f"/{family}"))
    )


def _used(network: Network, normal: Rest, what: str) -> list[tuple[int, float]]:
    """The magnets (good, kilograms a day) that component makers of some countries put in for some uses."""
    countries, _, uses = what.partition("/")
    return [
        (bin_.good, bin_.need * normal.activity[bin_.site])
        for bin_ in network.bins
        if network.sites[bin_.site].stage == "component"
        and (countries == "all" or network.sites[bin_.site].country in countries.split("+"))
        and (not uses or network.sites[bin_.site].use in uses.split("+"))
    ]


def _use(network: Network, normal: Rest, what: str) -> float:
    return YEARLY * sum(kg for _, kg in _used(network, normal, what))


def _element(network: Network, normal: Rest, what: str) -> float:
    return YEARLY * sum(
        kg * sum(network.goods[good].content.get(e, 0.0) for e in MAGNETIC)
        for good, kg in _used(network, normal, f"all/{what}")
    )


def _elsewhere(network: Network, _: Rest, what: str) -> float:
    country, element = what.split("/") if "/" in what else (what, "")
    return YEARLY * sum(
        site.demand
        for site in network.sites
        if site.use == "other"
        and site.country == country
        and (not element or site.id.endswith(f"/{element}"))
    )
