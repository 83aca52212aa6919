from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from xenotime.content.facts import LIMIT, law_facts, scaling


def motor(kit, price="800", grams="4", **cells):
    products = [
        kit.product("motor", price, kind="motor", **{"elements": "Nd;Dy", **cells}),
        kit.magnet(price="10"),
        kit.metal("Dy"),
    ]
    parts = [kit.holds("motor", "magnet", "1", "piece"), kit.holds("magnet", "dy", grams, "g")]
    return kit.roll(products, parts).totals("motor", kit.day, currency="USD")


MONEY = (
    "cn_part1_value",
    "item_value",
    "cn_part1_value_in_smallest",
    "smallest_value",
    "cn_part1_value_largest",
)


def test_five_values_are_whole_numbers_of_one_unit(kit):
    facts = law_facts(motor(kit))
    assert [facts[name] for name in MONEY] == [(2, 2), (4000, 4000), (2, 2), (50, 50), (2, 2)]
    assert (scaling(motor(kit)).factor, scaling(motor(kit)).exact) == (5, True)


def test_truths_are_rolled_up_from_the_parts(kit):
    facts = law_facts(motor(kit))
    names = ("el_dy", "el_nd", "el_tb", "holds_magnet", "holds_target", "cn_rare_earths", "cn_technology")
    assert [facts[name] for name in names] == [True, True, False, True, False, True, None]
    assert len([name for name in facts if name.startswith("el_")]) == 19


def test_an_unknown_price_is_at_least_one_unit(kit):
    assert law_facts(motor(kit, price=None))["item_value"] == (1, None)


def test_unknown_content_has_no_greatest_value(kit):
    totals = kit.roll([kit.magnet()]).totals("magnet", kit.day)
    assert [law_facts(totals)[name] for name in MONEY] == [
        (0, None),
        (100, 100),
        (0, None),
        (100, 100),
        (0, None),
    ]


def test_an_item_without_a_magnet_is_its_own_smallest(kit):
    facts = law_facts(kit.roll([kit.product("bolt", "3", elements="none")]).totals("bolt", kit.day))
    assert [facts[name] for name in MONEY] == [(0, 0), (3, 3), (0, 0), (3, 3), (0, 0)]
    assert facts["holds_magnet"] is False


def test_a_possible_magnet_is_unknown_until_its_elements_are(kit):
    products = [kit.product("motor", "800", kind="motor"), kit.magnet(elements="Nd;?Dy")]
    totals = kit.roll(products, [kit.holds("motor", "magnet", "1", "piece")]).totals("motor", kit.day)
    assert (law_facts(totals)["holds_magnet"], law_facts(totals)["el_dy"]) == (None, None)


def test_a_motor_without_a_parts_list_may_hold_a_magnet(kit):
    kinds = {"motor": None, "oxide": False, None: None}
    found = {
        kind: law_facts(kit.roll([kit.product("x", kind=kind)]).totals("x", kit.day))["holds_magnet"]
        for kind in kinds
    }
    assert found == kinds


def test_technology_is_rolled_up_from_parts_that_hold_rare_earths(kit):
    products = [
        kit.product("motor", kind="motor"),
        kit.magnet(cn_technology=False),
        kit.product("bolt", elements="none"),
    ]
    parts = [kit.holds("motor", "magnet", "1", "piece"), kit.holds("motor", "bolt", "8", "piece")]
    assert law_facts(kit.roll(products, parts).totals("motor", kit.day))["cn_technology"] is False
    used = [kit.says("magnet", "cn_technology_yes")]
    assert law_facts(kit.roll(products, parts, (), used).totals("motor", kit.day))["cn_technology"] is True


def test_a_later_declaration_holds(kit):
    states = [kit.says("magnet", "cn_rare_earths_yes"), kit.says("magnet", "cn_rare_earths_no", kit.day)]
    for rows in (states, states[::-1]):
        totals = kit.roll([kit.magnet()], declarations=rows).totals("magnet", kit.day)
        assert (law_facts(totals)["cn_rare_earths"], totals.part1.high) == (False, 0)


@given(st.integers(1, 10**40), st.integers(1, 10**12))
def test_rounding_goes_outwards_and_stays_in_the_limit(kit, tenths, grams):
    totals = motor(kit, str(Decimal(tenths) / 7), str(Decimal(grams) / 3))
    facts, scale = law_facts(totals), scaling(totals)
    for name, bounds in (("item_value", totals.price), ("cn_part1_value", totals.part1)):
        low, high = facts[name]
        assert low <= max(1, bounds.low * scale.factor)
        assert bounds.high * scale.factor <= high <= LIMIT + 1


def test_a_rounded_scale_says_so(kit):
    totals = motor(kit, "1234567890.123456789", "0.000000001")
    scale = scaling(totals)
    assert (scale.exact, scale.factor < Fraction(10**9)) == (False, True)
    assert scale.text("USD").endswith("rounded outwards to whole units")
