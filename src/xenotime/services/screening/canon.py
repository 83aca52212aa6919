"""Values as canonical JSON and back: sorted keys, UTF-8, no floats, so that equal values are equal bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from xenotime.core.errors import InputError

Value = TypeVar("Value")


def canonical(value: object) -> bytes:
    """The value as canonical JSON: dataclasses as objects, days as ISO text, keys sorted, no spaces.

    Raises TypeError for a float or any other value without one exact writing.

    >>> canonical({"b": date(2025, 4, 4), "a": ("é", 1)}).decode()
    '{"a":["é",1],"b":"2025-04-04"}'
    """
    text = json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def digest(value: object) -> str:
    """The SHA-256 of the canonical JSON, in hexadecimal."""
    return sha256(canonical(value)).hexdigest()


def restored(kind: type[Value], data: bytes | str) -> Value:
    """The value of a type that was written with `canonical`. Raises InputError when it is none."""
    try:
        found: Value = _typed(kind, json.loads(data))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise InputError(
            "this stored record cannot be read",
            where=kind.__name__,
            expected="canonical JSON as this version writes it",
            found=str(error)[:200],
            next_step="open it with the version that wrote it, or restore the file from a backup",
        ) from error
    return found


def _plain(value: object) -> object:
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(v) for v in value]
    message = f"{type(value).__name__} has no canonical writing"
    raise TypeError(message)


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _typed(kind: Any, value: Any) -> Any:  # noqa: ANN401 - a type is read at run time and gives any value
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        inner = next(a for a in get_args(kind) if a is not NoneType)
        return None if value is None else _typed(inner, value)
    if origin is tuple:
        return tuple(_typed(get_args(kind)[0], v) for v in value)
    if kind is date:
        return date.fromisoformat(value)
    if is_dataclass(kind):
        hints, make = _hints(cast("type", kind)), cast("Any", kind)
        return make(**{name: _typed(hints[name], inner) for name, inner in value.items()})
    if not isinstance(value, kind):
        message = f"{value!r} is no {kind.__name__}"
        raise TypeError(message)
    return value
