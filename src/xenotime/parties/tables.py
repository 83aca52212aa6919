"""The packaged tables of the names package: legal forms, words, syllables, surnames, the register."""

from __future__ import annotations

import csv
import io
from functools import cache
from importlib.resources import files

from xenotime.core.errors import BookError

Row = dict[str, str]


@cache
def rows(name: str) -> tuple[Row, ...]:
    """The rows of one packaged table, each a dict of its columns, all text.

    Raises BookError when a row has more or fewer cells than the head of its table.

    >>> rows("families")[0]["family"]
    'direction'
    """
    text = (files("xenotime.parties") / "tables" / f"{name}.csv").read_text("utf-8")
    return parse(text, name)


@cache
def text(name: str) -> str:
    """The text of one packaged table or policy, by its file name."""
    return (files("xenotime.parties") / "tables" / name).read_text("utf-8")


def parse(text: str, name: str) -> tuple[Row, ...]:
    """The rows of a table's text. Raises BookError as `rows` does."""
    reader = csv.reader(io.StringIO(text))
    head = next(reader, [])
    found: list[Row] = []
    for cells in reader:
        if len(cells) != len(head):
            raise BookError(
                "a row of a packaged table does not fit its head",
                where=f"parties/tables/{name}.csv, line {reader.line_num}",
                expected=f"{len(head)} cells: {','.join(head)}",
                found=f"{len(cells)} cells",
                next_step="correct the line",
            )
        found.append(dict(zip(head, cells, strict=True)))
    return tuple(found)


def split(cell: str) -> tuple[str, ...]:
    """The values of a cell that holds several, divided by ``|``."""
    return tuple(value for value in cell.split("|") if value)
