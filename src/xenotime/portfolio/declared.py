"""What suppliers stated, read from a sheet or file of their declarations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from xenotime.core.errors import InputError
from xenotime.portfolio.columns import amount_mark, date_orders, read_amount, read_day
from xenotime.portfolio.headers import labels, statements
from xenotime.portfolio.lines import Skipped, rows_below
from xenotime.portfolio.mapping import Section
from xenotime.portfolio.people import Parties
from xenotime.portfolio.places import find_currency, folded
from xenotime.portfolio.schema import schema
from xenotime.portfolio.sheets import Grid
from xenotime.portfolio.table import place
from xenotime.portfolio.values import as_id, as_text


@dataclass(slots=True)
class Declared:
    """The declarations as rows of their table, and the rows whose statement nobody could read."""

    rows: list[dict[str, object]] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    date_order: str = ""
    header: tuple[str, ...] = ()


def read_declarations(
    grid: Grid,
    header: int,
    at: Mapping[str, int],
    section: Section,
    parties: Parties,
    signs: Mapping[str, str],
) -> Declared:
    """The declarations below the header row. A statement in unknown words is kept apart, not guessed."""
    found = Declared(header=labels(grid.rows[header - 1]))
    body = list(rows_below(grid, header))
    texts = {name: [row[column] for _, row in body if column < len(row)] for name, column in at.items()}
    orders = {} if section.date_order else date_orders(texts.get("day", ()))
    mark = section.decimal or amount_mark(texts.get("value", ()))
    for number, cells in body:
        said = {name: cells[column] if column < len(cells) else None for name, column in at.items()}
        try:
            row = _row(said, parties, signs, mark, orders, section.date_order, place(grid.name, number))
        except InputError as error:
            plain = tuple("" if cell is None else as_text(cell) for cell in cells)
            why = f"declaration: {error.problem.what}: {error.problem.found}"
            found.skipped.append(Skipped(number, why, plain, lost=True))
            continue
        found.rows.append({"declaration": f"D{len(found.rows) + 1:03d}", **row})
    known = {order for order in orders.values() if order}
    found.date_order = known.pop() if len(known) == 1 else ""
    found.told.append(f"{len(found.rows)} supplier declaration(s) read from {grid.name}")
    return found


def find_statement(text: str) -> str:
    """The statement that a text makes, in the words of the declarations table; "" if it is not known.

    >>> find_statement("不含所列元素 no listed elements"), find_statement("all fine")
    ('no_listed_elements', '')
    """
    plain = folded(text)
    if plain in schema()["declarations"].columns["states"].values:
        return plain
    return next((states for states, said in statements() if any(word in plain for word in said)), "")


def _row(
    said: Mapping[str, object],
    parties: Parties,
    signs: Mapping[str, str],
    mark: str,
    orders: Mapping[str, str],
    order: str,
    where: str,
) -> dict[str, object]:
    """One declaration. Raises InputError if product or statement are missing or not understood."""
    text = {name: "" if cell is None else " ".join(as_text(cell).split()) for name, cell in said.items()}
    states = find_statement(text.get("states", ""))
    if not text.get("product") or not states:
        found = repr(text.get("states", "")) if text.get("product") else "no item number"
        raise InputError("a statement that is not understood", where=where, found=found)
    value, inside = read_amount(said["value"], signs, mark, where) if text.get("value") else (None, "")
    day: date | None = read_day(said["day"], orders, order, where) if text.get("day") else None
    source = [text.get("source", ""), text["states"] if folded(text["states"]) != states else ""]
    return {
        "product": as_id(text["product"]),
        "supplier": parties.add(text.get("supplier", "")),
        "day": day,
        "states": states,
        "value": value,
        "currency": (find_currency(text["currency"], signs) if text.get("currency") else "") or inside,
        "source": ": ".join(part for part in source if part),
    }
