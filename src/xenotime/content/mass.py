"""The mass of one unit of a product and of each element in it [kg]."""

from __future__ import annotations

from fractions import Fraction

from xenotime.content.bills import Composition
from xenotime.content.bounds import UNKNOWN, ZERO, Bounds, blend, point
from xenotime.content.elements import names
from xenotime.content.matter import Own, Place
from xenotime.content.oxides import metal_share

_NOTHING = Fraction(0)


def weigh(place: Place) -> tuple[Bounds, Fraction]:
    """The mass of one unit, and how much of it the parts list leaves undescribed.

    Without a stated mass it is that of the parts. Parts may weigh more than the product: what is bought
    is more than what stays in it.
    """
    held = _parts(place)
    mass = place.product.unit_mass if place.product.unit == "piece" else Fraction(1)
    if mass is None:
        if place.contents and not place.links:
            place.gap("unit", "unit_mass_kg is missing: shares of its mass cannot be turned into kg")
        return (held if place.links else UNKNOWN), _NOTHING
    short = held.high is not None and held.high < mass and bool(place.links)
    return point(mass), mass - (held.high or _NOTHING) if short else _NOTHING


def _parts(place: Place) -> Bounds:
    held = blend(
        (link.count, {"": matter.mass}) for link, matter in zip(place.links, place.inner, strict=True)
    )
    for row in (link.row for link in place.links if link.count is None):
        stated = f"{row.quantity} {row.unit} of {row.part}"
        place.gap("unit", f"{stated} cannot be counted: unit_mass_kg of {row.part} is missing")
    return held.get("", ZERO)


def fill(
    place: Place, own: Own, mass: Bounds, shortfall: Fraction
) -> tuple[dict[str, Bounds], Fraction | None]:
    """The mass of each named element, and the mass that nothing describes (None: unbounded).

    What a composition states of an element takes the place of what the parts bring.
    """
    named = blend((link.count, matter.named) for link, matter in zip(place.links, place.inner, strict=True))
    open_kg = _undescribed(place)
    named |= _stated(place, mass)
    if own.complete:
        return _closed(own, named, mass, open_kg), _NOTHING
    open_kg = None if open_kg is None else open_kg + shortfall
    if not own.speaks and place.links:
        return named, open_kg
    bare = None if mass.high is None else mass.high * own.open_share
    known = [kg for kg in ((bare, open_kg) if place.links else (bare,)) if kg is not None]
    return named, min(known, default=None)


def _undescribed(place: Place) -> Fraction | None:
    open_kg = _NOTHING
    for link, matter in zip(place.links, place.inner, strict=True):
        if matter.open_kg == 0:
            continue
        if matter.open_kg is None or link.count is None:
            return None
        open_kg += matter.open_kg * link.count
    return open_kg


def _stated(place: Place, mass: Bounds) -> dict[str, Bounds]:
    named: dict[str, Bounds] = {}
    for row in place.contents:
        named[row.element] = named.get(row.element, ZERO) + _held(row, mass)
    return named


def _held(row: Composition, mass: Bounds) -> Bounds:
    held = row.share.by(mass)
    if row.form == "compound":
        return held.possible()
    if row.form != "oxide":
        return held
    share = metal_share(row.element)
    return held.possible() if share is None else held.times(share)


def _closed(own: Own, named: dict[str, Bounds], mass: Bounds, open_kg: Fraction | None) -> dict[str, Bounds]:
    """No other elements: the undescribed mass of the parts can only hold those that are possible."""
    for element in names(own.possible):
        if element not in named:
            named[element] = Bounds(_NOTHING, mass.high)
        elif open_kg != 0:
            named[element] = named[element] + Bounds(_NOTHING, open_kg)
    return named
