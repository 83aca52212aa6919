from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
from tests.properties.tables import boundary_days, frame, random_rows

from xenotime.law.apart import apart
from xenotime.law.decide import Decider
from xenotime.law.law import fold_book
from xenotime.law.read import read_book
from xenotime.law.table import column_names

DRAFTS = (
    "examples/law/half-a-percent.md",
    "examples/law/new-element.md",
    "examples/law/extension-of-the-suspension.md",
)
KNOWN = date(2026, 11, 21)


def within(day, days):
    return any(first <= day and (after is None or day < after) for first, after in days)


@pytest.fixture(scope="module")
def pairs(book):
    """Pairs of laws: days of knowledge, drafts, and a chosen branch."""
    known = [fold_book(book, date(*d)) for d in ((2025, 4, 10), (2025, 10, 15), (2025, 11, 8))]
    late = fold_book(book, KNOWN)
    drafts = [fold_book(read_book({Path(p).name: Path(p).read_text("utf-8")}), KNOWN) for p in DRAFTS]
    revived = fold_book(book, KNOWN, {"cn/mofcom-2025-70": "revived"})
    return [
        (known[0], known[1]),
        (known[1], known[2]),
        (known[2], late),
        *((late, draft) for draft in drafts),
        (late, revived),
        (late, late),
    ]


@pytest.mark.parametrize("number", range(8))
def test_on_every_other_day_two_laws_answer_alike(pairs, number):
    before, after = pairs[number]
    days = apart(before, after)
    edges = sorted({*boundary_days(before), *boundary_days(after)})
    rows = frame(after, random_rows(after, 1_500, seed=number))
    picked = pl.Series([edges[k % len(edges)] for k in range(rows.height)], dtype=pl.Date)
    rows = rows.with_columns(picked.alias("on"))
    quiet = rows.filter(~pl.Series([within(d, days) for d in rows["on"]]))
    left = [
        c for c in quiet.columns if c in {"key", "on", *(n for f in before.facts for n in column_names(f))}
    ]
    old, new = Decider(before).decide(quiet.select(left)), Decider(after).decide(quiet)
    assert old.select("key", "outcome", "low", "high").equals(new.select("key", "outcome", "low", "high"))
    decided = [
        [law.rules[bit].address if bit >= 0 else "" for bit in found["rule"]]
        for law, found in ((before, old), (after, new))
    ]
    assert decided[0] == decided[1]


def test_the_days_are_no_wider_than_the_acts(pairs):
    found = [apart(*pair) for pair in pairs]
    assert found[1] == ((date(2025, 11, 7), None),)
    assert found[3:6] == [
        ((date(2026, 12, 1), None),),
        ((date(2026, 12, 10), None),),
        ((date(2026, 11, 10), None),),
    ]
    assert found[6] == ((date(2026, 11, 11), None),)
    assert found[7] == ()


def two(small, first, second):
    return [
        small.law(small.notice("user/x", *a, predicates=small.predicates(**n))) for a, n in (first, second)
    ]


def test_a_rule_that_reads_a_changed_word_counts_only_while_it_is_in_force(small):
    article = small.article("1", "one", events="[{in_force: 2021-01-01}, {repealed: 2022-01-01}]")
    before, after = two(small, ([article], {"one": "heat > 100"}), ([article], {"one": "heat > 200"}))
    assert apart(before, after) == ((date(2021, 1, 1), date(2022, 1, 1)),)


def test_a_note_moves_no_answer(small):
    one = {"one": "metal"}
    note = small.article("2", "one", question="note", answer="reading", says="x")
    before, after = two(small, ([small.article("1", "one")], one), ([small.article("1", "one"), note], one))
    assert apart(before, after) == ()


def test_a_presumption_that_changes_can_move_any_day(small):
    law = small.law(
        small.notice("user/x", small.article("1", "one"), predicates=small.predicates(one="civil"))
    )
    facts = {**law.book.facts, "civil": replace(law.book.facts["civil"], presumed="no")}
    other = replace(law, book=replace(law.book, facts=facts))
    assert apart(law, other) == ((date(1900, 1, 1), None),)


def test_neighbouring_days_are_one_stretch(small):
    one = {"one": "metal"}
    first = "[{in_force: 2021-01-01}, {suspended: 2021-02-01, through: 2021-02-28, then: in_force}]"
    before, after = two(small, ([small.article("1", "one", events=first)], one), ([], one))
    assert apart(before, after) == (
        (date(2021, 1, 1), date(2021, 2, 1)),
        (date(2021, 2, 28) + timedelta(days=1), None),
    )
