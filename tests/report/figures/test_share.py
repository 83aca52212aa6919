from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xenotime.report.figures.share import _at, parse, share
from xenotime.report.words import load
from xenotime.services.results import ValueShare

MIDDLE = 280.0


def test_the_line_of_the_law_is_in_the_middle():
    assert _at(Fraction(1, 1000)) == pytest.approx(MIDDLE)
    assert [_at(Fraction(0)), _at(Fraction(1))] == [30.0, 530.0]


@given(st.fractions(min_value=0, max_value=1), st.fractions(min_value=0, max_value=1))
def test_a_larger_share_is_never_drawn_to_the_left(one, other):
    low, high = sorted((one, other))
    assert _at(low) <= _at(high)


def test_an_open_end_is_an_arrow_and_is_said():
    figure = share(ValueShare("cannot be shown", "1/2000", "", "0.05 %", "", ()), load())
    assert 'class="iv open"' in figure.body
    assert "at least 0.05 %; the upper end is unknown" in figure.desc
    assert figure.table.rows[1] == ("highest", "unknown", "unknown")


def test_a_point_is_a_diamond_and_an_interval_has_caps():
    point = ValueShare("below", "9999/10000000", "9999/10000000", "0.09999 %", "0.09999 %", ())
    wide = ValueShare("at or above", "1/1000", "1/10", "0.1 %", "10 %", ())
    assert share(point, load()).body.count('class="cap"') == 0
    assert share(wide, load()).body.count('class="cap"') == 2


def test_without_its_axis_the_figure_refers_to_the_page():
    value = ValueShare("below", "0", "0", "0 %", "0 %", ())
    assert '<use href="#share-axis"/>' in share(value, load(), axis=False).body


def test_only_fractions_are_read():
    assert [parse("1/0"), parse("unknown"), parse(" 1/4 ")] == [None, None, Fraction(1, 4)]
