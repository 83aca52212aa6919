from __future__ import annotations

from fractions import Fraction

import pytest

from xenotime.core.errors import BookError
from xenotime.parties.owners.rule import Listing, OwnershipRule, counted, parse_ownership

HALF = {"id": "x", "threshold": "50 %"}


def parsed(**more):
    return parse_ownership({**HALF, **more}, "Title", "us/x/1", "here")


def test_a_block_becomes_a_rule():
    got = parsed(aggregate="per_owner", aggregate_open="yes", counts=["a", "b"], spares="US", notes=["n"])
    assert got == OwnershipRule(
        "x",
        "Title",
        "us/x/1",
        Fraction(1, 2),
        aggregate="per_owner",
        aggregate_open=True,
        counts=("a", "b"),
        spares=("US",),
        notes=("n",),
    )


@pytest.mark.parametrize("text", ["1/3", "33.4 %", "100%", "0.5", "1"])
def test_a_threshold_is_exact(text):
    assert parsed(threshold=text).threshold == Fraction(text.rstrip("% ")) / (100 if "%" in text else 1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"threshold": "0"},
        {"threshold": "101 %"},
        {"threshold": "half"},
        {"threshold": "1/0"},
        {"aggregate": "sometimes"},
        {"at_least": "maybe"},
        {"control": "catches"},
        {"unknown_share": "ignore"},
        {"treshold": "1/2"},
        {"id": ""},
    ],
    ids=str,
)
def test_a_block_that_cannot_be_trusted_is_refused(wrong):
    with pytest.raises(BookError):
        parsed(**wrong)


def test_half_itself_is_caught_by_at_least_and_not_by_more_than():
    tie = Fraction(1, 3) + Fraction(1, 6)
    assert (parsed().reached(tie), parsed(at_least="no").reached(tie)) == (True, False)


def test_a_reading_changes_only_how_owners_are_put_together():
    got = parsed(aggregate_open="yes").reading("per_list")
    assert (got.aggregate, got.threshold, got.aggregate_open) == ("per_list", Fraction(1, 2), True)
    with pytest.raises(BookError):
        got.reading("by_moon")


def test_only_lists_that_count_make_an_owner_count():
    rule = parsed(counts=["a"])
    found = {
        "sure": [Listing("1", "b"), Listing("2", "a")],
        "near": [Listing("3", "a", None), Listing("4", "b")],
        "other": [Listing("5", "b")],
        "none": [],
    }
    assert counted(rule, found) == {"sure": True, "near": None, "other": False, "none": False}
    assert counted(parsed(), found) == {"sure": True, "near": True, "other": True, "none": False}
