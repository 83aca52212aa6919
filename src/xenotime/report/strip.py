"""One hit made ready to be shown: its names token by token in columns, and its evidence in order."""

from __future__ import annotations

import re
from dataclasses import dataclass

from xenotime.core.truth import Truth
from xenotime.parties.matching.match import Evidence, Match
from xenotime.report.stake import seen
from xenotime.report.words import Words

#: Verdicts that speak for a match, against it, or leave it open.
VERDICTS: dict[str, Truth] = {"same": True, "different": False, "unknown": None}
_EXCLUDES = re.compile(r"^[^:]*:\s*(.*?)\s+against\s+(.*)$")


@dataclass(frozen=True, slots=True)
class Column:
    """Two tokens taken for each other, or one that stands alone (the other is "").

    `how` is same | spelling | sound | … for pairs, excludes for two that contradict, alone for the rest.
    `likeness` [0 to 100].
    `excluded`: this token is part of a contradiction.
    """

    mine: str
    theirs: str
    how: str
    likeness: int
    excluded: bool = False


def columns(match: Match) -> tuple[Column, ...]:
    """The tokens of both names: pairs first, then what stands alone on the asked side, then on the list's."""
    found = match.alignment
    if found is None:
        return ()
    mine, theirs = _excluded(found.contradictions)
    made = [
        Column(
            seen(p.mine), seen(p.theirs), p.how, p.likeness, _meets(p.mine, mine) and _meets(p.theirs, theirs)
        )
        for p in found.pairs
    ]
    left, right = (
        [t for t in alone if _meets(t, said)]
        for alone, said in ((found.alone_mine, mine), (found.alone_theirs, theirs))
    )
    made += [
        Column(seen(a), seen(b), "excludes", 0, excluded=True) for a, b in zip(left, right, strict=False)
    ]
    both = min(len(left), len(right))
    made += [Column(seen(t), "", "alone", 0, t in left) for t in found.alone_mine if t not in left[:both]]
    made += [Column("", seen(t), "alone", 0, t in right) for t in found.alone_theirs if t not in right[:both]]
    return tuple(made)


def _excluded(contradictions: tuple[str, ...]) -> tuple[set[str], set[str]]:
    mine: set[str] = set()
    theirs: set[str] = set()
    for text in contradictions:
        if told := _EXCLUDES.match(text):
            mine |= set(told[1].split("/"))
            theirs |= set(told[2].split("/"))
    return mine, theirs


def _meets(token: str, values: set[str]) -> bool:
    return any(token.startswith(value) or value.startswith(token) for value in values if value and token)


def band(match: Match) -> str:
    """What the score asks for: sure | review | out."""
    return "sure" if match.sure else "out" if match.ruled_out else "review"


def verdict(match: Match, say: Words) -> str:
    """The score with its word: ``93 %, for review``."""
    return f"{match.score} %, {say('hit.' + band(match))}"


def evidence(match: Match) -> tuple[Evidence, ...]:
    """What speaks for and against, in the order in which it was weighed."""
    return match.evidence


def points(one: Evidence) -> str:
    """The points with their sign.

    >>> points(Evidence("name", "same", "", 12)), points(Evidence("name", "different", "", -3))
    ('+12', '−3')
    """
    return f"+{one.points}" if one.points > 0 else f"−{-one.points}" if one.points < 0 else "0"


def side(one: Evidence) -> Truth:
    """Whether a piece of evidence speaks for the match, against it, or neither."""
    if one.points:
        return one.points > 0
    return VERDICTS.get(one.verdict)


def fact(one: Evidence, say: Words) -> str:
    """What a piece of evidence is about, in words."""
    return say.maybe("evidence", one.fact.replace(" ", "_"))
