from __future__ import annotations

from datetime import date

import pytest

from xenotime.law.answer import (
    Assumption,
    BranchAnswer,
    Channel,
    Coverage,
    Explanation,
    MissingFact,
    Note,
    Outcome,
    Scope,
)
from xenotime.services.expectation import failures

DAY = date(2026, 12, 1)
GOT = Explanation(
    DAY, DAY, "0", Outcome.LICENCE, Outcome.LICENCE, Outcome.LICENCE, "cn/x/1", "1C905.a",
    branches=(BranchAnswer("h", "long", Outcome.REPORT, True, DAY),),
    possible=(Outcome.REPORT, Outcome.LICENCE),
    missing=(MissingFact("kind", "?", "x"),),
    assuming=(Assumption("civil", "yes", "g", "r"),),
    notes=(Note("cn/x/2", "claim", "s", "P"),),
    scopes=(Scope("cn/x/7", "t", "a", None, ("?",), "O"), Scope("cn/x/8", "t", "a", True, (), "O")),
    channels=(Channel("general", False, (), "c"), Channel("individual", None, (), "c")),
    coverage=(Coverage("GL-1", "general", True), Coverage("GL-2", "general", False, ("date", "item"))),
)  # fmt: skip


@pytest.mark.parametrize(
    "expect",
    [
        {},
        {"outcome": "licence", "rule": "cn/x/1", "code": "1C905"},
        {"branches": {"h": {"long": "report"}}, "possible": ["licence", "report"]},
        {"missing": ["kind"], "assuming": "civil", "notes": ["cn/x/2"], "duties": []},
        {"channels": {"general": "no", "individual": "unknown"}},
        {"scopes": {"cn/x/7": "unknown", "cn/x/8": "yes"}},
        {"holds": {"cn/x/2": "yes", "cn/x/8": "yes", "cn/x/7": "unknown", "cn/x/9": "no", "c": "unknown"}},
        {"covered_by": ["GL-1"], "fails": {"GL-2": ["item", "date"], "GL-1": []}},
    ],
)
def test_what_is_there_is_met(expect):
    assert failures(expect, GOT) == ()


@pytest.mark.parametrize(
    ("expect", "said"),
    [
        ({"outcome": "report"}, "outcome report, found licence (cn/x/1)"),
        ({"rule": "cn/x/9"}, "rule cn/x/9, found cn/x/1"),
        ({"code": "1C902"}, "code 1C902, found 1C905.a"),
        ({"branches": {"h": {"long": "open"}}}, "h=long: open, found report"),
        ({"branches": {"k": {"long": "open"}}}, "k=long: open, found no such branch"),
        ({"possible": ["licence"]}, "possible ['licence'], found ['report', 'licence']"),
        ({"missing": ["kind", "to"]}, "missing to, found ['kind']"),
        ({"duties": ["cn/x/3"]}, "duties cn/x/3, found []"),
        ({"channels": {"general": "yes"}}, "channel general yes, found False"),
        ({"scopes": {"cn/x/7": "no"}}, "scope cn/x/7 no, found None"),
        ({"scopes": {"cn/x/6": "no"}}, "scope cn/x/6 no, found absent"),
        ({"holds": {"cn/x/2": "no"}}, "rule cn/x/2 no, found True"),
        ({"holds": {"cn/x/9": "yes"}}, "rule cn/x/9 yes, found False"),
        ({"channels": {"certified": "no"}}, "channel certified no, found absent"),
        ({"covered_by": []}, "covered by [], found ['GL-1']"),
        ({"fails": {"GL-2": ["item"]}}, "licence GL-2 fails ['item'], found ['date', 'item']"),
        ({"fails": {"GL-3": ["item"]}}, "licence GL-3 fails ['item'], found []"),
    ],
)
def test_what_differs_is_one_sentence(expect, said):
    assert failures(expect, GOT) == (said,)


def test_an_expectation_that_nobody_checks_is_a_failure():
    assert failures({"outcom": "licence"}, GOT)[0].startswith(
        "`outcom` is not something that can be expected"
    )
