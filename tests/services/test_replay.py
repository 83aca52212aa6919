from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.fixtures.notices import ban

from xenotime.core.canon import digest
from xenotime.core.errors import FactError, InputError
from xenotime.law.read import read_book
from xenotime.services.library import open_library
from xenotime.services.receipt import Group, Receipt
from xenotime.services.replay import fits, named, replay
from xenotime.services.transaction import decide_transaction, parse_transaction

FILE = """
title: magnets
on: 2026-11-16
strict: no
facts:
  from: CN
  to: CH
  kind: oxide
  material: element
  elements: [Ho]
  item_value: 99.99
  max_temperature: 1200
  red_flag: unknown
parties:
  - {role: end_user, name: Fernhill Pigments AG, country: CH}
licences:
  - {licence: GL-1, channel: general, codes: [1C909], destinations: [CH], end_users: [Fernhill Pigments AG],
     from_day: 2026-01-01, to_day: 2026-12-31, quantity_kg: "60"}
shipment: {quantity_kg: "20"}
"""


def made(library, text=FILE):
    return decide_transaction(library, parse_transaction(text, "some/place/facts.yaml")).receipt


def resealed(receipt, **changed):
    """A receipt with a part replaced and a new id: what a careful forger writes."""
    body = replace(receipt.body, **changed)
    return Receipt(digest(body), body)


@pytest.mark.parametrize(
    ("known", "branches", "strict"),
    [
        (None, {}, False),
        (None, {}, True),
        (date(2025, 10, 15), {}, False),
        (None, {"cn/mofcom-2025-70": "revived"}, False),
    ],
)
def test_a_decision_comes_out_the_same_to_the_byte(libraries, known, branches, strict):
    library = libraries(known, branches, strict=strict)
    receipt = made(library)
    fits(receipt, library)
    again = replay(receipt, libraries(known, branches, strict=strict))
    assert (again.same, again.differs) == (True, ())
    assert again.explanation.outcome.word == receipt.body.answer.outcome


def test_a_strict_decision_is_replayed_strictly_by_any_library(libraries):
    receipt = made(libraries(strict=True))
    assert (receipt.body.strict, replay(receipt, libraries()).same) == (True, True)


def test_every_leg_of_a_portfolio_comes_out_the_same(assessed, row, libraries):
    assessment = assessed(
        licences=[row("licences", channel="general")],
        shipments=[row("shipments", customs_challenge="2026-09-03"), row("shipments", shipment="S-2")],
        legs=[row("legs"), row("legs", shipment="S-2", day="2026-09-05", to_country="DE")],
    )
    found = [replay(leg.receipt, libraries()) for leg in assessment.legs]
    assert [r.same for r in found] == [True, True]
    assert [r.explanation for r in found] == [leg.explanation for leg in assessment.legs]


def test_a_branch_of_the_receipt_is_part_of_its_law(libraries):
    receipt = made(libraries(branches={"cn/mofcom-2025-70": "revived"}))
    again = replay(receipt, libraries())
    assert not again.same
    assert again.differs[0] == "the branches chosen: cn/mofcom-2025-70=revived, now none"
    assert "outcome: licence, now unverified" in again.differs


def test_another_law_is_refused_by_its_hash(libraries, book):
    receipt, other = made(libraries()), replace(book, hash="f" * 64)
    with pytest.raises(InputError) as caught:
        fits(receipt, open_library(date(2026, 11, 21), book=other))
    problem = caught.value.problem
    assert (problem.what, problem.where) == (
        "this receipt is of another law",
        f"receipt {receipt.id[:12]} (magnets)",
    )
    assert problem.expected == "cn ffffffffffff, with no notice laid over it"
    assert problem.found == f"cn {book.hash[:12]}, with no notice laid over it"
    assert "--book FOLDER" in problem.next_step


def test_a_changed_law_says_what_differs(libraries):
    receipt = made(
        libraries(known=date(2025, 6, 2)), FILE.replace("2026-11-16", "2025-06-02").replace("Ho", "Dy")
    )
    texts = {"late.md": ban("item_1C905", "2025-06-01")}
    changed = open_library(date(2025, 6, 2), book=read_book(texts))
    again = replay(receipt, changed)
    assert not again.same
    assert again.differs[0].startswith("the hash of the law: ")
    assert again.differs[1] == "the notices laid over it: none, now late.md"
    assert "outcome: licence, now prohibited" in again.differs
    assert "rules, cn/invented-1/1: not there, now yes" in again.differs


def test_another_release_is_refused_by_its_number(libraries):
    receipt = resealed(made(libraries()), engine="9.9")
    with pytest.raises(InputError) as caught:
        fits(receipt, libraries())
    assert caught.value.problem.what == "this receipt was written by another release"
    assert caught.value.problem.found == "xenotime 9.9"
    again = replay(receipt, libraries())
    assert again.differs == ("the release was 9.9, now 0.1.0",)


def test_another_calendar_is_refused(libraries):
    library = libraries()
    receipt = made(library)
    other = replace(library, calendar=replace(library.calendar, holidays=frozenset()))
    with pytest.raises(InputError, match="another calendar"):
        fits(receipt, other)


def test_a_forged_answer_is_found_out(libraries):
    receipt = made(libraries())
    forged = resealed(receipt, answer=replace(receipt.body.answer, outcome="not_controlled", missing=("to",)))
    again = replay(forged, libraries())
    assert again.differs == ("outcome: not_controlled, now unverified", "missing: to, now none")


def test_forged_words_are_found_out(libraries):
    receipt = made(libraries())
    forged = resealed(receipt, answer=replace(receipt.body.answer, words="0" * 64))
    assert replay(forged, libraries()).differs == ("the words of the explanation",)


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("origin_china", "yes"),
        ("kind", "magnat"),
        ("to", "Switzerland"),
        ("to", "zz"),
        ("max_temperature", True),
        ("max_temperature", 2**60),
        ("item_value", 5),
        ("item_value", [1, 2, 3]),
        ("item_value", [-1, 2]),
        ("item_value", ["1", 2]),
    ],
)
def test_a_fact_of_another_type_is_refused(libraries, fact, value):
    receipt = made(libraries())
    forged = resealed(receipt, facts=(Group("given", "x", {fact: value}),))
    with pytest.raises(FactError, match=f"the fact '{fact}' cannot have this value"):
        replay(forged, libraries())


def test_a_fact_that_the_law_does_not_know_moves_nothing(libraries):
    receipt = made(libraries())
    more = resealed(receipt, facts=(*receipt.body.facts, Group("given", "y", {"no_such_fact": 1})))
    assert replay(more, libraries()).explanation == replay(receipt, libraries()).explanation


def test_a_receipt_without_a_title_is_named_by_its_id(libraries):
    receipt = resealed(made(libraries()), title="")
    assert named(receipt) == f"receipt {receipt.id[:12]}"
