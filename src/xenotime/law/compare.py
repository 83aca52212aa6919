"""Compares two law snapshots: what came, went, was worded otherwise or dated otherwise, and on which days.

A snapshot is a book at a day of knowledge, so one function serves two days of knowledge, two books, and a
book with and without a draft. Only what was published by the day of knowledge is there to be compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from xenotime.law.amend import amended
from xenotime.law.apart import Days, above, apart
from xenotime.law.instrument import Article, Instrument
from xenotime.law.law import Law
from xenotime.law.spell import spell

#: What can change, in the order in which it is told.
KINDS = ("instrument", "article", "condition", "predicate", "fact", "hinge")
ADDED, REMOVED, CHANGED, REDATED = "added", "removed", "changed", "redated"
#: What a rule's block says beside its dates, in the order in which it is told.
_BLOCK = (
    *("question", "answer", "binds", "when", "unless", "alongside", "conflicts", "readings"),
    *("confidence", "sources", "duty", "channel", "says", "ownership", "cannot_encode"),
)
_FRONT = ("title", "title_zh", "issuer", "published", "kind", "read_until", "prose")
_FACT = ("type", "values", "unit", "presumed", "ground", "reviewer", "asks", "who")
_HINGE = ("day", "until", "branches", "default", "asks", "check")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Detail:
    """One thing that an address said before and says after; "" where it said nothing."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Span:
    """Days with one status before and another after; `last` is None when no end is stated."""

    first: date
    last: date | None
    before: str
    after: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One address that changed: how (added | removed | changed | redated), in what, on which days.

    `touches` names the articles that read a changed condition, predicate or fact.
    """

    kind: str
    how: str
    address: str
    title: str
    details: tuple[Detail, ...] = ()
    spans: tuple[Span, ...] = ()
    touches: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that differs between two snapshots, and the days on which an answer can differ."""

    changes: tuple[Change, ...]
    days: tuple[Days, ...]

    def of(self, kind: str, how: str = "") -> tuple[Change, ...]:
        """The changes of one kind (and of one sort of change), in order of address."""
        return tuple(c for c in self.changes if c.kind == kind and how in ("", c.how))


def compare(before: Law, after: Law) -> Difference:
    """What differs between two snapshots, told by kind and address."""
    found = (
        *_instruments(before, after),
        *_articles(before, after),
        *_conditions(before, after),
        *_predicates(before, after),
        *_facts(before, after),
        *_hinges(before, after),
    )
    ordered = sorted(found, key=lambda c: (KINDS.index(c.kind), c.address))
    return Difference(tuple(ordered), apart(before, after))


def _seen(law: Law) -> dict[str, Instrument]:
    """The instruments that were published by the day of knowledge."""
    return {a: i for a, i in law.book.instruments.items() if i.published <= law.known}


def _instruments(before: Law, after: Law) -> Iterator[Change]:
    for address, old, new in _pairs(_seen(before), _seen(after)):
        details = tuple(_details(_told(old, _FRONT), _told(new, _FRONT)))
        one = new or old
        if one is not None and (details or old is None or new is None):
            yield Change("instrument", _how(old, new), address, one.title, _news(details, old, new))


def _articles(before: Law, after: Law) -> Iterator[Change]:
    lefts, rights = (
        {a.address: a for i in _seen(law).values() for a in i.articles} for law in (before, after)
    )
    for address, old, new in _pairs(lefts, rights):
        one = new or old
        details = tuple(_details(_said(old), _said(new)))
        spans = tuple(_spans(before, after, address))
        if one is None or not (details or spans or old is None or new is None):
            continue
        how = _how(old, new) if details or old is None or new is None else REDATED
        yield Change("article", how, address, one.title, _news(details, old, new), spans)


def _said(article: Article | None) -> dict[str, str]:
    if article is None:
        return {}
    block = {key: _text(article.block[key]) for key in _BLOCK if key in article.block}
    return {"title": article.title, "text": article.text, **block}


def _spans(before: Law, after: Law, address: str) -> Iterator[Span]:
    """The days on which an article's status differs, neighbours with the same pair put together."""
    days = sorted({s.first for law in (before, after) for s in law.stretches(address)})
    last: Span | None = None
    for first, following in zip(days, [*days[1:], None], strict=True):
        old, new = before.status(address, first), after.status(address, first)
        end = following - _DAY if following else None
        if last and (last.before, last.after) == (old.status, new.status):
            last = Span(last.first, end, last.before, last.after, last.by)
            continue
        if last:
            yield last
        same = (old.status, old.hinge) == (new.status, new.hinge)
        last = None if same else Span(first, end, old.status, new.status, new.by or old.by)
    if last:
        yield last


def _conditions(before: Law, after: Law) -> Iterator[Change]:
    """Conditions, and predicates that became one or were one; a name is told once, as what it is now."""
    for name, _, new in _pairs(before.book.conditions, after.book.conditions):
        if name in after.book.predicates:
            continue
        (old, _), (now, article) = _worded(before, name), _worded(after, name)
        details = tuple(_details(old, now))
        if details:
            title = now.get("true", "") or (new.says if new else name)
            while_in_force = (Detail("while", "", article),) if article else ()
            reads = _readers(after if new else before, name)
            how = _how(old or None, now or None)
            yield Change("condition", how, name, title, (*details, *while_in_force), (), reads)


def _predicates(before: Law, after: Law) -> Iterator[Change]:
    """Predicates under their own names; the two wordings of an amended one are told with its name."""
    for name, old, new in _pairs(before.book.predicates, after.book.predicates):
        if (new is None and name in after.book.conditions) or _wording(before, name) or _wording(after, name):
            continue
        was = _worded(before, name)[0]
        details = tuple(_details(was, _meaning(after, name)))
        if details:
            reads = _readers(after if new else before, name)
            yield Change("predicate", _how(was or None, new), name, (new or old).true, details, (), reads)


def _wording(law: Law, name: str) -> bool:
    """Whether a predicate is one of the wordings of an amended name."""
    whole = name.partition(".")[0]
    return whole != name and amended(law.book, whole) is not None


def _worded(law: Law, name: str) -> tuple[dict[str, str], str]:
    """What a name says in a law, and the article that amends it; before its notice is known, none does."""
    found = amended(law.book, name)
    if found is None:
        return _meaning(law, name), ""
    if found.article.rpartition("/")[0] in _seen(law):
        return _meaning(law, found.after), found.article
    return _meaning(law, found.before), ""


def _meaning(law: Law, name: str) -> dict[str, str]:
    """What a condition or predicate says, as it is told."""
    if name in law.book.predicates:
        one = law.book.predicates[name]
        return {"when": spell(one.node), "true": one.true, "false": one.false, "unknown": one.unknown}
    found = law.book.conditions.get(name)
    return {} if found is None else {"when": spell(found.node), "says": found.says}


def _facts(before: Law, after: Law) -> Iterator[Change]:
    for name, old, new in _pairs(before.book.facts, after.book.facts):
        details = tuple(_details(_told(old, _FACT), _told(new, _FACT)))
        one = new or old
        if one is not None and details:
            yield Change("fact", _how(old, new), name, one.asks, details)


def _hinges(before: Law, after: Law) -> Iterator[Change]:
    """Hinges that are open at one day of knowledge and not at the other, or say something else."""
    for name, old, new in _pairs({h.id: h for h in before.hinges}, {h.id: h for h in after.hinges}):
        details = tuple(_details(_told(old, _HINGE), _told(new, _HINGE)))
        one = new or old
        if one is not None and details:
            articles = after if new else before
            turns = tuple(a for a in articles.statuses if name in articles.hinges_of(a))
            yield Change("hinge", _how(old, new), name, one.asks, details, (), turns)


def _readers(law: Law, name: str) -> tuple[str, ...]:
    """The rules whose value can depend on a name, in book order."""
    reached = above(law, (name,))
    return tuple(address for address in law.book.rules if address in reached)


def _pairs(left: Mapping[str, Any], right: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    for name in dict.fromkeys((*left, *right)):
        yield name, left.get(name), right.get(name)


def _how(old: object, new: object) -> str:
    return ADDED if old is None else REMOVED if new is None else CHANGED


def _news(details: tuple[Detail, ...], old: object, new: object) -> tuple[Detail, ...]:
    """What came or went is told by its address; only what stayed and changed is told in detail."""
    return details if old is not None and new is not None else ()


def _told(one: object, names: tuple[str, ...]) -> dict[str, str]:
    return {name: _text(getattr(one, name)) for name in names} if one is not None else {}


def _details(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Detail]:
    for what in dict.fromkeys((*before, *after)):
        old, new = before.get(what, ""), after.get(what, "")
        if old != new:
            yield Detail(what, old, new)


def _text(value: object) -> str:
    """A value of a book's block on one line: ``all: [a, b], answer: licence``."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_nested(each)}" for key, each in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(_nested(each) for each in value)
    return str(value)


def _nested(value: object) -> str:
    shown = _text(value)
    if isinstance(value, Mapping):
        return f"{{{shown}}}"
    return f"[{shown}]" if isinstance(value, (list, tuple)) else shown
