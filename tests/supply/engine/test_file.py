from __future__ import annotations

from dataclasses import replace
from math import log
from statistics import NormalDist

import numpy as np
import pytest
from tests.supply.engine import toy

from xenotime.supply.engine.file import CALM, waited
from xenotime.supply.engine.run import Rules

PHI = NormalDist().cdf


def test_the_share_of_lines_that_stand_under_a_lognormal_delay():
    """A line stands on the day its stock is gone unless some file of an earlier day was decided in time.

    The files of day j are decided on day j + r with r the rounded lognormal delay, shipped that day and there
    the next. So the chance is the product over j of P(r > D - 1 - j).
    """
    first, stock, median, sigma, draws = 5, 20, 30.0, 0.5, 4000
    network = toy.chain(days=float(stock), transit=1)
    handling = toy.regime(network, 60, first=first, lead=median, sigma=sigma)
    run = toy.play(network, handling, 60, draws=draws, width=64)
    gone = first + 1 + stock
    late = [1.0 - PHI((log(gone - 1 - j + 0.5) - log(median)) / sigma) for j in range(first, gone - 1)]
    expected = float(np.prod(late))
    assert 0.2 < expected < 0.8
    found = float((run.first[1] == gone).mean())
    assert abs(found - expected) < 4 * (expected * (1 - expected) / draws) ** 0.5
    assert (run.first[1][run.first[1] >= 0] >= gone).all()


@pytest.mark.parametrize("sigma", [0.3, 0.8])
def test_waits_are_lognormal(sigma):
    waits = np.array([waited(3, draw, 2, 10, 200.0, sigma) for draw in range(4000)])
    logs = np.log(waits)
    assert abs(logs.mean() - log(200.0)) < 4 * sigma / 4000**0.5
    assert abs(logs.std() / sigma - 1.0) < 0.05


def pending(**rest):
    network = toy.chain(days=60.0, transit=1)
    return toy.play(network, toy.regime(network, 100, **rest), 100)


def test_without_a_spread_files_wait_the_median_and_then_ship():
    run = pending(lead=12.0, sigma=0.0)
    sent = run.series("ship/magnet/ndfeb/CN>EU")[:, 0]
    assert sent[10:22].tolist() == [0.0] * 12
    learned = 12.0 / 30.0  # expected days after the first of the thirty days of learning
    assert sent[22] == pytest.approx(100.0 * (1.0 + 1.3 * learned / 10.0))


def test_a_part_that_is_not_held_and_a_fast_part_pass_at_once():
    assert pending(hold=0.6, lead=0.0).series("ship/magnet/ndfeb/CN>EU")[10, 0] == pytest.approx(40.0)
    assert pending(fast=0.7, lead=0.0).series("ship/magnet/ndfeb/CN>EU")[10, 0] == pytest.approx(70.0)


def test_who_passes_at_once_orders_at_most_a_quarter_more():
    sent = pending(fast=0.7, lead=400.0).series("ship/magnet/ndfeb/CN>EU")[10:, 0]
    assert sent.max() <= 70.0 * CALM + 1e-9


def test_what_is_blocked_neither_goes_nor_waits():
    run = pending(hold=1.0, block=1.0)
    assert run.series("ship/magnet/ndfeb/CN>EU")[10:].sum() == 0.0
    assert run.series("pending/magnet/ndfeb/EU").sum() == 0.0


def test_what_is_refused_leaves_the_queue_and_is_filed_again():
    kept = pending(lead=10.0, sigma=0.0)
    lost = pending(lead=10.0, sigma=0.0, refuse=0.5)
    name = "ship/magnet/ndfeb/CN>EU"
    assert lost.series(name)[20, 0] == pytest.approx(0.5 * kept.series(name)[20, 0])
    assert (
        lost.series("pending/magnet/ndfeb/EU")[21:40].sum()
        > kept.series("pending/magnet/ndfeb/EU")[21:40].sum()
    )


def test_when_a_route_is_free_again_everything_undecided_goes():
    run = pending(lead=400.0, until=30)
    waiting = run.series("pending/magnet/ndfeb/EU")[:, 0]
    assert waiting[29] > 1500.0
    assert waiting[30:].tolist() == [0.0] * 70
    assert run.series("ship/magnet/ndfeb/CN>EU")[30, 0] > 1000.0  # the whole stack, and what is made that day


def test_hoarding_orders_more_when_licence_days_are_expected():
    network = toy.chain(days=60.0, transit=1)
    handling = toy.regime(network, 60, lead=30.0, sigma=0.0)
    filed = [
        toy.play(network, handling, 60, rules=Rules(hoard=hoard)).series("pending/magnet/ndfeb/EU")[39, 0]
        for hoard in (0.0, 0.5)
    ]
    assert filed[0] > 100.0 * 30
    assert filed[1] > filed[0] * 1.1


def test_a_wait_longer_than_the_run_is_never_decided():
    network = replace(toy.chain(days=10.0, transit=1))
    run = toy.play(network, toy.regime(network, 50, lead=3000.0, sigma=0.0), 50)
    assert run.series("ship/magnet/ndfeb/CN>EU")[10:].sum() == 0.0
