"""Values as canonical JSON and back: sorted keys, UTF-8, no floats, so that equal values are equal bytes."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
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
    kind = type(value)
    way = _WAYS.get(kind)
    if way is None:
        way = _WAYS[kind] = _way(kind)
    return way(value)


#: How a value of each type that was met is written; found once for each type.
_WAYS: dict[type, Callable[[Any], object]] = {}


def _way(kind: type) -> Callable[[Any], object]:
    if issubclass(kind, (str, bool, int, NoneType)):
        return lambda value: value
    if issubclass(kind, datetime):
        return written
    if issubclass(kind, date):
        return date.isoformat
    if issubclass(kind, Decimal):
        return lambda value: format(value, "f")
    if issubclass(kind, Fraction):
        return str
    if issubclass(kind, (set, frozenset)):
        return lambda value: sorted(_plain(v) for v in value)  # type: ignore[type-var] # mixed kinds: TypeError
    if is_dataclass(kind):
        names = tuple(f.name for f in fields(kind))
        return lambda value: {name: _plain(getattr(value, name)) for name in names}
    if issubclass(kind, Mapping):
        return lambda value: {str(k): _plain(v) for k, v in value.items()}
    if issubclass(kind, (list, tuple)):
        return lambda value: [_plain(v) for v in value]
    message = f"{kind.__name__} has no canonical writing"
    raise TypeError(message)


def _typed(kind: Any, value: Any) -> Any:  # noqa: ANN401 - a type is read at run time and gives any value
    return _reader(kind)(value)


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:  # noqa: ANN401 - as above, one line for each kind
    origin, parts = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        inner = _reader(next(a for a in parts if a is not NoneType))
        return lambda value: None if value is None else inner(value)
    if kind is Any:
        return lambda value: value
    if isinstance(origin, type) and issubclass(origin, Mapping):
        held = _reader(parts[1])
        return lambda value: {str(name): held(v) for name, v in value.items()}
    if origin is frozenset:
        member = _reader(parts[0])
        return lambda value: frozenset(member(v) for v in value)
    if origin is tuple:
        return _several(parts)
    if kind in (date, datetime):
        return cast("Callable[[Any], Any]", kind.fromisoformat)
    if kind in (Decimal, Fraction):
        return cast("Callable[[Any], Any]", kind)
    return _fields(kind) if is_dataclass(kind) else _plainly(kind)


def _several(parts: tuple[Any, ...]) -> Callable[[Any], Any]:
    if parts[-1] is Ellipsis:
        one = _reader(parts[0])
        return lambda value: tuple([one(v) for v in value])
    each = tuple(_reader(part) for part in parts)
    return lambda value: tuple(read(v) for read, v in zip(each, value, strict=True))


def _fields(kind: Any) -> Callable[[Any], Any]:  # noqa: ANN401 - a dataclass
    readers: dict[str, Callable[[Any], Any]] = {}  # found at the first value, so that a type may hold itself

    def read(value: Any) -> Any:  # noqa: ANN401 - an instance of the dataclass
        if not readers:
            readers.update({name: _reader(hint) for name, hint in get_type_hints(kind).items()})
        return kind(**{name: readers[name](inner) for name, inner in value.items()})

    return read


def _plainly(kind: type) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:  # noqa: ANN401 - whatever JSON held
        if not isinstance(value, kind):
            message = f"{value!r} is no {kind.__name__}"
            raise TypeError(message)
        return value

    return read
