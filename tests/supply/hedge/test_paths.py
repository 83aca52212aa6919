from __future__ import annotations

import numpy as np
import pytest

from xenotime.core.errors import InputError
from xenotime.supply.hedge.paths import Paths, equal, gather, medoids, severity, sooner
from xenotime.supply.hedge.synthetic import futures


def test_equal_futures_weigh_alike_at_prices_of_rest():
    paths = equal(np.ones((1, 2, 4)))
    assert paths.weight.tolist() == [0.25] * 4
    assert paths.price.tolist() == np.ones((1, 2, 4)).tolist()
    assert (paths.draws, paths.months) == (4, 2)


@pytest.mark.parametrize("share", [-0.1, np.nan])
def test_a_share_below_zero_or_not_a_number_is_refused(share):
    with pytest.raises(InputError, match="these futures cannot be used"):
        equal(np.array([[[share]]]))


def test_severity_counts_what_is_missing_and_never_what_is_more():
    assert severity(equal(np.array([[[0.5, 1.5], [0.0, 1.0]]]))).tolist() == [1.5, 0.0]


def test_two_clusters_are_stood_for_by_their_middles():
    middle, belongs = medoids(np.array([[0.0], [1.0], [2.0], [10.0], [11.0], [12.0]]), 2)
    assert sorted(middle.tolist()) == [1, 4]
    assert [belongs[k] == belongs[0] for k in range(6)] == [True] * 3 + [False] * 3


def test_few_futures_stay_as_they_are():
    paths = futures(2, 6, 10)
    assert gather(paths, 10, 0.1) is paths


def test_gathered_futures_are_some_of_all_with_all_their_weight():
    paths = futures(3, 12, 200)
    few = gather(paths, 20, 0.1)
    assert few.draws == 20
    assert few.weight.sum() == pytest.approx(1.0)
    known = {paths.share[:, :, d].tobytes() for d in range(200)}
    assert {few.share[:, :, d].tobytes() for d in range(20)} <= known


def test_half_of_the_gathered_futures_stand_for_the_worst_tenth():
    paths = futures(3, 12, 200)
    few = gather(paths, 20, 0.1)
    edge = np.sort(severity(paths))[-20]
    worst = severity(few) >= edge - 1e-12
    assert worst.sum() == 10
    assert few.weight[worst].sum() == pytest.approx(0.1)


def test_the_tail_of_gathered_futures_is_near_the_tail_of_all():
    paths = futures(3, 24, 600)
    few = gather(paths, 40, 0.1)
    whole = np.sort(severity(paths))[-60:].mean()
    worst = np.argsort(-severity(few))[:20]
    assert few.weight[worst] @ severity(few)[worst] / 0.1 == pytest.approx(whole, rel=0.05)


def test_gathering_gives_the_same_each_time():
    one, two = (gather(futures(3, 12, 100), 10, 0.2) for _ in range(2))
    assert one.weight.tolist() == two.weight.tolist()
    assert np.array_equal(one.share, two.share)


def test_what_comes_back_comes_sooner_and_what_falls_does_not():
    paths = equal(np.array([[[1.0], [0.0], [1.0], [1.0]]]))
    assert sooner(paths, 15.22, (0,)).share[0, :, 0].tolist() == [1.0, 0.5, 1.0, 1.0]
    assert sooner(paths, 15.22, ()).share.tolist() == paths.share.tolist()


def test_picking_keeps_share_and_price_together():
    paths = Paths(np.arange(6.0).reshape(1, 2, 3), 10 + np.arange(6.0).reshape(1, 2, 3), np.ones(3) / 3)
    picked = paths.pick(np.array([2]), np.ones(1))
    assert picked.share.ravel().tolist() == [2.0, 5.0]
    assert picked.price.ravel().tolist() == [12.0, 15.0]
