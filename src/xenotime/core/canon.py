"""Values as canonical JSON and back: sorted keys, UTF-8, no floats, so that equal values are equal bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cache
from hashlib import sha256
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from xenotime.core.errors import InputError

Value = TypeVar("Value")


def canonical(value: object) -> bytes:
    """The value as canonical JSON: dataclasses as objects, days and instants as ISO text, decimals and
    fractions as text, sets as sorted lists, keys sorted, no spaces.

    Raises TypeError for a float or any other value without one exact writing.

    >>> canonical({"b": date(2025, 4, 4), "a": ("é", 1)}).decode()
    '{"a":["é",1],"b":"2025-04-04"}'
    """
    text = json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def written(at: datetime) -> str:
    """An instant as RFC 3339 text in UTC with microseconds where it has any. Raises TypeError without a zone.

    >>> written(datetime(2026, 11, 22, 6, 11, tzinfo=UTC))
    '2026-11-22T06:11:00Z'
    """
    if at.tzinfo is None:
        message = "an instant without a time zone has no canonical writing"
        raise TypeError(message)
    return at.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"


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
    if isinstance(value, datetime):
        return written(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, (set, frozenset)):
        return sorted(_plain(v) for v in value)  # type: ignore[type-var] # a set of mixed kinds is a TypeError
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
    if kind is Any:
        return value
    if origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
        return {str(name): _typed(get_args(kind)[1], inner) for name, inner in value.items()}
    if origin is frozenset:
        return frozenset(_typed(get_args(kind)[0], v) for v in value)
    if kind is datetime:
        return datetime.fromisoformat(value)
    if kind in (Decimal, Fraction):
        return kind(value)
    if origin is tuple:
        kinds = get_args(kind)
        if kinds[-1] is Ellipsis:
            return tuple(_typed(kinds[0], v) for v in value)
        return tuple(_typed(k, v) for k, v in zip(kinds, value, strict=True))
    if kind is date:
        return date.fromisoformat(value)
    if is_dataclass(kind):
        hints, make = _hints(cast("type", kind)), cast("Any", kind)
        return make(**{name: _typed(hints[name], inner) for name, inner in value.items()})
    if not isinstance(value, kind):
        message = f"{value!r} is no {kind.__name__}"
        raise TypeError(message)
    return value
