"""A book: all instruments of a jurisdiction with their predicates, tables, lists and overlays.

A `Book` is everything ever read, at every day of knowledge; `xenotime.law.law` folds it at one.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from xenotime.core.errors import BookError
from xenotime.evidence.claims import Claim
from xenotime.law.events import Event
from xenotime.law.facts import Fact, list_fact
from xenotime.law.instrument import Instrument, as_list, iso_day
from xenotime.law.leaf import parse_leaf
from xenotime.law.node import All, Holds, InForce, Is, Listed, Named, Node, Not, Some, walk
from xenotime.law.rules import Rule, full_address, parse_events, parse_rule, parse_tree
from xenotime.law.tables import ItemTable

LIST_CLASSES = ("control_list", "watch_list", "unreliable_list")


@dataclass(frozen=True, slots=True)
class Predicate:
    """A named condition with one sentence each for true, false and unknown."""

    name: str
    node: Node
    true: str
    false: str
    unknown: str
    article: str = ""
    table: ItemTable | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """A named tree of predicates, so that a shared part is written once."""

    name: str
    node: Node
    says: str


@dataclass(frozen=True, slots=True)
class Hinge:
    """A stated end whose sequel no source confirms: the day, the branches, the default legal reading."""

    id: str
    day: date
    until: date | None
    branches: Mapping[str, str]
    default: str
    asks: str
    check: str
    instrument: str
    published: date
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Act:
    """An event that one instrument makes on the articles of another."""

    on: str
    event: Event


@dataclass(frozen=True, slots=True)
class Book:
    """Everything read: instruments, rules, predicates, conditions, acts, hinges and the hash of it all."""

    facts: Mapping[str, Fact]
    instruments: Mapping[str, Instrument]
    rules: Mapping[str, Rule]
    predicates: Mapping[str, Predicate]
    conditions: Mapping[str, Condition]
    acts: tuple[Act, ...]
    hinges: Mapping[str, Hinge]
    sources: Mapping[str, Mapping[str, str]]
    hash: str
    overlays: tuple[str, ...] = ()
    jurisdiction: str = "cn"

    def lists(self, kind: str = "") -> tuple[Instrument, ...]:
        """The list instruments, of one class or of all."""
        kinds = (kind,) if kind else LIST_CLASSES
        return tuple(i for i in self.instruments.values() if i.kind in kinds)

    def node(self, name: str) -> Node:
        """The tree of a rule, predicate or condition."""
        if name in self.rules:
            return self.rules[name].node
        return (self.predicates.get(name) or self.conditions[name]).node


def build_book(
    facts: Mapping[str, Fact],
    instruments: Mapping[str, Instrument],
    predicates: Mapping[str, Predicate],
    conditions: Mapping[str, Condition],
    sources: Mapping[str, Mapping[str, str]],
    digest: str,
    overlays: tuple[str, ...] = (),
    jurisdiction: str = "cn",
) -> Book:
    """The checked book. Raises BookError for any name that nothing defines."""
    all_facts = dict(facts)
    for instrument in instruments.values():
        if instrument.kind in LIST_CLASSES:
            all_facts.update((f.name, f) for f in _list_facts(instrument))
    lists = {kind: [i for i in instruments.values() if i.kind == kind] for kind in LIST_CLASSES}
    rules: dict[str, Rule] = {}
    for instrument in instruments.values():
        for article in instrument.articles:
            rule = parse_rule(article, instrument)
            if rule:
                rules[rule.address] = replace(rule, node=_expand(rule.node, lists, instrument.file))
    expanded = {n: replace(c, node=_expand(c.node, lists, "predicates.toml")) for n, c in conditions.items()}
    acts = tuple(a for i in instruments.values() for a in _acts(i))
    hinges = {h.id: h for i in instruments.values() for h in _hinges(i)}
    found = (all_facts, instruments, rules, predicates, expanded, acts, hinges, sources)
    book = Book(*found, hash=digest, overlays=overlays, jurisdiction=jurisdiction)
    _check_names(book)
    return book


def _list_facts(instrument: Instrument) -> tuple[Fact, Fact]:
    title = instrument.title
    return (
        Fact(list_fact(instrument.address), "bool", f"Is any party named in {title}?", "exporter"),
        Fact(
            list_fact(instrument.address, held=True),
            "bool",
            f"Do parties named in {title} hold 50 % or more of any party?",
            "customer",
        ),
    )


def _expand(node: Node, lists: Mapping[str, list[Instrument]], where: str) -> Node:
    match node:
        case Listed(classes, held, here):
            if here:
                return Is(list_fact(classes[0], held=held))
            wrong = [c for c in classes if c not in lists]
            if wrong:
                raise BookError(
                    "no such class of list", where=where, expected=", ".join(lists), found=str(wrong)
                )
            names = [i for c in classes for i in lists[c]]
            pairs = (All((InForce(f"{i.address}/1"), Is(list_fact(i.address, held=held)))) for i in names)
            return Some(tuple(pairs))
        case All(parts):
            return All(tuple(_expand(p, lists, where) for p in parts))
        case Some(parts):
            return Some(tuple(_expand(p, lists, where) for p in parts))
        case Not(part):
            return Not(_expand(part, lists, where))
        case _:
            return node


def _acts(instrument: Instrument) -> tuple[Act, ...]:
    given = instrument.front.get("acts") or []
    where = f"{instrument.file}, acts"
    acts = []
    for row in given if isinstance(given, list) else []:
        if not isinstance(row, dict) or not row.get("on"):
            raise BookError(
                "an act names what it acts on", where=where, expected="on: ADDRESS", found=repr(row)
            )
        event = {k: v for k, v in row.items() if k != "on"}
        acts.append(Act(str(row["on"]), parse_events([event], instrument, where)[0]))
    return tuple(acts)


def _hinges(instrument: Instrument) -> tuple[Hinge, ...]:
    where = f"{instrument.file}, hinges"
    rows = instrument.front.get("hinges") or []
    return tuple(_hinge(row, instrument, where) for row in rows)


def _hinge(row: Mapping[str, Any], instrument: Instrument, where: str) -> Hinge:
    branches = row.get("branches")
    if (
        not isinstance(branches, dict)
        or set(branches.values()) - {"suspended", "in_force"}
        or len(branches) < 2
    ):
        raise BookError(
            "a hinge needs its branches",
            where=where,
            expected="branches: {name: suspended, other: in_force}",
            found=repr(branches),
        )
    if row.get("default") not in branches:
        raise BookError("a hinge needs its default legal reading", where=where, expected=str(list(branches)))
    return Hinge(
        str(row.get("id", "")),
        iso_day(str(row.get("day", "")), where),
        iso_day(str(row["until"]), where) if row.get("until") else None,
        dict(branches),
        str(row["default"]),
        str(row.get("asks", "")),
        str(row.get("check", "")),
        instrument.address,
        iso_day(str(row["published"]), where) if row.get("published") else instrument.published,
        instrument.claims,
    )


def parse_predicates(
    text: str, facts: Mapping[str, Fact], tables: Mapping[str, ItemTable], where: str
) -> tuple[dict[str, Predicate], dict[str, Condition]]:
    """The predicates and conditions of a predicates.toml.

    Raises BookError for undeclared facts, tables without sentences, or missing sentences.
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BookError("this file is not TOML", where=where, expected="TOML", found=str(error)) from error
    predicates = {
        name: _predicate(
            name, entry, parse_leaf(str(entry.get("when", "")), facts, f"{where}, [{name}]"), where
        )
        for name, entry in raw.get("predicate", {}).items()
    }
    for name, table in tables.items():
        entry = raw.get("table", {}).get(name)
        if entry is None:
            raise BookError("this item table has no sentences", where=where, expected=f"[table.{name}]")
        predicates[f"item_{name}"] = _predicate(f"item_{name}", entry, table.node, where, table)
    conditions = {
        name: Condition(
            name, parse_tree(entry.get("when"), "", f"{where}, [{name}]"), str(entry.get("says", ""))
        )
        for name, entry in raw.get("condition", {}).items()
    }
    return predicates, conditions


def _predicate(
    name: str, entry: Mapping[str, Any], node: Node, where: str, table: ItemTable | None = None
) -> Predicate:
    words = [str(entry.get(key, "")) for key in ("true", "false", "unknown")]
    if not all(words):
        raise BookError(
            "this predicate lacks a sentence", where=f"{where}, [{name}]", expected="true, false and unknown"
        )
    true, false, unknown = words
    return Predicate(name, node, true, false, unknown, str(entry.get("article", "")), table)


def _check_names(book: Book) -> None:
    articles = {a.address for i in book.instruments.values() for a in i.articles}
    for rule in book.rules.values():
        where = f"rule {rule.address}"
        for kind, addresses in (
            ("exception", rule.unless),
            ("relation", rule.alongside),
            ("conflict", rule.conflicts),
        ):
            for address in addresses:
                if address not in book.rules:
                    raise BookError(
                        f"this {kind} names no rule", where=where, expected="a rule's address", found=address
                    )
        unknown = [s for s in rule.sources if s not in book.sources]
        if unknown:
            raise BookError(
                "this rule cites an unknown source",
                where=where,
                expected="an id of sources.toml",
                found=str(unknown),
            )
        _check_tree(rule.node, book, articles, where)
        _check_hinges(rule.events, book, where)
    for condition in book.conditions.values():
        _check_tree(condition.node, book, articles, f"condition {condition.name}")
    for act in book.acts:
        if act.on not in book.instruments and act.on not in articles:
            raise BookError(
                "this act names nothing",
                where=act.event.by,
                expected="an instrument or article",
                found=act.on,
            )
        _check_hinges((act.event,), book, act.event.by)
    _check_cycles(book)


def _check_hinges(events: tuple[Event, ...], book: Book, where: str) -> None:
    for event in events:
        for hinge in (event.hinge, event.boundary):
            if hinge and hinge not in book.hinges:
                raise BookError(
                    "this hinge is not defined", where=where, expected=", ".join(book.hinges), found=hinge
                )


def _check_tree(node: Node, book: Book, articles: set[str], where: str) -> None:
    for part in walk(node):
        match part:
            case Named(name) if name not in book.predicates and name not in book.conditions:
                raise BookError(
                    "this predicate is not defined",
                    where=where,
                    expected="a name in predicates.toml, or in the file's own `predicates`",
                    found=repr(name),
                )
            case Holds(rule) if rule not in book.rules:
                raise BookError("holds names no rule", where=where, expected="a rule's address", found=rule)
            case InForce(article) if article not in articles:
                raise BookError(
                    "in_force names no article", where=where, expected="an article's address", found=article
                )
            case Is(fact) if fact not in book.facts:
                raise BookError("this fact is not declared", where=where, expected="a fact", found=fact)


def needs(book: Book, name: str) -> tuple[str, ...]:
    """What a rule, predicate or condition reads: names and rule addresses."""
    found = list(book.rules[name].unless) if name in book.rules else []
    for part in walk(book.node(name)):
        match part:
            case Named(other) | Holds(other):
                found.append(other)
    return tuple(dict.fromkeys(found))


def _check_cycles(book: Book) -> None:
    ordered(book, (*book.predicates, *book.conditions, *book.rules))


def ordered(book: Book, names: tuple[str, ...]) -> tuple[str, ...]:
    """The names with everything they need, each after what it needs.

    Raises BookError when exceptions or references run in a circle.
    """
    done: dict[str, None] = {}
    path: list[str] = []

    def visit(name: str) -> None:
        if name in done:
            return
        if name in path:
            circle = " -> ".join([*path[path.index(name) :], name])
            raise BookError(
                "rules refer to each other in a circle", where=name, expected="no circle", found=circle
            )
        path.append(name)
        for other in needs(book, name):
            visit(other)
        path.pop()
        done[name] = None

    for name in names:
        visit(name)
    return tuple(done)


def overlay_predicates(instrument: Instrument, facts: Mapping[str, Fact]) -> dict[str, Predicate]:
    """The predicates that an overlay file brings in its own front matter."""
    given = instrument.front.get("predicates") or {}
    where = f"{instrument.file}, predicates"
    return {
        name: _predicate(name, entry, parse_leaf(str(entry.get("when", "")), facts, where), where)
        for name, entry in given.items()
    }


def overlay_sources(instrument: Instrument) -> dict[str, dict[str, str]]:
    """The sources that an overlay file brings in its own front matter (`sources_here`)."""
    given = instrument.front.get("sources_here") or {}
    return {str(k): {str(a): str(b) for a, b in v.items()} for k, v in given.items()}


__all__ = [
    "Act",
    "Book",
    "Condition",
    "Hinge",
    "Predicate",
    "as_list",
    "build_book",
    "full_address",
    "needs",
    "ordered",
    "overlay_predicates",
    "overlay_sources",
    "parse_predicates",
]
