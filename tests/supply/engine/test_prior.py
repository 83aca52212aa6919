from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
from tests.supply.engine import toy

from xenotime.supply.engine.prior import late


def running(network, days, **rest):
    """A regime that runs on from before the first day."""
    handling = toy.regime(network, days, first=0, **rest)
    return replace(handling, prior=toy.regime(network, 1, first=0, **rest))


def test_a_run_under_a_running_regime_begins_at_rest():
    """Without a spread the queue hands out each day what is filed each day, and nothing moves."""
    network = toy.chain(days=20.0, transit=5)
    run = toy.play(network, running(network, 200, lead=45.0, sigma=0.0), 200)
    assert run.series("ship/magnet/ndfeb/CN>EU") == pytest.approx(100.0)
    assert run.series("days/product/EU/magnet/ndfeb") == pytest.approx(20.0)
    assert run.series("pending/magnet/ndfeb/EU") == pytest.approx(4500.0)
    assert run.first.max() == -1


def test_without_word_of_the_day_before_the_same_regime_is_a_shock():
    network = toy.chain(days=20.0, transit=5)
    run = toy.play(network, toy.regime(network, 200, first=0, lead=45.0, sigma=0.0), 200)
    assert run.first[1, 0] == 25


def test_with_a_spread_the_flow_is_normal_on_the_whole():
    network = toy.chain(days=60.0, transit=5)
    run = toy.play(network, running(network, 300, lead=45.0, sigma=0.5), 300, draws=200, width=50)
    sent = run.series("ship/magnet/ndfeb/CN>EU")
    assert sent[:100].mean() == pytest.approx(100.0, rel=0.03)
    assert sent[200:].mean() == pytest.approx(100.0, rel=0.03)
    assert (run.first[1] >= 0).mean() < 0.02
    assert run.residue.max() < 1e-12


def test_a_regime_that_ends_on_the_first_day_lets_its_queue_go():
    network = toy.chain(days=20.0, transit=5)
    free = replace(toy.free(network, 100), prior=toy.regime(network, 1, first=0))
    run = toy.play(network, free, 100)
    assert run.series("pending/magnet/ndfeb/EU").sum() == 0.0
    assert run.series("ship/magnet/ndfeb/CN>EU")[0, 0] > 1000.0


def test_who_was_blocked_before_buys_elsewhere_from_the_start():
    network = toy.world()
    handling = running(network, 100, hold=0.0, block=1.0)
    run = toy.play(network, handling, 100)
    assert run.series("ship/magnet/ndfeb-heavy/CN>EU").sum() == 0.0
    assert run.series("ship/magnet/ndfeb-heavy/JP>EU")[0, 0] == pytest.approx(100.0)


def test_the_chance_to_wait_longer_falls_from_one():
    lead, sigma = np.full((1, 1), 30.0), np.full((1, 1), 0.5)
    chances = [float(late(lead, sigma, day)[0, 0]) for day in range(400)]
    assert chances[0] == 1.0
    assert all(a >= b for a, b in itertools.pairwise(chances))
    assert sum(chances) == pytest.approx(30.0 * np.exp(0.125), rel=0.01)
    assert [float(late(lead, 0 * sigma, day)[0, 0]) for day in (29, 30)] == [1.0, 0.0]
