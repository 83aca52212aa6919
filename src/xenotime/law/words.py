"""The few words that column expressions are made of, in narwhals (any engine) or in Polars itself.

The two vocabularies are the same words. Polars is spoken directly where it is the engine, because
translating some thousand expressions for each chunk of rows would cost more than deciding it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Any

import narwhals as nw
import polars as pl

#: An expression of either vocabulary.
Expr = Any


@dataclass(frozen=True)
class Words:
    """One vocabulary: how to name a column, write a literal, choose, and join truths."""

    col: Callable[[str], Expr]
    lit: Callable[[Any, Any], Expr]
    when: Callable[[Expr], Any]
    boolean: Any
    byte: Any
    small: Any
    short: Any
    long: Any
    wider: tuple[Any, ...]

    def some(self, parts: Sequence[Expr]) -> Expr:
        """True if any part is, unknown if none is and one is unknown."""
        return reduce(or_, parts) if parts else self.lit(False, self.boolean)

    def every(self, parts: Sequence[Expr]) -> Expr:
        """False if any part is, unknown if none is and one is unknown."""
        return reduce(and_, parts) if parts else self.lit(True, self.boolean)

    def unknown(self) -> Expr:
        """The truth value that nobody knows."""
        return self.lit(None, self.boolean)


def surely(column: Expr) -> Expr:
    """True where the column is known to be true."""
    return column.fill_null(value=False)


def possibly(column: Expr) -> Expr:
    """True where the column is true or unknown."""
    return column.fill_null(value=True)


NARWHALS = Words(
    nw.col,
    nw.lit,
    nw.when,
    nw.Boolean,
    nw.UInt8,
    nw.Int8,
    nw.Int16,
    nw.Int64,
    (nw.UInt16, nw.Int32),
)
POLARS = Words(
    pl.col,
    pl.lit,
    pl.when,
    pl.Boolean,
    pl.UInt8,
    pl.Int8,
    pl.Int16,
    pl.Int64,
    (pl.UInt16, pl.Int32),
)
