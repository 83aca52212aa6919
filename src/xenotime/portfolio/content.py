"""Which field a column is, told by its cells: for headers that say nothing, or the wrong thing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from xenotime.core.dates import parse_day
from xenotime.core.errors import InputError
from xenotime.portfolio.headers import words
from xenotime.portfolio.numbers import parse_number
from xenotime.portfolio.places import find_country, find_currency, folded, split_currency
from xenotime.portfolio.values import as_text

_SAMPLE = 400
_SURE, _DOUBTFUL = 0.8, 0.3
_HS = re.compile(r"(?:[0-9]{4}\.?[0-9]{2}(?:\.?[0-9]{2}){0,2})$")
_CHAPTERS = ("25", "28", "38", "72", "76", "81", "84", "85", "87", "90")


def refine(fields: Mapping[str, int], body: Sequence[Sequence[object]], width: int) -> dict[str, int]:
    """The fields with a column added where its cells tell, and taken away where they contradict."""
    columns = {at: _cells(body, at) for at in range(width)}
    kept = {
        name: at
        for name, at in fields.items()
        if name not in _TESTS or _share(columns[at], _TESTS[name]) >= _DOUBTFUL
    }
    for name in ("day", "hs", "unit", "currency"):
        free = [at for at, cells in columns.items() if at not in kept.values() and cells]
        sure = [at for at in free if _share(columns[at], _TESTS[name]) >= _SURE]
        if name not in kept and len(sure) == 1:
            kept[name] = sure[0]
    return kept


def _cells(body: Sequence[Sequence[object]], at: int) -> list[object]:
    return [row[at] for row in body[:_SAMPLE] if at < len(row) and row[at] is not None]


def _share(cells: Sequence[object], test: Callable[[object], bool]) -> float:
    """How many of the cells pass; an empty column contradicts nothing."""
    return sum(1 for cell in cells if test(cell)) / len(cells) if cells else 1.0


def _is_day(cell: object) -> bool:
    try:
        parse_day(cell, order="dmy")
    except InputError as error:
        return "does not exist" in error.problem.what
    return True


def _is_hs(cell: object) -> bool:
    text = as_text(cell).replace(" ", "")
    return _HS.match(text) is not None and ("." in text or text[:2] in _CHAPTERS)


def _is_number(cell: object) -> bool:
    try:
        parse_number(split_currency(cell, {})[1] if isinstance(cell, str) else cell, mark="")
    except InputError as error:
        return "two values" in error.problem.what
    return True


def _is_unit(cell: object) -> bool:
    return find_unit(as_text(cell), {}) != ""


def _is_currency(cell: object) -> bool:
    return bool(find_currency(as_text(cell), {"$": "USD", "¥": "CNY"}))


def _is_country(cell: object) -> bool:
    return bool(find_country(as_text(cell)))


def find_unit(text: str, own: Mapping[str, str]) -> str:
    """The unit of a portfolio that a word of an export means; "" if it is not known.

    >>> find_unit("PCS", {}), find_unit("千克", {}), find_unit("箱", {"箱": "piece"}), find_unit("lb", {})
    ('piece', 'kg', 'piece', '')
    """
    key = folded(text).strip(".")
    told = {folded(word): unit for word, unit in own.items()}
    return told.get(key) or next((unit for unit, said in words("units").items() if key in said), "")


_TESTS: dict[str, Callable[[object], bool]] = {
    "day": _is_day,
    "hs": _is_hs,
    "quantity": _is_number,
    "unit": _is_unit,
    "currency": _is_currency,
    "from": _is_country,
    "to": _is_country,
}
