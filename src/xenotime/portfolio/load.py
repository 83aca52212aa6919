"""A folder of CSV files, or one workbook, as typed rows with every problem of every cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from xenotime.core.errors import InputError, Problem
from xenotime.portfolio.schema import Column, Table, schema
from xenotime.portfolio.sheets import Grid, read_grids
from xenotime.portfolio.table import Portfolio, Row, place
from xenotime.portfolio.values import UNKNOWN, as_text, parse_cell

#: The one workbook that a portfolio folder may hold instead of CSV files.
WORKBOOK = "portfolio.xlsx"
#: Sheets and files beside the tables that belong to a portfolio folder.
BESIDE = ("dictionary", "examples", "readme", "triage", "unread", "unread-declarations")
_FREE = ("text", "id")


@dataclass(slots=True)
class _Found:
    """What was read so far."""

    tables: dict[str, tuple[Row, ...]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def load(path: Path) -> tuple[Portfolio, tuple[Problem, ...]]:
    """The rows that could be read, and every problem of files, headers and cells.

    ``path`` is a folder with CSV files named after the tables, a folder with `portfolio.xlsx`,
    or a workbook with one sheet per table. A row with a problem is kept, its bad cells empty.
    """
    found = _Found()
    for grid in _grids(Path(path), found.problems):
        name = _table_name(grid, found.problems)
        if name:
            _take(grid, schema()[name], found)
    tables = {name: found.tables[name] for name in schema() if name in found.tables}
    broken = {name for name in schema() if _is_broken(name, Path(path), found)}
    return Portfolio(tables, str(path), broken=frozenset(broken)), tuple(found.problems)


def _is_broken(name: str, path: Path, found: _Found) -> bool:
    """Whether the table is there and could not be read at all."""
    return name not in found.tables and (path / f"{name}.csv").exists()


def _grids(path: Path, problems: list[Problem]) -> list[Grid]:
    if not path.is_dir():
        return _read(path, problems)
    grids = [
        grid for file in sorted(path.glob("*.csv")) if _wanted(file.stem) for grid in _read(file, problems)
    ]
    workbook = _read(path / WORKBOOK, problems) if (path / WORKBOOK).exists() else []
    if _filled(grids) and _filled(workbook):
        problems.append(
            Problem(
                "this folder holds the portfolio twice",
                path.name,
                f"either CSV files or {WORKBOOK}",
                "rows in both",
                "move one of them away",
            )
        )
    if not grids and not workbook and not problems:
        problems.append(
            Problem(
                "there is no portfolio here",
                str(path),
                f"CSV files named after the tables, or {WORKBOOK}",
                "neither" if path.exists() else "no such folder",
                "run `xenotime new FOLDER --template`, or check the path",
            )
        )
    return workbook if _filled(workbook) and not _filled(grids) else grids or workbook


def _read(path: Path, problems: list[Problem]) -> list[Grid]:
    try:
        return list(read_grids(path))
    except InputError as error:
        problems.append(error.problem)
        return []


def _filled(grids: list[Grid]) -> bool:
    """Whether any table has a line below its header."""
    return any(sum(1 for _ in grid.lines()) > 1 for grid in grids if grid_name(grid) in schema())


def _wanted(stem: str) -> bool:
    return stem.casefold() not in BESIDE


def grid_name(grid: Grid) -> str:
    """The table that a grid claims to be: its sheet, or its file without ending."""
    return grid.sheet or Path(grid.file).stem


def _table_name(grid: Grid, problems: list[Problem]) -> str:
    """The table of this name; a name that is nearly a table is an error, any other a warning."""
    name = grid_name(grid).strip().casefold()
    if name in schema():
        return name
    if name in BESIDE:
        return ""
    near = get_close_matches(name, schema(), n=1, cutoff=0.75)
    problems.append(
        Problem(
            "this is not one of the tables",
            grid.name,
            ", ".join(schema()),
            repr(grid_name(grid)),
            f"rename it to {near[0]!r}" if near else "rename it after a table, or leave it: it is not read",
            "error" if near else "warning",
        )
    )
    return ""


def _take(grid: Grid, table: Table, found: _Found) -> None:
    """Read one table into `found`."""
    if table.name in found.tables:
        found.problems.append(
            Problem(
                "this table is here twice", grid.name, "one table of each name", table.name, "join the two"
            )
        )
        return
    lines = list(grid.lines())
    if not lines:
        missing = Problem(
            "this table has no header", grid.name, ", ".join(table.columns), "no cells", "write it"
        )
        found.problems.append(missing)
        return
    header = _header(lines[0], grid, table, found.problems)
    width = max(at for at, cell in enumerate(lines[0][1], start=1) if cell is not None)
    rows = [_row(number, cells, header, width, grid, table, found.problems) for number, cells in lines[1:]]
    found.tables[table.name] = tuple(rows)


def _header(
    line: tuple[int, tuple[object, ...]], grid: Grid, table: Table, problems: list[Problem]
) -> Mapping[int, Column]:
    """Which column stands where; unknown, repeated and missing columns are problems."""
    number, cells = line
    where = place(grid.name, number)
    header: dict[int, Column] = {}
    for at, cell in enumerate(cells):
        name = as_text(cell).strip().casefold() if cell is not None else ""
        if name in table.columns and table.columns[name] not in header.values():
            header[at] = table.columns[name]
        elif name:
            problems.append(_bad_column(name, table, where))
    problems.extend(
        Problem(
            "a column is missing", where, f"column {column.name}: {column.about}", "no such column", "add it"
        )
        for column in table.columns.values()
        if column.required and column not in header.values()
    )
    return header


def _bad_column(name: str, table: Table, where: str) -> Problem:
    if name in table.columns:
        return Problem("a column is here twice", where, f"one column {name}", "two", "remove or rename one")
    near = get_close_matches(name, table.columns, n=1, cutoff=0.6)
    return Problem(
        "unknown column",
        where,
        f"columns of table {table.name}: {', '.join(table.columns)}",
        repr(name),
        f"did you mean {near[0]!r}?" if near else "rename it to one of the columns, or remove it",
    )


def _row(
    number: int,
    cells: tuple[object, ...],
    header: Mapping[int, Column],
    width: int,
    grid: Grid,
    table: Table,
    problems: list[Problem],
) -> Row:
    """One typed row; each bad cell is a problem and stays empty."""
    values: dict[str, object] = dict.fromkeys(table.columns)
    unsure: set[str] = set()
    if any(cell is not None for cell in cells[width:]):
        found = f"{len(cells)} cells under a header of {width}"
        what = "this row is longer than its header"
        problems.append(
            Problem(what, place(grid.name, number), "one cell a column", found, "quote commas in text")
        )
    for at, column in header.items():
        raw = cells[at] if at < len(cells) else None
        if raw is not None and column.type not in _FREE and as_text(raw).casefold() in UNKNOWN:
            unsure.add(column.name)
        elif raw is not None:
            values[column.name] = _cell(column, raw, place(grid.name, number, column.name), problems)
        elif column.required:
            problems.append(_absent(column, place(grid.name, number, column.name)))
    asked = (table.columns[name] for name in sorted(unsure))
    problems.extend(
        _absent(column, place(grid.name, number, column.name)) for column in asked if column.required
    )
    return Row(values, grid.name, number, frozenset(unsure))


def _cell(column: Column, raw: object, where: str, problems: list[Problem]) -> object:
    try:
        return parse_cell(column, raw, where)
    except InputError as error:
        problems.append(error.problem)
        return None


def _absent(column: Column, where: str) -> Problem:
    return Problem("a required cell is empty", where, column.about, "nothing", f"fill in {column.name}")
