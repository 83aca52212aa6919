"""Reads an annual report as people write it: a CSV file or a workbook, one row a use of a lot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from xenotime.content.elements import ELEMENTS
from xenotime.core.errors import InputError, Problem
from xenotime.portfolio.limits import Limits
from xenotime.portfolio.sheets import Grid, read_grids
from xenotime.portfolio.table import place
from xenotime.portfolio.values import as_text
from xenotime.programme.oversight.reconcile import INWARD, OUTWARD, TRANSFER, USED, Use

#: What a header may say for each column.
HEADERS: Mapping[str, tuple[str, ...]] = {
    "kind": ("kind", "类别"),
    "element": ("element", "元素"),
    "lot": ("lot", "batch", "批次", "批号"),
    "grams": ("grams", "g", "克"),
    "product": ("product", "产品"),
    "pieces": ("pieces", "件数"),
    "to": ("to", "handed to", "接收方"),
    "evidence": ("evidence", "证明", "凭证"),
}
NEEDED = ("kind", "element", "lot", "grams")
KINDS: Mapping[str, str] = {
    **{kind: kind for kind in (*INWARD, *OUTWARD)},
    "期初": "opening", "收到": "received", "使用": "used", "废料": "scrap",
    "损耗": "loss", "转让": "transfer", "期末": "closing",
}  # fmt: skip
#: The largest report [rows of all columns], the longest text of a cell [characters], the most grams of a row.
MOST_ROWS, MOST_SIGNS, MOST_GRAMS = 100_000, 200, 10**12
_UNKNOWN = ("", "?", "unknown", "未知")
_SHOWN = 5


def read_report(path: Path, *, encoding: str = "") -> tuple[Use, ...]:
    """The rows of an annual report. An empty cell of grams or a `?` is "not stated", never zero.

    Raises InputError with every row that cannot be used, or for a file that is no table of these columns.
    """
    bounds = Limits(file_bytes=16 << 20, unpacked_bytes=128 << 20, cells=MOST_ROWS * len(HEADERS))
    rows: list[Use] = []
    told: list[Problem] = []
    for grid in read_grids(path, encoding=encoding, limits=bounds):
        for where, cells in _cells(grid):
            found = _use(cells, where, told)
            if found is not None:
                rows.append(found)
    if told:
        raise _refused(path.name, told)
    if not rows:
        raise _other("this report holds no row", path.name, "at least one use of a lot", "none")
    return tuple(rows)


def _cells(grid: Grid) -> Iterator[tuple[str, dict[str, str]]]:
    """The texts of each row below the header, by column."""
    lines = grid.lines()
    header = next(lines, None)
    if header is None:
        return
    columns: dict[int, str] = {}
    for at, cell in enumerate(header[1]):
        said = " ".join(as_text(cell).casefold().replace("_", " ").split()) if cell is not None else ""
        name = next((c for c, words in HEADERS.items() if said in words), "")
        if name and name not in columns.values():
            columns[at] = name
    missing = [name for name in NEEDED if name not in columns.values()]
    if missing:
        said = ", ".join(as_text(c) for c in header[1] if c is not None)[:MOST_SIGNS]
        raise _other("this table is no annual report", grid.name, ", ".join(HEADERS), said)
    for number, row in lines:
        texts = {
            c: as_text(row[at]) if at < len(row) and row[at] is not None else "" for at, c in columns.items()
        }
        if any(texts.values()):
            yield place(grid.name, number), texts


def _use(cells: Mapping[str, str], where: str, told: list[Problem]) -> Use | None:
    before = len(told)
    kind = KINDS.get(cells["kind"].casefold(), "")
    if not kind:
        told.append(Problem("no such kind of use", where, ", ".join(KINDS), cells["kind"][:MOST_SIGNS]))
    element = cells["element"].capitalize()
    if element not in ELEMENTS:
        told.append(Problem("no such element", where, "a symbol such as Dy", cells["element"][:MOST_SIGNS]))
    if not cells["lot"]:
        told.append(Problem("this row names no lot", where, "the lot as the shipment named it", "nothing"))
    if kind == TRANSFER and not cells.get("to"):
        told.append(
            Problem("handed over, but not to whom", where, "the organisation's id in `to`", "nothing")
        )
    if kind == USED and not cells.get("product"):
        told.append(Problem("used, but not in what", where, "the product's id in `product`", "nothing"))
    long = next((c for c, text in cells.items() if len(text) > MOST_SIGNS), "")
    if long:
        told.append(
            Problem("this cell is too long", where, f"at most {MOST_SIGNS} signs in `{long}`", "more")
        )
    grams = _whole(cells["grams"], "grams", where, told)
    pieces = _whole(cells.get("pieces", ""), "pieces", where, told)
    if len(told) > before:
        return None
    named = {name: cells.get(name, "") for name in ("product", "to", "evidence")}
    return Use(kind, element, cells["lot"], grams, pieces=pieces, **named)


def _whole(text: str, name: str, where: str, told: list[Problem]) -> int | None:
    """A whole number from 0 up; None where nothing is stated."""
    bare = text.replace(",", "").replace(" ", "").removesuffix(".0")
    if bare.casefold() in _UNKNOWN:
        return None
    if bare.isascii() and bare.isdecimal() and len(bare) <= len(str(MOST_GRAMS)) and int(bare) <= MOST_GRAMS:
        return int(bare)
    told.append(Problem(f"`{name}` is no whole number", where, f"0 to {MOST_GRAMS}, or ?", text[:MOST_SIGNS]))
    return None


def _refused(file: str, told: list[Problem]) -> InputError:
    first = "; ".join(f"{p.where}: {p.what} ({p.found})" for p in told[:_SHOWN])
    return InputError(
        f"{len(told)} row(s) of this report cannot be used",
        where=file,
        expected="; ".join(dict.fromkeys(p.expected for p in told[:_SHOWN])),
        found=first + ("; …" if len(told) > _SHOWN else ""),
        next_step="mend these rows and send the report again; nothing was kept",
    )


def _other(what: str, where: str, expected: str, found: str) -> InputError:
    return InputError(
        what, where=where, expected=expected, found=found, next_step="see docs/howto/run-the-programme.md"
    )
