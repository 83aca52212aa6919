"""The only file that knows every part: it builds services from stores, and asks the clock."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from xenotime.core.canon import digest
from xenotime.core.dates import parse_day
from xenotime.core.errors import AddressError, InputError
from xenotime.law.read import JURISDICTIONS, jurisdiction_of, read_book
from xenotime.parties.listing.entry import ListEntry
from xenotime.parties.listing.version import ListVersion
from xenotime.parties.search.index import ENGINE
from xenotime.services import lists as listkeeping
from xenotime.services.library import Library, open_library
from xenotime.services.ports import Clock, Overlays, Records, Shelf
from xenotime.services.screening.desk import Desk, Indexer, Listing, chosen
from xenotime.services.screening.matcher import THRESHOLD, fetching, index, settings
from xenotime.services.screening.record import Alert, Screening, Used
from xenotime.services.screening.replay import Replay, read
from xenotime.services.screening.replay import replay as screened_again
from xenotime.services.screening.watch import meet
from xenotime.services.screening.watch import rescreen as rescreened
from xenotime.stores.books import named_book
from xenotime.stores.clock import FixedClock, SystemClock
from xenotime.stores.notices import NoticeFolder, read_notice
from xenotime.stores.records import RecordFile
from xenotime.stores.shelf import ListFile


def home() -> Path:
    """The folder of the user's own notices: $XENOTIME_HOME, or ~/.xenotime."""
    return Path(os.environ.get("XENOTIME_HOME") or Path.home() / ".xenotime")


def clock() -> Clock:
    """The system clock, or the day in $XENOTIME_TODAY (for reproducible runs)."""
    fixed = os.environ.get("XENOTIME_TODAY")
    return FixedClock(parse_day(fixed, where="XENOTIME_TODAY")) if fixed else SystemClock()


def overlays() -> Overlays:
    """The user's notices."""
    return NoticeFolder(home() / "law")


def library(
    known: date | None = None,
    *,
    branches: Mapping[str, str] | None = None,
    strict: bool = False,
    extra: tuple[Path, ...] = (),
    jurisdiction: str = "cn",
) -> Library:
    """The law library with the user's notices and any extra files, as known on a day (today by default).

    `jurisdiction` says whose book; notices of other books are left out.
    """
    laid = {**overlays().read(), **{p.name: read_notice(p) for p in extra}}
    day = known or clock().today()
    return open_library(
        day,
        overlays=laid,
        branches=branches,
        strict=strict,
        jurisdiction=jurisdiction,
        own=lambda: own_listings(day),
        decided=lambda: records().decisions(),
        indexing=indexing,
    )


def libraries(
    names: Sequence[str],
    known: date | None = None,
    *,
    branches: Mapping[str, str] | None = None,
    strict: bool = False,
    extra: tuple[Path, ...] = (),
) -> dict[str, Library]:
    """A library for each book named (a jurisdiction, or the folder of a copy), by jurisdiction, in order.

    Branches go to the book that has their hinge. Raises AddressError for a name or hinge that none has, and
    for two books of one jurisdiction; InputError for a folder that holds no book.
    """
    laid = {**overlays().read(), **{p.name: read_notice(p) for p in extra}}
    day, asked = known or clock().today(), [_book(name) for name in names]
    homes = [jurisdiction for jurisdiction, _ in asked]
    if len(set(homes)) < len(homes):
        raise AddressError(
            "two books of one jurisdiction",
            where="--books",
            expected="each jurisdiction once",
            found=", ".join(names),
            next_step="compare two states of one book with `xenotime law diff A B`",
        )
    chosen: dict[str, dict[str, str]] = {home: {} for home in homes}
    for hinge, branch in (branches or {}).items():
        chosen.get(jurisdiction_of(hinge), chosen[homes[0]])[hinge] = branch
    return {
        home: open_library(
            day,
            overlays=laid,
            branches=chosen[home],
            book=read_book(laid, home, files) if files else None,
            jurisdiction=home,
            strict=strict,
            own=lambda: own_listings(day),
            decided=lambda: records().decisions(),
            indexing=indexing,
        )
        for home, files in asked
    }


def _book(name: str) -> tuple[str, dict[str, str] | None]:
    """The jurisdiction that a name means, and the files where it is a folder of the user's own."""
    if name.lower() in JURISDICTIONS:
        return name.lower(), None
    if not Path(name).exists():
        raise AddressError(
            "no such book",
            where="--books",
            expected=f"{', '.join(JURISDICTIONS)}, or the folder of a copy",
            found=name,
            next_step="name books with commas between: --books cn,us",
        )
    return named_book(Path(name))


def listings(known: date) -> tuple[Listing, ...]:
    """The lists of the book and of the user, in the versions known on a day."""
    book = tuple(listkeeping.listing(version, known) for version in builtin_lists(known))
    return (*book, *own_listings(known))


def desk(known: date, *, lists: tuple[str, ...] = (), threshold: int = THRESHOLD) -> Desk:
    """What a screening needs: the lists known on a day (all, or those named), settings, decisions."""
    found = chosen(listings(known), lists)
    return Desk(found, settings(threshold), indexing(found), tuple(records().decisions()))


def indexing(lists: Sequence[Listing]) -> Indexer:
    """What makes the index of some lists: the kept one if it is of these entries, else a new one."""
    kept, which = shelf(), _together(listing.used for listing in lists)

    def keep(data: bytes) -> None:
        with suppress(InputError, OSError):  # an index that cannot be kept costs time only
            kept.keep(which, ENGINE, data)

    return fetching(lambda: kept.prepared(which, ENGINE), keep)


def _together(lists: Iterable[Used]) -> str:
    """What the index of some lists is kept under: their names, so that a new version takes its place."""
    return digest(sorted(used.list_id for used in lists))


def replayed(record: str) -> Replay:
    """A recorded screening run again, with the kept index of its lists if it is still of these entries."""
    kept, register = shelf(), records()
    which = _together(read(register, record)[1].lists)
    matcher = fetching(lambda: kept.prepared(which, ENGINE), lambda _: None)
    return screened_again(register, record, version_of, matcher, settings())


def keeper(desk: Desk) -> Callable[[Screening], str]:
    """What keeps each screening as soon as it is whole, and a copy of the lists of the book that it used."""
    register = records()
    first = next(iter(register.watched()), None) is None
    for listing in desk.listings:
        used = listing.used
        if "/" in used.list_id:
            register.keep_listing(used, listing.entries)
            if first:  # nobody is watched yet: there is no earlier version to meet
                register.meet(used.list_id, used.hash)
    return register.add


def latest() -> dict[str, str]:
    """The hash of the latest version of each of the user's lists, by name."""
    return {edition.list_id: edition.sha for edition in shelf().editions()}


def watch(known: date) -> tuple[Alert, ...]:
    """What is new on every list since watched parties last met it, as alerts; the register keeps them."""
    found = [alert for edition in shelf().editions() for alert in compare_watched(edition.list_id, known)]
    book = (listkeeping.listing(version, known) for version in builtin_lists(known))
    found += meet(records(), book, known=known, index=index, settings=settings())
    return tuple(found)


def version_of(used: Used) -> Sequence[ListEntry] | None:
    """The entries of a list version that a record names; None when nobody keeps it any more."""
    if "/" in used.list_id:
        return records().listing(used.list_id, used.hash)
    try:
        return shelf().load(used.list_id, used.hash).entries
    except AddressError:
        return None


def rescreen(
    before: Sequence[ListEntry], after: Sequence[ListEntry], *, known: date, version: str
) -> tuple[Alert, ...]:
    """What an update of one list means for every party once screened; the alerts are kept."""
    return rescreened(
        records(), before, after, known=known, version=version, index=index, settings=settings()
    )


def records() -> Records:
    """The register of screenings, decisions and watched parties."""
    return RecordFile(home() / "records.sqlite")


def shelf() -> Shelf:
    """The user's party lists."""
    return ListFile(home() / "lists.sqlite")


def builtin_lists(known: date) -> tuple[ListVersion, ...]:
    """The party lists of the book and of the user's notices, as known on a day."""
    return listkeeping.builtin(library(known).law)


def own_listings(known: date) -> tuple[Listing, ...]:
    """The user's lists as screenings use them: each in the version that was the latest on a day."""
    kept, found = shelf(), []
    for latest in kept.editions():
        then = [e for e in kept.history(latest.list_id) if e.added is None or e.added <= known]
        if then:
            version = kept.load(latest.list_id, str(then[-1].number))
            found.append(listkeeping.listing(version, known))
    return tuple(found)


def compare_watched(name: str, known: date) -> tuple[Alert, ...]:
    """What is new in a list since watched parties last met it, as alerts; the register keeps them.

    A comparison that did not come to its end is made up for at the next call.
    """
    kept, register = shelf(), records()
    after, seen = kept.load(name), kept.compared(name)
    before = kept.load(name, str(seen)).entries if seen else ()
    alerts: tuple[Alert, ...] = ()
    if next(iter(register.watched()), None) is not None or register.decisions():
        alerts = rescreen(before, after.entries, known=known, version=after.edition.sha)
    kept.mark_compared(name, after.edition.number)
    return alerts
