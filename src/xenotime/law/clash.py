"""Finds two rules that answer one question differently, can both hold, and declare no relation.

A small exact search stands in for a prover at run time: facts get values one by one, both trees are
evaluated in three values after each, and a branch ends as soon as one tree is false.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import combinations

from xenotime.core.errors import ClashError
from xenotime.law.book import needs
from xenotime.law.facts import Fact, Value
from xenotime.law.law import Law, fold_book
from xenotime.law.node import (
    All,
    Arith,
    Cmp,
    Holds,
    In,
    InForce,
    Lit,
    Named,
    Node,
    Not,
    Some,
    Term,
    children,
    facts_of,
    walk,
)
from xenotime.law.oracle import Scene
from xenotime.law.rules import Rule

_MOST_STEPS = 3000


def check_clashes(law: Law) -> None:
    """Pass silently when no two rules clash. Raises ClashError with a witness otherwise.

    Every hinge is turned to the branch that puts its articles in force.
    """
    chosen = {
        h.id: next(b for b, s in h.branches.items() if s == "in_force") for h in law.book.hinges.values()
    }
    law = fold_book(law.book, law.known, chosen)
    for first, second in suspects(law):
        witness = _witness(law, first, second)
        if witness is not None:
            day, facts = witness
            shown = ", ".join(f"{k}={v}" for k, v in facts.items()) or "any facts"
            raise ClashError(
                "two rules answer one question differently and can both hold",
                where=f"{first.address} and {second.address}, question {first.question}, e.g. on {day}",
                expected="a declared relation: unless, alongside, or conflicts",
                found=f"{first.answer} against {second.answer} for {shown}",
                next_step="say in one of them which is the exception (unless) or that both stand (alongside)",
            )


def suspects(law: Law) -> Iterator[tuple[Rule, Rule]]:
    """Pairs of firm rules of one question with different answers and no declared relation."""
    firm = [r for r in law.rules if r.answer != "open"]
    for first, second in combinations(firm, 2):
        related = {*first.unless, *first.alongside, *first.conflicts}
        back = {*second.unless, *second.alongside, *second.conflicts}
        same = first.question == second.question and first.answer != second.answer
        if same and second.address not in related and first.address not in back:
            yield first, second


def _witness(law: Law, first: Rule, second: Rule) -> tuple[date, dict[str, Value]] | None:
    reads = [_reads(law, rule) for rule in (first, second)]
    names, articles = (set().union(*sets) for sets in zip(*reads, strict=True))
    choices = {f.name: _domain(law, f) for f in law.facts if f.name in names}
    for day in _days(law, first, second, articles):
        found = _search(law, day, (first.address, second.address), choices)
        if found is not None:
            return day, found
    return None


def _reads(law: Law, rule: Rule) -> tuple[set[str], set[str]]:
    """Every fact that a rule can read, and every article whose force it turns on."""
    facts: set[str] = set()
    articles: set[str] = set()
    names, seen = [rule.address], set()
    while names:
        name = names.pop()
        if name in seen:
            continue
        seen.add(name)
        node = law.node(name)
        facts |= facts_of(node)
        articles.update(part.article for part in walk(node) if isinstance(part, InForce))
        names.extend(needs(law.book, name))
    return facts, articles | (seen & set(law.book.rules))


def _days(law: Law, first: Rule, second: Rule, articles: set[str]) -> list[date]:
    """First days on which both rules are, or may be, in force, one for each standing of what they turn on."""
    starts = sorted({s.first for a in articles for s in law.stretches(a)})
    live = ("in_force", "unverified")
    found: dict[tuple[str, ...], date] = {}
    for day in starts:
        if all(law.status(r.address, day).status in live for r in (first, second)):
            found.setdefault(tuple(law.status(a, day).status for a in sorted(articles)), day)
    return list(found.values())


def _search(
    law: Law, day: date, rules: tuple[str, str], choices: Mapping[str, tuple[Value, ...]]
) -> dict[str, Value] | None:
    steps = 0
    stack: list[dict[str, Value]] = [{}]
    while stack:
        row = stack.pop()
        steps += 1
        scene = Scene(law, row, day)
        values = [scene.values[r] for r in rules]
        if False in values:
            continue
        if all(v is True for v in values) or steps > _MOST_STEPS:
            return row
        free = next((n for n in _wanted(scene, rules, choices) if n not in row), None)
        if free is not None:
            stack.extend({**row, free: value} for value in reversed(choices[free]))
    return None


def _wanted(scene: Scene, rules: tuple[str, str], choices: Mapping[str, tuple[Value, ...]]) -> Iterator[str]:
    """The facts to try next: what the rules wait for, as their trees name it, then any other."""
    for rule in rules:
        yield from _waiting(scene, rule)
    yield from choices


def _waiting(scene: Scene, name: str) -> Iterator[str]:
    """The facts behind a name whose value is unknown: of its own tree first, then of its exceptions."""
    if scene.values[name] is None:
        yield from _unsettled(scene, scene.law.node(name))
        rule = scene.law.book.rules.get(name)
        for exception in rule.unless if rule else ():
            yield from _waiting(scene, exception)


def _unsettled(scene: Scene, node: Node) -> Iterator[str]:
    match node:
        case Named(name) | Holds(name):
            yield from _waiting(scene, name)
        case All() | Some() | Not():
            for part in children(node):
                yield from _unsettled(scene, part)
        case _ if scene.value(node) is None:
            yield from sorted(facts_of(node))


def _domain(law: Law, fact: Fact) -> tuple[Value, ...]:
    """Values that can make a difference: truths, named words and one other, numbers around each constant."""
    if fact.type == "bool":
        return (True, False)
    words: dict[Value, None] = {}
    numbers: dict[int, None] = {0: None}
    for predicate in law.predicates:
        for part in walk(predicate.node):
            match part:
                case In(name, values) if name == fact.name:
                    words.update(dict.fromkeys(values))
                case Cmp(_, left, right) if fact.name in facts_of(part):
                    for constant in _constants(left, right):
                        if isinstance(constant, int):
                            numbers.update({max(constant - 1, 0): None, constant: None, constant + 1: None})
                        else:
                            words[constant] = None
    if fact.is_interval:
        return tuple((n, n) for n in (*numbers, 10**9))
    if fact.type == "int":
        return tuple(numbers)
    others = [v for v in (*fact.values, "ZZ") if v not in words]
    return (*words, *others[:1])


def _constants(*terms: Term) -> Iterator[int | str]:
    for term in terms:
        match term:
            case Lit(value):
                yield value
            case Arith(_, left, right):
                yield from _constants(left, right)
