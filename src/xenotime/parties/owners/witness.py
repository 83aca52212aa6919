"""What a checker of ownership proofs reads from the data with its own eyes, beside the engine.

Nothing of the engine is used: who stands for whom, what stands on the day and who is listed is read again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from fractions import Fraction
from operator import attrgetter

from xenotime.core.truth import Truth
from xenotime.parties.owners.holding import Body, Holding, Structure
from xenotime.parties.owners.rule import Listing, OwnershipRule

_ONE = Fraction(1)
#: Everything that a body or a holding says, in the order of its fields.
_OF_BODY, _OF_HOLDING = (attrgetter(*(f.name for f in fields(kind))) for kind in (Body, Holding))


class Witness:
    """The data of one day as a checker reads it for itself: exact bounds per holding, and who is listed."""

    def __init__(
        self,
        data: Structure,
        truths: Mapping[str, Truth],
        rule: OwnershipRule,
        lists: Mapping[str, Sequence[Listing]],
        on: date,
    ) -> None:
        self.truths, self.rule, self.lists, self.on = truths, rule, lists, on
        self.bodies, self.rows = {b.id: b for b in data.bodies}, {h.id: h for h in data.holdings}
        self.people: dict[str, list[str]] = {}
        for body in sorted(self.bodies):
            self.people.setdefault(self.person(body), []).append(body)
        self.into: dict[str, dict[str, tuple[str | None, Fraction, Fraction]]] = {}
        for h in self.rows.values():
            if h.kind not in ("control", "votes") and (h.from_day or on) <= on <= (h.to_day or on):
                company, aside = self.person(h.owned), h.holds_for or h.kind in ("nominee", "trust")
                owner = self.person(h.holds_for if aside else h.owner)
                top = _ONE if h.high is None else h.high
                good = 0 <= h.low <= min(top, _ONE)
                least = h.low if good and h.kind in ("shares", "nominee", "trust") else Fraction(0)
                bounds = (least, min(top, _ONE) if good else _ONE)
                self.into.setdefault(company, {})[h.id] = (None if owner == company else owner, *bounds)

    def person(self, body: str) -> str:
        """The body that a branch is of, at the end of the chain; itself in a circle."""
        path = [body]
        while path[-1] in self.bodies and (up := self.bodies[path[-1]].branch_of) in self.bodies:
            if up in path:
                return body
            path.append(up)
        return path[-1]

    def members(self, person: str) -> list[str]:
        """A person's body with its branches."""
        return self.people.get(person, [person])

    def listed(self, person: str) -> Truth:
        """Whether a person is listed; unknown for one that nothing describes."""
        said = [self.truths[m] for m in self.members(person) if m in self.truths]
        if said or (person in self.bodies and self.bodies[person].name):
            return True if True in said else None if None in said else False
        return None

    def spared(self, person: str) -> bool:
        """Whether the rule never catches a company of this country."""
        return person in self.bodies and self.bodies[person].country in self.rule.spares

    def reached(self, amount: Fraction) -> bool:
        """Whether a share is enough under the rule."""
        return amount > self.rule.threshold or (self.rule.at_least and amount == self.rule.threshold)

    def total(self, company: str, ids: Iterable[str], shares: str) -> Fraction:
        """What these holdings come to, at least or at most, beside everybody else's least."""
        rows, mine = self.into.get(company, {}), set(ids)
        over = sum(least for _, least, _ in rows.values()) > 1
        if shares == "least":
            return Fraction(0) if over else sum((rows[i][1] for i in mine), Fraction(0))
        rest = sum((r[1] for i, r in rows.items() if i not in mine), Fraction(0))
        return min(sum((rows[i][2] for i in mine), Fraction(0)), _ONE if over else _ONE - rest)

    def above(self, person: str) -> dict[str, None]:
        """The person and every owner above, at any distance."""
        found, queue = {person: None}, [person]
        for one in queue:
            for owner, _, _ in self.into.get(one, {}).values():
                if owner and owner not in found:
                    found[owner] = None
                    queue.append(owner)
        return found

    def digest(self, above: Iterable[str]) -> str:
        """The hash of the day, of what is above a person, and of who of them is listed."""
        who = sorted((m, self.listed(p)) for p in above for m in self.members(p))
        bodies = [[m, truth, _OF_BODY(self.bodies[m]) if m in self.bodies else None] for m, truth in who]
        rows = [_OF_HOLDING(self.rows[i]) for i in sorted(i for p in above for i in self.into.get(p, ()))]
        return hashlib.sha256(json.dumps([self.on, bodies, rows], default=str).encode()).hexdigest()

    def groups(self, above: Iterable[str], shares: str) -> dict[str, set[str]]:
        """The owners put together under the rule: each group with the listed that it starts from."""
        way, maybe = self.rule.aggregate, [p for p in above if self.listed(p) is not False]
        found: dict[str, set[str]] = {} if way != "all" and maybe else {"": set()}
        for p in maybe:
            rows = [x for m in self.members(p) for x in self.lists.get(m, ()) if way == "per_list"]
            counting = [x for x in rows if not self.rule.counts or x.counts_as in self.rule.counts]
            named: list[tuple[str, Truth]] = [
                (x.counts_as, x.truth) for x in counting if x.truth is not False
            ]
            for name, truth in named or [(p if way == "per_owner" else "", self.listed(p))]:
                found.setdefault(name, set()).update({p} if truth or shares == "most" else ())
        return found
