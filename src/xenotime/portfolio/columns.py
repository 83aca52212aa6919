"""What a whole column tells: the order of its dates, its decimal sign, the meaning of its signs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from xenotime.core.dates import parse_day
from xenotime.core.errors import InputError
from xenotime.portfolio.numbers import decimal_mark, parse_number
from xenotime.portfolio.places import several, split_currency
from xenotime.portfolio.values import as_text

_LOCAL = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2\d{4}$")
_EPOCH = date(1899, 12, 30)
_SERIALS = range(32_874, 73_051)
_MONTHS = 12


def date_orders(cells: Iterable[object]) -> dict[str, str]:
    """For each separator, the order its dates prove: dmy, mdy, or "" where nothing tells.

    A separator without proof takes the order that all the others agree on.
    Raises InputError if one separator is used in both orders.

    >>> date_orders(["25/12/2025", "03/04/2025", "03.04.2025"])
    {'/': 'dmy', '.': 'dmy'}
    """
    proofs: dict[str, set[str]] = {}
    for cell in cells:
        match = _LOCAL.match(as_text(cell)) if isinstance(cell, str) else None
        if match:
            first, second = int(match[1]), int(match[3])
            seen = proofs.setdefault(match[2], set())
            seen |= ({"dmy"} if first > _MONTHS else set()) | ({"mdy"} if second > _MONTHS else set())
    for separator, seen in proofs.items():
        if len(seen) > 1:
            raise InputError(
                "this column writes days before months and months before days",
                expected="one order of dates in one column",
                found=f"both orders with {separator!r}",
                next_step="correct the dates in the export, or export them as YYYY-MM-DD",
            )
    agreed = set().union(*proofs.values()) if proofs else set()
    common = next(iter(agreed)) if len(agreed) == 1 else ""
    return {separator: next(iter(seen), common) for separator, seen in proofs.items()}


def read_day(cell: object, orders: Mapping[str, str], given: str, where: str) -> date:
    """The day of one cell; ``given`` is the declared order, ``orders`` what the column proves.

    A number is taken as the day count of a spreadsheet. Raises InputError as `parse_day` does.
    """
    if isinstance(cell, float) and cell == int(cell) and int(cell) in _SERIALS:
        return _EPOCH + timedelta(days=int(cell))
    text = as_text(cell) if not isinstance(cell, (date, datetime)) else cell
    match = _LOCAL.match(text) if isinstance(text, str) else None
    return parse_day(text, where=where, order=given or (orders.get(match[2], "") if match else "") or None)


def amount_mark(cells: Iterable[object]) -> str:
    """The decimal sign of a column of amounts, currencies aside: ".", "," or "" where nothing tells."""
    return decimal_mark(split_currency(cell, _ANY)[1] for cell in cells if isinstance(cell, str))


def read_amount(cell: object, signs: Mapping[str, str], mark: str, where: str) -> tuple[Decimal, str]:
    """The amount of a cell and the currency written in it ("" if none).

    Raises InputError if it is no amount, can mean two amounts, or its sign can mean two currencies.
    """
    if not isinstance(cell, str):
        return parse_number(cell, where=where), ""
    currency, body = split_currency(cell, signs)
    rest = re.sub(r"[\d.,'’\s()+-]", "", body)
    if rest and several(rest):
        raise InputError(
            "this sign can mean several currencies",
            where=where,
            expected="a currency code, or the meaning of the sign in mapping.toml",
            found=f"{cell!r}: {' or '.join(sorted(several(rest)))}",
            next_step=f'set "{rest}" = "…" under [signs] in mapping.toml',
        )
    if not mark and re.fullmatch(r"[+-]?\d{1,3}[.]\d{3}", body):
        raise InputError(
            "this number can mean two values",
            where=where,
            expected="a number whose decimal sign the column shows",
            found=f"{body!r}: {body.replace('.', '')} or {body}",
            next_step='set decimal = "." or "," in mapping.toml',
        )
    return parse_number(body, where=where, mark=mark), currency


#: Any meaning of a sign will do where only the number matters.
_ANY = {"$": "USD", "¥": "CNY", "￥": "CNY"}
