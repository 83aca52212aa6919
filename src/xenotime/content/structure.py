"""From rows to matter: every product once, parts first, however often a part is used."""

from __future__ import annotations

from xenotime.content.annex import Annex
from xenotime.content.bills import Bills, links
from xenotime.content.declared import standing
from xenotime.content.elements import mask
from xenotime.content.graph import arrange
from xenotime.content.inside import deeper, is_input, look, on_list, stated, unsourced
from xenotime.content.mass import fill, weigh
from xenotime.content.matter import FIXED, Matter, Place
from xenotime.content.origin import counts, name_gaps, rare_earths, surely_inside, technology
from xenotime.core.truth import some


def structure(bills: Bills, annex: Annex) -> dict[str, Matter]:
    """The matter of every product.

    Raises InputError for a product that contains itself.
    """
    rows = links(bills)
    edges = {key: [link.row.part for link in found] for key, found in rows.items()}
    listed = mask(annex.counted)
    found: dict[str, Matter] = {}
    for key in arrange(bills.products, edges):
        inner = tuple(found[link.row.part] for link in rows.get(key, ()))
        said = standing(bills.declarations.get(key, ()))
        contents = bills.compositions.get(key, ())
        found[key] = _matter(
            Place(bills.products[key], contents, rows.get(key, ()), inner, said, annex, listed)
        )
    return found


def _matter(place: Place) -> Matter:
    annex = place.annex
    mass, shortfall = weigh(place)
    own = stated(place)
    inside = look(place, own, shortfall)
    named, open_kg = fill(place, own, mass, shortfall)
    part1 = is_input(place, inside)
    fixed = part1 is not False or place.product.kind in FIXED
    unlisted = inside.bare and bool(inside.possible & place.listed) and not fixed
    alone = unsourced(place, own) if part1 is False else ()
    origin = None if part1 is False else counts(place)
    rare = rare_earths(place, inside, undescribed=bool(alone) or inside.bare)
    know_how = technology(place, inside)
    name_gaps(place, is_input=part1, origin=origin, unsourced=alone, unlisted=unlisted)
    return Matter(
        mass=mass,
        named=named,
        open_kg=open_kg,
        sure=inside.sure,
        possible=inside.possible,
        magnet=on_list(place, inside, annex.magnets),
        target=on_list(place, inside, annex.targets),
        holds_magnet=deeper(
            place, inside, annex.magnets, [some((m.magnet, m.holds_magnet)) for m in place.inner]
        ),
        holds_target=deeper(
            place, inside, annex.targets, [some((m.target, m.holds_target)) for m in place.inner]
        ),
        technology=know_how,
        rare_earths=rare,
        part1=part1,
        origin=origin,
        refutes=surely_inside(place, part1=part1, origin=origin),
        unsourced=alone,
        unlisted=unlisted,
        standing=place.standing,
        gaps=tuple(place.gaps),
    )
