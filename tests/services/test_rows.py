from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from xenotime.portfolio.read import read_portfolio
from xenotime.services.rows import Desk, kilograms, part_lists, sold_at


@pytest.fixture
def desk(folder, libraries):
    """The desk of the small portfolio with some tables replaced."""
    return lambda **changed: Desk(read_portfolio(folder(**changed)), libraries())


def only(desk):
    (movement,) = desk.movements()
    return movement


def test_what_is_stated_becomes_a_fact(desk):
    facts = only(desk()).facts
    assert {name: facts[name] for name in ("from", "to", "kind", "origin_china", "end_user_country")} == {
        "from": "CN",
        "to": "CH",
        "kind": "oxide",
        "origin_china": True,
        "end_user_country": "CH",
    }
    assert (facts["el_dy"], facts["el_tb"], facts["military_user"]) == (True, False, False)


def test_an_absent_cell_is_unknown_never_no(desk, row):
    facts = only(desk(products=[row("products", made_in="", elements="")])).facts
    assert (facts["origin_china"], facts["el_dy"], facts["red_flag"]) == (None, None, None)


def test_a_cell_that_says_unknown_may_not_be_presumed(desk, row):
    facts = only(desk(shipments=[row("shipments", red_flag="unknown")])).facts
    assert (facts["red_flag"], facts["red_flag_asked"]) == (None, True)


def test_legs_come_in_order_of_day_and_cancelled_ones_not_at_all(desk, row):
    made = desk(
        shipments=[row("shipments"), row("shipments", shipment="S-2", status="cancelled")],
        legs=[
            row("legs", leg="2", day="2026-09-09", from_country="CH", to_country="DE"),
            row("legs"),
            row("legs", shipment="S-2"),
        ],
    )
    assert [(m.shipment.text("shipment"), m.on) for m in made.movements()] == [
        ("S-1", date(2026, 9, 1)),
        ("S-1", date(2026, 9, 9)),
    ]


def test_know_how_is_no_goods(desk, row):
    know_how = {
        "technology": "T-1",
        "name": "sintering recipe",
        "area": "magnet_making",
        "from_chinese_person": "yes",
    }
    made = only(desk(shipments=[row("shipments", product="T-1")], technology=[know_how]))
    assert (made.product, made.facts["kind"], made.facts["to_foreigner"], made.facts["el_dy"]) == (
        None,
        "technology",
        True,
        False,
    )


def test_any_party_on_a_list_is_enough(desk, row):
    parties = [*[row("parties")], row("parties", party="buyer", name="HENSOLDT AG", country="DE")]
    facts = only(desk(parties=parties)).facts
    assert (facts["listed_cn_mofcom_2026_20"], facts["listed_cn_mofcom_2026_30"]) == (True, False)


def test_half_of_the_shares_reach_and_less_do_not(desk, row):
    parties = [
        row("parties"),
        row("parties", party="buyer", name="Fernhill Pigments AG", country="DE"),
        row("parties", party="owner", name="HENSOLDT AG", country="DE"),
    ]

    def held(percent):
        shares = [{"owner": "owner", "owned": "buyer", "share_percent": percent}]
        return only(desk(parties=parties, ownership=shares)).facts["held_cn_mofcom_2026_20"]

    assert [held(p) for p in ("49.9", "50", "")] == [False, True, None]


@pytest.mark.parametrize(
    ("quantity", "unit", "mass", "kg"),
    [
        ("20", "kg", "", Decimal(20)),
        ("500", "g", "", Decimal("0.5")),
        ("2", "t", "", Decimal(2000)),
        ("10", "piece", "0.25", Decimal("2.5")),
        ("10", "piece", "", None),
        ("", "kg", "", None),
    ],
)
def test_kilograms(desk, row, quantity, unit, mass, kg):
    made = only(
        desk(
            shipments=[row("shipments", quantity=quantity, unit=unit)],
            products=[row("products", unit_mass_kg=mass)],
        )
    )
    assert kilograms(made.shipment, made.product) == kg


@pytest.mark.parametrize(
    ("cells", "product", "price"),
    [
        ({"quantity": "10", "unit": "kg", "value": "100", "currency": "USD"}, {}, ("USD", Fraction(10))),
        (
            {"quantity": "10", "unit": "kg", "value": "100", "currency": "USD"},
            {"unit_mass_kg": "0.5"},
            ("USD", Fraction(5)),
        ),
        (
            {"quantity": "4", "unit": "piece", "value": "10", "currency": "EUR"},
            {"unit_mass_kg": "1"},
            ("EUR", Fraction(5, 2)),
        ),
        ({"quantity": "4", "unit": "piece", "value": "10", "currency": "EUR"}, {}, (None, None)),
        ({"quantity": "10", "unit": "kg", "value": "", "currency": "USD"}, {}, (None, None)),
    ],
)
def test_the_price_of_one_unit_comes_from_the_invoice(desk, row, cells, product, price):
    made = only(desk(shipments=[row("shipments", **cells)], products=[row("products", **product)]))
    assert sold_at(made.shipment, made.product) == price


def test_the_lists_of_annex_1_come_from_the_book():
    lists = part_lists()
    assert type(lists).__name__ == "Annex"
