"""A small dataframe of movements, in every kind that a notebook may hold."""

from __future__ import annotations

import polars as pl
import pytest

ROWS = {
    "order": [7, 8, 9, 10],
    "day": ["2025-04-20", "2025-06-15", "2026-11-16", "2025-04-03"],
    "from": ["CN", "CN", "CN", "cn"],
    "dest": ["US", "US", "DE", "CH"],
    "kind": ["magnet", "magnet", "metal", "magnet"],
    "material": ["NdFeB", "NdFeB", "element", "SmCo"],
    "elements": ["Dy; Nd; Pr", "Dy; Nd; Pr", "Ho", "Sm"],
    "buyer": ["Echodyne", "Echodyne", "Nordhain Antriebe GmbH", "Fernhill Pigments AG"],
}
#: What every test asks, unless it asks something else.
ASKED = {"on": "day", "known": "2026-11-21", "columns": {"dest": "to"}, "parties": ["buyer"]}
OUTCOMES = ["prohibited", "licence", "unverified", "not_controlled"]
RULES = ["cn/mofcom-2025-22/1", "cn/mofcom-2025-18/1C905", "cn/mofcom-2025-57/1C909", None]


@pytest.fixture
def rows():
    """The rows as a Polars dataframe."""
    return pl.DataFrame(ROWS)


@pytest.fixture
def asked():
    """The options that every test uses, with some replaced."""
    return lambda **changed: {**ASKED, **changed}


@pytest.fixture(params=["polars", "pandas", "pyarrow"])
def table(request, rows):
    """The rows in each kind of dataframe."""
    return {"polars": lambda: rows, "pandas": rows.to_pandas, "pyarrow": rows.to_arrow}[request.param]()
