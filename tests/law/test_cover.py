from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from xenotime.law.answer import Coverage
from xenotime.law.cover import BOUNDS, Demand, Licence, check_licence

GENERAL = Licence(
    "GL-1", "general", ("1C902", "1C905"), ("JP", "DE"), ("TDK Corporation",), ("civil",), Decimal(500),
    date(2025, 12, 1), date(2026, 11, 30),
)  # fmt: skip
SINGLE = replace(GENERAL, licence="IL-1", channel="individual")
DEMAND = Demand(
    ("1C905.a.1",), "JP", "TDK Corporation", "civil", Decimal(20), date(2026, 3, 1), watch_listed=False
)


def test_a_demand_inside_every_bound_is_covered():
    assert check_licence(GENERAL, DEMAND) == Coverage("GL-1", "general", covers=True)
    assert check_licence(SINGLE, DEMAND) == Coverage("IL-1", "individual", covers=True)


@pytest.mark.parametrize(
    ("demand", "fails"),
    [
        ({"codes": ("1C904",)}, ("item",)),
        ({"codes": ("1C905.a.1", "1C904")}, ("item",)),
        ({"codes": ("1C9055",)}, ("item",)),
        ({"destination": "KR"}, ("destination",)),
        ({"end_user": "TDK"}, ("end_user",)),
        ({"end_use": "military"}, ("end_use",)),
        ({"quantity_kg": Decimal("500.001")}, ("quantity",)),
        ({"on": date(2025, 11, 30)}, ("date",)),
        ({"on": date(2026, 12, 1)}, ("date",)),
        ({"watch_listed": True}, ("watch_listed",)),
        (
            {"destination": "KR", "end_user": "Other", "on": date(2027, 1, 1)},
            ("destination", "end_user", "date"),
        ),
    ],
)
def test_the_bound_that_fails_is_named(demand, fails):
    assert check_licence(GENERAL, replace(DEMAND, **demand)) == Coverage("GL-1", "general", False, fails)


@pytest.mark.parametrize(
    "demand",
    [
        {"codes": ("1C902", "1C905")},
        {"quantity_kg": Decimal(500)},
        {"on": date(2025, 12, 1)},
        {"on": date(2026, 11, 30)},
        {"end_use": " Civil "},
    ],
)
def test_a_bound_that_is_just_reached_holds(demand):
    assert check_licence(GENERAL, replace(DEMAND, **demand)).covers is True


@pytest.mark.parametrize(
    ("demand", "unsure"),
    [
        ({"codes": ()}, ("item?",)),
        ({"codes": ("1C905?",)}, ("item?",)),
        ({"destination": ""}, ("destination?",)),
        ({"end_user": ""}, ("end_user?",)),
        ({"end_use": ""}, ("end_use?",)),
        ({"quantity_kg": None}, ("quantity?",)),
        ({"watch_listed": None}, ("watch_listed?",)),
    ],
)
def test_what_is_not_known_leaves_it_open(demand, unsure):
    assert check_licence(GENERAL, replace(DEMAND, **demand)) == Coverage("GL-1", "general", None, unsure)


def test_a_failure_weighs_more_than_an_absence():
    found = check_licence(GENERAL, replace(DEMAND, end_use="", destination="KR"))
    assert found == Coverage("GL-1", "general", False, ("destination",))


def test_bounds_that_a_licence_does_not_state_hold():
    wide = replace(GENERAL, end_uses=(), quantity_kg=None)
    assert check_licence(wide, replace(DEMAND, end_use="", quantity_kg=None)).covers is True


def test_what_was_used_before_counts():
    assert check_licence(GENERAL, DEMAND, used_kg=Decimal(480)).covers is True
    assert check_licence(GENERAL, DEMAND, used_kg=Decimal("480.01")).fails == ("quantity",)
    assert check_licence(GENERAL, DEMAND, uses=9).covers is True
    assert check_licence(SINGLE, DEMAND, uses=1).fails == ("used",)


def test_only_a_general_licence_minds_the_watch_list():
    assert check_licence(SINGLE, replace(DEMAND, watch_listed=True)).covers is True


def test_every_bound_can_fail():
    far = Demand(("9X",), "KR", "Other", "military", Decimal(900), date(2020, 1, 1), watch_listed=True)
    both = check_licence(GENERAL, far).fails + check_licence(SINGLE, far, uses=1).fails
    assert set(both) == set(BOUNDS)
