"""Result values as plain JSON: dates as ISO text, exact numbers as text, outcomes as words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import IntEnum
from fractions import Fraction


def plain(value: object) -> object:
    """The value in JSON's own types; nothing is rounded.

    >>> plain({"share": Fraction(1, 1000), "day": date(2025, 4, 4)})
    {'share': '1/1000', 'day': '2025-04-04'}
    """
    if isinstance(value, IntEnum):
        return value.name.lower()
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(v) for v in value]
    if isinstance(value, (date, Decimal, Fraction)):
        return str(value)
    return value
