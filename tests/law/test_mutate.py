from __future__ import annotations

import pytest

from xenotime.law.leaf import parse_leaf
from xenotime.law.mutate import changed, count, mutants


@pytest.mark.parametrize(
    ("leaf", "made"),
    [
        ("metal", []),
        ("NOT metal", ["not is left out"]),
        ("metal AND civil", ["all becomes any"]),
        ("metal OR civil", ["any becomes all"]),
        ("kind IN ('oxide')", ["kind in becomes not in"]),
        ("kind = 'oxide'", ["kind = 'oxide' becomes <>"]),
        (
            "heat >= 1",
            [
                "heat >= 1 becomes >",
                "heat >= 1 becomes <",
                *["heat >= 1: 1 becomes 0", "heat >= 1: 1 becomes 2"],
            ],
        ),
        ("heat < 0", ["heat < 0 becomes <=", "heat < 0 becomes >=", "heat < 0: 0 becomes 1"]),
        (
            "part * 3 > whole",
            [
                "part * 3 > whole becomes >=",
                "part * 3 > whole becomes <=",
                *["part * 3 > whole: 3 becomes 2", "part * 3 > whole: 3 becomes 4"],
            ],
        ),
    ],
)
def test_each_place_of_a_leaf_changes_alone(facts, leaf, made):
    node = parse_leaf(leaf, facts, "here")
    found = list(changed(node))
    assert [change for _, change, _ in found] == made
    assert all(other != node for _, _, other in found)


def test_a_book_changes_in_its_trees_days_and_exceptions(small):
    names = small.predicates(one="heat > 4", two="NOT metal")
    rules = (
        small.article("1", "{any: [one, two]}", unless='["2"]'),
        small.article("2", "two", answer="exempt", events="[{in_force: 2021-01-01}, {repealed: 2022-01-01}]"),
    )
    acts = "[{on: user/x/1, suspended: 2021-05-01, through: 2021-05-01, then: in_force}]"
    book = small.book(small.notice("user/x", *rules, predicates=names, acts=acts))
    found = list(mutants(book))
    assert count(found) == {"operator": 4, "threshold": 2, "date": 4 + 8 + 4, "exception": 1}
    assert {m.place for m in found} == {"one", "two", "user/x/1", "user/x/2", "user/x on user/x/1"}
    # A suspension of one day can be moved at one end only, or it would end before it begins.
    moved = [m.change for m in found if m.place == "user/x on user/x/1" and "published" not in m.change]
    assert moved == [
        "suspended day 2021-05-01 becomes 2021-04-30",
        "suspended through 2021-05-01 becomes 2021-05-02",
    ]
    assert [m for m in found if m.book == book] == []
