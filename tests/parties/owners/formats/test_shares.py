from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xenotime.parties.owners.formats.shares import OPEN, Share, bounds, joined, number, share

READ = {
    "50%": (Fraction(1, 2), Fraction(1, 2)),
    "50 %": (Fraction(1, 2), Fraction(1, 2)),
    "５０％": (Fraction(1, 2), Fraction(1, 2)),
    "50 percent": (Fraction(1, 2), Fraction(1, 2)),
    "33,3": (Fraction(333, 1000), Fraction(333, 1000)),
    "0.5": (Fraction(1, 200), Fraction(1, 200)),
    "100": (Fraction(1), Fraction(1)),
    "0": (Fraction(0), Fraction(0)),
    "49.9 - 51": (Fraction(499, 1000), Fraction(51, 100)),
    "25–50 %": (Fraction(1, 4), Fraction(1, 2)),
    "25 to 50%": (Fraction(1, 4), Fraction(1, 2)),
    "between 25 and 50": (Fraction(1, 4), Fraction(1, 2)),
    "ownership-of-shares-75-to-100-percent": (Fraction(3, 4), Fraction(1)),
    "more than 25% but not more than 50%": (Fraction(1, 4), Fraction(1, 2)),
    "over 25 up to 50": (Fraction(1, 4), Fraction(1, 2)),
    "> 50": (Fraction(1, 2), Fraction(1)),
    ">=50%": (Fraction(1, 2), Fraction(1)),
    "at least 50": (Fraction(1, 2), Fraction(1)),
    "75 or more": (Fraction(3, 4), Fraction(1)),
    "75%+": (Fraction(3, 4), Fraction(1)),
    "up to 10": (Fraction(0), Fraction(1, 10)),
    "< 50": (Fraction(0), Fraction(1, 2) - OPEN),
    "less than 50 %": (Fraction(0), Fraction(1, 2) - OPEN),
    "25% or more but less than 50%": (Fraction(1, 4), Fraction(1, 2) - OPEN),
    "mehr als 25 bis 50": (Fraction(1, 4), Fraction(1, 2)),
    "持股比例50%": (Fraction(1, 2), Fraction(1, 2)),
    "不低于51%": (Fraction(51, 100), Fraction(1)),
    "25%至50%": (Fraction(1, 4), Fraction(1, 2)),
    "50%以上": (Fraction(1, 2), Fraction(1)),
    "(50%)": (Fraction(1, 2), Fraction(1, 2)),
}
NOT_READ = (
    *(
        "about 50",
        "ca. 50 %",
        "half",
        "majority",
        "",
        "%",
        "50/50",
        "1/2",
        "50 51 52",
        "fifty",
        "n/a",
        "50 €",
    ),
    *("1.2.3", "50 50%%x", "1,234,567", "٥٠" * 80, "5" * 60),
)


@pytest.mark.parametrize("text", READ)
def test_a_share_is_read_as_percent_exactly(text):
    assert (share(text).low, share(text).high, share(text).odd) == (*READ[text], "")


@pytest.mark.parametrize("text", NOT_READ)
def test_what_is_vague_is_not_read(text):
    assert share(text) == Share(odd="a share that cannot be read")


@pytest.mark.parametrize(
    ("text", "odd"),
    [
        ("-5", "a negative share"),
        ("- 5 %", "a negative share"),
        ("100.01", "a share over 100 percent"),
        ("20-120", "a share over 100 percent"),
        ("60 - 40", "a least share above the greatest"),
    ],
)
def test_a_share_that_cannot_be_is_unknown_and_says_why(text, odd):
    assert share(text) == Share(odd=odd)


def test_an_excluded_bound_never_reaches_the_threshold_and_loses_no_whole_share():
    below = bounds(Fraction(0), Fraction(50), below=True).high
    assert below < Fraction(1, 2)
    shares = 10**18 + 1
    assert Fraction(shares // 2, shares) < below
    assert bounds(Fraction(50), Fraction(50), above=True).odd == "a share between two equal bounds"


def test_several_shares_of_one_holding_are_held_together():
    assert joined([share("50"), share("60")]) == Share(Fraction(1, 2), Fraction(3, 5))
    assert joined([share("50"), Share()]) == Share(Fraction(0), None)


@pytest.mark.parametrize("text", ["1e999999999", "-1e-999999999", "NaN", "Infinity", "1_0x", "9" * 41, ""])
def test_a_number_out_of_reach_is_none(text):
    assert number(text) is None


@given(st.text(max_size=130))
def test_any_text_gives_bounds_inside_the_whole(text):
    found = share(text)
    assert 0 <= found.low <= (1 if found.high is None else found.high) <= 1


@given(st.decimals(0, 100, places=6))
def test_every_decimal_percentage_is_exact(percent):
    assert share(f"{percent}%") == Share(Fraction(percent) / 100, Fraction(percent) / 100)
