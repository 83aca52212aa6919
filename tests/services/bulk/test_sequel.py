from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from tests.properties.tables import frame, random_rows

from xenotime.law.answer import Outcome
from xenotime.law.law import fold_book
from xenotime.law.oracle import judge
from xenotime.services.bulk.pair import decided
from xenotime.services.bulk.sequel import owed, questions, waiting
from xenotime.services.bulk.sheet import Sheet


@pytest.fixture(scope="module")
def sides(book):
    return fold_book(book, date(2025, 11, 8)), fold_book(book, date(2025, 10, 15))


@pytest.fixture(scope="module")
def rows(sides):
    return random_rows(sides[0], 1_500, seed=9)


@pytest.fixture(scope="module")
def pair(sides, rows):
    facts = frame(sides[0], rows)
    sheet = Sheet(facts, facts.select("key"))
    return decided(*sides, sheet, sheet)


@pytest.fixture(scope="module")
def verdicts(sides, rows):
    return [
        tuple(judge(law, {k: v for k, v in row.items() if k != "on"}, row["on"]) for law in sides)
        for row in rows
    ]


def bits(mask, names):
    return [name for place, name in enumerate(names) if mask >> place & 1]


def test_the_facts_that_hold_moved_legs_open_are_counted(pair, sides, verdicts):
    names = [f.name for f in sides[1].facts]
    expected = {}
    for old, new in verdicts:
        if old.outcome != new.outcome and new.outcome == Outcome.UNDETERMINED:
            for name in bits(new.missing, names):
                expected[name] = expected.get(name, 0) + 1
    found = list(questions(pair))
    assert {q.fact: q.legs for q in found} == expected
    assert [q.legs for q in found] == sorted(expected.values(), reverse=True)


def test_duties_that_come_and_go_are_counted(pair, sides, verdicts):
    expected = {}
    for old, new in verdicts:
        before = set(bits(old.duties, [r.address for r in sides[0].duties]))
        after = set(bits(new.duties, [r.address for r in sides[1].duties]))
        for address in before ^ after:
            gained, lost = expected.get(address, (0, 0))
            expected[address] = (gained + (address in after), lost + (address in before))
    assert {d.address: (d.gained, d.lost) for d in owed(pair)} == expected


def test_hinges_on_which_moved_legs_turn_are_counted(sides, rows, verdicts):
    facts = frame(sides[0], rows)
    sheet = Sheet(facts, facts.select("key"))
    back = decided(sides[1], sides[0], sheet, sheet)
    expected = {}
    for old, new in verdicts:
        if old.outcome != new.outcome and old.outcome == Outcome.UNVERIFIED:
            for hinge in {h for (h, _), answer in old.branches.items() if answer is not None}:
                expected[hinge] = expected.get(hinge, 0) + 1
    assert {w.hinge: w.legs for w in waiting(back)} == expected
    assert expected != {}


def test_a_law_without_any_difference_leaves_nothing(sides, rows):
    facts = frame(sides[0], rows[:10])
    pair = decided(sides[0], sides[0], Sheet(facts, pl.DataFrame()), Sheet(facts, pl.DataFrame()), ())
    assert (list(questions(pair)), list(waiting(pair)), list(owed(pair))) == ([], [], [])
