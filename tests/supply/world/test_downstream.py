from __future__ import annotations

import pytest

from xenotime.supply.world.downstream import buyer_of, covers, parts, use
from xenotime.supply.world.magnets import USES


def test_parts_of_every_use_sum_to_one():
    for name in USES:
        assert sum(parts(use(name)).values()) == pytest.approx(1.0)


def test_covers_divide_a_country_and_rise_in_days():
    for country in ("EU", "IN", "KR", "JP", "US", "CN"):
        found = covers(country)
        assert sum(share for share, _ in found.values()) == pytest.approx(1.0)
        assert found["lean"][1] < found["normal"][1] < found["deep"][1]


def test_stock_days_are_those_said_of_the_firms():
    assert covers("EU")["lean"][1] == 24.5
    assert covers("KR")["deep"][1] == 365
    assert covers("IN")["normal"][1] == 35


def test_products_of_a_use_divide_as_firms_do(network):
    demand = {
        s.cover: s.demand
        for s in network.sites
        if s.country == "EU" and s.use == "wind" and s.stage == "product"
    }
    assert demand["normal"] / sum(demand.values()) == pytest.approx(0.45)


def test_defence_is_its_own_buyer(network):
    assert buyer_of("defence") == "defence"
    assert {site.buyer for site in network.sites if site.use == "defence"} == {"defence"}
    assert "CN>US/magnet/smco/defence" in {route.id for route in network.routes}
