"""The systemic risk of firms: in the terminal, and as CSV."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rich.console import Group, RenderableType
from rich.text import Text

from xenotime.report.atomic import write
from xenotime.report.supply.files import table_text
from xenotime.report.terminal import grid, heading, muted, part
from xenotime.services.supply.firms import LINES, Branch, Firm, Ranking
from xenotime.services.supply.tables import Cell

#: The columns of the table of all firms, and of the curve for a figure.
COLUMNS = ("rank", "firm", "sector", "sales", "sales_share", "index", "downstream", "upstream", "rounds")
POINTS = ("rank", "index")


def ranking(made: Ranking, top: int) -> RenderableType:
    """The answer: how many firms can stop how much, the first of them, and the sectors they are in."""
    return Group(
        heading(_headline(made)),
        *(Text(line) for line in _lines(made)),
        part(f"The first {min(top, len(made.firms))}", _table(map(_firm, made.firms[:top]), _HEAD)),
        part("By sector", _table(map(_sector, made.sectors[:top]), _SECTOR_HEAD)),
        muted(_how(made)),
    )


def _headline(made: Ranking) -> str:
    first = made.firms[0]
    return f"{first.name} alone can stop {_percent(first.index)} of the output of {len(made.firms):,} firms"


def _lines(made: Ranking) -> list[str]:
    count = len(made.firms)
    told = [
        f"{number:,} of {count:,} firms ({_percent(number / count)}) can each stop {_percent(line)} or more"
        for line, number in made.reach
    ]
    return [*told, f"half of the sum of all indices is held by {made.half:,}"]


_HEAD = ("", "firm", "sector", "index", "by buyers", "by suppliers", "own sales")
_SECTOR_HEAD = ("sector", "firms", f"≥ {LINES[0]:.0%}", "mean", "largest", "which")


def _firm(row: Firm) -> tuple[str, ...]:
    shares = (row.index, row.down, row.up, row.share)
    return (str(row.rank), row.name, row.sector, *map(_percent, shares))


def _sector(row: Branch) -> tuple[str, ...]:
    return (
        row.sector,
        f"{row.firms:,}",
        f"{row.reach:,}",
        _percent(row.mean),
        _percent(row.largest),
        row.first,
    )


def _table(rows: Iterable[tuple[str, ...]], head: tuple[str, ...]) -> RenderableType:
    cells = [tuple(Text(cell, style="bold") for cell in head)]
    cells += [tuple(Text(cell) for cell in row) for row in rows]
    return grid(cells)


def _percent(share: float) -> str:
    return f"{share:.3%}" if 0 < share < 0.001 else f"{share:.1%}"


def _how(made: Ranking) -> str:
    inputs = (
        "inputs essential as the given table says"
        if made.matrix
        else "no table of essential inputs was given: none is a bottleneck, and losses are a lower bound"
    )
    place = "others in a market take over what they can" if made.replaceable else "nobody takes over anything"
    return (
        f"{made.links:,} links; {inputs}; {place}; a cascade ends when no firm loses more than "
        f"{_percent(made.epsilon)} in a round; losses are weighed by sales in the network. A static index: "
        "no time, no stocks, no recovery. Method: Diem et al. 2022, doi:10.1038/s41598-022-11522-z."
    )


def write_ranking(made: Ranking, folder: Path) -> list[Path]:
    """The table of all firms and the ranked curve, as CSV in a folder. Raises InputError."""
    firms: list[tuple[Cell, ...]] = [
        (r.rank, r.name, r.sector, r.sales, r.share, r.index, r.down, r.up, r.rounds) for r in made.firms
    ]
    points: list[tuple[Cell, ...]] = list(made.curve)
    return [
        write(folder / name, table_text((head, tuple(rows))).encode("utf-8-sig"))
        for name, head, rows in (("firms.csv", COLUMNS, firms), ("curve.csv", POINTS, points))
    ]
