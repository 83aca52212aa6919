from __future__ import annotations

from datetime import date

import pytest

from xenotime.law.prove.handover import handovers, told


@pytest.mark.parametrize(
    ("ends", "begins", "found"),
    [
        ("2022-03-01", "2022-03-01", []),
        ("2022-03-01", "2022-03-03", [(True, date(2022, 3, 1), date(2022, 3, 2))]),
        ("2022-03-01", "2022-02-27", [(False, date(2022, 2, 27), date(2022, 2, 28))]),
    ],
)
def test_the_days_between_two_versions(small, ends, begins, found):
    old = small.notice("user/old", small.article("1", "one"), predicates=small.predicates(one="metal"))
    new = small.notice(
        "user/new",
        small.article("1", "one", "report", events=f"[{{in_force: {begins}}}]"),
        acts=f"[{{on: user/old, repealed: {ends}}}]",
    )
    pairs = [(h.hole, h.window.since, h.window.through) for h in handovers(small.book(old, new))]
    assert pairs == found


def test_a_stretch_of_days_in_words():
    assert [told(date(2022, 3, 1), date(2022, 3, 1)), told(date(2022, 3, 1), date(2022, 3, 2))] == [
        "2022-03-01",
        "2022-03-01 to 2022-03-02",
    ]
