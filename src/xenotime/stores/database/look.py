"""Looks at the store: one consistent view on one open transaction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from hashlib import sha256
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, Table, bindparam, desc, select

from xenotime.core.errors import AddressError, OutageError
from xenotime.programme.shipping.quota import Cap, Entry, Reservation
from xenotime.services.programme.ports import Page, Search
from xenotime.stores.database import finding, journal, ledger
from xenotime.stores.database.cells import cell, stamp
from xenotime.stores.database.schema import blobs, published
from xenotime.stores.database.shelves import Shelf, shelf_of

T = TypeVar("T")


class DatabaseView:
    """A view on an open transaction; see `ports.View` for what each question means."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def get(self, kind: type[T], key: str) -> T:
        """The thing of an id. Raises AddressError if there is none."""
        return read(self.connection, shelf_of(kind), key)

    def find(self, kind: type[T], search: Search) -> Page:
        """Things of a kind, one page. Raises InputError for what cannot be searched."""
        return finding.found(self.connection, shelf_of(kind), search)

    def count(self, kind: type[T], by: str, where: Mapping[str, Any] | None = None) -> Mapping[str, int]:
        """How many there are by the values of a column."""
        return finding.counted(self.connection, shelf_of(kind), by, where)

    def columns(
        self, kind: type[T], names: Sequence[str], where: Mapping[str, Any] | None = None
    ) -> Iterator[tuple[Any, ...]]:
        """The named columns of every thing, by id, as a stream that lives as long as the view."""
        return finding.shown(self.connection, shelf_of(kind), names, where)

    def blob(self, sha256: str) -> bytes:
        """A document's content. Raises AddressError if there is none, OutageError if it was altered."""
        asks = select(blobs.c.body).where(blobs.c.sha256 == cell(sha256))
        found = self.connection.execute(asks).scalar_one_or_none()
        if found is None:
            raise _nothing("document", sha256)
        return _whole(bytes(found), sha256)

    def caps(self, where: Mapping[str, Any] | None = None) -> tuple[Cap, ...]:
        """The caps whose columns equal these."""
        return ledger.caps(self.connection, where)

    def entries(
        self, *, reservation: str = "", cap: str = "", after: int = 0, limit: int = 1000
    ) -> tuple[Entry, ...]:
        """Entries of the ledger in the order they were made."""
        return ledger.entries(self.connection, reservation=reservation, cap=cap, after=after, limit=limit)

    def reservation(self, name: str) -> Reservation:
        """A reservation and how it ended. Raises AddressError if there is none."""
        return ledger.reservation(self.connection, name)

    def reservations(
        self, where: Mapping[str, Any] | None = None, *, after: str = "", limit: int = 1000
    ) -> tuple[Reservation, ...]:
        """Reservations by id, whose state, certificate or organisation equal these."""
        return ledger.reservations(self.connection, where, after=after, limit=limit)

    def events(
        self, *, start: int = 0, limit: int = 1000, subject: str = ""
    ) -> tuple[tuple[int, bytes], ...]:
        """Log leaves with their index, oldest first."""
        return journal.events(self.connection, start, limit, subject)

    def head(self) -> tuple[int, str]:
        """The log's size and root [hexadecimal]."""
        return journal.top(self.connection)

    def node(self, level: int, index: int) -> bytes:
        """The hash of a whole subtree of 2**level leaves. Raises AddressError if it is not there."""
        return journal.node(self.connection, level, index)

    def published(self, purpose: str, on: datetime | None = None) -> str | None:
        """The status list credential that was current at an instant (None: now), if any was published."""
        asks = select(published.c.credential).where(published.c.purpose == cell(purpose))
        if on is not None:
            asks = asks.where(published.c.at <= stamp(on))
        asks = asks.order_by(desc(published.c.at), desc(published.c.serial)).limit(1)
        return self.connection.execute(asks).scalar_one_or_none()


def read(connection: Connection, shelf: Shelf[T], key: str, lock: str = "") -> T:
    """A thing; `lock` keeps it from all who write or hold ("own"), or from writers only ("share").

    Raises AddressError if there is none.
    """
    found = connection.execute(_asks(shelf.table, lock), {"key": cell(key)}).scalar_one_or_none()
    if found is None:
        raise _nothing(shelf.name, key)
    return shelf.read(found)


@cache
def _asks(table: Table, lock: str) -> Select[Any]:
    asks = select(table.c.thing).where(table.c.id == bindparam("key"))
    return asks.with_for_update(read=lock == "share") if lock else asks


def _whole(found: bytes, name: str) -> bytes:
    if sha256(found).hexdigest() != name:
        raise OutageError(
            "a kept document has other bytes than were kept",
            where=f"document {name[:16]}…",
            expected="the bytes of its SHA-256",
            next_step="restore a backup, or ask the owner for the document",
        )
    return found


def _nothing(kind: str, key: str) -> AddressError:
    return AddressError(
        "nothing has this name",
        where=kind,
        expected="the id of something that is there",
        found=key[:100],
        next_step="look for it in the list",
    )
