"""What lists and owners say of the parties, as facts of a book whose lists a user takes in."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property

from xenotime.core.truth import Truth, some
from xenotime.law.law import Law
from xenotime.law.read import packaged, packaged_names
from xenotime.parties.owners.cascade import resolve
from xenotime.parties.owners.holding import Structure
from xenotime.parties.owners.result import Held
from xenotime.parties.owners.rule import Listing, OwnershipRule, counted
from xenotime.services.owners import list_kinds, listings, rules_of
from xenotime.services.screening.desk import Desk
from xenotime.services.screening.record import Hit as Found
from xenotime.services.upstream import unread

#: The warnings of the ownership engine that speak for a fact of each part of a party table: a known owner's
#: share that must be settled first; control, and a stake below what the rule asks.
_WARNS = {"unknown": ("unknown_share",), "red_flag": ("control", "votes", "minority")}


@dataclass(frozen=True)
class Restricted:
    """The party facts that a book asks of lists and owners, under one law and one desk of lists."""

    law: Law
    desk: Desk

    @cached_property
    def kinds(self) -> Mapping[str, str]:
        """The class of every list that the book itself holds."""
        return list_kinds(self.law)

    @cached_property
    def rules(self) -> Mapping[str, OwnershipRule]:
        """The ownership rules of the book by short name."""
        return rules_of(self.law.book)

    @cached_property
    def unread(self) -> frozenset[str]:
        """The classes of list that nobody has taken in, so that a silence of theirs says nothing."""
        asked = _asked(self.law.book.jurisdiction)
        wanted = {c for several in asked.get("listed", {}).values() for c in several}
        wanted |= {c for rule in self.rules.values() for c in rule.counts}
        every = OwnershipRule("every", "", "", counts=tuple(sorted(wanted)))
        return frozenset(unread(self.desk, self.kinds, every, self.law.known))

    def facts(
        self,
        parties: Sequence[str],
        screened: Mapping[str, Sequence[Found]],
        structure: Structure,
        on: date,
    ) -> dict[str, Truth]:
        """The facts of the parties on a day: listed, held under a rule, or a red flag of such a rule.

        A fact on which lists and owners are silent is left out, and so stays unknown.
        """
        asked = _asked(self.law.book.jurisdiction)
        listed = self._listed(screened, on)
        present = {b.id for b in structure.bodies}
        mine = [p for p in parties if p in present]
        found = {
            fact: self._on(several, parties, structure, listed)
            for fact, several in asked.get("listed", {}).items()
        }
        for fact, name in asked.get("held", {}).items():
            found[fact] = self._held(self.rules[str(name)], mine, structure, listed, on)
        for part, kinds in _WARNS.items():
            for fact, names in asked.get(part, {}).items():
                answers = (self._answers(self.rules[n], mine, structure, listed, on) for n in names)
                found[fact] = any(w.kind in kinds for a in answers for h in a for w in h.warnings) or None
        for fact, wider in asked.get("within", {}).items():
            found[fact] = False if found.get(str(wider)) is False else None
        return {fact: truth for fact, truth in found.items() if truth is not None}

    def _listed(self, screened: Mapping[str, Sequence[Found]], on: date) -> dict[str, tuple[Listing, ...]]:
        pairs = {
            party: [(self.desk.entries[f.match.list_id, f.match.entry], f.truth) for f in several]
            for party, several in screened.items()
        }
        found = listings(pairs, self.kinds, on)
        return {party: several for party, several in found.items() if several}

    def _on(
        self,
        classes: Iterable[str],
        parties: Iterable[str],
        structure: Structure,
        listed: Mapping[str, Sequence[Listing]],
    ) -> Truth:
        """Whether a party, or the body it is a branch of, is on a list of the classes."""
        wanted = set(classes)
        parents = {b.id: b.branch_of for b in structure.bodies if b.branch_of}
        everybody = {name for p in parties for name in (p, parents.get(p, p))}
        truth = some(x.truth for p in everybody for x in listed.get(p, ()) if x.counts_as in wanted)
        return None if truth is False and wanted & self.unread else truth

    def _held(
        self,
        rule: OwnershipRule,
        parties: Sequence[str],
        structure: Structure,
        listed: Mapping[str, Sequence[Listing]],
        on: date,
    ) -> Truth:
        truth = some(h.held for h in self._answers(rule, parties, structure, listed, on))
        return None if truth is False and self.unread & set(rule.counts) else truth

    def _answers(
        self,
        rule: OwnershipRule,
        parties: Sequence[str],
        structure: Structure,
        listed: Mapping[str, Sequence[Listing]],
        on: date,
    ) -> tuple[Held, ...]:
        if not parties:
            return ()
        kept = {p: [x for x in several if x.counts_as in rule.counts] for p, several in listed.items()}
        return tuple(resolve(structure, rule, counted(rule, listed), on, parties, kept).held.values())


@cache
def _asked(jurisdiction: str) -> Mapping[str, Mapping[str, Sequence[str]]]:
    """What the party table of a book asks for; nothing where it has none."""
    name = f"{jurisdiction}/parties.toml"
    here = name in packaged_names(jurisdiction, ".toml")
    return tomllib.loads(packaged(name)) if here else {}
