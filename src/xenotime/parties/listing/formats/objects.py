"""The objects of a JSON file, one at a time, whatever its size; numbers stay text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from xenotime.core.errors import InputError
from xenotime.parties.listing.formats.source import Source

#: The longest single value that is read [characters].
MOST_VALUE = 8 * 2**20
#: How near its end a piece of text must break for the break to be the cut between two pieces.
_NEAR = 12
_BLANK = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str)


def each(item: Mapping[str, Any], key: str) -> list[Any]:
    """The values under a key: the elements of a list, a single value alone, none where nothing is.

    >>> each({"a": ["x", "y"]}, "a"), each({"a": "x"}, "a"), each({"a": None}, "a")
    (['x', 'y'], ['x'], [])
    """
    value = item.get(key)
    if isinstance(value, list):
        return [v for v in value if v is not None]
    return [] if value is None else [value]


class Objects:
    """The elements of the one array of a JSON file, and in `head` what its object says before it.

    `keys` are the names under which the array may lie; a file that is an array itself needs none.
    Raises InputError for text that is not JSON, is cut off, is nested too deep, or has too long a value.
    """

    def __init__(self, source: Source, keys: Sequence[str] = ()) -> None:
        self.source = source
        self.keys = keys
        self.head: dict[str, Any] = {}
        self._chunks = source.chunks()
        self._text = ""
        self._at = 0
        self._line = 1

    def __iter__(self) -> Iterator[tuple[int, dict[str, Any]]]:
        self._text = next(self._chunks, "").lstrip("\ufeff")
        sign = self._sign()
        if sign == "[":
            yield from self._elements()
        elif sign == "{":
            yield from self._members()
        else:
            raise self._wrong("an array or an object of JSON", sign or "nothing")
        if self._peek():
            raise self._wrong("nothing after the end", self._peek())

    def _members(self) -> Iterator[tuple[int, dict[str, Any]]]:
        found = False
        while self._peek() != "}":
            key = str(self._value())
            self._expect(":")
            if key in self.keys and self._peek() == "[":
                self._at += 1
                found = True
                yield from self._elements()
            else:
                self.head[key] = self._value()
            if self._peek() != "}":
                self._expect(",")
        self._at += 1
        if not found:
            raise self._wrong(" or ".join(f'"{k}": [ … ]' for k in self.keys), "no such list")

    def _elements(self) -> Iterator[tuple[int, dict[str, Any]]]:
        while self._peek() != "]":
            line = self._line
            value = self._value()
            if not isinstance(value, dict):
                raise self._wrong("one object for each entry", repr(value)[:60])
            yield line, value
            if self._peek() != "]":
                self._expect(",")
        self._at += 1

    def _peek(self) -> str:
        """The next character that is not blank; "" at the end of the file."""
        while True:
            blank = _BLANK.match(self._text, self._at)
            self._skip(blank.end() if blank else self._at)
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def _skip(self, to: int) -> None:
        self._line += self._text.count("\n", self._at, to)
        self._at = to

    def _more(self) -> bool:
        chunk = next(self._chunks, None)
        if chunk is None:
            return False
        self._text, self._at = self._text[self._at :] + chunk, 0
        return True

    def _sign(self) -> str:
        sign = self._peek()
        self._at += len(sign)
        return sign

    def _expect(self, sign: str) -> None:
        found = self._sign()
        if not found:
            raise self.source.broken("the JSON stops in the middle", self._line)
        if found != sign:
            raise self._wrong(repr(sign), repr(found))

    def _value(self) -> Any:  # noqa: ANN401 - a JSON value may be anything until the importer types it
        if not self._peek():
            raise self.source.broken("the JSON stops in the middle", self._line)
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
            except RecursionError as error:
                raise self._wrong("a plain list", "values nested too deep") from error
            except json.JSONDecodeError as error:
                self._read_on(error)
                continue
            if end == len(self._text) and self._more():
                continue  # a word or number may go on in the next piece
            self._skip(end)
            return value

    def _read_on(self, error: json.JSONDecodeError) -> None:
        """Read until there is twice as much of the value; raises InputError if that cannot mend it."""
        have = len(self._text) - self._at
        cut = error.msg.startswith("Unterminated") or error.pos >= len(self._text) - _NEAR
        if not cut or have > MOST_VALUE:
            raise self._wrong("JSON", error.msg) from error
        before = have
        while have <= 2 * before and self._more():
            have = len(self._text) - self._at
        if have == before:
            raise self.source.broken("the JSON stops in the middle", self._line) from error

    def _wrong(self, expected: str, found: str) -> InputError:
        return InputError(
            "this file is not the JSON that was expected",
            where=f"{self.source.name}, line {self._line}",
            expected=expected,
            found=found,
            next_step="check the file, or name its format with --format; nothing was changed",
        )
