"""The tree of a product as a person reads it: what is known, declared or missing at each place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import Literal

from xenotime.content.bills import Composition, Part
from xenotime.content.bounds import UNKNOWN, Bounds
from xenotime.content.floor import ends
from xenotime.content.graph import arrange, reach
from xenotime.content.rollup import Roll
from xenotime.content.worth import Ledger

Status = Literal["known", "declared", "missing"]


@dataclass(frozen=True, slots=True)
class Node:
    """One place in a parts list: a part, or a material of a composition (``sort``).

    `quantity` and `unit` are as stated, in one unit of the parent; `mass` [kg], `value` and `part1`
    [currency of the trace] are of that quantity; `share` is Chinese Part 1 value over `value`, its
    ends exact. A part used twice is one object with the same children: the tree is a graph that is
    safe to hold, but may be long to print.
    """

    sort: Literal["product", "material"]
    key: str
    name: str
    quantity: Fraction | None
    unit: str
    mass: Bounds
    value: Bounds
    part1: Bounds
    share: tuple[Fraction, Fraction | None]
    origin: str | None
    status: Status
    gaps: tuple[str, ...] = ()
    children: tuple[Node, ...] = field(default=(), repr=False)


def tree(
    roll: Roll, product: str, on: date, *, currency: str | None = None, price: Fraction | None = None
) -> Node:
    """The tree of one unit of a product, at the rates of a day.

    Raises AddressError for a product that is not there.
    """
    totals = roll.totals(product, on, currency=currency, price=price)
    ledger = roll.ledger(totals.currency, on)
    children: dict[str, tuple[Node, ...]] = {}
    for key in arrange(reach(product, roll.edges), roll.edges):
        rows = [_part(roll, ledger, row, children) for row in roll.bills.parts.get(key, ()) if row.quantity]
        contents = [_material(roll, ledger, key, row) for row in roll.bills.compositions.get(key, ())]
        children[key] = (*rows, *contents)
    unit = roll.bills.products[product].unit
    top = _part(roll, ledger, Part(product, Fraction(1), unit), children)
    if price is None:
        return top
    return replace(top, value=totals.price, share=ends(totals.part1, totals.price))


def _part(roll: Roll, ledger: Ledger, row: Part, children: Mapping[str, tuple[Node, ...]]) -> Node:
    product, matter, worth = roll.bills.products[row.part], roll.matter[row.part], ledger.of(row.part)
    count = product.count(row.quantity, row.unit)
    gaps = tuple(str(gap) for gap in dict.fromkeys((*matter.gaps, *worth.gaps)))
    status: Status = "declared" if matter.standing.settles else "missing" if gaps else "known"
    return Node(
        sort="product",
        key=row.part,
        name=product.name,
        quantity=row.quantity,
        unit=row.unit,
        mass=_times(matter.mass, count),
        value=_times(worth.price, count),
        part1=_times(worth.part1, count),
        share=ends(worth.part1, worth.price),
        origin=product.made_in,
        status=status,
        gaps=gaps,
        children=children[row.part],
    )


def _material(roll: Roll, ledger: Ledger, key: str, row: Composition) -> Node:
    product, matter = roll.bills.products[key], roll.matter[key]
    settled = matter.standing.settles
    mass = row.share.by(matter.mass)
    value, gaps = UNKNOWN, ["its price is missing"]
    if row.price is not None:
        price, found = ledger.money(row.price, row.currency, key, row.element)
        value, gaps = mass.by(price), [gap.text for gap in found]
    part1 = ledger.content(product, matter, row).held
    if row.origin is None:
        gaps.append("its origin is missing")
    return Node(
        sort="material",
        key=row.element,
        name=f"{row.element} ({row.form})",
        quantity=mass.low if mass.exact else None,
        unit="kg",
        mass=mass,
        value=value,
        part1=part1,
        share=_within(part1, value),
        origin=row.origin,
        status="declared" if settled else "known" if part1.exact else "missing",
        gaps=() if part1.exact or settled else tuple(gaps),
    )


def _within(part: Bounds, whole: Bounds) -> tuple[Fraction, Fraction | None]:
    """The share of a part in a whole that holds it: never above one, though both are intervals."""
    low, high = ends(part, whole)
    return min(low, Fraction(1)), None if high is None else min(high, Fraction(1))


def _times(bounds: Bounds, count: Fraction | None) -> Bounds:
    if count is None:
        return bounds if bounds.high == 0 else UNKNOWN
    return bounds.times(count)
