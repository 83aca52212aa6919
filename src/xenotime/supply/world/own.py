"""A company's own lines in the world: what each needs, from where, and how many days lie before it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from xenotime.core.errors import InputError
from xenotime.supply.world.check import check
from xenotime.supply.world.draft import Draft
from xenotime.supply.world.network import Network, Site
from xenotime.supply.world.rest import Rest, rest

#: The most that one line may need, as a part of what the whole world makes of the good. Above it the unit of
#: the need is most likely wrong, and the world would no longer be the one that was calibrated.
MOST = 0.2


@dataclass(frozen=True, slots=True)
class Own:
    """One line of the user's company: it takes `need` of a good [units a day] and makes `worth` [USD a unit].

    `days` of the good lie before it; `sources` are the countries it buys from with their parts (none: as its
    country does). `where` names the user's row in messages.
    """

    id: str
    label: str
    country: str
    use: str
    good: str
    need: float
    worth: float
    days: float
    buyer: str = "civil"
    sources: tuple[tuple[str, float], ...] = ()
    where: str = ""
    slack: float = 0.1
    least: float = 0.3
    restart: float = 3.0


def join(network: Network, lines: Sequence[Own], way: dict[tuple[str, str], int]) -> Network:
    """The network with a company's lines in it, each a final site that buys as anyone else does.

    The lines come on top of the world's demand. Raises InputError for a good that the world does not have, a
    stock or a need that cannot be, and a country that sells none of the good.
    """
    if not lines:
        return network
    draft, normal = _reopened(network), rest(network)
    for line in lines:
        _sound(network, normal, line)
        site = draft.site(_site(line))
        bin_ = draft.take(site, line.good, 1.0, line.days)
        draft.feed(bin_, _flows(network, normal, line), way)
    joined = replace(
        network,
        sites=tuple(draft.sites),
        bins=tuple(draft.bins),
        lanes=tuple(draft.lanes),
        routes=tuple(draft.routes.values()),
    )
    check(joined)
    return joined


def _reopened(network: Network) -> Draft:
    draft = Draft(
        list(network.goods),
        list(network.sites),
        list(network.bins),
        list(network.stacks),
        list(network.lanes),
        {route.id: route for route in network.routes},
    )
    draft.at = {good.id: i for i, good in enumerate(network.goods)}
    draft.at |= {site.id: i for i, site in enumerate(network.sites)}
    return draft


def _site(line: Own) -> Site:
    return Site(
        f"{line.country}/product/{line.use}/mine:{line.id}",
        line.country,
        "product",
        line.use,
        buyer=line.buyer,
        label=line.label,
        slack=line.slack,
        least=line.least,
        restart=line.restart,
        worth=line.worth,
        demand=line.need,
        mine=True,
    )


def _sound(network: Network, normal: Rest, line: Own) -> None:
    goods = {good.id for good in network.goods}
    if line.good not in goods:
        raise _odd("the world has no such good", line.where, ", ".join(sorted(goods)), line.good)
    if not line.days >= 0:
        raise _odd("a stock is negative", line.where, "0 days or more", f"{line.days:g} days")
    made = sum(
        flow
        for lane, flow in zip(network.lanes, normal.flow, strict=True)
        if network.goods[network.bins[lane.bin].good].id == line.good
    )
    if not 0 < line.need <= MOST * made:
        unit = next(good.unit for good in network.goods if good.id == line.good)
        raise _odd(
            "this need does not fit the world",
            line.where,
            f"above 0 and at most {MOST * made * 30:,.0f} {unit} a month, a fifth of what the world uses",
            f"{line.need * 30:,.0f} {unit} a month",
        )


def _flows(network: Network, normal: Rest, line: Own) -> dict[int, float]:
    """What flows to the line from each stack: by its sources, else as others in its country buy."""
    sold = _sold(network, normal, line)
    if not line.sources:
        home = {stack: kg for (stack, country), kg in sold.items() if country == line.country}
        return home or _summed(sold.items())
    flows = {}
    for country, part in line.sources:
        stacks = _summed(
            (key, kg)
            for key, kg in sold.items()
            if network.sites[network.stacks[key[0]].site].country == country
        )
        total = sum(stacks.values())
        if not total:
            raise _odd(
                "nobody there sells this", line.where, _sellers(network, sold), f"{line.good} from {country}"
            )
        for stack, kg in stacks.items():
            flows[stack] = part * kg / total
    return flows


def _sold(network: Network, normal: Rest, line: Own) -> dict[tuple[int, str], float]:
    """What each stack of the line's good sells to each country at rest [units a day]."""
    found: dict[tuple[int, str], float] = {}
    for lane, flow in zip(network.lanes, normal.flow, strict=True):
        bin_ = network.bins[lane.bin]
        if network.goods[bin_.good].id == line.good and flow > 0:
            key = (lane.stack, network.sites[bin_.site].country)
            found[key] = found.get(key, 0.0) + flow
    return found


def _summed(sold: Iterable[tuple[tuple[int, str], float]]) -> dict[int, float]:
    found: dict[int, float] = {}
    for (stack, _), kg in sold:
        found[stack] = found.get(stack, 0.0) + kg
    return found


def _sellers(network: Network, sold: dict[tuple[int, str], float]) -> str:
    return ", ".join(sorted({network.sites[network.stacks[stack].site].country for stack, _ in sold}))


def _odd(what: str, where: str, expected: str, found: str) -> InputError:
    return InputError(
        what, where=where, expected=expected, found=found, next_step="correct the row of your portfolio"
    )
