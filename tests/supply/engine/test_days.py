from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.supply.engine import toy

from xenotime.supply.engine.days import days_of
from xenotime.supply.licence.handling import Office
from xenotime.supply.scenario.scenario import Policy, Shift
from xenotime.supply.world.network import Project

MAGNETS, PRODUCT = 0, 1


def course(days=40, **scene):
    network = toy.chain()
    return days_of(network, toy.free(network, days), toy.scenario(days, **scene), days)


def test_a_cut_takes_its_share_from_its_first_to_its_last_day():
    cuts = (toy.cut(5, 9, 0.6, stages=("magnet",)), toy.cut(8, 20, 0.5, countries=("CN",)))
    left = course(cuts=cuts).left
    assert left[:, PRODUCT].tolist() == [1.0] * 40
    assert left[[4, 5, 7, 8, 9, 10, 20, 21], MAGNETS] == pytest.approx(
        [1.0, 0.4, 0.4, 0.2, 0.2, 0.5, 0.5, 1.0]
    )


def test_a_cut_of_a_good_fits_who_makes_it_and_one_without_an_end_lasts():
    cuts = (replace(toy.cut(3, 9, 0.5, goods=("magnet",)), until=None),)
    assert course(cuts=cuts).left[:, MAGNETS].tolist() == [1.0] * 3 + [0.5] * 37
    assert course(cuts=(toy.cut(3, 9, 0.5, goods=("oxide",)),)).left.min() == 1.0


def test_end_demand_moves_over_its_days():
    shift = Shift(toy.day(10), 1.5, uses=("ev",), over=5)
    demanded = course(shifts=(shift,)).demanded
    assert demanded[8:16, PRODUCT] == pytest.approx([1.0, 1.0, 1.1, 1.2, 1.3, 1.4, 1.5, 1.5])
    assert demanded[:, MAGNETS].tolist() == [1.0] * 40
    assert course(shifts=(replace(shift, countries=("JP",)),)).demanded.max() == 1.0


def test_more_demand_sells_more():
    run = toy.play(toy.chain(slack=1.0), days=200, shifts=(Shift(toy.day(10), 1.2),))
    made = run.series("output/product/EU/ev")[:, 0]
    assert (made[9], made[-1]) == (pytest.approx(100.0), pytest.approx(120.0))


def test_a_stockpile_policy_fills_target_stocks_over_its_days():
    policy = Policy("stockpile", toy.day(10), {"cover": 30.0, "over": 10.0}, ("EU",), ("magnet",))
    extra = course(policies=(policy,)).stockpile[:, 0]
    assert extra[[9, 10, 14, 19, 39]] == pytest.approx([0.0, 3.0, 15.0, 30.0, 30.0])
    run = toy.play(toy.chain(slack=1.0), days=300, policies=(policy,))
    days = run.series("days/product/EU/magnet/ndfeb")[:, 0]
    assert days[0] == pytest.approx(20.0)
    assert days[-1] == pytest.approx(50.0, rel=0.01)


def test_a_tariff_is_paid_on_what_comes_from_abroad():
    policy = Policy("tariff", toy.day(10), {"rate": 0.25}, ("EU",), ("magnet",))
    run = toy.play(toy.chain(), days=30, policies=(policy,))
    paid = run.series("paid/EU")[:, 0]
    assert paid[:10] == pytest.approx(0.0)
    assert paid[10:] == pytest.approx(100.0 * 60.0 * 0.25)  # 100 kg a day at 60 USD
    assert run.series("gained/CN")[:, 0] == pytest.approx(0.0)


def test_promised_prices_hold_for_their_days_and_the_higher_one_counts():
    network = toy.chain()
    built = replace(network, projects=(Project("plant", MAGNETS, 10.0, 0.0, 0.0, 1.0, 1.0),))
    floors = (
        Policy("floor", toy.day(5), {"price": 80.0, "lasts": 10.0}, ("CN",), ("magnet",)),
        Policy("offtake", toy.day(8), {"price": 90.0, "share": 0.4, "lasts": 3.0}, (), ("magnet",)),
        Policy("floor", toy.day(0), {"price": 999.0}, ("JP",), ("magnet",)),
    )
    made = days_of(built, toy.free(built, 20), toy.scenario(20, policies=floors), 20)
    assert made.promised[:, 0].tolist() == [0.0] * 5 + [80.0] * 3 + [90.0] * 3 + [80.0] * 4 + [0.0] * 5
    assert made.bought[:, 0].tolist() == [0.0] * 5 + [1.0] * 10 + [0.0] * 5


def test_the_day_on_which_a_hold_ends_is_told_once():
    network = toy.chain()
    made = days_of(network, toy.regime(network, 40, first=10, until=25), toy.scenario(40), 40)
    assert np.flatnonzero(made.freed[:, 0]).tolist() == [25]


def test_after_its_last_day_the_handling_stays_as_it_was():
    network = toy.chain()
    made = days_of(network, toy.regime(network, 20, first=10, hold=0.7), toy.scenario(40), 40)
    assert made.hold[:, 0].tolist() == [0.0] * 10 + [0.7] * 30


def test_files_surge_with_an_announcement_and_calm_down():
    network = toy.chain()
    office = Office(2.0, 3.0, 100.0, surge=3.0, calm=10.0)
    handling = replace(toy.regime(network, 60, first=20), office=office)
    surged = days_of(network, handling, toy.scenario(60), 60).surged[:, 0]
    assert surged[:20].tolist() == [1.0] * 20
    assert surged[[20, 30, 50]] == pytest.approx([3.0, 1 + 2 * np.exp(-1), 1 + 2 * np.exp(-3)])
