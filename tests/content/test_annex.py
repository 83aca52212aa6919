from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("kind", "material", "holds", "found"),
    [
        ("magnet", "NdFeB", {"Dy": True}, True),
        ("magnet", "NdFeB", {"Dy": None}, None),
        ("magnet", "NdFeB", {}, False),
        ("magnet", "SmCo", {"Sm": True}, True),
        ("magnet", None, {"Sm": None}, None),
        ("magnet", None, {"Nd": True}, False),
        ("bonded_magnet", "NdFeB", {"Dy": True}, None),
        ("bonded_magnet", "NdFeB", {}, False),
        ("motor", "NdFeB", {"Dy": True}, False),
    ],
)
def test_a_magnet_is_on_the_list_by_kind_family_and_element(kit, kind, material, holds, found):
    product = kit.product("x", kind=kind, material=material)
    stated = ";".join(("" if truth else "?") + element for element, truth in holds.items()) or "none"
    matter = kit.roll([{**product, "elements": stated}]).matter["x"]
    assert matter.magnet is found


def test_only_elements_of_part_1_lines_count(kit):
    assert sorted(kit.annex.counted) == ["Dy", "Gd", "Lu", "Sc", "Sm", "Tb", "Y"]


@pytest.mark.parametrize(
    ("element", "form", "beside", "found"),
    [
        ("Dy", "element", "", True),
        ("Nd", "element", "", False),
        ("Dy", "oxide", "", True),
        ("Gd", "oxide", "", False),
        ("Dy", "compound", "", False),
        ("Dy", "alloy", "Dy Fe", True),
        ("Dy", "alloy", "Dy", None),
        ("Gd", "alloy", "Gd Fe", False),
        ("Co", "alloy", "Sm Co", None),
        ("Co", "alloy", "Co", False),
    ],
)
def test_a_contained_form_counts_as_its_line_says(kit, element, form, beside, found):
    assert kit.annex.form(element, form, frozenset(beside.split())) is found


@pytest.mark.parametrize(("origin", "found"), [("CN", True), ("AU", False), ("HK", None), (None, None)])
def test_an_origin_counts_or_is_open(kit, origin, found):
    assert kit.annex.origin_counts(origin) is found
