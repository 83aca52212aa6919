from __future__ import annotations

from datetime import date

import pytest
from tests.fixtures.small import facts, small

from xenotime.core.errors import BookError
from xenotime.law.oracle import Scene
from xenotime.services.mutants import Probe, Survivor, kill

__all__ = ["facts", "small"]
DAY, KNOWN = date(2021, 6, 1), date(2030, 1, 1)


def probe(name, heat, on, holds):
    """A case about rule 1 of the small book: at some heat on some day, whether it holds."""
    row = {"heat": heat}
    return Probe(
        name,
        "user/x/1",
        (KNOWN, ()),
        row,
        on,
        strict=False,
        branched=False,
        passes=lambda law: Scene(law, row, on).values["user/x/1"] is holds,
    )


@pytest.fixture
def hot(small):
    return small.book(
        small.notice("user/x", small.article("1", "hot"), predicates=small.predicates(hot="heat >= 5"))
    )


def test_survivors_are_what_no_case_notices(hot):
    found = kill(hot, [probe("at", 5, DAY, True), probe("above", 9, DAY, True)])
    assert (found.made, found.noticed) == (
        {"operator": 2, "threshold": 2, "date": 4, "exception": 0},
        {"operator": 2, "threshold": 1, "date": 0, "exception": 0},
    )
    assert found.share == (3, 8)
    assert found.survivors[0] == Survivor("threshold", "hot", "heat >= 5: 5 becomes 4")


def test_cases_at_the_boundaries_notice_all_but_the_day_of_knowledge(hot):
    first = date(2021, 1, 1)
    cases = [
        probe("below", 4, DAY, False),
        probe("at", 5, DAY, True),
        probe("before", 5, date(2020, 12, 31), False),
        probe("from", 5, first, True),
    ]
    seen = []
    found = kill(hot, cases, progress=lambda done, of: seen.append((done, of)))
    assert [s.change for s in found.survivors] == [
        "in_force published 2020-01-01 becomes 2019-12-31",
        "in_force published 2020-01-01 becomes 2020-01-02",
    ]
    assert seen == [(n, 8) for n in range(1, 9)]


def test_a_case_that_fails_on_the_book_itself_is_named(hot):
    with pytest.raises(BookError) as caught:
        kill(hot, [probe("wrong", 5, DAY, False)])
    assert caught.value.problem.where == "wrong"
