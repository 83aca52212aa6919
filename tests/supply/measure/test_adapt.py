from __future__ import annotations

import numpy as np
import pytest

from xenotime.supply.measure import adapt

NONE = dict.fromkeys((*adapt.CHANNELS, adapt.LESS), 0.0)


def ways(country="EU", **given):
    """Gauges of a country that needs 2 USD a period; the channels are given as shares of need."""
    first = np.asarray(next(iter(given.values())), float)
    made = {f"met/{n}/{country}": 2.0 * np.asarray(given.get(n, 0.0 * first), float) for n in NONE}
    return made | {f"met/need/{country}": np.full_like(first, 2.0)}


def test_t50_and_t90_are_the_days_from_which_half_and_most_is_met_for_good(make):
    # Of a lack of 0.8 of need: 0.1, 0.3, 0.4, 0.72, 0.76 is met on days 0, 30, 60, 90, 120.
    met = np.array([0.1, 0.3, 0.4, 0.72, 0.76])
    found = adapt.side(make.run(ways(reroute=met, less=0.8 - met), every=30), "EU")
    assert (found.t50.middle, found.t90.middle, found.lasting.middle) == (60.0, 90.0, 60.0)
    assert (found.worst.middle, found.reached) == (pytest.approx(0.7), 1.0)


def test_a_side_with_stock_only_is_quick_and_does_not_last(make):
    found = adapt.side(make.run(ways(stock=[0.8, 0.8, 0.8]), every=30), "EU")
    assert (found.t50.middle, found.lasting.middle, found.rate.middle) == (0.0, None, None)
    assert {c.channel: c.share.middle for c in found.channels} == NONE | {"stock": 1.0}


def test_stock_that_runs_out_does_not_reach_t50(make):
    found = adapt.side(make.run(ways(stock=[0.8, 0.8, 0.0], less=[0.0, 0.0, 0.8]), every=30), "EU")
    assert (found.t50.middle, found.reached) == (None, 0.0)


def test_who_lacks_nothing_has_no_t50(make):
    found = adapt.side(make.run(ways(stock=[0.0, 0.0])), "EU")
    assert (found.t50.middle, found.reached) == (None, 0.0)
    assert {c.share.middle for c in found.channels} == {None}


def test_the_channels_shares_of_what_was_lacked_sum_to_one(make):
    made = make.run(ways(stock=[0.6, 0.2], substitution=[0.0, 0.1], less=[0.0, 0.1]))
    shares = {c.channel: c.share.middle for c in adapt.side(made, "EU").channels}
    assert shares == pytest.approx(NONE | {"stock": 0.8, "substitution": 0.1, "less": 0.1})


def test_the_rate_is_the_slope_of_ln_unmet_between_days_30_and_365():
    day = np.arange(0.0, 500.0, 5.0)
    gap = np.where(day < 30, 0.9, np.exp(-0.004 * day))[:, None]
    assert adapt.rate(gap, day) == pytest.approx([0.004])
    assert np.isnan(adapt.rate(np.zeros_like(gap), day)).all()


def test_the_faster_side_by_draw(make):
    # Three draws beside the central one, which does not count.
    a = np.array([[0, 1, 0, 0], [0, 1, 0, 1], [0, 1, 1, 1]], float)
    b = np.array([[0, 0, 0, 0], [0, 1, 1, 1], [0, 1, 1, 1]], float)
    made = make.run(ways("EU", reroute=a, less=1 - a) | ways("CN", reroute=b, less=1 - b), every=10)
    halves = adapt.halves(made, ("EU", "CN"))
    assert halves["EU"].tolist() == [np.inf, 0.0, 20.0, 10.0]
    found = adapt.faster(made, "EU", "CN", halves)
    assert (found.chance, found.tied) == (pytest.approx(1 / 3), pytest.approx(1 / 3))


def test_build_times_are_set_against_the_claim():
    made = adapt.build(
        "separation", "observed", (("B", 5.0, "p/2"), ("A", 0.9, "p/1"), ("C", 3.0, "p/3")), (5.0, 8.0)
    )
    assert (made.years.middle, made.inside) == (3.0, pytest.approx(1 / 3))
    assert [name for name, _, _ in made.projects] == ["A", "C", "B"]
