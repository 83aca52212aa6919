from __future__ import annotations

import pytest

from xenotime.core.errors import InputError
from xenotime.supply.world.draft import Draft, controlled, days, transit
from xenotime.supply.world.network import Good, Site

WAY = {("home", "home"): 3, ("other", "other"): 30, ("CN", "JP"): 10}


def draft():
    found = Draft()
    found.good(Good("magnet/ndfeb", "magnet", "kg", {"Nd": 0.3}))
    for country in ("CN", "JP", "US"):
        place = found.site(Site(f"{country}/magnet/ndfeb", country, "magnet"))
        found.give(place, "magnet/ndfeb", 1.0, 10)
    found.site(Site("US/component/ev", "US", "component", "ev"))
    found.take(3, "magnet/ndfeb", 1.0, 30)
    return found


def test_lanes_carry_shares_days_and_routes():
    found = draft()
    found.feed(0, {0: 3.0, 1: 1.0, 2: 0.0}, WAY)
    assert [lane.share for lane in found.lanes] == [0.75, 0.25, 0.0]
    assert [lane.transit for lane in found.lanes] == [30, 30, 3]
    assert [lane.route for lane in found.lanes] == [
        "CN>US/magnet/ndfeb/civil",
        "JP>US/magnet/ndfeb/civil",
        "",
    ]
    assert list(found.routes) == ["CN>US/magnet/ndfeb/civil", "JP>US/magnet/ndfeb/civil"]


def test_first_seller_is_asked_when_nothing_flows():
    found = draft()
    found.feed(0, {0: 0.0, 1: 0.0}, WAY)
    assert [lane.share for lane in found.lanes] == [1.0, 0.0]


def test_taken_name_is_refused():
    with pytest.raises(InputError, match="two sites bear one id"):
        draft().site(Site("CN/magnet/ndfeb", "CN", "magnet"))


def test_control_follows_china_and_what_may_hold_its_content():
    assert controlled("oxide/Dy", "CN")
    assert not controlled("oxide/Dy", "MY")
    assert controlled("component/ev", "JP")


def test_lean_firms_fly_goods_in():
    way = {**WAY, ("CN", "JP by air"): 6, ("other", "other by air"): 12}
    assert [days(way, "CN", to, air=True) for to in ("JP", "US", "CN")] == [6, 12, 3]
    assert days(WAY, "CN", "JP", air=True) == 10


def test_way_back_takes_as_long():
    assert days(WAY, "JP", "CN") == 10


def test_ways_from_china_take_days():
    way = transit()
    assert way["CN", "JP"] < way["CN", "IN"] < way["CN", "EU"]
    assert all(way["CN", f"{to} by air"] < way["CN", to] for to in ("US", "EU", "JP", "KR", "IN", "ROW"))
