from __future__ import annotations

import numpy as np
import pytest

from xenotime.supply.hedge.tail import cvar

COSTS, WEIGHT = np.array([100.0, 0.0, 50.0, 20.0]), np.array([0.1, 0.4, 0.2, 0.3])


@pytest.mark.parametrize(
    ("risk", "expected"),
    [
        (0.05, 100.0),
        (0.1, 100.0),
        (0.2, (0.1 * 100 + 0.1 * 50) / 0.2),
        (0.5, (0.1 * 100 + 0.2 * 50 + 0.2 * 20) / 0.5),
        (1.0, 10 + 10 + 6),
    ],
)
def test_cvar_of_four_outcomes_by_hand(risk, expected):
    assert cvar(COSTS, WEIGHT, risk) == pytest.approx(expected)


def test_cvar_of_a_uniform_is_the_middle_of_its_tail():
    draws = 10_000
    costs = (np.arange(draws) + 0.5) / draws
    assert cvar(costs, np.full(draws, 1 / draws), 0.2) == pytest.approx(0.9)
