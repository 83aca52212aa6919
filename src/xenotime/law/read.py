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
from xenotime.law.tables import ItemTable, parse_table

JURISDICTIONS = ("cn", "us")


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


def read_book(overlays: Mapping[str, str] | None = None, jurisdiction: str = "cn") -> Book:
    """The packaged book of a jurisdiction with a user's own notices laid over it.

    ``overlays`` maps file names to texts. Raises BookError when anything in it cannot be trusted.
    """
    if jurisdiction not in JURISDICTIONS:
        raise BookError("no such book", expected=", ".join(JURISDICTIONS), found=repr(jurisdiction))
    facts = parse_facts(packaged("facts.toml"), "books/facts.toml")
    tables = _tables(jurisdiction, facts)
    where = f"{jurisdiction}/predicates.toml"
    predicates, conditions = parse_predicates(packaged(where), facts, tables, where)
    sources = _sources(jurisdiction)
    instruments: dict[str, Instrument] = {}
    for name in packaged_names(jurisdiction, ".md"):
        _add(instruments, parse_instrument(packaged(name), name))
    for file, text in (overlays or {}).items():
        extra = parse_instrument(text, file)
        _add(instruments, extra)
        predicates.update(_fresh(overlay_predicates(extra, facts), predicates, file))
        sources.update(overlay_sources(extra))
    return build_book(
        facts,
        instruments,
        predicates,
        conditions,
        sources,
        _digest(jurisdiction, overlays or {}),
        tuple(overlays or ()),
    )


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


def _tables(jurisdiction: str, facts: Mapping[str, Fact]) -> dict[str, ItemTable]:
    names = packaged_names(f"{jurisdiction}/items", ".csv")
    stems = {name: name.rsplit("/", 1)[1].removesuffix(".csv") for name in names}
    return {stem: parse_table(stem, packaged(name), facts, name) for name, stem in stems.items()}


def _sources(jurisdiction: str) -> dict[str, Mapping[str, str]]:
    raw = tomllib.loads(packaged(f"{jurisdiction}/sources.toml"))
    return {key: {str(a): str(b) for a, b in entry.items()} for key, entry in raw.items()}


def _digest(jurisdiction: str, overlays: Mapping[str, str]) -> str:
    """The hash of everything a decision rests on: book files, facts and overlays."""
    total = hashlib.sha256()
    for name, text in (*_law_files(jurisdiction), *sorted(overlays.items())):
        body = text.encode()
        total.update(f"{name}\n{len(body)}\n".encode())
        total.update(body)
    return total.hexdigest()


def _law_files(jurisdiction: str) -> Iterator[tuple[str, str]]:
    yield "facts.toml", packaged("facts.toml")
    yield f"{jurisdiction}/predicates.toml", packaged(f"{jurisdiction}/predicates.toml")
    for folder, ending in (
        (jurisdiction, ".md"),
        (jurisdiction, "lists.toml"),
        (f"{jurisdiction}/items", ".csv"),
        (f"{jurisdiction}/lists", ".csv"),
    ):
        for name in packaged_names(folder, ending):
            yield name, packaged(name)
