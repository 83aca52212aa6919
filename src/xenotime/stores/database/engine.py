"""Opens the database so that its promises hold: durable commits, one writer on SQLite, no surprises."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from xenotime.core.errors import InputError, OutageError

#: How long a writer waits for the one before it [milliseconds].
PATIENCE = 60_000
#: PostgreSQL ends a transaction whose program fell asleep in it, so that nobody waits for it for ever.
_LIMITS = f"-c lock_timeout={PATIENCE} -c idle_in_transaction_session_timeout={2 * PATIENCE}"
#: How long a connection may take to be made [s].
_HANDSHAKE = 10


def open_engine(url: str, *, pool: int = 16) -> Engine:
    """An engine for `sqlite:///FILE` or `postgresql://…`.

    Raises InputError for any other address. On SQLite: write-ahead log, full synchronous, foreign keys, and
    transactions begun by us (execution option `writes` takes the write lock at once). No file is made here.
    """
    try:
        named = make_url(url)
    except ArgumentError as error:
        raise _unusable(url) from error
    if named.get_backend_name() == "postgresql":
        return create_engine(
            named.set(drivername="postgresql+psycopg"), pool_size=pool, max_overflow=0, pool_pre_ping=True,
            isolation_level="READ COMMITTED",
            connect_args={"options": _LIMITS, "connect_timeout": _HANDSHAKE} | dict(named.query),
        )  # fmt: skip
    if named.get_backend_name() != "sqlite" or not file_of(named):
        raise _unusable(named.render_as_string(hide_password=True))
    engine = create_engine(
        named, connect_args={"check_same_thread": False}, pool_size=pool, max_overflow=2 * pool
    )
    event.listen(engine, "do_connect", _present)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def file_of(url: URL) -> str:
    """The path of a SQLite address's file; "" for another database, and for one in memory only."""
    named = (url.database or "") if url.get_backend_name() == "sqlite" else ""
    return "" if named == ":memory:" or named.startswith("file:") else named


def make(url: URL) -> None:
    """The file of a SQLite address, if it is new; its owner alone may read it.

    A folder that is not there is left to the connection, which says so.
    """
    file = Path(file_of(url) or ".")
    if not file.exists() and file.absolute().parent.is_dir():
        file.touch(0o600)


def _present(_dialect: Any, _record: Any, where: Any, _options: Any) -> None:  # noqa: ANN401 - SQLAlchemy's own
    """Nothing if the file is there: a mistyped name makes no empty database."""
    if not Path(where[0]).exists():
        raise OutageError(
            "there is no database",
            where=f"sqlite:///{where[0]}",
            expected="a file that `xenotime programme migrate` made",
            found="no such file",
            next_step="check the address; a new programme begins with `xenotime programme migrate`",
        )


def _prepare(connection: Any, _record: Any) -> None:  # noqa: ANN401 - the driver's own connection
    connection.isolation_level = None  # the driver begins nothing of itself
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={PATIENCE}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Any) -> None:  # noqa: ANN401 - SQLAlchemy's connection, of any dialect
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _unusable(url: str) -> InputError:
    return InputError(
        "this database address cannot be used",
        where="--database",
        expected="sqlite:///programme.sqlite or postgresql://USER@HOST/NAME",
        found=url[:200],
        next_step="write one of the two forms",
    )
