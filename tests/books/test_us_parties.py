"""Every case of the US book on parties, programmes and defence, decided through the real engines."""

from __future__ import annotations

import tomllib

import pytest

from xenotime.law.instrument import load_yaml
from xenotime.law.procedure import answer, parse_procedure
from xenotime.law.read import packaged, read_book
from xenotime.services.bank import bodies, lists
from xenotime.services.expectation import failures
from xenotime.services.library import open_library
from xenotime.services.transaction import decide_transaction, transaction

BANK = load_yaml(packaged("us/cases-parties.yaml"), "cases-parties.yaml")
BODIES = bodies(packaged("us/cases-parties.yaml"), "us/cases-parties.yaml")
CASES = {case["id"]: case for case in BANK["cases"]}
PROCEDURES = parse_procedure(packaged("us/procedure.toml"))
#: Every case of grade A or B of the collection that this book answers.
PUBLISHED = """
    OF-01 OF-02 OF-03 OF-06 OF-07 OF-09 OF-10 OF-11 OF-13 OF-18 OF-20
    AF-01 AF-02 AF-04 AF-06 AF-10 AF-12 AF-13 AF-14 AF-15 AF-16 AF-17 AF-18 AF-19 AF-21 AF-22 AF-23
    VE-01 VE-02 VE-03 VE-04 VE-07 VE-08 VE-09 VE-10 VE-12 VE-13 VE-14
    DF-02 DF-03 DF-04 DF-05 DF-07 DF-09 DF-11 DT-04 DT-06 DT-05
""".split()


@pytest.fixture(scope="module")
def books():
    return {name: read_book(jurisdiction=name) for name in ("cn", "us")}


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body.id)
def test_decision(body, books):
    given = transaction(body.decide, body.id)
    taken = lists(body, given.known)
    library = open_library(given.known, branches=given.branches, book=books[body.book], own=lambda: taken)
    assert failures(body.expect, decide_transaction(library, given).explanation) == ()


@pytest.mark.parametrize("case", [i for i, case in CASES.items() if "procedure" in case])
def test_procedure(case):
    asked = CASES[case]["procedure"]
    found = answer(PROCEDURES, asked["ask"], asked["given"])
    assert (found.answer, found.article) == (asked["answer"], asked["article"])


def test_the_other_answers_of_a_procedure():
    given = [("veu_candidate", "accepts_reviews", "yes"), ("veu_applicant", "applicant", "other")]
    found = [answer(PROCEDURES, ask, {name: word}).answer for ask, name, word in given]
    assert found == ["weighed_with_other_factors", "not_named"]


def test_every_published_case_is_here_with_what_it_turns_on():
    assert [i for i in PUBLISHED if i not in CASES] == []
    assert [i for i in CASES if i not in PUBLISHED] == []
    assert [i for i, c in CASES.items() if c["grade"] not in "AB" or not c["asks"]["test"]] == []
    assert [i for i, c in CASES.items() if "decide" not in c and "procedure" not in c] == []


def test_every_case_rests_on_registered_sources():
    registered = set(tomllib.loads(packaged("us/sources.toml")))
    assert {s for c in CASES.values() for s in c["sources"]} - registered == set()


def test_every_case_that_a_rule_of_these_instruments_names_exists(books):
    mine = ("us/bis-", "us/ofac-", "us/dfars-", "us/ear-744-11", "us/ear-748-15")
    named = {
        (r.address, c) for r in books["us"].rules.values() if r.address.startswith(mine) for c in r.cases
    }
    assert sorted(pair for pair in named if pair[1] not in CASES) == []


def test_without_a_list_nobody_is_said_to_be_clean(books):
    """A silence of lists that nobody took in says nothing: the facts stay unknown."""
    body = next(b for b in BODIES if b.id == "OF-20")
    given = transaction(body.decide, "OF-20")
    found = decide_transaction(open_library(given.known, book=books["us"]), given).explanation
    assert (found.outcome.word, [s.holds for s in found.scopes if s.address.endswith("/owned")]) == (
        "undetermined",
        [None],
    )
    assert {"us_blocked", "ofac_owned"} <= {m.fact for m in found.missing}
