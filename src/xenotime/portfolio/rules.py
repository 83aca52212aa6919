"""What must hold between the rows of a portfolio: ids, references, legs, days."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from difflib import get_close_matches
from itertools import pairwise

from xenotime.core.errors import Problem
from xenotime.portfolio.schema import schema
from xenotime.portfolio.table import Portfolio, Row
from xenotime.portfolio.values import element_truths

_PERIODS = (
    ("ownership", "from_day", "to_day"),
    ("licences", "from_day", "to_day"),
    ("applications", "filed", "accepted"),
    ("applications", "accepted", "decided"),
)
#: A nearest id is looked for this many times a column: it is slow, and a person reads the first ones.
_GUESSES = 20


def duplicates(portfolio: Portfolio) -> Iterator[Problem]:
    """Rows that claim the id, or the key, of an earlier row."""
    for table in schema().values():
        key = (table.id,) if table.id else table.key
        seen: dict[tuple[object, ...], Row] = {}
        for row in portfolio[table.name] if key else ():
            values = tuple(row.values[column] for column in key)
            if None in values[: 2 if len(key) > 1 else 1]:
                continue
            first = seen.setdefault(values, row)
            if first is not row:
                name = " ".join(str(value) for value in values if value is not None)
                yield Problem(
                    "duplicate id" if table.id else "duplicate row",
                    row.where(key[0]),
                    f"each {' + '.join(key)} once in table {table.name}",
                    f"{name!r}, already in row {first.row}",
                    "remove one of the two rows, if it is there by mistake; their quantities are added"
                    if table.name == "parts"
                    else "rename or remove one of the two rows",
                    "warning" if table.name == "parts" else "error",
                )


def references(portfolio: Portfolio) -> Iterator[Problem]:
    """Cells that name a row which is not there."""
    for table in schema().values():
        for column in table.columns.values():
            many = column.type.startswith("refs:")
            target = column.type.removeprefix("refs:") if many else column.refers
            if target:
                yield from _dangling(portfolio, table.name, column.name, (target,))
    yield from _dangling(portfolio, "shipments", "product", ("products", "technology"))
    yield from _dangling(portfolio, "shipments", "licence", ("licences",))
    for row in portfolio["technology"]:
        if row.text("technology") in _ids(portfolio, "products"):
            yield Problem(
                "duplicate id",
                row.where("technology"),
                "an id that no product has, because shipments name both in one column",
                repr(row.text("technology")),
                "rename the technology or the product",
            )


def _dangling(portfolio: Portfolio, table: str, column: str, targets: tuple[str, ...]) -> Iterator[Problem]:
    if portfolio.broken.intersection(targets):
        return
    ids = frozenset().union(*(_ids(portfolio, target) for target in targets))
    where, guesses = " or ".join(targets), _GUESSES
    for row in portfolio[table]:
        for name in filter(None, row.text(column).split(";")):
            if name not in ids:
                near = get_close_matches(name, ids, n=1, cutoff=0.8) if guesses > 0 else []
                guesses -= 1
                yield Problem(
                    "part without a product" if table == "parts" else "reference to nothing",
                    row.where(column),
                    f"an id of table {where}",
                    f"{name!r}, which is not there",
                    f"did you mean {near[0]!r}?" if near else f"add {name!r} to {where}, or correct the id",
                )


def _ids(portfolio: Portfolio, table: str) -> frozenset[str]:
    return frozenset(row.text(schema()[table].id) for row in portfolio[table]) - {""}


def legs(portfolio: Portfolio) -> Iterator[Problem]:
    """Shipments without a leg, and legs that do not join in place, number or day."""
    groups = portfolio.groups("legs", "shipment")
    for row in portfolio["shipments"]:
        if "legs" in portfolio.broken:
            break
        if row.text("shipment") not in groups and row.text("status") != "cancelled":
            yield Problem(
                "shipment without legs",
                row.where("shipment"),
                "at least one row in table legs: day, from_country, to_country",
                f"{row.text('shipment')!r} has none",
                "add its leg, or set status to cancelled",
            )
    for name, rows in groups.items():
        yield from _joined(name, sorted(rows, key=lambda row: (row.number("leg") or 0, row.row)))


def _joined(shipment: str, rows: list[Row]) -> Iterator[Problem]:
    for before, after in pairwise(rows):
        end, start = before.text("to_country"), after.text("from_country")
        days = before.day("day"), after.day("day")
        if end and start and end != start:
            yield _warning("a gap between two legs", after.where("from_country"), end, start, shipment)
        if days[0] and days[1] and days[1] < days[0]:
            yield _warning(
                "a leg that starts before the one before it",
                after.where("day"),
                f"{days[0]} or later",
                str(days[1]),
                shipment,
            )
    numbers = [row.number("leg") for row in rows]
    if None not in numbers and numbers != list(range(1, len(rows) + 1)) and len(set(numbers)) == len(numbers):
        found = ", ".join(str(number) for number in numbers)
        yield _warning("leg numbers that leave a gap", rows[0].where("leg"), "1, 2, 3, …", found, shipment)


def _warning(what: str, where: str, expected: str, found: str, shipment: str) -> Problem:
    step = f"check the legs of {shipment!r}; each is decided as written"
    return Problem(what, where, expected, found, step, "warning")


def periods(portfolio: Portfolio) -> Iterator[Problem]:
    """Rows whose later day is before their earlier day."""
    for table, first, last in _PERIODS:
        for row in portfolio[table]:
            start, end = row.day(first), row.day(last)
            if start and end and end < start:
                yield Problem(
                    "days in the wrong order",
                    row.where(last),
                    f"{start} or later",
                    str(end),
                    f"correct {first} or {last}",
                )


def unpriced(portfolio: Portfolio) -> Iterator[Problem]:
    """Amounts that say no currency: they cannot be used."""
    for table, column in (
        ("products", "unit_price"),
        ("compositions", "price_per_kg"),
        ("declarations", "value"),
        ("shipments", "value"),
    ):
        for row in portfolio[table]:
            if row.values[column] is not None and not row.text("currency"):
                yield Problem(
                    "an amount without a currency",
                    row.where("currency"),
                    "an ISO 4217 code, such as EUR",
                    f"{column} {row.text(column)} and no currency",
                    "fill in the currency; until then the amount is unknown",
                    "warning",
                )


def contents(portfolio: Portfolio) -> Iterator[Problem]:
    """Products whose elements and composition contradict each other."""
    compositions = portfolio.groups("compositions", "product")
    for row in portfolio["products"]:
        said = element_truths(row.text("elements"))
        for part in compositions.get(row.text("product"), ()):
            symbol = part.text("element")
            low = part.number("low_percent")
            low = part.number("mass_percent") if low is None else low
            if said.get(symbol, True) is False and low:
                yield Problem(
                    "elements and composition contradict each other",
                    part.where("element"),
                    f"{symbol} in the elements of {row.text('product')!r} ({row.where('elements')})",
                    f"elements {row.text('elements')!r}, composition {low} % {symbol}",
                    "correct one of the two",
                    "warning",
                )


def codes(portfolio: Portfolio, known: Collection[str]) -> Iterator[Problem]:
    """Control codes that the book of law does not have; nothing is checked if ``known`` is empty."""
    roots = {code.split(".", 1)[0] for code in known}
    for table, column in (("products", "control_code"), ("licences", "codes")):
        for row in portfolio[table] if roots else ():
            for code in filter(None, row.text(column).split(";")):
                if code.split(".", 1)[0] not in roots:
                    near = get_close_matches(code, roots, n=1)
                    yield Problem(
                        "unknown control code",
                        row.where(column),
                        "a control code of the book of law",
                        repr(code),
                        f"did you mean {near[0]!r}?" if near else "see `xenotime law list` for the codes",
                    )


RULES: tuple[Callable[[Portfolio], Iterator[Problem]], ...] = (
    duplicates,
    references,
    legs,
    periods,
    unpriced,
    contents,
)
