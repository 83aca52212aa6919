"""Answers on a form: read by the type of their field, bounded in size, and what is still missing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

from xenotime.core.errors import InputError
from xenotime.programme.casework.case import Case
from xenotime.programme.casework.manifest import ROWS, Field, Manifest

#: The longest text and the longest list that a field takes [characters, entries].
SHORT, LONG, MANY = 300, 8_000, 500
#: The most grams of an element that a field takes: a million tonnes.
HEAVIEST = 1_000_000_000_000

_ELEMENT = re.compile(r"[A-Z][a-z]?")
_YES = {
    "yes": True,
    "true": True,
    "on": True,
    "1": True,
    "no": False,
    "false": False,
    "off": False,
    "0": False,
}


def edit(manifest: Manifest, case: Case, form: Mapping[str, Any]) -> Case:
    """The case with these answers on its form; what is not named stays, what is emptied goes.

    Raises InputError for a field that the form does not have or a value of another type.
    """
    fields = {f.id: f for f in manifest.asked(case.track)}
    kept = {**case.form, **{name: _read(fields, name, value) for name, value in form.items()}}
    return replace(case, form=MappingProxyType({k: v for k, v in kept.items() if not _empty(v)}))


def clean(fields: tuple[Field, ...], data: Mapping[str, Any], track: str) -> Mapping[str, Any]:
    """The data of an event, each by its type.

    Raises InputError for what is missing, not asked, or of another type.
    """
    asked = {f.id: f for f in fields if not f.tracks or track in f.tracks}
    read = {name: _read(asked, name, value) for name, value in data.items()}
    left = [f.title for f in asked.values() if f.required and _empty(read.get(f.id))]
    if left:
        raise InputError(
            "the act needs more words", expected="; ".join(left), found="nothing", next_step="fill the fields"
        )
    return {name: value for name, value in read.items() if not _empty(value)}


def missing(manifest: Manifest, case: Case) -> tuple[Field, ...]:
    """The required fields of the case's track that have no answer."""
    return tuple(f for f in manifest.asked(case.track) if f.required and _empty(case.form.get(f.id)))


def _empty(value: object) -> bool:
    """Whether there is no answer; False and 0 are answers."""
    return value is None or (isinstance(value, str | list | tuple | Mapping) and not value)


def _read(fields: Mapping[str, Field], name: str, value: object) -> Any:  # noqa: ANN401 - what the field's kind says
    field = fields.get(name)
    if field is None:
        raise InputError("the form has no such field", expected=", ".join(fields), found=name[:SHORT])
    if _empty(value):
        return None
    try:
        return _READERS[field.kind](field, value)
    except (ValueError, TypeError, AttributeError) as error:
        raise InputError(
            f"the answer to “{field.title}” cannot be used",
            where=field.id,
            expected=f"{field.kind}: {error}",
            found=repr(value)[:SHORT],
            next_step="write it as the field says",
        ) from error


def _text(value: object, longest: int = SHORT) -> str:
    if not isinstance(value, str):
        raise TypeError("text")
    text = value.replace("\r\n", "\n").strip()
    if len(text) > longest:
        raise ValueError(f"at most {longest} characters")
    if any(not c.isprintable() and c != "\n" for c in text):
        raise ValueError("no signs that do not print")
    return text


def _whole(value: object, most: int = HEAVIEST) -> int:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,15}", value.strip()):
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
        raise ValueError(f"a whole number from 0 to {most}")
    return value


def _list(value: object) -> list[Any]:
    found = re.split(r"[\n,;，；、]", value) if isinstance(value, str) else value
    if not isinstance(found, list | tuple) or len(found) > MANY:
        raise ValueError(f"a list of at most {MANY}")
    return [x for x in found if not (isinstance(x, str) and not x.strip())]


def _words(_field: Field, value: object) -> list[str]:
    return list(dict.fromkeys(_text(x) for x in _list(value)))


def _choice(field: Field, value: object) -> str:
    chosen = _text(value)
    if chosen not in [c.id for c in field.choices]:
        raise ValueError(" | ".join(c.id for c in field.choices))
    return chosen


def _grams(_field: Field, value: object) -> dict[str, int]:
    if not isinstance(value, Mapping) or len(value) > MANY:
        raise TypeError("element symbols with whole grams")
    found = {str(element).strip(): _whole(grams) for element, grams in value.items() if not _empty(grams)}
    wrong = [e for e in found if not _ELEMENT.fullmatch(e)]
    if wrong:
        raise ValueError("element symbols such as Dy, with whole grams")
    return dict(sorted(found.items()))


def _country(_field: Field, value: object) -> str:
    code = _text(value).upper()
    if not re.fullmatch(r"[A-Z]{2}", code):
        raise ValueError("two letters of ISO 3166")
    return code


def _countries(field: Field, value: object) -> list[str]:
    return list(dict.fromkeys(_country(field, x) for x in _list(value)))


def _date(_field: Field, value: object) -> str:
    return value.isoformat() if type(value) is date else date.fromisoformat(_text(value)).isoformat()


def _yes(_field: Field, value: object) -> bool:
    if isinstance(value, bool):
        return value
    return _YES[_text(value).lower()] if _text(value).lower() in _YES else _never("yes or no")


def _never(expected: str) -> bool:
    raise ValueError(expected)


def _rows(field: Field, value: object) -> list[dict[str, Any]]:
    names = [name for name, _, _ in ROWS[field.kind]]
    rows: list[dict[str, Any]] = []
    if isinstance(value, str):
        raise TypeError(f"rows with {', '.join(names)}")
    for row in _list(value):
        if not isinstance(row, Mapping) or not set(row) <= {*names, "id"}:
            raise ValueError(f"rows with {', '.join(names)}")
        read = {name: _cell(field, name, cell) for name, cell in row.items() if not _empty(cell)}
        if read and not read.get(names[0]):
            raise ValueError(f"each row needs its {names[0]}")
        rows += [read] if read else []
    return rows


def _cell(field: Field, name: str, value: object) -> Any:  # noqa: ANN401 - text, a number, or grams
    if name == "grams":
        return _grams(field, value)
    if name == "country":
        return _country(field, value)
    return _whole(value) if name == "yearly" else _text(value)


_READERS: dict[str, Callable[[Field, object], Any]] = {
    "text": lambda _, value: _text(value),
    "long": lambda _, value: _text(value, LONG),
    "choice": _choice,
    "choices": lambda field, value: list(dict.fromkeys(_choice(field, x) for x in _list(value))),
    "date": _date,
    "number": lambda _, value: _whole(value),
    "grams": _grams,
    "country": _country,
    "countries": _countries,
    "yes": _yes,
    "file": _words,
    "pick": _words,
    "codes": _words,
    **dict.fromkeys(ROWS, _rows),
}
