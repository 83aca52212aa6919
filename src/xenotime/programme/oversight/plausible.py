"""Anomaly watch: what was drawn, against what the declared products can plausibly need."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from xenotime.programme.organisation import Product


@dataclass(frozen=True, slots=True)
class Drawn:
    """What was drawn on a day, in grams of an element."""

    element: str
    grams: int
    on: date


@dataclass(frozen=True, slots=True)
class Anomaly:
    """Draw-down that the declared products do not explain. `drawn` and `plausible` in grams."""

    kind: str
    element: str
    drawn: int
    plausible: int
    says: str
    says_zh: str


def yearly(products: Iterable[Product]) -> dict[str, int]:
    """The grams of each element that the declared products take in a year."""
    need: dict[str, int] = defaultdict(int)
    for product in products:
        for element, grams in product.grams.items():
            need[element] += grams * product.yearly
    return dict(need)


def anomalies(
    drawn: Iterable[Drawn], need: Mapping[str, int], on: date, *, factor: int
) -> tuple[Anomaly, ...]:
    """What stands out in the year of a day: an element no product takes, more than a year's need, a rush.

    `factor` in percent: how far the draw may run ahead of the need. A rush is more in the last thirty days,
    those before New Year too, than a quarter's need times the factor.

    >>> anomalies([Drawn("Dy", 900, date(2026, 3, 1))], {"Dy": 1000}, date(2026, 3, 30), factor=120)[0].kind
    'rush'
    """
    whole: dict[str, int] = defaultdict(int)
    late: dict[str, int] = defaultdict(int)
    for one in drawn:
        late[one.element] += one.grams if on - timedelta(days=30) < one.on <= on else 0
        whole[one.element] += one.grams if one.on.year == on.year and one.on <= on else 0
    found: list[Anomaly] = []
    for element, grams in sorted(whole.items()):
        plausible = need.get(element, 0)
        rush = late[element] * 400 > plausible * factor
        if not plausible and grams + late[element]:
            found.append(_of("no_product", element, grams, 0))
        elif grams * 100 > plausible * factor:
            found.append(_of("over_need", element, grams, plausible))
        elif rush:
            found.append(_of("rush", element, late[element], plausible // 4))
    return tuple(found)


_SAYS = {
    "no_product": (
        "{drawn} g of {element} were drawn, and no declared product takes any",
        "已提取 {element} {drawn} 克，但没有申报产品使用它",
    ),
    "over_need": (
        "{drawn} g of {element} were drawn this year; the declared products need {plausible} g",
        "本年已提取 {element} {drawn} 克，申报产品全年需 {plausible} 克",
    ),
    "rush": (
        "{drawn} g of {element} were drawn in thirty days; a quarter's need is {plausible} g",
        "三十日内提取 {element} {drawn} 克，一季度所需为 {plausible} 克",
    ),
}


def _of(kind: str, element: str, drawn: int, plausible: int) -> Anomaly:
    said = [text.format(drawn=drawn, element=element, plausible=plausible) for text in _SAYS[kind]]
    return Anomaly(kind, element, drawn, plausible, *said)
