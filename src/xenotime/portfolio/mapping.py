"""How the columns of an export are read: proposed once, saved, edited, used again next month."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from xenotime.core.dates import ORDERS
from xenotime.core.errors import InputError
from xenotime.portfolio.content import refine
from xenotime.portfolio.headers import find_header, labels, score, words
from xenotime.portfolio.sheets import Grid

#: Fields without which a section cannot be read; one of each inner group is enough.
NEEDED = {"orders": (("day",), ("product", "text")), "declarations": (("product",), ("states",))}


@dataclass(frozen=True, slots=True)
class Section:
    """One sheet of an export: its header row (from 1) and, for each field, the header of its column."""

    sheet: str
    header_row: int
    columns: Mapping[str, str]
    unmatched: tuple[str, ...] = ()
    date_order: str = ""
    decimal: str = ""


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """The whole mapping. `signs` says what ¥ and $ mean; `units` what a unit of the export means."""

    orders: Section
    declarations: Section | None = None
    signs: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    encoding: str = ""


def propose(grids: tuple[Grid, ...]) -> ColumnMap:
    """A mapping by the words of the headers.

    Raises InputError if no sheet has a header with a day and an item.
    """
    told = {grid.sheet or grid.file: grid for grid in grids if _declares(grid)}
    orders = [section for grid in grids if grid.rows and (section := _section(grid, "orders")) is not None]
    orders = [section for section in orders if section.sheet not in told]
    if not orders:
        raise _no_header(grids)
    declared = [section for grid in told.values() if (section := _section(grid, "declarations")) is not None]
    best = max(orders, key=lambda section: len(section.columns))
    return ColumnMap(best, declared[0] if declared else None)


def _declares(grid: Grid) -> bool:
    name = grid.sheet or Path(grid.file).stem
    return score(name, words("sheets")["declarations"]) > 0


def _section(grid: Grid, name: str) -> Section | None:
    row, fields = find_header(grid, name)
    if row and name == "orders":
        fields = refine(
            fields, [cells for number, cells in grid.lines() if number > row], len(grid.rows[row - 1])
        )
    if not row or not all(any(one in fields for one in group) for group in NEEDED[name]):
        return None
    names = labels(grid.rows[row - 1])
    unmatched = tuple(label for at, label in enumerate(names) if label and at not in fields.values())
    ordered = {known: names[fields[known]] for known in words(name) if known in fields}
    return Section(grid.sheet or grid.file, row, ordered, unmatched)


def declaration_section(grids: tuple[Grid, ...]) -> Section:
    """The mapping of a file of supplier declarations. Raises InputError if it has no such header."""
    found = [section for grid in grids if (section := _section(grid, "declarations")) is not None]
    if not found:
        raise InputError(
            "no header of supplier declarations was found",
            where=", ".join(grid.name for grid in grids),
            expected="a line that names an item and a statement",
            found="no such line",
            next_step="name the columns: item, supplier, date, statement, value, currency, document",
        )
    return found[0]


def locate(section: Section, grids: tuple[Grid, ...]) -> tuple[Grid, int, dict[str, int]]:
    """The grid, the header row (from 1) and the column of each field that a saved section names.

    Raises InputError naming the headers that are not there.
    """
    wanted = set(section.columns.values())
    named = [grid for grid in grids if section.sheet in (grid.sheet, grid.file)] or list(grids)
    nearest: set[str] = set()
    for grid in named:
        for number, row in enumerate(grid.rows, start=1):
            names = labels(row)
            if wanted <= set(names):
                return grid, number, {name: names.index(label) for name, label in section.columns.items()}
            nearest = max(nearest, wanted & set(names), key=len)
    raise InputError(
        "the mapping does not fit this export",
        where=", ".join(grid.name for grid in named),
        expected=f"one row with the headers {', '.join(sorted(wanted))}",
        found=f"no {', '.join(sorted(wanted - nearest))}",
        next_step="correct the headers in mapping.toml, or leave the mapping out to have one proposed",
    )


def read_mapping(path: Path | str) -> ColumnMap:
    """A saved mapping. Raises InputError if it is not written as `mapping_text` writes it."""
    file = Path(path)
    try:
        data = tomllib.loads(file.read_text("utf-8-sig"))
        return ColumnMap(
            _read_section(data["orders"], "orders"),
            _read_section(data["declarations"], "declarations") if "declarations" in data else None,
            dict(data.get("signs", {})),
            dict(data.get("units", {})),
            str(data.get("encoding", "")),
        )
    except OSError as error:
        raise _bad(file, error.strerror or "no such file") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError, AttributeError) as error:
        raise _bad(file, f"{type(error).__name__}: {error}") from error
    except InputError as error:
        raise _bad(file, error.problem.found) from error


def _read_section(data: Mapping[str, object], name: str) -> Section:
    columns = data["columns"]
    order, decimal = str(data.get("date_order", "")), str(data.get("decimal", ""))
    if not isinstance(columns, dict) or set(columns) - set(words(name)):
        fields = set(columns) - set(words(name)) if isinstance(columns, dict) else columns
        raise InputError(
            "unknown field", found=f"fields {fields} in [{name}.columns]; known: {', '.join(words(name))}"
        )
    if order not in ("", *ORDERS) or decimal not in ("", ".", ","):
        raise InputError("unknown choice", found=f'date_order = "{order}", decimal = "{decimal}"')
    row = data.get("header_row", 0)
    return Section(
        str(data.get("sheet", "")),
        row if isinstance(row, int) else 0,
        {str(key): str(label) for key, label in columns.items()},
        (),
        order,
        decimal,
    )


def mapping_text(mapping: ColumnMap) -> str:
    """The mapping as the text of mapping.toml, with a word on each choice."""
    lines = [
        "# How the columns of this export are read. Correct it, and use it again next month:",
        "# xenotime new FOLDER --from EXPORT --mapping mapping.toml",
        "",
        f"encoding = {_quote(mapping.encoding)}   # of a CSV export that is not UTF-8, such as gb18030",
    ]
    lines += _section_lines("orders", mapping.orders)
    if mapping.declarations is not None:
        lines += _section_lines("declarations", mapping.declarations)
    lines += ["", "# What a sign of several currencies means here.", "[signs]"]
    lines += [f"{_quote(sign)} = {_quote(code)}" for sign, code in sorted(mapping.signs.items())]
    lines += ["", '# Units that are not known by themselves: "箱" = "piece"', "[units]"]
    lines += [f"{_quote(unit)} = {_quote(known)}" for unit, known in sorted(mapping.units.items())]
    return "\n".join(lines) + "\n"


def _section_lines(name: str, section: Section) -> list[str]:
    lines = [
        "",
        f"[{name}]",
        f"sheet = {_quote(section.sheet)}",
        f"header_row = {section.header_row}",
        f'date_order = {_quote(section.date_order)}   # dmy or mdy, for 03/04/2025; "" looks at the column',
        f'decimal = {_quote(section.decimal)}   # "." or ","; "" looks at the column',
        "",
        f"# Fields you may map: {', '.join(words(name))}",
        f"[{name}.columns]",
    ]
    lines += [f"{known} = {_quote(label)}" for known, label in section.columns.items()]
    return lines + [f"# not used: {label}" for label in section.unmatched]


def settle(section: Section, *, date_order: str = "", decimal: str = "") -> Section:
    """The section with choices that were given, or found in its columns, filled in."""
    return replace(section, date_order=section.date_order or date_order, decimal=section.decimal or decimal)


def _quote(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _bad(file: Path, found: str) -> InputError:
    return InputError(
        "this mapping cannot be used",
        where=file.name,
        expected="a mapping.toml as `xenotime new FOLDER --from EXPORT` writes it",
        found=found,
        next_step="correct it, or leave it out to have one proposed",
    )


def _no_header(grids: tuple[Grid, ...]) -> InputError:
    return InputError(
        "no header line was found in this export",
        where=", ".join(grid.name for grid in grids) or "the export",
        expected="a line that names a date and an item number or text, in English, German or Chinese",
        found="no such line in the first rows of any sheet",
        next_step="name the columns in a header line, or write them into a mapping.toml",
    )
