"""Opens the database so that its promises hold: durable commits, one writer on SQLite, no surprises in between."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from xenotime.core.errors import InputError

#: How long a SQLite writer waits for the one before it [milliseconds].
PATIENCE = 60_000


def open_engine(url: str, *, pool: int = 16) -> Engine:
    """An engine for `sqlite:///FILE` or `postgresql://…`.

    Raises InputError for any other address. On SQLite: write-ahead log, full synchronous, foreign keys, and
    transactions begun by us (`begin_write` takes the write lock at once).
    """
    try:
        named = make_url(url)
    except ArgumentError as error:
        raise _unusable(url) from error
    if named.get_backend_name() == "postgresql":
        return create_engine(
            named.set(drivername="postgresql+psycopg"), pool_size=pool, max_overflow=0, pool_pre_ping=True,
            isolation_level="READ COMMITTED",
        )  # fmt: skip
    if named.get_backend_name() != "sqlite":
        raise _unusable(named.render_as_string(hide_password=True))
    engine = create_engine(named, connect_args={"check_same_thread": False})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


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
