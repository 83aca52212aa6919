"""A portfolio in memory: typed rows that remember the file and line they came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from xenotime.core.errors import Problem


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table. `values` has every column of the schema; None means the cell is empty.

    `unsure` names the columns whose cell says "unknown": the fact was asked and nobody knows,
    so no presumption may fill it.
    """

    values: Mapping[str, object]
    file: str
    row: int
    unsure: frozenset[str] = frozenset()

    def text(self, column: str) -> str:
        """The cell as text; "" if it is empty."""
        value = self.values[column]
        return "" if value is None else str(value)

    def number(self, column: str) -> Decimal | None:
        """The cell as an exact number; None if it is empty."""
        value = self.values[column]
        return Decimal(value) if isinstance(value, (int, Decimal)) else None

    def day(self, column: str) -> date | None:
        """The cell as a day; None if it is empty."""
        value = self.values[column]
        return value if isinstance(value, date) else None

    def truth(self, column: str) -> bool | None:
        """The cell as yes or no; None if it is empty or says unknown."""
        value = self.values[column]
        return value if isinstance(value, bool) else None

    def where(self, column: str = "") -> str:
        """The place of this row, or of one of its cells, as a person finds it."""
        return place(self.file, self.row, column)


@dataclass(frozen=True, slots=True)
class Portfolio:
    """The user's tables, all of them, each possibly empty. `path` is what was read.

    `broken` names tables that are there and could not be read: nothing is known of their ids.
    """

    tables: Mapping[str, tuple[Row, ...]]
    path: str = ""
    broken: frozenset[str] = frozenset()
    warnings: tuple[Problem, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        """Seal the mapping of tables."""
        object.__setattr__(self, "tables", MappingProxyType(dict(self.tables)))

    def __getitem__(self, table: str) -> tuple[Row, ...]:
        """The rows of a table; none if the portfolio does not have it."""
        return self.tables.get(table, ())

    def index(self, table: str, column: str) -> dict[str, Row]:
        """The rows of a table by the text of one column; the first row wins."""
        found: dict[str, Row] = {}
        for row in self[table]:
            found.setdefault(row.text(column), row)
        return found

    def groups(self, table: str, column: str) -> dict[str, list[Row]]:
        """The rows of a table grouped by the text of one column, in the order of the file."""
        found: dict[str, list[Row]] = {}
        for row in self[table]:
            found.setdefault(row.text(column), []).append(row)
        return found


def place(file: str, row: int = 0, column: str = "") -> str:
    """A place in a file in words.

    >>> place("parts.csv", 12, "unit")
    'parts.csv, row 12, column unit'
    """
    parts = [file, f"row {row}" if row else "", f"column {column}" if column else ""]
    return ", ".join(part for part in parts if part)
