"""Goods and sites from the ground to the magnet, put into the draft of the network."""

from __future__ import annotations

from collections.abc import Mapping

from xenotime.supply.world.balance import Balance
from xenotime.supply.world.draft import Draft
from xenotime.supply.world.elements import ELEMENTS, held
from xenotime.supply.world.inputs import Input
from xenotime.supply.world.magnets import DAILY, FAMILIES, Magnets
from xenotime.supply.world.network import Good, Site
from xenotime.supply.world.oxides import METALS, SPARE, SWARF, Chain, Plant, blank
from xenotime.supply.world.read import number, table

#: Value added of a kilogram at each stage [USD/kg]. Mine: 260 million USD over 45,000 t of oxides in
#: concentrate at Mountain Pass (USGS 2025). The others are assumed from price differences between stages.
WORTH: Mapping[str, float] = {"mine": 5.0, "separation": 3.0, "metal": 6.0, "magnet": 22.0}
#: The part of swarf that comes from stores and dealers instead of this year's magnets. Assumed; it grows in a
#: draw that asks for more swarf than falls.
STORED = 0.005
#: What is put into a neodymium magnet to save neodymium, and can be left out; and what trims the drift with
#: heat of some samarium-cobalt grades. Assumed from what makers of magnets say of their alloys.
STRETCHING, TUNING = frozenset({"La", "Ce", "Gd", "Ho"}), frozenset({"Gd", "Er"})


def stage(name: str) -> dict[str, str]:
    """The row of a stage: slack, restart, stock days."""
    return next(row for row in table("stages") if row["stage"] == name)


def seated(id_: str, country: str, kind: str, loss: Mapping[str, float] | None = None) -> Site:
    """A site of a stage with the stage's slack, restart and worth."""
    row = stage(kind)
    return Site(
        id_,
        country,
        kind,
        slack=number(row, "slack"),
        least=number(row, "least"),
        restart=number(row, "restart"),
        worth=WORTH.get(kind, 0.0),
        loss=loss or {},
    )


def goods(draft: Draft, chain: Chain, settled: Balance) -> None:
    """Every good above components: ores, oxides, metals, magnets, swarf and scrap."""
    for ore, parts in settled.ores.items():
        draft.good(Good(f"ore/{ore}", "mine", "kg", {e: p * held(e) for e, p in parts.items()}))
    draft.good(Good("ore/scandium", "mine", "kg", {"Sc": held("Sc")}))
    draft.good(Good("scrap/ndfeb", "mine", "kg", dict(chain.content["scrap"])))
    for element in ELEMENTS:
        draft.good(Good(f"oxide/{element}", "separation", "kg", {element: held(element)}))
    for element in METALS:
        draft.good(Good(f"metal/{element}", "metal", "kg", {element: 1.0}))
    for family in FAMILIES:
        draft.good(Good(f"magnet/{family}", "magnet", "kg", dict(chain.content[family])))
    for family in ("ndfeb", "ndfeb-heavy"):
        draft.good(Good(f"swarf/{family}", "magnet", "kg", dict(chain.content[family])))


def mines(draft: Draft, chain: Chain) -> None:
    """The mines, and the places where magnets are collected, each with a stack of its ore."""
    out = number(stage("mine"), "stock")
    for row in table("feeds"):
        id_ = f"{row['mine']}/mine/{row['ore']}"
        if id_ not in draft.at:
            site = draft.site(seated(id_, row["mine"], "mine"))
            draft.give(site, f"ore/{row['ore']}", 1.0, out)
    for country in ("CN", "ROW"):
        draft.give(draft.site(seated(f"{country}/mine/scandium", country, "mine")), "ore/scandium", 1.0, out)
    for country in chain.scrap:
        site = draft.site(seated(f"{country}/mine/scrap", country, "mine"))
        draft.give(site, "scrap/ndfeb", 1.0, out)
    for country, kind in chain.plants:
        if kind.startswith("swarf-"):
            site = draft.site(seated(f"{country}/mine/{kind}", country, "mine"))
            draft.give(site, f"swarf/{kind.removeprefix('swarf-')}", 1.0, out)


def separations(draft: Draft, chain: Chain) -> None:
    """The separation sites: one feed each, oxides in the feed's proportions, the rest lost or unsold.

    What comes back from magnets is worked for its Nd: its Dy and Tb come beside it.
    """
    row = stage("separation")
    for (country, kind), plant in chain.plants.items():
        site = draft.site(seated(f"{country}/separation/{kind}", country, "separation", loss=_lost(plant)))
        draft.take(site, plant.good, 1.0, number(row, "in"))
        for element, gives in plant.gives.items():
            turned = kind == "scrap" or kind.startswith("swarf-")
            drives = element == "Nd" or not turned
            draft.give(site, f"oxide/{element}", gives, number(row, "stock"), driver=drives)


def _lost(plant: Plant) -> dict[str, float]:
    return {e: kg - plant.gives.get(e, 0.0) * held(e) for e, kg in plant.held.items()}


def metals(draft: Draft, chain: Chain, settled: Balance) -> None:
    """The metal sites: one element each, oxide in, metal out, process loss."""
    row, loss = stage("metal"), settled.value["metal.loss"]
    for source, element in sorted({(source, element) for source, _, element in chain.metal}):
        site = draft.site(
            seated(f"{source}/metal/{element}", source, "metal", loss={element: loss / (1 - loss)})
        )
        draft.take(site, f"oxide/{element}", 1 / held(element) / (1 - loss), number(row, "in"))
        draft.give(site, f"metal/{element}", 1.0, number(row, "stock"))


def makers(draft: Draft, chain: Chain, settled: Balance, made: Magnets) -> None:
    """The magnet sites: metals in, finished magnets and swarf out; swarf that does not come back is lost."""
    row, output = stage("magnet"), made.made()
    kept = {maker["country"]: maker for maker in table("makers")}
    for at, country in enumerate(made.makers):
        for place, family in enumerate(FAMILIES):
            if output[at, place] <= 0:
                continue
            cut, content = blank(family, settled), chain.content[family]
            kilograms = float(output[at, place])
            back = chain.swarf.get((country, family), 0.0) * (1 + SPARE) / kilograms
            loss = {e: kg * (1 / cut - 1 - back) for e, kg in content.items()}
            site = draft.site(seated(f"{country}/magnet/{family}", country, "magnet", loss=loss))
            days = number(kept[country], "in") if kept[country]["in"] else number(row, "in")
            for element, kg in content.items():
                draft.take(site, f"metal/{element}", kg / cut, days, bearing(family, element))
            draft.give(site, f"magnet/{family}", 1.0, number(row, "stock"))
            if back > 0:
                draft.give(site, f"swarf/{family}", back, 60.0, driver=False)


def bearing(family: str, element: str) -> str:
    """How an element bears on a magnet: what only stretches the neodymium, or tunes, never stops a line.

    >>> bearing("ndfeb", "Gd"), bearing("smco", "Gd"), bearing("ndfeb-heavy", "Dy")
    ('free', 'important', 'critical')
    """
    if family == "smco":
        return "important" if element in TUNING else "critical"
    return "free" if element in STRETCHING else "critical"


def others(draft: Draft, chain: Chain) -> None:
    """The users of oxides outside magnets, one site by country and element; they buy one kilogram a unit."""
    row = stage("other")
    asked: dict[tuple[str, str], float] = {}
    for (_, (kind, country), element), kg in chain.oxide.items():
        if kind == "other":
            asked[country, element] = asked.get((country, element), 0.0) + kg
    for (country, element), kg in sorted(asked.items()):
        site = draft.site(
            Site(
                f"{country}/product/other/{element}",
                country,
                "product",
                use="other",
                slack=number(row, "slack"),
                least=number(row, "least"),
                restart=number(row, "restart"),
                demand=kg,
            )
        )
        draft.take(site, f"oxide/{element}", 1.0, number(row, "in"))


def link(
    draft: Draft,
    given: Mapping[str, Input],
    settled: Balance,
    chain: Chain,
    transit: Mapping[tuple[str, str], int],
) -> None:
    """The lanes from mines to magnets and to other users, with their shares at rest."""
    _ore(draft, given, settled, chain, transit)
    flows: dict[int, dict[int, float]] = {}
    for (plant, (kind, country), element), kg in chain.oxide.items():
        buyer = f"{country}/metal/{element}" if kind == "metal" else f"{country}/product/other/{element}"
        place = draft.held[draft.at[buyer], draft.at[f"oxide/{element}"]]
        stack = draft.given[draft.at[f"{plant[0]}/separation/{plant[1]}"], draft.at[f"oxide/{element}"]]
        flows.setdefault(place, {})[stack] = kg
    for place, found in flows.items():
        draft.feed(place, found, transit)
    _metal(draft, chain, transit)


def _ore(
    draft: Draft,
    given: Mapping[str, Input],
    settled: Balance,
    chain: Chain,
    transit: Mapping[tuple[str, str], int],
) -> None:
    flows: dict[tuple[str, str], dict[int, float]] = {}
    for row in table("feeds"):
        stack = draft.given[draft.at[f"{row['mine']}/mine/{row['ore']}"], draft.at[f"ore/{row['ore']}"]]
        reo = settled.value.get(
            row["quantity"], given[row["quantity"]].value if row["quantity"] in given else 0.0
        )
        flows.setdefault((row["separation"], row["ore"]), {})[stack] = reo * DAILY * number(row, "part")
    for country, mine in (("CN", "CN"), ("JP", "ROW")):
        stack = draft.given[draft.at[f"{mine}/mine/scandium"], draft.at["ore/scandium"]]
        flows[country, "scandium"] = {stack: 1.0}
    for country in chain.scrap:
        stack = draft.given[draft.at[f"{country}/mine/scrap"], draft.at["scrap/ndfeb"]]
        flows[country, "scrap"] = {stack: 1.0}
    for (maker, family), kg in chain.swarf.items():
        stack = draft.given[draft.at[f"{maker}/magnet/{family}"], draft.at[f"swarf/{family}"]]
        flows.setdefault((SWARF[maker], f"swarf-{family}"), {})[stack] = kg * (1 - STORED)
    for (country, kind), plant in chain.plants.items():
        if kind.startswith("swarf-"):
            stack = draft.given[draft.at[f"{country}/mine/{kind}"], draft.at[plant.good]]
            flows[country, kind][stack] = plant.feed * STORED
    for (country, kind), found in flows.items():
        site = draft.at[f"{country}/separation/{kind}"]
        draft.feed(draft.held[site, draft.at[chain.plants[country, kind].good]], found, transit)


def _metal(draft: Draft, chain: Chain, transit: Mapping[tuple[str, str], int]) -> None:
    for at, bin_ in enumerate(list(draft.bins)):
        good, site = draft.goods[bin_.good].id, draft.sites[bin_.site]
        if not good.startswith("metal/"):
            continue
        element = good.removeprefix("metal/")
        flows = {}
        for source in ("CN", "JP", "VN", "EU", "US", "ROW"):
            if f"{source}/metal/{element}" in draft.at:
                stack = draft.given[draft.at[f"{source}/metal/{element}"], bin_.good]
                flows[stack] = chain.metal.get((source, site.country, element), 0.0)
        draft.feed(at, flows, transit)
