"""The law's answer for a sample shipment of a control code."""

from __future__ import annotations

from datetime import date

import pytest

from xenotime.law.explain import control_codes
from xenotime.law.facts import list_fact
from xenotime.law.oracle import Scene, presume
from xenotime.services.programme.parties import lawful
from xenotime.services.transaction import read_facts


def clear(library):
    """Nobody is on any list, held by anybody on one, or military."""
    named = {list_fact(a, held=held): False for a in library.addresses for held in (False, True)}
    return {**named, "military_user": False}


def codes(library):
    return [
        line.control_code
        for p in library.law.predicates
        if p.table
        for line in p.table.lines
        if line.code[:1].isdigit()
    ]


def test_the_sample_of_every_code_of_the_books_is_goods_of_that_code(libraries):
    library = libraries()
    missed = []
    for code in dict.fromkeys(codes(library)):
        row = dict(read_facts(library, lawful.sample(lawful.line_of(library, code)), "sample"))
        filled, _ = presume(library.law, row, strict=False)
        if code not in {c.rstrip("?") for c in control_codes(Scene(library.law, filled, date(2026, 11, 21)))}:
            missed.append(code)
    assert missed == []


def test_a_code_above_the_lines_stands_for_its_first_firm_line(libraries):
    assert lawful.line_of(libraries(), "1C905").control_code.startswith("1C905.")
    assert lawful.line_of(libraries(), "9Z999") is None


def test_a_military_user_in_america_is_prohibited_and_an_unknown_code_says_so(libraries):
    found = lawful.answers(
        libraries(), ["1C905.b", "9Z999"], "US", date(2026, 11, 21), {"military_user": True}
    )
    assert [(a.code, a.outcome, a.rule) for a in found] == [
        ("1C905.b", "prohibited", "cn/mofcom-2024-46/1"),
        ("9Z999", "unknown_code", ""),
    ]


@pytest.mark.parametrize("day", [date(2025, 4, 3), date(2025, 4, 4)])
def test_the_answer_is_that_of_the_day(libraries, day):
    library = libraries()
    (answer,) = lawful.answers(library, ["1C905.b"], "DE", day, clear(library))
    assert (answer.outcome == "not_controlled") is (day < date(2025, 4, 4))
