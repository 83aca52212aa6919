"""The vocabulary of column expressions as small trees, from which `query` writes SQL.

Whole numbers and truths know themselves apart only once their columns are known, so `|` stands for both.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from xenotime.law.words import Words

#: A constant of SQL: a truth, a whole number, a day, or null.
Plain: TypeAlias = bool | int | date | None
#: The types of SQL that decisions need, in every dialect by these names.
BOOLEAN, WORD, LONG = "BOOLEAN", "INTEGER", "BIGINT"


@dataclass(frozen=True, slots=True, eq=False)
class Sql:
    """One expression: an operation over others, a column, or a constant; `name` is what it is called."""

    op: str
    args: tuple[Any, ...] = ()
    name: str = ""

    def alias(self, name: str) -> Sql:
        """The same expression under a name."""
        return Sql(self.op, self.args, name)

    def is_null(self) -> Sql:
        """Whether it is unknown."""
        return Sql("null?", (self,))

    def fill_null(self, value: Plain) -> Sql:
        """It, or a value where it is unknown."""
        return Sql("coalesce", (self, lift(value)))

    def cast(self, kind: str) -> Sql:
        """It as another type."""
        return Sql("cast", (self, kind))

    def __and__(self, other: Sql | Plain) -> Sql:
        return Sql("and", (self, lift(other)))

    def __or__(self, other: Sql | Plain) -> Sql:
        return Sql("or", (self, lift(other)))

    def __invert__(self) -> Sql:
        return Sql("not", (self,))

    def __eq__(self, other: object) -> Sql:  # type: ignore[override] # an expression, as in every dataframe
        return Sql("=", (self, lift(other)))

    def __ne__(self, other: object) -> Sql:  # type: ignore[override] # an expression, as in every dataframe
        return Sql("<>", (self, lift(other)))

    def __lt__(self, other: Sql | Plain) -> Sql:
        return Sql("<", (self, lift(other)))

    def __le__(self, other: Sql | Plain) -> Sql:
        return Sql("<=", (self, lift(other)))

    def __gt__(self, other: Sql | Plain) -> Sql:
        return Sql(">", (self, lift(other)))

    def __ge__(self, other: Sql | Plain) -> Sql:
        return Sql(">=", (self, lift(other)))

    def __add__(self, other: Sql | Plain) -> Sql:
        return Sql("+", (self, lift(other)))

    def __sub__(self, other: Sql | Plain) -> Sql:
        return Sql("-", (self, lift(other)))

    def __mul__(self, other: Sql | Plain) -> Sql:
        return Sql("*", (self, lift(other)))

    __hash__ = None  # type: ignore[assignment] # equality makes an expression


@dataclass(frozen=True, slots=True)
class When:
    """A choice that waits for what to take when its test holds, and what otherwise."""

    test: Sql
    held: Sql | None = None

    def then(self, value: Sql | Plain) -> When:
        """The choice with what to take when the test holds."""
        return When(self.test, lift(value))

    def otherwise(self, value: Sql | Plain) -> Sql:
        """The whole choice; what is unknown does not hold."""
        return Sql("case", (self.test, self.held, lift(value)))


def lift(value: object) -> Sql:
    """An expression as it is, and anything else as a constant."""
    return value if isinstance(value, Sql) else Sql("lit", (value, ""))


def literal(value: Plain, kind: str) -> Sql:
    """A constant of a type."""
    return Sql("lit", (value, kind))


def column(name: str) -> Sql:
    """A column by its name."""
    return Sql("col", (name,))


#: Every number is a word of 32 bits, or long: SQL engines gain nothing from smaller ones.
SQL = Words(column, literal, When, BOOLEAN, WORD, WORD, WORD, LONG, (WORD, WORD))
