from __future__ import annotations

import re
from dataclasses import replace

from xenotime.report.supply.bands import Shown, bands
from xenotime.report.supply.fan import Fan, over
from xenotime.report.supply.speak import speak


def test_the_table_holds_the_numbers_that_are_drawn(rising):
    figure = bands("b", "B", [Shown("Dy", rising)], speak())
    assert figure.table.rows[-1] == ("Dy", "2025-06-13", "10", "20", "30", "40", "50", "kg")
    assert len(figure.table.rows) == 11


def test_every_panel_names_its_unit_and_its_days(rising):
    figure = bands("b", "B", [Shown("Dy", rising), Shown("Tb", over(rising, 0.0001, "kg"))], speak())
    assert ("[kg]" in figure.body, "[t]" in figure.body) == (True, True)
    assert (
        set(re.findall(r">(\d{4}-\d\d(?:-\d\d)?)<", figure.body)) >= {"2025-05", "2025-06"}
        or "2025-04" in figure.body
    )


def test_the_larger_unit_is_the_table_s_unit_too(rising):
    figure = bands("b", "B", [Shown("Tb", over(rising, 0.001, "kg"))], speak())
    assert figure.table.rows[-1][2:] == ("10", "20", "30", "40", "50", "t")


def test_the_band_is_as_wide_as_its_quantiles(rising):
    body = bands("b", "B", [Shown("Dy", rising, high=50)], speak(), tall=100).body
    wide = re.search(r'<path d="M([^"]+)z" class="sb-w va"', body)[1].split("L")
    last_high, last_low = (float(wide[k].split()[1]) for k in (10, 11))
    assert last_low - last_high == 80


def test_two_series_differ_by_more_than_colour(rising):
    body = bands("b", "B", [Shown("Dy", rising, over(rising, 2, "kg"), one="in", two="out")], speak()).body
    assert [body.count(f'class="sb-m v{k}"') for k in "ab"] == [1, 1]
    assert [body.count(f'class="sb-w v{k}"') for k in "ab"] == [1, 1]
    assert ">in</text>" in body
    assert ">out</text>" in body


def test_a_logarithmic_axis_has_no_zero(rising):
    fan = Fan("p", "× rest", rising.days, *([tuple(2.0**n for n in range(11))] * 5), 1.0)
    body = bands("b", "B", [Shown("Dy", fan, log=True)], speak()).body
    assert ">0</text>" not in body
    assert ">1</text>" in body


def test_nothing_to_draw_is_said():
    figure = bands("b", "B", [], speak())
    assert "recorded none" in figure.body
    assert figure.table.rows == ()


def test_a_loss_below_zero_stays_inside(rising):
    figure = bands("b", "B", [Shown("Dy", over(rising, -1, "kg"))], speak(), tall=100)
    places = [float(y) for _, y in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", figure.body)]
    assert max(places) <= figure.height
    assert min(places) >= 0


def test_long_names_are_cut_to_their_panel(rising):
    body = bands("b", "B", [Shown("a very long name " * 9, rising)] * 3, speak()).body
    assert body.count("…") == 3
    assert replace(rising, rest=None).rest is None
