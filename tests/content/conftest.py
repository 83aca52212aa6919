"""Small bills of material, and a list of Part 1 and Part 2 lines as a book would state them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from xenotime.content.annex import Annex, read_annex
from xenotime.content.rollup import Roll
from xenotime.content.tables import from_tables

DAY = date(2026, 12, 15)


def line(
    kind: str, elements: str = "", material: str = "", when: str = "", mark: str = "v"
) -> dict[str, str]:
    return {"kind": kind, "elements": elements, "material": material, "when": when, "mark": mark}


PART1 = [
    line("metal", "Sm|Dy|Gd|Tb|Lu|Sc|Y"),
    line("alloy", material="Sm-Co|SmCo"),
    line("alloy", material="Tb-Fe"),
    line("alloy", material="Dy-Fe"),
    line("alloy|magnetostrictive", material="Tb-Dy-Fe"),
    line("oxide", "Dy"),
    line("oxide", "Tb"),
]
PART2 = [
    line("magnet|magnet_powder", material="SmCo"),
    line("magnet|magnet_powder", "Tb", "NdFeB"),
    line("magnet|magnet_powder", "Dy", "NdFeB"),
    line("bonded_magnet", "Dy", "NdFeB", mark="?"),
    line("assembly|motor", when="holds_magnet"),
    line("target", "Sm|Gd"),
]
ANNEX: Annex = read_annex(PART1, PART2)


def product(key: str, price: str | None = None, *, unit: str = "piece", **cells: Any) -> dict[str, object]:
    money = {"unit_price": None if price is None else Decimal(price), "price_unit": unit, "currency": "USD"}
    return {"product": key, "name": key, **money, **cells}


def metal(element: str, price: str | None = "100", made_in: str | None = "CN") -> dict[str, object]:
    """A pure metal sold by kg."""
    return product(
        element.lower(), price, unit="kg", kind="metal", material="element", elements=element, made_in=made_in
    )


def magnet(
    key: str = "magnet", price: str | None = "100", elements: str = "Nd;Dy", **cells: Any
) -> dict[str, object]:
    return product(key, price, **{"kind": "magnet", "material": "NdFeB", "elements": elements, **cells})


def holds(product: str, part: str, quantity: str, unit: str = "kg") -> dict[str, object]:
    return {"product": product, "part": part, "quantity": Decimal(quantity), "unit": unit}


def contains(product: str, element: str, percent: str | None, **cells: Any) -> dict[str, object]:
    share = None if percent is None else Decimal(percent)
    return {"product": product, "element": element, "mass_percent": share, **cells}


def says(product: str, states: str, day: date | None = date(2026, 1, 1), **cells: Any) -> dict[str, object]:
    return {
        "declaration": f"{product}-{states}-{day}",
        "product": product,
        "states": states,
        "day": day,
        **cells,
    }


def rate(day: date, pair: str, figure: str) -> dict[str, object]:
    source, target = pair.split("/")
    return {"day": day, "from_currency": source, "to_currency": target, "rate": Decimal(figure)}


def roll(
    products: list[Any], parts: Any = (), compositions: Any = (), declarations: Any = (), rates: Any = ()
) -> Roll:
    tables = {
        "products": products,
        "parts": parts,
        "compositions": compositions,
        "declarations": declarations,
        "rates": rates,
    }
    return Roll(from_tables(tables), ANNEX)


@pytest.fixture(scope="session")
def kit() -> SimpleNamespace:
    """The makers of rows above, the list, and the day."""
    makers = (line, product, metal, magnet, holds, contains, says, rate, roll)
    return SimpleNamespace(day=DAY, annex=ANNEX, **{make.__name__: make for make in makers})
