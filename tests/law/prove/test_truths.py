from __future__ import annotations

import pytest


def text(small, tree="one", **leaves):
    return small.notice("user/x", small.article("1", tree), predicates=small.predicates(**leaves))


@pytest.mark.parametrize(
    ("leaf", "kind"),
    [
        ("metal OR NOT metal", "always"),
        ("heat > 5 OR heat <= 5", "always"),
        ("kind IN ('oxide', 'magnet', 'tool')", "always"),
        ("kind = 'oxide' AND kind = 'tool'", "never"),
        ("heat < 3 AND heat > 7", "never"),
    ],
)
def test_a_condition_that_asks_nothing_or_cannot_be(ask, small, leaf, kind):
    found = [(f.kind, f.at) for f in ask("constants", text(small, one=leaf))]
    assert found == [(kind, ("one",))]


def test_an_ordinary_condition_is_both(ask, small):
    assert ask("constants", text(small, one="heat BETWEEN 3 AND 7")) == []


def test_a_condition_that_no_rule_reads(ask, small):
    (found,) = ask("unread", text(small, one="metal", two="civil"))
    assert (found.kind, found.at) == ("unread", ("two",))


def test_opposites_that_leave_a_hole_exactly_on_the_line(ask, small):
    leaves = {"floor": "part * 1000 > whole", "below": "part * 1000 < whole"}
    limits = '[opposite]\nbelow = "floor"\n[never.none]\nwhen = "part = 0"\nsays = "there is some"\n'
    found = ask("opposites", text(small, "{any: [floor, below]}", **leaves), premises=limits)
    assert [(f.kind, f.at, f.what) for f in found] == [
        ("opposite", ("below", "floor"), "neither of “below” and “floor” holds for one shipment")
    ]
    assert found[0].witnesses[0].row == {"part": (10_000, 10_000), "whole": (10_000_000, 10_000_000)}


def test_opposites_that_both_hold_on_the_line(ask, small):
    leaves = {"floor": "part * 1000 >= whole", "below": "part * 1000 <= whole"}
    found = ask(
        "opposites", text(small, "{any: [floor, below]}", **leaves), premises='[opposite]\nbelow = "floor"\n'
    )
    assert [f.what for f in found] == ["both of “below” and “floor” hold for one shipment"]


def test_true_opposites_pass(ask, small):
    leaves = {"floor": "part * 1000 >= whole", "below": "part * 1000 < whole"}
    assert (
        ask(
            "opposites",
            text(small, "{any: [floor, below]}", **leaves),
            premises='[opposite]\nbelow = "floor"\n',
        )
        == []
    )
