from __future__ import annotations

import pytest

MORE = '[more]\nstricter = ["part", "metal"]\nmilder = ["whole"]\n'


def text(small, leaf, answer="licence", **more):
    return small.notice(
        "user/x", small.article("1", "one", answer, **more), predicates=small.predicates(one=leaf)
    )


def test_a_comparison_the_wrong_way_round(ask, small):
    found = ask("ways", text(small, "part * 1000 <= whole"), premises=MORE)
    assert [(f.kind, f.at) for f in found] == [("wrong_way", ("part",)), ("wrong_way", ("whole",))]
    first, second = found[0].witnesses
    assert (first.outcome, second.outcome) == ("licence", "not_controlled")
    assert first.row["whole"] == second.row["whole"]
    assert first.row["part"] < second.row["part"]


@pytest.mark.parametrize("leaf", ["part * 1000 >= whole", "metal", "metal OR part > 5", "kind = 'oxide'"])
def test_comparisons_the_right_way_round(ask, small, leaf):
    assert ask("ways", text(small, leaf), premises=MORE) == []


def test_a_truth_that_softens(ask, small):
    (found,) = ask("ways", text(small, "NOT metal"), premises=MORE)
    assert found.what == (
        "more of “metal” (no to yes), all else the same, makes the answer milder: "
        "licence becomes not_controlled"
    )
    assert [w.row for w in found.witnesses] == [{"metal": False}, {"metal": True}]


def test_an_open_answer_that_is_settled_is_not_milder(ask, small):
    readings = "{a: {answer: licence, says: x}, b: {answer: none, says: y}}"
    rules = (
        small.article("1", "one", "open", readings=readings, unless='["2"]'),
        small.article("2", "two", "report"),
    )
    names = small.predicates(one="kind = 'oxide'", two="kind = 'oxide' AND metal")
    assert ask("ways", small.notice("user/x", *rules, predicates=names), premises=MORE) == []


def test_nothing_is_asked_where_nothing_is_said(ask, small):
    assert ask("ways", text(small, "NOT metal")) == []
