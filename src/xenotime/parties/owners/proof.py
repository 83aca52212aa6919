"""A certificate for an ownership answer, as plain JSON that `check` verifies without the engine.

Certainly: a tree, each step naming a company, the holdings counted, their sum and the threshold.
Not: for each group of owners a closed set, and for every company above the party outside of it the most
that the set can hold, under the threshold. Possibly: both, a tree of most shares and sets of least shares.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from fractions import Fraction
from typing import Any

from xenotime.core.errors import AddressError
from xenotime.parties.owners.holding import Holding
from xenotime.parties.owners.result import Edge, Held, Resolution, Spread
from xenotime.parties.owners.rule import OwnershipRule
from xenotime.parties.owners.standing import ONE, ZERO, fingerprint

VERSION = 1
Json = dict[str, Any]


def prove(resolution: Resolution, party: str) -> Json:
    """The certificate of a party's answer. Raises AddressError for a party that was not asked about."""
    held = resolution.held.get(party)
    if held is None:
        raise AddressError(
            "this party was not asked about", expected=", ".join(resolution.held), found=repr(party)
        )
    view = _View(resolution, held)
    trees, sets = [], []
    if held.truth is not False:
        trees = [view.tree(certain=held.truth is True)]
    if held.truth is not True:
        sets = [view.closure(name, group, certain=held.truth is None) for name, group in view.groups()]
    return {
        "ownership_proof": VERSION,
        "rule": rule_data(resolution.rule),
        "on": resolution.on.isoformat(),
        "party": party,
        "person": held.person,
        "answer": held.word,
        "ground": "spared" if view.spared() else "shares",
        "data": view.data(),
        "trees": trees,
        "sets": sets,
    }


def rule_data(rule: OwnershipRule) -> Json:
    """The whole rule as plain JSON; a share is written as a fraction."""
    data: Json = json.loads(json.dumps(asdict(rule), default=str))
    return data


class _View:
    """What stands above one party, as its proof reads it."""

    def __init__(self, resolution: Resolution, held: Held) -> None:
        self.resolution, self.held = resolution, held
        self.nodes = {n.body: n for n in resolution.nodes}
        self.raw = {h.id: h for h in resolution.holdings}
        self.into: dict[str, list[Edge]] = defaultdict(list)
        for edge in resolution.edges:
            if edge.counted not in ("control", "votes"):
                self.into[edge.owned].append(edge)
        self.above = self._above(held.person)

    def _above(self, person: str) -> list[str]:
        found = {person: None}
        queue = [person]
        for one in queue:
            for edge in self.into[one]:
                if edge.owner and edge.owner not in found:
                    found[edge.owner] = None
                    queue.append(edge.owner)
        return queue

    def spared(self) -> bool:
        """Whether the answer is "not" because the rule catches no company of the party's country."""
        return self.held.truth is False and self.nodes[self.held.person].spared

    def data(self) -> str:
        """The hash of the bodies and holdings above the party."""
        rows = [row for p in self.above for row in self.resolution.bodies[p]]
        return fingerprint(
            self.resolution.on, rows, (self.raw[e.holding] for p in self.above for e in self.into[p])
        )

    def tree(self, *, certain: bool) -> Json:
        """How the party is caught, step by step, nothing in it that the answer does not need."""
        group, found = self._group(certain=certain)
        counting = found if self.resolution.rule.cascade else {p: t for p, t in found.items() if not t}
        needed, queue = {self.held.person: None}, [self.held.person]
        for one in queue:
            for edge in self._counted(one, counting, found[one]):
                if edge.owner and edge.owner not in needed:
                    needed[edge.owner] = None
                    queue.append(edge.owner)
        order = sorted(needed, key=lambda p: (found[p], p))
        return {
            "shares": "least" if certain else "most",
            "group": group.name,
            "listed": [self._listing(p) for p in order if found[p] == 0],
            "steps": [self._step(p, counting, found[p], certain=certain) for p in order if found[p]],
        }

    def _group(self, *, certain: bool) -> tuple[Spread, Mapping[str, int]]:
        sets = [(g, g.certain if certain else g.possible) for g in self.resolution.spreads]
        return min(
            ((g, found) for g, found in sets if self.held.person in found),
            key=lambda pair: pair[1][self.held.person],
        )

    def _counted(self, company: str, counting: Mapping[str, int], tier: int) -> list[Edge]:
        shares = [e for e in self.into[company] if e.counted != "own"]
        return [e for e in shares if tier and (not e.owner or counting.get(e.owner, tier) < tier)]

    def _listing(self, person: str) -> Json:
        entries = [x.entry for x in self.resolution.listings.get(person, ())]
        return {"body": person, "sure": self.nodes[person].listed is True, "entries": entries}

    def _step(self, company: str, counting: Mapping[str, int], tier: int, *, certain: bool) -> Json:
        edges = [e for e in self._counted(company, counting, tier) if e.owner or not certain]
        shares = [(e, e.low if certain else _most(self.raw[e.holding])) for e in edges]
        owners = {e.owner for e in edges}
        total = sum((s for _, s in shares), ZERO)
        return {
            "company": company,
            "tier": tier,
            "holdings": [{"holding": e.holding, "owner": e.owner, "share": str(s)} for e, s in shares],
            "sum": str(total if certain else self._room(company, owners, total)),
            "threshold": str(self.resolution.rule.threshold),
        }

    def _room(self, company: str, owners: Iterable[str], total: Fraction) -> Fraction:
        """The sum, limited by what everybody else holds at least."""
        rest = self.into[company]
        least = sum((e.low for e in rest), ZERO)
        others = sum((e.low for e in rest if e.counted == "own" or e.owner not in owners), ZERO)
        return min(total, ONE if least > ONE else ONE - others)

    def groups(self) -> list[tuple[str, Spread]]:
        """The groups with a start above the party; without any, what unnamed beneficiaries alone catch."""
        spreads = self.resolution.spreads
        rows = [(g.name, g) for g in spreads if any(not g.possible.get(p, 1) for p in self.above)]
        if self.resolution.rule.aggregate == "all":
            rows = [("", spreads[0])]
        return rows or [("", spreads[0])]

    def closure(self, name: str, group: Spread, *, certain: bool) -> Json:
        """The set that a group catches above the party, and what it holds of everybody outside."""
        found = group.certain if certain else group.possible
        inside = sorted(p for p in self.above if p in found)
        outside = sorted(p for p in self.above if p not in found)
        cascade = self.resolution.rule.cascade
        counting = {p for p, tier in found.items() if cascade or not tier}
        return {
            "shares": "least" if certain else "most",
            "group": name,
            "inside": inside,
            "outside": [{"company": p, "sum": str(self._sum(p, counting, certain=certain))} for p in outside],
        }

    def _sum(self, company: str, counting: set[str], *, certain: bool) -> Fraction:
        edges = [e for e in self.into[company] if e.counted != "own"]
        if certain:
            least = sum((e.low for e in self.into[company]), ZERO)
            return ZERO if least > ONE else sum((e.low for e in edges if e.owner in counting), ZERO)
        mine = [e for e in edges if not e.owner or e.owner in counting]
        total = sum((_most(self.raw[e.holding]) for e in mine), ZERO)
        return self._room(company, {e.owner for e in mine}, total)


def _most(holding: Holding) -> Fraction:
    """The upper bound of a holding as written; everything where it is open or impossible."""
    low, high = holding.low, holding.high
    if high is None or not ZERO <= low <= ONE or high < low:
        return ONE
    return min(high, ONE)
