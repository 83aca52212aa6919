"""Lets a notice give a condition of the book other words, from the day one of its own articles is in force.

A draft that moves a threshold does not repeal the articles that read it. The words before stay in the book
beside the words after, and the name stands for whichever is in force: so the draft can start, pause, turn on
a hinge and be known later, like everything else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from xenotime.core.errors import BookError
from xenotime.law.book import Book, Condition, Predicate
from xenotime.law.facts import Fact
from xenotime.law.instrument import Instrument
from xenotime.law.leaf import parse_leaf
from xenotime.law.node import All, InForce, Named, Node, Not, Some
from xenotime.law.rules import full_address

_SENTENCES = ("true", "false", "unknown")
_KEYS = ("by", "when", *_SENTENCES)


@dataclass(frozen=True, slots=True)
class Amended:
    """A name with two wordings: the one while the article is in force, and the one before."""

    article: str
    after: str
    before: str


def amended(book: Book, name: str) -> Amended | None:
    """The wordings of a name that a notice amends; None for any other name."""
    condition = book.conditions.get(name)
    match condition.node if condition else None:
        case Some((All((InForce(article), Named(after))), All((Not(InForce(same)), Named(before))))):
            if article == same and after == f"{name}.by.{article}":
                return Amended(article, after, before)
    return None


def amend(
    instrument: Instrument,
    facts: Mapping[str, Fact],
    predicates: Mapping[str, Predicate],
    conditions: Mapping[str, Condition],
) -> tuple[dict[str, Predicate], dict[str, Condition]]:
    """The predicates and conditions of a book with the `amends` of an instrument's front matter laid over.

    ``amends: {NAME: {by: PART, when, true, false, unknown}}``: while article PART of the instrument is in
    force, NAME means the new words. Raises BookError for a name that the book lacks, or a key too few.
    """
    found, named = dict(predicates), dict(conditions)
    given = instrument.front.get("amends") or {}
    where = f"{instrument.file}, amends"
    if not isinstance(given, dict):
        raise BookError(
            "`amends` is not a list of names", where=where, expected="NAME: {by, when, …}", found=repr(given)
        )
    for name, entry in given.items():
        _check(name, entry, found, named, f"{where}, {name}")
        article = full_address(str(entry["by"]), instrument.address)
        after, before = f"{name}.by.{article}", f"{name}.before.{article}"
        true, false, unknown = (str(entry[key]) for key in _SENTENCES)
        node = parse_leaf(str(entry["when"]), facts, f"{where}, {name}")
        found[after] = Predicate(after, node, true, false, unknown, article)
        if name in named:
            named[before] = Condition(before, named[name].node, named[name].says)
        else:
            found[before] = replace(found.pop(name), name=before)
        named[name] = Condition(name, _either(article, after, before), f"As {article} has it while in force.")
    return found, named


def _either(article: str, after: str, before: str) -> Node:
    now = InForce(article)
    return Some((All((now, Named(after))), All((Not(now), Named(before)))))


def _check(
    name: str,
    entry: object,
    predicates: Mapping[str, Predicate],
    conditions: Mapping[str, Condition],
    where: str,
) -> None:
    keys = set(entry) if isinstance(entry, dict) else set()
    if keys != set(_KEYS):
        raise BookError(
            "this amendment has not the keys of one",
            where=where,
            expected=", ".join(_KEYS),
            found=", ".join(sorted(keys)) or repr(entry),
            next_step="see docs/howto/see-what-a-notice-changes.md",
        )
    if name not in predicates and name not in conditions:
        raise BookError(
            "this amendment names no condition of the book",
            where=where,
            expected="a name in predicates.toml",
            found=name,
            next_step="run `xenotime law show ADDRESS` for the conditions an article reads",
        )
