"""Statements that every shipment asks: built once for each database, then handed to its driver as they are.

SQLAlchemy writes the SQL; what it does around each execution costs more than the database's own work. Errors
come as the driver's own, which `faults` tells as it tells all others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ClauseElement, Connection, Dialect
from sqlalchemy.dialects import sqlite

from xenotime.stores.database.faults import told

#: SQLite's driver takes values by name too, as PostgreSQL's does.
_NAMED = sqlite.dialect(paramstyle="named")


class Direct:
    """One statement; `names` are the columns that an insert fills (all of the table's if left out).

    Values must be what both drivers take as it is: text, whole numbers, bytes.
    """

    def __init__(self, statement: ClauseElement, *names: str) -> None:
        self._statement, self._names = statement, names
        self._built: dict[str, tuple[str, Mapping[str, Any]]] = {}

    def run(self, connection: Connection, values: Mapping[str, Any]) -> Any:  # noqa: ANN401 - the driver's cursor
        """The driver's cursor after the statement: its rows, or how many rows it touched.

        Raises InputError for signs that are no characters.
        """
        said, fixed = self._text(connection.dialect)
        cursor = _driver(connection).cursor()
        try:
            cursor.execute(said, {**fixed, **values})
        except UnicodeError as error:
            raise told(error, "a change") from error
        return cursor

    def each(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> int:
        """How many rows it touched, run once for each of the values. Raises InputError as `run` does."""
        said, fixed = self._text(connection.dialect)
        cursor = _driver(connection).cursor()
        try:
            cursor.executemany(said, [{**fixed, **row} for row in rows])
        except UnicodeError as error:
            raise told(error, "a change") from error
        return int(cursor.rowcount)

    def _text(self, dialect: Dialect) -> tuple[str, Mapping[str, Any]]:
        """The SQL, and the values that the statement itself holds."""
        found = self._built.get(dialect.name)
        if found is None:
            own = _NAMED if dialect.name == "sqlite" else dialect
            built = self._statement.compile(dialect=own, column_keys=list(self._names) or None)
            fixed = {name: value for name, value in built.params.items() if value is not None}
            found = self._built[dialect.name] = (str(built), fixed)
        return found


def _driver(connection: Connection) -> Any:  # noqa: ANN401 - SQLite's or PostgreSQL's connection
    return connection.connection.dbapi_connection
