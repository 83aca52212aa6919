from __future__ import annotations

import numpy as np
import pytest

from xenotime.supply.measure import leverage


def test_a_loss_is_lost_plus_paid_less_gained(make):
    made = make.run({"lost/US": [10, 5], "paid/US": [1, 1], "gained/US": [0, 2], "lost/CN": [9, 9]})
    assert leverage.losses(made, ("US",)).ravel().tolist() == [11.0, 4.0]
    assert leverage.losses(made, ("US", "CN")).ravel().tolist() == [20.0, 13.0]


def test_the_horizon_cuts_a_period_and_later_money_counts_less(make):
    made = make.run({"lost/US": [1, 1, 1]}, every=10)
    assert leverage.weights(made, 15, 0.0).tolist() == [1.0, 0.5, 0.0]
    year = make.run({"lost/US": [1, 1]}, every=365)
    assert leverage.weights(year, 730, 0.21) == pytest.approx([1 / 1.1, 1 / (1.1 * 1.21)])


def test_the_loss_of_a_side_in_parts(make):
    made = make.run({"lost/US": [10, 5], "paid/US": [1, 1], "gained/US": [0, 2], "sales/US": [3, 4]})
    found = leverage.loss(made, "US", ("US",), leverage.weights(made, 2, 0.0))
    assert (found.total.middle, found.path.middle) == (15.0, (11.0, 15.0))
    assert [x.middle for x in (found.lost, found.paid, found.gained, found.sales)] == [15.0, 2.0, 2.0, 7.0]


def test_leverage_is_a_ratio_of_means_with_an_interval():
    a, b = np.array([9.0, 1.0, 3.0]), np.array([9.0, 4.0, 8.0])
    found = leverage.ratio(a, b, 1, central=True)
    assert (found.mean, found.central) == (3.0, 1.0)  # (4 + 8) / (1 + 3): not the mean of the ratios
    assert found.low == pytest.approx(8 / 3)  # both draws the second one
    assert found.high == 4.0  # both the first
    assert leverage.ratio(a, b, 1, central=True) == found


def test_leverage_has_no_value_where_a_loses_nothing():
    found = leverage.ratio(np.zeros(3), np.ones(3), 1, central=False)
    assert (found.mean, found.middle) == (None, None)


def test_the_chance_counts_draws_and_halves_ties():
    a, b = np.array([0.0, 1.0, 1.0, 1.0, 5.0]), np.array([9.0, 2.0, 3.0, 1.0, 1.0])
    assert leverage.chance(a, b, central=True) == 0.625


def test_the_break_even_day_is_the_first_on_which_a_has_lost_more(make):
    # A loses 2 a day; B 10 on day 0 and nothing after: sums meet on day 4 and cross on day 5.
    a, b = np.full((8, 1), 2.0).cumsum(axis=0), np.full((8, 1), 10.0)
    assert leverage.break_even(a, b, make.run({"x": np.zeros(8)})).tolist() == [5.0]
    assert leverage.break_even(a[:4], b[:4], make.run({"x": np.zeros(4)})).tolist() == [np.inf]


def test_from_when_until_when_b_has_lost_more(make):
    # A loses 2 a day from day 0; B nothing for 3 days, then 20 at once, then nothing.
    a = np.full((14, 1), 2.0).cumsum(axis=0)
    b = np.where(np.arange(14)[:, None] < 3, 0.0, 20.0)
    begun, ended = leverage.bites(a, b, make.run({"x": np.zeros(14)}))
    assert (begun.tolist(), ended.tolist()) == ([3.0], [10.0])
    assert leverage.break_even(a, b, make.run({"x": np.zeros(14)})).tolist() == [0.0]
    never = leverage.bites(a, 0.0 * b, make.run({"x": np.zeros(14)}))
    assert [day.tolist() for day in never] == [[np.inf], [np.inf]]


def test_rounding_and_the_days_before_the_shock_decide_nothing(make):
    a = np.array([[5.0], [1.0], [1e6], [3e6]])
    b = np.array([[0.0], [1.0 + 1e-3], [1e6 + 1e-3], [2e6]])
    made = make.run({"x": np.zeros(4)}, zero=1)
    assert leverage.break_even(a, b, made).tolist() == [2.0]
    assert leverage.bites(a, b, made)[0].tolist() == [np.inf]


def test_what_b_lost_for_each_dollar_of_a(make):
    a, b = np.array([[0.0], [2.0], [4.0]]), np.array([[1.0], [8.0], [8.0]])
    assert leverage.per_dollar(a, b, make.run({"x": np.zeros(3)})).middle == (0.0, 4.0, 2.0)


def test_the_nash_split_leaves_both_with_half_of_what_agreement_saves():
    split = leverage.nash(np.array([10.0, 0.0]), np.array([30.0, 8.0]), central=False)
    assert (split.surplus.mean, split.transfer.mean) == (24.0, 7.0)
    before_a, before_b, transfer = -10.0, -30.0, 10.0
    assert transfer - before_a == -transfer - before_b == 20.0


def test_the_market_that_a_side_loses_for_good(make):
    """China sold others 80 of 100, at the end 40; to Japan, what China makes itself is a market too."""
    ships = {
        "ship/magnet/ndfeb/CN>US": [80, 0, 40],
        "ship/magnet/ndfeb/JP>US": [20, 20, 60],
        "ship/magnet/ndfeb/CN>CN": [500, 500, 500],
        "ship/ore/light/AU>MY": [900, 900, 900],
    }
    made = make.run(ships, every=30, zero=30)
    price = {"magnet/ndfeb": 50.0, "ore/light": 5.0}
    counted = np.array([True, True, True])
    assert leverage.market(made, ("CN",), price, counted).tolist() == pytest.approx([0.4])
    assert leverage.market(made, ("JP",), price, counted).tolist() == pytest.approx([(20 - 60) / 600])
    assert leverage.market(made, ("CN",), price, np.array([True, True, False])).tolist() == [0.8]
    assert leverage.market(made, ("IN",), price, counted).tolist() == [0.0]


def test_a_loss_is_set_against_what_an_economy_makes(make):
    made = make.run({"lost/US": [10, 5], "ship/magnet/ndfeb/CN>US": [1, 1]})
    weight = leverage.weights(made, 2, 0.0)
    found = leverage.loss(made, "US", ("US",), weight, 300.0, {"magnet/ndfeb": 1.0})
    assert (found.burden.middle, found.market.middle) == (0.05, 0.0)
    bare = leverage.loss(made, "US", ("US",), weight)
    assert (bare.burden, bare.market) == (None, None)


def test_who_loses_less_of_what_it_has_can_wait_longer():
    part = leverage.patience(np.array([0.01, 0.02, -0.5]), np.array([0.03, 0.02, 0.1]))
    assert part.tolist() == [0.75, 0.5, 1.0]
    assert np.isnan(leverage.patience(np.array([-1.0]), np.array([0.0]))).all()
