"""Party lists: taking one in, comparing versions, the lists of the book, and saying which are stale."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from xenotime.core.errors import AddressError, InputError, Problem
from xenotime.law.instrument import Instrument
from xenotime.law.law import Law
from xenotime.law.read import packaged, packaged_names
from xenotime.parties.listing import book
from xenotime.parties.listing.change import Change, diff
from xenotime.parties.listing.entry import ListEntry, ListingEvent
from xenotime.parties.listing.formats import Stream, read
from xenotime.parties.listing.formats.draft import tidy
from xenotime.parties.listing.lines import digest
from xenotime.parties.listing.reading import Reading
from xenotime.parties.listing.version import FRESH_DAYS, Edition, ListVersion
from xenotime.services.ports import Shelf
from xenotime.services.screening.desk import Listing
from xenotime.services.screening.record import Used

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,59}")
#: What the law says of a notice, as what happened to the listings of its parties.
_EVENTS = {"suspended": "paused", "repealed": "stopped", "unverified": "unverified"}


@dataclass(frozen=True, slots=True)
class Taken:
    """What taking in a list did: the version before, the one now, what changed, and what was odd."""

    before: ListVersion | None
    after: ListVersion
    change: Change
    findings: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Intake:
    """What a person says of a list file beside its name; empty where the file shall speak for itself."""

    format: str = ""
    encoding: str = ""
    as_of: date | None = None
    authority: str = ""
    fresh_days: int | None = None
    accept_shrink: bool = False


def add(shelf: Shelf, name: str, files: Sequence[tuple[str, Stream]], known: date, intake: Intake) -> Taken:
    """Take in a list under a new name, whole or not at all.

    Raises InputError when the name is taken or unusable, or the file cannot be used.
    """
    if not _NAME.fullmatch(name):
        raise InputError(
            "this is no name for a list",
            where="--name",
            expected="small letters, digits, dots and hyphens, such as us-csl",
            found=name or "nothing",
            next_step="choose another name",
        )
    if any(e.list_id == name for e in shelf.editions()):
        raise InputError(
            "a list has this name",
            where="--name",
            expected="a new name",
            found=name,
            next_step=f"run `xenotime lists update {name} FILE` to replace its content",
        )
    reading = read(files, name, intake.format, intake.encoding)
    return _put(shelf, None, _edition(name, files, reading, known, intake), reading)


def update(
    shelf: Shelf, name: str, files: Sequence[tuple[str, Stream]], known: date, intake: Intake
) -> Taken:
    """Take in a new version of a list, whole or not at all; the old versions stay.

    Raises AddressError when there is no such list, InputError when the file cannot be used, or when more than
    half of the entries would go and nobody accepted that.
    """
    before = shelf.load(known_list(shelf, name))
    reading = read(files, name, intake.format, intake.encoding, before.edition.format)
    edition = _edition(name, files, reading, known, intake)
    if intake.fresh_days is None:
        edition = replace(edition, fresh_days=before.edition.fresh_days)
    gone = len(diff(before.entries, reading.entries).removed)
    if 2 * gone > before.edition.count and not intake.accept_shrink:
        raise InputError(
            "this update would drop more than half of the list",
            where=f"{edition.file}, for the list {name}",
            expected=f"most of the {before.edition.count} entries of version {before.edition.number}",
            found=f"{reading.format}: {edition.count} entries, {gone} gone",
            next_step="check that the file is whole and of this list; if it is right, add --accept-shrink",
        )
    return _put(shelf, before, edition, reading)


def known_list(shelf: Shelf, name: str) -> str:
    """The name, if a list of the user's own has it. Raises AddressError."""
    names = [e.list_id for e in shelf.editions()]
    if name not in names:
        raise AddressError(
            "there is no such list of yours",
            where="xenotime lists",
            expected=", ".join(names) or "a list added with `xenotime lists add`",
            found=name,
            next_step="run `xenotime lists` to see all lists",
        )
    return name


def _put(shelf: Shelf, before: ListVersion | None, edition: Edition, reading: Reading) -> Taken:
    old = before.edition if before else None
    entries = before.entries if before else ()
    change = diff(entries, reading.entries)
    findings = list(reading.findings)
    if old and old.as_of and edition.as_of and edition.as_of < old.as_of:
        findings.append(_older(old, edition))
    after = shelf.put(edition, reading.entries, base=old.number if old else None)
    return Taken(before, after, change, tuple(findings))


def _edition(
    name: str, files: Sequence[tuple[str, Stream]], reading: Reading, known: date, intake: Intake
) -> Edition:
    as_of = intake.as_of or reading.as_of
    if as_of and as_of > known:
        raise InputError(
            "this list speaks of a day to come",
            where=files[0][0] if intake.as_of is None else "--as-of",
            expected=f"a day up to {known}",
            found=str(as_of),
            next_step="say the day with --as-of, or set the clock right",
        )
    return Edition(
        name,
        0,
        digest(reading.entries),
        len(reading.entries),
        as_of,
        known,
        tidy(", ".join(file for file, _ in files)),
        reading.format,
        tidy(reading.title) or name,
        tidy(intake.authority or reading.authority),
        FRESH_DAYS if intake.fresh_days is None else intake.fresh_days,
    )


def _older(old: Edition, new: Edition) -> Problem:
    return Problem(
        "this version is older than the one it replaces",
        new.file,
        f"a list as of {old.as_of} or later",
        f"as of {new.as_of}",
        "check that this is the latest file",
        "warning",
    )


def builtin(law: Law) -> tuple[ListVersion, ...]:
    """The lists of the book as known on the law's day, each listing with what happened to its notice."""
    notices = (i for i in law.book.lists() if i.published <= law.known)
    return tuple(_builtin(i, law) for i in notices)


def _builtin(instrument: Instrument, law: Law) -> ListVersion:
    address = instrument.address
    entries = book.entries(_rows(instrument), address, instrument.issuer, events(law, address))
    kept = tuple(sorted(entries, key=lambda e: e.entry))
    edition = Edition(
        address,
        0,
        digest(kept),
        len(kept),
        instrument.read_until,
        instrument.published,
        instrument.file,
        "book",
        instrument.title,
        instrument.issuer,
        0,
        instrument.read_until,
    )
    return ListVersion(edition, kept)


def _rows(instrument: Instrument) -> tuple[dict[str, str], ...]:
    """The parties a notice names: from the packaged table, or from an overlay's own `entries`."""
    given = instrument.front.get("entries")
    jurisdiction, _, stem = instrument.address.partition("/")
    name = f"{jurisdiction}/lists/{stem}.csv"
    if not given and name in packaged_names(f"{jurisdiction}/lists", ".csv"):
        return book.table(packaged(name), name)
    return tuple(
        {
            **{key: str(value) for key, value in row.items() if key in book.COLUMNS},
            "entry": str(row.get("entry", number)),
            "name": str(row["name"]),
            "other_names": "|".join(row.get("other_names") or ()),
        }
        for number, row in enumerate(given or (), 1)
    )


def events(law: Law, address: str) -> tuple[ListingEvent, ...]:
    """What happened to the listings of a notice, as its first article says: listed, paused, resumed, stopped.

    Days after a pause of which no source says what follows are `unverified`.
    """
    found: list[ListingEvent] = []
    for stretch in law.stretches(f"{address}/1"):
        first = "resumed" if found else "listed"
        event = first if stretch.status == "in_force" else _EVENTS.get(stretch.status, "")
        if event and (not found or event != found[-1].event):
            source = "" if stretch.by in ("", address) else address
            found.append(ListingEvent(event, stretch.first, stretch.by or address, source))
    return tuple(found)


def stale(versions: Iterable[ListVersion | Edition], known: date) -> tuple[str, ...]:
    """One sentence for each list that is no longer current on a day, with the next step; none when all are.

    Lists of the book that were read until the same day share a sentence.
    """
    editions = [v.edition if isinstance(v, ListVersion) else v for v in versions]
    old = [e for e in editions if e.stale(known)]
    by_day: dict[date | None, list[Edition]] = {}
    for edition in old:
        if edition.builtin:
            by_day.setdefault(edition.read_until, []).append(edition)
    own = tuple(_own(e, known) for e in old if not e.builtin)
    days = sorted(by_day, key=lambda d: d or date.min)
    return (*own, *(_of_book(by_day[day], day, known) for day in days))


def _own(edition: Edition, known: date) -> str:
    step = f"next step: xenotime lists update {edition.list_id} FILE"
    age = edition.age(known)
    if age is None:
        return f"{edition.list_id} does not say its day, so it may be stale; {step} --as-of DAY"
    days = f"{age} day{'s' * (age != 1)} old"
    return (
        f"{edition.list_id} is as of {edition.as_of}, {days} (fresh for {edition.fresh_days}): "
        f"parties listed since are not in it; {step}"
    )


def _of_book(editions: Sequence[Edition], day: date | None, known: date) -> str:
    names = editions[0].list_id if len(editions) == 1 else f"{len(editions)} lists of the book"
    if day is None:
        return f"{names}: nobody says until when the sources were read; next step: xenotime law list"
    verb = "was" if len(editions) == 1 else "were"
    return (
        f"{names} {verb} read until {day}, {(known - day).days} days before {known}: later changes are not "
        "in it; next step: look at the issuer's notices, then xenotime law add FILE"
    )


def listing(version: ListVersion, known: date) -> Listing:
    """A list version as screenings use it, with what there is to say about its age."""
    edition = version.edition
    said = " ".join(stale([edition], known))
    used = Used(edition.list_id, edition.title, edition.sha, edition.as_of, edition.count, said)
    return Listing(used, version.entries)


def one(version: ListVersion, entry: str) -> ListEntry:
    """An entry of a list by its id. Raises AddressError when there is none."""
    found = next((e for e in version.entries if e.entry == entry), None)
    if found is None:
        raise AddressError(
            "the list has no such entry",
            where=version.edition.list_id,
            expected=f"one of {version.edition.count} ids, such as {version.entries[0].entry}",
            found=entry,
            next_step=f"run `xenotime lists show {version.edition.list_id}`",
        )
    return found
