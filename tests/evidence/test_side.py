from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from xenotime.evidence.read import packaged
from xenotime.evidence.side import Scope, agree, labels, scope, side

LIKE = next(figure for figure in packaged() if figure.id == "shares-027")


def number(value, low=None, high=None, **changes):
    ends = [None if end is None else Decimal(end) for end in (value, low, high)]
    return replace(LIKE, value=ends[0], low=ends[1], high=ends[2], **changes)


@pytest.mark.parametrize(
    ("one", "two", "right"),
    [
        (("91",), ("91.3",), True),
        (("91",), ("92",), False),
        (("90", "90"), ("92",), True),
        (("90", "90"), ("85",), False),
        (("3", "2", "4"), ("5", "4", "6"), False),
        (("737", "625", "850"), ("800", "600", "1000"), True),
        (("270000",), ("270000",), True),
        ((None,), ("92",), True),
    ],
)
def test_claims_agree_when_one_holds_the_value_of_the_other(one, two, right):
    assert (agree(number(*one), number(*two)), agree(number(*two), number(*one))) == (right, right)


def test_names_of_scopes_are_as_short_as_they_can_be():
    one, two = (
        Scope("Dy", "China", "oxide", "", expected=False),
        Scope("Dy", "Europe", "oxide", "", expected=False),
    )
    assert (labels([one]), labels([one, two])) == (("Dy",), ("China", "Europe"))
    assert labels([Scope("all rare earths", "China", "", "", expected=False)], 1) == ("全部稀土",)


def test_a_scope_keeps_subjects_apart_only_when_asked():
    one = replace(LIKE, stage="separation/refining")
    assert scope(one, apart=False) == Scope("all rare earths", "China", "refining", "", expected=False)
    assert scope(one, apart=True).subject == "China share of smelting"


def test_every_pair_that_disagrees_is_found():
    claims = [number(str(n % 30), id=f"own-{n}") for n in range(300)]
    assert len(side(scope(LIKE, apart=False), claims, 0).competing) == 300 * 299 // 2 - 30 * 45
