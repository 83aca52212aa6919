from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xenotime.core.errors import InputError, StateError
from xenotime.programme.shipping.draw import (
    Line,
    Move,
    allow,
    ending,
    ends,
    mending,
    moves,
    proper,
    shares,
    undoing,
)
from xenotime.programme.shipping.quota import EFFECTS, Cap, Draw, Reservation, Shortfall

AT = datetime(2026, 11, 22, tzinfo=UTC)
DY = Draw("Dy", 5, "O1", "", "DE", "", "", 2026)
TB = Draw("Tb", 2, "O1", "", "DE", "", "", 2026)
HELD = (Line("A", "Dy", 0, "reserve", 5), Line("A", "Tb", 0, "reserve", 2), Line("B", "Dy", 0, "reserve", 5))


def test_draws_have_a_line_under_each_cap_that_fits():
    assert shares([DY, TB], [Cap("A", 9, organisation="O1"), Cap("B", 9, element="Dy")]) == (HELD, ())


def test_two_elements_share_one_cap():
    lines, short = shares([DY, TB], [Cap("A", 6)])
    assert short == (Shortfall("A", 7, 6, 6),)
    assert sum(line.grams for line in lines) == 7


def test_a_settlement_has_a_line_for_what_ends_and_one_for_the_rest():
    assert ending("R", "commit", HELD, {"Dy": 3}) == (
        Line("A", "Dy", 1, "commit", 3), Line("A", "Dy", 2, "release", 2), Line("A", "Tb", 1, "commit", 2),
        Line("B", "Dy", 1, "commit", 3), Line("B", "Dy", 2, "release", 2),
    )  # fmt: skip
    assert ending("R", "commit", HELD, {"Dy": 0, "Tb": 0}) == tuple(
        Line(line.cap, line.element, 2, "release", line.grams) for line in HELD
    )


@given(st.integers(0, 5), st.integers(0, 2), st.sampled_from(["commit", "release", "expire"]))
def test_every_settlement_frees_exactly_what_was_held(dy, tb, kind):
    made = ending("R", kind, HELD, {"Dy": dy, "Tb": tb} if kind == "commit" else {})
    assert {m.cap: m.held for m in moves(made)} == {"A": -7, "B": -5}
    assert {m.cap: m.used for m in moves(made)} == (
        {"A": dy + tb, "B": dy} if kind == "commit" else {"A": 0, "B": 0}
    )


@given(st.lists(st.tuples(st.sampled_from(["Dy", "Tb"]), st.integers(-5, 9)), max_size=6))
def test_a_reversal_takes_back_whatever_was_used(corrections):
    lines = [*HELD, *ending("R", "commit", HELD, {})]
    for element, grams in corrections:
        try:
            lines += mending("R", element, grams, lines)
        except StateError:
            continue
    lines += undoing(lines)
    assert len({(x.cap, x.element, x.turn) for x in lines}) == len(lines)
    assert all((m.held, m.used) == (0, 0) for m in moves(lines))


def test_turns_never_meet():
    lines = [*HELD, *ending("R", "commit", HELD, {"Dy": 3})]
    more = mending("R", "Dy", 1, lines)
    assert [line.turn for line in more] == [3, 3]
    assert [line.turn for line in undoing([*lines, *more])] == [4, 3, 4]


def test_moves_are_in_the_order_of_locks():
    assert [m.cap for m in moves(reversed(HELD))] == ["A", "B"]
    assert moves([]) == ()
    assert moves([Line("A", "", 1, "bound", 9)]) == (Move("A", 0, 0),)


def test_every_kind_of_entry_has_an_effect():
    assert set(EFFECTS) == set("reserve commit release expire correct reverse bound".split())


@pytest.mark.parametrize(
    ("state", "kind", "after", "right"),
    [
        ("open", "commit", -1, True), ("open", "commit", 0, False), ("open", "expire", -1, False),
        ("open", "expire", 0, True), ("open", "release", -1, True), ("open", "release", 9, True),
        ("open", "reverse", -1, False), ("commit", "reverse", 9, True), ("commit", "commit", -1, False),
        ("commit", "release", -1, False), ("release", "expire", 9, False), ("expire", "commit", -1, False),
        ("reverse", "reverse", -1, False),
    ],
)  # fmt: skip
def test_every_way_to_end(state, kind, after, right):
    held = Reservation("R", (DY,), AT, AT + timedelta(hours=1), "A", "K", state)
    at = held.expires + timedelta(seconds=after)
    if right:
        allow(held, kind, at)
    else:
        with pytest.raises(StateError):
            allow(held, kind, at)


@pytest.mark.parametrize(("name", "key"), [("", "K"), ("R", ""), ("R" * 201, "K"), ("R", "K" * 201)])
def test_ids_and_keys_have_a_length(name, key):
    with pytest.raises(InputError):
        proper(name, [DY], AT, AT + timedelta(hours=1), key)


def test_a_settlement_needs_a_key():
    with pytest.raises(InputError):
        ends("R", "commit", "")
