from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xenotime.core.errors import InputError
from xenotime.evidence.read import packaged
from xenotime.evidence.units import convert, unit, units

PAIRS = [
    ("1", "kt", "kg", "1000000"),
    ("5089", "metric tons", "kt", "5.089"),
    ("91", "percent", "ratio", "0.91"),
    ("30.5", "wt%", "ratio", "0.305"),
    ("4", "weeks", "days", "28"),
    ("12", "months", "years", "1"),
    ("2", "years", "days", "730.5"),
    ("1690", "thousand CNY/t", "CNY/t incl. VAT", "1690000"),
    ("110", "USD/kg", "USD/t", "110000"),
    ("0.5", "g/unit", "kg/unit", "0.0005"),
    ("650", "kg/MW", "kg/GW", "650000"),
    ("5089", "metric tons/month", "t/yr", "61068"),
]


@pytest.mark.parametrize(("value", "source", "target", "result"), PAIRS)
def test_a_value_turns_into_another_unit_of_its_dimension(value, source, target, result):
    assert convert(Decimal(value), source, target) == Decimal(result)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("kg", "percent"),
        ("USD/kg", "thousand CNY/t"),
        ("thousand CNY/t", "CNY/t"),
        ("weeks", "working days"),
        ("percent of plan", "percent"),
        ("percent", "percent y/y"),
        ("event", "announced"),
        ("metric tons", "t/yr"),
        ("capex USD m", "capex EUR m"),
    ],
)
def test_what_does_not_measure_the_same_is_refused(source, target):
    with pytest.raises(InputError, match="do not measure the same thing"):
        convert(Decimal(1), source, target)


def test_a_unit_nobody_knows_is_refused_with_its_place():
    with pytest.raises(InputError) as refused:
        unit("bushels", "mine.csv, row 2")
    assert (refused.value.problem.where, refused.value.problem.found) == ("mine.csv, row 2", "bushels")


def test_every_packaged_figure_has_a_known_unit():
    assert {figure.unit for figure in packaged()} - set(units()) == set()


def test_a_mark_is_no_quantity():
    assert [name for name, one in units().items() if not one.countable and one.canonical] == []
    assert not unit("announced").countable


@given(
    st.sampled_from([one for one in units().values() if one.countable]),
    st.data(),
    st.decimals(min_value=0, max_value=10**9, places=3),
)
def test_there_and_back_is_where_it_began(one, data, value):
    twins = [two for two in units().values() if two.dimension == one.dimension]
    two = data.draw(st.sampled_from(twins))
    back = convert(convert(value, one.name, two.name), two.name, one.name)
    assert abs(back - value) <= abs(value) * Decimal("1e-24")
