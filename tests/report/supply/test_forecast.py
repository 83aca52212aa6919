from __future__ import annotations

from datetime import date

from xenotime.report.supply.forecast import Series, forecast, inside
from xenotime.report.supply.speak import speak


def series(fan, *values, naive=()):
    seen = tuple((fan.days[k + 1], v) for k, v in enumerate(values))
    return Series(
        "world",
        fan,
        seen,
        {"no change": naive} if naive else {},
        ((fan.days[0], "fit"), (fan.days[5], "check")),
    )


def test_observations_inside_and_outside_differ_in_shape(rising):
    one = series(rising, 3.0, 100.0)
    figure = forecast("f", "F", [one], speak())
    assert inside(one) == (1, 2)
    assert (figure.body.count("sp-dot ink"), figure.body.count("sp-ring ink")) == (1, 1)
    assert "1 of 2 inside" in figure.body


def test_a_naive_forecast_that_is_not_known_is_not_drawn(rising):
    naive = (None, *([5.0] * 10))
    figure = forecast("f", "F", [series(rising, 3.0, naive=naive)], speak())
    assert figure.table.rows[0][8] == "–"
    assert figure.table.rows[1][8] == "5"


def test_the_parts_of_the_protocol_are_named(rising):
    body = forecast("f", "F", [series(rising, 3.0)], speak()).body
    assert (">fitted<" in body, ">held back<" in body) == (True, True)


def test_days_without_forecast_count_for_nothing(rising):
    one = Series("w", rising, ((date(2030, 1, 1), 3.0),), {})
    assert inside(one) == (0, 0)
