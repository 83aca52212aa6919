"""OFAC's SDN and consolidated lists as XML (sdn.xml, consolidated.xml)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from xenotime.core.dates import parse_day
from xenotime.core.errors import InputError, Problem
from xenotime.parties.listing.formats.draft import Draft
from xenotime.parties.listing.formats.markup import Element, elements
from xenotime.parties.listing.formats.ofac import AUTHORITY, TITLE
from xenotime.parties.listing.formats.source import Source
from xenotime.parties.listing.reading import About

_KINDS = {"entity": "organisation", "individual": "person", "vessel": "vessel", "aircraft": "aircraft"}


def drafts(source: Source, told: list[About]) -> Iterator[Draft]:
    """The entries; what the file says of itself is added to `told` on the way.

    A record count that differs from the entries found is a finding.
    """
    seen, stated, day = 0, "", ""
    for element in elements(source, "publshInformation", "sdnEntry"):
        if element.tag == "sdnEntry":
            seen += 1
            yield _draft(element)
        elif element.tag == "publshInformation":
            stated, day = element.get("Record_Count"), element.get("Publish_Date")
    odd = [_counted(source, stated, seen)] if stated and stated != str(seen) else []
    told.append(About(_day(day), TITLE, AUTHORITY, odd))


def _draft(item: Element) -> Draft:
    made = Draft(item.get("uid"), item.line, _KINDS.get(item.get("sdnType").lower(), "unknown"), AUTHORITY)
    made.name(_name(item))
    made.programme(*item.texts("programList/program"))
    for alias in item.all("akaList/aka"):
        former = alias.get("type").lower().startswith("f")
        weak = alias.get("category").lower() == "weak"
        made.name(_name(alias), "former" if former else "weak" if weak else "strong")
    for number in item.all("idList/id"):
        made.number(number.get("idType"), number.get("idNumber"), number.get("idCountry"))
    for path in (
        "nationalityList/nationality/country",
        "citizenshipList/citizenship/country",
        "vesselInfo/vesselFlag",
    ):
        for land in item.texts(path):
            made.land(land)
    for place in item.all("addressList/address"):
        if made.kind != "person":
            made.land(place.get("country"))
        parts = ("address1", "address2", "address3", "city", "stateOrProvince", "postalCode", "country")
        made.address(*(place.get(part) for part in parts))
    made.remark(item.get("remarks"))
    return made


def _name(item: Element) -> str:
    return ", ".join(filter(None, (item.get("lastName"), item.get("firstName"))))


def _day(text: str) -> date | None:
    try:
        return parse_day(text, order="mdy") if text else None
    except InputError:
        return None


def _counted(source: Source, stated: str, seen: int) -> Problem:
    return Problem(
        "the file says another number of entries than it has",
        source.name,
        stated,
        str(seen),
        "fetch the file again",
        "warning",
    )
