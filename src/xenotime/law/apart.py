"""The days on which two law snapshots can answer one set of facts differently.

On a day, what an article turns on is a tree without names: every condition written out, every article in
force or not. Two laws whose deciding rules and duties have the same trees on a day answer alike on it, so
only the rows of the other days need to be decided twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise

from xenotime.law.book import needs, ordered
from xenotime.law.events import FIRST_DAY
from xenotime.law.law import Law
from xenotime.law.node import All, Holds, InForce, Named, Node, Not, Some, walk
from xenotime.law.rules import DECIDING, Rule

#: Days (first, day after); no day after means for good.
Days = tuple[date, date | None]
#: Questions whose answers are compared.
COMPARED = (*DECIDING, "duty")


def apart(before: Law, after: Law) -> tuple[Days, ...]:
    """The days on which an outcome or a duty can differ, earliest first; () when on none."""
    facts = before.book.facts.keys() & after.book.facts.keys()
    if any(_presumed(before, f) != _presumed(after, f) for f in facts):
        return ((FIRST_DAY, None),)
    table: dict[object, int] = {}
    kept = steady(before), steady(after)
    firsts = sorted({s.first for law in (before, after) for a in law.statuses for s in law.stretches(a)})
    affected, articles = _affected(before, after), asked(before) | asked(after)
    runs = [
        (first, following)
        for first, following in pairwise((*(firsts or [FIRST_DAY]), None))
        if first is not None
        and (
            any(force(before, a, first) != force(after, a, first) for a in articles)
            or _differ(Trees(before, first, table, kept[0]), Trees(after, first, table, kept[1]), affected)
        )
    ]
    return tuple(_joined(runs))


def above(law: Law, names: Iterable[str]) -> set[str]:
    """The names of a law among those given, and every name whose value can depend on one of them."""
    known = {*law.book.rules, *law.book.predicates, *law.book.conditions}
    reached = known & set(names)
    for name in law.order:
        if not reached.isdisjoint(needs(law.book, name)):
            reached.add(name)
    return reached


def changed(before: Law, after: Law) -> set[str]:
    """The rules, conditions and predicates that do not say the same by themselves."""
    names = {n for law in (before, after) for n in (*law.book.rules, *law.order, *law.book.predicates)}
    return {name for name in names if _defined(before, name) != _defined(after, name)}


def _affected(before: Law, after: Law) -> tuple[str, ...]:
    """The compared rules that changed, or read something that did."""
    names = changed(before, after)
    reached = above(before, names) | above(after, names)
    return tuple(sorted(n for n in reached if _compared(before, n) or _compared(after, n)))


def _compared(law: Law, name: str) -> bool:
    return name in law.book.rules and law.book.rules[name].question in COMPARED


def _presumed(law: Law, fact: str) -> tuple[object, ...]:
    one = law.book.facts[fact]
    return one.type, one.values, one.presumed


def _defined(law: Law, name: str) -> object:
    """What a name means by itself, as far as it can decide anything."""
    if name in law.book.rules:
        return _answers(law.book.rules[name]), law.node(name)
    return law.node(name) if name in law.book.predicates or name in law.book.conditions else None


def _answers(rule: Rule) -> tuple[object, ...]:
    return rule.question, rule.answer, rule.readings, rule.unless, rule.conflicts


def _differ(before: Trees, after: Trees, affected: Iterable[str]) -> bool:
    return any(before.rule(name) != after.rule(name) for name in affected)


def asked(law: Law) -> set[str]:
    """The articles whose force can move what is compared: the rules, and what they ask to be in force."""
    rules = tuple(r.address for r in law.book.rules.values() if r.question in COMPARED)
    names = set(ordered(law.book, rules))
    asked = {p.article for name in names for p in walk(law.node(name)) if isinstance(p, InForce)}
    return asked | (names & law.book.rules.keys())


def force(law: Law, article: str, day: date) -> object:
    """True or False, or past a hinge its id and branches."""
    stretch = law.status(article, day)
    if stretch.status != "unverified":
        return stretch.status == "in_force"
    hinge = law.book.hinges[stretch.hinge]
    return hinge.id, tuple(hinge.branches.items())


def steady(law: Law) -> dict[str, int | None]:
    """The names that mean the same on every day, each with its number once it has one."""
    found: dict[str, int | None] = {}
    for name in (*law.order, *law.book.predicates):
        dated = name in law.book.rules or any(isinstance(p, (InForce, Holds)) for p in walk(law.node(name)))
        if not dated and all(n in found for n in needs(law.book, name)):
            found[name] = None
    return found


class Trees:
    """The trees of a law on one day as small numbers: equal trees of any law have equal numbers.

    `table` gives numbers to trees, and `kept` remembers those of names that mean the same on every day.
    """

    def __init__(self, law: Law, day: date, table: dict[object, int], kept: dict[str, int | None]) -> None:
        self.law = law
        self.day = day
        self.table = table
        self.kept = kept
        self.made: dict[str, int] = {}

    def rule(self, address: str) -> int:
        """A rule as it stands on the day; what is not in force is like what is not there."""
        rule = self.law.book.rules.get(address)
        live = force(self.law, address, self.day) if rule else False
        if rule is None or live is False:
            return self._number(("any", ()))
        if address not in self.made:
            excepted = tuple(self.rule(e) for e in rule.unless)
            answers = (rule.question, rule.answer, rule.readings, rule.conflicts)
            self.made[address] = self._number((live, answers, self.node(rule.node), excepted, address))
        return self.made[address]

    def node(self, node: Node) -> int:
        """A tree with every name written out."""
        match node:
            case All(parts):
                return self._join("all", "any", parts)
            case Some(parts):
                return self._join("any", "all", parts)
            case Not(part):
                return self._not(self.node(part))
            case Named(name):
                return self._name(name)
            case Holds(rule):
                return self.rule(rule)
            case InForce(article):
                live = force(self.law, article, self.day)
                return self._number(("all" if live else "any", ()) if isinstance(live, bool) else live)
        return self._number(node)

    def _name(self, name: str) -> int:
        number = self.made.get(name, self.kept.get(name))
        if number is None:
            number = self.made[name] = self.node(self.law.node(name))
            if name in self.kept:
                self.kept[name] = number
        return number

    def _not(self, inner: int) -> int:
        sure = {self._number((kind, ())): other for kind, other in (("all", "any"), ("any", "all"))}
        return self._number((sure[inner], ()) if inner in sure else ("not", inner))

    def _join(self, kind: str, other: str, parts: tuple[Node, ...]) -> int:
        """A part that is sure to be there or not there on the day is left out, or settles the whole."""
        found = dict.fromkeys(self.node(p) for p in parts)
        if self._number((other, ())) in found:
            return self._number((other, ()))
        found.pop(self._number((kind, ())), None)
        kept = tuple(sorted(found))
        return kept[0] if len(kept) == 1 else self._number((kind, kept))

    def _number(self, key: object) -> int:
        return self.table.setdefault(key, len(self.table))


def _joined(runs: Iterable[Days]) -> Iterator[Days]:
    """Stretches of days, neighbours put together."""
    last: Days | None = None
    for first, following in runs:
        if last and last[1] == first:
            last = (last[0], following)
            continue
        if last:
            yield last
        last = (first, following)
    if last:
        yield last
