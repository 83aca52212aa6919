"""Reads the packaged book and a user's overlays. The only part of `law` that opens package files."""

from __future__ import annotations

import csv
import hashlib
import io
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from xenotime.core.errors import BookError
from xenotime.law.amend import amend
from xenotime.law.book import (
    Book,
    Predicate,
    build_book,
    overlay_predicates,
    overlay_sources,
    parse_predicates,
)
from xenotime.law.facts import Fact, parse_facts
from xenotime.law.instrument import Instrument, parse_instrument
from xenotime.law.node import facts_of
from xenotime.law.tables import ItemTable, parse_table

JURISDICTIONS = ("cn", "us", "eu")
#: The folders of a book and the ending of its files there.
#: So many letters begin the addresses of a territory's law.
_TERRITORY = 2
_PLACES = (("", ".toml"), ("", ".md"), ("/items", ".csv"), ("/lists", ".csv"))


@cache
def packaged(name: str) -> str:
    """The text of a packaged book file, such as ``cn/calendar.csv``."""
    return _folder().joinpath(*name.split("/")).read_text(encoding="utf-8")


def packaged_rows(name: str) -> list[dict[str, str]]:
    """The rows of a packaged CSV file."""
    return list(csv.DictReader(io.StringIO(packaged(name))))


def packaged_names(folder: str, ending: str) -> tuple[str, ...]:
    """The packaged files of a folder with an ending, sorted: ``cn/lists/…``."""
    place = _folder().joinpath(*folder.split("/"))
    names = (p.name for p in place.iterdir() if p.name.endswith(ending)) if place.is_dir() else ()
    return tuple(f"{folder}/{name}" for name in sorted(names))


def _folder() -> Traversable:
    return files("xenotime").joinpath("books")


def book_files(jurisdiction: str = "cn") -> dict[str, str]:
    """The packaged files that make the book of a jurisdiction, by name: the shared dictionary and its own.

    Raises BookError when there is no such book.
    """
    if jurisdiction not in JURISDICTIONS:
        raise BookError("no such book", expected=", ".join(JURISDICTIONS), found=repr(jurisdiction))
    names = ["facts.toml"]
    for folder, ending in _PLACES:
        names += packaged_names(f"{jurisdiction}{folder}", ending)
    return {name: packaged(name) for name in names}


def read_book(
    overlays: Mapping[str, str] | None = None,
    jurisdiction: str = "cn",
    files: Mapping[str, str] | None = None,
) -> Book:
    """The book of a jurisdiction with a user's own notices laid over it.

    ``overlays`` maps file names to texts; those whose address is of another book are left out. ``files``
    stands in for the packaged book (see `book_files`). Raises BookError when anything cannot be trusted.
    """
    files, laid = files or book_files(jurisdiction), notices_of(overlays or {}, jurisdiction)
    shared, own = _facts(files, jurisdiction)
    facts = shared | own
    tables = _tables(files, jurisdiction, facts)
    where = f"{jurisdiction}/predicates.toml"
    predicates, conditions = parse_predicates(_file(files, where), facts, tables, where)
    sources = _sources(_file(files, f"{jurisdiction}/sources.toml"))
    instruments: dict[str, Instrument] = {}
    for name in _inside(files, jurisdiction, ".md"):
        _add(instruments, parse_instrument(files[name], name))
    for file, text in laid.items():
        extra = parse_instrument(text, file)
        _add(instruments, extra)
        predicates.update(_fresh(overlay_predicates(extra, facts), predicates, file))
        predicates, conditions = amend(extra, facts, predicates, conditions)
        sources.update(overlay_sources(extra))
    if (
        jurisdiction != JURISDICTIONS[0]
    ):  # the shared dictionary was made for the first book, which keeps it whole
        facts = _read_by(predicates, shared) | own
    return build_book(
        *(facts, instruments, predicates, conditions, sources),
        *(_digest(files, jurisdiction, laid), tuple(laid), jurisdiction),
    )


def jurisdiction_of(address: str) -> str:
    """The book that an address belongs to; one that begins with a name of the user's own, to the first.

    Raises BookError for the letters of a territory that has no book.

    >>> jurisdiction_of("us/ear-734-4/d"), jurisdiction_of("mine/notice")
    ('us', 'cn')
    """
    first = address.split("/", 1)[0]
    if len(first) == _TERRITORY and first not in JURISDICTIONS:
        raise BookError(
            "there is no book of this jurisdiction",
            where=address,
            expected=f"{', '.join(JURISDICTIONS)}, or a name of your own such as mine/notice",
            found=first,
            next_step="lay the notice over one of these books: begin its id with that book's letters",
        )
    return first if first in JURISDICTIONS else JURISDICTIONS[0]


def notices_of(overlays: Mapping[str, str], jurisdiction: str) -> dict[str, str]:
    """The overlays that belong to the book of a jurisdiction, by their addresses."""
    homes = {file: jurisdiction_of(parse_instrument(text, file).address) for file, text in overlays.items()}
    return {file: text for file, text in overlays.items() if homes[file] == jurisdiction}


def _file(files: Mapping[str, str], name: str) -> str:
    """A file that every book has. Raises BookError when it is not there."""
    if name not in files:
        raise BookError(
            "this book lacks a file",
            where=name,
            expected=name,
            found=f"{len(files)} files",
            next_step="copy a whole book with `xenotime law copy`, and change the copy",
        )
    return files[name]


def _inside(files: Mapping[str, str], folder: str, ending: str) -> list[str]:
    """The names of the files that lie directly in a folder and have an ending, sorted."""
    return sorted(n for n in files if n.rpartition("/")[0] == folder and n.endswith(ending))


def _facts(files: Mapping[str, str], jurisdiction: str) -> tuple[dict[str, Fact], dict[str, Fact]]:
    """The shared dictionary, and what the book declares beside it."""
    shared = parse_facts(_file(files, "facts.toml"), "books/facts.toml")
    name = f"{jurisdiction}/facts.toml"
    own = parse_facts(files[name], f"books/{name}") if name in files else {}
    twice = sorted(set(shared) & set(own))
    if twice:
        raise BookError("a fact is declared twice", where=name, expected="new names", found=", ".join(twice))
    return shared, own


def _read_by(predicates: Mapping[str, Predicate], shared: Mapping[str, Fact]) -> dict[str, Fact]:
    """The facts of the shared dictionary that a book reads."""
    read = frozenset[str]().union(*(facts_of(p.node) for p in predicates.values()))
    return {name: fact for name, fact in shared.items() if name in read}


def _fresh(new: dict[str, Predicate], old: Mapping[str, Predicate], file: str) -> dict[str, Predicate]:
    twice = sorted(set(new) & set(old))
    if twice:
        raise BookError(
            "a predicate of this name exists", where=file, expected="new names", found=", ".join(twice)
        )
    return new


def _add(instruments: dict[str, Instrument], new: Instrument) -> None:
    if new.address in instruments:
        raise BookError(
            "two files have one address",
            where=new.file,
            expected="an address that is not in the book",
            found=f"{new.address}, also in {instruments[new.address].file}",
            next_step="give it an address of its own, or run `xenotime law remove` on an older one",
        )
    instruments[new.address] = new


def _tables(files: Mapping[str, str], jurisdiction: str, facts: Mapping[str, Fact]) -> dict[str, ItemTable]:
    names = _inside(files, f"{jurisdiction}/items", ".csv")
    stems = {name: name.rsplit("/", 1)[1].removesuffix(".csv") for name in names}
    return {stem: parse_table(stem, files[name], facts, name) for name, stem in stems.items()}


def _sources(text: str) -> dict[str, Mapping[str, str]]:
    raw = tomllib.loads(text)
    return {key: {str(a): str(b) for a, b in entry.items()} for key, entry in raw.items()}


def _digest(files: Mapping[str, str], jurisdiction: str, overlays: Mapping[str, str]) -> str:
    """The hash of everything a decision rests on: book files, facts and overlays."""
    total = hashlib.sha256()
    for name, text in (*_law_files(files, jurisdiction), *sorted(overlays.items())):
        body = text.encode()
        total.update(f"{name}\n{len(body)}\n".encode())
        total.update(body)
    return total.hexdigest()


def _law_files(files: Mapping[str, str], jurisdiction: str) -> Iterator[tuple[str, str]]:
    """The files that decide, in a fixed order; where sources are found decides nothing."""
    own = f"{jurisdiction}/facts.toml"
    for name in ("facts.toml", *([own] if own in files else []), f"{jurisdiction}/predicates.toml"):
        yield name, files[name]
    tables = (("", f"{name}.toml") for name in ("lists", "parties", "groups", "minimis", "inputs"))
    deciding = (("", ".md"), *tables, ("/items", ".csv"), ("/lists", ".csv"))
    for folder, ending in deciding:
        for name in _inside(files, f"{jurisdiction}{folder}", ending):
            yield name, files[name]
