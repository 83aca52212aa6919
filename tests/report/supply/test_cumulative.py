from __future__ import annotations

from datetime import date

from xenotime.report.supply.cumulative import Even, cumulative
from xenotime.report.supply.fan import over
from xenotime.report.supply.speak import speak


def drawn(rising, even):
    two = over(rising, 0.5, "USD")
    return cumulative("c", "C", over(rising, 1, "USD"), two, ("China", "Japan"), even, speak())


def test_the_day_of_the_crossing_is_drawn_with_its_interval(rising):
    figure = drawn(rising, Even(date(2025, 4, 20), date(2025, 5, 5), None))
    assert "even on 2025-05-05" in figure.body
    assert figure.body.count("s-shade") == 1


def test_sums_that_never_cross_are_said_to(rising):
    figure = drawn(rising, Even(None, None, None))
    assert "do not cross" in figure.body
    assert "never in this run" in figure.desc


def test_the_table_holds_both_sides(rising):
    figure = drawn(rising, Even(None, None, None))
    assert figure.table.rows[-1] == ("2025-06-13", "10", "30", "50", "20", "60", "100")
    assert figure.table.head[1] == "China 5 % [USD]"
