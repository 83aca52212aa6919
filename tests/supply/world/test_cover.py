from __future__ import annotations

import pytest

from xenotime.supply.world.cover import covers
from xenotime.supply.world.draft import transit
from xenotime.supply.world.read import table


def cover(country, name):
    return next(one for one in covers(country, transit()) if one.name == name)


def test_covers_divide_a_country_and_rise_in_days():
    for country in {row["country"] for row in table("cover")}:
        found = covers(country, transit())
        assert [one.name for one in found] == ["lean", "normal", "deep"]
        assert sum(one.share for one in found) == pytest.approx(1.0)
        assert found[0].days < found[1].days < found[2].days
        assert all(one.low < one.days < one.high for one in found)


def test_what_was_left_in_june_is_turned_back_to_april():
    """Weeks left on 4 June, day 61: forty days were at sea, 46 % of normal still came after."""
    suppliers = cover("EU", "normal")
    assert suppliers.days == pytest.approx(24.5 + (1 - 0.462) * (61 - 40))
    assert suppliers.claims == (
        "stocks-006",
        "stocks-007",
        "trade-011",
        "trade-012",
        "trade-013",
        "trade-018",
    )
    assert "on 2025-06-04: plus what was used in 61 days" in suppliers.rule


def test_what_is_said_of_no_day_stays():
    assert cover("JP", "normal").days == 60
    assert cover("KR", "deep").days == 365
    assert cover("US", "lean").claims == ()
