"""The BIS Denied Persons List, as the tab-separated file that BIS publishes (dpl.txt)."""

from __future__ import annotations

from collections.abc import Iterator

from xenotime.parties.listing.formats.delimited import Row, records
from xenotime.parties.listing.formats.draft import Draft, grouped
from xenotime.parties.listing.formats.names import company, parted
from xenotime.parties.listing.formats.source import Source
from xenotime.parties.listing.reading import About

AUTHORITY = "Bureau of Industry and Security"
TITLE = "Denied Persons List (DPL) - Bureau of Industry and Security"


def drafts(source: Source) -> Iterator[Draft]:
    """The parties of the file, each once; of those that are no company, no street address is kept."""
    yield from grouped(_draft(row) for row in records(source, "\t") if row["name"])


def about(source: Source) -> About:
    """What the file is; it does not say its day."""
    del source
    return About(None, TITLE, AUTHORITY)


def _draft(row: Row) -> Draft:
    firm = company(row["name"])
    made = Draft("", row.line, "organisation" if firm else "unknown", TITLE)
    for text, kind in parted(row["name"]):
        made.name(text, kind)
    made.land(row["country"])
    if firm:
        made.address(*(row[k] for k in ("street_address", "city", "state", "postal_code", "country")))
    made.event("listed", row["effective_date"], "mdy", row["fr_citation"])
    made.event("delisted", row["expiration_date"], "mdy", row["fr_citation"])
    made.remark(row["action"])
    return made
