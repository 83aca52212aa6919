"""Builds manifests and profiles from the tables of their files; a table that does not fit is refused."""

from __future__ import annotations

import dataclasses
import tomllib
import types
from collections.abc import Mapping
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from xenotime.core.errors import BookError
from xenotime.programme.casework.manifest import (
    Check,
    Choice,
    Clock,
    Field,
    Manifest,
    Mark,
    Move,
    State,
    Template,
)
from xenotime.programme.profile import Line, Profile

T = TypeVar("T")

#: The tables of a manifest: name in the file, name in the manifest, and what a row becomes.
PARTS: tuple[tuple[str, str, type[Any]], ...] = (
    ("check", "checks", Check),
    ("flag", "flags", Mark),
    ("clock", "clocks", Clock),
    ("letter", "letters", Template),
    ("state", "states", State),
)


def parse(text: str, where: str) -> dict[str, Any]:
    """A TOML file as a table. Raises BookError if it is none."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BookError(
            "this file is no TOML",
            where=where,
            expected="TOML 1.0",
            found=str(error),
            next_step="mend the line",
        ) from error


def asks(table: Mapping[str, Any], where: str) -> Mapping[str, Field]:
    """The fields that events ask for, by name: the table `ask` of the shared file."""
    found: Mapping[str, Any] = table.get("ask", {})
    return types.MappingProxyType(
        {name: _field({"id": name, **row}, f"{where}, ask.{name}") for name, row in found.items()}
    )


def manifest(table: Mapping[str, Any], shared: Mapping[str, Field], where: str) -> Manifest:
    """A manifest from its table. Raises BookError for what is missing, unknown, or of another type."""
    given = dict(table)
    parts: dict[str, tuple[Any, ...]] = {
        name: tuple(_row(kind, row, f"{where}, {key} {row.get('id', '')}") for row in given.pop(key, []))
        for key, name, kind in PARTS
    }
    parts["fields"] = tuple(
        _field(row, f"{where}, field {row.get('id', '')}") for row in given.pop("field", [])
    )
    parts["moves"] = tuple(m for row in given.pop("move", []) for m in _moves(row, shared, where))
    return _row(Manifest, {**given, **parts}, where)


def profile(table: Mapping[str, Any], where: str) -> Profile:
    """A profile from its table. Raises BookError as above, and for a line given twice."""
    given = dict(table)
    lines: dict[str, Line] = {}
    for row in given.pop("line", []):
        line = _row(Line, row, f"{where}, line {row.get('id', '')}")
        if line.id in lines:
            raise BookError(
                "a line is given twice", where=where, expected="one line an address", found=line.id
            )
        lines[line.id] = line
    return _row(Profile, {**given, "lines": types.MappingProxyType(lines)}, where)


def _field(row: Mapping[str, Any], where: str) -> Field:
    choices = []
    for choice in row.get("choices", []):
        if not isinstance(choice, list) or len(choice) != 3 or not all(isinstance(c, str) for c in choice):
            raise BookError(
                "a choice is malformed", where=where, expected="[id, English, Chinese]", found=str(choice)
            )
        choices.append(Choice(*choice))
    return _row(Field, {**row, "choices": tuple(choices)}, where)


def _moves(row: Mapping[str, Any], shared: Mapping[str, Field], where: str) -> list[Move]:
    """One move for each state that the row starts from."""
    given = dict(row)
    place = f"{where}, move {row.get('event', '')}"
    names = given.pop("asks", [])
    unknown = [name for name in names if name not in shared]
    if unknown:
        raise BookError(
            "an event asks for an unknown field", where=place, expected=", ".join(shared), found=str(unknown)
        )
    sources = given.pop("from", [])
    fields = tuple(shared[name] for name in names)
    starts = [sources] if isinstance(sources, str) else sources
    return [_row(Move, {**given, "source": start, "asks": fields}, place) for start in starts]


def _row(kind: type[T], row: Mapping[str, Any], where: str) -> T:
    """A dataclass from a row: every field that has no default, no other, each of its type."""
    hints = get_type_hints(kind)
    fields = {f.name: f for f in dataclasses.fields(kind)}  # type: ignore[arg-type] # every kind here is a dataclass
    needed = [
        n
        for n, f in fields.items()
        if f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING
    ]
    missing, extra = [n for n in needed if n not in row], [n for n in row if n not in fields]
    if missing or extra:
        raise BookError(
            f"a {kind.__name__.lower()} has other parts than it should",
            where=where,
            expected=", ".join(needed),
            found=f"missing: {', '.join(missing) or 'nothing'}; unknown: {', '.join(extra) or 'nothing'}",
            next_step="see docs/howto/change-the-programme.md",
        )
    return kind(**{name: _typed(value, hints[name], f"{where}, {name}") for name, value in row.items()})


def _typed(value: Any, hint: Any, where: str) -> Any:  # noqa: ANN401 - a value of a file, and the type it should have
    if hint is Any or get_origin(hint) not in (None, tuple):
        return value
    if get_origin(hint) is tuple:
        inner = get_args(hint)[0]
        if isinstance(value, list | tuple) and all(isinstance(v, inner) for v in value):
            return tuple(value)
    elif isinstance(value, hint):
        return value
    raise BookError("a value has another type", where=where, expected=str(hint), found=repr(value)[:200])
