"""Fit a matrix of flows to its row and column totals, keeping the pattern of a prior (RAS)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from xenotime.core.errors import BookError

_Floats = NDArray[np.float64]

#: How near each total must come, as a part of it, and after how many rounds the fit gives up.
NEAR, ROUNDS = 2e-12, 20_000


def fit(prior: _Floats, rows: _Floats, columns: _Floats, where: str) -> _Floats:
    """The matrix nearest to the prior whose rows and columns sum to the totals given (row, column).

    Nearest in the sense of relative entropy; zeros stay zeros. Raises BookError when the totals differ in
    sum or the zeros leave no matrix. Source: Bacharach 1970, Biproportional Matrices and Input-Output Change.

    >>> fit(np.ones((2, 2)), np.array([1.0, 3.0]), np.array([2.0, 2.0]), "").tolist()
    [[0.5, 0.5], [1.5, 1.5]]
    """
    top = max(float(rows.max(initial=0.0)), float(columns.max(initial=0.0)), 1e-300)
    if abs(float(rows.sum() - columns.sum())) > 1e-9 * max(top, float(rows.sum())):
        raise _apart(where, f"rows sum to {rows.sum():.9g}, columns to {columns.sum():.9g}")
    found = prior * (rows[:, None] > 0) * (columns[None, :] > 0)
    off = np.inf
    for _ in range(ROUNDS):
        found = found * _over(rows, found.sum(axis=1))[:, None]
        found = found * _over(columns, found.sum(axis=0))[None, :]
        off = float(_over(np.abs(found.sum(axis=1) - rows), rows).max(initial=0.0))
        if off < NEAR:
            return found
    raise _apart(where, f"after {ROUNDS} rounds the rows are still {off:.2g} off")


def _over(wanted: _Floats, has: _Floats) -> _Floats:
    return np.divide(wanted, has, out=np.zeros_like(wanted), where=has > 0)


def _apart(where: str, found: str) -> BookError:
    return BookError(
        "these flows cannot be balanced",
        where=where,
        expected="rows and columns of one sum, and a prior that lets every total be met",
        found=found,
        next_step="let the sellers of the table sell to one more buyer",
    )
