from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xenotime.core.errors import InputError
from xenotime.parties.own import Held, Holding, held, holdings_on


def links(*rows):
    return [Holding(owner, owned, None if share is None else Decimal(share)) for owner, owned, share in rows]


def truth(holdings, restricted, party="target"):
    return held([party], holdings, restricted)[party].truth


@pytest.mark.parametrize(
    ("share", "answer"),
    [("49.999999999999999999999", False), ("50", True), ("60", True), ("100", True), (None, None)],
)
def test_half_is_the_line_and_an_unknown_share_is_unknown(share, answer):
    assert truth(links(("listed", "target", share)), {"listed": True}) is answer


def test_shares_of_several_listed_owners_add_up():
    pair = links(("a", "target", "30"), ("b", "target", "20"))
    assert (
        truth(pair, {"a": True, "b": True}),
        truth(pair, {"a": True}),
        truth(pair, {"a": True, "b": None}),
    ) == (
        True,
        False,
        None,
    )


def test_a_tier_passes_its_whole_share_on_and_nothing_below_half():
    chain = links(("listed", "middle", "50"), ("middle", "target", "50"))
    assert truth(chain, {"listed": True}) is True
    broken = links(("listed", "middle", "49"), ("middle", "target", "100"))
    assert truth(broken, {"listed": True}) is False


def test_a_ring_of_owners_restricts_nobody_by_itself():
    ring = links(("a", "b", "60"), ("b", "a", "60"), ("b", "target", "60"))
    assert truth(ring, {}) is False
    assert truth([*ring, *links(("listed", "a", "50"))], {"listed": True}) is True


def test_what_others_are_known_to_hold_bounds_an_unknown_share():
    known = links(("listed", "target", None), ("civil", "target", "50.1"))
    assert held(["target"], known, {"listed": True})["target"] == Held(
        "target", False, Decimal(0), Decimal("49.9"), ("listed",)
    )
    assert truth(links(("listed", "target", None), ("civil", "target", "50")), {"listed": True}) is None


def test_a_listed_party_is_not_held_by_its_own_listing():
    assert truth([], {"target": True}) is False


def test_holdings_have_days():
    first, last = date(2026, 1, 1), date(2026, 6, 30)
    holding = Holding("listed", "target", Decimal(60), first, last)
    days = (date(2025, 12, 31), first, last, date(2026, 7, 1))
    assert [len(holdings_on([holding], day)) for day in days] == [0, 1, 1, 0]
    assert holdings_on([Holding("a", "b", None)], first) == (Holding("a", "b", None),)


def test_a_share_outside_a_percentage_is_refused():
    with pytest.raises(InputError) as caught:
        held(["target"], links(("listed", "target", "100.1")), {})
    assert caught.value.problem.where == "listed holds target"


NAMES = st.sampled_from("abcde")
ROWS = st.lists(st.tuples(NAMES, NAMES, st.one_of(st.none(), st.integers(0, 100))), max_size=8)


@given(ROWS, st.integers(0, 100))
def test_a_known_share_never_contradicts_the_answer_for_an_unknown_one(rows, share):
    """Filling in a share moves unknown to true or false, and leaves true and false alone."""
    restricted = {"a": True, "b": None}
    before = held("abcde", links(*rows), restricted)
    filled = [(o, t, share if s is None else s) for o, t, s in rows]
    totals = {t: sum(s for _, u, s in filled if u == t) for _, t, _ in filled}
    if any(total > 100 for total in totals.values()):
        return
    after = held("abcde", links(*filled), restricted)
    assert [p for p in "abcde" if before[p].truth is not None and after[p].truth is not before[p].truth] == []
