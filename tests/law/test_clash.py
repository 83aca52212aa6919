from __future__ import annotations

from datetime import date

import pytest

from xenotime.core.errors import ClashError
from xenotime.law.clash import check_clashes, suspects


@pytest.fixture
def pair(small):
    """A law of two rules under different conditions."""

    def build(first, second, **more):
        names = small.predicates(one=first, two=second)
        return small.law(
            small.notice(
                "user/x",
                small.article("1", "one"),
                small.article("2", "two", answer="report", **more),
                predicates=names,
            )
        )

    return build


@pytest.mark.parametrize(
    ("first", "second", "witness"),
    [
        ("metal", "civil", "civil=True, metal=True"),
        ("metal", "kind = 'tool'", "kind=tool, metal=True"),
        ("kind IN ('oxide', 'tool')", "kind <> 'oxide'", "kind=tool"),
        ("\\\"to\\\" <> 'DE'", "\\\"to\\\" <> 'FR'", "to=ZZ"),
        ("heat > 5", "heat < 7", "heat=6"),
        ("part * 10 >= whole", "metal", "metal=True, part=(0, 0), whole=(0, 0)"),
    ],
)
def test_two_rules_that_can_both_hold_clash(pair, first, second, witness):
    with pytest.raises(ClashError) as caught:
        check_clashes(pair(first, second))
    problem = caught.value.problem
    assert problem.where == "user/x/2 and user/x/1, question controlled, e.g. on 2021-01-01"
    assert problem.found == f"report against licence for {witness}"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("metal", "NOT metal"),
        ("kind = 'oxide'", "kind IN ('magnet', 'tool')"),
        ("heat > 5", "heat <= 5"),
        ("\\\"to\\\" = 'DE'", "\\\"to\\\" = 'FR'"),
        ("metal AND civil", "metal AND NOT civil"),
    ],
)
def test_two_rules_that_cannot_both_hold_pass(pair, first, second):
    law = pair(first, second)
    check_clashes(law)
    assert [(a.address, b.address) for a, b in suspects(law)] == [("user/x/2", "user/x/1")]


@pytest.mark.parametrize("relation", ["unless", "alongside", "conflicts"])
def test_a_declared_relation_is_no_clash(pair, relation):
    law = pair("metal", "civil", **{relation: '["1"]'})
    check_clashes(law)
    assert list(suspects(law)) == []


def test_the_same_answer_and_another_question_are_no_clash(small):
    names = small.predicates(one="metal")
    rules = (
        small.article("1", "one"),
        small.article("2", "one"),
        small.article("3", "one", "prohibited", "banned"),
    )
    check_clashes(small.law(small.notice("user/x", *rules, predicates=names)))


def test_rules_that_are_never_in_force_together_do_not_clash(pair):
    check_clashes(pair("metal", "metal", events="[{in_force: 2020-01-01}, {repealed: 2021-01-01}]"))
    with pytest.raises(ClashError, match="on 2021-01-01"):
        check_clashes(pair("metal", "metal", events="[{in_force: 2020-01-01}, {repealed: 2021-01-02}]"))


def test_a_clash_that_waits_for_another_article_is_found(small):
    rules = (
        small.article("1", "{all: [one, {in_force: '3'}]}"),
        small.article("2", "one", answer="report"),
        small.article("3", "one", "stop", "duty", events="[{in_force: 2023-01-01}, {repealed: 2023-01-02}]"),
    )
    with pytest.raises(ClashError, match="on 2023-01-01"):
        check_clashes(small.law(small.notice("user/x", *rules, predicates=small.predicates(one="metal"))))


def test_a_hinge_hides_no_clash(small):
    hinges = (
        "\n  - {id: user/x.h, day: 2022-01-01, branches: {extended: suspended, revived: in_force}, "
        'default: extended, asks: "?", check: nowhere}'
    )
    past = "[{in_force: 2020-06-01}, {suspended: 2020-07-01, through: 2021-12-31, hinge: user/x.h}]"
    rules = (small.article("1", "one"), small.article("2", "one", answer="report", events=past))
    names = small.predicates(one="metal")
    with pytest.raises(ClashError, match="on 2022-01-01"):
        check_clashes(small.law(small.notice("user/x", *rules, predicates=names, hinges=hinges)))


def test_the_packaged_book_has_no_clash(law):
    check_clashes(law)
    assert law.known == date(2026, 11, 21)
