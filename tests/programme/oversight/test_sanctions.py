from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from xenotime.programme.oversight.sanctions import STEPS, next_step, thresholds

DUE = date(2027, 2, 15)


def test_reminders_are_counted_by_the_thresholds_reached():
    days = [40, 30, 8, 7, 2, 1, 0, -5]
    assert [thresholds(DUE, DUE - timedelta(days=d), (30, 7, 1)) for d in days] == [0, 1, 1, 2, 2, 3, 3, 3]


def test_nothing_happens_up_to_the_day_itself():
    assert next_step(DUE, None, 0, DUE, STEPS, 30) == 0
    assert next_step(DUE, None, 0, DUE + timedelta(days=1), STEPS, 30) == 1


@given(st.lists(st.integers(0, 400), max_size=30), st.integers(1, 60))
def test_steps_rise_by_one_and_stand_as_long_as_the_profile_says(days, gap):
    reached, stepped = 0, None
    for number in sorted(days):
        on = DUE + timedelta(days=number)
        after = next_step(DUE, stepped, reached, on, STEPS, gap)
        assert reached <= after <= min(reached + 1, len(STEPS))
        if after > reached:
            assert on > DUE
            assert stepped is None or (on - stepped).days >= gap
            stepped = on
        reached = after
