"""The worksheet of a decide file, and the US technology and plants that it lists."""

from __future__ import annotations

from fractions import Fraction

import pytest

from xenotime.content.bounds import UNKNOWN, Bounds, point
from xenotime.core.errors import InputError
from xenotime.services.transaction import parse_transaction
from xenotime.services.worksheet import with_worksheet, worksheet

PART = {"part": "drive", "kind": "listed", "value": "10", "needs_licence": "yes"}


def test_a_worksheet_becomes_facts_as_a_person_states_them():
    told = with_worksheet({"to": "DE"}, {"ex_factory": "400", "parts": [PART]}, "x")
    assert told == {
        "to": "DE",
        "us_content": {"min": "10.0000", "max": "10.0000"},
        "us_item_value": {"min": "400.0000", "max": "400.0000"},
        "us_600_content": "no",
        "us_600y_content": "no",
        "us_separate": "no",
    }


def test_a_decide_file_reads_its_worksheet():
    given = parse_transaction("on: 2026-09-01\nfacts: {to: DE}\nworksheet: {technology: []}\n", "x")
    assert given.facts["us_tech_600"] == "no"
    assert parse_transaction("on: 2026-09-01\nfacts: {to: DE}\n", "x").facts == {"to": "DE"}


def test_prices_may_be_bounds_or_missing():
    def item(**given):
        return worksheet(given, "DE", "x").item

    assert item(ex_factory={"min": "90", "max": "100"}) == Bounds(Fraction(90), Fraction(100))
    assert item(ex_factory={"min": "90"}) == Bounds(Fraction(90), None)
    assert item(list_price="500", tax="100") == point(Fraction(400))
    assert item(list_price="500") == point(Fraction(500))
    assert item() == UNKNOWN


@pytest.mark.parametrize(
    ("block", "what"),
    [
        ("text", "the worksheet is not a list of names and values"),
        ({"price": "1"}, "this block has other names"),
        ({"ex_factory": "1", "list_price": "2"}, "the price is stated twice"),
        ({"ex_factory": {"min": "2", "max": "1"}}, "these bounds are the wrong way round"),
        ({"parts": [{**PART, "kind": "x"}]}, "this is no kind of US-origin content"),
        ({"parts": [{**PART, "form": "x"}]}, "this is no form of US-origin content"),
        ({"parts": [{**PART, "left_out": "x"}]}, "this is no left_out of US-origin content"),
        ({"parts": [{**PART, "paid": "3"}]}, "the value is stated twice"),
        ({"parts": [{**PART, "discrete": "maybe"}]}, "`discrete` is neither yes, no nor unknown"),
        ({"parts": [{**PART, "value": "ten"}]}, "this is not a number"),
        ({"parts": "none"}, "`parts` is not a list of rows"),
        ({"technology": ["3A001"]}, "this is no entry of US technology or software"),
        ({"plants": "everything"}, "this is no entry of US technology or software"),
    ],
)
def test_what_a_worksheet_cannot_hold_is_refused(block, what):
    with pytest.raises(InputError) as raised:
        with_worksheet({"to": "DE"}, block, "x")
    assert (raised.value.problem.what, raised.value.problem.where[0]) == (what, "x")


def test_a_fact_may_not_stand_beside_the_worksheet_that_gives_it():
    with pytest.raises(InputError) as raised:
        with_worksheet({"us_content": "1"}, {"parts": [PART]}, "x")
    assert (raised.value.problem.what, raised.value.problem.found) == (
        "a fact is stated beside the worksheet that gives it",
        "'us_content'",
    )
