from __future__ import annotations

from datetime import date

import pytest

from xenotime.core.errors import BookError
from xenotime.law.answer import Outcome
from xenotime.law.instrument import Article, parse_instrument
from xenotime.law.node import All, Holds, InForce, Named, Not, Some
from xenotime.law.rules import Listed, parse_events, parse_rule, parse_tree

INSTRUMENT = parse_instrument(
    "---\nid: user/x\ntitle: X\nissuer: nobody\npublished: 2025-01-02\nsources: [S1]\n---\n", "x.md"
)
BLOCK = {
    "rule": "1",
    "binds": "anyone",
    "question": "controlled",
    "answer": "licence",
    "when": "thing",
    "confidence": "O",
    "sources": ["S1"],
    "events": [{"in_force": "2025-02-01"}],
}


def rule(**changes):
    block = {k: v for k, v in {**BLOCK, **changes}.items() if v is not None}
    return parse_rule(Article("user/x/1", "1", "one", "Words.", block), INSTRUMENT)


def test_a_rule_is_what_its_block_says():
    read = rule(unless=["2", "cn/y/3"], alongside="4", cases=["A01"], duty={"what": "x"})
    assert (read.address, read.title, read.text, read.binds) == ("user/x/1", "one", "Words.", "anyone")
    assert (read.question, read.answer, read.node, read.confidence) == (
        "controlled",
        "licence",
        Named("thing"),
        "O",
    )
    assert (read.unless, read.alongside, read.conflicts) == (("user/x/2", "cn/y/3"), ("user/x/4",), ())
    assert (read.sources, read.cases, dict(read.extra)) == (("S1",), ("A01",), {"duty": {"what": "x"}})
    event = read.events[0]
    assert (event.kind, event.day, event.published, event.by) == (
        "in_force",
        date(2025, 2, 1),
        date(2025, 1, 2),
        "user/x",
    )


def test_an_article_that_cannot_be_encoded_is_no_rule():
    assert parse_rule(Article("user/x/1", "1", "", "", {"cannot_encode": "why"}), INSTRUMENT) is None


@pytest.mark.parametrize(
    ("answer", "low", "high"),
    [
        ("licence", Outcome.LICENCE, Outcome.LICENCE),
        ("report", Outcome.REPORT, Outcome.REPORT),
        ("exempt", Outcome.NOT_CONTROLLED, Outcome.NOT_CONTROLLED),
    ],
)
def test_a_firm_answer_has_one_rank(answer, low, high):
    assert (rule(answer=answer).low, rule(answer=answer).high) == (low, high)


def test_an_open_answer_spans_its_readings():
    readings = {"wide": {"answer": "prohibited", "says": "all"}, "narrow": {"answer": "none"}}
    read = rule(question="banned", answer="open", readings=readings)
    assert (read.low, read.high) == (Outcome.NOT_CONTROLLED, Outcome.PROHIBITED)
    assert read.readings == (("wide", "prohibited", "all"), ("narrow", "none", ""))


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"colour": "red"}, "this rule has unknown keys"),
        ({"question": "why"}, "'question' is not one of the known words"),
        ({"binds": "everybody"}, "'binds' is not one of the known words"),
        ({"confidence": "A"}, "'confidence' is not one of the known words"),
        ({"confidence": None}, "'confidence' is not one of the known words"),
        ({"answer": "prohibited"}, "this answer does not fit its question"),
        ({"answer": None}, "this answer does not fit its question"),
        ({"question": "duty", "answer": ""}, "this answer does not fit its question"),
        ({"rule": "2"}, "rule and heading differ"),
        ({"rule": None}, "rule and heading differ"),
        ({"confidence": "M"}, "a recalled or unread article may not decide"),
        ({"confidence": "?"}, "a recalled or unread article may not decide"),
        ({"sources": []}, "this rule names no source"),
        ({"events": None}, "this rule has no events"),
        ({"when": None}, "this condition is not a tree of named predicates"),
        ({"answer": "open"}, "an open answer needs its readings"),
        ({"answer": "open", "readings": {"a": {"answer": "none"}}}, "an open answer needs its readings"),
        (
            {"answer": "open", "readings": {"a": {"answer": "none"}, "b": {"answer": "no"}}},
            "this reading has no known answer",
        ),
        ({"readings": {"a": {"answer": "none"}}}, "only an open answer has readings"),
    ],
)
def test_a_wrong_block_is_refused(changes, what):
    with pytest.raises(BookError) as caught:
        rule(**changes)
    assert (caught.value.problem.what, caught.value.problem.where) == (what, "x.md, 1")


def test_a_recalled_article_may_be_open_or_a_note():
    readings = {"a": {"answer": "none"}, "b": {"answer": "licence"}}
    assert rule(confidence="M", answer="open", readings=readings).confidence == "M"
    assert rule(confidence="M", question="note", answer="claim").confidence == "M"


def test_a_tree_is_names_joined_by_all_any_and_not():
    given = {"all": ["a", {"any": ["b", {"not": "c"}]}, {"holds": "1"}, {"in_force": "cn/y/2"}]}
    assert parse_tree(given, "user/x", "here") == All(
        (Named("a"), Some((Named("b"), Not(Named("c")))), Holds("user/x/1"), InForce("cn/y/2"))
    )
    assert parse_tree({"party_held": ["watch_list"]}, "user/x", "here") == Listed(("watch_list",), held=True)
    assert parse_tree({"listed_here": "true"}, "user/x", "") == Listed(("user/x",), held=False, here=True)


@pytest.mark.parametrize(
    "given",
    [None, "", [], ["a"], {}, {"all": []}, {"all": "a"}, {"xor": ["a"]}, {"all": ["a"], "any": ["b"]}, 3],
)
def test_another_tree_is_refused(given):
    with pytest.raises(BookError, match="not a tree of named predicates"):
        parse_tree(given, "user/x", "here")


@pytest.mark.parametrize(
    ("events", "what"),
    [
        ([], "this rule has no events"),
        ("2025-01-01", "this rule has no events"),
        (["2025-01-01"], "an event has one kind"),
        ([{"published": "2025-01-01"}], "an event has one kind"),
        ([{"in_force": "2025-01-01", "repealed": "2025-01-02"}], "an event has one kind"),
        ([{"in_force": "soon"}], "this is not a date"),
        ([{"in_force": "2025-02-01"}, {"repealed": "2025-01-01"}], "these events are out of order"),
        (
            [{"suspended": "2025-02-01", "through": "2025-03-01"}],
            "a suspension with an end must say what follows",
        ),
        (
            [{"suspended": "2025-02-01", "through": "2025-03-01", "then": "later"}],
            "a suspension with an end must say what follows",
        ),
        (
            [{"suspended": "2025-02-01", "through": "2025-01-31", "then": "in_force"}],
            "this suspension ends before it begins",
        ),
    ],
)
def test_wrong_events_are_refused(events, what):
    with pytest.raises(BookError) as caught:
        parse_events(events, INSTRUMENT, "here")
    assert caught.value.problem.what == what


@pytest.mark.parametrize(
    ("by", "shown"),
    [
        ("5", "user/x/5"),
        ("1.1-hk", "user/x/1.1-hk"),
        ("cn/mofcom-2025-70/1", "cn/mofcom-2025-70/1"),
        ("spokesperson", "spokesperson"),
        ("MOFCOM, 90 days from 14 May", "MOFCOM, 90 days from 14 May"),
        ("measures of Ann. 13/2025 stopped", "measures of Ann. 13/2025 stopped"),
        ("", "user/x"),
    ],
)
def test_who_made_an_event_is_an_address_or_words(by, shown):
    assert parse_events([{"in_force": "2025-01-01", "by": by}], INSTRUMENT, "here")[0].by == shown
