"""The plain inputs of a roll-up: products, part rows, compositions, declarations, rates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from xenotime.content.bounds import Bounds
from xenotime.content.money import Rates
from xenotime.core.truth import Truth

_GRAMS = {"kg": Fraction(1), "g": Fraction(1, 1000), "mg": Fraction(1, 1_000_000), "t": Fraction(1000)}
_PIECES = ("piece", "set")


@dataclass(frozen=True, slots=True)
class Product:
    """One product as its row states it; None is unknown.

    `elements` maps each rare earth stated to True (contained) or None (possible); all others are then
    absent. `unit` is what one of it is: a piece, or a kilogram for goods sold by kg.
    """

    product: str
    name: str
    unit: str = "piece"
    kind: str | None = None
    material: str | None = None
    elements: Mapping[str, Truth] | None = None
    made_in: str | None = None
    cn_technology: Truth = None
    unit_mass: Fraction | None = None
    price: Fraction | None = None
    price_unit: str = "piece"
    currency: str | None = None

    def count(self, quantity: Fraction, unit: str) -> Fraction | None:
        """How many units of this product a quantity is; None if the mass of a piece is missing.

        >>> Product("m", "magnet", unit_mass=Fraction(1, 50)).count(Fraction(5), "g")
        Fraction(1, 4)
        """
        if quantity == 0:
            return Fraction(0)
        if unit in _PIECES:
            return quantity if self.unit == "piece" else None
        if self.unit == "kg":
            return quantity * _GRAMS[unit]
        return quantity * _GRAMS[unit] / self.unit_mass if self.unit_mass else None


@dataclass(frozen=True, slots=True)
class Part:
    """One row of a parts list: so much of a part in one unit of the product."""

    part: str
    quantity: Fraction
    unit: str


@dataclass(frozen=True, slots=True)
class Link:
    """A part row with how many units of the part it is; None if that cannot be worked out."""

    row: Part
    count: Fraction | None


@dataclass(frozen=True, slots=True)
class Composition:
    """One material in a product: an element in a form, its share of the mass (0 to 1), and origin.

    The share of an oxide is the mass of oxide; of a metal or alloy, the mass of the element.
    """

    element: str
    form: str
    share: Bounds
    best: Fraction | None = None
    origin: str | None = None
    price: Fraction | None = None
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class Declaration:
    """One statement of a supplier about a product; without a day it was asked and not answered."""

    declaration: str
    states: str
    day: date | None = None
    supplier: str | None = None
    value: Fraction | None = None
    currency: str | None = None
    element: str | None = None

    @property
    def answered(self) -> bool:
        """True if somebody stated something on a day."""
        return self.day is not None and self.states != "requested"


@dataclass(frozen=True, slots=True)
class Bills:
    """Everything a roll-up rests on, by product."""

    products: Mapping[str, Product]
    parts: Mapping[str, tuple[Part, ...]] = field(default_factory=dict)
    compositions: Mapping[str, tuple[Composition, ...]] = field(default_factory=dict)
    declarations: Mapping[str, tuple[Declaration, ...]] = field(default_factory=dict)
    rates: Rates = field(default_factory=Rates)


def links(bills: Bills) -> dict[str, tuple[Link, ...]]:
    """The part rows of each product in units of the part; a row of quantity 0 holds nothing."""
    return {
        key: tuple(
            Link(row, bills.products[row.part].count(row.quantity, row.unit)) for row in rows if row.quantity
        )
        for key, rows in bills.parts.items()
    }
