from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from xenotime.programme.trust.roll import Roll


@given(st.lists(st.tuples(st.integers(0, 20), st.booleans())))
def test_a_roll_holds_what_was_set_last_in_order_and_once(turns):
    roll, kept = Roll("revocation"), {}
    for place, on in turns:
        roll, kept[place] = roll.with_place(place, on=on), on
    assert roll.places == tuple(sorted(p for p, on in kept.items() if on))
