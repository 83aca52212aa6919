from __future__ import annotations

from dataclasses import replace

import pytest
from tests.fixtures.world import toy

from xenotime.services.supply.facts import facts
from xenotime.services.supply.origins import Origins
from xenotime.supply.world.network import Good, Route

WORLD = toy()
GOODS = {good.id: good for good in WORLD.goods}
ORIGINS = Origins(WORLD)


def told(route, book, goods=GOODS):
    return facts(route, goods, ORIGINS, book.facts)


@pytest.mark.parametrize(
    ("good", "kind", "material", "elements"),
    [
        ("ore/heavy", "ore", "other", {"dy", "y"}),
        ("oxide/Nd", "oxide", "other", {"nd"}),
        ("metal/Dy", "metal", "element", {"dy"}),
        ("magnet/ndfeb", "magnet", "NdFeB", {"nd", "pr"}),
        ("magnet/ndfeb-heavy", "magnet", "NdFeB", {"nd", "pr", "dy"}),
        ("magnet/smco", "magnet", "SmCo", {"sm"}),
        ("component/ev", "assembly", "other", {"nd", "dy"}),
    ],
)
def test_a_good_s_address_and_contents_say_what_it_is(book, good, kind, material, elements):
    row = told(Route("r", "CN", "US", good), book)
    assert (row["kind"], row["material"]) == (kind, material)
    assert {
        name.removeprefix("el_") for name, value in row.items() if name.startswith("el_") and value
    } == elements


def test_every_fact_of_a_route_is_one_that_the_book_declares(book):
    columns = {
        c
        for f in book.facts.values()
        for c in ((f"{f.name}_min", f"{f.name}_max") if f.is_interval else (f.name,))
    }
    assert [name for route in WORLD.routes for name in told(route, book) if name not in columns] == []


def test_groups_of_countries_are_asked_through_one_of_them(book):
    assert (
        told(Route("r", "CN", "EU", "metal/Dy"), book)["to"],
        told(Route("r", "CN", "ROW", "metal/Dy"), book)["to"],
    ) == ("DE", "BR")


def test_a_defence_buyer_is_a_military_user_with_a_military_use(book):
    civil, defence = (told(Route("r", "CN", "US", "metal/Dy", buyer), book) for buyer in ("civil", "defence"))
    assert (civil["military_user"], civil["military_use"]) == (False, False)
    assert (defence["military_user"], defence["military_use"]) == (True, True)


def test_an_element_that_only_some_grades_hold_is_unknown(book):
    mixed = replace(GOODS["magnet/ndfeb"], content={"Nd": 0.24, "Ho": 0.002})
    row = told(Route("r", "CN", "US", "magnet/ndfeb"), book, {"magnet/ndfeb": mixed})
    assert (row["el_nd"], row["el_ho"], row["el_dy"]) == (True, None, False)


def test_only_assemblies_with_listed_magnets_hold_them(book):
    plain = Good("component/fan", "component", "set", {"Nd": 0.1})
    assert told(Route("r", "CN", "US", "component/ev"), book)["holds_magnet"] is True
    assert (
        told(Route("r", "CN", "US", "component/fan"), book, {"component/fan": plain})["holds_magnet"] is False
    )


def test_goods_made_abroad_state_their_chinese_share_and_not_the_technology(book):
    row = told(Route("r", "JP", "US", "magnet/ndfeb-heavy"), book)
    assert (row["origin_china"], row["cn_part1_value_min"], row["item_value_min"]) == (
        False,
        60_000_000,
        1_000_000_000,
    )
    assert "cn_technology" not in row


def test_know_how_and_machines_are_told_apart(book):
    tech = told(Route("r", "CN", "US", "tech/separation", tech=True), book)
    machine = told(Route("r", "CN", "US", "equipment/magnet", tech=True), book)
    assert (tech["kind"], tech["technology_area"], machine["kind"], machine["equipment_line"]) == (
        "technology",
        "separation",
        "equipment",
        "w",
    )


def test_a_good_of_an_unknown_form_is_not_guessed(book):
    own = Good("powder/mine", "magnet", "kg", {"Dy": 0.1})
    row = told(Route("r", "CN", "US", "powder/mine"), book, {"powder/mine": own})
    assert (row["kind"], row["material"], row["el_dy"]) == (None, None, True)
