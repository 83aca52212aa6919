from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest

from xenotime.content.bounds import Bounds, point
from xenotime.content.method import Method
from xenotime.core.errors import AddressError, InputError


def exactly(text: str) -> Bounds:
    return point(Fraction(text))


@pytest.mark.parametrize(
    ("grams", "expected", "percent"),
    [
        ("999.9", "below", "0.09999 %"),
        ("1000", "at or above", "0.1 %"),
        ("1000.1", "at or above", "0.10001 %"),
    ],
)
def test_samarium_in_a_magnet_on_either_side_of_the_line(kit, grams, expected, percent):
    lot = kit.magnet("lot", "100000", "Sm", material="SmCo", made_in="EE")
    floor = kit.roll([lot, kit.metal("Sm")], [kit.holds("lot", "sm", grams, "g")]).floor("lot", kit.day)
    assert (floor.answer, floor.low_percent, floor.differs, floor.gaps) == (expected, percent, False, ())


def test_two_inputs_reach_the_floor_only_together(kit):
    parts = [kit.holds("lot", "dy", "0.6"), kit.holds("lot", "tb", "0.5")]
    products = [kit.magnet("lot", "100000", "Nd;Dy;Tb"), kit.metal("Dy"), kit.metal("Tb")]
    floor = kit.roll(products, parts).floor("lot", kit.day)
    assert (floor.answer, floor.low_text, floor.differs) == ("at or above", "11/10000", True)
    apart = {r.answer for r in floor.readings if r.method.summing == "largest"}
    assert apart == {"below"}


def test_a_motor_is_below_and_its_magnet_above(kit):
    products = [
        kit.product("motor", "800", kind="motor", elements="Nd;Dy"),
        kit.magnet(price="10"),
        kit.metal("Dy"),
    ]
    roll = kit.roll(
        products, [kit.holds("motor", "magnet", "1", "piece"), kit.holds("magnet", "dy", "4", "g")]
    )
    floor = roll.floor("motor", kit.day)
    assert (floor.answer, floor.low_percent, floor.differs) == ("below", "0.05 %", True)
    cautious = roll.floor("motor", kit.day, method=Method().cautious())
    assert (cautious.answer, cautious.low_percent) == ("at or above", "4 %")
    items = roll.content("motor", kit.day).items
    assert [(i.product, i.certain, i.floor.answer) for i in items] == [
        ("motor", True, "below"),
        ("magnet", True, "at or above"),
    ]


def test_a_composition_gives_masses_and_value(kit):
    magnet = kit.magnet(elements=None, unit_mass_kg=Decimal("0.5"))
    contents = [
        kit.contains("magnet", "Dy", "4", origin="CN", price_per_kg=Decimal(300), currency="USD"),
        kit.contains("magnet", "Nd", "26", low_percent=Decimal(25), high_percent=Decimal(27), origin="CN"),
        kit.contains("magnet", "Fe", "70"),
    ]
    content = kit.roll([magnet], compositions=contents).content("magnet", kit.day)
    assert content.totals.part1 == exactly("6")
    assert [(e.element, e.kg) for e in content.elements] == [
        ("Dy", exactly("0.02")),
        ("Fe", exactly("0.35")),
        ("Nd", Bounds(Fraction(1, 8), Fraction(27, 200))),
    ]
    assert content.totals.elements["Tb"] is False
    assert content.gaps == ()


def test_an_oxide_is_weighed_as_its_element(kit):
    powder = kit.product("powder", unit="kg", kind="oxide", elements="Dy")
    roll = kit.roll([powder], compositions=[kit.contains("powder", "Dy", "100", form="oxide")])
    assert roll.content("powder", kit.day).elements[0].kg == point(Fraction(325000, 372997))


def test_an_unknown_origin_leaves_all_or_nothing(kit):
    contents = [kit.contains("magnet", "Dy", "4", price_per_kg=Decimal(300), currency="USD")]
    roll = kit.roll([kit.magnet(unit_mass_kg=Decimal("0.5"))], compositions=contents)
    floor = roll.floor("magnet", kit.day)
    assert (floor.answer, floor.part) == ("cannot be shown", Bounds(Fraction(0), Fraction(6)))
    assert floor.gaps == (
        "magnet: the origin of Dy (element) is unknown",
        "magnet: tombstone: no declaration of the supplier",
    )


def test_an_unknown_price_has_no_upper_bound(kit):
    contents = [kit.contains("magnet", "Dy", "4", origin="CN")]
    floor = kit.roll([kit.magnet(unit_mass_kg=1)], compositions=contents).floor("magnet", kit.day)
    assert (floor.answer, floor.high_text) == ("cannot be shown", "unbounded")
    assert floor.gaps == ("magnet: the price of Dy (element) is missing",)


def test_a_price_does_not_matter_for_material_of_another_origin(kit):
    contents = [kit.contains("magnet", "Dy", "4", origin="AU")]
    floor = kit.roll([kit.magnet(unit_mass_kg=1, price=None)], compositions=contents).floor("magnet", kit.day)
    assert (floor.answer, floor.low_percent) == ("below", "0 %")


@pytest.mark.parametrize("territory", ["HK", "MO", "TW"])
def test_an_open_territory_is_neither_in_nor_out(kit, territory):
    contents = [
        kit.contains("magnet", "Dy", "4", origin=territory, price_per_kg=Decimal(300), currency="USD")
    ]
    floor = kit.roll([kit.magnet(unit_mass_kg=1)], compositions=contents).floor("magnet", kit.day)
    assert floor.answer == "cannot be shown"
    assert floor.gaps[0] == f"magnet: the origin of Dy (element) is {territory}, which the text leaves open"


def test_only_listed_forms_count(kit):
    money = {"origin": "CN", "price_per_kg": Decimal(300), "currency": "USD"}
    forms = {"Nd": "element", "Sm": "oxide", "Dy": "compound", "Tb": "oxide", "Gd": "element"}
    contents = [kit.contains("magnet", e, "1", form=f, **money) for e, f in forms.items()]
    roll = kit.roll([kit.magnet(unit_mass_kg=1, elements="Nd;Sm;Dy;Tb;Gd")], compositions=contents)
    assert roll.totals("magnet", kit.day).part1 == exactly("6")


def test_an_alloy_of_the_list_counts_for_its_rare_earth(kit):
    money = {"origin": "CN", "price_per_kg": Decimal(300), "currency": "USD", "form": "alloy"}
    contents = [kit.contains("magnet", "Dy", "1", **money), kit.contains("magnet", "Fe", "69")]
    assert kit.roll([kit.magnet(unit_mass_kg=1)], compositions=contents).totals(
        "magnet", kit.day
    ).part1 == exactly("3")
    alone = kit.roll([kit.magnet(unit_mass_kg=1)], compositions=contents[:1])
    assert alone.totals("magnet", kit.day).part1 == Bounds(Fraction(0), Fraction(3))


def test_money_is_changed_at_the_rate_of_the_day(kit):
    contents = [kit.contains("magnet", "Dy", "1", origin="CN", price_per_kg=Decimal(720), currency="CNY")]
    rates = [
        kit.rate(kit.day.replace(day=1), "USD/CNY", "7.2"),
        kit.rate(kit.day.replace(day=16), "USD/CNY", "8"),
    ]
    roll = kit.roll([kit.magnet(unit_mass_kg=1)], compositions=contents, rates=rates)
    parts = {day: roll.totals("magnet", kit.day.replace(day=day)).part1 for day in (15, 16)}
    assert parts == {15: exactly("1"), 16: exactly("0.9")}


def test_a_missing_rate_is_named_with_its_day(kit):
    contents = [kit.contains("magnet", "Dy", "1", origin="CN", price_per_kg=Decimal(720), currency="CNY")]
    rates = [kit.rate(kit.day.replace(day=16), "USD/CNY", "8")]
    roll = kit.roll([kit.magnet(unit_mass_kg=1)], compositions=contents, rates=rates)
    expected = "magnet: no rate from CNY to USD on or before 2026-12-15 for Dy (element)"
    assert roll.floor("magnet", kit.day).gaps == (expected,)


def test_a_declared_value_settles_what_is_below_it(kit):
    products = [kit.product("motor", "800", kind="motor"), kit.product("unknown")]
    roll = kit.roll(
        products,
        [kit.holds("motor", "unknown", "3", "piece")],
        declarations=[kit.says("motor", "cn_part1_value", value=Decimal("0.8"), currency="USD")],
    )
    floor = roll.floor("motor", kit.day)
    assert (floor.answer, floor.low_percent, floor.gaps) == ("at or above", "0.1 %", ())
    assert roll.totals("motor", kit.day).cn_rare_earths is True


def test_no_chinese_rare_earths_gives_nothing_from_that_part(kit):
    products = [kit.product("motor", "800", kind="motor"), kit.magnet(), kit.magnet("other")]
    parts = [kit.holds("motor", "magnet", "1", "piece"), kit.holds("motor", "other", "1", "piece")]
    free = [kit.says("magnet", "cn_rare_earths_no")]
    assert kit.roll(products, parts, declarations=free).floor("motor", kit.day).gaps == (
        "other: contains Dy, and nothing says how much or from where",
        "other: tombstone: no declaration of the supplier",
    )
    both = [*free, kit.says("other", "no_listed_elements")]
    assert kit.roll(products, parts, declarations=both).floor("motor", kit.day).answer == "below"


@pytest.mark.parametrize("states", ["requested", "cn_rare_earths_no"])
def test_a_question_without_an_answer_is_a_tombstone(kit, states):
    asked = [kit.says("magnet", states, day=None, supplier="P-7")]
    floor = kit.roll([kit.magnet()], declarations=asked).floor("magnet", kit.day)
    assert floor.answer == "cannot be shown"
    assert floor.gaps[0] == "magnet: tombstone: P-7 was asked and has not answered"


def test_a_declaration_that_the_figures_refute_does_not_settle(kit):
    products = [kit.magnet(), kit.metal("Dy")]
    free = [kit.says("magnet", "cn_rare_earths_no")]
    roll = kit.roll(products, [kit.holds("magnet", "dy", "1")], declarations=free)
    floor = roll.floor("magnet", kit.day)
    assert (floor.answer, floor.part) == ("cannot be shown", Bounds(Fraction(0), Fraction(100)))
    assert floor.gaps == ("magnet: the declared value is below what the parts and compositions show",)
    assert roll.totals("magnet", kit.day).cn_rare_earths is None


def test_bought_and_contained_amounts_are_two_readings(kit):
    contents = [kit.contains("magnet", "Dy", "1", origin="CN", price_per_kg=Decimal(5), currency="USD")]
    products = [kit.magnet(unit_mass_kg=1), kit.metal("Dy", "5")]
    floor = kit.roll(products, [kit.holds("magnet", "dy", "40", "g")], contents).floor("magnet", kit.day)
    by_basis = {r.method.basis: r.answer for r in floor.readings if r.method.denominator == "item"}
    assert by_basis == {"gross_purchase": "at or above", "contained": "below"}
    assert floor.answer == "at or above"


def test_parts_that_do_not_fill_the_product_leave_a_gap(kit):
    products = [
        kit.product("motor", "800", kind="motor", unit_mass_kg=2),
        kit.product("steel", elements="none", unit_mass_kg=1),
    ]
    content = kit.roll(products, [kit.holds("motor", "steel", "1.5", "kg")]).content("motor", kit.day)
    assert [str(gap) for gap in content.gaps] == ["motor: its parts leave 0.5 kg of one piece undescribed"]
    assert (content.floor.answer, content.totals.elements["Dy"]) == ("cannot be shown", None)


def test_a_stated_list_of_elements_is_complete(kit):
    products = [
        kit.product("motor", "800", kind="motor", unit_mass_kg=2, elements="none"),
        kit.product("steel", elements="none", unit_mass_kg=1),
    ]
    content = kit.roll(products, [kit.holds("motor", "steel", "1.5", "kg")]).content("motor", kit.day)
    assert (content.gaps, content.floor.answer) == ((), "below")
    assert set(content.totals.elements.values()) == {False}


def test_a_part_that_cannot_be_counted_is_a_gap(kit):
    products = [kit.product("motor", "800", kind="motor"), kit.magnet()]
    content = kit.roll(products, [kit.holds("motor", "magnet", "5", "g")]).content("motor", kit.day)
    assert str(content.gaps[0]) == "motor: 5 g of magnet cannot be counted: unit_mass_kg of magnet is missing"


def test_units_of_mass_agree(kit):
    products = [kit.magnet(), kit.metal("Dy")]
    masses = {"0.004": "kg", "4": "g", "4000": "mg"}
    found = {
        kit.roll(products, [kit.holds("magnet", "dy", q, u)]).totals("magnet", kit.day).part1
        for q, u in masses.items()
    }
    assert found == {exactly("0.4")}


def test_the_sale_price_takes_the_place_of_the_list_price(kit):
    roll = kit.roll([kit.magnet(price=None), kit.metal("Dy")], [kit.holds("magnet", "dy", "1", "g")])
    assert roll.floor("magnet", kit.day, currency="USD").gaps == ("magnet: its unit price is missing",)
    sold = roll.floor("magnet", kit.day, currency="USD", price=Fraction(100))
    assert (sold.answer, sold.low_percent) == ("at or above", "0.1 %")
    assert {r.answer for r in sold.readings} == {"at or above"}


def test_an_input_itself_counts_by_its_own_price_and_place(kit):
    shares = {
        place: kit.roll([kit.metal("Dy", made_in=place)]).floor("dy", kit.day).answer
        for place in ("CN", "AU", None)
    }
    assert shares == {"CN": "at or above", "AU": "below", None: "cannot be shown"}


def test_chinese_metal_in_a_foreign_alloy_still_counts(kit):
    alloy = kit.product("dyfe", "80", unit="kg", kind="alloy", material="Dy-Fe", elements="Dy", made_in="EE")
    roll = kit.roll([alloy, kit.metal("Dy")], [kit.holds("dyfe", "dy", "0.8", "kg")])
    assert roll.totals("dyfe", kit.day).part1 == exactly("80")


def test_a_cycle_is_named(kit):
    parts = [
        kit.holds("a", "b", "1", "piece"),
        kit.holds("b", "c", "1", "piece"),
        kit.holds("c", "b", "1", "piece"),
    ]
    with pytest.raises(InputError) as caught:
        kit.roll([kit.product(key) for key in "abc"], parts)
    assert caught.value.problem.found == "b > c > b"


def test_an_unknown_product_is_refused(kit):
    with pytest.raises(AddressError) as caught:
        kit.roll([]).totals("ghost", kit.day)
    assert caught.value.problem.found == "ghost"


def test_a_shared_part_counts_on_each_of_a_billion_paths(kit):
    names = [f"p{level}" for level in range(30)]
    products = [*(kit.product(name, "1e12") for name in names), kit.metal("Dy", "0.000000001")]
    pairs = zip(names, [*names[1:], "dy"], strict=True)
    parts = [
        row
        for above, below in pairs
        for row in [kit.holds(above, below, "1", "kg" if below == "dy" else "piece")] * 2
    ]
    totals = kit.roll(products, parts).totals("p0", kit.day)
    assert totals.part1 == point(Fraction(2**30, 10**9))
    assert totals.mass == point(Fraction(2**30))


def test_a_chain_of_ten_thousand_levels_rolls_up(kit):
    names = [f"p{level}" for level in range(10_000)]
    products = [*(kit.product(name, "1") for name in names), kit.metal("Dy")]
    parts = [kit.holds(a, b, "1", "piece") for a, b in pairwise(names)]
    content = kit.roll(products, [*parts, kit.holds(names[-1], "dy", "10", "mg")]).content("p0", kit.day)
    assert (content.floor.answer, content.floor.low_percent) == ("at or above", "0.1 %")


def test_a_composition_without_a_price_leaves_it_to_parts_that_bring_enough(kit):
    products = [kit.magnet(unit_mass_kg=1), kit.metal("Dy")]
    contents = [kit.contains("magnet", "Dy", "4", origin="CN")]
    parts = {grams: [kit.holds("magnet", "dy", grams, "g")] for grams in ("40", "39")}
    found = {
        g: kit.roll(products, rows, contents).totals("magnet", kit.day).part1 for g, rows in parts.items()
    }
    assert found == {"40": exactly("4"), "39": Bounds(Fraction("3.9"), None)}


def test_rows_that_name_chinese_material_refute_a_declaration_even_without_a_price(kit):
    contents = [kit.contains("magnet", "Dy", "4", origin="CN")]
    free = [kit.says("magnet", "cn_rare_earths_no")]
    roll = kit.roll([kit.magnet(unit_mass_kg=1)], compositions=contents, declarations=free)
    assert roll.totals("magnet", kit.day).part1 == Bounds(Fraction(0), None)


def test_a_compound_holds_its_rare_earth_as_a_compound(kit):
    chloride = kit.product("tbcl3", "90", unit="kg", kind="compound", elements="Tb", made_in="CN")
    assert kit.roll([chloride]).floor("tbcl3", kit.day).answer == "below"
