from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xenotime.core.errors import InputError
from xenotime.programme.shipping.shipment import Item
from xenotime.programme.trust.certificate import Scope
from xenotime.programme.trust.scope import MOST, covers, grams, joined, lacking, read_scope, totals, words

FORM = {"sites": ["S1"], "items": "1C905", "grams": {"Dy": "7"}, "end_uses": "motors"}


@pytest.mark.parametrize(
    ("code", "held", "right"),
    [
        ("1C905.a.4", ["1C905"], True),
        ("1C905", ["1C905"], True),
        ("1C905", ["1C905.a"], False),
        ("1C9051", ["1C905"], False),
        ("1C905.a", [], False),
    ],
)
def test_a_code_is_covered_by_itself_and_by_what_it_lies_under(code, held, right):
    assert covers(code, held) is right


def test_totals_add_up_lines_and_leave_out_what_is_stated_absent():
    items = (Item("a", {"Dy": 3, "Tb": 0}), Item("b", {"Dy": 4}))
    assert totals(items) == {"Dy": 7}


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("a; b,c\nd", ("a", "b", "c", "d")),
        (["a", "a", " "], ("a",)),
        ([{"id": "x"}, {"id": ""}], ("x",)),
        (None, ()),
    ],
)
def test_words_of_a_form(given, found):
    assert words(given) == found


@pytest.mark.parametrize(
    "given",
    [
        {"Dy": 0},
        {"Dy": -1},
        {"Dy": MOST + 1},
        {"Dy": "1e3"},
        {"dy": 1},
        {"Dysp": 1},
        {"Dy": 1.0},
        {"Dy": True},
    ],
)
def test_what_is_no_amount_of_an_element_is_refused(given):
    with pytest.raises(InputError):
        grams(given, "form")


def test_a_whole_scope_is_read_and_a_part_of_one_refused():
    assert read_scope(FORM, "C-1") == Scope(("S1",), ("1C905",), {"Dy": 7}, ("motors",))
    for name in FORM:
        with pytest.raises(InputError, match=name):
            read_scope({k: v for k, v in FORM.items() if k != name}, "C-1")


def test_scopes_are_joined_and_grams_added():
    more = Scope(("S2",), ("1C904",), {"Dy": 1, "Tb": 2}, ("pumps",), ("FR",))
    both = joined(read_scope({**FORM, "countries": "DE"}, "C"), more)
    assert both == Scope(
        ("S1", "S2"), ("1C905", "1C904"), {"Dy": 8, "Tb": 2}, ("motors", "pumps"), ("DE", "FR")
    )


def test_a_scope_without_named_countries_stays_open_when_joined():
    assert joined(read_scope(FORM, "C"), Scope((), (), {}, (), ("FR",))).countries == ()


CODES = st.sampled_from(["1C905", "1C905.a", "1C905.a.4", "1C904", "2B902.b"])
AMOUNTS = st.dictionaries(st.sampled_from(["Dy", "Tb", "Nd"]), st.integers(1, 99), min_size=1)
SCOPES = st.builds(
    Scope, st.just(("S1",)), st.lists(CODES, max_size=3).map(tuple), AMOUNTS, st.just(("motors",))
)


@given(SCOPES, SCOPES, st.lists(st.builds(Item, CODES, AMOUNTS), min_size=1, max_size=4))
def test_a_wider_scope_lacks_nothing_more(one, other, items):
    before, after = lacking(one, items), lacking(joined(one, other), items)
    assert set(after[0]) <= set(before[0])
    assert set(after[1]) <= set(before[1])
