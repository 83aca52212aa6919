from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from xenotime.content.tables import from_tables
from xenotime.core.errors import InputError


def test_absent_tables_give_empty_bills():
    assert from_tables({}).products == {}


@pytest.mark.parametrize(
    ("cell", "stated"),
    [
        (None, None),
        ("none", {}),
        ("Nd;?Dy", {"Nd": True, "Dy": None}),
        (("Dy",), {"Dy": True}),
        ("Dy, Tb", {"Dy": True, "Tb": True}),
    ],
)
def test_elements_are_stated_possible_or_absent(cell, stated):
    product = from_tables({"products": [{"product": "p", "elements": cell}]}).products["p"]
    assert product.elements == stated


@pytest.mark.parametrize(
    ("cells", "unit", "price_unit"),
    [
        ({"unit_mass_kg": Decimal(1)}, "piece", "piece"),
        ({}, "kg", "kg"),
        ({"price_unit": "piece"}, "piece", "piece"),
        ({"unit_mass_kg": Decimal(1), "price_unit": "kg"}, "piece", "kg"),
    ],
)
def test_the_unit_follows_mass_and_price(cells, unit, price_unit):
    product = from_tables({"products": [{"product": "p", **cells}]}).products["p"]
    assert (product.unit, product.price_unit) == (unit, price_unit)


def test_a_part_counted_in_pieces_is_one_of_pieces():
    rows = [{"product": "a", "part": "b", "quantity": 2, "unit": "piece"}]
    bills = from_tables({"products": [{"product": "a"}, {"product": "b"}], "parts": rows})
    assert (bills.products["b"].unit, bills.products["a"].unit) == ("piece", "kg")


def test_numbers_stay_exact():
    rows = [{"product": "p", "unit_mass_kg": Decimal("0.1"), "unit_price": "0.30"}]
    product = from_tables({"products": rows}).products["p"]
    assert (product.unit_mass, product.price) == (Fraction(1, 10), Fraction(3, 10))


@pytest.mark.parametrize(
    ("tables", "what"),
    [
        ({"products": [{"product": "p", "unit_price": 0.1}]}, "this number is not exact"),
        ({"products": [{"product": "p", "unit_price": Decimal(-1)}]}, "this number is negative"),
        ({"products": [{"product": "p", "unit_price": "much"}]}, "this is not a number"),
        ({"products": [{"product": "p", "unit_price": Decimal("NaN")}]}, "this is not a number"),
        ({"products": [{"product": "p"}, {"product": "p"}]}, "a product is stated twice"),
        ({"products": [{"product": "p", "elements": 7}]}, "elements cannot be read"),
        ({"parts": [{"product": "p", "part": "q"}]}, "a row speaks of no product"),
        ({"products": [{"product": "p"}], "parts": [{"product": "p", "part": "q"}]}, "a part is no product"),
        (
            {"products": [{"product": "p"}], "parts": [{"product": "p", "part": "p"}]},
            "a part has no quantity",
        ),
        (
            {
                "products": [{"product": "p"}],
                "parts": [{"product": "p", "part": "p", "quantity": 1, "unit": "lb"}],
            },
            "a part has an unknown unit",
        ),
        (
            {
                "products": [{"product": "p"}],
                "compositions": [{"product": "p", "element": "Dy", "low_percent": 2, "high_percent": 1}],
            },
            "a lower bound is above its upper bound",
        ),
        (
            {"rates": [{"rate": 1, "from_currency": "USD", "to_currency": "CNY"}]},
            "a rate lacks its day or figure",
        ),
    ],
)
def test_bad_cells_are_refused(tables, what):
    with pytest.raises(InputError) as caught:
        from_tables(tables)
    assert caught.value.problem.what == what
    assert caught.value.problem.next_step != ""
