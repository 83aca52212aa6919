"""Typed values of a scenario file: texts, days, numbers with units, words of a list; refusals have a line."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from difflib import get_close_matches

from xenotime.core.errors import InputError
from xenotime.supply.scenario.plain import Entry

#: What each kind of number may be written in, and what one of it is in the unit of the model.
#: ``share`` [1], ``days`` [days] (a working day is 7/5 of a day: five of seven), ``factor`` [1],
#: ``price`` [USD/kg], ``mass`` [kg], ``count`` [1].
UNITS: Mapping[str, Mapping[str, float]] = {
    "share": {"": 1.0, "%": 0.01, "percent": 0.01},
    "days": {
        "": 1.0,
        "day": 1.0,
        "days": 1.0,
        "week": 7.0,
        "weeks": 7.0,
        "month": 365.25 / 12,
        "months": 365.25 / 12,
        "year": 365.25,
        "years": 365.25,
        "working day": 1.4,
        "working days": 1.4,
    },
    "factor": {"": 1.0, "%": 0.01},
    "price": {"USD/kg": 1.0, "USD/t": 0.001},
    "mass": {"kg": 1.0, "t": 1000.0},
    "count": {"": 1.0},
}
_NUMBER = re.compile(r"([-+]?\d+(?:\.\d+)?)\s*([A-Za-z%][A-Za-z/% ]*)?\Z", re.ASCII)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
#: Days of a scenario lie between these: calendars end, and no network of today fits the far past.
EARLIEST, LATEST = date(1990, 1, 1), date(2149, 12, 31)
_SHOWN = 30
_NEXT = "see docs/howto/write-a-scenario.md"


def keys(entry: Entry, allowed: Collection[str], what: str) -> Mapping[str, Entry]:
    """The keys under an entry. Raises InputError for a key that is not allowed, or when it has none."""
    if not isinstance(entry.value, Mapping):
        raise refused(f"{what} is not a list of keys", entry, ", ".join(allowed))
    for name, value in entry.value.items():
        if name not in allowed:
            near = get_close_matches(name, allowed, 1)
            raise InputError(
                f"{what} has no key of this name",
                where=value.where,
                expected=", ".join(allowed),
                found=name,
                next_step=f"did you mean {near[0]}?" if near else _NEXT,
            )
    return entry.value


def items(entry: Entry | None, what: str) -> tuple[Entry, ...]:
    """The entries of a list, none when absent; one text stands for a list of one."""
    if entry is None or entry.value == "":
        return ()
    if isinstance(entry.value, Mapping):
        raise refused(f"{what} is not a list", entry, "a list: each part begins with a hyphen")
    return entry.value if isinstance(entry.value, tuple) else (entry,)


def text(entry: Entry, what: str) -> str:
    """A text on one line, its line breaks taken as spaces. Raises InputError when it is none, or empty."""
    if not isinstance(entry.value, str) or not entry.value.strip():
        raise refused(f"{what} is not a text", entry, "some words")
    return " ".join(entry.value.split())


def day(entry: Entry, what: str) -> date:
    """An ISO day. Raises InputError for anything else, days that no calendar has, and days out of reach."""
    found = text(entry, what)
    if not _ISO.match(found):
        raise refused(f"{what} is not a date", entry, "a day such as 2025-04-04")
    try:
        made = date.fromisoformat(found)
    except ValueError as error:
        raise refused(f"{what} is a date that does not exist", entry, "a day of the calendar") from error
    if not EARLIEST <= made <= LATEST:
        raise refused(f"{what} is out of reach", entry, f"a day from {EARLIEST} to {LATEST}")
    return made


def truth(entry: Entry, what: str) -> bool:
    """Yes or no. Raises InputError for another word."""
    found = text(entry, what).lower()
    if found not in ("yes", "no", "true", "false"):
        raise refused(f"{what} is neither yes nor no", entry, "yes or no")
    return found in ("yes", "true")


def number(entry: Entry, kind: str, what: str, low: float = 0.0, high: float = float("inf")) -> float:
    """A number in the unit of the model, from one written with a unit of its `kind` (see `UNITS`).

    Raises InputError when it is no number, its unit does not fit, or it lies outside [low, high].
    """
    found = text(entry, what)
    match, units = _NUMBER.match(found), UNITS[kind]
    if match is None:
        raise refused(f"{what} is not a number", entry, f"a number in {_named(units)}")
    unit = (match[2] or "").strip()
    if unit not in units:
        missing = f"{what} lacks its unit" if not unit else f"the unit of {what} does not fit"
        raise refused(missing, entry, f"a number in {_named(units)}")
    value = float(Decimal(match[1]) * Decimal(str(units[unit])))
    if not low <= value <= high:
        raise refused(f"{what} is out of reach", entry, f"{low:g} to {high:g}")
    return value


def whole(entry: Entry, kind: str, what: str, low: int = 0, high: int = 1_000_000) -> int:
    """A whole number in the unit of the model. Raises InputError as `number` does, and for a broken one."""
    value = number(entry, kind, what, low, high)
    if abs(value - round(value)) > 1e-9 and kind != "days":
        raise refused(f"{what} is not a whole number", entry, "0, 1, 2, …")
    return round(value)


def word(entry: Entry, allowed: Collection[str] | None, what: str) -> str:
    """One word of a list; None allows every word. Raises InputError naming the nearest."""
    found = text(entry, what)
    if allowed is not None and found not in allowed:
        near = get_close_matches(found, allowed, 3)
        shown = ", ".join(near or sorted(allowed)[:_SHOWN]) + (", …" if len(allowed) > _SHOWN else "")
        raise InputError(
            f"no such {what}",
            where=entry.where,
            expected=shown or "a name that was handed in: there is none",
            found=found,
            next_step=f"did you mean {' or '.join(near)}?" if near else _NEXT,
        )
    return found


def several(entry: Entry | None, allowed: Collection[str] | None, what: str) -> tuple[str, ...]:
    """A list of words, each as `word` reads it."""
    return tuple(word(one, allowed, what) for one in items(entry, what))


def refused(what: str, entry: Entry, expected: str) -> InputError:
    """The four-part refusal of an entry."""
    return InputError(what, where=entry.where, expected=expected, found=_shown(entry), next_step=_NEXT)


def _shown(entry: Entry) -> str:
    """What stands there: the text, or the keys."""
    if isinstance(entry.value, str):
        return repr(entry.value)
    return f"keys: {', '.join(entry.value)}" if isinstance(entry.value, Mapping) else "a list"


def _named(units: Collection[str]) -> str:
    return ", ".join(unit or "no unit" for unit in units)
