from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from xenotime.parties.owners.cascade import resolve
from xenotime.parties.owners.doubts import MOST, percent
from xenotime.parties.owners.holding import Body
from xenotime.parties.owners.rule import Listing

DAY = date(2026, 6, 1)
X = {"X": True}


@pytest.fixture
def flags(rule):
    def of(data, listed=X, rule=rule, party="A"):
        held = resolve(data, rule, listed, DAY, [party]).held[party]
        return [(w.kind, w.other, w.holding) for w in held.warnings]

    return of


@pytest.fixture
def wants(rule):
    def of(data, listed=X, rule=rule, party="A"):
        held = resolve(data, rule, listed, DAY, [party]).held[party]
        return [(m.kind, m.body, m.holding) for m in held.missing]

    return of


@pytest.mark.parametrize(
    ("share", "text"),
    [("1/2", "50 %"), ("4999/10000", "49.99 %"), ("1/3", "100/3 %"), ("0", "0 %"), ("1/10000", "0.01 %")],
)
def test_a_percentage_is_exact(share, text):
    assert percent(Fraction(share)) == text


def test_control_and_votes_warn_and_only_of_owners_that_count(build, flags):
    data = build(
        "X 1 A",
        "X 1 A",
        "C 1 A",
        "C 100% A",
        h0={"kind": "control"},
        h1={"kind": "votes"},
        h2={"kind": "control"},
    )
    assert flags(data) == [("control", "X", "h0"), ("votes", "X", "h1")]


def test_a_minority_stake_is_a_red_flag_and_a_majority_is_no_more(build, flags):
    assert flags(build("X 35% A", "C 65% A")) == [("minority", "X", "h0")]
    assert flags(build("X 65% A", "C 35% A")) == []


def test_an_undeclared_remainder_that_could_matter_is_told(build, flags):
    assert flags(build("X 35% A", "C 50.1% A")) == [("minority", "X", "h0")]
    assert flags(build("X 35% A", "C 50% A")) == [("minority", "X", "h0"), ("remainder", "A", "")]
    assert flags(build("A 10% B")) == [("remainder", "A", "")]


def test_what_is_declared_for_nobody_further_up_is_told_where_it_could_matter(build, flags):
    rows = ("X 40% B", "B 60% A", "C 40% A")
    assert flags(build(*rows)) == [("remainder", "B", "")]
    assert flags(build(*rows, "C 60% B")) == []
    assert flags(build(*rows, "C 50.1% B")) == []
    assert flags(build("C 40% B", "B 60% A", "C 40% A", bodies=["X"])) == []
    assert flags(build("X 40% B", "B 60% C", "D 40% C", "C 60% A", "D 40% A")) == [("remainder", "B", "")]
    assert flags(build("X 40% B", "B 40% A", "C 60% A")) == []


def test_owner_by_owner_each_one_may_reach_through_what_is_declared_for_nobody(build, flags, rule):
    data = build("X 40% B", "Y 40% C", "C 60% A", "D 40% A")
    each = replace(rule, aggregate="per_owner")
    assert flags(data, {"X": True, "Y": True}, each) == [("remainder", "C", "")]


def test_where_nothing_is_passed_on_nothing_further_up_matters(build, flags, rule):
    data = build("X 40% B", "B 60% A", "C 40% A")
    assert flags(data, rule=replace(rule, cascade=False)) == []


def test_an_owner_that_is_on_a_list_only_by_a_branch_is_told(build, flags):
    data = build("P 60% A", "C 40% A", branches={"X": "P"})
    assert flags(data) == [("branch", "X", "")]
    assert flags(data, {"X": True, "P": True}) == []
    assert flags(data, party="P") == [("branch", "X", ""), ("remainder", "P", "")]


def test_a_listed_nominee_is_told(build, flags):
    data = build("X 100% A", bodies=["C"], h0={"kind": "nominee", "holds_for": "C"})
    assert flags(data) == [("nominee", "X", "h0")]


def test_a_branch_a_contradiction_and_a_spared_country_are_told(build, flags, rule):
    assert flags(build(branches={"A": "X"}, bodies=["X"])) == [("branch", "X", ""), ("remainder", "X", "")]
    assert flags(build("X 60% A", "C 60% A"))[0] == ("contradiction", "A", "")
    spares = replace(rule, spares=("US",))
    assert flags(build("X 60% A", "C 40% A", countries={"A": "US"}), rule=spares)[0] == ("spared", "A", "")
    assert flags(build("X 60% A", "C 40% A"), rule=spares) == [("country", "A", "")]
    assert flags(build("X 10% A", "C 90% A", countries={"A": "US"}), rule=spares) == [("minority", "X", "h0")]


def test_a_known_owner_with_an_unknown_share_is_to_be_settled_where_the_rule_says_so(build, flags, rule):
    strict = replace(rule, unknown_share="resolve")
    assert flags(build("X ? A"), rule=strict) == [("unknown_share", "X", "h0")]
    assert flags(build("X 10..30% A", "C ? A"), rule=strict) == [("minority", "X", "h0")]
    assert flags(build("X ? A"), {"X": None}, strict) == []


def test_what_is_missing_is_named_from_near_to_far(build, wants):
    data = build("B 30..60% A", "C 10..20% A", "M 60% B", "N 20% B", h3={"kind": "nominee"})
    assert wants(data, {"M": None}) == [
        ("share", "B", "h0"),
        ("share", "C", "h1"),
        ("beneficiary", "N", "h3"),
        ("near_miss", "M", ""),
    ]


@pytest.mark.parametrize(
    ("doubt", "kind"),
    [("", "near_miss"), ("name", "near_miss"), ("state", "listing"), ("class", "programme")],
)
def test_what_is_open_about_a_listing_is_what_is_asked(build, rule, doubt, kind):
    listings = {"M": [Listing("list/1", "kind", None, doubt)]}
    held = resolve(build("M 60% A", "C 40% A"), rule, {"M": None}, DAY, ["A"], listings).held["A"]
    assert [(m.kind, m.body) for m in held.missing] == [(kind, "M")]


def test_an_unknown_owner_and_a_contradiction_are_missing_facts_too(build, wants):
    data = build("ghost 60% A", "C 60% A")
    bare = replace(data, bodies=(*(b for b in data.bodies if b.id != "ghost"), Body("ghost", "")))
    assert wants(bare, {}) == [("contradiction", "A", ""), ("owner", "ghost", "")]


def test_a_settled_answer_misses_nothing(build, wants):
    assert wants(build("X 60% A", "Y ? A"), {"X": True, "Y": None}) == []
    assert wants(build("X 10% A", "C 60% A", "Y ? A"), {"X": True, "Y": None}) == []


def test_of_very_many_missing_facts_the_nearest_are_named(build, wants):
    owners = [f"M{n}" for n in range(60)]
    got = wants(build(*(f"{m} ? A" for m in owners)), dict.fromkeys(owners))
    assert (len(got), got[0], got[-1][0]) == (MOST + 1, ("share", "M0", "h0"), "more")
