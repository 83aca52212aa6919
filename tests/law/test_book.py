from __future__ import annotations

import pytest

from xenotime.core.errors import BookError
from xenotime.law.book import needs, ordered, parse_predicates
from xenotime.law.node import All, Is, Named, Some

HINGES = "\n  - {id: user/x.h, day: 2022-01-01, branches: {long: suspended, short: in_force}, default: long}"


def test_needs_are_names_rules_and_exceptions(small):
    names = small.predicates(one="metal", two="civil")
    rules = (
        small.article("1", "{all: [one, {not: two}, {holds: '2'}]}", unless='["3"]'),
        small.article("2", "one"),
        small.article("3", "two"),
    )
    book = small.book(small.notice("user/x", *rules, predicates=names))
    assert sorted(needs(book, "user/x/1")) == ["one", "two", "user/x/2", "user/x/3"]
    order = ordered(book, ("user/x/1",))
    assert sorted(order) == ["one", "two", "user/x/1", "user/x/2", "user/x/3"]
    assert all(order.index(part) < order.index(name) for name in order for part in needs(book, name))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"unless": '["2"]'}, {"unless": '["1"]'}),
        ({"unless": '["1"]'}, {}),
        ({"unless": '["2"]'}, {"when": "{holds: '1'}"}),
    ],
)
def test_a_circle_is_refused(small, first, second):
    rules = (
        small.article("1", first.pop("when", "one"), **first),
        small.article("2", second.pop("when", "one"), **second),
    )
    with pytest.raises(BookError, match="in a circle"):
        small.book(small.notice("user/x", *rules, predicates=small.predicates(one="metal")))


@pytest.mark.parametrize(
    ("rule", "what", "found"),
    [
        ({"when": "nobody"}, "this predicate is not defined", "'nobody'"),
        ({"when": "{holds: '9'}"}, "holds names no rule", "user/x/9"),
        ({"when": "{in_force: '9'}"}, "in_force names no article", "user/x/9"),
        ({"when": "{party_listed: [wish_list]}"}, "no such class of list", "['wish_list']"),
        ({"unless": '["9"]'}, "this exception names no rule", "user/x/9"),
        ({"alongside": '["9"]'}, "this relation names no rule", "user/x/9"),
        ({"conflicts": '["9"]'}, "this conflict names no rule", "user/x/9"),
        (
            {"events": "[{suspended: 2021-01-01, through: 2021-02-01, hinge: lost}]"},
            "this hinge is not defined",
            "lost",
        ),
        (
            {"events": "[{suspended: 2021-01-01, through: 2021-02-01, then: in_force, boundary: lost}]"},
            "this hinge is not defined",
            "lost",
        ),
    ],
)
def test_a_name_that_nothing_defines_is_refused(small, rule, what, found):
    text = small.article("1", rule.pop("when", "one"), **rule)
    with pytest.raises(BookError) as caught:
        small.book(small.notice("user/x", text, predicates=small.predicates(one="metal")))
    assert (caught.value.problem.what, caught.value.problem.found) == (what, found)


@pytest.mark.parametrize(
    ("front", "what"),
    [
        ({"acts": "[{on: user/y, suspended: 2021-01-01}]"}, "this act names nothing"),
        ({"acts": "[{suspended: 2021-01-01}]"}, "an act names what it acts on"),
        ({"acts": "[{on: user/x, suspended: 2021-01-01, repealed: 2021-01-01}]"}, "an event has one kind"),
        ({"hinges": HINGES.replace("long: suspended, ", "")}, "a hinge needs its branches"),
        ({"hinges": HINGES.replace("suspended", "asleep")}, "a hinge needs its branches"),
        (
            {"hinges": HINGES.replace("default: long", "default: wide")},
            "a hinge needs its default legal reading",
        ),
        ({"hinges": HINGES.replace("2022-01-01", "soon")}, "this is not a date"),
    ],
)
def test_wrong_acts_and_hinges_are_refused(small, front, what):
    with pytest.raises(BookError) as caught:
        small.book(small.notice("user/x", **front))
    assert caught.value.problem.what == what


def test_lists_of_a_class_are_spelled_out_each_while_in_force(small):
    lists = [
        small.notice(f"user/{n}", small.article("1", "{listed_here: yes}"), class_="watch_list") for n in "ab"
    ]
    book = small.book(*lists, small.notice("user/x", small.article("1", "{party_held: [watch_list]}")))
    node = book.rules["user/x/1"].node
    assert isinstance(node, Some)
    assert [(type(p), p.parts[0].article, p.parts[1]) for p in node.parts] == [
        (All, "user/a/1", Is("held_user_a")),
        (All, "user/b/1", Is("held_user_b")),
    ]
    assert book.rules["user/a/1"].node == Is("listed_user_a")
    assert [f for f in book.facts if f.startswith(("listed_", "held_"))] == [
        "listed_user_a",
        "held_user_a",
        "listed_user_b",
        "held_user_b",
    ]


def test_predicates_and_conditions_are_read(facts):
    says = 'true = "t"\nfalse = "f"\nunknown = "u"\n'
    text = f'[predicate.hot]\nwhen = "heat > 9"\n{says}[condition.odd]\nwhen = {{ not = "hot" }}\nsays = "s"'
    predicates, conditions = parse_predicates(text, facts, {}, "p.toml")
    assert (predicates["hot"].true, predicates["hot"].false, predicates["hot"].unknown) == ("t", "f", "u")
    assert (conditions["odd"].node.part, conditions["odd"].says) == (Named("hot"), "s")
    with pytest.raises(BookError, match="this predicate lacks a sentence"):
        parse_predicates('[predicate.hot]\nwhen = "heat > 9"', facts, {}, "p.toml")
    with pytest.raises(BookError, match="this file is not TOML"):
        parse_predicates("[predicate.hot", facts, {}, "p.toml")
