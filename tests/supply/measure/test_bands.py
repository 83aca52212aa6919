from __future__ import annotations

import numpy as np

from xenotime.supply.measure import bands
from xenotime.supply.measure.values import Band

NEVER = np.inf


def test_a_band_holds_the_five_quantiles_the_mean_and_the_central_draw():
    values = [7.0, *range(101)]  # the first is the central draw
    assert bands.band(values) == Band(5.0, 25.0, 50.0, 75.0, 95.0, 50.0, 7.0)


def test_the_central_draw_counts_only_if_it_is_alone():
    assert bands.band([3.0]) == Band(3.0, 3.0, 3.0, 3.0, 3.0, 3.0, 3.0)
    assert bands.band([100.0, 1.0, 1.0]).middle == 1.0


def test_never_sorts_last_and_leaves_no_mean():
    found = bands.band([1.0, 2.0, 3.0, 4.0, NEVER], central=False)
    assert (found.low, found.middle, found.upper, found.high, found.mean) == (1.2, 3.0, 4.0, None, None)


def test_what_has_no_value_does_not_count():
    assert bands.band([np.nan, np.nan], central=False) == Band(None, None, None, None, None, None, None)
    assert bands.band([np.nan, 1.0, 3.0], central=False).middle == 2.0


def test_a_curve_has_the_bands_of_each_period_at_its_first_day(make):
    made = make.run({"x": np.array([[9, 1, 2, 3], [9, 4, 4, 4]])}, every=7, days=10)
    found = bands.curve("x", "kg", made.series("x"), made)
    assert (found.days, found.middle, found.central) == ((0, 7), (2.0, 4.0), (9.0, 9.0))
    assert bands.lengths(made).tolist() == [7.0, 3.0]


def test_without_the_central_draw_the_median_stands_for_it(make):
    made = make.run({"x": np.array([[1, 2, 9]])}, start=5)
    assert bands.curve("x", "kg", made.series("x"), made).central == (2.0,)


def test_totals_are_sums_over_every_gauge_that_fits(make):
    made = make.run({"ship/oxide/Dy/CN>US": [1, 2], "ship/oxide/Tb/CN>US": [3, 4], "unmet/US/ev": [9, 9]})
    assert bands.total(made, "ship/*/CN>US").ravel().tolist() == [4.0, 6.0]
    assert bands.total(made, "ship/*/CN>JP").ravel().tolist() == [0.0, 0.0]
    assert bands.names(made, "unmet/*") == ("unmet/US/ev",)


def test_the_onset_is_the_day_from_which_it_holds_for_good():
    holds = np.array([[1, 0, 1, 1], [0, 0, 1, 1], [1, 1, 1, 0], [1, 1, 1, 0]], bool)
    assert bands.onset(holds, (0, 5, 10, 15)).tolist() == [10.0, 10.0, 0.0, NEVER]
    assert bands.first(holds, (0, 5, 10, 15)).tolist() == [0.0, 10.0, 0.0, 0.0]
    assert bands.first(~holds, (0, 5, 10, 15)).tolist() == [5.0, 0.0, NEVER, 10.0]


def test_days_are_counted_from_the_readers_day_0(make):
    made = make.run({"x": np.zeros((3, 1))}, every=7, days=20, zero=3)
    assert bands.days(made) == (-3, 4, 11)
    assert bands.lengths(made).tolist() == [7.0, 7.0, 6.0]


def test_a_level_is_a_share_of_what_was_before(make):
    made = make.run({"output/magnet/CN": [70, 70, 35, 10], "x": [0, 0, 0, 1]}, every=7, days=23, zero=14)
    assert bands.level(made, "output/*").ravel().tolist() == [1.0, 1.0, 0.5, 0.5]
    assert bands.level(made, "x").ravel().tolist() == [1.0, 1.0, 1.0, 1.0]
