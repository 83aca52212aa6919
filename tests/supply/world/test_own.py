from __future__ import annotations

from dataclasses import replace

import pytest

from xenotime.core.errors import InputError
from xenotime.supply.world.draft import transit
from xenotime.supply.world.own import MOST, Own, join
from xenotime.supply.world.rest import rest

AXLE = Own(
    "axle", "E-axle line", "EU", "ev", "magnet/ndfeb-heavy", 500.0, 260.0, 21.0, where="lines.csv, row 2"
)


def joined(network, *lines):
    return join(network, lines, transit())


def test_line_stands_in_the_world(network, normal):
    found = joined(network, replace(AXLE, sources=(("CN", 0.9), ("JP", 0.1))))
    site = found.sites[-1]
    assert (site.id, site.label, site.mine, site.demand) == (
        "EU/product/ev/mine:axle",
        "E-axle line",
        True,
        500.0,
    )
    assert found.bins[-1].days == 21.0
    lanes = found.lanes[len(network.lanes) :]
    assert sum(lane.share for lane in lanes) == pytest.approx(1.0)
    assert [lane.route for lane in lanes] == [
        "CN>EU/magnet/ndfeb-heavy/civil",
        "JP>EU/magnet/ndfeb-heavy/civil",
    ]
    after = rest(found)
    assert after.activity[-1] == 500.0
    place = next(i for i, s in enumerate(network.sites) if s.id == "CN/magnet/ndfeb-heavy")
    assert after.activity[place] == pytest.approx(normal.activity[place] + 450.0)


def test_without_sources_it_buys_as_its_country_does(network):
    lanes = joined(network, AXLE).lanes[len(network.lanes) :]
    sellers = {lane.route[:2]: lane.share for lane in lanes}
    assert sellers["CN"] == max(sellers.values())
    assert len(sellers) > 1


def test_no_lines_change_nothing(network):
    assert joined(network) is network


@pytest.mark.parametrize(
    ("line", "what"),
    [
        (replace(AXLE, days=-3.0), "a stock is negative"),
        (replace(AXLE, good="magnet/alnico"), "the world has no such good"),
        (replace(AXLE, need=5e6), "this need does not fit the world"),
        (replace(AXLE, need=0.0), "this need does not fit the world"),
        (replace(AXLE, sources=(("AU", 1.0),)), "nobody there sells this"),
    ],
)
def test_what_cannot_be_is_refused_with_its_row(network, line, what):
    with pytest.raises(InputError) as caught:
        joined(network, line)
    assert caught.value.problem.what == what
    assert caught.value.problem.where == "lines.csv, row 2"
    assert MOST == 0.2


def test_line_named_twice_is_refused(network):
    with pytest.raises(InputError, match="two sites bear one id"):
        joined(network, AXLE, AXLE)
