"""What a database refuses, said in the four parts of every failure; no statement and no value ever leaks."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy.exc import DBAPIError, SQLAlchemyError, StatementError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from xenotime.core.errors import BusyError, InputError, OutageError, StateError, XenotimeError

BUSY, TAKEN, FULL, FROZEN, BROKEN, AWAY, OTHER, WIDE = "busy taken full frozen broken away other wide".split()

#: Beginnings of SQLite's error names and of PostgreSQL's SQLSTATE, the first that fits counts.
_SIGNS = (
    ("SQLITE_BUSY", BUSY), ("SQLITE_LOCKED", BUSY), ("SQLITE_CONSTRAINT", TAKEN), ("SQLITE_FULL", FULL),
    ("SQLITE_READONLY", FROZEN), ("SQLITE_CORRUPT", BROKEN), ("SQLITE_NOTADB", BROKEN),
    ("SQLITE_CANTOPEN", AWAY), ("SQLITE_IOERR", AWAY), ("SQLITE_PERM", FROZEN), ("SQLITE_TOOBIG", WIDE),
    ("40", BUSY), ("55P03", BUSY), ("25P0", BUSY), ("53300", BUSY),
    ("23", TAKEN), ("53100", FULL), ("25006", FROZEN),
    ("42501", FROZEN), ("XX001", BROKEN), ("XX002", BROKEN), ("08", AWAY), ("57P", AWAY), ("28", AWAY),
    ("3D000", AWAY), ("53", AWAY), ("58", AWAY), ("42P01", OTHER), ("42703", OTHER), ("22", WIDE),
    ("54", WIDE),
)  # fmt: skip

#: What each kind of refusal is told as: the failure, what it says, what was expected, the next step.
_WORDS: dict[str, tuple[type[XenotimeError], str, str, str]] = {
    BUSY: (
        BusyError,
        "another change was under way at the same moment; this one was undone whole",
        "a moment without a change of the same things",
        "try again",
    ),
    TAKEN: (
        StateError,
        "something with the same name exists already",
        "an id, number or address that nothing has",
        "look at what is there, or take another",
    ),
    FULL: (
        OutageError,
        "the disk under the database is full; nothing of this change was kept",
        "room for the change",
        "make room, then try again",
    ),
    FROZEN: (
        OutageError,
        "the database may only be read",
        "a database that this user may write",
        "give the program's user the right to write to it, with its folder on SQLite",
    ),
    BROKEN: (
        OutageError,
        "the database is damaged, or is no database",
        "a database that `xenotime programme migrate` made",
        "restore a backup into an empty database: `xenotime programme restore FILE`",
    ),
    AWAY: (
        OutageError,
        "the database cannot be reached",
        "a database that answers at this address",
        "start it, or check address, user and rights; a change under way may be kept or not",
    ),
    OTHER: (
        OutageError,
        "the database is not as this release expects",
        "the schema of this release",
        "run `xenotime programme migrate`, then `xenotime programme check`",
    ),
    WIDE: (
        InputError,
        "a value does not fit into the database",
        "text, and whole numbers of at most 64 bits",
        "give a shorter or smaller value",
    ),
}


@contextmanager
def faults(where: str) -> Iterator[None]:
    """A block whose database errors are told as ours; `where` is the address without its password."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, psycopg.Error) as error:
        raise told(error, where) from error


def told(error: Exception, where: str) -> XenotimeError:
    """A database error as ours.

    BusyError: the change met another and asking again is right. StateError: something exists already.
    OutageError: the database cannot be used now. InputError: a value that no database can hold.
    """
    sign = _sign(error)
    if isinstance(error, PoolTimeout):
        return _refused(BUSY, where, "all connections are in use")
    if isinstance(_cause(error), UnicodeError):
        return _refused(WIDE, where, "signs that are no characters")
    kind = next((k for start, k in _SIGNS if sign.startswith(start)), AWAY if _lost(error) else OTHER)
    return _refused(kind, where, sign or type(error).__name__)


def _cause(error: Exception) -> BaseException | None:
    """The driver's own error."""
    return error.orig if isinstance(error, StatementError) else error


def _sign(error: Exception) -> str:
    """The database's own code of an error; "" when it gave none."""
    cause = _cause(error)
    name = getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None) or ""
    if name == "SQLITE_ERROR" and "no such" in str(cause):
        return "42P01"
    return str(name)


def _lost(error: Exception) -> bool:
    """Whether the connection broke, or none was made: PostgreSQL's driver has no code for it."""
    broke = isinstance(error, DBAPIError) and error.connection_invalidated
    return broke or isinstance(_cause(error), (psycopg.OperationalError, psycopg.InterfaceError))


def _refused(kind: str, where: str, found: str) -> XenotimeError:
    failure, what, expected, step = _WORDS[kind]
    return failure(what, where=where, expected=expected, found=found, next_step=step)
