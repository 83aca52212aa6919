"""The matcher that screenings use: names and numbers of list entries, indexed once, or fetched prepared."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files

from xenotime.core.errors import InputError
from xenotime.parties.listing.entry import ListEntry
from xenotime.parties.matching.chance import ALERT
from xenotime.parties.matching.match import Match, PartyQuery
from xenotime.parties.search.crew import screen_all
from xenotime.parties.search.index import ENGINE, Index
from xenotime.parties.search.screen import Screen
from xenotime.parties.search.screen import Settings as Scoring
from xenotime.services.screening.desk import Matcher, one_by_one
from xenotime.services.screening.record import Settings

#: From this probability on [percent] a name is shown, unless somebody asks otherwise.
THRESHOLD = ALERT
#: So many hits of one party a record keeps, those that count first.
CAP = 50
#: So many matches of one party are weighed before the record's own cap, which goes by what counts.
_MOST = 1_000
#: Most processes that work on one file.
_CREW = 4
#: From so many entries on, an index is worth keeping.
_WORTH = 1_000
#: Libraries whose next version may read a name in another way.
_READERS = ("anyascii", "jellyfish", "opencc", "pypinyin")


def index(entries: Sequence[ListEntry], settings: Settings) -> Screen:
    """The entries, indexed now."""
    return Screen(entries, settings=Scoring(settings.threshold, _MOST))


def fetching(
    fetch: Callable[[], bytes | None], keep: Callable[[bytes], None]
) -> Callable[[Sequence[ListEntry], Settings], Screen]:
    """What makes matchers with the kept index, if it is of these very entries; else a new one is kept."""

    def make(entries: Sequence[ListEntry], settings: Settings) -> Screen:
        if len(entries) < _WORTH:
            return index(entries, settings)
        prepared = _loaded(fetch(), entries)
        if prepared is None:
            prepared = Index.of(entries)
            keep(prepared.dump())
        return Screen(entries, settings=Scoring(settings.threshold, _MOST), index=prepared)

    return make


def shared(matcher: Matcher, queries: Sequence[PartyQuery]) -> Iterator[tuple[Match, ...]]:
    """The matches of each query in their order; very many are shared out over the machine's processors."""
    if not isinstance(matcher, Screen):
        yield from one_by_one(matcher, queries)
        return
    for answer in screen_all(queries, matcher, processes=min(_CREW, os.cpu_count() or 1)):
        yield answer.matches


@cache
def settings(threshold: int = THRESHOLD) -> Settings:
    """How this version compares names: its engine with what it reads names with, and its tables' hash."""
    readers = ", ".join(f"{name} {version(name)}" for name in _READERS)
    return Settings(threshold, CAP, f"{ENGINE} ({readers})", _tables())


def _tables() -> str:
    """The hash of the packaged tables of names."""
    made = sha256()
    folder = files("xenotime.parties") / "tables"
    for table in sorted((t for t in folder.iterdir() if t.name.endswith(".csv")), key=lambda t: t.name):
        made.update(f"{table.name}\0".encode() + table.read_bytes() + b"\0")
    return made.hexdigest()


def _loaded(data: bytes | None, entries: Sequence[ListEntry]) -> Index | None:
    """The kept index; None if there is none, or it is damaged, of another version or of other entries."""
    if data is None:
        return None
    try:
        return Index.load(data, entries)
    except (InputError, LookupError, ValueError):  # whatever is wrong with it, a new one is right
        return None
