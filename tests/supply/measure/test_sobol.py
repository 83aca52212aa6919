"""Indices against functions whose indices are known on paper."""

from __future__ import annotations

import numpy as np
import pytest

from xenotime.supply.measure.sobol import closed, effects, indices, order, runs, sample, steps

EACH = ("x1", "x2", "x3")
A, B = 7.0, 0.1
#: The variances of Ishigami's function with a = 7 and b = 0.1, by Ishigami and Homma 1990.
V1 = 0.5 * (1 + B * np.pi**4 / 5) ** 2
V2, V13 = A**2 / 8, B**2 * np.pi**8 * (1 / 18 - 1 / 50)
V = V1 + V2 + V13
#: Importances of the inputs of Sobol's g-function.
G = np.array([0.0, 1.0, 4.5, 99.0])


def ishigami(chances):
    x = np.pi * (2 * chances - 1)
    return np.sin(x[:, 0]) + A * np.sin(x[:, 1]) ** 2 + B * x[:, 2] ** 4 * np.sin(x[:, 0])


def g(chances):
    return np.prod((np.abs(4 * chances - 2) + G) / (1 + G), axis=1)


def g_known():
    parts = 1 / (3 * (1 + G) ** 2)
    whole = np.prod(1 + parts) - 1
    return parts / whole, parts * np.prod(1 + parts) / (1 + parts) / whole


def both(groups, function, base=2048):
    """SALib's indices and our own, each as (first order, total)."""
    answers = function(sample(groups, base, 1))
    found = indices(groups, answers, 1)
    ours = closed(answers, len(order(groups)))
    theirs = np.array([[i.alone for i in found], [i.total for i in found]])
    return theirs, np.array(ours)


def test_ishigami_has_its_indices_by_two_estimators():
    known = np.array([[V1, V2, 0.0], [V1 + V13, V2, V13]]) / V
    theirs, ours = both(EACH, ishigami)
    assert theirs == pytest.approx(known, abs=0.02)
    assert ours == pytest.approx(known, abs=0.02)


def test_the_g_function_has_its_indices_by_two_estimators():
    theirs, ours = both(("a", "b", "c", "d"), g)
    assert theirs == pytest.approx(np.array(g_known()), abs=0.02)
    assert ours == pytest.approx(np.array(g_known()), abs=0.02)


def test_inputs_in_one_group_are_judged_together():
    # x1 and x3 act together: their group has all of V1 and V13, alone as in total.
    theirs, ours = both(("sea", "land", "sea"), ishigami)
    known = np.array([[V1 + V13, V2], [V1 + V13, V2]]) / V
    assert theirs == pytest.approx(known, abs=0.02)
    assert ours == pytest.approx(known, abs=0.02)


def test_groups_keep_their_order_and_give_the_number_of_runs():
    assert order(("b", "a", "b")) == ("b", "a")
    assert runs(("b", "a", "b"), 16) == 64
    assert sample(("b", "a", "b"), 16, 1).shape == (64, 3)


def test_a_sample_depends_on_its_seed_alone():
    assert np.array_equal(sample(EACH, 16, 3), sample(EACH, 16, 3))
    assert not np.array_equal(sample(EACH, 16, 3), sample(EACH, 16, 4))


def test_an_answer_that_never_changes_has_no_driver():
    found = indices(EACH, np.full(runs(EACH, 16), 3.0), 1)
    assert [(i.group, i.alone, i.total) for i in found] == [(name, 0.0, 0.0) for name in EACH]


def test_half_widths_cover_what_is_known():
    answers = ishigami(sample(EACH, 256, 1))
    for index, alone, total in zip(
        indices(EACH, answers, 1), (V1 / V, V2 / V, 0.0), ((V1 + V13) / V, V2 / V, V13 / V), strict=True
    ):
        assert abs(index.alone - alone) < 2 * index.alone_within
        assert abs(index.total - total) < 2 * index.total_within


def test_morris_effects_of_a_sum_are_its_weights():
    chances = steps(EACH, 20, 1)
    answers = chances @ np.array([3.0, 1.0, 0.0])
    found = effects(EACH, chances, answers, 1)
    assert [e.group for e in found] == list(EACH)
    assert [e.effect for e in found] == pytest.approx([3.0, 1.0, 0.0])


def test_morris_takes_groups():
    chances = steps(("sea", "land", "sea"), 10, 1)
    assert chances.shape == (30, 3)
    found = effects(("sea", "land", "sea"), chances, chances[:, 1].copy(), 1)
    assert [(e.group, e.effect) for e in found] == [("sea", 0.0), ("land", pytest.approx(1.0))]
