"""Values as canonical JSON by RFC 8785: what is hashed and signed has exactly one writing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rfc8785 import CanonicalizationError, dumps

from xenotime.core.errors import SealError

#: How deep a value may nest.
DEEPEST = 32


def canonical(value: object) -> bytes:
    """The value as RFC 8785 JSON in UTF-8.

    Raises SealError for a floating number, an integer beyond ±(2**53 - 1), a key that is no text, text that
    is no Unicode, a value that nests deeper than 32, or anything that JSON has no word for.
    Source: RFC 8785, sections 3.2.2 and 3.2.3.

    >>> canonical({"b": [1, True, None], "a": "é"}).decode()
    '{"a":"é","b":[1,true,null]}'
    """
    try:
        return dumps(_plain(value, DEEPEST))
    except (CanonicalizationError, UnicodeEncodeError) as error:
        raise _unwritable(str(error)) from error


def _plain(value: object, room: int) -> Any:  # noqa: ANN401 - what JSON has a word for
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if not room:
        raise _unwritable(f"it nests deeper than {DEEPEST}")
    if isinstance(value, Mapping):
        return {_key(name): _plain(inner, room - 1) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner, room - 1) for inner in value]
    raise _unwritable(f"{type(value).__name__} has no exact writing")


def _key(name: object) -> str:
    if isinstance(name, str):
        return name
    raise _unwritable(f"a key is {type(name).__name__}, not text")


def _unwritable(found: str) -> SealError:
    return SealError(
        "this value cannot be sealed",
        expected="text, whole numbers up to 2**53 - 1, truth values, lists and mappings with text keys",
        found=found,
        next_step="write decimals, days and instants as text",
    )
