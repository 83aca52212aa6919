"""Opens the programme's database: one engine a store, views and changes on it."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep
from typing import TypeVar

from sqlalchemy import Connection, Engine

from xenotime.core.errors import BusyError, XenotimeError
from xenotime.services.programme.ports import Change
from xenotime.stores.database import backup, proof
from xenotime.stores.database.engine import PATIENCE, make, open_engine
from xenotime.stores.database.faults import faults
from xenotime.stores.database.look import DatabaseView
from xenotime.stores.database.migrate import upgrade
from xenotime.stores.database.write import DatabaseChange

T = TypeVar("T")
#: How often `run` tries a change that met others.
TRIES = 8


class DatabaseStore:
    """A store over one engine; see `ports.Store`. Close it when done."""

    def __init__(self, engine: Engine, draw: Callable[[int], int]) -> None:
        self.engine = engine
        self.address = engine.url.render_as_string(hide_password=True)
        self._draw = draw
        self._mine = threading.local()
        self._turn = threading.Lock()

    @contextmanager
    def view(self) -> Iterator[DatabaseView]:
        """Look at the store as it is at one moment."""
        with self._reading() as connection:
            yield DatabaseView(connection)

    @contextmanager
    def change(self) -> Iterator[DatabaseChange]:
        """Change the store: kept when the block ends well, undone when it raises.

        On SQLite one change runs at a time. Raises BusyError when it met another and was undone (try again).
        A change inside a change of the same thread is a mistake of the program: RuntimeError.
        """
        if getattr(self._mine, "open", False):
            message = "a change is open in this thread already: pass it on instead of opening another"
            raise RuntimeError(message)
        self._mine.open = True
        try:
            with self._writing() as connection:
                yield DatabaseChange(connection, self._draw)
        finally:
            self._mine.open = False

    def run(self, act: Callable[[Change], T], *, tries: int = TRIES) -> T:
        """What a whole change returns, tried again when it met another.

        `act` must do nothing outside the change. Raises BusyError after the last try.
        """
        for turn in range(tries - 1):
            try:
                with self.change() as change:
                    return act(change)
            except BusyError:
                sleep(self._draw(2**turn * 5 + 1) / 1000)
        with self.change() as change:
            return act(change)

    def migrate(self) -> tuple[str, str]:
        """Bring the database to this release's schema, or make it; returns the revision before and after."""
        make(self.engine.url)
        with self._writing() as connection:
            return upgrade(connection)

    def backup(self, target: Path) -> None:
        """A consistent copy into one new file, also while others write; it restores into either database.

        Raises InputError if the file is there already.
        """
        with self._reading() as connection:
            backup.save(connection, target)

    def restore(self, source: Path) -> None:
        """Put a backup in the place of an empty database, in one transaction; all of it is proven first.

        Raises StateError if the database is not empty, InputError for a cut, altered or newer file.
        """
        make(self.engine.url)
        with self._writing() as connection:
            backup.load(connection, source)

    def ready(self) -> Iterable[str]:
        """What keeps the store from serving; empty if nothing."""
        try:
            with self._reading() as connection:
                return tuple(proof.unready(connection))
        except XenotimeError as error:
            return (f"{error.problem.what}: {error.problem.found}",)

    def check(self) -> Iterable[str]:
        """What in the database disagrees with itself, from every row; empty if nothing."""
        with self._reading() as connection:
            return tuple(proof.unready(connection)) or tuple(proof.faults(connection))

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """A transaction that reads the database as it is at one moment."""
        with faults(self.address), self.engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                yield connection.execution_options(
                    isolation_level="REPEATABLE READ", postgresql_readonly=True
                )
            else:
                yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """A transaction that writes; on SQLite it has the one write lock from its begin."""
        with (
            faults(self.address),
            self._waiting(),
            self.engine.connect().execution_options(writes=True) as connection,
            connection.begin(),
        ):
            yield connection
            _sound(connection, self.address)

    @contextmanager
    def _waiting(self) -> Iterator[None]:
        """The turn of a SQLite writer among this process's threads, which would else poll for it."""
        if self.engine.dialect.name != "sqlite":
            yield
            return
        if not self._turn.acquire(timeout=PATIENCE / 1000):
            raise BusyError("other changes of this process took too long", where=self.address)
        try:
            yield
        finally:
            self._turn.release()

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def _sound(connection: Connection, where: str) -> None:
    """Nothing if the transaction can be kept: PostgreSQL undoes a broken one without a word at COMMIT, and
    SQLite ends one by itself when the disk fails.
    """
    driver = connection.connection.dbapi_connection
    info = getattr(driver, "info", None)
    broken = info is not None and info.transaction_status.name == "INERROR"
    if broken or not getattr(driver, "in_transaction", True):
        raise BusyError("a statement of this change failed, so all of it was undone", where=where)


def open_store(url: str, *, draw: Callable[[int], int] = secrets.randbelow, pool: int = 16) -> DatabaseStore:
    """The store at `sqlite:///FILE` or `postgresql://…`; nothing is read or made until it is used.

    `draw(n)` gives a random number below n (places in status lists). Raises InputError for another address.
    """
    return DatabaseStore(open_engine(url, pool=pool), draw)
