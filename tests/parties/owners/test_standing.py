from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from xenotime.core.errors import InputError
from xenotime.parties.owners.holding import Body, Finding, Holding, Structure
from xenotime.parties.owners.standing import fingerprint, limited, standing

DAY = date(2026, 6, 1)


def findings(data, on=DAY):
    return [(f.what, f.where) for f in standing(data, on).findings]


def test_only_what_stands_on_the_day_is_there(build):
    first, last = date(2026, 1, 1), date(2026, 12, 31)
    data = build("X 60% A", "X 40% A", h0={"to_day": last}, h1={"from_day": first})
    days = (date(2025, 12, 31), first, last, date(2027, 1, 1))
    assert [[t.holding for t in standing(data, d).ties["A"]] for d in days] == [
        ["h0"],
        ["h0", "h1"],
        ["h0", "h1"],
        ["h1"],
    ]


def test_a_branch_is_its_parent_and_sibling_branches_are_one(build):
    data = build("B1 20% A", "B2 30% A", branches={"B1": "X", "B2": "B1"}, bodies=["X"])
    scene = standing(data, DAY)
    assert ([t.owner for t in scene.ties["A"]], scene.members["X"]) == (["X", "X"], ("B1", "B2", "X"))


def test_a_nominee_is_replaced_by_whom_it_holds_for(build):
    data = build(
        "N 30% A",
        "T 30% A",
        h0={"kind": "nominee", "holds_for": "X"},
        h1={"kind": "trust"},
    )
    assert [(t.owner, t.through) for t in standing(data, DAY).ties["A"]] == [("X", "N"), ("", "T")]


@pytest.mark.parametrize(
    ("low", "high", "bounds", "said"),
    [
        ("-1/10", "1/2", ("0", "1"), "a share of -1/10 is impossible; it is taken as unknown"),
        ("6/5", "6/5", ("0", "1"), "a share of 6/5 is impossible; it is taken as unknown"),
        ("1/2", "2/5", ("0", "1"), "a share from 1/2 to 2/5 is impossible; unknown"),
        ("1/2", "6/5", ("1/2", "1"), "a share of up to 6/5 is impossible; up to 1 is taken"),
    ],
)
def test_an_impossible_share_is_a_finding_and_unknown(low, high, bounds, said):
    holding = Holding("h", "X", "A", Fraction(low), Fraction(high))
    data = Structure((Body("X", "X"), Body("A", "A")), (holding,))
    (tie,) = standing(data, DAY).ties["A"]
    assert ((tie.low, tie.high, tie.stated), findings(data)) == (
        (*map(Fraction, bounds), False),
        [(said, "h")],
    )


def test_owners_over_everything_are_a_finding(build):
    data = build("X 60% A", "C 41% A", "X 60% B", "C 40% B")
    says = "its owners hold 101/100 at least, which is more than everything; none is sure"
    assert (standing(data, DAY).over, findings(data)) == ({"A"}, [(says, "A")])


def test_what_does_not_fit_is_told(build):
    whole = build("A 10% A", "X 10% A", "X 10% A", branches={"L": "gone", "M": "N", "N": "M"})
    data = replace(
        whole,
        bodies=tuple(b for b in whole.bodies if b.id != "X"),
        holdings=(
            whole.holdings[0],
            whole.holdings[1],
            replace(whole.holdings[2], kind="promise"),
            Holding("h3", "A", "L", Fraction(0), None, DAY, date(2026, 5, 1)),
        ),
        findings=(Finding("read", "file"),),
    )
    assert findings(data) == [
        ("read", "file"),
        ("this is a branch of 'gone', which is not described", "L"),
        ("this body is a branch of itself, in a circle", "M"),
        ("this body is a branch of itself, in a circle", "N"),
        ("this holding is of a company in itself; it counts for nobody", "h0"),
        ("owner: 'X' is not described", "h1"),
        ("owner: 'X' is not described", "h2"),
        ("'promise' is no known kind of holding; it may be none", "h2"),
        ("this holding ends before it begins, so it never stands", "h3"),
    ]


def test_one_id_for_two_rows_is_refused_and_a_repeated_row_counts_once(build):
    data = build("X 50% A")
    twice = replace(data, holdings=data.holdings * 2)
    assert findings(twice) == [("this holding is written twice; it counts once", "h0")]
    other = replace(data, holdings=(*data.holdings, replace(data.holdings[0], low=Fraction(1, 4))))
    with pytest.raises(InputError) as caught:
        standing(other, DAY)
    assert caught.value.problem.where == "h0"


def test_a_maximum_is_limited_by_the_minima_of_the_others(build):
    data = build("X ? A", "C 30..40% A", "D 20% A")
    ties = limited(standing(data, DAY).ties["A"])
    assert [(t.owner, t.high) for t in ties] == [
        ("X", Fraction(1, 2)),
        ("C", Fraction(2, 5)),
        ("D", Fraction(1, 5)),
    ]


def test_the_fingerprint_is_of_the_content_and_not_of_its_order(build):
    data = build("X 50% A", "C 1/3 A")
    rows = [(b.id, False, b) for b in data.bodies]
    same = fingerprint(DAY, rows, data.holdings)
    assert fingerprint(date(2026, 6, 2), rows, data.holdings) != same
    assert fingerprint(DAY, rows[::-1], data.holdings[::-1]) == same
    assert fingerprint(DAY, rows, [data.holdings[0], replace(data.holdings[1], low=Fraction(1, 4))]) != same
