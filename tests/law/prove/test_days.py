from __future__ import annotations

from datetime import date

import pytest


def versions(small, ends, begins):
    old = small.notice(
        "user/old", small.article("1", "floor"), predicates=small.predicates(floor="part * 1000 >= whole")
    )
    new = small.notice(
        "user/new",
        small.article("1", "higher", "report", events=f"[{{in_force: {begins}}}]"),
        predicates=small.predicates(higher="part * 200 >= whole"),
        acts=f"[{{on: user/old, repealed: {ends}}}]",
    )
    return old, new


def test_a_hole_of_one_day_between_two_versions(ask, small):
    (found,) = ask("dates", *versions(small, "2022-03-01", "2022-03-02"))
    assert (found.kind, found.at) == ("hole", ("user/old/1", "user/new/1"))
    assert found.what == "2022-03-01: user/old/1 and user/new/1, which takes its place, both fail"
    assert found.witnesses[0].on == date(2022, 3, 1)
    assert found.witnesses[0].holds == {"user/old/1": False, "user/new/1": False}


def test_two_versions_on_one_day(ask, small):
    (found,) = ask("dates", *versions(small, "2022-03-01", "2022-02-28"))
    assert (found.kind, found.witnesses[0].on) == ("double", date(2022, 2, 28))
    assert found.witnesses[0].holds == {"user/old/1": True, "user/new/1": True}


def test_versions_that_meet(ask, small):
    assert ask("dates", *versions(small, "2022-03-01", "2022-03-01")) == []


@pytest.mark.parametrize(("day", "count"), [("2021-12-31", 1), ("2022-01-01", 0), ("2022-01-02", 1)])
def test_a_hinge_stands_on_the_day_after_its_suspension(ask, small, day, count):
    hinges = (
        f"\n  - {{id: user/x.h, day: {day}, branches: {{extended: suspended, revived: in_force}}, "
        'default: extended, asks: "?", check: nowhere}'
    )
    past = "[{in_force: 2020-06-01}, {suspended: 2020-07-01, through: 2021-12-31, hinge: user/x.h}]"
    rule = small.article("1", "one", events=past)
    found = ask(
        "dates", small.notice("user/x", rule, predicates=small.predicates(one="metal"), hinges=hinges)
    )
    assert [f.kind for f in found] == ["misdated"] * count


def test_an_article_that_is_repealed_and_comes_back(ask, small):
    events = "[{in_force: 2020-06-01}, {repealed: 2021-01-01}, {in_force: 2021-02-01}]"
    rule = small.article("1", "one", events=events)
    (found,) = ask("dates", small.notice("user/x", rule, predicates=small.predicates(one="metal")))
    assert (found.kind, found.what) == (
        "hole",
        "user/x/1 is repealed from 2021-01-01 and in force again from 2021-02-01",
    )
