"""Prices at rest: published where they are, else from what a good is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xenotime.evidence.figure import Figure
from xenotime.supply.world.downstream import parts
from xenotime.supply.world.draft import Draft
from xenotime.supply.world.elements import held
from xenotime.supply.world.inputs import cited
from xenotime.supply.world.network import Good
from xenotime.supply.world.read import number, table, words
from xenotime.supply.world.upstream import WORTH

#: The part of the value of its oxides that an ore, swarf or scrap fetches. Assumed; Mountain Pass concentrate
#: of 2024 brought 5.8 USD/kg of oxides (USGS 2025) that were worth about 11.
RAW = 0.5


def prices(figures: Sequence[Figure], draft: Draft) -> tuple[float, ...]:
    """The price of every good of a draft at rest [USD per unit]."""
    known = {figure.id: figure for figure in figures}
    said = {}
    for row in table("prices"):
        figure = cited(words(row, "claims"), known, f"supply/world/tables/prices.csv, {row['good']}")[0]
        said[row["good"]] = float(figure.value or 0) * number(row, "factor")
    return tuple(_price(good, said) for good in draft.goods)


def _price(good: Good, said: Mapping[str, float]) -> float:
    if good.id in said:
        return said[good.id]
    folder, _, name = good.id.partition("/")
    if folder == "metal":
        return said[f"oxide/{name}"] / held(name) + WORTH["metal"]
    if folder == "component":
        row = next(row for row in table("uses") if row["use"] == name)
        return number(row, "part") + number(row, "kg") * sum(
            part * said[f"magnet/{family}"] for family, part in parts(row).items()
        )
    return RAW * sum(kg / held(e) * said[f"oxide/{e}"] for e, kg in good.content.items())
