"""The consolidated list of the UN Security Council, as XML."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from xenotime.core.dates import parse_day
from xenotime.core.errors import InputError
from xenotime.parties.listing.formats.draft import Draft
from xenotime.parties.listing.formats.markup import Element, elements
from xenotime.parties.listing.formats.source import Source
from xenotime.parties.listing.reading import About

TITLE = "UN Security Council consolidated list"
AUTHORITY = "United Nations Security Council"
_NAMES = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_QUALITIES = {"low": "weak", "f.k.a.": "former"}


def drafts(source: Source, told: list[About]) -> Iterator[Draft]:
    """The entries; what the file says of itself is added to `told` on the way."""
    for element in elements(source, "INDIVIDUAL", "ENTITY"):
        if element.tag in ("INDIVIDUAL", "ENTITY"):
            yield _draft(element)
        else:
            told.append(About(_day(element.attributes.get("dateGenerated", "")), TITLE, AUTHORITY))


def _draft(item: Element) -> Draft:
    person = item.tag == "INDIVIDUAL"
    key = item.get("REFERENCE_NUMBER") or item.get("DATAID")
    made = Draft(key, item.line, "person" if person else "organisation", AUTHORITY)
    _names(made, item, person=person)
    made.programme(item.get("UN_LIST_TYPE"))
    made.event("listed", item.get("LISTED_ON"), by=item.get("REFERENCE_NUMBER"))
    if person:
        for land in item.texts("NATIONALITY/VALUE"):
            made.land(land)
        _documents(made, item)
        return made
    for place in item.all("ENTITY_ADDRESS"):
        made.land(place.get("COUNTRY"))
        parts = ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY")
        made.address(*(place.get(part) for part in parts))
    made.remark(item.get("COMMENTS1"))
    return made


def _names(made: Draft, item: Element, *, person: bool) -> None:
    whole = " ".join(filter(None, (item.get(name) for name in _NAMES)))
    first, *more = [whole] if person else whole.split(" ; ")
    made.name(first)
    made.name(item.get("NAME_ORIGINAL_SCRIPT"), "primary")
    for text in more:
        made.name(text, "strong")
    for alias in item.all(f"{item.tag}_ALIAS"):
        made.name(alias.get("ALIAS_NAME"), _QUALITIES.get(alias.get("QUALITY").lower(), "strong"))


def _documents(made: Draft, item: Element) -> None:
    for paper in item.all("INDIVIDUAL_DOCUMENT"):
        words = (
            paper.get("TYPE_OF_DOCUMENT").replace("pasaporte", "passport").replace("passeport", "passport")
        )
        country = paper.get("ISSUING_COUNTRY") or paper.get("COUNTRY_OF_ISSUE")
        made.number(words, paper.get("NUMBER"), country)


def _day(text: str) -> date | None:
    try:
        return parse_day(text[:10]) if text else None
    except InputError:
        return None
