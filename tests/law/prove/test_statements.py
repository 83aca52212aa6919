from __future__ import annotations

from datetime import date

SAYS = '[{{says: half or more, when: "part * 2 >= whole AND part > 0"{more}}}]'


def text(small, leaf, key="decides", more="", **rule):
    article = small.article("1", "one", **{key: SAYS.format(more=more)}, **rule)
    return small.notice("user/x", article, predicates=small.predicates(one=leaf))


def test_a_figure_on_the_line_that_the_rule_forgets_is_a_gap(ask, small):
    (found,) = ask("gaps", text(small, "part * 2 > whole"))
    assert (found.kind, found.at) == ("gap", ("user/x/1",))
    assert found.what == "user/x/1 says that it decides: half or more; no rule of it reaches this shipment"
    assert found.witnesses[0].row == {"part": (10_000, 10_000), "whole": (20_000, 20_000)}
    assert found.witnesses[0].holds == {"user/x/1": False}


def test_a_comparison_the_wrong_way_round_is_a_gap(ask, small):
    assert [f.kind for f in ask("gaps", text(small, "part * 2 <= whole"))] == ["gap"]


def test_a_rule_that_reaches_what_it_spares(ask, small):
    (found,) = ask("gaps", text(small, "part * 2 >= whole", key="spares"))
    assert (found.kind, found.witnesses[0].holds) == ("reach", {"user/x/1": True})


def test_a_rule_that_does_what_its_article_says(ask, small):
    assert ask("gaps", text(small, "part * 2 >= whole AND part > 0")) == []
    assert ask("gaps", text(small, "part * 2 < whole", key="spares")) == []


def test_a_rule_that_begins_a_day_late(ask, small):
    right = text(small, "part * 2 >= whole", more=", since: 2021-01-01, through: 2021-01-31")
    assert ask("gaps", right) == []
    late = text(
        small,
        "part * 2 >= whole",
        more=", since: 2021-01-01, through: 2021-01-31",
        events="[{in_force: 2021-01-02, published: 2020-01-01}]",
    )
    (found,) = ask("gaps", late)
    assert found.witnesses[0].on == date(2021, 1, 1)


def test_an_exception_reaches_for_its_rule(ask, small):
    rules = (
        small.article("1", "one", decides=SAYS.format(more=""), unless='["2"]'),
        small.article("2", "two", answer="report"),
    )
    names = small.predicates(one="part * 2 >= whole", two="metal")
    assert ask("gaps", small.notice("user/x", *rules, predicates=names)) == []
