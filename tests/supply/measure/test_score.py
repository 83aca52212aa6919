from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xenotime.supply.measure import score

EQUAL = np.full(4, 0.25)


def test_the_naive_forecasts_of_the_protocol_score_as_published():
    # Mean absolute percent errors of the world total: flat 155 and last month 92 in April to June 2025,
    # flat 13 and last month 26 in July and August.
    spring, summer = [2627.0, 1238.47, 3188.0], [5577.0, 6145.6]
    assert [
        round(score.percentage([5089.0] * 3, spring)),
        round(score.percentage([5323.0, 2627.0, 1238.47], spring)),
        round(score.percentage([5089.0] * 2, summer)),
        round(score.percentage([3188.0, 5577.0], summer)),
    ] == [155, 92, 13, 26]


def test_weights_follow_the_lognormal_by_hand():
    weights = score.weigh(np.array([[1.0, 2.0]]), np.array([1.0]), np.array([0.5]), np.array([0.0]))
    second = np.exp(-(np.log(2.0) ** 2) / (2 * 0.25))
    assert weights == pytest.approx([1 / (1 + second), second / (1 + second)])


def test_a_month_of_nothing_can_be_weighed():
    weights = score.weigh(np.array([[0.0, 500.0]]), np.array([0.0]), np.array([1.0]), np.array([500.0]))
    assert weights[0] / weights[1] == pytest.approx(np.exp(np.log(2.0) ** 2 / 2))


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=12), st.floats(-1e6, 1e6))
def test_crps_of_equal_weights_is_its_definition(values, observed):
    x = np.array(values)
    equal = np.full(len(x), 1 / len(x))
    direct = np.abs(x - observed).mean() - np.abs(x[:, None] - x[None, :]).mean() / 2
    assert score.crps(x, equal, observed) == pytest.approx(direct, abs=1e-6 * (1 + np.abs(x).max()))


def test_quantiles_of_equal_weights_are_order_statistics():
    values = np.array([40.0, 10.0, 30.0, 20.0])
    assert [score.quantile(values, EQUAL, q) for q in (0.05, 0.25, 0.5, 0.75, 0.95)] == [10, 10, 20, 30, 40]


def test_a_line_that_never_stops_sorts_last():
    values = np.array([np.inf, 12.0, np.inf, np.inf])
    assert [score.quantile(values, EQUAL, q) for q in (0.25, 0.5)] == [12.0, np.inf]


def test_order_counts_pairs():
    never = float("inf")
    assert score.ordered([1, 2], [5.0, 9.0]) == 1.0
    assert score.ordered([1, 2], [9.0, 5.0]) == 0.0
    assert score.ordered([1, 2, 2], [never, never, 3.0]) == 0.25


def test_effective_draws_lie_between_one_and_all():
    assert score.effective(EQUAL) == 4.0
    assert score.effective(np.array([1.0, 0.0, 0.0])) == 1.0
