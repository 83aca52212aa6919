"""The programme against answers that are known on paper."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xenotime.core.errors import InputError
from xenotime.supply.hedge.judge import judge
from xenotime.supply.hedge.paths import equal
from xenotime.supply.hedge.plan import Aim, Item, Line, Making, Offer, Plan, Source, Swap
from xenotime.supply.hedge.program import nothing
from xenotime.supply.hedge.solve import solve
from xenotime.supply.hedge.synthetic import company, futures
from xenotime.supply.hedge.tail import cvar

MEAN = Aim(weight=0.0)
MAGNET = Item("magnet", "magnet", "kg", price=4.0, left=0.25)


def arrivals(*months):
    """Futures of one path from (month, draw) shares."""
    return equal(np.array([months], dtype=float))


def shop(**changes):
    """One line of 100 kg for one month; what does not arrive comes from stock, or is missed for 10 a kg."""
    plan = Plan(
        1, (MAGNET,), (Line("line", 0, 100.0, 10.0),), (Source("now"),), (Offer(0, 0, 100.0, 0.0, 0),)
    )
    return replace(plan, **changes)


def test_the_stock_is_the_newsvendors():
    # Missing (10 - 4) against left over (4 - 1): hold the 6/9 fractile of what will not arrive, U(0, 100).
    draws = 300
    shortfall = (np.arange(draws) + 0.5) / draws
    solved = solve(shop(), arrivals(1 - shortfall), MEAN)
    assert solved.first.stock[0] == pytest.approx(100 * 6 / 9, abs=100 / draws)
    assert solved.value == pytest.approx(
        4 * solved.first.stock[0]
        + np.mean(
            10 * np.clip(100 * shortfall - solved.first.stock[0], 0, None)
            - 1 * np.clip(solved.first.stock[0] - 100 * shortfall, 0, None)
        )
    )


@pytest.mark.parametrize(("worth", "held"), [(3.9, 0.0), (4.1, 100.0)])
def test_a_stock_is_bought_exactly_when_a_unit_missed_costs_more_than_it(worth, held):
    plan = shop(lines=(Line("line", 0, 100.0, worth),))
    assert solve(plan, arrivals([0.0]), MEAN).first.stock[0] == pytest.approx(held)


@pytest.mark.parametrize(("chance", "qualified"), [(0.19, 0.0), (0.21, 1.0)])
def test_a_second_source_is_qualified_from_its_threshold_on(chance, qualified):
    # It saves (10 - 5) x 100 in a stop and costs 100: worth it when a stop is likelier than 100 / 500 = 0.2.
    plan = shop(
        items=(replace(MAGNET, most=0.0),),
        sources=(Source("now"), Source("second", cost=100.0)),
        offers=(Offer(0, 0, 100.0, 0.0, 0), Offer(1, 0, 100.0, 5.0, 1)),
    )
    stop = np.array([[[0.0, 1.0]], [[1.0, 1.0]]])
    paths = replace(equal(stop), weight=np.array([chance, 1 - chance]))
    for way in ("each", "branch"):
        solved = solve(plan, paths, MEAN, way=way)
        assert solved.first.qualified.tolist() == [0.0, qualified]
        assert solved.value == pytest.approx(1000 * chance if not qualified else 100 + 500 * chance)


@pytest.mark.parametrize(("fee", "reserved"), [(2.9, 60.0), (3.1, 0.0)])
def test_a_contract_is_worth_its_fee_while_stops_times_margin_pay_it(fee, reserved):
    # Half of the futures stop: a reserved unit saves 10 - 4 there, so it is worth a fee of 3 and no more.
    plan = shop(
        items=(replace(MAGNET, most=0.0),),
        sources=(Source("now"), Source("kept")),
        offers=(Offer(0, 0, 100.0, 0.0, 0), Offer(1, 0, 60.0, 4.0, 1, fee=fee)),
    )
    solved = solve(plan, equal(np.array([[[0.0, 1.0]], [[1.0, 1.0]]])), MEAN)
    assert solved.first.reserved.tolist() == [0.0, pytest.approx(reserved)]


@pytest.mark.parametrize(("ready", "chosen"), [(240.0, 1.0), (260.0, 0.0)])
def test_a_substitution_is_made_ready_when_what_it_spares_is_more(ready, chosen):
    # It meets half of the need for 5 instead of 10 in the one future there is: it spares 250.
    plan = shop(
        items=(replace(MAGNET, most=0.0),),
        swaps=(Swap("thrift", 0, -1, cap=0.5, ratio=0.0, penalty=5.0, ready=ready),),
    )
    solved = solve(plan, arrivals([0.0]), MEAN)
    assert solved.first.readied.tolist() == [chosen]


def test_only_the_worst_counts_under_full_weight():
    # The mean would hold nothing (a stop in 1 of 10); the worst tenth alone holds all 100.
    share = arrivals([0.0] + [1.0] * 9)
    assert solve(shop(), share, Aim(0.1, 0.0)).first.stock[0] == 0.0
    solved = solve(shop(), share, Aim(0.1, 1.0))
    assert solved.first.stock[0] == pytest.approx(100.0)
    assert solved.value == pytest.approx(400.0)


def test_the_objective_is_the_mean_and_cvar_of_the_costs_of_its_futures():
    plan, paths, aim = company(2, 3, 12), futures(3, 12, 12), Aim(0.2, 0.6)
    solved = solve(plan, paths, aim)
    judged = judge(plan, solved.first, paths)
    mean, worst = float(paths.weight @ judged.cost), cvar(judged.cost, paths.weight, 0.2)
    assert solved.value == pytest.approx(0.4 * mean + 0.6 * worst, rel=1e-6)


def test_the_worth_of_a_unit_is_the_change_of_the_objective():
    plan, paths, aim = company(2, 3, 12), futures(3, 12, 8), Aim(0.2, 0.6, budget=300_000.0)
    solved = solve(plan, paths, aim)
    for number, item in enumerate(plan.items):
        more = tuple(
            replace(i, owned=i.owned + 1e-3, most=i.most + 1e-3) if k == number else i
            for k, i in enumerate(plan.items)
        )
        gain = (solved.value - solve(replace(plan, items=more), paths, aim).value) / 1e-3
        assert gain == pytest.approx(solved.worth[number, 0], rel=1e-3, abs=1e-3), item.id


def test_the_worth_of_a_dollar_is_the_change_of_the_objective():
    plan, paths = company(2, 3, 12), futures(3, 12, 8)
    tight = Aim(0.2, 0.6, budget=200_000.0)
    solved = solve(plan, paths, tight)
    richer = solve(plan, paths, replace(tight, budget=200_001.0))
    assert solved.dollar > 0
    assert solved.value - richer.value == pytest.approx(solved.dollar, rel=1e-3)
    assert solved.first.spent(plan) <= tight.budget * (1 + 1e-9)


def test_oxide_in_stock_becomes_magnets_after_its_lead_time():
    # Nothing arrives for three months; oxide makes 50 kg of magnets a month, from the second month on.
    plan = Plan(
        3,
        (Item("magnet", "magnet", "kg", 4.0, most=0.0), Item("oxide", "oxide", "kg", 1.0, owned=1000.0)),
        (Line("line", 0, 100.0, 10.0),),
        (Source("now"),),
        (Offer(0, 0, 100.0, 0.0, 0),),
        (Making("sinter", 1, 0, ratio=2.0, cost=0.0, most=50.0, lead=1),),
    )
    judged = judge(plan, nothing(plan), arrivals([0.0], [0.0], [0.0]))
    assert judged.missed.tolist() == [[pytest.approx(200.0)]]


def test_trying_each_choice_and_branching_agree():
    plan, paths, aim = company(2, 4, 18), futures(4, 18, 8), Aim(0.2, 0.7, budget=700_000.0)
    each, branch = (solve(plan, paths, aim, way=way, gap=1e-6) for way in ("each", "branch"))
    assert each.value == pytest.approx(branch.value, rel=1e-6)
    assert each.first.qualified.tolist() == branch.first.qualified.tolist()
    assert (each.way, branch.way) == ("each", "branch")
    assert branch.gap <= 1e-6


def test_more_weight_on_the_worst_never_lowers_the_tail_it_leaves():
    plan, paths = company(2, 3, 12), futures(3, 12, 10)
    tails = []
    for weight in (0.0, 0.3, 0.6, 1.0):
        solved = solve(plan, paths, Aim(0.2, weight))
        tails.append(judge(plan, solved.first, paths).tail(0.2))
    assert all(a >= b * (1 - 1e-7) for a, b in pairwise(tails))


def test_what_cannot_be_met_is_said():
    # The stock that is owned must be kept, and may not be.
    plan = shop(items=(replace(MAGNET, owned=500.0, most=100.0),))
    with pytest.raises(InputError, match="no decision fits these bounds"):
        solve(plan, arrivals([1.0]), MEAN)


@pytest.mark.parametrize("way", ["each", "branch"])
def test_what_a_choice_saves_is_the_best_without_it_less_the_best_with_it(way):
    # The second source of the threshold test at a chance of one half: 500 without it, 100 + 250 with it.
    plan = shop(
        items=(replace(MAGNET, most=0.0),),
        sources=(Source("now"), Source("second", cost=100.0)),
        offers=(Offer(0, 0, 100.0, 0.0, 0), Offer(1, 0, 100.0, 5.0, 1)),
    )
    paths = equal(np.array([[[0.0, 1.0]], [[1.0, 1.0]]]))
    assert solve(plan, paths, MEAN, way=way).saves.tolist() == pytest.approx([0.0, 150.0])
    dear = replace(plan, sources=(Source("now"), Source("second", cost=300.0)))
    assert solve(dear, paths, MEAN, way=way).saves.tolist() == pytest.approx([0.0, -50.0])
    poor = solve(dear, paths, Aim(weight=0.0, budget=100.0), way=way)
    assert poor.saves.tolist() == [0.0, -np.inf]


@settings(max_examples=15, deadline=None)
@given(more=st.floats(0.0, 0.5), seed=st.integers(1, 50))
def test_more_that_arrives_never_costs_more(more, seed):
    plan, paths = company(1, 2, 6), futures(2, 6, 4, seed=seed)
    richer = replace(paths, share=np.minimum(paths.share + more, 1.0))
    aim = Aim(0.25, 0.5)
    assert solve(plan, richer, aim).value <= solve(plan, paths, aim).value * (1 + 1e-7)


@settings(max_examples=15, deadline=None)
@given(budget=st.floats(0.0, 500_000.0), more=st.floats(0.0, 500_000.0), seed=st.integers(1, 50))
def test_a_larger_budget_never_costs_more(budget, more, seed):
    plan, paths = company(1, 2, 6), futures(2, 6, 4, seed=seed)
    tight, wide = (solve(plan, paths, Aim(0.25, 0.5, b)).value for b in (budget, budget + more))
    assert wide <= tight * (1 + 1e-7)
