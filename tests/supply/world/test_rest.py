from __future__ import annotations

from dataclasses import replace

import pytest

from xenotime.supply.world.rest import rest


def test_flows_follow_from_demand_and_recipes(small):
    found = rest(small)
    assert found.activity == pytest.approx((10 / 0.225, 10 / 0.225, 10.0))
    assert found.flow == pytest.approx((10 / 0.225, 10.0))


def test_byproduct_does_not_drive(small):
    stacks = (small.stacks[0], replace(small.stacks[1], driver=False))
    assert rest(replace(small, stacks=stacks)).activity == (0.0, 0.0, 10.0)


def test_every_output_of_a_plant_asks_for_the_same_activity(network, normal):
    """So nothing piles up at rest but what is named a by-product."""
    out = [0.0] * len(network.stacks)
    for lane, flow in zip(network.lanes, normal.flow, strict=True):
        out[lane.stack] += flow
    for place, stack in enumerate(network.stacks):
        if stack.driver:
            assert out[place] == pytest.approx(normal.activity[stack.site] * stack.gives, rel=1e-9)


def test_each_element_leaves_the_ground_once(network, normal):
    """What is mined is what products hold, what other users take, and what is lost or kept: to 1e-9."""
    balance: dict[str, float] = {}

    def count(content, kg, sign):
        for element, part in content.items():
            balance[element] = balance.get(element, 0.0) + sign * part * kg

    mined: dict[str, float] = {}
    for place, stack in enumerate(network.stacks):
        site, kg = network.sites[stack.site], normal.activity[stack.site] * stack.gives
        if site.stage == "mine":
            count(network.goods[stack.good].content, kg, 1)
            for element, part in network.goods[stack.good].content.items():
                mined[element] = mined.get(element, 0.0) + part * kg
        sold = sum(f for lane, f in zip(network.lanes, normal.flow, strict=True) if lane.stack == place)
        count(network.goods[stack.good].content, kg - sold, -1)
    for place, site in enumerate(network.sites):
        count(site.loss, normal.activity[place], -1)
    for bin_ in network.bins:
        if network.sites[bin_.site].demand > 0:
            count(network.goods[bin_.good].content, bin_.need * normal.activity[bin_.site], -1)
    assert set(balance) == set(mined)
    assert max(abs(balance[e]) / mined[e] for e in mined) < 1e-9
