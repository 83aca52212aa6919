"""What must hold of numbers between rows: shares, parts lists without a circle, exchange rates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import pairwise

from xenotime.core.errors import Problem
from xenotime.portfolio.table import Portfolio, Row

_WHOLE = Decimal(100)
_LONGEST = 12
#: Kinds of holding that are no part of the shares: votes are counted apart, control is no share.
_APART = ("votes", "control")


def mixtures(portfolio: Portfolio) -> Iterator[Problem]:
    """Compositions over 100 percent, and bounds that do not hold the best value."""
    for product, rows in portfolio.groups("compositions", "product").items():
        total = sum((_low(row) for row in rows), Decimal(0))
        if total > _WHOLE:
            yield Problem(
                "shares over 100 percent",
                rows[-1].where("mass_percent"),
                f"at most 100 percent for {product!r} in all",
                f"{total} percent over {len(rows)} rows",
                "correct the shares; an oxide and its element are one share",
            )
        for row in rows:
            yield from _ordered(row, "mass_percent")


def _low(row: Row, best: str = "mass_percent") -> Decimal:
    low = row.number("low_percent")
    return (low if low is not None else row.number(best)) or Decimal(0)


def _ordered(row: Row, best: str) -> Iterator[Problem]:
    names = ("low_percent", best, "high_percent")
    said = [(name, value) for name in names if (value := row.number(name)) is not None]
    for (left, low), (right, high) in pairwise(said):
        if low > high:
            yield Problem(
                "bounds in the wrong order",
                row.where(right),
                f"{left} {low} or more",
                str(high),
                "correct the bounds",
            )


def shares(portfolio: Portfolio) -> Iterator[Problem]:
    """Declared owners of one party that hold more than all of it on some day; bounds that do not fit."""
    for owned, rows in portfolio.groups("ownership", "owned").items():
        yield from _whole(owned, [row for row in rows if row.text("kind") not in _APART])
        yield from _whole(owned, [row for row in rows if row.text("kind") == "votes"])
    for row in portfolio["ownership"]:
        yield from _ordered(row, "share_percent")
        if row.text("owner") == row.text("owned") != "":
            found = f"{row.text('owner')!r} twice"
            yield Problem(
                "a party that owns itself", row.where("owned"), "two parties", found, "correct the row"
            )


def _whole(owned: str, rows: list[Row]) -> Iterator[Problem]:
    """The first day on which the least shares of these rows are more than all of it."""
    for day in sorted({row.day("from_day") or date.min for row in rows}):
        held = [row for row in rows if _holds(row, day)]
        total = sum((_low(row, "share_percent") for row in held), Decimal(0))
        if total > _WHOLE:
            yield Problem(
                "ownership shares over 100 percent",
                held[-1].where("share_percent"),
                f"at most 100 percent of {owned!r} on any day",
                f"{total} percent" + ("" if day == date.min else f" on {day}"),
                "correct the shares, or the days they were held",
            )
            return


def _holds(row: Row, day: date) -> bool:
    return (row.day("from_day") or date.min) <= day <= (row.day("to_day") or date.max)


def circles(portfolio: Portfolio) -> Iterator[Problem]:
    """Parts lists in which a product contains itself; each circle is named once."""
    parts = portfolio.groups("parts", "product")
    below = {product: [row.text("part") for row in rows] for product, rows in parts.items()}
    for circle in _circles(below):
        row = next(row for row in parts[circle[0]] if row.text("part") == circle[1])
        yield Problem(
            "cyclic parts list",
            row.where("part"),
            "a product that does not contain itself",
            _shown(circle),
            "remove one of these parts rows",
        )


def _shown(circle: list[str]) -> str:
    """A circle in words; of a long one the first parts and the way back."""
    if len(circle) > _LONGEST:
        circle = [*circle[: _LONGEST - 2], f"({len(circle) - _LONGEST + 1} more)", circle[-1]]
    return " → ".join(circle)


def _circles(below: Mapping[str, list[str]]) -> Iterator[list[str]]:
    """Each circle that a depth-first walk closes, as a path from a product back to itself; no recursion."""
    done: set[str] = set()
    for start in below:
        path: list[str] = []
        position: dict[str, int] = {}
        stack: list[tuple[str, Iterator[str]]] = []
        if start not in done:
            stack.append((start, iter(below[start])))
            position[start] = 0
            path.append(start)
        while stack:
            product, rest = stack[-1]
            part = next(rest, None)
            if part is None:
                stack.pop()
                path.pop()
                del position[product]
                done.add(product)
            elif part in position:
                yield [*path[position[part] :], part]
            elif part not in done:
                position[part] = len(path)
                path.append(part)
                stack.append((part, iter(below.get(part, ()))))


def rates(portfolio: Portfolio) -> Iterator[Problem]:
    """Pairs of currencies that a shipment needs on its day and that no rate joins."""
    if not any(row.text("currency") for row in portfolio["shipments"]):
        return
    missing: dict[tuple[str, str], list[tuple[date, Row]]] = {}
    for pair, day, row in _unjoined(portfolio):
        missing.setdefault(pair, []).append((day, row))
    for (source, target), needs in sorted(missing.items()):
        day, row = min(needs, key=lambda need: need[0])
        yield Problem(
            "missing exchange rate",
            row.where("currency"),
            f"a rate from {source} to {target} (or back) of {day} or an earlier day in table rates",
            f"none, for {len(needs)} shipment(s) of goods that contain prices in {source}",
            f"add a row to rates: day, {source}, {target}, rate",
        )


def _unjoined(portfolio: Portfolio) -> Iterator[tuple[tuple[str, str], date, Row]]:
    """Each price inside a shipment in a currency that cannot be turned into its own: pair, day, shipment."""
    known = _first_days(portfolio["rates"])
    inner = _currencies(portfolio)
    first: dict[str, date] = {}
    for leg in portfolio["legs"]:
        if day := leg.day("day"):
            name = leg.text("shipment")
            first[name] = min(first.get(name, day), day)
    for row in portfolio["shipments"]:
        start, money = first.get(row.text("shipment")), row.text("currency")
        for other in sorted(inner.get(row.text("product"), ())) if start and money else ():
            pair = (min(other, money), max(other, money))
            if other != money and start is not None and known.get(pair, date.max) > start:
                yield (other, money), start, row


def _first_days(rows: Iterable[Row]) -> dict[tuple[str, str], date]:
    """The first day of each pair of currencies, in either direction."""
    found: dict[tuple[str, str], date] = {}
    for row in rows:
        one, two, day = row.text("from_currency"), row.text("to_currency"), row.day("day")
        pair = (min(one, two), max(one, two))
        if day:
            found[pair] = min(found.get(pair, day), day)
    return found


def _currencies(portfolio: Portfolio) -> dict[str, frozenset[str]]:
    """The currencies of the prices inside each product, its parts at any depth included."""
    own: dict[str, set[str]] = {row.text("product"): set() for row in portfolio["products"]}
    for table, amount in (
        ("products", "unit_price"),
        ("compositions", "price_per_kg"),
        ("declarations", "value"),
    ):
        for row in portfolio[table]:
            if row.values[amount] is not None and row.text("currency"):
                own.setdefault(row.text("product"), set()).add(row.text("currency"))
    above: dict[str, list[str]] = {}
    for row in portfolio["parts"]:
        above.setdefault(row.text("part"), []).append(row.text("product"))
    waiting = [product for product, found in own.items() if found]
    while waiting:
        part = waiting.pop()
        for product in above.get(part, ()):
            whole = own.setdefault(product, set())
            if not own[part] <= whole:
                whole |= own[part]
                waiting.append(product)
    return {product: frozenset(found) for product, found in own.items()}


RULES: tuple[Callable[[Portfolio], Iterator[Problem]], ...] = (mixtures, shares, circles, rates)
