"""Joins the two sides of a change of law: two days of knowledge, two books, or a book and a draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from xenotime import wiring
from xenotime.core.dates import parse_day
from xenotime.core.errors import InputError, XenotimeError
from xenotime.law.book import Book
from xenotime.law.instrument import parse_instrument
from xenotime.law.law import Law, fold_book
from xenotime.law.read import JURISDICTIONS, jurisdiction_of, read_book
from xenotime.portfolio.read import read_portfolio
from xenotime.services.bulk.change import Case, laws, shift
from xenotime.services.bulk.sheet import Sheet, sheet_of
from xenotime.services.bulk.shift import Shift
from xenotime.services.intake import control_codes
from xenotime.services.library import Library, open_library
from xenotime.stores.books import jurisdictions, named_book, read_folder
from xenotime.stores.notices import read_notice
from xenotime.stores.tables import is_table, read_sheet

#: The ending of a notice; anything else that is no jurisdiction is a folder of books.
NOTICE = ".md"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person wants compared: a law, by name, at a day of knowledge (None: today)."""

    name: str
    known: date | None = None


@dataclass(frozen=True, slots=True)
class Over:
    """What the change is looked at over: a portfolio or facts table, a day for all legs, branches."""

    path: Path | None = None
    on: date | None = None
    branches: Mapping[str, str] | None = None
    strict: bool = False


def differ(before: Asked, after: Asked, over: Over) -> Shift:
    """What changes from one law to another, and what that moves in a portfolio if one is named.

    A name is a jurisdiction (its shipped book), a folder of books, or a notice: one that is laid over the
    other side's book. Raises InputError, BookError or AddressError for what cannot be compared.
    """
    place = _jurisdiction(before.name, after.name)
    books = [_book(before.name, after.name, place)]
    books.append(books[0] if before.name == after.name else _book(after.name, before.name, place))
    _check_branches(books, over)
    sides = [_library(one, book, over) for one, book in zip((before, after), books, strict=True)]
    return _shift(sides, (before, after), over)


def impact(draft: Path, known: date | None, over: Over) -> Shift:
    """What a notice that is not yet law would change, as known on its day of publication or later."""
    notice = parse_instrument(read_notice(draft), draft.name)
    day = max(known or wiring.clock().today(), notice.published)
    before, after = Asked(jurisdiction_of(notice.address), day), Asked(str(draft), day)
    return differ(before, after, over)


def day_of(text: str) -> date | None:
    """The day that a text names; None when it names something else."""
    try:
        return parse_day(text)
    except XenotimeError:
        return None


def _jurisdiction(*names: str) -> str:
    """The jurisdiction that both sides are about; the first one of a folder, if nothing else says so.

    Raises InputError for two laws of different jurisdictions: neither is a change of the other.
    """
    named = {name: name for name in names if name in JURISDICTIONS}
    for name in names:
        if name.endswith(NOTICE):
            named[name] = jurisdiction_of(_address(Path(name).name, read_notice(Path(name))))
    if len(set(named.values())) > 1:
        raise InputError(
            "these are laws of different jurisdictions",
            where="law diff",
            expected="two states of one book, or a book and a notice that changes it",
            found=" and ".join(f"{name} (book {place})" for name, place in named.items()),
            next_step=f"set them side by side: xenotime assess PORTFOLIO --books {','.join(named.values())}",
        )
    return next(iter(named.values()), "") or jurisdictions(_files(Path(names[0])))[0]


def _library(one: Asked, book: Book, over: Over) -> Library:
    """The library of one side: its book at its day of knowledge, with the user's own lists of that day."""
    day = one.known or wiring.clock().today()
    return open_library(
        day,
        book=book,
        branches=_branches(book, over),
        strict=over.strict,
        own=lambda: wiring.own_listings(day),
        decided=lambda: wiring.records().decisions(),
        indexing=wiring.indexing,
    )


def _book(name: str, other: str, place: str) -> Book:
    """The book of one side, with the user's notices. A notice is laid over the other side's book."""
    notices = {n: _address(n, t) for n, t in wiring.overlays().read().items()}
    drafts = [_address(d, read_notice(Path(d))) for d in (name, other) if d.endswith(NOTICE)]
    home = name if not name.endswith(NOTICE) else place if other.endswith(NOTICE) else other
    files = None if home in JURISDICTIONS else _whole(Path(home), place)
    held = {
        _address(f, t) for f, t in (files or {}).items() if f.startswith(f"{place}/") and f.endswith(NOTICE)
    }
    laid = {n: t for n, t in wiring.overlays().read().items() if notices[n] not in {*drafts, *held}}
    if name.endswith(NOTICE):
        laid[Path(name).name] = read_notice(Path(name))
    return read_book(laid, place, files)


def _address(file: str, text: str) -> str:
    return parse_instrument(text, file).address


def _files(path: Path) -> dict[str, str]:
    """The files of a folder of books, or of one book in it."""
    return dict(named_book(path)[1]) if (path / "predicates.toml").is_file() else read_folder(path)


def _whole(path: Path, place: str) -> dict[str, str]:
    """The files of a folder that has the book of a jurisdiction. Raises InputError when it has not."""
    files = _files(path)
    if place not in jurisdictions(files):
        raise InputError(
            "this folder has no such book",
            where=str(path),
            expected=f"a folder {place} with predicates.toml",
            found=", ".join(jurisdictions(files)),
            next_step="compare books of one jurisdiction",
        )
    return files


def _branches(book: Book, over: Over) -> dict[str, str]:
    """The branches chosen for hinges of this book; a hinge that only the other side has is no mistake."""
    return {hinge: branch for hinge, branch in (over.branches or {}).items() if hinge in book.hinges}


def _told(asked: Asked) -> str:
    """A side as a person names it."""
    if asked.name in JURISDICTIONS:
        return asked.name
    path = Path(asked.name)
    return _address(path.name, read_notice(path)) if asked.name.endswith(NOTICE) else path.name


def _shift(sides: list[Library], asked: tuple[Asked, Asked], over: Over) -> Shift:
    names = [_told(one) for one in asked]
    cases = [Case(library.law, name) for library, name in zip(sides, names, strict=True)]
    if over.path is None:
        return laws(*cases)
    sheets, named = _sheets(over.path, sides, over.on)
    first, second = (replace(case, sheet=sheet) for case, sheet in zip(cases, sheets, strict=True))
    called = Path(over.path).name or str(over.path)
    return shift(first, second, portfolio=called, on=over.on, strict=over.strict, names=named)


def _check_branches(books: list[Book], over: Over) -> None:
    """Raise AddressError for a branch that neither side knows."""
    wrong = {h: b for h, b in (over.branches or {}).items() if all(h not in book.hinges for book in books)}
    if wrong:
        fold_book(books[1], wiring.clock().today(), wrong)


def _sheets(path: Path, sides: list[Library], on: date | None) -> tuple[list[Sheet], dict[str, str]]:
    """The facts of both sides: one sheet where the same was known, else each as it was known then."""
    before, after = sides
    if is_table(path):
        return [_dated(read_sheet(path, _both(before.law, after.law)), on)] * 2, {}
    tables = read_portfolio(path, codes=control_codes(after.law.book))
    named = {
        row.text(key): row.text("name")
        for table, key in (("parties", "party"), ("products", "product"), ("technology", "technology"))
        for row in tables[table]
    }
    second = sheet_of(tables, after, on)
    same = before.law.known == after.law.known and _same_lists(before, after)
    first = second if same else sheet_of(tables, before, on)
    return [first, second], named


def _same_lists(before: Library, after: Library) -> bool:
    """Whether the facts that rest on party lists are the same on both sides."""
    stood = [before.law.stretches(f"{address}/1") for address in before.addresses]
    return stood == [after.law.stretches(f"{address}/1") for address in before.addresses]


def _dated(sheet: Sheet, on: date | None) -> Sheet:
    import polars as pl  # noqa: PLC0415 - only a table that is moved to another day needs it

    return sheet if on is None else replace(sheet, facts=sheet.facts.with_columns(pl.lit(on).alias("on")))


def _both(before: Law, after: Law) -> Law:
    """A law that declares the facts of both, to read one table for the two."""
    return replace(after, book=replace(after.book, facts={**before.book.facts, **after.book.facts}))
