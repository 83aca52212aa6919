"""The uncertain inputs of the network and what each of them moves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from xenotime.core.errors import BookError
from xenotime.evidence.figure import Figure
from xenotime.evidence.parameter import Parameter, Spread
from xenotime.supply.world.cover import covers
from xenotime.supply.world.inputs import cited, factor
from xenotime.supply.world.network import Bin, Lane, Lever, Network, Site, Stack
from xenotime.supply.world.read import number, table, words

#: The fields a lever may move, and the list of the network they stand in.
TARGETS = (
    "site.demand",
    "site.slack",
    "site.restart",
    "site.least",
    "site.worth",
    "bin.days",
    "bin.need",
    "stack.days",
    "lane.share",
    "lane.transit",
)

_Row = Mapping[str, str]


def levers(
    figures: Sequence[Figure], network: Network, way: Mapping[tuple[str, str], int]
) -> tuple[tuple[Parameter, ...], tuple[Lever, ...]]:
    """Every uncertain input of the network as a factor with median 1, and the fields it multiplies.

    Raises BookError for a claim that is not among the figures, an interval without width, and a row that
    moves nothing.
    """
    held = {figure.id: figure for figure in figures}
    parameters, found = [], []
    for row in (*table("levers"), *_covers(way)):
        where = f"supply/world/tables/levers.csv, {row['name']}"
        ids = tuple(figure.id for figure in cited(words(row, "claims"), held, where))
        spread = _spread(row)
        rule = f"{'derived' if ids else 'assumed'}: {row['ground']}"
        members = tuple(_members(network, row))
        if not members:
            raise BookError(
                "this input moves nothing",
                where=where,
                expected="a filter that something fits",
                found=str(dict(row)),
            )
        parameters.append(Parameter(row["name"], "factor", spread, ids, rule, row["group"]))
        found.append(Lever(row["name"], row["target"], members))
    return tuple(parameters), tuple(found)


def _spread(row: dict[str, str]) -> Spread:
    """The factor's distribution: lognormal, but for a share, which keeps within its interval."""
    low, value, high = (number(row, end) for end in ("low", "value", "high"))
    if row["target"] == "site.least":
        return Spread("triangular", (low / value, 1.0, high / value))
    return factor(row["name"], "", low, value, high)


def _covers(way: Mapping[tuple[str, str], int]) -> Iterable[dict[str, str]]:
    """One input for the stock days of each country and cover."""
    for country in dict.fromkeys(row["country"] for row in table("cover")):
        for one in covers(country, way):
            yield {
                "name": f"stock.{country}.{one.name}",
                "group": "stocks",
                "target": "bin.days",
                "country": country,
                "stage": "component",
                "cover": one.name,
                "low": str(one.low),
                "value": str(one.days),
                "high": str(one.high),
                "claims": " ".join(one.claims),
                "ground": f"days of magnets: {one.rule}",
            }


def _members(network: Network, row: _Row) -> Iterable[int]:
    kind = row["target"].partition(".")[0]
    if row["target"] not in TARGETS:
        raise BookError(
            "a lever may not move this", where=row["name"], expected=", ".join(TARGETS), found=row["target"]
        )
    return _KINDS[kind](network, row)


def _sites(network: Network, row: _Row) -> Iterable[int]:
    return (i for i, site in enumerate(network.sites) if fits(site, row))


def _bins(network: Network, row: _Row) -> Iterable[int]:
    return (i for i, bin_ in enumerate(network.bins) if _holds(network, bin_, row))


def _stacks(network: Network, row: _Row) -> Iterable[int]:
    return (i for i, stack in enumerate(network.stacks) if _holds(network, stack, row))


def _lanes(network: Network, row: _Row) -> Iterable[int]:
    return (i for i, lane in enumerate(network.lanes) if _carries(network, lane, row))


_KINDS: Mapping[str, Callable[[Network, _Row], Iterable[int]]] = {
    "site": _sites,
    "bin": _bins,
    "stack": _stacks,
    "lane": _lanes,
}


def _holds(network: Network, held: Bin | Stack, row: _Row) -> bool:
    return fits(network.sites[held.site], row) and _begins(network.goods[held.good].id, row.get("good", ""))


def _carries(network: Network, lane: Lane, row: _Row) -> bool:
    stack, bin_ = network.stacks[lane.stack], network.bins[lane.bin]
    seller = network.sites[stack.site]
    kind = seller.id.partition("/")[2]
    return (
        lane.share > 0
        and _is(seller.country, row.get("origin", ""))
        and _begins(kind, row.get("maker", ""))
        and _holds(network, bin_, row)
    )


def fits(site: Site, row: _Row) -> bool:
    """Whether a site is what a row's country, stage, use and cover ask for; `!` excludes, empty fits all."""
    return all(_is(getattr(site, name), row.get(name, "")) for name in ("country", "stage", "use", "cover"))


def _is(has: str, asked: str) -> bool:
    if asked.startswith("!"):
        return has != asked[1:]
    return not asked or has in asked.split()


def _begins(has: str, asked: str) -> bool:
    """Whether an address is one of those asked for, or lies under it."""
    return not asked or any(has == one or (has.startswith(one) and _edge(has, one)) for one in asked.split())


def _edge(has: str, one: str) -> bool:
    return one.endswith("/") or has[len(one)] in "/-"
