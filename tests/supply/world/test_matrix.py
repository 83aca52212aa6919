from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xenotime.core.errors import BookError
from xenotime.supply.world.matrix import fit

POSITIVE = st.floats(0.1, 100)


@given(
    st.lists(st.lists(POSITIVE, min_size=3, max_size=3), min_size=2, max_size=4),
    st.lists(POSITIVE, min_size=3, max_size=3),
)
def test_totals_are_met_and_zeros_stay(prior, columns):
    start = np.array(prior)
    start[0, 0] = 0.0
    wanted = np.array(columns)
    rows = np.full(len(prior), wanted.sum() / len(prior))
    if rows[0] > 0.9 * wanted[1:].sum() or wanted[0] > 0.9 * rows[1:].sum():
        return
    found = fit(start, rows, wanted, "test")
    assert found.sum(axis=1) == pytest.approx(rows, rel=1e-11)
    assert found.sum(axis=0) == pytest.approx(wanted, rel=1e-11)
    assert found[0, 0] == 0


def test_totals_of_two_sums_are_refused():
    with pytest.raises(BookError, match="these flows cannot be balanced"):
        fit(np.ones((2, 2)), np.array([1.0, 2.0]), np.array([1.0, 1.0]), "here")


def test_prior_that_leaves_no_way_is_refused():
    with pytest.raises(BookError, match="after 20000 rounds"):
        fit(np.array([[1.0, 0.0], [1.0, 0.0]]), np.array([1.0, 1.0]), np.array([1.0, 1.0]), "here")
