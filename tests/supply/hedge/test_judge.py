from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from xenotime.supply.hedge.judge import calm, follow, judge
from xenotime.supply.hedge.paths import equal
from xenotime.supply.hedge.plan import Aim, Item, Line, Offer, Plan, Source, Swap
from xenotime.supply.hedge.program import First, nothing
from xenotime.supply.hedge.solve import solve
from xenotime.supply.hedge.synthetic import company, futures

SHOP = Plan(
    2,
    (Item("magnet", "magnet", "kg", price=4.0, left=0.25, keep=0.5),),
    (Line("line", 0, 100.0, 10.0),),
    (Source("now"),),
    (Offer(0, 0, 100.0, 3.0, 0),),
)


def first(**changes):
    return replace(nothing(SHOP), **changes)


def test_a_future_costs_what_is_bought_missed_and_kept():
    paths = equal(np.array([[[1.0, 0.2], [1.0, 0.5]]]))
    judged = judge(SHOP, nothing(SHOP), paths)
    assert judged.cost.tolist() == pytest.approx([200 * 3, 70 * 3 + 130 * 10])
    assert judged.missed.tolist() == [pytest.approx([0.0, 130.0])]
    assert judged.mean == pytest.approx((600 + 1510) / 2)
    assert judged.tail(0.5) == pytest.approx(1510)
    assert judged.objective(Aim(0.5, 0.25)) == pytest.approx(0.75 * 1055 + 0.25 * 1510)


def test_what_is_bought_before_is_paid_used_and_kept_no_longer_than_needed():
    # 50 kg at 4: the second month needs 30 of them (kept at 0.5 each), the first uses the other 20.
    paths = equal(np.array([[[1.0], [0.7]]]))
    cost = judge(SHOP, first(stock=np.array([50.0])), paths).cost[0]
    assert cost == pytest.approx(50 * 4 + 80 * 3 + 70 * 3 + 30 * 0.5)


def test_a_price_that_doubles_is_paid_on_what_is_bought_free_but_not_under_contract():
    paths = equal(np.ones((1, 2, 1)), np.full((1, 2, 1), 2.0))
    assert judge(SHOP, nothing(SHOP), paths).cost[0] == pytest.approx(200 * 6)
    held = replace(SHOP, offers=(Offer(0, 0, 100.0, 3.0, 0, fee=0.5),))
    assert judge(held, first(reserved=np.array([100.0])), paths).cost[0] == pytest.approx(
        200 * 3 + 100 * 0.5 * 2
    )


def test_what_is_not_qualified_reserved_or_made_ready_gives_nothing():
    plan = Plan(
        1,
        (replace(SHOP.items[0], most=0.0),),
        SHOP.lines,
        (Source("now"), Source("second", cost=50.0), Source("third")),
        (Offer(0, 0, 100.0, 3.0, 0), Offer(1, 0, 20.0, 3.0, 1), Offer(2, 0, 20.0, 3.0, 1, fee=1.0)),
        swaps=(Swap("thrift", 0, -1, 0.1, ready=5.0),),
    )
    paths = equal(np.array([[[0.0]], [[1.0]]]))
    bare = judge(plan, nothing(plan), paths)
    assert bare.missed.tolist() == [[pytest.approx(100.0)]]
    full = First(np.zeros(1), np.array([0, 0, 20.0]), np.array([0, 1.0, 0]), np.array([1.0]))
    assert judge(plan, full, paths).missed.tolist() == [[pytest.approx(50.0)]]


def test_a_second_source_delivers_only_after_its_months():
    plan = replace(SHOP, sources=(Source("now", wait=1),))
    judged = judge(plan, nothing(plan), equal(np.ones((1, 2, 1))))
    assert judged.missed.tolist() == [[pytest.approx(100.0)]]


def test_calm_is_the_cost_of_buying_what_is_needed():
    assert calm(SHOP) == pytest.approx(200 * 3)


def test_the_order_of_futures_does_not_change_what_each_costs():
    plan, paths = company(2, 3, 12), futures(3, 12, 20)
    decided = solve(plan, futures(3, 12, 8, first=100), Aim(0.2, 0.5)).first
    back = np.arange(20)[::-1].copy()
    forth = judge(plan, decided, paths).cost
    assert judge(plan, decided, paths.pick(back, paths.weight)).cost == pytest.approx(forth[back])


def test_who_knows_nothing_of_the_future_pays_at_least_what_one_who_does_pays():
    plan, paths = company(2, 3, 12), futures(3, 12, 12)
    decided = solve(plan, futures(3, 12, 8, first=100), Aim(0.2, 0.5)).first
    knowing, blind = judge(plan, decided, paths), follow(plan, decided, paths)
    assert (blind.cost >= knowing.cost - 1e-6 * knowing.cost).all()
    assert (blind.cost > knowing.cost * (1 + 1e-6)).any()


def test_who_knows_nothing_loses_nothing_when_all_months_are_alike():
    paths = equal(np.array([[[0.4, 1.0], [0.4, 1.0]]]))
    held = first(stock=np.array([50.0]))
    assert follow(SHOP, held, paths).cost == pytest.approx(judge(SHOP, held, paths).cost)


def test_who_knows_nothing_uses_up_what_was_kept_for_a_dearer_month():
    # Price 3 now, 9 later: keeping 50 kg for the second month saves 6 a kg for 0.5. Unseen, they go at once.
    paths = equal(np.ones((1, 2, 1)), np.array([[[1.0], [3.0]]]))
    held = first(stock=np.array([50.0]))
    assert judge(SHOP, held, paths).cost[0] == pytest.approx(200 + 100 * 3 + 50 * 0.5 + 50 * 9)
    assert follow(SHOP, held, paths).cost[0] == pytest.approx(200 + 50 * 3 + 100 * 9)


def test_what_is_missed_blind_is_counted_by_line():
    paths = equal(np.array([[[0.2], [0.5]]]))
    assert follow(SHOP, nothing(SHOP), paths).missed.tolist() == [[pytest.approx(130.0)]]
