from __future__ import annotations

import pytest

from xenotime.supply.world.elements import ELEMENTS, LIGHT
from xenotime.supply.world.oxides import METALS, unsold


def test_every_plant_sells_all_it_makes(above):
    for key, plant in above.plants.items():
        for element, gives in plant.gives.items():
            sold = sum(kg for (k, _, e), kg in above.oxide.items() if k == key and e == element)
            assert sold == pytest.approx(plant.feed * gives, rel=1e-9)


def test_heavy_oxides_come_from_china_alone_but_for_swarf(above):
    makers = {
        plant[0] for (plant, _, e) in above.oxide if e == "Dy" and not plant[1].startswith(("swarf", "scrap"))
    }
    assert makers == {"CN"}
    assert all(
        set(p.gives) <= set(LIGHT)
        for (c, k), p in above.plants.items()
        if c not in ("CN", "JP") and k != "scrap"
    )


def test_plants_lose_nothing_unseen(above):
    for plant in above.plants.values():
        assert set(plant.gives) <= set(plant.held)


def test_magnets_hold_what_is_left_for_them(above):
    plain, heavy = above.content["ndfeb"], above.content["ndfeb-heavy"]
    assert 0.25 < plain["Nd"] + plain["Pr"] < 0.32
    assert 0.01 < heavy["Dy"] < 0.05
    assert 0.002 < heavy["Tb"] < 0.01
    assert "Dy" not in plain
    assert "Tb" not in plain


def test_each_metal_reaches_the_magnets(above):
    assert {element for _, _, element in above.metal} == set(METALS)


def test_unsold_is_for_what_is_in_surplus(given):
    assert {e for e in ELEMENTS if unsold(e, given)} == {"La", "Ce", "Ho", "Er", "Tm", "Yb", "Y"}
