"""A rule: article + question + tree + answer + named exceptions, as its block in the book states it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from xenotime.core.errors import BookError
from xenotime.evidence.claims import CONFIDENCE
from xenotime.law.answer import Outcome
from xenotime.law.events import KINDS, Event
from xenotime.law.instrument import Article, Instrument, as_list, iso_day
from xenotime.law.node import All, Holds, InForce, Listed, Named, Node, Not, Some

#: Questions, and the answers each may give.
ANSWERS: dict[str, tuple[str, ...]] = {
    "controlled": ("licence", "report", "exempt", "open"),
    "banned": ("prohibited", "open"),
    "policy": ("case_by_case", "presumed_denied", "open"),
    "channel": ("individual", "general", "registration", "certified"),
    "scope": (),
    "duty": (),
    "note": ("practice", "claim", "caution", "reading"),
}
#: Questions whose answers make the outcome; the others stand beside it.
DECIDING = ("controlled", "banned", "policy")
RANK = {
    "none": Outcome.NOT_CONTROLLED,
    "exempt": Outcome.NOT_CONTROLLED,
    "report": Outcome.REPORT,
    "licence": Outcome.LICENCE,
    "case_by_case": Outcome.CASE_BY_CASE,
    "presumed_denied": Outcome.PRESUMED_DENIED,
    "prohibited": Outcome.PROHIBITED,
}
ADDRESSEES = (
    "exporter in China",
    "Chinese person",
    "overseas exporter",
    "importer",
    "service provider",
    "anyone",
    "exporter or reexporter",
    "US person",
    "contractor",
    "Union exporter",
    "Union and Member States",
)
_PART = re.compile(r"[\w.-]*\d[\w.-]*")
_KEYS = frozenset(
    "rule binds question answer unless alongside conflicts when confidence sources events cases readings "
    "duty channel says ownership cannot_encode read_by decides spares".split()
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One encoded article; `node` may still hold `Listed` stand-ins until the book expands it."""

    address: str
    title: str
    text: str
    binds: str
    question: str
    answer: str
    node: Node
    unless: tuple[str, ...]
    alongside: tuple[str, ...]
    conflicts: tuple[str, ...]
    readings: tuple[tuple[str, str, str], ...]
    confidence: str
    sources: tuple[str, ...]
    events: tuple[Event, ...]
    cases: tuple[str, ...]
    extra: Mapping[str, Any]

    @property
    def low(self) -> Outcome:
        """The mildest answer the rule can mean."""
        return min(
            (RANK[answer] for _, answer, _ in self.readings), default=RANK.get(self.answer, Outcome(0))
        )

    @property
    def high(self) -> Outcome:
        """The strictest answer the rule can mean."""
        return max(
            (RANK[answer] for _, answer, _ in self.readings), default=RANK.get(self.answer, Outcome(0))
        )


def parse_rule(article: Article, instrument: Instrument) -> Rule | None:
    """The rule of an article, or None when its block says `cannot_encode`.

    Raises BookError naming the article and the key that is wrong.
    """
    block, where = article.block, f"{instrument.file}, {article.part}"
    unknown = sorted(set(block) - _KEYS)
    if unknown:
        raise BookError(
            "this rule has unknown keys", where=where, expected=", ".join(sorted(_KEYS)), found=str(unknown)
        )
    if "cannot_encode" in block:
        return None
    question = _one_of(block, "question", tuple(ANSWERS), where)
    answer = str(block.get("answer", ""))
    if (ANSWERS[question] and answer not in ANSWERS[question]) or not answer:
        raise BookError(
            "this answer does not fit its question",
            where=where,
            expected=f"{question}: {' | '.join(ANSWERS[question]) or 'a word'}",
            found=repr(answer),
        )
    if str(block.get("rule", "")) != article.part:
        raise BookError(
            "rule and heading differ", where=where, expected=article.part, found=str(block.get("rule"))
        )
    confidence = _one_of(block, "confidence", CONFIDENCE, where)
    if confidence in ("M", "?") and question in DECIDING and answer != "open":
        raise BookError(
            "a recalled or unread article may not decide",
            where=where,
            expected="answer: open with readings, or a note",
            found=f"confidence {confidence}, answer {answer}",
        )
    if not as_list(block.get("sources")):
        raise BookError("this rule names no source", where=where, expected="sources: [S1, …]", found="none")
    return Rule(
        article.address,
        article.title,
        article.text,
        _one_of(block, "binds", ADDRESSEES, where),
        question,
        answer,
        parse_tree(block.get("when"), instrument.address, where),
        _addresses(block, "unless", instrument.address),
        _addresses(block, "alongside", instrument.address),
        _addresses(block, "conflicts", instrument.address),
        _readings(block, answer, where),
        confidence,
        as_list(block.get("sources")),
        parse_events(block.get("events"), instrument, where),
        as_list(block.get("cases")),
        {key: block[key] for key in ("duty", "channel", "says") if key in block},
    )


def _one_of(block: Mapping[str, Any], key: str, allowed: tuple[str, ...], where: str) -> str:
    value = str(block.get(key, ""))
    if value not in allowed:
        raise BookError(
            f"'{key}' is not one of the known words",
            where=where,
            expected=" | ".join(allowed),
            found=repr(value),
        )
    return value


def _addresses(block: Mapping[str, Any], key: str, instrument: str) -> tuple[str, ...]:
    return tuple(full_address(part, instrument) for part in as_list(block.get(key)))


def full_address(part: str, instrument: str) -> str:
    """A local part ("1.1") as a full address.

    >>> full_address("1.1", "cn/x")
    'cn/x/1.1'
    """
    return part if "/" in part else f"{instrument}/{part}"


def _readings(block: Mapping[str, Any], answer: str, where: str) -> tuple[tuple[str, str, str], ...]:
    given = block.get("readings")
    if answer != "open":
        if given:
            raise BookError("only an open answer has readings", where=where, found=f"answer {answer}")
        return ()
    if not isinstance(given, dict) or len(given) < 2:
        raise BookError("an open answer needs its readings", where=where, expected="two or more readings")
    rows = []
    for name, reading in given.items():
        word = str(reading.get("answer", "")) if isinstance(reading, dict) else ""
        if word not in RANK:
            raise BookError(
                "this reading has no known answer", where=where, expected=" | ".join(RANK), found=repr(word)
            )
        rows.append((str(name), word, str(reading.get("says", ""))))
    return tuple(rows)


def parse_tree(given: object, instrument: str, where: str) -> Node:
    """The tree written as nested all / any / not over names.

    Raises BookError for anything else.
    """
    if isinstance(given, str) and given:
        return Named(given)
    if isinstance(given, dict) and len(given) == 1:
        ((key, value),) = given.items()
        if key in ("all", "any") and isinstance(value, list) and value:
            parts = tuple(parse_tree(v, instrument, where) for v in value)
            return All(parts) if key == "all" else Some(parts)
        if key == "not":
            return Not(parse_tree(value, instrument, where))
        if key == "holds":
            return Holds(full_address(str(value), instrument))
        if key == "in_force":
            return InForce(full_address(str(value), instrument))
        if key in ("party_listed", "party_held"):
            return Listed(as_list(value), key == "party_held")
        if key in ("listed_here", "held_here"):
            return Listed((instrument,), key == "held_here", here=True)
    raise BookError(
        "this condition is not a tree of named predicates",
        where=where,
        expected="a name, or one of all, any, not, holds, in_force, party_listed, party_held, listed_here",
        found=repr(given),
        next_step="define the condition in predicates.toml and use its name",
    )


def parse_events(given: object, instrument: Instrument, where: str) -> tuple[Event, ...]:
    """The events written under a rule or in an instrument's `acts`.

    Raises BookError for a missing day, two kinds at once, or an end without a sequel.
    """
    if not isinstance(given, list) or not given:
        raise BookError("this rule has no events", where=where, expected="events: [{in_force: YYYY-MM-DD}]")
    events = tuple(_event(row, instrument, where) for row in given)
    days = [e.day for e in events]
    if days != sorted(days):
        raise BookError(
            "these events are out of order",
            where=where,
            expected="the earliest first",
            found=", ".join(str(d) for d in days),
        )
    return events


def _event(row: object, instrument: Instrument, where: str) -> Event:
    kinds = [k for k in KINDS if isinstance(row, dict) and k in row]
    if not isinstance(row, dict) or len(kinds) != 1:
        raise BookError("an event has one kind", where=where, expected=" | ".join(KINDS), found=repr(row))
    through = iso_day(str(row["through"]), where) if row.get("through") else None
    hinge, then = str(row.get("hinge", "")), str(row.get("then", ""))
    if through and not (hinge or then == "in_force"):
        raise BookError(
            "a suspension with an end must say what follows",
            where=where,
            expected="hinge: ID (nothing confirms the sequel), or then: in_force",
            found=repr(row),
        )
    published: date = iso_day(str(row["published"]), where) if row.get("published") else instrument.published
    by = _author(str(row.get("by", "")), instrument.address)
    day = iso_day(str(row[kinds[0]]), where)
    if through and through < day:
        raise BookError(
            "this suspension ends before it begins",
            where=where,
            expected=f"through on or after {day}",
            found=str(through),
        )
    return Event(kinds[0], day, published, by, through, hinge, str(row.get("boundary", "")), then)


def _author(given: str, instrument: str) -> str:
    """Who made an event: a part of the instrument as its address, anything else as written."""
    return full_address(given, instrument) if _PART.fullmatch(given) else given or instrument
