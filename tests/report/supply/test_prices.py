from __future__ import annotations

from xenotime.report.supply.fan import Fan, over
from xenotime.report.supply.prices import prices
from xenotime.report.supply.speak import speak


def test_a_good_that_moves_far_gets_a_logarithmic_axis(rising):
    calm = Fan("p", "× rest", rising.days, *([(1.0,) * 11] * 5), 1.0)
    far = Fan("p", "× rest", rising.days, *([tuple(2.0**n for n in range(11))] * 5), 1.0)
    near = prices("p", "P", {"Dy": (calm, over(calm, 0.5, "× rest"))}, speak()).body
    wide = prices("p", "P", {"Dy": (calm, far)}, speak()).body
    assert (">0<" in near, ">0<" in wide) == (True, False)
    assert ">inside China<" in wide
