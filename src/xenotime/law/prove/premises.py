"""What a proof may take for granted of the facts, and what a book says of itself beside its rules.

``proof.toml`` of a book, every part optional::

    [never.part_above_whole]          no shipment can be so
    when = "cn_part1_value > item_value"
    says = "a part is worth no more than the whole that holds it"

    [opposite]                        of two predicates exactly one holds
    value_below_item = "value_at_least_item"

    [more]                            raising the fact alone never makes the answer milder (or stricter)
    stricter = ["military_user"]
    milder = ["item_value"]

    [[decides]]                       as an article's own `decides`, where it should stand apart
    article = "cn/mofcom-2025-61/1.1"
    says = "…"
    when = "…"

A party's being on a list of the book is always taken as stricter.
An article's block may say `decides` (what it must reach) and `spares` (what it must not), in facts and apart
from its rule; an instrument's front matter may declare `doubts`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from xenotime.core.errors import BookError
from xenotime.law.book import Book
from xenotime.law.facts import Fact, list_fact
from xenotime.law.instrument import Article, Instrument, as_list, iso_day
from xenotime.law.leaf import parse_leaf
from xenotime.law.node import Node
from xenotime.law.prove.worlds import Window
from xenotime.law.rules import full_address

_PARTS = ("never", "opposite", "more", "decides", "spares")
_NEXT = "see docs/explanation/proof.md"


@dataclass(frozen=True, slots=True)
class Never:
    """A pattern of facts that no shipment can have, and why."""

    name: str
    node: Node
    says: str


@dataclass(frozen=True, slots=True)
class Statement:
    """What an article says it decides (`reaches`), or does not, on the days of its window if it has one."""

    article: str
    says: str
    node: Node
    reaches: bool
    by: tuple[str, ...]
    window: Window | None


@dataclass(frozen=True, slots=True)
class Doubt:
    """A finding that an instrument declares: the text itself leaves it so."""

    instrument: str
    kind: str
    at: tuple[str, ...]
    says: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Premises:
    """All of it for one book."""

    never: tuple[Never, ...] = ()
    opposite: tuple[tuple[str, str], ...] = ()
    stricter: tuple[str, ...] = ()
    milder: tuple[str, ...] = ()
    statements: tuple[Statement, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    windows: tuple[Window, ...] = field(default=())


def read_premises(book: Book, text: str, where: str) -> Premises:
    """The premises in a proof.toml (an empty text has none) and in the book's own articles.

    Raises BookError for a part, fact, predicate, rule or day that does not exist.
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BookError(
            "this file is not TOML", where=where, expected="TOML", found=str(error), next_step=_NEXT
        ) from error
    _only(raw, _PARTS, where)
    more = raw.get("more", {})
    _only(more, ("stricter", "milder"), f"{where}, [more]")
    facts = {way: _facts(more.get(way, []), book.facts, f"{where}, [more] {way}") for way in more}
    statements = (*_statements(book), *_beside(raw, book, where))
    return Premises(
        tuple(_never(name, row, book.facts, where) for name, row in raw.get("never", {}).items()),
        tuple(_opposite(pair, book, where) for pair in raw.get("opposite", {}).items()),
        (*facts.get("stricter", ()), *_lists(book)),
        facts.get("milder", ()),
        statements,
        tuple(_doubts(book)),
        tuple(dict.fromkeys(s.window for s in statements if s.window)),
    )


def _only(given: Mapping[str, object], keys: Sequence[str], where: str) -> None:
    unknown = sorted(set(given) - set(keys))
    if unknown:
        raise BookError(
            "this key is not known here", where=where, expected=", ".join(keys), found=", ".join(unknown)
        )


def _never(name: str, row: Mapping[str, Any], facts: Mapping[str, Fact], where: str) -> Never:
    place = f"{where}, [never.{name}]"
    _only(row, ("when", "says"), place)
    if not row.get("says"):
        raise BookError("this limit does not say why", where=place, expected="says", next_step=_NEXT)
    return Never(name, parse_leaf(str(row.get("when", "")), facts, place), str(row["says"]))


def _opposite(pair: tuple[str, object], book: Book, where: str) -> tuple[str, str]:
    names = (pair[0], str(pair[1]))
    missing = [n for n in names if n not in book.predicates and n not in book.conditions]
    if missing:
        raise BookError(
            "this predicate is not defined",
            where=f"{where}, [opposite]",
            expected="two names of predicates.toml",
            found=", ".join(missing),
        )
    return names


def _facts(given: object, facts: Mapping[str, Fact], where: str) -> tuple[str, ...]:
    names = as_list(given)
    missing = [n for n in names if n not in facts or facts[n].type in ("enum", "country")]
    if missing:
        raise BookError(
            "this fact has no more and no less",
            where=where,
            expected="yes-or-no facts and numbers of facts.toml",
            found=", ".join(missing),
        )
    return names


def _lists(book: Book) -> tuple[str, ...]:
    """What says that a party is on a list, or held by one: always stricter."""
    places = [i.address for i in book.lists()]
    return tuple(list_fact(a, held=held) for held in (False, True) for a in places)


def _statements(book: Book) -> Iterator[Statement]:
    for instrument in book.instruments.values():
        for article in instrument.articles:
            for key in ("decides", "spares"):
                for row in article.block.get(key) or ():
                    yield _statement(row, key, article, instrument, book)


def _beside(raw: Mapping[str, Any], book: Book, where: str) -> Iterator[Statement]:
    """The statements that stand in proof.toml, each naming its article."""
    articles = {a.address: (a, i) for i in book.instruments.values() for a in i.articles}
    for key in ("decides", "spares"):
        for row in raw.get(key, []):
            address = str(row.get("article", ""))
            if address not in articles:
                raise BookError(
                    "this statement names no article",
                    where=f"{where}, [[{key}]]",
                    expected="article: an address of `xenotime law list`",
                    found=repr(address),
                    next_step=_NEXT,
                )
            article, instrument = articles[address]
            own = {name: value for name, value in row.items() if name != "article"}
            yield _statement(own, key, article, instrument, book)


def _statement(row: object, key: str, article: Article, instrument: Instrument, book: Book) -> Statement:
    where = f"{instrument.file}, {article.part}, {key}"
    if not isinstance(row, dict) or not row.get("says") or not row.get("when"):
        raise BookError(
            "this statement lacks its words or its facts",
            where=where,
            expected="{says: …, when: one line over facts}, and by, since, through if needed",
            found=repr(row),
            next_step=_NEXT,
        )
    _only(row, ("says", "when", "by", "since", "through", "published"), where)
    by = tuple(full_address(part, instrument.address) for part in as_list(row.get("by"))) or (
        article.address,
    )
    missing = [b for b in by if b not in book.rules]
    if missing:
        raise BookError(
            "this statement names no rule", where=where, expected="a rule's part", found=", ".join(missing)
        )
    node = parse_leaf(str(row["when"]), book.facts, where)
    return Statement(
        article.address, str(row["says"]), node, key == "decides", by, _window(row, instrument, where)
    )


def _window(row: Mapping[str, Any], instrument: Instrument, where: str) -> Window | None:
    if not row.get("since"):
        return None
    since = iso_day(str(row["since"]), where)
    through: date | None = iso_day(str(row["through"]), where) if row.get("through") else None
    published = iso_day(str(row["published"]), where) if row.get("published") else instrument.published
    return Window(since, through, published)


def _doubts(book: Book) -> Iterator[Doubt]:
    for instrument in book.instruments.values():
        for row in instrument.front.get("doubts") or ():
            where = f"{instrument.file}, doubts"
            if not isinstance(row, dict) or not (row.get("finding") and row.get("at") and row.get("says")):
                raise BookError(
                    "this doubt does not say what it declares",
                    where=where,
                    expected="{finding: overlap, at: [1.1, 2], says: …, sources: […]}",
                    found=repr(row),
                    next_step=_NEXT,
                )
            _only(row, ("finding", "at", "says", "sources"), where)
            at = tuple(_place(part, instrument) for part in as_list(row["at"]))
            yield Doubt(
                instrument.address, str(row["finding"]), at, str(row["says"]), as_list(row.get("sources"))
            )


def _place(part: str, instrument: Instrument) -> str:
    """An article of the instrument by its part; a predicate, fact or whole address as it is written."""
    own = full_address(part, instrument.address)
    return own if own in {a.address for a in instrument.articles} else part
