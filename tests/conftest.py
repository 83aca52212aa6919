"""What many tests share: the packaged book, read once, and what is built on it."""

from __future__ import annotations

import shutil
import sys
from datetime import date
from uuid import uuid4

import pytest
from tests.fixtures.postgres import administer, serving

from xenotime.law.law import fold_book
from xenotime.law.read import read_book
from xenotime.parties.listing.entry import ListedName, ListEntry, ListingEvent
from xenotime.parties.matching.match import Evidence, Match
from xenotime.services.library import open_library
from xenotime.services.screening.asking import from_names
from xenotime.services.screening.decisions import decided
from xenotime.services.screening.desk import Desk, screen, snapshot
from xenotime.services.screening.record import Settings
from xenotime.stores.database import open_store
from xenotime.stores.records import RecordFile

#: The day the book was researched; every case of the bank is decided as known on it.
KNOWN = date(2026, 11, 21)


@pytest.fixture
def main_with_file(monkeypatch):
    """A file for the main module of a test worker: Spark's client ends one whose main has none."""
    main = sys.modules["__main__"]
    if not hasattr(main, "__file__"):
        monkeypatch.setattr(main, "__file__", "pytest", raising=False)


@pytest.fixture(scope="session")
def book():
    """The packaged Chinese book."""
    return read_book()


@pytest.fixture(scope="session")
def law(book):
    """The book as known on the day it was researched, no hinge settled."""
    return fold_book(book, KNOWN)


@pytest.fixture(scope="session")
def libraries(book):
    """Libraries by day of knowledge, branches and strictness, each opened once."""
    opened = {}

    def library(known=None, branches=None, *, strict=False):
        key = (known or KNOWN, tuple(sorted((branches or {}).items())), strict)
        if key not in opened:
            opened[key] = open_library(key[0], branches=branches, strict=strict, book=book)
        return opened[key]

    return library


class Words:
    """A matcher a test can foresee: the same name is sure, a shared word is for review."""

    def __init__(self, entries, settings):
        del settings
        self.entries = entries

    def hits(self, query):
        found = []
        for entry in self.entries:
            same = {query.name.casefold()} & {n.text.casefold() for n in entry.names}
            shared = set(query.name.casefold().split()) & set(entry.name.casefold().split())
            if same or shared:
                says = Evidence("name", "same", "same name" if same else "a shared word")
                found.append(
                    Match(
                        query.party,
                        query.name,
                        entry.list_id,
                        entry.entry,
                        entry.name,
                        entry.listed_on,
                        100 if same else 85,
                        bool(same),
                        ruled_out=False,
                        alignment=None,
                        evidence=(says,),
                    )
                )
        return tuple(sorted(found, key=lambda m: (-m.score, m.list_id, m.entry)))


class Office:
    """A register in a folder of its own, an invented list, and the verbs of a working day."""

    day = date(2026, 6, 1)

    def __init__(self, path):
        self.records = RecordFile(path)
        self.settings = Settings(80, 50, "words", "")
        self.entries = (self.entry("1", "Blackthorn Drives"), self.entry("2", "Fernhill Pigments"))

    @staticmethod
    def entry(number, *names, list_id="inv/one", event="listed", day=date(2026, 1, 5)):
        return ListEntry(
            list_id, number, tuple(map(ListedName, names)), events=(ListingEvent(event, day, "notice 1"),)
        )

    def listing(self, entries=None):
        return snapshot("inv/one", "An invented list", entries or self.entries, date(2026, 5, 31))

    def desk(self, *entries):
        listing = self.listing(entries or None)
        return Desk((listing,), self.settings, Words, tuple(self.records.decisions()))

    def screen(self, *names, day=None, by="Ada", entries=(), **more):
        desk = self.desk(*entries)
        for listing in desk.listings:
            self.records.keep_listing(listing.used, listing.entries)
        made = screen(desk, from_names(names, **more), on=day or self.day, known=day or self.day, by=by)
        self.records.add(made)
        return made

    def decide(self, made, query, hit, **more):
        asked = {
            "verdict": "false positive",
            "scope": "this-list-entry",
            "because": "another country",
            "by": "Bo",
            "day": self.day,
            **more,
        }
        return self.records.decide(decided(made, made.id, query=query, hit=hit, **asked))


@pytest.fixture
def office(tmp_path):
    """A register of screenings in a temporary folder, with an invented list of two parties."""
    return Office(tmp_path / "records.db")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory):
    """A migrated, empty database file that every test copies."""
    path = tmp_path_factory.mktemp("database") / "empty.sqlite"
    made = open_store(f"sqlite:///{path}")
    made.migrate()
    made.close()
    return path


@pytest.fixture
def sqlite_url(sqlite_template, tmp_path):
    """The address of a SQLite database of this test alone, migrated and empty."""
    path = tmp_path / "programme.sqlite"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def sqlite_store(sqlite_url):
    """A migrated, empty store on SQLite."""
    made = open_store(sqlite_url)
    yield made
    made.close()


@pytest.fixture(scope="session")
def postgres_server():
    """The address of a PostgreSQL server that runs while the tests do, with a migrated database `empty`."""
    with serving() as address:
        administer(address, "CREATE DATABASE empty")
        made = open_store(address.replace("/postgres?", "/empty?"))
        made.migrate()
        made.close()
        yield address


@pytest.fixture
def postgres_url(postgres_server):
    """The address of a PostgreSQL database of this test alone, migrated and empty."""
    name = f"test_{uuid4().hex}"
    administer(postgres_server, f"CREATE DATABASE {name} TEMPLATE empty STRATEGY FILE_COPY")
    yield postgres_server.replace("/postgres?", f"/{name}?")
    administer(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def postgres_store(postgres_url):
    """A migrated, empty store on PostgreSQL."""
    made = open_store(postgres_url)
    yield made
    made.close()


@pytest.fixture(params=["sqlite", "postgres"])
def store_url(request):
    """The address of a migrated, empty database of this test alone, once on each kind."""
    return request.getfixturevalue(f"{request.param}_url")


@pytest.fixture
def store(store_url):
    """A migrated, empty store, once on each kind of database."""
    made = open_store(store_url)
    yield made
    made.close()
