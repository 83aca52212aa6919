from __future__ import annotations

import pytest

from xenotime.core.errors import BookError
from xenotime.supply.world.read import number, table, words


def test_tables_are_read_whole():
    assert table("transit")[0]["from"] == "CN"


def test_missing_table_is_named():
    with pytest.raises(BookError, match="this table is missing") as caught:
        table("nothing")
    assert caught.value.problem.where == "supply/world/tables/nothing.csv"


def test_cell_that_is_no_number_is_named():
    with pytest.raises(BookError, match="this cell is not a number"):
        number({"days": "many"}, "days")
    assert words({"claims": "a-1 b-2"}, "claims") == ("a-1", "b-2")


def test_every_row_of_every_table_states_its_ground():
    for name in (
        "inputs",
        "levers",
        "cover",
        "stages",
        "options",
        "projects",
        "buildtimes",
        "uses",
        "transit",
        "metals",
    ):
        assert all(row["ground"] or row.get("claims") for row in table(name)), name
