from __future__ import annotations

from datetime import date

from xenotime.report.supply.speak import speak
from xenotime.report.supply.stops import Strip, stops

DAY = date(2025, 5, 1)
NONE = (None, None, None)


def strip(fan, odds=0.9, first=(DAY, date(2025, 5, 9), date(2025, 5, 20)), days=(3.0, 12.0, 40.0)):
    return Strip("electric cars", "Japan", fan, odds, first, days)


def test_the_row_says_when_and_how_surely(rising):
    [row] = stops("s", "S", [strip(rising)], speak()).table.rows
    assert row[:7] == ("electric cars", "Japan", "90 %", "2025-05-09", "2025-05-01", "2025-05-20", "12")


def test_a_sector_that_does_not_stop_in_half_of_the_draws_has_no_day(rising):
    figure = stops("s", "S", [strip(rising, 0.3, NONE, NONE)], speak())
    assert figure.table.rows[0][3] == "never in this run"
    assert "sp-diamond" not in figure.body


def test_an_interval_without_end_has_an_arrow(rising):
    ends = stops("s", "S", [strip(rising)], speak()).body
    open_end = stops("s", "S", [strip(rising, first=(DAY, date(2025, 5, 9), None))], speak()).body
    assert "05-01 – never" in open_end
    assert ends != open_end


def test_no_stop_at_all_is_the_answer():
    figure = stops("s", "S", [], speak())
    assert "No line stops in any draw." in figure.body
    assert figure.desc == "No line stops in any draw."


def test_the_hill_is_as_high_as_the_share(rising):
    body = stops("s", "S", [strip(rising)], speak()).body
    assert body.count('class="ss-m"') == 1
    assert body.count('class="ss-w"') == 1


def test_names_are_escaped(rising):
    body = stops("s", "S", [Strip("<b>", "&", rising, 1, NONE, NONE)], speak()).body
    assert "<b>" not in body
