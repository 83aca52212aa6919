"""The JSON of the public registry that copies China's, Japan's and other official lists."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from xenotime.core.dates import parse_day
from xenotime.core.errors import InputError
from xenotime.parties.listing.formats.countries import code, leading
from xenotime.parties.listing.formats.draft import Draft
from xenotime.parties.listing.formats.objects import Objects, each
from xenotime.parties.listing.formats.source import Source
from xenotime.parties.listing.reading import About

TITLE = "Copy of official lists in a public registry"
_KINDS = {"organization": "organisation", "person": "person", "individual": "person", "vessel": "vessel"}
#: The state behind a list; the registry's `country` names the lister, never the party.
_ISSUERS = {
    "cn": "China, Ministry of Commerce",
    "jp": "Japan, Ministry of Economy, Trade and Industry",
    "us": "US Departments of Commerce, State and the Treasury",
}


def drafts(source: Source, told: list[About]) -> Iterator[Draft]:
    """The entries; the latest day of verification is taken as the day the copy speaks of."""
    latest: date | None = None
    issuer = ""
    for line, item in Objects(source, ("entities", "results")):
        issuer = issuer or _ISSUERS.get(str(item.get("country", "")).lower(), "")
        day = _day(str(item.get("last_verified") or ""))
        latest = max(filter(None, (latest, day)), default=None)
        yield _draft(line, item)
    told.append(About(latest, TITLE, issuer))


def _draft(line: int, item: dict[str, Any]) -> Draft:
    kind = _KINDS.get(str(item.get("entity_type", "")).lower(), "unknown")
    made = Draft(str(item.get("id") or ""), line, kind)
    made.authority = _ISSUERS.get(str(item.get("country", "")).lower(), str(item.get("country") or ""))
    made.name(str(item.get("entity_name") or ""))
    for place in each(item, "addresses"):
        _place(made, str(place))
    for alias in each(item, "aliases"):
        made.name(str(alias), "strong")
    made.programme(str(item.get("source_list_name") or ""))
    address = str(item.get("source_url") or "")
    made.event("listed", str(item.get("date_added") or ""), by=str(item.get("list_id") or ""), source=address)
    made.remark(str(item.get("reason") or ""))
    made.source = address
    return made


def _place(made: Draft, text: str) -> None:
    """Keep an address and the country it begins with or names.

    Some rows of Japan's list have the party's name run into the country: it is taken from there.
    """
    found, rest = leading(text)
    alone = code(text)
    if not made.names and found and rest:
        made.name(rest)
        made.odd.append("a name was taken from behind a country, where the copy has it")
    elif not alone or "," in text:
        made.address(text)
    if alone or found:
        made.countries.add(found or alone)


def _day(text: str) -> date | None:
    try:
        return parse_day(text[:10]) if text else None
    except InputError:
        return None
