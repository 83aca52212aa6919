from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from xenotime.programme.shipping.quota import (
    Cap,
    Draw,
    Entry,
    Fault,
    Shortfall,
    Sum,
    check,
    fold,
    short,
    short_zh,
)

AT = datetime(2026, 11, 22, tzinfo=UTC)
DRAW = Draw("Dy", 5, "O1", "S1", "DE", "C1", "L1", 2026)


def entry(number, kind, grams, reservation="R1", cap="C", element="Dy"):
    return Entry(number, kind, reservation, cap, grams, AT, "A", f"K{number}", element=element)


BOUND = entry(1, "bound", 10, "", element="")


def faults(*entries, **counters):
    wanted = {"grams": 10, "held": 0, "used": 0} | counters
    return [(f.rule, f.entry) for f in check([Cap("C", element="Dy", **wanted)], entries)]


@pytest.mark.parametrize(
    ("levels", "fits"),
    [
        ({}, True),
        ({"element": "Dy", "year": 2026}, True),
        ({"element": "Tb"}, False),
        ({"organisation": "O1", "site": "S1", "country": "DE", "certificate": "C1", "licence": "L1"}, True),
        ({"organisation": "O2"}, False),
        ({"site": "S2"}, False),
        ({"country": "FR"}, False),
        ({"certificate": "C2"}, False),
        ({"licence": "L2"}, False),
        ({"year": 2027}, False),
    ],
)
def test_a_cap_binds_what_fits_all_its_levels(levels, fits):
    assert Cap("C", 10, **levels).fits(DRAW) is fits


@pytest.mark.parametrize(
    ("cap", "free", "excess"),
    [
        (Cap("C", 10, held=3, used=4), 3, 0),
        (Cap("C", 10, held=6, used=4), 0, 0),
        (Cap("C", 10, held=6, used=5), 0, 1),
        (Cap("C", 10, held=1, closed=True), 0, 1),
    ],
)
def test_what_is_free_and_what_lies_above(cap, free, excess):
    assert (cap.free, cap.excess) == (free, excess)


@pytest.mark.parametrize(
    ("kinds", "held", "used"),
    [
        ("reserve", 4, 0),
        ("reserve commit", 0, 4),
        ("reserve release", 0, 0),
        ("reserve expire", 0, 0),
        ("reserve commit correct", 0, 8),
        ("reserve commit reverse", 0, 0),
    ],
)
def test_the_fold_adds_up(kinds, held, used):
    made = [BOUND, *(entry(n, kind, 4) for n, kind in enumerate(kinds.split(), 2))]
    assert fold(made) == {"C": Sum(held, used, 10)}
    assert faults(*made, held=held, used=used) == []


def test_a_rise_past_the_bound_is_found_at_its_entry():
    assert faults(BOUND, entry(2, "reserve", 10), entry(3, "reserve", 1, "R2"), held=11) == [
        ("over the cap", 3)
    ]
    rise = (BOUND, entry(2, "reserve", 9), entry(3, "commit", 9), entry(4, "correct", 2))
    assert faults(*rise, used=11) == [("over the cap", 4)]


def test_a_bound_under_what_is_used_is_no_fault_but_a_rise_after_it_is():
    lowered = entry(3, "bound", 2, "", element="")
    low = (BOUND, entry(2, "reserve", 9), lowered, entry(4, "commit", 9))
    assert faults(*low, grams=2, used=9) == []
    assert faults(*low, entry(5, "correct", 1), grams=2, used=10) == [("over the cap", 5)]


def test_a_closed_cap_allows_nothing():
    shut = entry(2, "bound", 0, "", element="")
    assert faults(BOUND, shut, closed=True) == []
    assert faults(BOUND, shut, entry(3, "reserve", 1), closed=True, held=1) == [("over the cap", 3)]


def test_what_is_freed_twice_or_held_twice_is_found():
    held = (BOUND, entry(2, "reserve", 2), entry(3, "release", 2))
    assert faults(*held, entry(4, "expire", 2), held=-2) == [("below nothing", 4), ("freed twice", 4)]
    assert faults(BOUND, entry(2, "reserve", 2), entry(3, "reserve", 2), held=4) == [("reserved twice", 3)]


def test_what_lacks_an_amount_is_found():
    assert faults(BOUND, entry(2, "reserve", 0)) == [("no amount", 2)]


def test_counters_that_say_otherwise_are_found():
    says = "the counters say Sum(held=4, used=0, bound=10), the entries Sum(held=5, used=0, bound=10)"
    made = (BOUND, entry(2, "reserve", 5))
    assert check([Cap("C", 10, held=4)], made) == (Fault("counter", 0, "C", says),)
    assert faults(BOUND, grams=11) == [("counter", 0)]
    assert check([], made) == (Fault("counter", 0, "C", "entries of a cap that is not there"),)


def test_entries_are_taken_in_the_order_of_their_ids():
    made = [entry(3, "commit", 4), BOUND, entry(2, "reserve", 4)]
    assert faults(*made, used=4) == []


def test_the_same_element_under_two_caps_is_two_holds():
    made = [BOUND, replace(BOUND, id=2, cap="D"), entry(3, "reserve", 4), entry(4, "reserve", 4, cap="D")]
    assert check([Cap("C", 10, held=4), Cap("D", 10, held=4)], made) == ()


def test_a_shortfall_is_said_in_both_languages():
    none = Shortfall("", 7, 0, 0, "Dy")
    assert short(none) == "no cap gives Dy: 7 g asked, nothing is free"
    assert short_zh(none) == "没有适用于 Dy 的额度：申请 7 克，可用 0 克"
