"""Answers of a manifest's form as they come from a page: read, checked one by one, and what may be picked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from xenotime.core.errors import InputError
from xenotime.programme.casework import forms
from xenotime.programme.casework.case import Case
from xenotime.programme.casework.manifest import ROWS, Field, Manifest
from xenotime.report.words import Words
from xenotime.web.pages.desk import Posted
from xenotime.web.pages.render import told

#: Kinds whose values stand one a line.
LISTS = ("countries", "codes")
#: The most rows of one field that a page takes.
MANY = 200

_ROW = re.compile(r"(\d{1,3})\.(\w+)")


def read(fields: Iterable[Field], sent: Posted) -> dict[str, Any]:
    """What was sent for each field, by its kind; an empty value empties the field."""
    return {field.id: _one(field, sent) for field in fields}


def _one(field: Field, sent: Posted) -> Any:  # noqa: ANN401 - what the field's kind says
    if field.kind in ROWS:
        return [_row(row) for row in rows(field.id, sent)]
    if field.kind == "grams":
        return {r["element"]: r.get("grams", "") for r in rows(field.id, sent) if r.get("element")}
    if field.kind in ("choices", "pick", "file"):
        return list(sent.many(field.id))
    if field.kind in LISTS:
        return [line.strip() for line in re.split(r"[\n,;，；、]", sent.text(field.id)) if line.strip()]
    return sent.text(field.id)


def rows(name: str, sent: Posted) -> list[dict[str, str]]:
    """The rows of a field, sent as ``name.0.column``, in order, without those that hold nothing."""
    found: dict[int, dict[str, str]] = {}
    for key in sent.fields:
        match = _ROW.fullmatch(key.removeprefix(f"{name}.")) if key.startswith(f"{name}.") else None
        if match and int(match[1]) < MANY and sent.text(key):
            found.setdefault(int(match[1]), {})[match[2]] = sent.text(key)
    return [found[place] for place in sorted(found)]


def _row(row: Mapping[str, str]) -> dict[str, Any]:
    return {key: amounts(value) if key == "grams" else value for key, value in row.items()}


def amounts(text: str) -> dict[str, str]:
    """Grams by element as a person writes them; what cannot be read stays for the form to refuse.

    >>> amounts("Dy 120, Tb 4")
    {'Dy': '120', 'Tb': '4'}
    """
    parts = (part.split() for part in re.split(r"[,;，；、\n]", text) if part.strip())
    return {part[0]: "".join(part[1:]).removesuffix("g") for part in parts}


def faults(manifest: Manifest, case: Case, values: Mapping[str, Any]) -> dict[str, str]:
    """What cannot be used, field by field."""
    found: dict[str, str] = {}
    for name, value in values.items():
        try:
            forms.edit(manifest, case, {name: value})
        except InputError as error:
            found[name] = ": ".join(part for part in (error.problem.what, error.problem.expected) if part)
    return found


def lacking(manifest: Manifest, case: Case, say: Words) -> dict[str, str]:
    """The required fields without an answer."""
    return {f.id: say("form.required", name=told(say, f)) for f in forms.missing(manifest, case)}


def blank(field: Field, value: object) -> list[Mapping[str, Any]]:
    """The rows to draw: those there, and room for more."""
    if field.kind == "grams":
        held = value if isinstance(value, Mapping) else {}
        return [
            *({"element": k, "grams": v} for k, v in held.items()),
            *({} for _ in range(2 if held else 3)),
        ]
    kept = [r for r in value if isinstance(r, Mapping)] if isinstance(value, (list, tuple)) else []
    return [*kept, *({} for _ in range(1 if kept else 2))]


def plain(value: object) -> str:
    """A value as one line: lists by commas, grams by element."""
    if isinstance(value, Mapping):
        return ", ".join(f"{k} {v}" for k, v in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(plain(v) for v in value)
    return "" if value is None else str(value)


def columns(kind: str) -> tuple[tuple[str, str, str], ...]:
    """The columns of a field of rows."""
    return ROWS[kind]
