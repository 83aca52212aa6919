from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from xenotime.core.errors import InputError
from xenotime.services.supply.company import MONTH, Company, Way
from xenotime.services.supply.hedge import PARTS, Wanted, gauges, hedge, held, paths_of, planned, transits
from xenotime.services.supply.model import LEAD
from xenotime.supply.engine.run import Asked, Gauge, Run
from xenotime.supply.hedge.paths import equal
from xenotime.supply.hedge.plan import Aim, Item, Line, Offer, Plan, Source, Swap
from xenotime.supply.hedge.synthetic import company as invented
from xenotime.supply.hedge.synthetic import futures

FROM_CN = Way("magnet/ndfeb-heavy", "CN", "EU")
FROM_JP = Way("magnet/ndfeb-heavy", "JP", "EU")


def buyer(months=6, **changes):
    """A European line that buys all its magnets in China, and could qualify a maker in Japan."""
    plan = Plan(
        months,
        (Item("mg", "magnet", "kg", 60.0, owned=700.0, most=2000.0, keep=0.6),),
        (Line("axle", 0, 1000.0, 400.0),),
        (Source("cn", "CN"), Source("jp", "JP", cost=20_000.0, wait=1)),
        (Offer(0, 0, 1000.0, 60.0, 0), Offer(1, 0, 500.0, 80.0, 1)),
        swaps=(Swap("thrift", 0, -1, 0.2, 0.0, 30.0, ready=5_000.0, wait=2),),
    )
    return Company("buyer", replace(plan, **changes), (FROM_CN, FROM_JP), {"parties/jp": "Maker"}, ("so",))


def run(values, names, draws=2):
    """A recorded run with one series (period, draw) for each gauge."""
    size = np.zeros((0, draws), np.int32)
    gauges = tuple(Gauge(name, "kg", name.startswith("price")) for name in names)
    asked = Asked(values.shape[1] * MONTH, draws, every=MONTH, zero=LEAD * MONTH)
    return Run(gauges, values, size, size, np.zeros((0, 0)), np.zeros((0, draws)), np.zeros(draws), asked)


@pytest.fixture(scope="module")
def found(toy):
    wanted = Wanted(Aim(0.2, 0.5), drawn=12, futures=6, fresh=8)
    return hedge(toy.model, buyer(), toy.scenario(days=150), Asked(150), wanted)


def test_what_arrives_is_a_share_of_what_did_before_day_0():
    series = np.array([[[50.0, 10.0], [150.0, 10.0], [50.0, 5.0], [200.0, 0.0]]])
    paths = paths_of(run(series, ["ship/magnet/ndfeb-heavy/CN>EU"]), buyer(2), (0.0, 0.0))
    assert paths.share[0].tolist() == [[0.5, 0.5], [1.0, 0.0]]
    assert paths.share[1].tolist() == [[1.0, 1.0], [1.0, 1.0]]


def test_what_was_shipped_arrives_after_its_days_on_the_way():
    series = np.array([[[10.0], [10.0], [0.0], [0.0]]])
    made = run(series, ["ship/magnet/ndfeb-heavy/CN>EU"], 1)
    arriving = [paths_of(made, buyer(2), (days, 0.0)).share[0].ravel().tolist() for days in (0, 15, 30, 45)]
    assert arriving == [[0.0, 0.0], [0.5, 0.0], [1.0, 0.0], [1.0, 0.5]]


def test_days_on_the_way_are_those_of_the_worlds_lanes(toy):
    assert transits(toy.model.network, buyer()) == (30.0, 30.0)


def test_inside_a_region_what_it_makes_stands_for_what_arrives():
    series = np.array([[[4.0], [4.0], [1.0], [2.0]]])
    paths = paths_of(run(series, ["output/magnet/JP/magnet/ndfeb-heavy"], 1), buyer(2), (0.0, 0.0))
    assert paths.share[1].tolist() == [[0.25], [0.5]]


def test_prices_are_those_outside_for_goods_that_come_out():
    series = np.array([[[1.0], [1.0], [3.0], [2.0]], [[1.0], [1.0], [0.5], [0.5]]])
    names = ["price/outside/magnet/ndfeb-heavy", "price/inside/magnet/ndfeb-heavy"]
    assert paths_of(run(series, names, 1), buyer(2), (0.0, 0.0)).price[0].tolist() == [[3.0], [2.0]]


def test_only_the_gauges_of_its_ways_are_recorded():
    assert gauges(buyer()) == (
        "ship/magnet/ndfeb-heavy",
        "price/inside/magnet/ndfeb-heavy",
        "price/outside/magnet/ndfeb-heavy",
        "output/magnet/CN/magnet/ndfeb-heavy",
        "output/magnet/JP/magnet/ndfeb-heavy",
    )


def test_before_a_stop_of_all_that_comes_from_china_there_is_much_to_do(found):
    # All files wait 3,000 days: the line gets what was on its way, then nothing. The maker in Japan lives on
    # the same oxide from China, and what it has left sells at the price outside: qualifying it does not pay.
    (stock,) = found.holdings
    assert stock.buy + stock.owned == pytest.approx(2000)
    assert found.planned.fresh_tail < 0.7 * found.now.fresh_tail
    assert [(c.kind, c.id, c.taken) for c in found.choices] == [
        ("source", "jp", False),
        ("substitution", "thrift", True),
    ]
    assert [c.saves > 0 for c in found.choices] == [c.taken for c in found.choices]


def test_an_answer_says_what_it_was_chosen_and_tested_on(found):
    assert (found.drawn, found.futures, found.fresh) == (12, 6, 8)
    assert (found.months, found.basis.answer, found.basis.scenario) == (6, "withheld", "toy")
    assert (found.gap, found.way, found.assumed) == (0.0, "each", ("so",))


def test_each_line_misses_less_with_the_plan(found):
    (axle,) = found.missed
    assert axle.planned.middle < axle.now.middle <= found.months * MONTH


def test_the_frontier_goes_from_nothing_to_the_whole_plan(found):
    assert [f.budget for f in found.frontier] == pytest.approx([p * found.planned.spent for p in PARTS])
    assert found.frontier[0].spent == 0
    tails = [f.tail for f in found.frontier]
    assert tails == sorted(tails, reverse=True)
    assert found.frontier[-1].tail == pytest.approx(found.planned.tail)


def test_arrivals_are_banded_by_way_and_month(found):
    assert [a.name for a in found.arrivals] == [
        "arrivals/magnet/ndfeb-heavy/CN>EU",
        "arrivals/magnet/ndfeb-heavy/JP>EU",
    ]
    assert found.arrivals[0].days == tuple(MONTH * n for n in range(6))
    assert found.arrivals[0].middle[-1] < 0.05


def test_the_gap_on_fresh_futures_is_the_objectives_rise():
    plan = invented(2, 3, 12)
    ways = tuple(Way("magnet/ndfeb", f"{n}", "EU") for n in range(3))
    paths = futures(3, 12, 40)
    wanted = Wanted(Aim(0.2, 0.4), drawn=20, futures=20, fresh=20)
    made = planned(Company("c", plan, ways, {}), paths, wanted, None)
    inside = made.calm + 0.6 * made.planned.mean + 0.4 * made.planned.tail
    outside = made.calm + 0.6 * made.planned.fresh_mean + 0.4 * made.planned.fresh_tail
    assert made.drift == pytest.approx((outside - inside) / inside)
    assert (made.budget, made.now.spent) == (None, 0.0)


def test_a_day_less_saves_where_goods_come_back_and_not_where_they_never_left():
    ways = (FROM_CN, FROM_JP)
    share = np.ones((2, 6, 4))
    share[0, 0:3] = 0.0
    share[0, 3] = 0.5
    company = replace(buyer(), ways=ways)
    wanted = Wanted(Aim(0.5, 0.5), 2, 2, 2)
    made = planned(company, equal(share), wanted, None, ways)
    assert [where for where, _ in made.day] == ["CN"]
    assert made.day[0][1] > 0
    assert planned(company, equal(share), wanted, None, (FROM_JP,)).day == ()


def test_goods_wait_on_the_ways_that_some_route_holds(toy):
    handling = toy.model.handling(toy.scenario())
    assert FROM_CN in held(toy.model.network.routes, handling)
    assert FROM_JP not in held(toy.model.network.routes, handling)


def test_an_aim_out_of_reach_is_refused_before_anything_runs(toy):
    with pytest.raises(InputError, match="this hedge cannot be sought"):
        hedge(toy.model, buyer(), toy.scenario(), Asked(150), Wanted(Aim(weight=2.0)))


def test_a_budget_bounds_what_is_spent_and_a_dollar_has_its_worth(toy):
    aim = Aim(0.2, 0.5, budget=30_000.0)
    made = hedge(toy.model, buyer(), toy.scenario(days=150), Asked(150), Wanted(aim, 6, 6, 4))
    assert made.planned.spent <= 30_000.0 * (1 + 1e-9)
    assert (made.budget, made.dollar > 0) == (30_000.0, True)
