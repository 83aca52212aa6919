"""One portable file for both databases: gzip of JSON lines, a header first, the hash of all lines last."""

from __future__ import annotations

import gzip
import json
import os
import tempfile
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import BigInteger, Connection, Integer, MetaData, Table, func, insert, select
from sqlalchemy import text as sql

from xenotime import __version__
from xenotime.core.errors import InputError, StateError
from xenotime.stores.database.migrate import MARK, newest, standing, steps, upgrade
from xenotime.stores.database.proof import required
from xenotime.stores.database.schema import metadata

FORMAT = "xenotime-programme-backup-1"
#: The longest line [bytes]: a largest document as base64, and room.
_LONGEST = 48 * 1024 * 1024
#: Rows that are inserted at once, and the most bytes of them.
_ROWS, _BYTES = 500, 8 * 1024 * 1024


def save(connection: Connection, target: Path) -> None:
    """Every row that the transaction sees, into a new file that only its owner may read.

    Raises InputError if the file is there already or cannot be written.
    """
    if not standing(connection):
        raise StateError(
            "there is nothing to back up", expected="a database with a schema", found="an empty one"
        )
    if target.exists():
        raise _unfit(target, "a file that is not there yet", "one that is", "name another file")
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        try:
            _pack(connection, handle)
            _place(Path(name), target)
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError as error:
        said = str(error.strerror)
        raise _unfit(target, "a new file in a folder with room", said, "name another file") from error


def _pack(connection: Connection, handle: int) -> None:
    with os.fdopen(handle, "wb") as raw:
        with gzip.GzipFile("", "wb", 6, raw, mtime=0) as packed:
            _write(connection, packed)
        raw.flush()
        os.fsync(raw.fileno())


def _place(part: Path, target: Path) -> None:
    """Gives a whole file its name; a link takes no other file's place, where the disk has links."""
    try:
        os.link(part, target)
    except OSError:
        if target.exists():
            raise
        part.rename(target)


def load(connection: Connection, source: Path) -> None:
    """A backup in the place of an empty database, brought to this release and proven.

    Raises StateError if the database is not empty, InputError for a file that is cut, altered or of a newer
    release, OutageError if what it holds disagrees with itself. Whoever raises undoes the transaction.
    """
    lines = _lines(source)
    revision = _header(source, next(lines, ""))
    _clear(connection, revision)
    upgrade(connection, revision)
    known = _tables(connection)
    for table in known.values():
        connection.execute(table.delete())
    _fill(connection, source, known, lines)
    _count_on(connection, known)
    upgrade(connection)
    required(connection)


def _write(connection: Connection, packed: gzip.GzipFile) -> None:
    done, rows = sha256(), 0

    def put(value: object) -> None:
        line = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        done.update(line)
        packed.write(line)

    put({"format": FORMAT, "release": __version__, "revision": standing(connection)})
    for name, table in sorted(_tables(connection).items()):
        put({"table": name, "columns": [c.name for c in table.columns]})
        ordered = select(table).order_by(*table.primary_key.columns)
        for row in connection.execute(ordered.execution_options(yield_per=_ROWS)):
            put([_said(v) for v in row])
            rows += 1
    packed.write(json.dumps({"rows": rows, "sha256": done.hexdigest()}).encode() + b"\n")


def _tables(connection: Connection) -> dict[str, Table]:
    """The tables as they are now, which may be those of an older release."""
    found = metadata
    if standing(connection) != newest():
        found = MetaData()
        found.reflect(connection)
    return {name: table for name, table in found.tables.items() if name != MARK}


def _said(value: Any) -> Any:  # noqa: ANN401 - a column of any kind
    return {"b": b64encode(value).decode()} if isinstance(value, (bytes, memoryview)) else value


def _read(value: Any) -> Any:  # noqa: ANN401 - as above
    return b64decode(value["b"], validate=True) if isinstance(value, dict) else value


def _clear(connection: Connection, revision: str) -> None:
    """Drops empty tables of another revision. Raises StateError if there is anything in any."""
    if not standing(connection):
        return
    quoted = connection.dialect.identifier_preparer.quote
    tables = _tables(connection)
    if connection.dialect.name == "postgresql":  # SQLite's one writer is us
        connection.execute(sql(f"LOCK TABLE {', '.join(map(quoted, tables))} IN EXCLUSIVE MODE"))
    full = [n for n, t in sorted(tables.items()) if n != "head" and _count(connection, t)]
    if full:
        raise StateError(
            "this database is not empty",
            where=connection.engine.url.render_as_string(hide_password=True),
            expected="a database without anything in it",
            found=f"rows in {', '.join(full)[:200]}",
            next_step="restore into a new database",
        )
    if standing(connection) != revision:
        for table in tables.values():
            table.drop(connection)
        connection.execute(sql(f"DROP TABLE {MARK}"))


def _count(connection: Connection, table: Table) -> int:
    found: int = connection.execute(select(func.count()).select_from(table)).scalar_one()
    return found


def _lines(source: Path) -> Iterator[str]:
    """Every line but the last, which is the hash of the others. Raises InputError if it is not."""
    done, rows, held = sha256(), 0, b""
    try:
        with gzip.open(source, "rb") as packed:
            while line := packed.readline(_LONGEST):
                if held:
                    done.update(held)
                    rows += held.startswith(b"[")
                    yield held.decode()
                held = line
        last = json.loads(held)
        whole = last == {"rows": rows, "sha256": done.hexdigest()}
    except (EOFError, zlib.error, gzip.BadGzipFile, ValueError, RecursionError) as error:
        raise _altered(source, str(error)[:100]) from error
    except OSError as error:
        raise _unfit(source, "a backup file", str(error.strerror), "name a backup file") from error
    if not whole:
        raise _altered(source, "a last line that does not fit the others")


def _header(source: Path, line: str) -> str:
    """The revision of a backup."""
    found = _parsed(source, line or "{}")
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise _unfit(source, f"a file of format {FORMAT}", line[:100], "name a file that `backup` wrote")
    revision = found.get("revision")
    if revision not in {step.revision for step in steps().walk_revisions()}:
        raise _unfit(
            source, "a backup of this release or an older one", f"release {found.get('release')}"[:100],
            "restore it with the release that made it, or a newer one",
        )  # fmt: skip
    return str(revision)


def _fill(connection: Connection, source: Path, known: dict[str, Table], lines: Iterator[str]) -> None:
    table: Table | None = None
    names: list[str] = []
    rows: list[dict[str, Any]] = []
    size = 0
    for line in lines:
        found = _parsed(source, line)
        if isinstance(found, dict):
            _insert(connection, table, rows)
            table, names, rows, size = known.get(found.get("table", "")), found.get("columns", []), [], 0
        if table is None or sorted(names) != sorted(table.columns.keys()):
            raise _altered(source, f"no table for {line[:80]}")
        if isinstance(found, list):
            rows.append(_row(source, names, found))
            size += len(line)
        if len(rows) >= _ROWS or size > _BYTES:
            _insert(connection, table, rows)
            rows, size = [], 0
    _insert(connection, table, rows)


def _row(source: Path, names: list[str], found: list[Any]) -> dict[str, Any]:
    try:
        return dict(zip(names, map(_read, found), strict=True))
    except (ValueError, TypeError, KeyError) as error:
        raise _altered(source, str(error)[:100]) from error


def _insert(connection: Connection, table: Table | None, rows: list[dict[str, Any]]) -> None:
    if table is not None and rows:
        connection.execute(insert(table), rows)


def _count_on(connection: Connection, known: dict[str, Table]) -> None:
    """Lets PostgreSQL count on from the numbers that it was given."""
    if connection.dialect.name != "postgresql":
        return
    for name, table in known.items():
        keys = [c for c in table.primary_key.columns if isinstance(c.type, (BigInteger, Integer))]
        series = func.pg_get_serial_sequence(name, keys[0].name) if keys else None
        counted = series is not None and connection.execute(select(series)).scalar_one()
        last = counted and connection.execute(select(func.max(keys[0]))).scalar_one()
        if last:
            connection.execute(select(func.setval(counted, last)))


def _parsed(source: Path, line: str) -> Any:  # noqa: ANN401 - JSON holds any value
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as error:
        raise _altered(source, str(error)[:100]) from error


def _altered(source: Path, found: str) -> InputError:
    return _unfit(
        source, "a whole backup, as it was written", found, "take another backup; nothing was restored"
    )


def _unfit(path: Path, expected: str, found: str, following: str) -> InputError:
    return InputError(
        "this file cannot be used as a backup", where=str(path), expected=expected, found=found,
        next_step=following,
    )  # fmt: skip
