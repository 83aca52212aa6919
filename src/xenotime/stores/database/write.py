"""Changes the store: everything on one open transaction, kept or undone as one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from hashlib import sha256
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, Update, bindparam, delete, func, select, update
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import insert as upsert

from xenotime.core.canon import canonical
from xenotime.core.errors import AddressError, BusyError, InputError, RepeatError, StateError
from xenotime.programme.shipping.quota import Cap, Draw, Entry, Shortfall
from xenotime.seal.event import Event, Receipt
from xenotime.stores.database import journal, ledger
from xenotime.stores.database.cells import cell, stamp
from xenotime.stores.database.direct import Direct
from xenotime.stores.database.look import DatabaseView, read
from xenotime.stores.database.schema import answers, blobs, numbers, places, published, terms
from xenotime.stores.database.shelves import Shelf, shelf_of

T = TypeVar("T")
#: The largest kept document [bytes].
LARGEST = 32 * 1024 * 1024
#: Places of one status list: the least that the Bitstring Status List lets one have, so that none stands out.
PLACES = 131_072
#: How often a place is drawn before the free ones are counted.
_DRAWS = 64
_ANSWERED = Direct(select(answers.c.request, answers.c.said).where(answers.c.key == bindparam("of")))
#: PostgreSQL's locks of a name, kept until the change ends: on a key's answer, and of the queues to a thing.
_ANSWERING = Direct(sql("SELECT pg_advisory_xact_lock(hashtextextended(:of, 4711))"))
_ALONE = Direct(sql("SELECT pg_advisory_xact_lock(hashtextextended(:of, 4712))"))
_BESIDE = Direct(sql("SELECT pg_advisory_xact_lock_shared(hashtextextended(:of, 4712))"))


class DatabaseChange(DatabaseView):
    """A change on an open transaction; see `ports.Change`. `draw(n)` gives a random number below n."""

    def __init__(self, connection: Connection, draw: Callable[[int], int]) -> None:
        super().__init__(connection)
        self._draw = draw

    def hold(self, kind: type[T], key: str, *, share: bool = False) -> T:
        """The thing of an id, kept from writers until the change ends; `share`: others may hold it so too.

        Who wants it alone waits for those who share it now, and goes before those who come later.
        """
        shelf = shelf_of(kind)
        self._queue(shelf, key, share=share)
        return read(self.connection, shelf, key, "share" if share else "own")

    def _queue(self, shelf: Shelf[Any], key: str, *, share: bool) -> None:
        """Wait in line: PostgreSQL's row locks alone let a stream of sharers overtake one who waits alone."""
        if self.connection.dialect.name == "postgresql" and shelf.shared:
            line = _BESIDE if share else _ALONE
            line.run(self.connection, {"of": f"{shelf.name}/{cell(key)}"})

    def add(self, thing: Any) -> None:  # noqa: ANN401 - any kind of thing that the store has a shelf for
        """Keep a new thing. Raises StateError if its id, or what must be unique, is taken."""
        shelf = shelf_of(type(thing))
        row = {"id": _key(thing.id), "version": thing.version, "thing": _body(thing), **shelf.row(thing)}
        if not self._insert(shelf.table, row):
            raise _taken(shelf, thing.id)
        self._add_terms(shelf, thing.id, shelf.terms(thing))

    def put(self, thing: T) -> T:
        """Keep a changed thing; returns it with its next version.

        Raises StateError if somebody changed it since it was read, AddressError if it is gone.
        """
        shelf, old = shelf_of(type(thing)), _versioned(thing)
        after: T = replace(old, version=old.version + 1)
        which = {"its_id": cell(old.id), "its_version": old.version}
        row = {"version": old.version + 1, "thing": _body(after), **shelf.row(after)}
        if self.connection.execute(_put(shelf.table), which | row).rowcount != 1:
            read(self.connection, shelf, old.id)
            raise _overtaken(shelf, old.id)
        self._change_terms(shelf, old.id, shelf.terms(after))
        return after

    def drop(self, kind: type[Any], key: str) -> None:
        """Remove a thing that law does not ask to keep; nothing if it is gone already.

        Raises StateError for a thing that must stay.
        """
        shelf = shelf_of(kind)
        try:
            thing = read(self.connection, shelf, key, "own")
        except AddressError:
            return
        if not shelf.drops(thing):
            raise _stays(shelf, key)
        self.connection.execute(delete(shelf.table).where(shelf.table.c.id == cell(key)))
        self._change_terms(shelf, key, frozenset())

    def number(self, series: str) -> int:
        """The next number of a series, from 1. No other change can take one until this one ends."""
        said = upsert(numbers).values(series=cell(series), last=1)
        said = said.on_conflict_do_update(index_elements=["series"], set_={"last": numbers.c.last + 1})
        found: int = self.connection.execute(said.returning(numbers.c.last)).scalar_one()
        return found

    def keep_blob(self, data: bytes) -> str:
        """Keep a document's content under its SHA-256. Raises InputError beyond 32 MiB."""
        if len(data) > LARGEST:
            raise _large(len(data))
        name = sha256(data).hexdigest()
        self._insert(blobs, {"sha256": name, "size": len(data), "body": data})
        return name

    def answered(self, key: str, request: str) -> str | None:
        """The answer kept under an idempotency key; a second change with the key waits here for the first.

        Raises RepeatError for another content.
        """
        if self.connection.dialect.name == "postgresql":
            _ANSWERING.run(self.connection, {"of": cell(key)})
        row = _ANSWERED.run(self.connection, {"of": cell(key)}).fetchone()
        if row is not None and row[0] != request:
            raise _repeated(key)
        return None if row is None else str(row[1])

    def answer(self, key: str, request: str, said: str) -> None:
        """Keep an answer under an idempotency key. Raises RepeatError if it has one of another content."""
        if not self._insert(answers, {"key": cell(key), "request": cell(request), "said": cell(said)}):
            self.answered(key, request)
            raise _repeated(key)

    def set_cap(self, cap: Cap, at: datetime, by: str) -> Cap:
        """Add a cap, or change its grams; what is held and used stays."""
        return ledger.set_cap(self.connection, cap, at, by)

    def reserve(
        self, reservation: str, draws: Sequence[Draw], at: datetime, expires: datetime, by: str, key: str
    ) -> tuple[Shortfall, ...]:
        """Hold grams under every cap that fits any of the draws, all or none; returns what is short."""
        return ledger.reserve(self.connection, reservation, draws, at, expires, by, key)

    def settle(
        self,
        reservation: str,
        kind: str,
        at: datetime,
        by: str,
        key: str,
        *,
        grams: Mapping[str, int] | None = None,
        reason: str = "",
    ) -> tuple[Entry, ...]:
        """Commit, release or expire a reservation once."""
        return ledger.settle(self.connection, reservation, kind, at, by, key, grams=grams, reason=reason)

    def correct(
        self, reservation: str, element: str, grams: int, at: datetime, by: str, key: str, reason: str
    ) -> tuple[Entry, ...]:
        """Add to (or take from, below 0) what a reservation committed."""
        return ledger.correct(self.connection, reservation, element, grams, at, by, key, reason)

    def overdue(self, at: datetime, limit: int = 100) -> tuple[str, ...]:
        """Reservations that expired and are not settled."""
        return ledger.overdue(self.connection, at, limit)

    def log(self, event: Event) -> Receipt:
        """Append an event to the log; call it last, for the log's head is one place for all writers."""
        return journal.append(self.connection, event)

    def publish(self, purpose: str, credential: str, at: datetime) -> None:
        """Keep a new version of a status list credential; older ones stay."""
        last = select(func.coalesce(func.max(published.c.serial), 0)).where(
            published.c.purpose == cell(purpose)
        )
        serial = self.connection.execute(last).scalar_one() + 1
        row = {"purpose": cell(purpose), "serial": serial, "at": stamp(at), "credential": cell(credential)}
        if not self._insert(published, row):
            raise _again(f"status list {purpose}")

    def index(self, purpose: str, at: datetime) -> int:
        """A place in a status list that nobody has, drawn at random. Raises StateError when none is left."""
        for _ in range(_DRAWS):
            place = self._draw(PLACES)
            if self._take(purpose, place, at):
                return place
        taken = set(self.connection.scalars(select(places.c.place).where(places.c.purpose == cell(purpose))))
        free = [place for place in range(PLACES) if place not in taken]
        if not free:
            raise _crowded(purpose)
        place = free[self._draw(len(free))]
        if not self._take(purpose, place, at):
            raise _again(f"status list {purpose}")
        return place

    def _take(self, purpose: str, place: int, at: datetime) -> bool:
        return self._insert(places, {"purpose": cell(purpose), "place": place, "at": stamp(at)})

    def _insert(self, table: Table, row: Mapping[str, Any]) -> bool:
        """Whether the row is new; one that is there already stays as it is, and the transaction goes on."""
        return bool(_new(table).run(self.connection, row).rowcount == 1)

    def _add_terms(self, shelf: Shelf[Any], key: str, new: frozenset[tuple[str, str]]) -> None:
        rows = [{"shelf": shelf.name, "field": f, "value": v, "id": cell(key)} for f, v in sorted(new)]
        if rows:
            self.connection.execute(terms.insert(), rows)

    def _change_terms(self, shelf: Shelf[Any], key: str, new: frozenset[tuple[str, str]]) -> None:
        if not shelf.names and not shelf.many:
            return
        mine = (terms.c.shelf == shelf.name, terms.c.id == cell(key))
        asks = select(terms.c.field, terms.c.value).where(*mine)
        old = {(field, value) for field, value in self.connection.execute(asks)}
        for field, value in sorted(old - new):
            gone = delete(terms).where(*mine, terms.c.field == field, terms.c.value == value)
            self.connection.execute(gone)
        self._add_terms(shelf, key, new - old)


@cache
def _new(table: Table) -> Direct:
    return Direct(upsert(table).on_conflict_do_nothing())


@cache
def _put(table: Table) -> Update:
    return update(table).where(table.c.id == bindparam("its_id"), table.c.version == bindparam("its_version"))


def _versioned(thing: Any) -> Any:  # noqa: ANN401 - a thing of any shelf, which all have id and version
    return thing


def _body(thing: Any) -> str:  # noqa: ANN401 - as above
    try:
        return canonical(thing).decode()
    except UnicodeEncodeError as error:
        raise InputError(
            "a text has signs that are no characters",
            where=type(thing).__name__,
            expected="Unicode text",
            found="half of a surrogate pair",
            next_step="write the text again",
        ) from error


def _key(name: str) -> str:
    if not name or cell(name) != name:
        raise InputError("this is no id", expected="text without control signs", found=repr(name)[:100])
    return name


def _taken(shelf: Shelf[Any], key: str) -> StateError:
    return StateError(
        "something with the same name exists already",
        where=shelf.name,
        expected="an id, number or address that nothing has",
        found=key[:100],
        next_step="look at what is there, or take another",
    )


def _overtaken(shelf: Shelf[Any], key: str) -> StateError:
    return StateError(
        "somebody else changed this since you read it",
        where=f"{shelf.name} {key}",
        expected="the version that you read",
        found="a newer one",
        next_step="read it again, then repeat what you did if it still makes sense",
    )


def _stays(shelf: Shelf[Any], key: str) -> StateError:
    return StateError(
        "this is kept: law asks for records of it",
        where=f"{shelf.name} {key}"[:200],
        expected="a session, a token or a draft",
        found=shelf.kind.__name__,
        next_step="close it instead",
    )


def _large(size: int) -> InputError:
    return InputError(
        "this document is too large",
        expected=f"at most {LARGEST} bytes",
        found=f"{size} bytes",
        next_step="send it in parts",
    )


def _repeated(key: str) -> RepeatError:
    return RepeatError(
        "this idempotency key was used for something else",
        where=f"key {key[:100]}",
        expected="the same content as the first time",
        found="another content",
        next_step="use a new key for a new request",
    )


def _again(where: str) -> BusyError:
    return BusyError(
        "another change took this place", where=where, found="a newer one", next_step="try again"
    )


def _crowded(purpose: str) -> StateError:
    return StateError(
        "this status list is full",
        where=f"status list {purpose}",
        expected=f"fewer than {PLACES} places given out",
        found="none free",
        next_step="open another status list for new certificates",
    )
