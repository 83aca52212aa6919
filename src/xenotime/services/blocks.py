"""The blocks of a decide file, read so that nothing in them is dropped without a word."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from xenotime.core.errors import InputError

Block = Mapping[str, Any]


def refused(what: str, where: str, expected: str, found: object) -> InputError:
    """The error for a block that cannot be used."""
    text = found if isinstance(found, str) and ", " in found else repr(found)
    return InputError(what, where=where, expected=expected, found=text, next_step="see examples/decide")


def only(block: Block, allowed: tuple[str, ...], where: str) -> None:
    """Refuse names that would otherwise be dropped without a word."""
    unknown = [str(key) for key in block if key not in allowed]
    if unknown:
        raise refused("this block has other names", where, ", ".join(allowed), ", ".join(unknown))


def listed(block: Block, key: str, where: str) -> tuple[Block, ...]:
    """The rows under a key. Raises InputError when it is no list of rows."""
    value = block.get(key) or []
    if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
        raise refused(f"`{key}` is not a list of rows", where, f"{key}: [{{name: value}}]", value)
    return tuple(value)


def amount(value: object, where: str, most: int = 10**15) -> Decimal | None:
    """The number, from 0 to ``most``; None if it is not stated."""
    if value in (None, "", "unknown"):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation as error:
        raise refused("this is not a number", where, "a decimal such as 60", value) from error
    if not number.is_finite() or not 0 <= number <= most:
        raise refused("this number is out of reach", where, f"a number from 0 to {most}", value)
    return number
