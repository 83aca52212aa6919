from __future__ import annotations

import pytest

from xenotime.supply.world.magnets import DAILY, FAMILIES, USES, outside, traded


def test_flows_by_family_sum_to_trade_and_use(given, settled, made):
    trade = traded(given, settled, made.makers, made.users)
    assert made.flow.sum(axis=2) == pytest.approx(trade, rel=1e-9)
    assert made.flow.sum(axis=(0, 2)) == pytest.approx(made.used.sum(axis=1), rel=1e-9)
    assert made.flow.shape == (len(made.makers), len(made.users), len(FAMILIES))


def test_uses_divide_each_flow_and_defence_shuns_china(made):
    assert made.split.sum(axis=3) == pytest.approx(made.flow, rel=1e-9, abs=1e-9)
    us, smco = made.users.index("US"), FAMILIES.index("smco")
    taken = made.split[:, us, smco]
    china = taken[0] / taken.sum(axis=0).clip(1e-12)
    assert china[USES.index("defence")] < china[USES.index("drives")]


def test_outside_china_japan_makes_half(given, settled):
    found = outside(given, settled)
    assert sum(found.values()) == pytest.approx(settled.value["outside"])
    assert found["JP"] == pytest.approx(settled.value["outside"] / 2)
    assert all(value > 0 for value in found.values())


def test_products_and_components_hold_the_same_magnets(made):
    assert made.products().sum(axis=0) == pytest.approx(made.used.sum(axis=0))
    assert (made.products() >= 0).all()


def test_traction_and_wind_are_the_world_figures(given, made):
    total = made.used.sum(axis=0) / DAILY
    assert total[USES.index("wind")] == pytest.approx(given["wind.world"].value)
    assert total[USES.index("ev")] + total[USES.index("hybrid")] == pytest.approx(
        given["traction.world"].value
    )
