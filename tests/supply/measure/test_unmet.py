from __future__ import annotations

import pytest

from xenotime.supply.measure import unmet


def test_unmet_need_is_a_sum_and_a_share_of_need(make):
    made = make.run(
        {
            "unmet/US/ev": [10, 30],
            "demand/US/ev": [100, 100],
            "unmet/JP/ev": [0, 0],
            "demand/JP/ev": [100, 100],
        },
        units={"unmet/US/ev": "vehicles"},
    )
    (found,) = unmet.by_use(made)
    assert (found.what, found.where, found.unit) == ("ev", "US", "vehicles")
    assert (found.amount.middle, found.share.middle) == (40.0, 0.2)


def test_elements_are_measured_against_what_their_stage_needs_at_rest(make):
    made = make.run({"short/magnet/Dy": [5, 15], "short/magnet/Tb": [0, 1]}, every=10)
    dy, tb = unmet.by_element(made, {("magnet", "Dy"): 2.0, ("magnet", "Tb"): 1.0})
    assert (dy.what, dy.where, dy.amount.middle, dy.share.middle) == ("Dy", "magnet", 20.0, 0.5)
    assert (tb.what, tb.share.middle) == ("Tb", 0.05)


def test_the_gap_weighs_uses_equally(make):
    made = make.run(
        {
            "unmet/US/ev": [50],
            "demand/US/ev": [100],
            "unmet/US/wind": [0],
            "demand/US/wind": [1],
        }
    )
    assert unmet.gap(made, "US").tolist() == [[0.25]]
    assert unmet.gap(made, "US", "ev").tolist() == [[0.5]]
    assert unmet.gap(made, "EU").tolist() == [[0.0]]
    assert [c.middle for c in unmet.delivered(made)] == [(0.5,), (1.0,)]


def test_worth_weighs_uses_by_value_added(make):
    sites = make.network(
        make.site("US", "ev", worth=3.0), make.site("US", "wind", worth=1.0), make.site("CN", "ev", worth=9.0)
    )
    made = make.run(
        {
            "unmet/US/ev": [0.5],
            "demand/US/ev": [1],
            "unmet/US/wind": [0],
            "demand/US/wind": [1],
            "unmet/CN/ev": [0],
            "demand/CN/ev": [1],
        }
    )
    assert unmet.worth(sites, made, outside="CN").tolist() == [[pytest.approx(0.375)]]
    assert unmet.worth(sites, made, country="CN").tolist() == [[0.0]]
