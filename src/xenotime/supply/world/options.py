"""Ways to do with less: what each site of a stage may save or replace, how soon and how far."""

from __future__ import annotations

from xenotime.supply.world.network import Network, Option
from xenotime.supply.world.read import number, table, words


def options(network: Network) -> tuple[Option, ...]:
    """The options of every site outside China that the table of options fits.

    An option whose replacement the site does not hold is left out. Inside China nothing is held back.
    """
    bins = {(bin_.site, network.goods[bin_.good].id): i for i, bin_ in enumerate(network.bins)}
    found = []
    for row in table("options"):
        uses = words(row, "uses")
        for place, site in enumerate(network.sites):
            source, target = bins.get((place, row["from"])), bins.get((place, row["to"]), -1)
            if site.stage != row["stage"] or site.country == "CN" or (uses and site.use not in uses):
                continue
            if source is None or (row["to"] and target < 0):
                continue
            found.append(_option(f"{row['name']} {site.id} {row['from']}", source, target, row))
    return tuple(found)


def _option(name: str, source: int, target: int, row: dict[str, str]) -> Option:
    return Option(
        name,
        source,
        target,
        cap=number(row, "cap"),
        delay=number(row, "delay"),
        pace=number(row, "pace"),
        trigger=number(row, "trigger"),
        ratio=number(row, "ratio"),
        penalty=number(row, "penalty"),
    )
