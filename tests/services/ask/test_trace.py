from __future__ import annotations

from datetime import date

import pytest

from xenotime.content.rollup import Roll
from xenotime.content.tables import from_tables
from xenotime.services.ask.trace import sources
from xenotime.services.rows import part_lists

ON = date(2026, 12, 1)
#: A motor of a rotor and a sensor; the rotor's magnet is not described, the sensor has no rare earth.
PRODUCTS = [
    {"product": "motor", "kind": "motor", "unit_mass_kg": "3", "unit_price": "90", "currency": "USD"},
    {"product": "rotor", "kind": "assembly", "unit_mass_kg": "1", "unit_price": "30", "currency": "USD"},
    {"product": "magnet", "kind": "magnet", "material": "NdFeB", "unit_price": "60", "currency": "USD"},
    {"product": "steel", "kind": "other", "elements": "none", "cn_technology": "no"},
    {"product": "sensor", "kind": "sensor", "elements": "none", "unit_mass_kg": "2", "cn_technology": "no"},
]
PARTS = [
    {"product": "motor", "part": "rotor", "quantity": "1", "unit": "piece"},
    {"product": "motor", "part": "sensor", "quantity": "1", "unit": "piece"},
    {"product": "rotor", "part": "magnet", "quantity": "0.4", "unit": "kg"},
    {"product": "rotor", "part": "steel", "quantity": "0.6", "unit": "kg"},
]


def roll(products=PRODUCTS, parts=PARTS, declarations=()):
    tables = {"products": products, "parts": parts, "declarations": declarations}
    return Roll(from_tables(tables), part_lists())


@pytest.mark.parametrize("fact", ["el_dy", "cn_technology", "cn_part1_value"])
def test_the_maker_of_the_part_that_nothing_describes_is_asked(fact):
    assert sources(roll(), "motor", fact, "USD", ON) == ("magnet",)


def test_of_two_such_parts_both_makers_are_asked():
    products = [
        {**p, "elements": None, "cn_technology": None} if p["product"] == "sensor" else p for p in PRODUCTS
    ]
    assert set(sources(roll(products), "motor", "el_dy", "USD", ON)) == {"sensor", "magnet"}


def test_a_product_with_a_doubt_of_its_own_answers_for_its_parts():
    products = [{**p, "elements": "Nd;?Dy"} if p["product"] == "rotor" else p for p in PRODUCTS]
    assert sources(roll(products), "motor", "el_dy", "USD", ON) == ("rotor",)


def statement(states, element):
    return {
        "declaration": f"D-{states}",
        "product": "magnet",
        "day": ON,
        "states": states,
        "element": element,
    }


@pytest.mark.parametrize(("states", "truth"), [("contains", True), ("contains_not", False), (None, None)])
def test_what_a_maker_states_of_one_element_travels_up(states, truth):
    told = [statement(states, "Dy")] if states else []
    totals = roll(declarations=told).totals("motor", ON)
    assert totals.elements["Dy"] is truth
    assert totals.elements["Tb"] is None


def test_all_answers_together_make_what_is_inside_known():
    told = [statement("contains_not", e) for e in ("Dy", "Tb")]
    assert roll(declarations=told).totals("motor", ON).holds_magnet is False
    assert roll(declarations=[statement("contains", "Dy")]).totals("motor", ON).holds_magnet is True
