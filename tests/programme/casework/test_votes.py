from __future__ import annotations

from dataclasses import replace

import pytest
from tests.fixtures.cases import AT, draft, person

from xenotime.core.errors import AccessError, InputError, StateError
from xenotime.programme.casework.votes import count, missing, tally, undecided, vote

BODIES = ("commerce", "state", "defense", "energy")


@pytest.mark.parametrize(
    ("rule", "said", "carried", "lost"),
    [
        ("none", "", True, False),
        ("unanimous", "++++", True, False),
        ("unanimous", "+++.", False, False),
        ("unanimous", "+++-", False, True),
        ("unanimous", "....", False, False),
        ("majority", "+++-", True, False),
        ("majority", "++--", False, True),
        ("majority", "++..", False, False),
        ("majority", "+++.", True, False),
        ("majority", "--..", False, True),
        ("majority", "-...", False, False),
    ],
)
def test_counts(rule, said, carried, lost):
    words = {"+": "withdraw", "-": "keep"}
    votes = [(body, words[s]) for body, s in zip(BODIES, said, strict=False) if s in words]
    found = count(rule, BODIES, votes, "withdraw")
    assert (found.carried, found.lost) == (carried, lost)
    assert len(found.ayes) + len(found.noes) + len(found.absent) == 4


def test_a_body_that_the_profile_does_not_name_counts_nothing():
    found = count("majority", BODIES, [(b, "withdraw") for b in ("x", "y", "z")], "withdraw")
    assert (found.ayes, found.absent, found.carried) == ((), BODIES, False)


def test_one_body_one_vote_and_the_last_one_counts(kinds, veu):
    case = draft(kinds["certificate"])
    for says, reason in (("grant", ""), ("refuse", "no site"), ("grant", "")):
        case = vote(case, veu, "grant", says, person("approver", body="state"), AT, reason)
    case = vote(case, veu, "grant", "grant", person("approver", 2, "energy"), AT)
    found = tally(case, veu, "grant")
    assert [(v.body, v.says, v.by) for v in case.votes] == [
        ("state", "grant", "approver:approver1"),
        ("energy", "grant", "approver:approver2"),
    ]
    assert (found.ayes, found.absent) == (("state", "energy"), ("commerce", "defense"))
    assert missing(case, veu, "grant")[0] == (
        "the vote (unanimous of 4) is not carried: 2 for, 0 against, 2 not voted"
    )
    assert undecided(case, veu, "grant")[0] == "the vote can still be carried"


def test_nobody_votes_for_two_bodies(kinds, veu):
    case = vote(draft(kinds["certificate"]), veu, "grant", "grant", person("approver", body="state"), AT)
    with pytest.raises(AccessError):
        vote(case, veu, "grant", "grant", person("approver", body="energy"), AT)
    other = vote(case, veu, "withdraw", "withdraw", person("approver", body="energy"), AT)
    assert [(v.matter, v.body) for v in other.votes] == [("grant", "state"), ("withdraw", "energy")]


def test_votes_on_one_matter_leave_another_alone(kinds, veu):
    case = vote(draft(kinds["certificate"]), veu, "grant", "grant", person("approver", body="state"), AT)
    case = vote(case, veu, "withdraw", "withdraw", person("approver", body="state"), AT)
    assert [(v.matter, v.says) for v in case.votes] == [("grant", "grant"), ("withdraw", "withdraw")]


def test_a_carried_matter_is_not_turned_down_and_a_matter_without_vote_may_be(kinds, veu, cn):
    case = draft(kinds["certificate"])
    assert (missing(case, cn, "grant"), undecided(case, cn, "grant")) == (None, None)
    for number, body in enumerate(BODIES, 1):
        case = vote(case, veu, "grant", "grant", person("approver", number, body), AT)
    assert missing(case, veu, "grant") is None
    assert undecided(case, veu, "grant")[0] == "the bodies carried the matter; it cannot be turned down"


@pytest.mark.parametrize(
    "who", [person("approver", body="navy"), person("approver"), person("officer", body="state")]
)
def test_only_an_approver_of_a_named_body_votes(kinds, veu, who):
    with pytest.raises(AccessError):
        vote(draft(kinds["certificate"]), veu, "grant", "grant", who, AT)


@pytest.mark.parametrize(
    ("matter", "says", "reason"), [("grant", "keep", "x"), ("war", "grant", "x"), ("grant", "refuse", " ")]
)
def test_a_vote_has_known_words_and_a_reason_against(kinds, veu, matter, says, reason):
    with pytest.raises(InputError):
        vote(draft(kinds["certificate"]), veu, matter, says, person("approver", body="state"), AT, reason)


def test_a_closed_case_takes_no_vote(kinds, veu):
    closed = replace(draft(kinds["certificate"]), closed=AT)
    with pytest.raises(StateError):
        vote(closed, veu, "grant", "grant", person("approver", body="state"), AT)
