"""Gives results back in the kind of dataframe that was asked about, beside the columns that it had."""

from __future__ import annotations

from typing import Any

import narwhals as nw
import polars as pl

from xenotime.core.errors import InputError


def beside(table: nw.DataFrame[Any], results: pl.DataFrame, prefix: str) -> Any:  # noqa: ANN401 - the caller's own kind
    """The caller's dataframe with the results as further columns, row by row, in its own kind.

    Raises InputError when a column has the name of a result.
    """
    named = results.rename({name: f"{prefix}{name}" for name in results.columns})
    taken = [name for name in named.columns if name in table.columns]
    if taken:
        raise InputError(
            "the dataframe has a column of this name already",
            where="the dataframe",
            expected=f"room for the results: {', '.join(named.columns)}",
            found=", ".join(taken),
            next_step="give the results another name: prefix='law_'",
        )
    native: Any = table.to_native()
    if isinstance(native, pl.DataFrame):
        return native.hstack(named.get_columns())
    if table.implementation.is_pyarrow():
        for column in named.get_columns():
            native = native.append_column(column.name, column.rechunk().to_arrow())
        return native
    if table.implementation.is_pandas():
        space = table.implementation.to_native_namespace()
        return native.assign(**{s.name: _categories(space, s) for s in named.get_columns()})
    kind = table.implementation
    texts = [nw.new_series(s.name, s.to_list(), nw.String, backend=kind) for s in named.get_columns()]
    return table.with_columns(*texts).to_native()


def _categories(pandas: Any, column: pl.Series) -> Any:  # noqa: ANN401 - pandas, if it is there, and its values
    """A column of few words as pandas keeps it: codes and categories."""
    codes = column.to_physical().cast(pl.Int32).fill_null(-1).to_numpy()
    return pandas.Categorical.from_codes(codes, column.cat.get_categories().to_list())
