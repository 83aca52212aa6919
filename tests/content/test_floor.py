from __future__ import annotations

from fractions import Fraction

from hypothesis import example, given
from hypothesis import strategies as st

from xenotime.content.bounds import Bounds
from xenotime.content.floor import answer, ends, percent, plain

FLOOR = Fraction(1, 1000)
WHOLE = st.integers(1, 10**18)
PART = st.integers(0, 10**16)


def exact(value: int) -> Bounds:
    return Bounds(Fraction(value), Fraction(value))


@given(PART, WHOLE)
@example(1, 1000)
@example(999_999, 1_000_000_000)
@example(1_000_000, 1_000_000_000)
def test_an_exact_share_is_judged_as_whole_numbers_judge_it(part, whole):
    expected = "at or above" if part * 1000 >= whole else "below"
    assert answer(exact(part), exact(whole), FLOOR) == expected


@given(PART, PART, WHOLE, WHOLE)
def test_an_interval_is_judged_as_all_its_corners_are(low, more, small, wider):
    part, whole = (
        Bounds(Fraction(low), Fraction(low + more)),
        Bounds(Fraction(small), Fraction(small + wider)),
    )
    corners = {p * 1000 >= w for p in (low, low + more) for w in (small, small + wider)}
    expected = {(True,): "at or above", (False,): "below"}.get(tuple(corners), "cannot be shown")
    assert answer(part, whole, FLOOR) == expected


def test_an_unknown_end_leaves_the_answer_open():
    unknown = Bounds(Fraction(0), None)
    assert answer(unknown, exact(1000), FLOOR) == "cannot be shown"
    assert answer(exact(1), unknown, FLOOR) == "cannot be shown"
    assert answer(Bounds(Fraction(1), None), exact(1000), FLOOR) == "at or above"
    assert answer(Bounds(Fraction(0), Fraction(99)), Bounds(Fraction(100_000), None), FLOOR) == "below"


def test_nothing_is_below_in_a_whole_of_any_size():
    assert answer(exact(0), Bounds(Fraction(0), None), FLOOR) == "below"
    assert ends(exact(0), Bounds(Fraction(0), None)) == (0, 0)


def test_ends_are_exact():
    assert ends(Bounds(Fraction(1), Fraction(2)), exact(3)) == (Fraction(1, 3), Fraction(2, 3))
    assert ends(Bounds(Fraction(1), Fraction(2)), Bounds(Fraction(0), None)) == (0, None)


def test_percent_never_rounds_onto_the_line():
    assert percent(Fraction(1, 1000)) == "0.1 %"
    assert percent(Fraction(9999, 10_000_000)) == "0.09999 %"
    assert percent(Fraction(1, 1000) - Fraction(1, 3 * 10**12)) == "about 0.0999999999667 %"
    assert percent(Fraction(0)) == "0 %"
    assert percent(Fraction(200, 3)) == "about 6666.67 %"


@given(st.decimals(min_value=0, max_value=10**9, places=9))
def test_plain_decimals_lose_nothing(number):
    shown = plain(Fraction(number))
    assert shown is not None
    assert Fraction(shown) == Fraction(number)
