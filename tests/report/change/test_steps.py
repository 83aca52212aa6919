from __future__ import annotations

from dataclasses import replace

import pytest

from xenotime.law.answer import Outcome
from xenotime.report.change.steps import gained, key_of, steps
from xenotime.report.change.words import speak
from xenotime.services.bulk.shift import Measure, Move


def test_the_gravest_comes_first_with_how_many_are_still_to_leave(made):
    found = steps(made, speak())
    assert [(s.key, s.outcome, s.shipments, s.planned) for s in found] == [
        ("stop", Outcome.PROHIBITED, 1, 1),
        ("confirm", Outcome.UNVERIFIED, 8, 5),
        ("ask", Outcome.UNDETERMINED, 2, 1),
        ("read", Outcome.OPEN, 3, 0),
        ("free", Outcome.NOT_CONTROLLED, 20, 0),
    ]
    assert found[1].says.startswith("Now turning on law that no source confirms: 8; still to leave: 5.")
    assert found[1].more == ("2026-11-10: Was it extended? check: the ministry's page",)
    assert found[2].more == ("Does it contain dysprosium? (ask supplier; 2 legs)",)
    assert found[3].says == "Now “open”: 3; all have left. Check what was filed for them."
    assert found[3].more == ("cn/a/3",)
    assert found[4].says.startswith("Now free under this book: 20; all have left. Keep the papers")


@pytest.mark.parametrize(
    ("before", "after", "key"),
    [
        (Outcome.NOT_CONTROLLED, Outcome.LICENCE, "apply"),
        (Outcome.LICENCE, Outcome.PRESUMED_DENIED, "apply"),
        (Outcome.UNDETERMINED, Outcome.CASE_BY_CASE, "apply"),
        (Outcome.PRESUMED_DENIED, Outcome.LICENCE, "milder"),
        (Outcome.LICENCE, Outcome.REPORT, "milder"),
        (Outcome.NOT_CONTROLLED, Outcome.REPORT, "report"),
        (Outcome.OPEN, Outcome.NOT_CONTROLLED, "free"),
        (Outcome.LICENCE, Outcome.CONFLICT, "conflict"),
        (Outcome.CONFLICT, Outcome.PROHIBITED, "stop"),
    ],
)
def test_each_move_asks_for_one_thing(before, after, key):
    assert key_of(Move(before, after, Measure(1))) == key


def test_new_duties_are_named_once(made):
    assert gained(made, speak()) == ("New duties fall on 4 legs: notice. See the duties below.",)
    assert gained(replace(made, duties=()), speak()) == ()


def test_nothing_that_moves_asks_for_nothing(still):
    assert steps(still, speak()) == ()
