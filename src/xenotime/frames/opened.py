"""The law that a notebook asks: opened once for a day of knowledge, and compiled once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from xenotime import wiring
from xenotime.core.dates import parse_day
from xenotime.law.decide import Decider
from xenotime.services.library import Library
from xenotime.stores.notices import read_notice

#: A day as a notebook gives it.
Day = str | date | None


def library(
    known: Day,
    branches: Mapping[str, str] | None,
    strict: bool,
    notices: Sequence[str | Path],
    book: str,
) -> Library:
    """The law as known on a day (today by default), with the user's notices and these files laid over it.

    Raises InputError for a day or a file that cannot be used, AddressError for an unknown branch, BookError
    for an unknown book.
    """
    wanted = day(known, "known")
    return _opened(
        wanted or wiring.clock().today(),
        tuple(sorted((branches or {}).items())),
        strict,
        tuple((str(path), read_notice(Path(path))) for path in notices),
        tuple(wiring.overlays().read().items()),
        book,
    )


def day(given: Day, where: str) -> date | None:
    """A day given as text, date or datetime; None if none is. Raises InputError for any other."""
    if given is None:
        return None
    return given.date() if isinstance(given, datetime) else parse_day(given, where=where)


@lru_cache(maxsize=4)
def _opened(
    known: date,
    branches: tuple[tuple[str, str], ...],
    strict: bool,
    extra: tuple[tuple[str, str], ...],
    _laid: tuple[tuple[str, str], ...],
    book: str,
) -> Library:
    paths = tuple(Path(path) for path, _ in extra)
    return wiring.library(known, branches=dict(branches), strict=strict, extra=paths, jurisdiction=book)


@lru_cache(maxsize=4)
def _compiled(library: Library) -> Decider:
    return Decider(library.law, strict=library.strict)


def decider(library: Library) -> Decider:
    """The law of a library compiled, once for each library that was opened."""
    return _compiled(library)
