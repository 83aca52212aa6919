"""From the user's tables, as rows of typed cells, to the plain inputs of a roll-up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from xenotime.content.bills import Bills, Composition, Declaration, Part, Product
from xenotime.content.bounds import Bounds
from xenotime.content.money import Rate, Rates, order_rates
from xenotime.core.errors import InputError
from xenotime.core.truth import Truth

Cells = Mapping[str, object]
Tables = Mapping[str, Sequence[Cells]]
_HUNDRED = Fraction(100)
_TRUTHS = {"yes": True, "true": True, "no": False, "false": False}


def from_tables(tables: Tables) -> Bills:
    """The bills of a portfolio, from its tables products, parts, compositions, declarations and rates.

    Cells are Decimal, int, date, bool, str or None; a number may be its exact text, never a float.
    Raises InputError for a product stated twice, a row without its product, and a cell of a wrong type.
    """
    products = _products(tables.get("products", ()))
    parts = _grouped(tables, "parts", products)
    return Bills(
        _counted(products, parts),
        {key: tuple(_part(row, products) for row in rows) for key, rows in parts.items()},
        {
            key: tuple(map(_composition, rows))
            for key, rows in _grouped(tables, "compositions", products).items()
        },
        {
            key: tuple(map(_declaration, rows))
            for key, rows in _grouped(tables, "declarations", products).items()
        },
        _rates(tables.get("rates", ())),
    )


def _products(rows: Iterable[Cells]) -> dict[str, Product]:
    products: dict[str, Product] = {}
    for row in rows:
        product = _product(row)
        if product.product in products:
            raise _bad("a product is stated twice", "products", "one row a product", product.product)
        products[product.product] = product
    return products


def _product(row: Cells) -> Product:
    mass = _number(row, "unit_mass_kg")
    price_unit = _text(row, "price_unit")
    unit = "piece" if mass is not None or price_unit == "piece" else "kg"
    return Product(
        product=str(row["product"]),
        name=_text(row, "name") or str(row["product"]),
        unit=unit,
        kind=_text(row, "kind"),
        material=_text(row, "material"),
        elements=_elements(row.get("elements")),
        made_in=_text(row, "made_in"),
        cn_technology=_truth(row, "cn_technology"),
        unit_mass=mass,
        price=_number(row, "unit_price"),
        price_unit=price_unit or unit,
        currency=_text(row, "currency"),
    )


def _counted(products: Mapping[str, Product], parts: Mapping[str, Sequence[Cells]]) -> dict[str, Product]:
    """A product of no stated unit that some parts list counts in pieces is one of pieces."""
    pieces = {str(row["part"]) for rows in parts.values() for row in rows if row.get("unit") == "piece"}
    return {
        key: replace(product, unit="piece") if key in pieces and product.unit != "piece" else product
        for key, product in products.items()
    }


def _part(row: Cells, products: Mapping[str, Product]) -> Part:
    part, quantity, unit = str(row["part"]), _number(row, "quantity"), str(row.get("unit"))
    if part not in products:
        raise _bad("a part is no product", "parts", "a product id", part)
    if quantity is None:
        raise _bad("a part has no quantity", "parts", "a number", part)
    if unit not in ("piece", "kg", "g", "mg"):
        raise _bad("a part has an unknown unit", "parts", "piece, kg, g or mg", f"{unit!r} for {part}")
    return Part(part, quantity, unit)


def _composition(row: Cells) -> Composition:
    best = _number(row, "mass_percent")
    low = _number(row, "low_percent")
    high = _number(row, "high_percent")
    low = best if low is None else low
    high = best if high is None else high
    if low is not None and high is not None and low > high:
        raise _bad("a lower bound is above its upper bound", "compositions", "low <= high", f"{low} > {high}")
    share = Bounds((low or Fraction(0)) / _HUNDRED, (_HUNDRED if high is None else high) / _HUNDRED)
    return Composition(
        element=str(row["element"]),
        form=_text(row, "form") or "element",
        share=share,
        best=None if best is None else best / _HUNDRED,
        origin=_text(row, "origin"),
        price=_number(row, "price_per_kg"),
        currency=_text(row, "currency"),
    )


def _declaration(row: Cells) -> Declaration:
    day = row.get("day")
    return Declaration(
        declaration=str(row["declaration"]),
        states=str(row["states"]),
        day=day if isinstance(day, date) else None,
        supplier=_text(row, "supplier"),
        value=_number(row, "value"),
        currency=_text(row, "currency"),
        element=_text(row, "element"),
    )


def _rates(rows: Iterable[Cells]) -> Rates:
    found = []
    for row in rows:
        day, rate = row.get("day"), _number(row, "rate")
        if not isinstance(day, date) or not rate:
            raise _bad(
                "a rate lacks its day or figure", "rates", "a day and a number above 0", str(dict(row))
            )
        found.append(Rate(day, str(row["from_currency"]), str(row["to_currency"]), rate))
    return order_rates(found)


def _grouped(tables: Tables, table: str, products: Mapping[str, Product]) -> dict[str, list[Cells]]:
    groups: dict[str, list[Cells]] = {}
    for row in tables.get(table, ()):
        product = str(row["product"])
        if product not in products:
            raise _bad("a row speaks of no product", table, "a product id", product)
        groups.setdefault(product, []).append(row)
    return groups


def _elements(cell: object) -> dict[str, Truth] | None:
    if cell is None or cell == "":
        return None
    names = cell.replace(",", ";").split(";") if isinstance(cell, str) else list(_listed(cell))
    stated = {name.strip() for name in names} - {"", "none"}
    return {name.lstrip("?"): None if name.startswith("?") else True for name in sorted(stated)}


def _listed(cell: object) -> Iterable[str]:
    if isinstance(cell, Iterable):
        return (str(name) for name in cell)
    raise _bad("elements cannot be read", "products", "Dy;Nd;?Pr", repr(cell))


def _text(row: Cells, column: str) -> str | None:
    cell = row.get(column)
    return None if cell is None or cell == "" else str(cell)


def _truth(row: Cells, column: str) -> Truth:
    cell = row.get(column)
    return cell if isinstance(cell, bool) else _TRUTHS.get(str(cell))


def _number(row: Cells, column: str) -> Fraction | None:
    cell = row.get(column)
    if cell is None or cell == "":
        return None
    if isinstance(cell, float) or not isinstance(cell, (str, int, Decimal, Fraction)):
        raise _bad("this number is not exact", column, "a decimal or whole number", repr(cell))
    try:
        number = cell if isinstance(cell, Fraction) else Fraction(Decimal(cell))
    except (InvalidOperation, ValueError, OverflowError) as error:
        raise _bad("this is not a number", column, "a decimal number", repr(cell)) from error
    if number < 0:
        raise _bad("this number is negative", column, "0 or more", str(cell))
    return number


def _bad(what: str, where: str, expected: str, found: str) -> InputError:
    step = "run `xenotime check` to see every such row by file and line"
    return InputError(what, where=where, expected=expected, found=found, next_step=step)
