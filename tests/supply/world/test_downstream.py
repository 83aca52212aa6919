from __future__ import annotations

import pytest

from xenotime.supply.world.downstream import buyer_of, parts, use
from xenotime.supply.world.magnets import USES


def test_parts_of_every_use_sum_to_one():
    for name in USES:
        assert sum(parts(use(name)).values()) == pytest.approx(1.0)


def test_products_of_a_use_divide_as_firms_do(network):
    demand = {
        s.cover: s.demand
        for s in network.sites
        if s.country == "EU" and s.use == "wind" and s.stage == "product"
    }
    assert demand["normal"] / sum(demand.values()) == pytest.approx(0.5)


def test_defence_is_its_own_buyer(network):
    assert buyer_of("defence") == "defence"
    assert {site.buyer for site in network.sites if site.use == "defence"} == {"defence"}
    assert "CN>US/magnet/smco/defence" in {route.id for route in network.routes}
