"""List entries as lines of JSON, and the hash of a list that no order of rows can change."""

from __future__ import annotations

import gc
import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from xenotime.core.errors import InputError
from xenotime.parties.listing.entry import Identifier, ListedName, ListEntry, ListingEvent

_BARE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def canonical(entry: ListEntry) -> str:
    """The entry as one line of JSON without its list and its place in a file: what a version is."""
    return _BARE([entry.entry, *_parts(entry)])


def digest(entries: Iterable[ListEntry]) -> str:
    """The SHA-256 of the entries, whatever their order (64 hex digits)."""
    lines = sorted(canonical(e) for e in entries)
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()


def dump(entries: Iterable[ListEntry]) -> str:
    """The entries as lines of JSON, in their order; `load` reads them back."""
    return "\n".join(_BARE([e.entry, *_parts(e), e.source]) for e in entries)


def load(text: str, list_id: str) -> tuple[ListEntry, ...]:
    """The entries of `dump`, as entries of a list. Raises InputError for text that is not from it."""
    try:
        with calm():
            rows = json.loads("[" + text.replace("\n", ",") + "]")
            return tuple([_entry(row, list_id) for row in rows])
    except (ValueError, TypeError, IndexError) as error:
        raise InputError(
            "a kept list version cannot be read",
            where=list_id,
            expected="entries as they were written",
            found=str(error),
            next_step="run `xenotime lists update` with the list's file to keep it anew",
        ) from error


@contextmanager
def calm() -> Iterator[None]:
    """No search for dead cycles while a hundred thousand values are made: it takes two thirds of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _parts(entry: ListEntry) -> list[Any]:
    return [
        entry.kind,
        [[n.kind, n.text, n.script] for n in entry.names],
        list(entry.countries),
        [[i.kind, i.value, i.country] for i in entry.identifiers],
        list(entry.addresses),
        list(entry.programmes),
        entry.authority,
        [[e.event, e.day.isoformat() if e.day else "", e.instrument, e.source] for e in entry.events],
        entry.remark,
    ]


def _entry(row: list[Any], list_id: str) -> ListEntry:
    name, kind, names, countries, identifiers, addresses, programmes, authority, events, remark, source = row
    return ListEntry(
        list_id,
        name,
        tuple([ListedName(text, kind_, script) for kind_, text, script in names]),
        kind,
        tuple(countries),
        tuple([Identifier(*i) for i in identifiers]),
        tuple(addresses),
        tuple(programmes),
        authority,
        tuple([ListingEvent(e, date.fromisoformat(d) if d else None, i, s) for e, d, i, s in events]),
        source,
        remark,
    )
