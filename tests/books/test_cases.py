"""Every case of the bank, decided; and every rule of the book with a case, or said to have none."""

from __future__ import annotations

from datetime import date

import pytest

from xenotime.core.clocks import working_days_after
from xenotime.law.fines import find_act, fine, parse_fines
from xenotime.law.instrument import load_yaml
from xenotime.law.procedure import answer, parse_procedure
from xenotime.law.read import packaged
from xenotime.law.rules import DECIDING
from xenotime.services.expectation import failures
from xenotime.services.transaction import decide_transaction, transaction

BANK = load_yaml(packaged("cn/cases.yaml"), "cases.yaml")
CASES = {case["id"]: case for case in BANK["cases"]}
PROCEDURES = parse_procedure(packaged("cn/procedure.toml"))

#: Rules that decide and that no case of the bank names, by the reason. tests/law/test_boundaries.py runs each
#: of them, like all others, on a row for which it holds.
UNTRIED = {
    "another list of the same wording as one that a case tries": (
        "cn/mofcom-2025-13/1 cn/mofcom-2025-35/1 cn/mofcom-2026-11/1 cn/mofcom-2026-11/2 cn/mofcom-2026-20/2 "
        "cn/mofcom-2026-27/1 cn/mofcom-2026-27/2 cn/mofcom-2026-30/1 cn/mofcom-2026-30/2 cn/uel-2024-05-20/1 "
        "cn/uel-2025-01-02/1 cn/uel-2025-01-14/1 cn/uel-2025-01-15/1 cn/uel-2025-02-04/1 cn/uel-2025-03-04/1 "
        "cn/uel-2025-04-04/1 cn/uel-2025-04-10/1 cn/uel-2025-09-25/1 cn/uel-2025-10-09/1"
    ),
    "another line of an item list whose first line a case tries": (
        "cn/mofcom-2025-18/1C906 cn/mofcom-2025-18/1C907 cn/mofcom-2025-57/1C910 cn/mofcom-2025-57/1C911 "
        "cn/mofcom-2025-57/1C912 cn/mofcom-2025-57/1C913 cn/mofcom-2025-57/scrap cn/mofcom-2025-56/2B902"
    ),
    "an item list beside rare earths; the bank is about rare earths": (
        "cn/mofcom-2024-33/1 cn/mofcom-2024-33/2 cn/mofcom-2024-33/2-hk cn/mofcom-2024-46/1-unread "
        "cn/mofcom-2024-46/graphite-list cn/mofcom-2024-46/graphite-hk "
        "cn/mofcom-2025-55/1 cn/mofcom-2025-55/2 cn/mofcom-2025-58/1"
    ),
    "an open reading of who else is bound": (
        "cn/export-control-law/12.3-hk cn/export-control-law/18-hk cn/mofcom-2024-46/closing-hk "
        "cn/mofcom-2023-23/hk cn/mofcom-2024-33/hk "
        "cn/mofcom-2024-46/2-closing "
        "cn/mofcom-2025-18/hk cn/mofcom-2025-61/hk "
        "cn/mofcom-2026-1/closing-hk cn/order-792/hk cn/technology-catalogue/1"
    ),
    "a closing sentence or a general article that a special rule goes before in the cases": (
        "cn/export-control-law/12.3 cn/mofcom-2024-46/closing cn/mofcom-2026-1/closing cn/mofcom-2025-61/3 "
        "cn/mofcom-2025-62/3"
    ),
}


def halves(case):
    """The parts of a case that carry a decision."""
    return [part for part in (case, *case.get("also", [])) if "decide" in part]


def with_body(name):
    """The ids of the cases that hold a body of this name."""
    return [i for i, case in CASES.items() if name in case]


@pytest.mark.parametrize("case", [i for i, case in CASES.items() if halves(case)])
def test_decision(case, libraries):
    for part in halves(CASES[case]):
        given = transaction(part["decide"], case)
        library = libraries(given.known, given.branches, strict=given.strict)
        assert failures(part["expect"], decide_transaction(library, given).explanation) == ()


@pytest.mark.parametrize("case", with_body("procedure"))
def test_procedure(case):
    asked = CASES[case]["procedure"]
    expected = {k: v for k, v in asked.items() if k not in ("ask", "given")}
    found = answer(PROCEDURES, asked["ask"], asked["given"])
    shown = {"answer": found.answer, **({"article": found.article} if found.article else {})}
    details = {k: list(v) if isinstance(v, tuple) else str(v) for k, v in found.details.items()}
    assert {**shown, **details} == expected


@pytest.mark.parametrize("case", with_body("fine"))
def test_fine(case):
    said = CASES[case]["fine"]
    found = fine(find_act(parse_fines(packaged("cn/fines.toml")), said["act"]), int(said["amount"]))
    assert (found.low, found.high) == (int(said["low"]), int(said["high"]))


@pytest.mark.parametrize("case", with_body("deadline"))
def test_deadline(case, libraries):
    said = CASES[case]["deadline"]
    days = working_days_after(
        date.fromisoformat(said["from"]), int(said["working_days"]), libraries().calendar
    )
    assert days == (date.fromisoformat(said["due"]),) * 2


def test_nothing_of_the_bank_is_left_out():
    """What ran above, by kind; practice is told apart because it decides nothing."""
    ran = {name: len(with_body(name)) for name in ("procedure", "fine", "deadline")}
    decided = [case for case in CASES.values() if halves(case)]
    quiet = [i for i, case in CASES.items() if case["kind"] == "practice"]
    assert (len(decided), sum(len(halves(case)) for case in decided)) == (69, 73)
    assert ran == {"procedure": 15, "fine": 7, "deadline": 2}
    assert (len(CASES), len(quiet)) == (90, 5)
    tried = {case["id"] for case in decided}.union(*map(with_body, ran))
    assert set(CASES) - tried == set(quiet)


def test_every_case_that_a_rule_names_exists(book):
    named = {(rule.address, case) for rule in book.rules.values() for case in rule.cases}
    assert sorted((address, case) for address, case in named if case not in CASES) == []


def test_every_rule_that_decides_has_a_case_or_a_reason(book):
    bare = {r.address for r in book.rules.values() if r.question in DECIDING and not r.cases}
    assert sorted(bare) == sorted(" ".join(UNTRIED.values()).split())
