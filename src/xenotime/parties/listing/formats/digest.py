"""The compact JSON copy of the US Consolidated Screening List: short keys, with tables they point into."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from xenotime.core.dates import parse_day
from xenotime.core.errors import InputError
from xenotime.parties.listing.formats.csl import KINDS, TITLE, key
from xenotime.parties.listing.formats.draft import Draft, grouped
from xenotime.parties.listing.formats.objects import Objects, each
from xenotime.parties.listing.formats.source import Source
from xenotime.parties.listing.reading import About

#: The short keys, and the table that a number under each points into.
_TABLES = {
    "s": "sources",
    "lr": "licenceRequirements",
    "lp": "licencePolicies",
    "pg": "programmes",
    "u": "urls",
}


def drafts(source: Source, told: list[About]) -> Iterator[Draft]:
    """The entries; the tables must stand before them. What the file says of itself is added to `told`."""
    found = Objects(source, ("entries",))
    yield from grouped(_draft(line, item, found.head.get("tables")) for line, item in found)
    stated = str(found.head.get("sourceGeneratedAt") or found.head.get("retrievedAt") or "")
    told.append(About(_day(stated), TITLE, str(found.head.get("citation") or "")))


def _draft(line: int, item: Mapping[str, Any], tables: object) -> Draft:
    words = {short: _word(item, short, tables) for short in _TABLES}
    made = Draft(key(words["s"], str(item.get("e") or "")), line, authority=words["s"])
    made.kind = KINDS.get(str(item.get("t") or "").lower(), "unknown")
    made.name(str(item.get("n") or ""))
    for other in each(item, "a"):
        made.name(str(other), "strong")
    if made.kind != "person":
        for land in each(item, "c"):
            made.land(str(land))
    made.programme(*words["pg"].split(";"))
    for label, short in (("licence requirement", "lr"), ("licence policy", "lp")):
        made.remark(f"{label}: {words[short]}" if words[short] else "")
    made.remark(f"notice {item['fr']}" if item.get("fr") else "")
    made.source = words["u"]
    return made


def _word(item: Mapping[str, Any], short: str, tables: object) -> str:
    place = "" if item.get(short) is None else str(item[short])
    if not place:
        return ""
    table = tables.get(_TABLES[short]) if isinstance(tables, Mapping) else None
    number = int(place) if place.isascii() and place.isdigit() and len(place) < 9 else -1
    if isinstance(table, list) and 0 <= number < len(table):
        return str(table[number])
    raise InputError(
        "an entry points past its table",
        where=str(item.get("n")),
        expected=f"a place in tables.{_TABLES[short]}, which stands before the entries",
        found=place,
        next_step="fetch the file again; nothing was changed",
    )


def _day(text: str) -> date | None:
    try:
        return parse_day(text[:10]) if text else None
    except InputError:
        return None
