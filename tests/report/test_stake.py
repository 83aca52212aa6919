from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from xenotime.report.stake import between, exact, percent, seen


@given(st.text())
def test_what_is_seen_is_one_line_of_visible_signs(text):
    shown = seen(text)
    assert shown.isprintable() or all(c.isprintable() or c in "\u200c\u200d" for c in shown)
    assert seen(shown) == shown


def test_a_turned_name_is_shown_as_written_with_its_trick_visible():
    assert seen("Fern\u202elli\u202c") == "Fern�lli�"
    assert seen("شرکت\u200cها") == "شرکت\u200cها"


def test_a_tie_is_never_rounded_away():
    shares = [Fraction(1, 2), Fraction(4999999, 10000000), Fraction(1, 2) - Fraction(1, 3 * 10**7)]
    assert [percent(share) for share in shares] == ["50 %", "49.99999 %", "≈49.999997 %"]
    assert exact(shares[1], shares[0]) == "4999999/10000000 … 1/2"


def test_every_kind_of_interval_has_its_own_spelling():
    third, half = Fraction(1, 3), Fraction(1, 2)
    cases = [(third, third), (third, half), (Fraction(0), half), (third, None), (Fraction(0), None)]
    assert [between(low, high) for low, high in cases] == [
        "≈33.33 %",
        "≈33.33–50 %",
        "≤ 50 %",
        "≥ ≈33.33 %",
        "? %",
    ]
