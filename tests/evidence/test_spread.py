from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xenotime.core.errors import InputError
from xenotime.evidence.figure import SURENESS, Figure
from xenotime.evidence.parameter import Spread
from xenotime.evidence.spread import RULES, WIDTH, massive, spread_of


def said(value, low=None, high=None, unit="percent", sureness="medium", number=1):
    def turn(text):
        return None if text is None else Decimal(text)

    return Figure(
        f"own-{number}",
        "a thing",
        "",
        "",
        "",
        "2025",
        turn(value),
        unit,
        turn(low),
        turn(high),
        "us",
        "",
        "2025",
        sureness,
    )


def test_one_number_is_a_lognormal_as_wide_as_it_is_unsure():
    for sureness in SURENESS:
        found = spread_of([said("40", unit="days", sureness=sureness)], "level")
        assert found == Spread("lognormal", (40.0, WIDTH[sureness]))


def test_an_interval_is_a_triangle_between_its_ends():
    assert spread_of([said("5", "4", "6", "weeks")], "level") == Spread("triangular", (4.0, 5.0, 6.0))


def test_several_claims_span_what_they_say_and_peak_where_the_surest_stand():
    claims = [said("85", sureness="low"), said("91", sureness="high"), said("92", sureness="medium")]
    assert spread_of(claims, "level") == Spread("triangular", (85.0, 91.0, 92.0))


def test_rivals_stay_what_they_are_each_as_likely_as_it_is_sure():
    claims = [said("92", sureness="high"), said("85", sureness="low")]
    assert spread_of(claims, "rival") == Spread("mixture", (85.0, 1.0, 92.0, 4.0))


def test_rivals_that_agree_are_a_point():
    assert spread_of([said("91"), said("91", number=2)], "rival") == Spread("point", (91.0,))


def test_a_share_never_leaves_nought_to_one():
    found = spread_of([said("99", "90", None, sureness="low")], "share", "ratio")
    assert found == Spread("triangular", (0.9, 0.99, 0.99))
    lone = spread_of([said("98", sureness="low")], "share", "ratio")
    assert lone.numbers == pytest.approx((0.973, 0.98, 0.987))


def test_a_bound_is_spread_on_its_open_side_only():
    over, least = said("80", "80", None, "days"), said("90", "90", None, sureness="low")
    assert spread_of([over], "level").numbers == pytest.approx((80.0, 80.0, 104.0))
    assert spread_of([said("60", None, "60", "days")], "level").numbers == pytest.approx((42.0, 60.0, 60.0))
    assert spread_of([least], "share").numbers == pytest.approx((0.9, 0.9, 0.97))


def test_a_number_that_all_say_is_as_wide_as_the_surest_of_them():
    alike = [said("2", unit="kg", sureness="low"), said("2", unit="kg", sureness="medium", number=2)]
    assert spread_of(alike, "level") == Spread("lognormal", (2.0, WIDTH["medium"]))


def test_numbers_below_nought_are_triangles_and_nought_is_a_point():
    assert spread_of([said("-25", unit="percent y/y")], "level").numbers == pytest.approx(
        (-28.75, -25.0, -21.25)
    )
    assert spread_of([said("0", unit="kg")], "level") == Spread("point", (0.0,))


def test_what_is_no_share_is_refused():
    with pytest.raises(InputError, match="this is not a share"):
        spread_of([said("91")], "share", "percent")


def test_units_are_turned_before_claims_meet():
    claims = [said("2", unit="months"), said("8", unit="weeks")]
    low, mode, high = spread_of(claims, "level", "days").numbers
    assert (low, mode, high) == (56.0, 56.0, 60.875)


def test_gaps_say_nothing():
    gap = said(None)
    assert spread_of([gap, said("4", "3", "5", "kg")], "level") == spread_of(
        [said("4", "3", "5", "kg")], "level"
    )
    with pytest.raises(InputError, match="no claim carries a value"):
        spread_of([gap], "level")


def test_a_rule_nobody_stated_is_refused():
    with pytest.raises(InputError, match="this rule is unknown"):
        spread_of([said("4")], "hope")


def test_units_that_do_not_fit_are_refused():
    with pytest.raises(InputError, match="do not measure the same thing"):
        spread_of([said("4", unit="kg"), said("4", unit="weeks")], "level")


MASSLESS = {
    "shape nobody knows": Spread("bell", (0.0, 1.0)),
    "uniform without width": Spread("uniform", (3.0, 3.0)),
    "uniform backwards": Spread("uniform", (4.0, 3.0)),
    "triangle without width": Spread("triangular", (3.0, 3.0, 3.0)),
    "triangle whose peak lies outside": Spread("triangular", (1.0, 9.0, 3.0)),
    "lognormal at nought": Spread("lognormal", (0.0, 0.2)),
    "lognormal without width": Spread("lognormal", (3.0, 0.0)),
    "lognormal below nought": Spread("lognormal", (-3.0, 0.2)),
    "mixture without weight": Spread("mixture", (3.0, 0.0, 4.0, 0.0)),
    "mixture of a negative weight": Spread("mixture", (3.0, 2.0, 4.0, -1.0)),
    "mixture of nothing": Spread("mixture", ()),
    "mixture cut short": Spread("mixture", (3.0, 1.0, 4.0)),
    "point of nothing": Spread("point", ()),
    "point that is no number": Spread("point", (nan,)),
    "uniform without end": Spread("uniform", (0.0, inf)),
}


@pytest.mark.parametrize("defect", MASSLESS)
def test_a_distribution_with_no_mass_is_refused(defect):
    with pytest.raises(InputError) as refused:
        massive(MASSLESS[defect], "cover.lean")
    problem = refused.value.problem
    assert (problem.what, problem.where) == ("this distribution has no mass", "cover.lean")
    assert all((problem.expected, problem.found, problem.next_step))


NUMBERS = st.decimals(min_value=Decimal("0.1"), max_value=99, places=2)


@given(
    st.lists(st.tuples(NUMBERS, st.sampled_from(SURENESS)), min_size=1, max_size=8),
    st.sampled_from(sorted(RULES)),
)
def test_every_rule_gives_mass_within_what_was_said_or_around_one_claim(claims, rule):
    figures = [said(str(value), sureness=sureness, number=n) for n, (value, sureness) in enumerate(claims)]
    found = spread_of(figures, rule, "ratio")
    assert massive(found) == found
    values = [float(value) / 100 for value, _ in claims]
    if len(set(values)) > 1:
        ends = found.numbers[0::2] if found.shape == "mixture" else found.numbers
        assert min(values) - 1e-12 <= min(ends) <= max(ends) <= max(values) + 1e-12


@given(st.permutations([said("85", number=1), said("91", number=2, sureness="high"), said("99", number=3)]))
def test_the_order_of_claims_changes_nothing(claims):
    for rule in RULES:
        assert spread_of(claims, rule) == spread_of(sorted(claims, key=lambda f: f.id), rule)


def test_a_claim_said_twice_as_surely_never_widens_the_spread():
    wide = spread_of([said("40", unit="days", sureness="low")], "level")
    sure = spread_of([replace(said("40", unit="days"), sureness="high")], "level")
    assert sure.numbers[1] < wide.numbers[1]
