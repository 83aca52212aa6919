from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from xenotime.content.bounds import point
from xenotime.content.tree import tree


def test_the_tree_shows_known_declared_and_missing(kit):
    products = [
        kit.product("motor", "800", kind="motor", elements="Nd;Dy"),
        kit.magnet("known", unit_mass_kg=1),
        kit.magnet("declared"),
        kit.magnet("silent"),
    ]
    parts = [kit.holds("motor", key, "2", "piece") for key in ("known", "declared", "silent")]
    contents = [kit.contains("known", "Dy", "2", origin="CN", price_per_kg=Decimal(300), currency="USD")]
    declared = [kit.says("declared", "cn_rare_earths_no"), kit.says("silent", "requested", None)]
    top = tree(kit.roll(products, parts, contents, declared), "motor", kit.day)
    assert [(node.key, node.status) for node in top.children] == [
        ("known", "known"),
        ("declared", "declared"),
        ("silent", "missing"),
    ]
    known = top.children[0]
    assert (known.part1, known.value, known.share[0]) == (
        point(Fraction(12)),
        point(Fraction(200)),
        Fraction(3, 50),
    )
    material = known.children[0]
    assert (material.name, material.sort, material.mass, material.status) == (
        "Dy (element)",
        "material",
        point(Fraction(1, 50)),
        "known",
    )
    assert top.children[2].gaps[0] == "silent: tombstone: the supplier was asked and has not answered"


def test_a_material_names_what_it_lacks(kit):
    contents = [kit.contains("magnet", "Dy", "2")]
    top = tree(kit.roll([kit.magnet(unit_mass_kg=1)], compositions=contents), "magnet", kit.day)
    assert top.children[0].gaps == ("its price is missing", "its origin is missing")


def test_the_sale_price_is_shown_at_the_top(kit):
    top = tree(kit.roll([kit.magnet()]), "magnet", kit.day, currency="USD", price=Fraction(7))
    assert top.value == point(Fraction(7))


def test_shared_parts_are_one_object(kit):
    names = [f"p{level}" for level in range(40)]
    pairs = pairwise(names)
    parts = [kit.holds(a, b, "1", "piece") for a, b in pairs for _ in range(2)]
    top = tree(kit.roll([kit.product(name) for name in names], parts), "p0", kit.day)
    assert top.children[0].children is top.children[1].children
