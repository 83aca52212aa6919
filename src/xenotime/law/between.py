"""Places where obeying one book may break another, as ``books/between.toml`` names them for counsel."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from xenotime.core.errors import BookError
from xenotime.core.truth import Truth, every
from xenotime.evidence.claims import CONFIDENCE
from xenotime.law.facts import Fact
from xenotime.law.instrument import iso_day
from xenotime.law.law import Law
from xenotime.law.leaf import parse_leaf
from xenotime.law.node import Node
from xenotime.law.oracle import presume
from xenotime.law.program import Row, build
from xenotime.law.read import JURISDICTIONS, packaged, read_book

_KEYS = frozenset("title books articles when from says counsel confidence sources".split())


@dataclass(frozen=True, slots=True)
class Between:
    """One such place: between which books, from which day, on which facts, and what to ask counsel.

    `articles` must stand on the day; `sources` are entries with what, url, day and tag.
    """

    id: str
    title: str
    books: tuple[str, ...]
    articles: tuple[str, ...]
    node: Node
    first: date
    says: str
    counsel: str
    confidence: str
    sources: Mapping[str, Mapping[str, str]]

    def stands(self, laws: Mapping[str, Law], rows: Mapping[str, Row], on: date) -> Truth:
        """Whether the place is met on a day: no where a book is not asked or the day too early.

        `rows` holds each book's facts; what a book presumes is presumed here too, unless strict.
        """
        if not set(self.books) <= set(laws) or min(on, *(law.known for law in laws.values())) < self.first:
            return False
        row = {name: value for facts in rows.values() for name, value in facts.items() if value is not None}
        there = (_there(laws[article.split("/", 1)[0]], article, on) for article in self.articles)
        return every((*there, build(self.node)(row, {}, {})))


def _there(law: Law, article: str, on: date) -> Truth:
    """Whether an article stands on a day; one that holds no rule stands from the day of its instrument."""
    status = law.status(article, on).status
    if article not in law.book.rules and status == "not_yet":
        return law.book.instruments[article.rsplit("/", 1)[0]].published <= on
    return {"in_force": True, "unverified": None}.get(status, False)


def presumed(law: Law, row: Row, *, strict: bool) -> Row:
    """The facts of a row that a book knows, with what it presumes filled in."""
    filled, _ = presume(law, row, strict=strict)
    return {name: filled.get(name) for name in law.book.facts}


@cache
def places() -> tuple[Between, ...]:
    """Every place of the packaged file. Raises BookError as `parse_between` does."""
    books = {name: read_book(jurisdiction=name) for name in JURISDICTIONS}
    facts = {name: fact for book in books.values() for name, fact in book.facts.items()}
    articles = {a.address for b in books.values() for i in b.instruments.values() for a in i.articles}
    return parse_between(packaged("between.toml"), facts, articles)


def parse_between(text: str, facts: Mapping[str, Fact], articles: set[str]) -> tuple[Between, ...]:
    """The places that a file names.

    Raises BookError for a key, book, article, fact or source that is not known.
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BookError(
            "this file is not TOML", where="between.toml", expected="TOML", found=str(error)
        ) from error
    sources = raw.pop("source", {})
    return tuple(_place(name, entry, facts, articles, sources) for name, entry in raw.items())


def _place(
    name: str,
    entry: Mapping[str, object],
    facts: Mapping[str, Fact],
    articles: set[str],
    sources: Mapping[str, Mapping[str, str]],
) -> Between:
    where = f"between.toml, [{name}]"
    if set(entry) != _KEYS:
        found = ", ".join(sorted(set(entry) ^ _KEYS))
        raise BookError(
            "this place lacks a key or has another", where=where, expected=", ".join(_KEYS), found=found
        )
    books, named, cited = (_texts(entry[key]) for key in ("books", "articles", "sources"))
    wrong = [x for x in named if x not in articles or x.split("/", 1)[0] not in books]
    wrong += [x for x in books if x not in JURISDICTIONS] + [x for x in cited if x not in sources]
    if wrong or len(books) != 2 or not cited or entry["confidence"] not in CONFIDENCE:
        raise BookError(
            "this place names what is not there",
            where=where,
            expected="two books, articles of theirs, sources of this file, and a known confidence",
            found=", ".join(wrong) or f"{entry['books']}, {entry['sources']}, {entry['confidence']}",
        )
    return Between(
        name,
        str(entry["title"]),
        books,
        named,
        parse_leaf(str(entry["when"]), facts, where),
        iso_day(str(entry["from"]), where),
        str(entry["says"]),
        str(entry["counsel"]),
        str(entry["confidence"]),
        {key: sources[key] for key in cited},
    )


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(v) for v in value) if isinstance(value, list) else ()
