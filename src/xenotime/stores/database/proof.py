"""Proves a database from its own rows: log against leaves, ledger against entries, columns against things."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, select

from xenotime.core.canon import restored
from xenotime.core.errors import OutageError, XenotimeError
from xenotime.programme.shipping.quota import Entry, check
from xenotime.stores.database import journal, ledger
from xenotime.stores.database.cells import cell
from xenotime.stores.database.migrate import newest, standing
from xenotime.stores.database.schema import blobs, terms
from xenotime.stores.database.shelves import SHELVES, Shelf

_BATCH = 1000


def unready(connection: Connection) -> Iterator[str]:
    """What keeps a database from serving, asked with a few statements; nothing when it may serve."""
    found = standing(connection)
    if found != newest():
        at = found or "nothing"
        yield f"the schema is at {at}, this release needs {newest()}: `xenotime programme migrate`"
        return
    yield from journal.torn(connection)


def faults(connection: Connection) -> Iterator[str]:
    """Everything in the database that disagrees with itself; it reads every row."""
    yield from journal.rebuilt(connection)
    for fault in check(ledger.caps(connection), _entries(connection)):
        yield f"ledger, cap {fault.cap}, entry {fault.entry}: {fault.says}"
    for shelf in SHELVES.values():
        yield from _misplaced(connection, shelf)
    yield from _damaged(connection)


def _entries(connection: Connection) -> Iterator[Entry]:
    after = 0
    while found := ledger.entries(connection, after=after, limit=_BATCH):
        yield from found
        after = found[-1].id


def _misplaced(connection: Connection, shelf: Shelf[Any]) -> Iterator[str]:
    """Things whose columns or terms say something else than they do."""
    after, table = "", shelf.table
    while rows := connection.execute(
        select(table).where(table.c.id > after).order_by(table.c.id).limit(_BATCH)
    ).all():
        kept = _terms(connection, shelf, rows[0].id, rows[-1].id)
        for row in rows:
            wrong = _wrong(shelf, dict(row._mapping), kept.get(row.id, set()))  # noqa: SLF001 - public in SQLAlchemy
            if wrong:
                yield f"{shelf.name} {row.id}: {wrong}"
        after = rows[-1].id


def _terms(connection: Connection, shelf: Shelf[Any], low: str, high: str) -> dict[str, set[tuple[str, str]]]:
    asks = select(terms.c.id, terms.c.field, terms.c.value)
    found: dict[str, set[tuple[str, str]]] = {}
    for name, field, value in connection.execute(
        asks.where(terms.c.shelf == shelf.name, terms.c.id >= low, terms.c.id <= high)
    ):
        found.setdefault(name, set()).add((field, value))
    return found


def _wrong(shelf: Shelf[Any], row: dict[str, Any], kept: set[tuple[str, str]]) -> str:
    try:
        thing = restored(shelf.kind, row.pop("thing"))
    except XenotimeError as error:
        return f"cannot be read: {error.problem.found}"
    said = {"id": cell(thing.id), "version": thing.version, **shelf.row(thing)}
    apart = sorted(name for name, value in said.items() if row.get(name) != value)
    if apart:
        return f"columns differ from the thing: {', '.join(apart)}"
    return "" if kept == shelf.terms(thing) else "its search terms are not those of its names"


def _damaged(connection: Connection) -> Iterator[str]:
    asks = select(blobs.c.sha256, blobs.c.body).execution_options(yield_per=8)
    for name, body in connection.execute(asks):
        if sha256(bytes(body)).hexdigest() != name:
            yield f"document {name[:16]}… has other bytes than were kept"


def required(connection: Connection) -> None:
    """Nothing if the whole database agrees with itself; raises OutageError with what does not."""
    found = next(faults(connection), "")
    if found:
        raise OutageError(
            "this database disagrees with itself",
            where=connection.engine.url.render_as_string(hide_password=True),
            expected="log, ledger and things that prove each other",
            found=found,
            next_step="take another backup",
        )
