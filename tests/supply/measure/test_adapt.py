from __future__ import annotations

import numpy as np
import pytest

from xenotime.supply.measure import adapt

NONE = dict.fromkeys(adapt.CHANNELS, 0.0)


def ways(country="EU", **given):
    size = len(next(iter(given.values())))
    return {f"met/{name}/{country}": given.get(name, [0.0] * size) for name in adapt.CHANNELS}


def test_t50_and_t90_are_the_days_from_which_half_and_most_is_met_for_good(make):
    # Of a lack of 0.8 of need: 0.1, 0.3, 0.4, 0.72, 0.76 is met on days 0, 30, 60, 90, 120.
    met = [0.1, 0.3, 0.4, 0.72, 0.76]
    made = make.run(ways(reroute=met), every=30)
    found = adapt.side(made, "EU", np.array([[0.8 - x] for x in met]))
    assert (found.t50.middle, found.t90.middle, found.lasting.middle) == (60.0, 90.0, 60.0)
    assert (found.worst.middle, found.reached) == (pytest.approx(0.7), 1.0)


def test_a_side_with_stock_only_is_quick_and_does_not_last(make):
    made = make.run(ways(stock=[0.8, 0.8, 0.8]), every=30)
    found = adapt.side(made, "EU", np.zeros((3, 1)))
    assert (found.t50.middle, found.lasting.middle, found.rate.middle) == (0.0, None, None)
    assert {c.channel: c.share.middle for c in found.channels} == NONE | {"stock": 1.0}


def test_stock_that_runs_out_does_not_reach_t50(make):
    made = make.run(ways(stock=[0.8, 0.8, 0.0]), every=30)
    found = adapt.side(made, "EU", np.array([[0.0], [0.0], [0.8]]))
    assert (found.t50.middle, found.reached) == (None, 0.0)


def test_who_lacks_nothing_has_no_t50(make):
    made = make.run(ways(stock=[0.0, 0.0]))
    found = adapt.side(made, "EU", np.zeros((2, 1)))
    assert (found.t50.middle, found.reached) == (None, 0.0)
    assert {c.share.middle for c in found.channels} == {None}


def test_the_channels_shares_sum_to_one(make):
    made = make.run(ways(stock=[0.6, 0.2], substitution=[0.0, 0.1], less=[0.0, 0.1]))
    shares = {c.channel: c.share.middle for c in adapt.side(made, "EU", np.zeros((2, 1))).channels}
    assert shares == pytest.approx(NONE | {"stock": 0.8, "substitution": 0.1, "less": 0.1})


def test_the_rate_is_the_slope_of_ln_unmet_between_days_30_and_365():
    day = np.arange(0.0, 500.0, 5.0)
    gap = np.where(day < 30, 0.9, np.exp(-0.004 * day))[:, None]
    assert adapt.rate(gap, day) == pytest.approx([0.004])
    assert np.isnan(adapt.rate(np.zeros_like(gap), day)).all()


def test_the_faster_side_by_draw(make):
    # Three draws of which the first is the central one and does not count.
    a = {f"met/{n}/EU": np.zeros((3, 4)) for n in adapt.CHANNELS}
    b = {f"met/{n}/CN": np.zeros((3, 4)) for n in adapt.CHANNELS}
    a["met/reroute/EU"] = np.array([[0, 1, 0, 0], [0, 1, 0, 1], [0, 1, 1, 1]], float)
    b["met/reroute/CN"] = np.array([[0, 0, 0, 0], [0, 1, 1, 1], [0, 1, 1, 1]], float)
    made = make.run(a | b, every=10)
    gaps = {"EU": 1.0 - a["met/reroute/EU"], "CN": 1.0 - b["met/reroute/CN"]}
    halves = adapt.halves(made, gaps)
    assert halves["EU"].tolist() == [np.inf, 0.0, 20.0, 10.0]
    found = adapt.faster(made, "EU", "CN", halves)
    assert (found.chance, found.tied) == (pytest.approx(1 / 3), pytest.approx(1 / 3))


def test_build_times_are_set_against_the_claim():
    made = adapt.build(
        "separation", "observed", (("B", 5.0, "p/2"), ("A", 0.9, "p/1"), ("C", 3.0, "p/3")), (5.0, 8.0)
    )
    assert (made.years.middle, made.inside) == (3.0, pytest.approx(1 / 3))
    assert [name for name, _, _ in made.projects] == ["A", "C", "B"]
