from __future__ import annotations

from xenotime.portfolio.headers import find_header, labels
from xenotime.portfolio.sheets import Grid


def grid(*row):
    return Grid("a.csv", "", (row,))


def test_repeated_labels_are_numbered_also_beside_one_that_looks_numbered():
    assert labels(["Date", "", "Date (2)", None, "Date", "Date"]) == (
        "Date",
        "",
        "Date (2)",
        "",
        "Date (3)",
        "Date (4)",
    )
    assert labels(["id"] * 20_000)[-1] == "id (20000)"


def test_a_header_is_looked_for_in_the_first_columns_only():
    said = ("Ship date", "Item number")
    assert find_header(grid(*("x",) * 400, *said), "orders")[0] == 1
    assert find_header(grid(*("x",) * 500, *said), "orders") == (0, {})
