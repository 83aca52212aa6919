"""The US Consolidated Screening List, as the JSON and the CSV that trade.gov publishes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from xenotime.core.dates import parse_day
from xenotime.core.errors import InputError
from xenotime.parties.listing.formats.delimited import Row, records
from xenotime.parties.listing.formats.draft import Draft, grouped
from xenotime.parties.listing.formats.names import company
from xenotime.parties.listing.formats.objects import Objects, each
from xenotime.parties.listing.formats.source import Source
from xenotime.parties.listing.reading import About

TITLE = "US Consolidated Screening List"
#: The kinds of party of the US lists, as ours.
KINDS = {"entity": "organisation", "individual": "person", "vessel": "vessel", "aircraft": "aircraft"}
#: Lists that name mostly persons and do not say who is one: street addresses are kept for companies only.
_PRIVATE = ("(DPL)", "(DTC)")
_FORMER = re.compile(r"^f\.?k\.?a\.?\s+", re.IGNORECASE)


def drafts(source: Source) -> Iterator[Draft]:
    """The entries of the JSON file: ``{"results": [ … ]}``, or the bare array."""
    yield from grouped(_draft(line, item) for line, item in Objects(source, ("results",)))


def rows(source: Source) -> Iterator[Draft]:
    """The entries of the CSV file, whose lists within a cell are parted by ``;``."""
    yield from grouped(_draft(row.line, _typed(row)) for row in records(source))


def about(source: Source) -> About:
    """What the file is; the CSV does not say its day, the JSON does when it begins with it."""
    found = re.search(r'"search_performed_at"\s*:\s*"([0-9-]{10})', source.opening())
    day = None
    if found:
        try:
            day = parse_day(found[1])
        except InputError:
            day = None
    return About(day, TITLE, "US Departments of Commerce, State and the Treasury")


def key(authority: str, number: str) -> str:
    """The id of an entry in the joint list: the code of its own list and its number there; "" without one.

    >>> key("Specially Designated Nationals (SDN) - Treasury Department", "36"), key("Entity List (EL)", "")
    ('SDN-36', '')
    """
    code = re.search(r"\(([^()]+?)(?: List)?\)", authority)
    return f"{code[1] if code else 'CSL'}-{number}" if number else ""


def _draft(line: int, item: Mapping[str, Any]) -> Draft:
    authority = _text(item, "source")
    kind = KINDS.get(_text(item, "type").lower(), "unknown")
    made = Draft(key(authority, _text(item, "entity_number")), line, kind, authority)
    made.name(_text(item, "name"))
    for other in _texts(item, "alt_names"):
        made.name(_FORMER.sub("", other), "former" if _FORMER.match(other) else "strong")
    made.programme(*_texts(item, "programs"))
    for land in (*_texts(item, "nationalities"), *_texts(item, "citizenships")):
        made.land(land)
    if made.kind == "vessel":
        made.land(_text(item, "vessel_flag"))
    _places(made, item, private=any(p in authority for p in _PRIVATE))
    _numbers(made, item)
    notice = _text(item, "federal_register_notice")
    made.event("listed", _text(item, "start_date"), "mdy", notice, _text(item, "source_information_url"))
    made.event("delisted", _text(item, "end_date"), "mdy", notice)
    for words, column in (
        ("licence requirement", "license_requirement"),
        ("licence policy", "license_policy"),
    ):
        if _text(item, column):
            made.remark(f"{words}: {_text(item, column)}")
    made.remark(_text(item, "remarks"))
    return made


def _places(made: Draft, item: Mapping[str, Any], *, private: bool) -> None:
    keep = made.kind != "person" and (not private or company(_text(item, "name")))
    for place in each(item, "addresses"):
        if not isinstance(place, Mapping):
            made.odd.append("an address is no object")
            continue
        if made.kind != "person":
            made.land(_text(place, "country"))
        if keep:
            made.address(*(_text(place, k) for k in ("address", "city", "state", "postal_code", "country")))
    if _text(item, "country") and made.kind != "person":
        made.land(_text(item, "country"))


def _numbers(made: Draft, item: Mapping[str, Any]) -> None:
    for given in each(item, "ids"):
        if isinstance(given, Mapping):
            made.number(_text(given, "type"), _text(given, "number"), _text(given, "country"))
    if _text(item, "call_sign"):
        made.remark(f"call sign {_text(item, 'call_sign')}")


def _text(item: Mapping[str, Any], key: str) -> str:
    value = item.get(key)
    if isinstance(value, list):
        return "; ".join(str(v) for v in value if v)
    return "" if value is None else str(value).strip()


def _texts(item: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = item.get(key)
    if isinstance(value, list):
        return tuple(str(v) for v in value if v)
    return tuple(filter(None, (part.strip() for part in str(value or "").split(";"))))


def _typed(row: Row) -> dict[str, Any]:
    """The row with its addresses and identifiers taken apart as the JSON has them."""
    item: dict[str, Any] = dict(row.cells)
    item["addresses"] = [_address(part) for part in _texts(row.cells, "addresses")]
    item["ids"] = [_number(part) for part in _texts(row.cells, "ids")]
    return item


def _address(text: str) -> dict[str, str]:
    rest, _, last = text.rpartition(",")
    if re.fullmatch(r"[A-Z]{2}", last.strip()) and not (rest and re.search(r"[A-Z]{2}, \d{5}$", text)):
        return {"address": rest, "country": last.strip()}
    return {"address": text, "country": ""}


def _number(text: str) -> dict[str, str]:
    parts = [p.strip() for p in text.split(",")]
    if len(parts) > 2 and re.fullmatch(r"[A-Z]{2}", parts[0]):
        return {"country": parts[0], "number": ", ".join(parts[1:-1]), "type": parts[-1]}
    return {"number": ", ".join(parts[:-1]), "type": parts[-1]}
