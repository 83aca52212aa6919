"""BIS lists as CSV: Entity List, Military End User list, Unverified List; and the State Department's two.

A party takes several rows, one for each address and further name; the rows are put together.
"""

from __future__ import annotations

from collections.abc import Iterator

from xenotime.parties.listing.formats.delimited import Row, records
from xenotime.parties.listing.formats.draft import Draft, grouped
from xenotime.parties.listing.formats.names import parted
from xenotime.parties.listing.formats.source import Source
from xenotime.parties.listing.reading import About

_LISTS = {
    "EL": "Entity List (EL) - Bureau of Industry and Security",
    "MEU": "Military End User (MEU) List - Bureau of Industry and Security",
    "UVL": "Unverified List (UVL) - Bureau of Industry and Security",
    "ISN": "Nonproliferation Sanctions (ISN) - State Department",
}
_DEBARRED = "ITAR Debarred (DTC) - State Department"


def drafts(source: Source) -> Iterator[Draft]:
    """The parties of the file, each once."""
    yield from grouped(_draft(row) for row in records(source) if any(row.cells.values()))


def about(source: Source) -> About:
    """What the file is; it does not say its day."""
    first = source.opening().partition("\n")[2][:4].upper()
    name = next((n for code, n in _LISTS.items() if first.startswith(code)), "")
    if not name:
        name = _DEBARRED if "party name" in source.opening()[:200].lower() else _LISTS["UVL"]
    return About(None, name, name.partition(" - ")[2])


def _draft(row: Row) -> Draft:
    title = _LISTS.get(row["source_list"].upper(), "")
    if not title:
        title = _DEBARRED if row["party_name"] else _LISTS["UVL"]
    made = Draft("", row.line, "unknown", title)
    for text, kind in parted(row["name"] or row["party_name"]):
        made.name(text, kind)
    for others in (row["alternate_name"], row["alternative_names"]):
        for text in others.split(";"):
            made.name(text, "strong")
    made.land(row["country"])
    made.address(*(row[k] for k in ("address", "city", "state_province", "postal_code", "country")))
    made.programme(row["programs"])
    notice = row["federal_register_notice"]
    made.event("listed", row["effective_date"] or row["notice_date"], "mdy", notice, row["web_link"])
    made.event("delisted", row["date_lifted_waived_expired"], "mdy", notice)
    for words, column in (
        ("licence requirement", "license_requirement"),
        ("licence policy", "license_policy"),
    ):
        if row[column]:
            made.remark(f"{words}: {row[column]}")
    made.remark(row["remarks_notes"])
    return made
