"""One rule on one scene: what each group of owners catches, and what that says of every person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from fractions import Fraction

from xenotime.core.truth import Truth, some
from xenotime.parties.owners.holding import Body
from xenotime.parties.owners.result import Edge, Node, Spread
from xenotime.parties.owners.rule import Listing, OwnershipRule
from xenotime.parties.owners.spread import owned_by
from xenotime.parties.owners.standing import ONE, ZERO, Standing, Tie, highest, limited, lowest

_RANK = {False: 0, None: 1, True: 2}
#: So many companies with an undeclared part are named for one party.
ROOTS = 8


class Case:
    """One rule on one scene, with what its groups catch; every answer is worked out once."""

    def __init__(
        self,
        rule: OwnershipRule,
        scene: Standing,
        listed: Mapping[str, Truth],
        groups: tuple[Spread, ...],
        said: Mapping[str, Truth],
        entries: Mapping[str, tuple[Listing, ...]],
    ) -> None:
        self.rule, self.scene, self.listed, self.groups = rule, scene, listed, groups
        self.said, self.entries = said, entries
        self._near: dict[str, dict[str, Spread]] = defaultdict(dict)
        self._owned = owned_by(scene, scene.ties)
        for group in groups:
            for owner in self.counting(group.possible):
                for person in self._owned.get(owner, ()):
                    self._near[person][group.name] = group
        self._filled: dict[str, dict[str, tuple[str, ...]]] = {}
        self._best: dict[str, tuple[Truth, Fraction, Fraction, Spread]] = {}
        self._sure = frozenset(p for g in groups for p in self.counting(g.certain))
        self._maybe = frozenset(p for g in groups for p in self.counting(g.possible))

    def counting(self, found: Mapping[str, int]) -> Mapping[str, int]:
        """Who counts as an owner: everybody caught, or the listed alone where nothing is passed on."""
        return found if self.rule.cascade else {p: tier for p, tier in found.items() if tier == 0}

    def sums(self, person: str, group: Spread) -> tuple[Fraction, Fraction]:
        """What a group holds of a person, at least and at most."""
        ties, over = self.scene.ties.get(person, ()), person in self.scene.over
        return (
            lowest(ties, self.counting(group.certain), over=over),
            highest(ties, self.counting(group.possible), over=over),
        )

    def held(self, person: str, group: Spread) -> Truth:
        """Whether a group holds a person at the threshold."""
        low, high = self.sums(person, group)
        if self.spared(person):
            return False
        return True if self.rule.reached(low) else (None if self.rule.reached(high) else False)

    def best(self, person: str) -> tuple[Truth, Fraction, Fraction, Spread]:
        """The group that holds most of a person: the surest, then the largest."""
        if person not in self._best:
            near = self._near.get(person) or {"": self.groups[0]}
            rows = [(self.held(person, g), *self.sums(person, g), g) for g in near.values()]
            self._best[person] = max(rows, key=lambda row: (_RANK[row[0]], row[1], row[2]))
        return self._best[person]

    def undeclared(self, person: str) -> Fraction:
        """The part of a person declared for nobody [share of 1]; 0 where no owner is declared at all."""
        ties = [t for t in self.scene.ties.get(person, ()) if t.kind in ("share", "own")]
        return max(ONE - sum((t.high for t in ties), ZERO), ZERO) if ties else ZERO

    def filled(self, group: Spread) -> Mapping[str, tuple[str, ...]]:
        """Whom a group could catch if it also held what nobody declares, and whose undeclared part it takes.

        Of very many such companies the first ROOTS are named.
        """
        if group.name not in self._filled:
            caught, found = dict(group.possible), dict[str, tuple[str, ...]]()
            frontier = [*caught, ""] if self.rule.cascade else []
            while frontier:
                reach = {p for owner in frontier for p in self._owned.get(owner, ()) if p not in caught}
                rows = {p: self._roots(p, caught, found) for p in sorted(reach) if self._fills(p, caught)}
                found |= rows
                frontier = [*rows]
                caught.update(dict.fromkeys(rows, 0))
            self._filled[group.name] = found
        return self._filled[group.name]

    def _fills(self, person: str, caught: Mapping[str, int]) -> bool:
        return self.rule.reached(min(self._most(person, caught) + self.undeclared(person), ONE))

    def _most(self, person: str, caught: Mapping[str, int]) -> Fraction:
        return highest(self.scene.ties[person], caught, over=person in self.scene.over)

    def _roots(
        self, person: str, caught: Mapping[str, int], found: Mapping[str, tuple[str, ...]]
    ) -> tuple[str, ...]:
        ties = (t for t in self.scene.ties[person] if t.kind == "share")
        above = dict.fromkeys(root for tie in ties for root in found.get(tie.owner, ()))
        mine = () if self.rule.reached(self._most(person, caught)) else (person,)
        return (*above, *mine)[:ROOTS]

    def spared(self, person: str) -> bool:
        """Whether the rule never catches a company of this country."""
        body = self.scene.bodies.get(person)
        return not self.rule.catches(body.country if body else "")

    def truth(self, person: str) -> Truth:
        """Whether a person is caught, by its listing or its owners."""
        return some((self.listed[person], self.best(person)[0]))

    def owns(self, person: str) -> Truth:
        """Whether a person counts as an owner under any group."""
        if person in self._sure:
            return True
        return None if not person or person in self._maybe else False

    def tier(self, person: str) -> int | None:
        """The round in which a person is caught; None when it is not."""
        truth = self.truth(person)
        sets = [g.certain if truth else g.possible for g in self.groups]
        tiers = [found[person] for found in sets if person in found]
        return None if truth is False else min(tiers, default=None)

    def node(self, person: str, asked: set[str]) -> Node:
        """A person as a vertex of the picture."""
        body = self.scene.bodies.get(person, Body(person, ""))
        held, low, high, _ = self.best(person)
        branches = tuple(m for m in self.scene.members.get(person, ()) if m != person)
        return Node(
            person,
            body.name,
            body.country,
            body.kind,
            some((self.listed[person], held)),
            self.listed[person],
            held,
            self.tier(person),
            low,
            high,
            branches,
            self.spared(person),
            person in asked,
        )

    def edges(self, person: str) -> Iterable[Edge]:
        """What is held of a person, as edges of the picture."""
        over = person in self.scene.over
        for tie in limited(self.scene.ties.get(person, ())):
            yield Edge(
                tie.holding,
                tie.owner,
                tie.owned,
                tie.low,
                tie.high,
                self._counted(tie, over=over),
                tie.raw.kind,
                tie.stated,
                tie.through,
                tie.raw.source,
            )

    def _counted(self, tie: Tie, *, over: bool) -> str:
        if tie.kind != "share":
            return tie.kind
        owns = self.owns(tie.owner)
        if owns is False or not tie.high:
            return "no"
        return "certain" if owns and tie.low and not over else "possible"
