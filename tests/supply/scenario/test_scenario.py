from __future__ import annotations

from datetime import date

from xenotime.supply.scenario.scenario import Scenario


def test_day_zero_is_the_shock_or_else_the_start():
    made = Scenario("x", "X", "says", date(2025, 4, 1), 10, date(2025, 4, 1))
    assert made.zero == date(2025, 4, 1)
    shocked = Scenario("x", "X", "s", date(2025, 4, 1), 10, date(2025, 4, 1), shock=date(2025, 4, 4))
    assert shocked.zero == date(2025, 4, 4)
