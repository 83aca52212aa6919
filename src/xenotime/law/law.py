"""A law snapshot: a book folded at one day of knowledge, laid out for every engine.

The layout (which bit is which predicate, fact or rule) depends on the book only, so masks of
different days of knowledge can be compared.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from xenotime.core.errors import AddressError
from xenotime.law.book import Book, Hinge, Predicate, needs, ordered
from xenotime.law.events import FIRST_DAY, Stretch, at, fold
from xenotime.law.facts import Fact
from xenotime.law.node import InForce, Node, facts_of, walk
from xenotime.law.rules import DECIDING, Rule

#: Bits per mask word: a signed 32-bit column of any engine holds a word exactly.
WORD = 31
_NEVER = (Stretch(FIRST_DAY, "not_yet", ""),)


@dataclass(frozen=True, eq=False)
class Law:
    """A book at one day of knowledge, with the branches a person chose for hinges."""

    book: Book
    known: date
    chosen: Mapping[str, str]
    statuses: Mapping[str, tuple[Stretch, ...]]

    @property
    def hash(self) -> str:
        """The hash of the book and its overlays (64 hex digits)."""
        return self.book.hash

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that make the outcome; the strictest have the highest bits."""
        rules = [r for r in self.book.rules.values() if r.question in DECIDING]
        return tuple(sorted(rules, key=lambda r: (r.high, r.answer != "open", r.low)))

    @cached_property
    def duties(self) -> tuple[Rule, ...]:
        """Duty rules, in book order."""
        return self._asked("duty")

    @cached_property
    def notes(self) -> tuple[Rule, ...]:
        """Note rules, in book order."""
        return self._asked("note")

    @cached_property
    def channels(self) -> tuple[Rule, ...]:
        """Channel rules, in book order."""
        return self._asked("channel")

    @cached_property
    def scopes(self) -> tuple[Rule, ...]:
        """Scope rules, in book order: what the law reaches, answered beside the outcome."""
        return self._asked("scope")

    def _asked(self, question: str) -> tuple[Rule, ...]:
        return tuple(r for r in self.book.rules.values() if r.question == question)

    @cached_property
    def predicates(self) -> tuple[Predicate, ...]:
        """All predicates, in bit order."""
        return tuple(self.book.predicates.values())

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """All facts, in bit order of the missing-fact and assumption masks."""
        return tuple(self.book.facts.values())

    @cached_property
    def order(self) -> tuple[str, ...]:
        """Predicates, conditions and rule addresses, each after what it needs."""
        return ordered(self.book, tuple(self.book.rules))

    @cached_property
    def reach(self) -> Mapping[str, frozenset[str]]:
        """For each deciding rule: the predicates it can read, through conditions, rules and exceptions."""
        closed: dict[str, frozenset[str]] = {}
        for name in self.order:
            parts = [closed[n] for n in needs(self.book, name)]
            own = frozenset([name]) if name in self.book.predicates else frozenset()
            closed[name] = own.union(*parts)
        return {r.address: closed[r.address] for r in self.rules}

    @cached_property
    def parents(self) -> Mapping[str, tuple[str, ...]]:
        """For each name: the names whose trees or exceptions mention it."""
        found: dict[str, list[str]] = {name: [] for name in self.order}
        for name in self.order:
            for child in needs(self.book, name):
                found[child].append(name)
        return {name: tuple(above) for name, above in found.items()}

    @cached_property
    def waits(self) -> tuple[str, ...]:
        """The names that a deciding rule reads, each before what it reads itself."""
        wanted = {r.address for r in self.rules}
        for name in reversed(self.order):
            if any(above in wanted for above in self.parents[name]):
                wanted.add(name)
        return tuple(n for n in reversed(self.order) if n in wanted)

    @cached_property
    def readers(self) -> Mapping[str, tuple[str, ...]]:
        """For each fact that any deciding rule can read: the names whose own tree reads it."""
        found: dict[str, list[str]] = {}
        for name in self.waits:
            for fact in facts_of(self.node(name)):
                found.setdefault(fact, []).append(name)
        return {f.name: tuple(found[f.name]) for f in self.facts if f.name in found}

    @cached_property
    def turns(self) -> Mapping[str, frozenset[str]]:
        """For each name of `order`: the hinges that its value can depend on."""
        closed: dict[str, frozenset[str]] = {}
        for name in self.order:
            own: set[str] = set()
            for part in walk(self.node(name)):
                if isinstance(part, InForce):
                    own.update(self.hinges_of(part.article))
            if name in self.book.rules:
                own.update(self.hinges_of(name))
            closed[name] = frozenset(own).union(*(closed[n] for n in needs(self.book, name)))
        return closed

    @cached_property
    def _turned(self) -> Mapping[str, tuple[str, ...]]:
        return {h.id: tuple(n for n in self.order if h.id in self.turns[n]) for h in self.hinges}

    def turned(self, hinge: str) -> tuple[str, ...]:
        """The names whose value can depend on a hinge, each after what it needs."""
        return self._turned[hinge]

    @cached_property
    def hinges(self) -> tuple[Hinge, ...]:
        """The hinges that are open at this day of knowledge, earliest first."""
        open_ids = {s.hinge for stretches in self.statuses.values() for s in stretches if s.hinge}
        return tuple(sorted((self.book.hinges[h] for h in open_ids), key=lambda h: (h.day, h.id)))

    @cached_property
    def spans(self) -> Mapping[str, frozenset[tuple[date, date | None]]]:
        """Per open hinge: the stretches of days (first, day after) that it leaves unconfirmed somewhere."""
        found: dict[str, set[tuple[date, date | None]]] = {h.id: set() for h in self.hinges}
        for stretches in self.statuses.values():
            for stretch, after in zip(stretches, [*stretches[1:], None], strict=True):
                if stretch.hinge:
                    found[stretch.hinge].add((stretch.first, after.first if after else None))
        return {hinge: frozenset(spans) for hinge, spans in found.items()}

    @cached_property
    def slots(self) -> tuple[tuple[Hinge, ...], ...]:
        """The open hinges in groups that never meet on one day, so that one pass can turn a whole group."""
        groups: list[list[Hinge]] = []
        for hinge in self.hinges:
            for group in groups:
                if all(self._apart(hinge, other) for other in group):
                    group.append(hinge)
                    break
            else:
                groups.append([hinge])
        return tuple(map(tuple, groups))

    def _apart(self, hinge: Hinge, other: Hinge) -> bool:
        same = len(hinge.branches) == len(other.branches)
        return same and not any(
            _meet(mine, theirs) for mine in self.spans[hinge.id] for theirs in self.spans[other.id]
        )

    def node(self, name: str) -> Node:
        """The tree of a predicate, condition or rule."""
        return self.book.node(name)

    def stretches(self, article: str) -> tuple[Stretch, ...]:
        """The status of an article over all days."""
        return self.statuses.get(article, _NEVER)

    def status(self, article: str, on: date) -> Stretch:
        """The status of an article on a day."""
        return at(self.stretches(article), on)

    def hinges_of(self, article: str) -> frozenset[str]:
        """The hinges that an article's status turns on."""
        return frozenset(s.hinge for s in self.stretches(article) if s.hinge)


def _meet(left: tuple[date, date | None], right: tuple[date, date | None]) -> bool:
    before_right = left[1] is not None and left[1] <= right[0]
    before_left = right[1] is not None and right[1] <= left[0]
    return not (before_right or before_left)


def fold_book(book: Book, known: date, chosen: Mapping[str, str] | None = None) -> Law:
    """The law as known on a day, with hinges settled as chosen.

    Raises AddressError when a chosen hinge or branch does not exist.
    """
    chosen = dict(chosen or {})
    for hinge_id, branch in chosen.items():
        hinge = book.hinges.get(hinge_id)
        if hinge is None or branch not in hinge.branches:
            raise AddressError(
                "no such hinge or branch",
                where="--branch",
                expected="; ".join(f"{h.id}={'|'.join(h.branches)}" for h in book.hinges.values()),
                found=f"{hinge_id}={branch}",
                next_step="see `xenotime law hinges`",
            )
    addresses = (a.address for i in book.instruments.values() for a in i.articles)
    return Law(book, known, chosen, {a: fold_article(book, a, known, chosen) for a in addresses})


def fold_article(book: Book, address: str, known: date, chosen: Mapping[str, str]) -> tuple[Stretch, ...]:
    """The status of one article over all days, as known on a day, with hinges settled as chosen."""
    rule = book.rules.get(address)
    own = rule.events if rule else ()
    acts = tuple(a.event for a in book.acts if a.on in (address, address.rpartition("/")[0]))
    return tuple(_settle(s, book, chosen) for s in fold((*own, *acts), known, address))


def _settle(stretch: Stretch, book: Book, chosen: Mapping[str, str]) -> Stretch:
    branch = chosen.get(stretch.hinge)
    if branch is None:
        return stretch
    status = book.hinges[stretch.hinge].branches[branch]
    return Stretch(stretch.first, status, f"{stretch.hinge}={branch}, as chosen")
