from __future__ import annotations

import numpy as np
import pytest

from xenotime.supply.measure import stops
from xenotime.supply.world.network import Site


def test_a_class_stops_with_the_first_of_its_lines(make):
    sites = make.network(make.site("US", "ev", cover="lean"), make.site("US", "ev", cover="lean"))
    made = make.run({"x": np.ones((1, 5))}, first=[[30, 20, 40, -1, -1], [-1, 50, 35, -1, 60]],
                    stood=[[3, 5, 4, 0, 0], [0, 6, 7, 0, 2]])  # fmt: skip
    (found,) = stops.stops(sites, made)
    assert (found.country, found.use, found.cover, len(found.lines)) == ("US", "ev", "lean", 2)
    assert (found.chance, found.first.central, found.first.low) == (0.75, 30.0, 22.25)
    assert (found.first.middle, found.first.high) == (47.5, None)
    assert found.stood.middle == 4.0


def test_lines_without_a_use_are_told_by_what_they_make(make):
    sites = make.network(Site("JP/metal/Dy", "JP", "metal"), Site("JP/metal/Nd", "JP", "metal"))
    made = make.run({"x": [1.0]}, first=[[30], [40]], stood=[[3], [2]])
    found = stops.stops(sites, made)
    assert [(x.label, x.first.middle) for x in found] == [("Dy", 30.0), ("Nd", 40.0)]


def test_lines_that_never_stood_are_not_listed_unless_they_are_the_users(make):
    sites = make.network(make.site("US", "ev"), make.site("JP", "ev", mine=True, label="Plant 2"))
    (found,) = stops.stops(sites, make.run({"x": np.ones((1, 3))}, first=-np.ones((2, 3))))
    assert (found.label, found.mine, found.chance, found.first.middle) == ("Plant 2", True, 0.0, None)


def test_the_users_lines_come_first_then_the_likeliest_then_the_earliest(make):
    sites = [make.site(c, "ev") for c in ("US", "JP", "EU")] + [make.site("KR", "ev", mine=True)]
    made = make.run({"x": np.ones((1, 3))}, first=[[9, 9, -1], [9, 9, 9], [5, 5, 5], [-1, -1, 80]])
    assert [x.country for x in stops.stops(make.network(*sites), made)] == ["KR", "EU", "JP", "US"]


def test_stop_days_weigh_lines_by_end_value(make):
    sites = make.network(
        make.site("US", "ev", worth=3.0),
        make.site("JP", "ev", worth=1.0),
        make.site("JP", "wind", demand=0.0),
    )
    made = make.run({"x": [1.0]}, first=[[1], [1], [1]], stood=[[10], [2], [100]])
    assert stops.stop_days(sites, made).tolist() == [8.0]
    assert stops.stop_days(sites, made, country="JP").tolist() == [2.0]
    assert stops.stop_days(sites, made, use="wind").tolist() == [0.0]


def test_the_largest_share_standing_leaves_the_controlling_country_out(make):
    sites = make.network(make.site("US", "ev", worth=3.0), make.site("CN", "ev"), make.site("JP", "ev"))
    made = make.run(
        {
            "stopped/product/US/ev": [0.0, 0.5],
            "stopped/product/CN/ev": [1.0, 1.0],
            "stopped/product/JP/ev": [0.5, 0.0],
        }
    )
    assert stops.largest(sites, made, outside="CN").tolist() == [0.375]
    assert stops.largest(sites, made).tolist() == [0.5]


def test_output_is_back_when_it_stays_above_95_percent():
    level = np.array([[1.0, 1.0, 1.0], [0.5, 1.0, 0.9], [0.96, 1.0, 0.96], [0.97, 1.0, 0.5]])
    assert stops.back(level, (0, 10, 20, 30)).tolist() == [20.0, 0.0, np.inf]
    assert stops.back(level, (-10, 0, 10, 20)).tolist() == [10.0, 0.0, np.inf]
    assert stops.fell(level, (0, 10, 20, 30)).tolist() == [10.0, np.inf, 10.0]


def test_standing_shows_what_ever_stood_by_country_and_together(make):
    sites = make.network(make.site("US", "ev"), make.site("JP", "ev"), make.site("CN", "ev"))
    made = make.run(
        {
            "stopped/product/US/ev": [0, 0.5],
            "stopped/product/JP/ev": [0, 0],
            "stopped/product/CN/ev": [0, 1],
            "output/product/US/ev": [30, 15],
            "output/product/JP/ev": [10, 10],
        },
        zero=1,
    )
    found = {curve.name: curve.middle for curve in stops.standing(sites, made, "CN")}
    assert found == {
        "stopped/product/outside/ev": (0.0, 0.375),
        "stopped/product/US/ev": (0.0, 0.5),
        "stopped/product/CN/ev": (0.0, 1.0),
    }


def test_the_worst_is_the_largest_share_standing_weighted_by_normal_output(make):
    sites = make.network(make.site("US", "ev"), make.site("JP", "ev"), make.site("CN", "ev"))
    made = make.run(
        {
            "stopped/product/US/ev": [0, 0.1, 0.7, 0.2],
            "output/product/US/ev": [30, 27, 9, 24],
            "stopped/product/JP/ev": [0, 0.9, 0.1, 0.0],
            "output/product/JP/ev": [10, 1, 9, 10],
        },
        first=[[7], [7], [7]],
        zero=1,
    )
    by_class = {x.country: x for x in stops.stops(sites, made)}
    assert (by_class["US"].worst.middle, by_class["JP"].worst.middle) == (0.7, 0.9)
    (sector,) = stops.sectors(sites, made, "CN")
    assert (sector.country, len(sector.lines)) == ("outside", 2)
    assert sector.worst.middle == pytest.approx((0.7 * 30 + 0.1 * 10) / 40)


def test_stops_are_counted_from_the_readers_day_0(make):
    made = make.run({"x": [1.0]}, first=[[30]], stood=[[3]], zero=3)
    (found,) = stops.stops(make.network(make.site("US", "ev")), made)
    assert found.first.middle == 27.0
