"""The objects of a JSON file: an array, one array inside an object, JSON lines, or one object."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from xenotime.core.errors import InputError
from xenotime.parties.listing.formats.objects import Objects
from xenotime.parties.listing.formats.source import Source

#: The longest single object that is read whole [characters].
MOST_OBJECT = 8 * 2**20
#: Numbers stay text, so that a share is never a binary float.
_DECODER = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str)


def documents(source: Source, keys: Sequence[str] = ()) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects with the line each begins on, one at a time; numbers stay text.

    ``keys`` are names under which one array may lie. Raises InputError for text that is not JSON, is cut
    off, is nested too deep, or holds something else than objects.
    """
    opening = source.opening()
    inside = "|".join(map(re.escape, keys)) or "(?!)"
    if opening.startswith("[") or re.match(rf'\{{\s*"(?:{inside})"\s*:\s*\[', opening):
        yield from Objects(source, keys)
    elif re.match(r"\{\s*[\r\n]", opening) or _pretty(opening):
        yield 1, _object(_whole(source), source, 1)
    else:
        yield from _lines(source)


def _pretty(opening: str) -> bool:
    """Whether the first line is the beginning of an object that goes on below it."""
    first, _, rest = opening.partition("\n")
    return bool(rest.strip()) and not first.rstrip().endswith("}")


def _lines(source: Source) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(source.lines(), 1):
        text = line.lstrip("\ufeff").strip()
        if text:
            yield number, _object(text, source, number)


def _whole(source: Source) -> str:
    found: list[str] = []
    size = 0
    for chunk in source.chunks():
        size += len(chunk)
        if size > MOST_OBJECT:
            raise _refused(source, 1, f"an object of at most {MOST_OBJECT // 2**20} MiB", "more")
        found.append(chunk)
    return "".join(found).lstrip("\ufeff").strip()


def _object(text: str, source: Source, line: int) -> dict[str, Any]:
    try:
        value, end = _DECODER.raw_decode(text)
    except RecursionError as error:
        raise _refused(source, line, "plain objects", "values nested too deep") from error
    except json.JSONDecodeError as error:
        at = line + error.lineno - 1
        raise _refused(
            source, at, "one whole JSON object", f"{error.msg}, character {error.colno}"
        ) from error
    if not isinstance(value, dict) or text[end:].strip():
        raise _refused(source, line, "one JSON object", repr(text[:40]))
    return value


def _refused(source: Source, line: int, expected: str, found: str) -> InputError:
    return InputError(
        "this ownership file is not whole JSON",
        where=f"{source.name}, line {line}",
        expected=expected,
        found=found,
        next_step="fetch or export the file again; nothing was read",
    )
