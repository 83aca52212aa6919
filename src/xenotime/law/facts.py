"""The facts a decision may rest on: type, unit, what absence means, and whose answer it is."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TypeAlias

from xenotime.core.errors import BookError, FactError

#: Fact types. ``money`` and ``percent`` are intervals (min, max).
TYPES = ("bool", "enum", "country", "int", "money", "percent")
INTERVALS = ("money", "percent")
#: A key of a row that is no fact: how many whole numbers make one money unit, where it is not 10,000.
SCALE = "money_scale"
#: Digits after the point with which money is shown; what needs more says "about".
_DIGITS = 6
#: A stored value: bool, int, text, an interval (min, max), or None for unknown.
Interval: TypeAlias = tuple[int | None, int | None]
Value: TypeAlias = bool | int | str | Interval | None

_TRUE = ("yes", "true", "1")
_FALSE = ("no", "false", "0")
_UNKNOWN = ("", "unknown", "?", "null", "none stated")
#: No number of a fact is larger, so that sums and products fit 64 bits.
LIMIT = 2**53


@dataclass(frozen=True, slots=True)
class Fact:
    """One declared fact of the dictionary ``books/facts.toml``."""

    name: str
    type: str
    asks: str
    who: str
    values: tuple[str, ...] = ()
    unit: str = ""
    presumed: str | None = None
    ground: str = ""
    reviewer: str = ""

    @property
    def is_interval(self) -> bool:
        """True if the fact is a pair of bounds, `NAME_min` and `NAME_max`."""
        return self.type in INTERVALS


def parse_facts(text: str, where: str) -> dict[str, Fact]:
    """The declared facts of a dictionary, in file order.

    Raises BookError when an entry lacks a type, a question, or a ground for its presumption.
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BookError(
            "this dictionary is not TOML",
            where=where,
            expected="[name] and its keys, as in the packaged facts.toml",
            found=str(error),
            next_step="correct the line, or copy the file again with `xenotime law copy`",
        ) from error
    return {name: _fact(name, entry, where) for name, entry in raw.items()}


def _fact(name: str, entry: Mapping[str, object], where: str) -> Fact:
    place = f"{where}, [{name}]"
    kind = str(entry.get("type", ""))
    if kind not in TYPES:
        raise BookError(
            "this fact has no known type", where=place, expected=", ".join(TYPES), found=repr(kind)
        )
    absence = str(entry.get("absence", ""))
    presumed = absence.removeprefix("presumed ") if absence.startswith("presumed ") else None
    if presumed is None and absence != "unknown":
        raise BookError(
            "this fact does not say what its absence means",
            where=place,
            expected="unknown, or presumed VALUE",
            found=repr(absence),
        )
    if presumed is not None and not (entry.get("ground") and entry.get("reviewer")):
        raise BookError(
            "this presumption has no ground or no reviewer", where=place, expected="ground, reviewer"
        )
    values = entry.get("values", [])
    return Fact(
        name,
        kind,
        str(entry.get("asks", "")),
        str(entry.get("who", "")),
        tuple(str(v) for v in values) if isinstance(values, list) else (),
        str(entry.get("unit", "")),
        presumed,
        str(entry.get("ground", "")),
        str(entry.get("reviewer", "")),
    )


def list_fact(address: str, *, held: bool = False) -> str:
    """The name of the fact "a party is on this list" (or is held by its entries).

    >>> list_fact("cn/mofcom-2025-21")
    'listed_cn_mofcom_2025_21'
    """
    slug = "".join(c if c.isalnum() else "_" for c in address)
    return ("held_" if held else "listed_") + slug


def parse_value(fact: Fact, given: object, where: str = "") -> Value:
    """The stored form of a value given by a person.

    Raises FactError when the value does not have the fact's type.
    """
    if given is None or (isinstance(given, str) and given.strip().lower() in _UNKNOWN):
        return None
    if fact.is_interval:
        return _interval(fact, given, where)
    text = str(given).strip()
    match fact.type:
        case "bool":
            lowered = text.lower()
            if lowered in _TRUE or lowered in _FALSE:
                return lowered in _TRUE
            raise _wrong(fact, given, "yes, no or unknown", where)
        case "int":
            return _whole(fact, text, where)
        case "country":
            if len(text) == 2 and text.isascii() and text.isalpha():
                return text.upper()
            raise _wrong(fact, given, "an ISO 3166 territory of two letters, such as CN", where)
        case _:
            if text in fact.values:
                return text
            raise _wrong(fact, given, " | ".join(fact.values), where)


def _whole(fact: Fact, text: str, where: str) -> int:
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise _wrong(fact, text, "a whole number", where) from error
    if number != number.to_integral_value() or abs(number) > LIMIT:
        raise _wrong(fact, text, "a whole number below 2^53", where)
    return int(number)


def _interval(fact: Fact, given: object, where: str) -> Value:
    if isinstance(given, tuple) and len(given) == 2:
        low, high = given
    elif isinstance(given, Mapping):
        low, high = given.get("min"), given.get("max")
    else:
        low = high = given
    bounds = tuple(None if v in (None, "", "unknown") else _hundredths(fact, v, where) for v in (low, high))
    if bounds[0] is not None and bounds[1] is not None and bounds[0] > bounds[1]:
        raise _wrong(fact, given, "min at most max", where)
    return None if bounds == (None, None) else (bounds[0], bounds[1])


def _hundredths(fact: Fact, given: object, where: str) -> int:
    """Money as whole ten-thousandths of its unit, so that 99.99 stays exact."""
    try:
        number = Decimal(str(given).replace(",", "").replace("_", "")) * 10000
    except InvalidOperation as error:
        raise _wrong(fact, given, "a decimal number such as 99.99", where) from error
    if not number.is_finite() or number != number.to_integral_value() or not 0 <= number <= LIMIT:
        raise _wrong(fact, given, "a number from 0 to 9e11 with at most four decimals", where)
    return int(number)


def show_value(value: Value, scale: Value = 10_000) -> str:
    """The value in words a person reads; unknown is never blank. `scale` is the row's money scale."""
    if value is None:
        return "unknown"
    if isinstance(value, tuple):
        per_unit = scale if isinstance(scale, int) else 10_000
        low, high = ("unknown" if v is None else _money(v, per_unit) for v in value)
        return low if low == high else f"{low} to {high}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _money(value: int, scale: int) -> str:
    digits, left = divmod(value * 10**_DIGITS, scale)
    shown = f"{Decimal(digits).scaleb(-_DIGITS).normalize():f}"
    return f"about {shown}" if left else shown


def _wrong(fact: Fact, given: object, expected: str, where: str) -> FactError:
    return FactError(
        f"the fact '{fact.name}' cannot have this value",
        where=where,
        expected=expected,
        found=repr(given),
        next_step=f"answer: {fact.asks}",
    )
