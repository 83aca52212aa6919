"""What stands on a day: branches merged into their parent, nominees replaced, contradictions found.

Nothing is silently mended. An impossible share becomes an unknown one; a company whose owners hold more
than everything at least can be held only possibly; each is a finding.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from fractions import Fraction
from operator import attrgetter
from typing import TypeVar

from xenotime.core.errors import InputError
from xenotime.core.truth import Truth
from xenotime.parties.owners.holding import Body, Finding, Holding, Structure

KINDS = ("shares", "votes", "control", "nominee", "trust")
ZERO, ONE = Fraction(0), Fraction(1)
Row = TypeVar("Row", Body, Holding)
#: Everything that a body or a holding says, in the order of its fields.
_OF_BODY, _OF_HOLDING = (attrgetter(*(f.name for f in fields(kind))) for kind in (Body, Holding))


@dataclass(frozen=True, slots=True)
class Tie:
    """A holding between persons; owner "" is a beneficiary that nobody named.

    `kind`: share | control | votes | own.
    """

    holding: str
    owner: str
    owned: str
    low: Fraction
    high: Fraction
    stated: bool
    kind: str
    through: str
    raw: Holding


@dataclass(frozen=True, slots=True)
class Standing:
    """The holdings of one day by the person owned, who stands for whom, and who is over 100 %."""

    on: date
    person: Mapping[str, str]
    bodies: Mapping[str, Body]
    members: Mapping[str, tuple[str, ...]]
    ties: Mapping[str, tuple[Tie, ...]]
    over: frozenset[str]
    findings: tuple[Finding, ...]

    def of(self, body: str) -> str:
        """The person that a body is: itself, or what it is a branch of."""
        return self.person.get(body, body)

    def described(self, body: str) -> bool:
        """Whether the data say who this is; a bare id that nobody could screen is not described."""
        return body in self.bodies and bool(self.bodies[body].name)

    def above(self, start: Iterable[str]) -> dict[str, None]:
        """The persons themselves and everybody who holds anything of them, at any distance."""
        found = dict.fromkeys(start)
        queue = list(found)
        for person in queue:
            for tie in self.ties.get(person, ()):
                if tie.owner and tie.owner not in found:
                    found[tie.owner] = None
                    queue.append(tie.owner)
        return found


def standing(structure: Structure, on: date) -> Standing:
    """The structure as it stands on a day.

    Raises InputError when two different bodies or holdings have one id.
    """
    findings = list(structure.findings)
    bodies = _once(structure.bodies, "body", findings)
    holdings = _once(structure.holdings, "holding", findings)
    person = {body: _person(body, bodies, findings) for body in bodies}
    ties: dict[str, list[Tie]] = defaultdict(list)
    for holding in holdings.values():
        if holding.from_day and holding.to_day and holding.to_day < holding.from_day:
            findings.append(Finding("this holding ends before it begins, so it never stands", holding.id))
        if holding.stands(on):
            tie = _tie(holding, person, bodies, findings)
            ties[tie.owned].append(tie)
    over = frozenset(_over(ties, findings))
    members: dict[str, list[str]] = defaultdict(list)
    for body, root in person.items():
        members[root].append(body)
    return Standing(
        on,
        person,
        bodies,
        {root: tuple(sorted(found)) for root, found in members.items()},
        {owned: tuple(sorted(found, key=lambda t: t.holding)) for owned, found in sorted(ties.items())},
        over,
        tuple(findings),
    )


def _once(rows: Iterable[Row], what: str, findings: list[Finding]) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for row in rows:
        if row.id not in found:
            found[row.id] = row
            continue
        if found[row.id] != row:
            raise InputError(
                f"two different rows have one {what} id",
                where=row.id,
                expected="each id once",
                found=f"{found[row.id]} and {row}",
                next_step="give one of them an id of its own",
            )
        findings.append(Finding(f"this {what} is written twice; it counts once", row.id))
    return found


def _person(start: str, bodies: Mapping[str, Body], findings: list[Finding]) -> str:
    seen = [start]
    while parent := bodies[seen[-1]].branch_of:
        if parent in seen:
            findings.append(Finding("this body is a branch of itself, in a circle", start))
            return start
        if parent not in bodies:
            findings.append(Finding(f"this is a branch of {parent!r}, which is not described", start))
            break
        seen.append(parent)
    return seen[-1]


def _tie(
    holding: Holding, person: Mapping[str, str], bodies: Mapping[str, Body], findings: list[Finding]
) -> Tie:
    for role, body in (("owner", holding.owner), ("owned", holding.owned), ("for whom", holding.holds_for)):
        if body not in bodies and (body or role != "for whom"):
            findings.append(Finding(f"{role}: {body!r} is not described", holding.id))
    owned, kind = person.get(holding.owned, holding.owned), "share"
    held_for_another = bool(holding.holds_for) or holding.kind in ("nominee", "trust")
    owner = holding.holds_for if held_for_another else holding.owner
    owner = person.get(owner, owner)
    low, high, stated = _bounds(holding, findings)
    if holding.kind in ("control", "votes"):
        kind = holding.kind
    elif owner == owned:
        kind = "own"
        findings.append(Finding("this holding is of a company in itself; it counts for nobody", holding.id))
    if holding.kind not in KINDS:
        findings.append(Finding(f"{holding.kind!r} is no known kind of holding; it may be none", holding.id))
        low, stated = ZERO, False
    through = holding.owner if held_for_another else ""
    return Tie(holding.id, owner, owned, low, high, stated, kind, through, holding)


def _bounds(holding: Holding, findings: list[Finding]) -> tuple[Fraction, Fraction, bool]:
    low, high = holding.low, holding.high
    if not ZERO <= low <= ONE:
        findings.append(Finding(f"a share of {low} is impossible; it is taken as unknown", holding.id))
        return ZERO, ONE, False
    if high is not None and high < low:
        findings.append(Finding(f"a share from {low} to {high} is impossible; unknown", holding.id))
        return ZERO, ONE, False
    if high is not None and high > ONE:
        findings.append(Finding(f"a share of up to {high} is impossible; up to 1 is taken", holding.id))
        high = None
    top = ONE if high is None else high
    return low, top, low == top


def _over(ties: Mapping[str, Iterable[Tie]], findings: list[Finding]) -> Iterable[str]:
    for owned, found in ties.items():
        total = sum((t.low for t in found if t.kind in ("share", "own")), ZERO)
        if total > ONE:
            says = f"its owners hold {total} at least, which is more than everything; none is sure"
            findings.append(Finding(says, owned))
            yield owned


def lowest(ties: Iterable[Tie], owners: Mapping[str, int], *, over: bool) -> Fraction:
    """What the owners hold at least; nothing is sure where the minima contradict each other."""
    if over:
        return ZERO
    return sum((t.low for t in ties if t.kind == "share" and t.owner in owners), ZERO)


def highest(ties: Iterable[Tie], owners: Mapping[str, int], *, over: bool) -> Fraction:
    """What the owners and unnamed beneficiaries can hold at most, given what the others hold at least."""
    mine, others = ZERO, ZERO
    for tie in ties:
        if tie.kind == "share" and (tie.owner in owners or not tie.owner):
            mine += tie.high
        elif tie.kind in ("share", "own"):
            others += tie.low
    return min(mine, ONE) if over else min(mine, ONE - others)


def limited(ties: Iterable[Tie]) -> tuple[Tie, ...]:
    """The ties with each maximum limited by what all the others hold at least."""
    ties = tuple(ties)
    total = sum((t.low for t in ties if t.kind in ("share", "own")), ZERO)
    room = max(ONE - total, ZERO)
    return tuple(replace(t, high=min(t.high, t.low + room)) if total <= ONE else t for t in ties)


def fingerprint(
    on: date, bodies: Iterable[tuple[str, Truth, Body | None]], holdings: Iterable[Holding]
) -> str:
    """The SHA-256 of the day and the data used, whole and as read, over canonical JSON (64 hex digits).

    `bodies` are ids, whether the person is listed, and what describes it; all is sorted by id.
    """
    who = sorted(bodies, key=lambda row: row[0])
    first = [[name, truth, _OF_BODY(body) if body else None] for name, truth, body in who]
    rows = [_OF_HOLDING(h) for h in sorted(holdings, key=lambda h: h.id)]
    text = json.dumps([on, first, rows], default=str)
    return hashlib.sha256(text.encode()).hexdigest()
