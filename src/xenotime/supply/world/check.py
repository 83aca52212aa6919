"""Refuse a network that cannot be: unbalanced, negative, of mixed units, with cycles, with shares not one."""

from __future__ import annotations

import math
from collections.abc import Mapping

from xenotime.core.errors import InputError
from xenotime.evidence.spread import massive
from xenotime.supply.world.network import KINDS, STAGES, Network

#: How far the elements that enter and leave a site may differ, as a part of what enters.
CLOSE = 1e-9
#: How far the shares of a bin may be from one.
WHOLE = 1e-9
#: The units that goods are counted in: kilograms, and sets of a product.
UNITS = ("kg", "set")


def check(network: Network) -> None:
    """Raise InputError for the first thing that cannot be, naming the site or good."""
    _goods(network)
    _sites(network)
    _stocks(network)
    _lanes(network)
    _shares(network)
    _balances(network)
    _projects(network)
    _inputs(network)


def _goods(network: Network) -> None:
    for good, price in zip(network.goods, network.price, strict=True):
        if good.unit not in UNITS:
            raise _odd("this unit is unknown", good.id, ", ".join(UNITS), good.unit)
        held = sum(good.content.values())
        if good.unit == "kg" and held > 1 + CLOSE:
            raise _odd(
                "this unit does not fit", good.id, "at most 1 kg of elements in 1 kg", f"{held:.3g} kg"
            )
        if not (math.isfinite(price) and price >= 0):
            raise _odd("a price is negative or no number", good.id, "0 or more", str(price))


def _sites(network: Network) -> None:
    seen = set()
    finals = {i for i, site in enumerate(network.sites) if site.demand > 0}
    makes = {stack.site for stack in network.stacks}
    for place, site in enumerate(network.sites):
        if site.id in seen:
            raise _odd("two sites bear one id", site.id, "an id of its own", f"{site.id} twice")
        seen.add(site.id)
        if site.stage not in STAGES:
            raise _odd("this site is of no known stage", site.id, ", ".join(STAGES), site.stage)
        for name in ("slack", "least", "restart", "worth", "demand"):
            value = getattr(site, name)
            if not (math.isfinite(value) and value >= 0):
                raise _odd(
                    f"`{name}` of this site is negative or no number", site.id, "0 or more", str(value)
                )
        if place in finals and place in makes:
            raise _odd("a final site has an output too", site.id, "end demand or outputs", "both")


def _stocks(network: Network) -> None:
    for bin_ in network.bins:
        site, good = network.sites[bin_.site].id, network.goods[bin_.good].id
        if not (math.isfinite(bin_.days) and bin_.days >= 0):
            raise _odd("a stock is negative", f"{site}, {good}", "0 days or more", f"{bin_.days} days")
        if not (math.isfinite(bin_.need) and bin_.need >= 0):
            raise _odd("a need is negative", f"{site}, {good}", "0 or more a unit", str(bin_.need))
        if bin_.kind not in KINDS:
            raise _odd("an input is of no known kind", f"{site}, {good}", ", ".join(KINDS), bin_.kind)
    for stack in network.stacks:
        site, good = network.sites[stack.site].id, network.goods[stack.good].id
        if not (math.isfinite(stack.days) and stack.days >= 0):
            raise _odd("a stock is negative", f"{site}, {good}", "0 days or more", f"{stack.days} days")
        if not (math.isfinite(stack.gives) and stack.gives > 0):
            raise _odd("an output gives nothing", f"{site}, {good}", "above 0 a unit", str(stack.gives))


def _lanes(network: Network) -> None:
    routes = {route.id for route in network.routes}
    for lane in network.lanes:
        stack, bin_ = network.stacks[lane.stack], network.bins[lane.bin]
        where = f"{network.sites[stack.site].id} to {network.sites[bin_.site].id}"
        sold, bought = network.goods[stack.good], network.goods[bin_.good]
        if stack.good != bin_.good:
            raise _odd("a lane joins two goods", where, bought.id, sold.id)
        if not 0 <= lane.share <= 1 + WHOLE:
            raise _odd("a share is out of bounds", where, "0 to 1", str(lane.share))
        if lane.transit < 0:
            raise _odd("a way takes less than no time", where, "0 days or more", f"{lane.transit} days")
        if lane.route and lane.route not in routes:
            raise _odd(
                "a lane follows a route that is not there", where, "a route of the network", lane.route
            )


def _shares(network: Network) -> None:
    total = [0.0] * len(network.bins)
    for lane in network.lanes:
        total[lane.bin] += lane.share
    for place, bin_ in enumerate(network.bins):
        if abs(total[place] - 1) > WHOLE:
            where = f"{network.sites[bin_.site].id}, {network.goods[bin_.good].id}"
            raise _odd("the shares of a bin do not sum to one", where, "1", f"{total[place]:.9g}")


def imbalance(network: Network) -> dict[tuple[str, str], float]:
    """What enters less what leaves a unit of activity, over what enters, by site id and element.

    Mines take from the ground and final sites give to their users, so they are left out.
    """
    enters = [dict[str, float]() for _ in network.sites]
    leaves = [dict(site.loss) for site in network.sites]
    for bin_ in network.bins:
        _add(enters[bin_.site], network.goods[bin_.good].content, bin_.need)
    for stack in network.stacks:
        _add(leaves[stack.site], network.goods[stack.good].content, stack.gives)
    found = {}
    for site, entered, left in zip(network.sites, enters, leaves, strict=True):
        if site.stage != "mine" and site.demand == 0 and left:
            for element in entered.keys() | left.keys():
                whole = max(entered.get(element, 0.0), left.get(element, 0.0))
                apart = entered.get(element, 0.0) - left.get(element, 0.0)
                found[site.id, element] = apart / whole if whole else 0.0
    return found


def _add(total: dict[str, float], content: Mapping[str, float], units: float) -> None:
    for element, kg in content.items():
        total[element] = total.get(element, 0.0) + kg * units


def _balances(network: Network) -> None:
    for (site, element), apart in imbalance(network).items():
        if abs(apart) > CLOSE:
            raise _odd(
                "this site is not balanced",
                f"{site}, {element}",
                "what enters is what leaves with its products and as loss",
                f"{apart:+.3%} of what enters is left over",
            )
    for site_ in network.sites:
        for element, kg in site_.loss.items():
            if kg < -CLOSE:
                raise _odd("a loss is negative", f"{site_.id}, {element}", "0 or more", str(kg))


def _projects(network: Network) -> None:
    after = {project.name: project.after for project in network.projects}
    tech = {route.id for route in network.routes if route.tech}
    for project in network.projects:
        if not 0 <= project.odds <= 1:
            raise _odd("odds are out of bounds", project.name, "0 to 1", str(project.odds))
        for need in project.needs:
            if need not in tech:
                raise _odd("a project needs a route that is not there", project.name, "a tech route", need)
        for name in project.after:
            if name not in after:
                raise _odd("a project waits for one that is not there", project.name, "a project", name)
    for name in after:
        _uncycled(name, after, ())


def _uncycled(name: str, after: Mapping[str, tuple[str, ...]], path: tuple[str, ...]) -> None:
    if name in path:
        raise _odd("projects wait for each other in a circle", name, "an order", " > ".join((*path, name)))
    for before in after[name]:
        _uncycled(before, after, (*path, name))


def _inputs(network: Network) -> None:
    names = set()
    for parameter in network.parameters:
        if parameter.name in names:
            raise _odd("two inputs bear one name", parameter.name, "names that differ", "twice")
        names.add(parameter.name)
        massive(parameter.spread, parameter.name)
    for lever in network.levers:
        if lever.parameter not in names:
            raise _odd("a lever hangs on no input", lever.target, "an input of the network", lever.parameter)


def _odd(what: str, where: str, expected: str, found: str) -> InputError:
    return InputError(
        what, where=where, expected=expected, found=found, next_step="correct the claims or your tables"
    )
