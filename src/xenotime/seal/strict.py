"""Foreign text, read so that each value has one writing: base64url without slack, JSON without repeats."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from typing import Any, NoReturn

from xenotime.core.errors import SealError
from xenotime.seal.canon import DEEPEST


def encoded(data: bytes) -> str:
    """Bytes as base64url without padding.

    >>> encoded(bytes([251, 255]))
    '-_8'
    """
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def decoded(text: str, most: int) -> bytes:
    r"""The bytes of base64url text. Raises SealError if they are more than `most`, or the text is not the one
    writing of its bytes (padding, blanks, other alphabets, spare bits).

    >>> decoded("-_8", 2)
    b'\xfb\xff'
    """
    if len(text) * 3 // 4 > most:
        raise _unreadable(f"text of at most {most} bytes", f"{len(text)} signs")
    try:
        found = urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except ValueError:
        found = b""
    if encoded(found) != text:
        raise _unreadable("base64url without padding or spare bits", text[:40])
    return found


def parsed(data: bytes, most: int) -> Any:  # noqa: ANN401 - JSON holds anything until it is checked
    """The value of JSON text. Raises SealError when it is longer than `most` bytes, names a key twice, has a
    fraction, nests deeper than 32, or is no UTF-8 JSON.
    """
    if len(data) > most:
        raise _unreadable(f"at most {most} bytes", f"{len(data)} bytes")
    try:
        found = json.loads(
            data.decode("utf-8"),
            object_pairs_hook=_once,
            parse_float=_fraction,
            parse_constant=_fraction,
        )
    except (ValueError, RecursionError) as error:
        raise _unreadable("JSON in UTF-8", str(error)[:80]) from error
    if _depth(found) > DEEPEST:
        raise _unreadable(f"values nested {DEEPEST} deep at most", "deeper ones")
    return found


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise _unreadable("each key once", "a key named twice")
    return made


def _fraction(text: str) -> NoReturn:
    raise _unreadable("whole numbers", text[:40])


def _depth(value: object) -> int:
    """How many objects and lists lie in each other."""
    deep, level = 0, _within([value])
    while level:
        deep, level = deep + 1, [inner for one in level for inner in _within(one)]
    return deep


def _within(value: object) -> list[object]:
    """The objects and lists that an object or list holds."""
    held = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [inner for inner in held if isinstance(inner, (dict, list))]


def _unreadable(expected: str, found: str) -> SealError:
    return SealError(
        "this text cannot be read as sealed data",
        expected=expected,
        found=found,
        next_step="take the file from where it was made, unchanged",
    )
