"""The lines of an export: each becomes an order line, is passed over with a reason, or stays unread."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from xenotime.core.errors import InputError
from xenotime.portfolio.columns import amount_mark, date_orders, read_amount, read_day
from xenotime.portfolio.content import find_unit
from xenotime.portfolio.headers import labels, words
from xenotime.portfolio.mapping import Section
from xenotime.portfolio.places import find_country, find_currency, folded
from xenotime.portfolio.sheets import Grid
from xenotime.portfolio.table import place
from xenotime.portfolio.values import as_id, as_text


@dataclass(frozen=True, slots=True)
class Line:
    """One order line as read; None and "" are unknown. `doubts` say what could not be read."""

    row: int
    day: date
    product: str
    text: str
    hs: str
    quantity: Decimal | None
    unit: str
    value: Decimal | None
    currency: str
    start: str
    end: str
    origin: str
    names: Mapping[str, str]
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that is no order line: why, and its cells. `lost` is true if it holds data nobody could read."""

    row: int
    why: str
    cells: tuple[str, ...]
    lost: bool


@dataclass(slots=True)
class Lines:
    """Everything that the rows of one sheet gave, and how its columns were read."""

    lines: list[Line] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    header: tuple[str, ...] = ()
    date_order: str = ""
    decimal: str = ""
    told: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one cell reader needs to know of the sheet."""

    grid: Grid
    at: Mapping[str, int]
    orders: Mapping[str, str]
    section: Section
    marks: Mapping[str, str]
    signs: Mapping[str, str]
    units: Mapping[str, str]


def read_lines(
    grid: Grid,
    header: int,
    at: Mapping[str, int],
    section: Section,
    signs: Mapping[str, str],
    units: Mapping[str, str],
) -> Lines:
    """The order lines below the header row, and every other row with the reason why it is none.

    Raises InputError if a column of dates or amounts can be read in two ways and nothing tells which.
    """
    body = list(rows_below(grid, header))
    found = Lines(header=labels(grid.rows[header - 1]))
    good = [(number, cells) for number, cells in body if not _why_not(cells, at, found.header)]
    days = [_get(cells, at, "day") for _, cells in good]
    orders = _date_orders(days, section, grid)
    marks = {
        name: section.decimal or _mark([_get(cells, at, name) for _, cells in good], grid, name)
        for name in ("quantity", "value", "price")
        if name in at
    }
    reading = _Reading(grid, at, orders, section, marks, signs, units)
    _tell(found, orders, section, marks)
    for number, cells in body:
        why = _why_not(cells, at, found.header)
        if why:
            found.skipped.append(Skipped(number, why, tuple(map(_plain, cells)), lost=False))
            continue
        try:
            found.lines.append(_line(number, cells, reading))
        except InputError as error:
            problem = error.problem
            why = f"{problem.what}: {problem.found}; {problem.next_step}"
            found.skipped.append(Skipped(number, why, tuple(map(_plain, cells)), lost=True))
    return found


def rows_below(grid: Grid, header: int) -> Iterator[tuple[int, tuple[object, ...]]]:
    """The rows under the header that are not blank; a cell merged downwards stands in each of its rows."""
    filled: dict[tuple[int, int], object] = {}
    for top, left, bottom, _ in grid.merged:
        if bottom > top and top < len(grid.rows) and left < len(grid.rows[top]):
            filled |= {(row, left): grid.rows[top][left] for row in range(top + 1, bottom + 1)}
    for number, cells in grid.lines():
        if number > header:
            yield (
                number,
                tuple(
                    filled.get((number - 1, at)) if cell is None else cell for at, cell in enumerate(cells)
                ),
            )


def _why_not(cells: tuple[object, ...], at: Mapping[str, int], header: tuple[str, ...]) -> str:
    """The reason why a row is no order line; "" if it may be one."""
    texts = [as_text(cell) for cell in cells if cell is not None]
    keys = [_get(cells, at, name) for name in ("product", "day", "text")]
    if labels(cells)[: len(header)] == header[: len(cells)]:
        return "the header again"
    if any(_adds_up(text) for text in texts) and (
        _get(cells, at, "product") is None or _get(cells, at, "day") is None
    ):
        return "a sum of other rows"
    if len(set(texts)) == 1 and (len(texts) == 1 or _get(cells, at, "quantity") is None):
        return "a caption"
    if all(key is None for key in keys):
        return "no date, item or text"
    return ""


def _adds_up(text: str) -> bool:
    parts = re.split(r"[\s:：/]+", folded(text))
    return bool(parts) and (
        parts[0] in words("totals")["words"] or " ".join(parts[:2]) in words("totals")["words"]
    )


def _date_orders(cells: list[object], section: Section, grid: Grid) -> Mapping[str, str]:
    """The order of each separator; refused at once if nothing tells and days are at stake."""
    if section.date_order:
        return {}
    where = f"{grid.name}, column {section.columns.get('day', '')}"
    try:
        orders = date_orders(cells)
    except InputError as error:
        problem = error.problem
        raise InputError(
            problem.what,
            where=where,
            expected=problem.expected,
            found=problem.found,
            next_step=problem.next_step,
        ) from error
    for cell in cells:
        if isinstance(cell, str) and _twofold(cell.strip(), orders):
            raise InputError(
                "the dates of this column can mean two days",
                where=where,
                expected="at least one date that shows the order, such as 25/04/2025",
                found=f"{cell.strip()!r} and nothing that tells",
                next_step="say --date-order dmy or --date-order mdy, or set date_order in mapping.toml",
            )
    return orders


def _twofold(text: str, orders: Mapping[str, str]) -> bool:
    """Whether a date can mean two days although its column was looked at."""
    match = re.fullmatch(r"(\d{1,2})([-/.])(\d{1,2})\2\d{4}", text)
    return match is not None and not orders.get(match[2]) and match[1] != match[3]


def _mark(cells: list[object], grid: Grid, name: str) -> str:
    try:
        return amount_mark(cells)
    except InputError as error:
        problem = error.problem
        raise InputError(
            problem.what,
            where=f"{grid.name}, column {name}",
            expected=problem.expected,
            found=problem.found,
            next_step=problem.next_step,
        ) from error


def _tell(found: Lines, orders: Mapping[str, str], section: Section, marks: Mapping[str, str]) -> None:
    """Say, and keep for the saved mapping, how the columns were read."""
    known = {order for order in orders.values() if order}
    found.date_order = section.date_order or (known.pop() if len(known) == 1 else "")
    if orders:
        said = ", ".join(f"with {sign} as {order}" for sign, order in sorted(orders.items()) if order)
        found.told.append(f"dates {said}: other dates of the same column can be read in no other way")
    signs = {mark for mark in marks.values() if mark}
    found.decimal = section.decimal or (signs.pop() if len(signs) == 1 else "")
    for name, mark in marks.items():
        if mark and not section.decimal:
            found.told.append(
                f"column {name}: {mark!r} is the decimal sign, as other cells of the column show"
            )


def _line(number: int, cells: tuple[object, ...], reading: _Reading) -> Line:
    """One order line. Raises InputError if day, item or an amount cannot be read."""
    where = place(reading.grid.name, number)
    doubts: list[str] = []
    product, text = (_plain(_get(cells, reading.at, name)) for name in ("product", "text"))
    if not product and not text:
        raise InputError(
            "a line without item", found="no item number and no text", next_step="add it in the export"
        )
    day = _get(cells, reading.at, "day")
    if day is None:
        raise InputError("a line without date", found="an empty cell", next_step="add the date in the export")
    quantity, _ = _amount(cells, "quantity", reading, where)
    value, inside = _amount(cells, "value", reading, where)
    currency = _currency(cells, inside, reading, doubts)
    if value is None and quantity is not None:
        price, inside = _amount(cells, "price", reading, where)
        value = None if price is None else price * quantity
        currency = currency or inside
    return Line(
        row=number,
        day=read_day(day, reading.orders, reading.section.date_order, where),
        product=as_id(product or text),
        text=text,
        hs=_hs(_plain(_get(cells, reading.at, "hs")), doubts),
        quantity=quantity,
        unit=_unit(_plain(_get(cells, reading.at, "unit")), reading, doubts),
        value=value,
        currency=currency,
        start=_country(cells, "from", reading, doubts),
        end=_country(cells, "to", reading, doubts),
        origin=_country(cells, "origin", reading, doubts),
        names={
            name: _plain(_get(cells, reading.at, name))
            for name in ("shipment", "line", "buyer", "seller", "end_user", "end_use", "note")
        },
        doubts=tuple(doubts),
    )


def _amount(
    cells: tuple[object, ...], name: str, reading: _Reading, where: str
) -> tuple[Decimal | None, str]:
    cell = _get(cells, reading.at, name)
    if cell is None or as_text(cell) in ("-", "—", "–", "n/a"):
        return None, ""
    amount, currency = read_amount(cell, reading.signs, reading.marks.get(name, ""), where)
    if amount < 0:
        raise InputError(
            f"negative {name}",
            found=as_text(cell),
            next_step="a credit note is no shipment: enter the movement that took place by hand",
        )
    return amount, currency


def _currency(cells: tuple[object, ...], inside: str, reading: _Reading, doubts: list[str]) -> str:
    """The currency of a line; two that disagree are refused."""
    text = _plain(_get(cells, reading.at, "currency"))
    code = find_currency(text, reading.signs) if text else ""
    if text and not code:
        doubts.append(f"currency {text!r} is not known")
    if code and inside and code != inside:
        raise InputError(
            "two currencies for one amount",
            found=f"{inside} in the amount, {code} beside it",
            next_step="correct one",
        )
    return code or inside


def _hs(text: str, doubts: list[str]) -> str:
    digits = re.sub(r"[.\s-]", "", text)
    if not text or (re.fullmatch(r"[0-9]{6,10}", digits) and "01" <= digits[:2] <= "97"):
        return digits
    doubts.append(f"customs number {text!r} is not one")
    return ""


def _unit(text: str, reading: _Reading, doubts: list[str]) -> str:
    unit = find_unit(text, reading.units) if text else ""
    if text and not unit:
        doubts.append(f"unit {text!r} is not known; name it under [units] in mapping.toml")
    return unit


def _country(cells: tuple[object, ...], name: str, reading: _Reading, doubts: list[str]) -> str:
    text = _plain(_get(cells, reading.at, name))
    code = find_country(text) if text else ""
    if text and not code:
        doubts.append(f"territory {text!r} ({name}) is not known")
    if not text and name in ("from", "to") and name in reading.at:
        doubts.append(f"no territory in column {name}")
    return code


def _get(cells: tuple[object, ...], at: Mapping[str, int], name: str) -> object:
    column = at.get(name)
    return cells[column] if column is not None and column < len(cells) else None


def _plain(cell: object) -> str:
    return "" if cell is None else " ".join(as_text(cell).split())
