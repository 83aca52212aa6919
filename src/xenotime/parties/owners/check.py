"""The small checker of ownership proofs: it believes no proof and shares no code with the engine.

`witness` reads the data again; what is said here of the proof is all there is to trust.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from xenotime.core.truth import Truth
from xenotime.parties.owners.holding import Structure
from xenotime.parties.owners.rule import Listing, OwnershipRule
from xenotime.parties.owners.witness import Witness

_SHAPES = {"certainly": (["least"], []), "not": ([], ["most"]), "possibly": (["most"], ["least"])}


def check(
    proof: Mapping[str, Any],
    structure: Structure,
    restricted: Mapping[str, Truth],
    rule: OwnershipRule,
    listings: Mapping[str, Sequence[Listing]] | None = None,
) -> tuple[str, ...]:
    """What is wrong with a proof, for the data and the rule given; empty when it is accepted."""
    try:
        day = date.fromisoformat(proof["on"])
        return tuple(dict.fromkeys(_Checker(structure, restricted, rule, listings or {}, day).whole(proof)))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        return (f"not an ownership proof: {type(error).__name__} {error}",)


class _Checker(Witness):
    def whole(self, proof: Mapping[str, Any]) -> Iterator[str]:
        who, (trees, sets) = proof["person"], _SHAPES[proof["answer"]]
        above = self.above(who)
        spared = proof["answer"] == "not" and self.spared(who) and self.listed(who) is False
        groups = {shares: self.groups(above, shares) for shares in ("least", "most")}
        named = [(s["shares"], s["group"]) for s in proof["sets"]]
        good = {
            "another version": proof["ownership_proof"] == 1,
            "another rule": proof["rule"] == json.loads(json.dumps(asdict(self.rule), default=str)),
            "another party": who == self.person(proof["party"]),
            "other data": proof["data"] == self.digest(above),
            "the wrong half": [t["shares"] for t in proof["trees"]] == trees,
            "not every group": sorted(named) == sorted((s, g) for s in sets for g in groups[s]),
            "a ground that is not so": proof["ground"] == ("spared" if spared else "shares"),
        }
        yield from (reason for reason, so in good.items() if not so)
        for tree in proof["trees"]:
            yield from self.tree(tree, who, groups[tree["shares"]].get(tree["group"], set()))
        for row in proof["sets"]:
            yield from self.closed(row, above, groups[row["shares"]].get(row["group"], set()))
            if who in row["inside"] and not spared:
                yield "the party is inside the set"

    def tree(self, tree: Mapping[str, Any], who: str, seeds: set[str]) -> Iterator[str]:
        tiers: dict[str, int] = {} if tree["shares"] == "least" else {"": 0}
        for row in tree["listed"]:
            entries = [x.entry for m in self.members(row["body"]) for x in self.lists.get(m, ())]
            if row["body"] not in seeds or row["sure"] != (self.listed(row["body"]) is True):
                yield f"not listed so: {row['body']}"
            if row["entries"] != list(dict.fromkeys(entries)):
                yield f"other list entries: {row['body']}"
            tiers[row["body"]] = 0
        for step in tree["steps"]:
            yield from self.step(step, tiers, who, tree["shares"])
            tiers[step["company"]] = step["tier"]
        if who not in tiers:
            yield "the party is not reached"

    def step(self, step: Mapping[str, Any], tiers: Mapping[str, int], who: str, shares: str) -> Iterator[str]:
        company, ids = step["company"], [h["holding"] for h in step["holdings"]]
        rows = self.into.get(company, {})
        if strange := [i for i in ids if i not in rows]:
            yield from (self.strange(i) for i in strange)
            return
        owners = [rows[i][0] for i in ids]
        total = self.total(company, ids, shares)
        good = {
            "a holding is counted twice": len(set(ids)) == len(ids),
            "a company is caught twice": company not in tiers,
            "another owner": [h["owner"] for h in step["holdings"]] == owners,
            "another share": [h["share"] for h in step["holdings"]]
            == [str(rows[i][1 if shares == "least" else 2]) for i in ids],
            "an owner is not caught before": all(o in tiers for o in owners),
            "an owner that passes nothing on": self.rule.cascade
            or not any(tiers.get(o or "") for o in owners),
            "another tier": step["tier"] == 1 + max((tiers.get(o or "", 0) for o in owners), default=0),
            "another sum": step["sum"] == str(total),
            "another threshold": step["threshold"] == str(self.rule.threshold),
            "under the threshold": self.reached(total),
            "a spared company": not self.spared(company) or (shares == "most" and company != who),
        }
        yield from (f"{reason}: {company}" for reason, so in good.items() if not so)

    def strange(self, holding: str) -> str:
        if any(holding in rows for rows in self.into.values()):
            return f"a holding of another company: {holding}"
        known = holding in self.rows and self.rows[holding].kind not in ("control", "votes")
        missing = "no holding at all" if holding not in self.rows else "no share"
        return f"a holding that does not stand: {holding}" if known else f"{missing}: {holding}"

    def closed(self, row: Mapping[str, Any], above: Mapping[str, None], seeds: set[str]) -> Iterator[str]:
        inside, shares = set(row["inside"]), row["shares"]
        counting = inside if self.rule.cascade else seeds
        companies = [line["company"] for line in row["outside"]]
        if not inside <= above.keys() or sorted(companies) != sorted(above.keys() - inside):
            yield "a company above is left out, or stands twice"
        if not seeds <= inside:
            yield "a listed party is left out of the set"
        for line in row["outside"]:
            company = line["company"]
            rows = self.into.get(company, {})
            mine = [i for i, (o, _, _) in rows.items() if o in counting or (o == "" and shares == "most")]
            total = self.total(company, mine, shares)
            if line["sum"] != str(total):
                yield f"another sum outside: {company}"
            if self.reached(total) and not (shares == "least" and self.spared(company)):
                yield f"the set is not closed: {company}"
