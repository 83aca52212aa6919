from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xenotime.core.errors import StateError
from xenotime.programme.trust.certificate import Certificate, Change, Scope
from xenotime.programme.trust.standing import kept_at, moved, state_at

AT = datetime(2026, 11, 21, 9, tzinfo=UTC)
MADE = Certificate(
    "XC-1", "XC-1", "EU", "civil", "active", Scope((), (), {}, ()),
    date(2026, 11, 21), date(2027, 11, 20), AT, "C",
    changes=(Change("active", AT, "approver:A", "issued"),),
)  # fmt: skip


@pytest.mark.parametrize(
    ("at", "state"),
    [
        (AT - timedelta(days=1), "not_yet"),
        (AT, "active"),
        (datetime(2027, 11, 20, 23, tzinfo=UTC), "active"),
        (datetime(2027, 11, 21, 0, tzinfo=UTC), "expired"),
    ],
)
def test_both_end_days_count(at, state):
    assert state_at(MADE, at) == state


def test_a_day_and_an_instant_agree_on_what_was_revoked():
    gone = moved(MADE, "revoke", AT + timedelta(hours=1), "approver:A", "why")
    ends = (date(2026, 11, 20), date(2026, 11, 21), date(2027, 11, 21))
    assert [gone.state_on(day) for day in ends] == ["not_yet", "revoked", "revoked"]
    assert [MADE.state_on(day) for day in ends] == ["not_yet", "active", "expired"]


def test_a_suspension_counts_from_its_instant_on():
    later = AT + timedelta(hours=3)
    after = moved(MADE, "suspend", later, "officer:B", "why")
    assert (state_at(after, later - timedelta(seconds=1)), state_at(after, later)) == ("active", "suspended")


def test_a_revocation_goes_before_expiry_and_cannot_be_undone_here():
    gone = moved(MADE, "revoke", AT, "approver:A", "why")
    assert state_at(gone, AT + timedelta(days=900)) == "revoked"
    with pytest.raises(StateError):
        moved(gone, "reinstate", AT + timedelta(days=1), "approver:A", "why")


def test_an_announced_revocation_counts_later_also_through_a_suspension():
    day = AT + timedelta(days=40)
    announced = moved(MADE, "revoke", AT, "approver:A", "why", counts=day)
    assert (announced.state, kept_at(announced, day)) == ("active", "revoked")
    paused = moved(announced, "suspend", AT + timedelta(days=1), "officer:B", "why")
    assert (paused.state, state_at(paused, day)) == ("suspended", "revoked")
    assert [c.at for c in paused.changes] == sorted(c.at for c in paused.changes)


@given(
    st.lists(st.tuples(st.sampled_from(["suspend", "reinstate", "revoke"]), st.integers(0, 50)), max_size=8)
)
def test_whatever_is_tried_the_state_is_that_of_the_last_change_and_revoked_is_the_end(acts):
    made, now = MADE, AT
    for act, hours in acts:
        now += timedelta(hours=hours)
        before = kept_at(made, now)
        try:
            made = moved(made, act, now, "x", "why")
        except StateError:
            assert kept_at(made, now) == before
        assert made.state == made.changes[-1].state == kept_at(made, now)
        assert not (before == "revoked" and made.state != "revoked")
