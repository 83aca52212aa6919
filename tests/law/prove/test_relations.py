from __future__ import annotations

from datetime import date

import pytest


def pair(small, first, second, **more):
    names = small.predicates(one=first, two=second)
    return small.notice(
        "user/x",
        small.article("1", "one"),
        small.article("2", "two", answer="report", **more),
        predicates=names,
    )


@pytest.mark.parametrize(
    ("first", "second", "row"),
    [
        ("metal", "civil", {"metal": True}),
        ("metal", "NOT civil", {"metal": True, "civil": False}),
        ("kind IN ('oxide', 'tool')", "kind <> 'oxide'", {"kind": "tool"}),
        ("heat > 5", "heat < 7", {"heat": 6}),
        (
            "part * 1000 >= whole",
            "part * 1000 <= whole AND part > 0",
            {"part": (10_000, 10_000), "whole": (10_000_000,) * 2},
        ),
    ],
)
def test_an_overlap_is_found_with_the_smallest_shipment(ask, small, first, second, row):
    (found,) = ask("overlaps", pair(small, first, second))
    assert (found.kind, found.at, found.id) == (
        "overlap",
        ("user/x/1", "user/x/2"),
        "overlap-user-x-1-user-x-2",
    )
    (witness,) = found.witnesses
    assert (witness.row, witness.on, witness.known) == (row, date(2021, 1, 1), date(2030, 1, 1))
    assert witness.holds == {"user/x/1": True, "user/x/2": True}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("metal", "NOT metal"),
        ("heat > 5", "heat <= 5"),
        ("part * 1000 >= whole", "part * 1000 < whole"),
        ("\\\"to\\\" = 'DE'", "\\\"to\\\" = 'FR'"),
    ],
)
def test_rules_that_cannot_both_hold_do_not_overlap(ask, small, first, second):
    assert ask("overlaps", pair(small, first, second)) == []


@pytest.mark.parametrize("relation", ["unless", "alongside", "conflicts"])
def test_a_declared_relation_is_no_overlap(ask, small, relation):
    assert ask("overlaps", pair(small, "metal", "civil", **{relation: '["1"]'})) == []


def test_what_no_shipment_can_be_is_no_overlap(ask, small):
    text = pair(small, "part > whole", "metal")
    assert [f.kind for f in ask("overlaps", text)] == ["overlap"]
    limits = '[never.part]\nwhen = "part > whole"\nsays = "a part is worth no more than the whole"\n'
    assert ask("overlaps", text, premises=limits) == []


def test_an_overlap_of_one_day_in_one_branch_only(ask, small):
    hinges = (
        "\n  - {id: user/x.h, day: 2022-01-01, branches: {extended: suspended, revived: in_force}, "
        'default: extended, asks: "?", check: nowhere}'
    )
    first = "[{in_force: 2020-06-01}, {suspended: 2020-07-01, through: 2021-12-31, hinge: user/x.h}]"
    second = "[{in_force: 2022-05-05}, {repealed: 2022-05-06}]"
    rules = (
        small.article("1", "one", events=first),
        small.article("2", "one", answer="report", events=second),
    )
    names = small.predicates(one="metal")
    (found,) = ask("overlaps", small.notice("user/x", *rules, predicates=names, hinges=hinges))
    (witness,) = found.witnesses
    assert (witness.on, witness.branches) == (date(2022, 5, 5), {"user/x.h": "revived"})


def test_an_exception_that_never_bites(ask, small):
    names = small.predicates(one="kind = 'oxide'", two="kind = 'magnet'")
    rules = (small.article("1", "one", unless='["2"]'), small.article("2", "two", answer="report"))
    (found,) = ask("exceptions", small.notice("user/x", *rules, predicates=names))
    assert (found.kind, found.at) == ("idle_exception", ("user/x/1", "user/x/2"))
    assert found.witnesses[0].row == {"kind": "oxide"}
    assert found.witnesses[0].holds == {"user/x/1": True, "user/x/2": False}
    bites = small.predicates(one="kind = 'oxide'", two="metal")
    assert ask("exceptions", small.notice("user/x", *rules, predicates=bites)) == []


def test_a_relation_that_never_applies(ask, small):
    (found,) = ask("relations", pair(small, "metal", "NOT metal", alongside='["1"]'))
    assert (found.kind, found.at) == ("idle_relation", ("user/x/2", "user/x/1"))
    assert ask("relations", pair(small, "metal", "civil", alongside='["1"]')) == []
