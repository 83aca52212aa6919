from __future__ import annotations

from datetime import date

from xenotime.law.prove.check import QUESTIONS, prove
from xenotime.law.prove.finding import KINDS
from xenotime.law.prove.premises import read_premises

KNOWN = date(2030, 1, 1)


def proved(small, **front):
    rules = (small.article("1", "one"), small.article("2", "two", answer="report"))
    book = small.book(
        small.notice("user/x", *rules, predicates=small.predicates(one="metal", two="civil"), **front)
    )
    return prove(book, KNOWN, read_premises(book, "", "proof.toml"))


def test_a_finding_that_nobody_declares(small):
    found = proved(small)
    assert [(f.kind, f.at) for f in found.findings] == [("overlap", ("user/x/1", "user/x/2"))]
    assert found.declared == ()
    assert found.proved == tuple(q for q in QUESTIONS if q != "overlaps")


def test_a_declared_doubt_is_no_finding(small):
    found = proved(small, doubts="[{finding: overlap, at: ['2', '1'], says: the texts leave it so}]")
    assert found.findings == ()
    assert [(d.finding.kind, d.doubt.says) for d in found.declared] == [("overlap", "the texts leave it so")]
    assert "overlaps" not in found.proved


def test_a_doubt_that_is_settled_is_found(small):
    found = proved(small, doubts="[{finding: gap, at: ['1'], says: x}]")
    assert [f.kind for f in found.findings] == ["overlap", "settled"]


def test_only_what_is_asked(small):
    rules = (small.article("1", "one"), small.article("2", "two", answer="report"))
    book = small.book(small.notice("user/x", *rules, predicates=small.predicates(one="metal", two="civil")))
    found = prove(book, KNOWN, read_premises(book, "", "proof.toml"), only=("dead",))
    assert (found.findings, found.proved) == ((), ("dead",))


def test_every_kind_says_what_it_means():
    assert {k for k, means in KINDS.items() if not means.endswith(".")} == set()
