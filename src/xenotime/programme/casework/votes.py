"""Votes of bodies on a matter: counted by the rule that the profile gives the track."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from xenotime.core.errors import AccessError, InputError, StateError
from xenotime.programme.access import Actor, person
from xenotime.programme.casework.case import Case, Vote
from xenotime.programme.profile import Profile

#: What a vote on a matter may say: for it, against it.
SAYS = {"grant": ("grant", "refuse"), "withdraw": ("withdraw", "keep")}
RULES = ("none", "majority", "unanimous")


@dataclass(frozen=True, slots=True)
class Tally:
    """A count: the rule, the bodies asked, who is for, who against, and who has not voted.

    `carried`: the rule is met. `lost`: whatever the missing bodies say, it cannot be met.
    """

    rule: str
    bodies: tuple[str, ...]
    ayes: tuple[str, ...]
    noes: tuple[str, ...]
    absent: tuple[str, ...]
    carried: bool
    lost: bool


def vote(
    case: Case, profile: Profile, matter: str, says: str, actor: Actor, at: datetime, reason: str = ""
) -> Case:
    """The case with the vote of the actor's body; an earlier one of the same body on the matter is replaced.

    Raises InputError for another matter or word, or a vote against without its reason; AccessError for a role
    or body that has no vote, and for a person who voted for another body; StateError if the case is closed.
    """
    if says not in SAYS.get(matter, ()):
        raise InputError(
            "there is no such vote", where=case.id, expected=str(SAYS), found=f"{matter}: {says}"
        )
    if says == SAYS[matter][1] and not reason.strip():
        raise InputError("a vote against needs its reason", where=case.id, next_step="write the reason")
    if case.closed is not None:
        raise StateError("the case is closed", where=case.id, next_step="open a new case")
    _, bodies = rule(case, profile, matter)
    if actor.role != "approver" or actor.body not in bodies:
        raise AccessError(
            "your body has no vote on this",
            where=case.id,
            expected=f"an approver of {', '.join(bodies) or 'no body'}",
            found=f"{actor.role} of {actor.body or 'no body'}",
        )
    kept = tuple(v for v in case.votes if (v.matter, v.body) != (matter, actor.body))
    _single(case, kept, matter, actor)
    return replace(case, votes=(*kept, Vote(matter, actor.body, says, actor.sign, at, reason.strip())))


def _single(case: Case, votes: tuple[Vote, ...], matter: str, actor: Actor) -> None:
    """Nothing if no other body's vote on the matter is this person's, who may have changed bodies since."""
    if any(v.matter == matter and person(v.by) == actor.id for v in votes):
        raise AccessError(
            "nobody votes for two bodies",
            where=case.id,
            expected="another person",
            found=actor.sign,
            next_step="let a colleague of this body vote",
        )


def rule(case: Case, profile: Profile, matter: str) -> tuple[str, tuple[str, ...]]:
    """The rule and the bodies of a matter on the case's track."""
    address = f"{case.track}.vote.{matter}"
    return str(profile.value(f"{address}.rule")), tuple(profile.value(f"{address}.bodies"))


def tally(case: Case, profile: Profile, matter: str) -> Tally:
    """How the votes stand; votes of bodies that the profile does not name are not counted."""
    by, bodies = rule(case, profile, matter)
    return count(by, bodies, {v.body: v.says for v in case.votes if v.matter == matter}.items(), matter)


def count(by: str, bodies: tuple[str, ...], votes: Iterable[tuple[str, str]], matter: str) -> Tally:
    """The count of votes given as (body, says). A tie carries nothing, and who has not voted is not for it.

    >>> count("majority", ("a", "b", "c"), [("a", "withdraw"), ("b", "withdraw")], "withdraw").carried
    True
    """
    said = dict(votes)
    ayes = tuple(b for b in bodies if said.get(b) == SAYS[matter][0])
    noes = tuple(b for b in bodies if said.get(b) == SAYS[matter][1])
    absent = tuple(b for b in bodies if b not in said)
    need = {"none": 0, "majority": len(bodies) // 2 + 1, "unanimous": len(bodies)}[by]
    return Tally(by, bodies, ayes, noes, absent, len(ayes) >= need, len(bodies) - len(noes) < need)


def missing(case: Case, profile: Profile, matter: str) -> tuple[str, str] | None:
    """Why a matter is not carried, or nothing."""
    found = tally(case, profile, matter)
    if found.carried:
        return None
    return (
        (
            f"the vote ({found.rule} of {len(found.bodies)}) is not carried: {len(found.ayes)} for, "
            f"{len(found.noes)} against, {len(found.absent)} not voted"
        ),
        f"表决未通过：{len(found.ayes)}票赞成，{len(found.noes)}票反对，{len(found.absent)}票未投",
    )


def undecided(case: Case, profile: Profile, matter: str) -> tuple[str, str] | None:
    """Why a matter cannot be turned down yet: its vote is carried or still open."""
    found = tally(case, profile, matter)
    if found.rule == "none" or found.lost:
        return None
    if found.carried:
        return "the bodies carried the matter; it cannot be turned down", "表决已通过，不得予以否决"
    return "the vote can still be carried", "表决尚未结束"
