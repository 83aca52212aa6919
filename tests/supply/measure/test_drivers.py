from __future__ import annotations

import numpy as np
import pytest

from xenotime.evidence.parameter import Parameter, Spread
from xenotime.supply.measure import drivers


def parameter(name, *claims):
    return Parameter(name, "1", Spread("uniform", (0, 1)), claims, "a rule", "group")


@pytest.fixture
def drawn():
    return np.random.default_rng(1).random((3, 200))


def test_ranks_share_ties():
    assert drivers.ranks(np.array([[2.0, 1.0, np.inf], [5.0, 5.0, 5.0]])).tolist() == [[1, 0, 2], [1, 1, 1]]


def test_a_monotone_answer_has_rank_correlation_one():
    x = np.array([[1.0, 2.0, 3.0, 4.0], [4.0, 3.0, 2.0, 1.0], [7.0, 7.0, 7.0, 7.0]])
    assert drivers.correlation(x, np.exp(x[0])) == pytest.approx([1.0, -1.0, 0.0])


def test_what_drives_is_named_strongest_first_with_its_weakest_claim(drawn):
    answer = drawn[1] * 3 - drawn[2]
    known = {"a/1": "high", "a/2": "low", "b/1": "medium"}
    found = drivers.drivers(
        [parameter("idle", "b/1"), parameter("main", "a/1", "a/2"), parameter("assumed")],
        drawn,
        answer,
        known,
    )
    assert [(x.parameter, x.sureness, x.claims) for x in found] == [
        ("main", "low", ("a/1", "a/2")),
        ("assumed", "assumed", ()),
    ]
    assert found[0].weight > 0.8
    assert found[1].weight < -0.1


def test_few_draws_say_nothing(drawn):
    assert drivers.drivers([parameter("main")], drawn[:1, :19], drawn[0, :19], {}) == ()


def test_answers_without_value_do_not_count(drawn):
    answer = np.where(drawn[0] > 0.5, np.nan, drawn[0])
    assert drivers.drivers([parameter("main")], drawn[:1], answer, {})[0].weight == pytest.approx(1.0)
