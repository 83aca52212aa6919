from __future__ import annotations

import math

import numba
import numpy as np
import pytest

from xenotime.supply.engine.philox import chance
from xenotime.supply.licence.office import decided, erlang, poisson


@numba.njit
def queue(arrivals, pace, officers, step, steps, seed):
    """The mean number that waits for an officer, over many short steps."""
    files, waiting = 0.0, 0.0
    for k in range(steps):
        files -= decided(files, officers, pace, step, chance(seed, 0, 0, k, 1))
        files += poisson(arrivals * step, chance(seed, 0, 0, k, 2))
        if k > steps // 10:
            waiting += max(0.0, files - officers)
    return waiting / (steps - steps // 10)


@pytest.mark.parametrize(("arrivals", "officers"), [(0.5, 1), (1.5, 2), (4.0, 5)])
def test_the_office_is_the_queue_of_erlang(arrivals, officers):
    """Little's law: the mean number waiting is arrivals times the mean wait."""
    _, wait = erlang(arrivals, 1.0, officers)
    found = queue(arrivals, 1.0, float(officers), 0.02, 4_000_000, 11)
    assert found / arrivals == pytest.approx(wait, rel=0.06)


def test_erlang_s_formula():
    assert erlang(0.5, 1.0, 1) == (0.5, 1.0)
    waits, wait = erlang(1.5, 1.0, 2)
    assert waits == pytest.approx(0.642857, rel=1e-5)
    assert wait == pytest.approx(1.285714, rel=1e-5)
    assert erlang(2.0, 1.0, 2) == (1.0, math.inf)


@pytest.mark.parametrize("mean", [0.3, 4.0, 59.0, 61.0, 400.0])
def test_poisson_numbers_have_their_mean_and_spread(mean):
    drawn = np.array([poisson(mean, chance(2, 0, 0, k, 3)) for k in range(4000)])
    assert abs(drawn.mean() - mean) < 4 * (mean / 4000) ** 0.5
    assert drawn.var() == pytest.approx(mean, rel=0.12)
