"""Capacity that is being built: sites that stand ready for it, and when it opens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from xenotime.supply.world.balance import Balance
from xenotime.supply.world.draft import Draft
from xenotime.supply.world.elements import LIGHT, held
from xenotime.supply.world.magnets import DAILY
from xenotime.supply.world.network import Good, Project, Route
from xenotime.supply.world.oxides import Chain, blank
from xenotime.supply.world.read import number, table, words
from xenotime.supply.world.upstream import seated, stage

#: Separation plants that do not run yet: site, feed, and whose mine or plant the feed comes from.
DORMANT: Mapping[str, tuple[str, str]] = {
    "MY/separation/seg-au": ("ore/seg-au", "MY/separation/light-au"),
    "EU/separation/heavy-mm": ("ore/heavy-mm", "ROW/mine/heavy-mm"),
    "US/separation/heavy-mm": ("ore/heavy-mm", "ROW/mine/heavy-mm"),
    "US/separation/light-in": ("ore/light-in", "ROW/mine/light-in"),
    "AU/separation/light-au": ("ore/light-au", "AU/mine/light-au"),
}
#: Magnet plants that do not run yet.
PLANNED = ("IN/magnet/ndfeb-heavy",)
#: Days that a project loses while a transfer that it needs is under licence. Assumed: a file of equipment or
#: know-how is decided within the statutory 45 working days and again for each delivery.
DELAYED = 180.0


def seg(draft: Draft, settled: Balance) -> None:
    """Mixed heavy concentrate of the plant in Malaysia: a by-product that nobody separates at rest."""
    parts = {e: p for e, p in settled.ores["light-au"].items() if e not in LIGHT}
    whole, recovery = sum(parts.values()), settled.value["recovery"]
    draft.good(Good("ore/seg-au", "separation", "kg", {e: p / whole * held(e) for e, p in parts.items()}))
    site = draft.at["MY/separation/light-au"]
    draft.give(site, "ore/seg-au", whole * recovery, 365.0, driver=False)
    lost = dict(draft.sites[site].loss)
    for element, part in parts.items():
        lost[element] -= part * held(element) * recovery
    draft.sites[site] = replace(draft.sites[site], loss=lost)


def dormant(draft: Draft, settled: Balance, chain: Chain, way: Mapping[tuple[str, str], int]) -> None:
    """The sites that projects build on and that make nothing at rest, with open lanes to their buyers."""
    row, recovery = stage("separation"), settled.value["recovery"]
    for id_, (feed, source) in DORMANT.items():
        content = draft.goods[draft.at[feed]].content
        loss = {e: kg * (1 - recovery) for e, kg in content.items()}
        site = draft.site(seated(id_, id_[:2], "separation", loss=loss))
        bin_ = draft.take(site, feed, 1.0, number(row, "in"))
        draft.feed(bin_, {draft.given[draft.at[source], draft.at[feed]]: 0.0}, way)
        for element, kg in content.items():
            stack = draft.give(site, f"oxide/{element}", kg * recovery / held(element), number(row, "stock"))
            _open(draft, stack, way)
    for id_ in PLANNED:
        _planned(draft, settled, chain, id_, way)


def _planned(
    draft: Draft, settled: Balance, chain: Chain, id_: str, way: Mapping[tuple[str, str], int]
) -> None:
    row, family = stage("magnet"), id_.rpartition("/")[2]
    content, cut = chain.content[family], blank(family, settled)
    loss = {e: kg * (1 / cut - 1) for e, kg in content.items()}
    site = draft.site(seated(id_, id_[:2], "magnet", loss=loss))
    for element, kg in content.items():
        bin_ = draft.take(site, f"metal/{element}", kg / cut, number(row, "in"))
        sellers = [c for c in ("CN", "JP", "VN", "EU", "US", "ROW") if f"{c}/metal/{element}" in draft.at]
        draft.feed(
            bin_,
            {
                draft.given[draft.at[f"{c}/metal/{element}"], draft.at[f"metal/{element}"]]: 0.0
                for c in sellers
            },
            way,
        )
    stack = draft.give(site, f"magnet/{family}", 1.0, number(row, "stock"))
    _open(draft, stack, way, (id_[:2],))


def _open(draft: Draft, stack: int, way: Mapping[tuple[str, str], int], only: Sequence[str] = ()) -> None:
    """Unused lanes from a stack to every buyer of its good outside China."""
    good = draft.stacks[stack].good
    seller = draft.sites[draft.stacks[stack].site].country
    for place, bin_ in enumerate(draft.bins):
        buyer = draft.sites[bin_.site]
        wanted = bin_.good == good and buyer.country != "CN" and (not only or buyer.country in only)
        if wanted and (
            buyer.stage != "product" or buyer.country == seller or draft.goods[good].id.endswith("/Y")
        ):
            draft.lane(stack, place, way)


def projects(draft: Draft, day: date) -> tuple[Project, ...]:
    """The projects of the table by what is still to go from a day on; the routes that they need are added."""
    spreads = {row["stage"]: row for row in table("buildtimes")}
    found = []
    for row in table("projects"):
        left = (date.fromisoformat(row["opens"]) - day).days
        country = row["site"].partition("/")[0]
        needs = tuple(_tech(draft, country, kind, row["stage"]) for kind in words(row, "tech"))
        found.append(
            Project(
                row["name"],
                draft.at[row["site"]],
                number(row, "adds") * DAILY,
                float(max(left, 0)),
                number(spreads[row["stage"]], "sigma"),
                number(row, "odds"),
                number(row, "ramp"),
                needs,
                DELAYED if needs else 0.0,
                (row["after"],) if row["after"] else (),
                float(row["floor"] or 0),
                words(row, "claims"),
            )
        )
    return tuple(found)


def _tech(draft: Draft, country: str, kind: str, building: str) -> str:
    """The route of the know-how of a stage, or of the equipment for what is being built."""
    stage_ = "separation" if building == "brownfield" else building
    good = f"equipment/{stage_}" if kind == "equipment" else f"tech/{kind}"
    id_ = f"CN>{country}/{good}/civil"
    draft.routes.setdefault(id_, Route(id_, "CN", country, good, "civil", tech=True))
    return id_
