"""Types of what the API takes: bounded texts, ids, amounts and forms, checked before they are read."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import Header, Path, Query
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, JsonValue

#: Text without signs that steer a terminal, end a string early, or turn the reading direction.
_CLEAN = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]*$"
_IDENT = r"^[A-Za-z0-9][A-Za-z0-9._:-]{0,79}$"
#: The most grams that one number may state, and what canonical JSON can hold.
MOST, _EXACT = 10**12, 2**53 - 1
#: Bounds of a free form: how deep, how many values, how long a text.
_DEEP, _MANY, _LONG = 6, 2_000, 10_000

Word = Annotated[str, Field(min_length=1, max_length=80, pattern=_CLEAN)]
Short = Annotated[str, Field(max_length=200, pattern=_CLEAN)]
Long = Annotated[str, Field(max_length=_LONG, pattern=_CLEAN)]
Ident = Annotated[str, Field(pattern=_IDENT)]
Grams = Annotated[int, Field(strict=True, ge=0, le=MOST)]
Element = Annotated[str, Field(pattern=r"^[A-Z][a-z]?$")]
Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
Day = Annotated[date, Field(ge=date(1990, 1, 1), le=date(2199, 12, 31))]

InPath = Annotated[str, Path(pattern=_IDENT)]
#: A list's bounds, as every list takes them.
Limit = Annotated[int, Query(ge=1, le=200, description="how many at most")]
After = Annotated[str, Query(max_length=500, pattern=_CLEAN, description="`next` of the page before")]
Asked = Annotated[str | None, Query(max_length=80, pattern=_CLEAN)]
#: The caller's own key of an act: the same key gives the same answer, and does nothing twice.
Key = Annotated[str, Header(alias="Idempotency-Key", pattern=r"^[A-Za-z0-9._:-]{1,100}$")]
MaybeKey = Annotated[str, Header(alias="Idempotency-Key", pattern=r"^[A-Za-z0-9._:-]{0,100}$")]


class Input(BaseModel):
    """What a caller may send: exactly the fields named, nothing beside."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=False)


class Output(BaseModel):
    """What a caller gets to see: exactly the fields named, whatever else the thing has."""

    model_config = ConfigDict(from_attributes=True, frozen=True)


def plain(form: dict[str, JsonValue]) -> dict[str, JsonValue]:
    """The form if the log and the store can hold it. Raises ValueError for what has no one writing.

    >>> plain({"a": ["x", 1, None]})
    {'a': ['x', 1, None]}
    """
    if _walked(form, 0) > _MANY:
        message = f"at most {_MANY} values"
        raise ValueError(message)
    return form


def _walked(value: Any, depth: int) -> int:  # noqa: ANN401 - any JSON value
    if depth > _DEEP:
        message = f"at most {_DEEP} levels"
        raise ValueError(message)
    if isinstance(value, dict):
        return sum(_walked(k, depth) + _walked(v, depth + 1) for k, v in value.items()) + 1
    if isinstance(value, list):
        return sum(_walked(v, depth + 1) for v in value) + 1
    return _leaf(value)


def _leaf(value: object) -> int:
    if isinstance(value, float):
        message = "whole numbers or text: a number with a point has no one writing"
        raise ValueError(message)  # noqa: TRY004 - pydantic turns a ValueError into a told fault
    if isinstance(value, int) and abs(value) > _EXACT:
        message = f"whole numbers up to {_EXACT}"
        raise ValueError(message)
    if isinstance(value, str):
        value.encode()  # a half sign (lone surrogate) is a UnicodeEncodeError, which is a ValueError
        if len(value) > _LONG or any(ord(c) < 32 and c not in "\t\r\n" for c in value):
            message = f"texts up to {_LONG} signs that steer nothing"
            raise ValueError(message)
    return 1


Form = Annotated[dict[str, JsonValue], AfterValidator(plain)]
