"""FollowTheMoney entities as JSON lines, as OpenSanctions and others publish them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from xenotime.core.dates import parse_day
from xenotime.core.errors import InputError, Problem
from xenotime.parties.listing.entry import Identifier
from xenotime.parties.listing.formats.draft import Draft, limit
from xenotime.parties.listing.formats.numbers import identifier
from xenotime.parties.listing.formats.objects import each
from xenotime.parties.listing.formats.source import Source
from xenotime.parties.listing.reading import About

TITLE = "FollowTheMoney entities"
_KINDS = {
    "Company": "organisation",
    "Organization": "organisation",
    "LegalEntity": "unknown",
    "PublicBody": "organisation",
    "Person": "person",
    "Vessel": "vessel",
    "Airplane": "aircraft",
}
_NAMES = {
    "name": "primary",
    "alias": "strong",
    "weakAlias": "weak",
    "previousName": "former",
    "abbreviation": "weak",
}
_LANDS = ("country", "jurisdiction", "nationality", "citizenship", "mainCountry", "flag")
#: Properties that identify, with the words that say which kind of number it is.
_NUMBERS = {
    "leiCode": "LEI",
    "uscCode": "USCC",
    "imoNumber": "IMO",
    "mmsi": "MMSI",
    "registrationNumber": "registration number",
    "ogrnCode": "OGRN",
    "innCode": "INN",
    "taxNumber": "tax number",
    "vatCode": "VAT number",
    "passportNumber": "passport",
    "idNumber": "national id",
    "swiftBic": "SWIFT/BIC",
    "dunsCode": "DUNS",
    "isinCode": "ISIN",
}
_DECODER = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str)


def drafts(source: Source, told: list[About], findings: list[Problem]) -> Iterator[Draft]:
    """The parties of the file, with the sanctions that name them; other entities are counted and left out."""
    made: dict[str, list[Draft]] = {}
    sanctions: list[dict[str, Any]] = []
    left: Counter[str] = Counter()
    latest = ""
    for line, item in _items(source):
        schema = str(item.get("schema") or "")
        latest = max(latest, str(item.get("last_change") or item.get("last_seen") or ""))
        if schema in _KINDS:
            made.setdefault(str(item.get("id") or ""), []).append(_draft(line, item, schema))
            limit(len(made), line)
        elif schema == "Sanction":
            sanctions.append(item)
            limit(len(sanctions), line)
        else:
            left[schema or "no schema"] += 1
    for item in sanctions:
        _sanction(made, item)
    if left:
        findings.append(_left(source, left))
    told.append(About(_day(latest), TITLE))
    yield from (draft for same in made.values() for draft in same)


def _items(source: Source) -> Iterator[tuple[int, dict[str, Any]]]:
    for line, text in enumerate(source.lines(), 1):
        if not text.strip():
            continue
        try:
            item = _DECODER.decode(text.strip().removeprefix("\ufeff"))
        except (ValueError, RecursionError) as error:
            if not text.endswith("\n"):
                raise source.broken("the last line stops in the middle", line) from error
            raise _wrong(source, line, "one JSON object in each line", str(error)) from error
        if not isinstance(item, dict) or not isinstance(item.get("properties", {}), dict):
            raise _wrong(source, line, "an object with id, schema and properties", text[:60])
        yield line, item


def _draft(line: int, item: dict[str, Any], schema: str) -> Draft:
    made = Draft(str(item.get("id") or ""), line, _KINDS[schema])
    properties = item.get("properties") or {}
    names = [(text, kind) for key, kind in _NAMES.items() for text in _texts(properties, key)]
    caption = str(item.get("caption") or "")
    first = caption if (caption, "primary") in names or not names else names[0][0]
    made.name(first)
    for text, kind in names:
        made.name(text, "strong" if kind == "primary" and text != first else kind)
    for key in _LANDS:
        for land in _texts(properties, key):
            made.land(land)
    lands = sorted(made.countries)
    for key, words in _NUMBERS.items():
        for value in _texts(properties, key):
            found = identifier(words, value)
            if found:
                land = lands[0] if len(lands) == 1 and found.kind not in ("LEI", "IMO") else ""
                made.identifiers.add(Identifier(found.kind, found.value, land))
    made.programme(
        *_texts(properties, "programId"), *_texts(properties, "program"), *_texts(properties, "topics")
    )
    for text in (*_texts(properties, "address"), *_texts(properties, "full")):
        made.address(text)
    for text in _texts(properties, "notes"):
        made.remark(text)
    made.authority = ", ".join(str(name) for name in each(item, "datasets"))
    made.source = next(iter(_texts(properties, "sourceUrl")), "")
    return made


def _sanction(made: dict[str, list[Draft]], item: dict[str, Any]) -> None:
    """Add what a sanction says to the party it names."""
    properties = item.get("properties") or {}
    by = ", ".join(_texts(properties, "program") or _texts(properties, "authority"))
    source = next(iter(_texts(properties, "sourceUrl")), "")
    for key in _texts(properties, "entity"):
        for draft in made.get(key, ()):
            for day in _texts(properties, "listingDate") or _texts(properties, "startDate"):
                draft.event("listed", day, by=by, source=source)
            for day in _texts(properties, "endDate"):
                draft.event("delisted", day, by=by, source=source)
            draft.programme(*_texts(properties, "programId"))


def _texts(properties: dict[str, Any], key: str) -> tuple[str, ...]:
    """The values of a property, in an order that no file can change."""
    value = properties.get(key)
    given = value if isinstance(value, list) else [value]
    return tuple(sorted(str(v) for v in given if v and not isinstance(v, (dict, list))))


def _day(text: str) -> date | None:
    try:
        return parse_day(text[:10]) if text else None
    except InputError:
        return None


def _left(source: Source, left: Counter[str]) -> Problem:
    told = ", ".join(f"{n} {schema}" for schema, n in left.most_common(8))
    return Problem(
        f"{sum(left.values())} entities are no parties and are left out",
        source.name,
        " | ".join(_KINDS),
        told,
        "ownership is read by `xenotime own`",
        "warning",
    )


def _wrong(source: Source, line: int, expected: str, found: str) -> InputError:
    return InputError(
        "this line is no FollowTheMoney entity",
        where=f"{source.name}, line {line}",
        expected=expected,
        found=found,
        next_step="check the file, or name its format with --format; nothing was changed",
    )
