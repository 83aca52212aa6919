from __future__ import annotations

from dataclasses import replace

import pytest

from xenotime.core.errors import InputError
from xenotime.supply.hedge.plan import Aim, Making, check_aim, check_plan
from xenotime.supply.hedge.synthetic import company

PLAN = company(2, 2, 6)


def test_a_whole_plan_passes():
    assert check_plan(PLAN) is PLAN


@pytest.mark.parametrize(
    ("changed", "where", "expected"),
    [
        (
            replace(PLAN, items=(replace(PLAN.items[0], owned=-1.0), *PLAN.items[1:])),
            "magnet-1",
            "owned of 0",
        ),
        (replace(PLAN, lines=(replace(PLAN.lines[0], need=-5.0),)), "line-1", "need of 0 or more"),
        (replace(PLAN, lines=(replace(PLAN.lines[0], item=9),)), "line-1", "an item below 3"),
        (replace(PLAN, sources=(replace(PLAN.sources[0], cost=-1.0),)), "supplier-1", "cost of 0 or more"),
        (replace(PLAN, makings=(Making("m", 2, 0, -0.3, 1.0, 1.0),)), "m", "ratio of 0 or more"),
        (replace(PLAN, months=0), "", "at least one month"),
    ],
    ids=["stock", "need", "item", "cost", "ratio", "months"],
)
def test_a_number_that_cannot_be_is_refused_by_name(changed, where, expected):
    with pytest.raises(InputError) as caught:
        check_plan(changed)
    assert caught.value.problem.where == where
    assert caught.value.problem.expected.startswith(expected)


@pytest.mark.parametrize(
    ("aim", "option"),
    [
        (Aim(risk=0.0), "--risk"),
        (Aim(risk=1.1), "--risk"),
        (Aim(weight=-0.1), "--weight"),
        (Aim(weight=1.1), "--weight"),
        (Aim(budget=-1.0), "--budget"),
        (Aim(budget=float("nan")), "--budget"),
    ],
)
def test_an_aim_out_of_reach_names_its_option(aim, option):
    with pytest.raises(InputError) as caught:
        check_aim(aim)
    assert caught.value.problem.where == option


@pytest.mark.parametrize("aim", [Aim(1.0, 0.0, 0.0), Aim(0.01, 1.0)])
def test_an_aim_at_its_bounds_is_good(aim):
    assert check_aim(aim) is aim
