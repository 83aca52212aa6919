"""Components and products: by country, use and how deep their stocks are."""

from __future__ import annotations

from collections.abc import Mapping

from xenotime.supply.world.cover import Cover, covers
from xenotime.supply.world.draft import Draft
from xenotime.supply.world.magnets import FAMILIES, USES, Magnets
from xenotime.supply.world.network import COVERS, Good, Site
from xenotime.supply.world.oxides import Chain
from xenotime.supply.world.read import number, table
from xenotime.supply.world.upstream import stage

#: Days of components before the line of a product, by cover. Assumed: lines are fed just in time.
LINE: Mapping[str, float] = {"lean": 3.0, "normal": 7.0, "deep": 20.0}


def use(name: str) -> dict[str, str]:
    """The row of a use: kilograms a unit, families, worth."""
    return next(row for row in table("uses") if row["use"] == name)


def parts(row: Mapping[str, str]) -> dict[str, float]:
    """How the magnets of a use divide by family."""
    return {f: float(row[c]) for f, c in zip(FAMILIES, ("plain", "heavy", "smco", "bonded"), strict=True)}


def components(draft: Draft, chain: Chain) -> None:
    """The components as goods: one product's set, holding the elements of its magnets."""
    for row in table("uses"):
        content: dict[str, float] = {}
        for family, part in parts(row).items():
            for element, kg in chain.content[family].items():
                content[element] = content.get(element, 0.0) + kg * part * number(row, "kg")
        draft.good(
            Good(f"component/{row['use']}", "component", "set", {e: kg for e, kg in content.items() if kg})
        )


def firms(draft: Draft, made: Magnets, transit: Mapping[tuple[str, str], int]) -> None:
    """The component and product sites of every country, use and cover, with the lanes that feed them."""
    wanted = made.products()
    for place, country in enumerate(made.users):
        for number_, name in enumerate(USES):
            if made.used[place, number_] > 0:
                for one in covers(country, transit):
                    _component(draft, made, place, number_, one, transit)
                    _product(draft, country, name, one.name, one.share * float(wanted[place, number_]))
    for place, country in enumerate(made.users):
        for number_, name in enumerate(USES):
            if made.used[place, number_] > 0:
                for cover in COVERS:
                    _supply(draft, country, name, cover, float(made.bought[place, number_]), transit)


def _component(
    draft: Draft,
    made: Magnets,
    place: int,
    number_: int,
    cover: Cover,
    transit: Mapping[tuple[str, str], int],
) -> None:
    country, name = made.users[place], USES[number_]
    row, base = use(name), stage("component")
    site = draft.site(
        Site(
            f"{country}/component/{name}/{cover.name}",
            country,
            "component",
            name,
            cover.name,
            buyer_of(name),
            slack=number(base, "slack"),
            least=number(base, "least"),
            restart=number(base, "restart"),
            worth=number(row, "part"),
        )
    )
    for at, (family, part) in enumerate(parts(row).items()):
        if part > 0:
            bin_ = draft.take(site, f"magnet/{family}", part * number(row, "kg"), cover.days)
            flows = {
                draft.given[draft.at[f"{maker}/magnet/{family}"], draft.at[f"magnet/{family}"]]: float(
                    made.split[m, place, at, number_]
                )
                for m, maker in enumerate(made.makers)
                if f"{maker}/magnet/{family}" in draft.at
                and (made.split[m, place, at, number_] > 0 or maker == "JP")
            }
            draft.feed(bin_, flows, transit)
    draft.give(site, f"component/{name}", 1.0, number(base, "stock"))


def _product(draft: Draft, country: str, name: str, cover: str, kilograms: float) -> None:
    row, base = use(name), stage("product")
    site = draft.site(
        Site(
            f"{country}/product/{name}/{cover}",
            country,
            "product",
            name,
            cover,
            buyer_of(name),
            slack=number(base, "slack"),
            least=number(base, "least"),
            restart=number(base, "restart"),
            worth=number(row, "worth"),
            demand=kilograms / number(row, "kg"),
        )
    )
    draft.take(site, f"component/{name}", 1.0, LINE[cover])


def _supply(
    draft: Draft, country: str, name: str, cover: str, bought: float, transit: Mapping[tuple[str, str], int]
) -> None:
    good = draft.at[f"component/{name}"]
    bin_ = draft.held[draft.at[f"{country}/product/{name}/{cover}"], good]
    flows = {draft.given[draft.at[f"{country}/component/{name}/{cover}"], good]: 1 - bought}
    if country != "CN":
        flows[draft.given[draft.at[f"CN/component/{name}/normal"], good]] = bought
    draft.feed(bin_, flows, transit)


def buyer_of(name: str) -> str:
    """Whether a use is civil or defence."""
    return "defence" if name == "defence" else "civil"
