"""`xenotime backtest`: the model scored on what happened after April 2025, and where it fails."""

from __future__ import annotations

import csv
import os
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from importlib import import_module
from io import StringIO
from pathlib import Path

import click

from xenotime.cli.progress import counting
from xenotime.core.errors import InputError
from xenotime.report.atomic import write
from xenotime.report.words import LANGUAGES, load

_HEAD = ("series", "month", "value", "source")
_LARGEST = 1_000_000


@click.command(short_help="Score the model on what happened after April 2025.")
@click.option("--draws", type=click.IntRange(16, 100_000), default=1024, show_default=True, help="Draws.")
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=1, show_default=True, help="Seed.")
@click.option(
    "--outcome",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help="Further months to score: CSV of series, month, value, source.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="Folder for page, tables.",
)
@click.option(
    "--freeze",
    "frozen",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help="Record this forecast, with the hash of its inputs, in a file.",
)
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", help="The page's language.")
def backtest(
    draws: int, seed: int, outcome: Path | None, out: Path | None, frozen: Path | None, lang: str
) -> None:
    """Score the model on the months after 4 April 2025, beside naive forecasts, and say where it fails.

    \b
    xenotime backtest                              months of 2025, stops and prices
    xenotime backtest --out backtest               the page and its tables too
    xenotime backtest --outcome months.csv         months that you know and the tables do not

    Draws of the inputs are weighed by April to June 2025; July and August, and whatever came later, only
    score them. The frozen forecast in the package says what was forecast before later months were added.
    """
    parts, pages = import_module("xenotime.wiring.backtest"), import_module("xenotime.report.supply.scores")
    added = _added(outcome, parts.series()) if outcome else {}
    with counting("running draws", "draws") as tell:
        found = parts.backtest(
            draws=draws, seed=seed, threads=os.cpu_count() or 1, added=added, progress=tell
        )
    for line in pages.lines(found):
        click.echo(line)
    if frozen:
        click.echo(f"wrote {write(frozen, parts.freeze(found).encode())}")
    if out:
        for path in pages.written(out, found, load(lang)):
            click.echo(f"wrote {path}")


def _added(path: Path, names: Collection[str]) -> Mapping[tuple[str, str], tuple[float, str]]:
    """The further months of a file. Raises InputError by row."""
    text = path.read_bytes()[: _LARGEST + 1].decode("utf-8-sig", "replace")
    try:
        rows = list(csv.reader(StringIO(text))) if len(text) <= _LARGEST else [["a larger file"]]
    except csv.Error as error:
        rows = [[str(error)]]
    if not rows or tuple(rows[0]) != _HEAD:
        raise InputError(
            "this is no table of further months",
            where=str(path),
            expected=f"a CSV file below 1 MB with the columns {', '.join(_HEAD)}",
            found=", ".join(rows[0]) if rows else "nothing",
            next_step="write the first row so",
        )
    found: dict[tuple[str, str], tuple[float, str]] = {}
    for number, row in enumerate(rows[1:], 2):
        if row:
            where = f"{path}, row {number}"
            month, said = _month(row, where, names)
            if month in found:
                raise _odd_month(where, "each month of a series once", ", ".join(month))
            found[month] = said
    return found


def _month(
    row: Sequence[str], where: str, names: Collection[str]
) -> tuple[tuple[str, str], tuple[float, str]]:
    if len(row) != len(_HEAD):
        raise _odd_month(where, f"{len(_HEAD)} cells; no comma inside a number", ", ".join(row))
    series, month, value, source = (cell.strip() for cell in row)
    try:
        day, amount = date.fromisoformat(f"{month}-01"), float(value)
    except ValueError:
        day, amount = date.min, -1.0
    if series not in names or day.year != 2025 or day.month < 4 or not 0 <= amount < 1e12 or not source:
        wanted = f"series of {', '.join(sorted(names))}; month 2025-04 to 2025-12; value; its source"
        raise _odd_month(where, wanted, f"{series}, {month}, {value}, {source}")
    return (series, month), (amount, source)


def _odd_month(where: str, expected: str, found: str) -> InputError:
    return InputError(
        "this month cannot be scored",
        where=where,
        expected=expected,
        found=found,
        next_step="correct the row; a figure without a source is refused",
    )
