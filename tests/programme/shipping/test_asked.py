from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xenotime.core.errors import InputError
from xenotime.programme.shipping.asked import sound
from xenotime.programme.shipping.shipment import Item, Shipment

ITEM = Item("1C905.a.4", {"Dy": 5})
SHIPMENT = Shipment("XC-1", "EX", "EU", "S1", (ITEM,), "motors", ("CN", "DE"), date(2026, 11, 30))


def test_a_plain_shipment_can_be_asked_about():
    sound(SHIPMENT)
    sound(replace(SHIPMENT, value="12.50", parties={"carrier": "北方 Line"}, facts={"humanitarian": "yes"}))


@pytest.mark.parametrize(
    ("more", "where"),
    [
        ({"items": ()}, "items"),
        ({"items": (Item("1C905", {}),)}, "line 1"),
        ({"items": (ITEM, Item("1C 905", {"Dy": 1}))}, "line 2"),
        ({"items": (replace(ITEM, lot="x" * 201),)}, "line 1"),
        ({"route": ("CN", "DEU")}, "route"),
        ({"route": ("CN",) * 13}, "route"),
        ({"certificate": ""}, "certificate"),
        ({"parties": {"Carrier": "x"}}, "parties and facts"),
        ({"parties": {"carrier": "--"}}, "parties"),
        ({"facts": {"é": "yes"}}, "parties and facts"),
        ({"value": "1,5"}, "value"),
        ({"value": "٣"}, "value"),
        ({"end_use": "motors\u202e"}, "words"),
        ({"items": (replace(ITEM, lot="a\x9b31m"),)}, "words"),
        ({"note": "two\nlines\u2066"}, "words"),
    ],
)
def test_the_first_thing_wrong_is_named(more, where):
    with pytest.raises(InputError) as caught:
        sound(replace(SHIPMENT, **more))
    assert caught.value.problem.where == where


@given(st.dictionaries(st.text(max_size=3), st.integers(-5, 10**13) | st.booleans(), max_size=3))
def test_only_whole_positive_grams_of_elements_pass(grams):
    fine = (
        bool(grams)
        and any(grams.values())
        and all(
            type(g) is int
            and 0 <= g <= 10**12
            and e.isascii()
            and e.isalpha()
            and e == e.capitalize()
            and len(e) < 3
            for e, g in grams.items()
        )
    )
    try:
        sound(replace(SHIPMENT, items=(Item("1C905", grams),)))
        passed = True
    except InputError:
        passed = False
    assert passed is fine
