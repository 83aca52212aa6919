from __future__ import annotations

from dataclasses import replace

import pytest
from tests.fixtures.world import toy

from xenotime.services.supply.origins import Origins
from xenotime.supply.world.network import Bin, Good, Lane, Stack

WORLD = toy()
HEAVY = "magnet/ndfeb-heavy"


def test_half_of_the_metal_came_from_china():
    assert Origins(WORLD).share("JP", HEAVY, "Dy") == 0.5


def test_what_a_maker_at_home_smelted_from_chinese_oxide_passed_china_too():
    goods = WORLD.goods
    oxide = next(n for n, good in enumerate(goods) if good.id == "oxide/Dy")
    longer = replace(
        WORLD,
        bins=(*WORLD.bins, Bin(1, oxide, 1.15, 60.0)),
        stacks=(*WORLD.stacks, Stack(0, oxide, 1.0, 10.0)),
        lanes=(*WORLD.lanes, Lane(3, 1, 0.8, 20), Lane(2, 1, 0.2, 20)),
    )
    # x = 0.5 + 0.5 y with y = 0.8 + 0.2 x, where the loop closes after eight rounds.
    assert Origins(longer).share("JP", HEAVY, "Dy") == pytest.approx(1.0, abs=2e-4)


def test_the_value_is_the_material_s_price_over_the_good_s():
    assert Origins(WORLD).value("JP", HEAVY) == pytest.approx(0.5 * 0.03 * 320.0 / 80.0)


def test_goods_without_chinese_part_1_material_hold_none_of_its_value():
    own = replace(WORLD, lanes=(replace(WORLD.lanes[0], share=0.0), WORLD.lanes[1]))
    assert Origins(own).value("JP", HEAVY) == 0.0


def test_without_a_price_the_value_is_unknown():
    prices = tuple(
        0.0 if good.id == HEAVY else price for good, price in zip(WORLD.goods, WORLD.price, strict=True)
    )
    assert Origins(replace(WORLD, price=prices)).value("JP", HEAVY) is None


def test_a_loop_of_lanes_ends():
    loop = replace(
        WORLD,
        goods=(*WORLD.goods, Good("scrap/ndfeb", "mine", "kg", {"Dy": 0.02})),
        bins=(*WORLD.bins, Bin(1, len(WORLD.goods), 1.0, 10.0)),
        stacks=(*WORLD.stacks, Stack(2, len(WORLD.goods), 0.1, 10.0)),
        lanes=(*WORLD.lanes, Lane(3, 1, 1.0, 5)),
        price=(*WORLD.price, 5.0),
    )
    # x = 0.5 + 0.5 x, eight rounds of it: what has gone round for long was Chinese once.
    assert Origins(loop).share("JP", HEAVY, "Dy") == pytest.approx(1.0 - 0.5**4)
