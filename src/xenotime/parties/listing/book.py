"""The list tables that come with the book of law: one CSV for each list notice."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from xenotime.core.errors import BookError
from xenotime.parties.listing.entry import ListEntry, ListingEvent
from xenotime.parties.listing.formats.draft import Draft

COLUMNS = ("entry", "name", "name_zh", "other_names", "country", "lei", "uscc", "note")


def table(text: str, where: str) -> tuple[dict[str, str], ...]:
    """The rows of a list table of the book.

    Raises BookError for other columns, an entry without number or name, or a number used twice.
    """
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    if tuple(rows.fieldnames or ()) != COLUMNS:
        raise BookError(
            "this party list has other columns",
            where=where,
            expected=",".join(COLUMNS),
            found=",".join(rows.fieldnames or ()),
            next_step="give the file exactly these columns, in this order",
        )
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        cells = {column: (row.get(column) or "").strip() for column in COLUMNS}
        if not cells["entry"] or not (cells["name"] or cells["name_zh"]) or cells["entry"] in found:
            raise BookError(
                "a list entry has no number, no name, or another's number",
                where=f"{where}, line {rows.line_num}",
                expected="a number of its own, and name or name_zh",
                found=str(cells),
                next_step="correct the line",
            )
        found[cells["entry"]] = cells
    return tuple(found.values())


def entries(
    rows: Iterable[Mapping[str, str]], list_id: str, authority: str, events: Sequence[ListingEvent]
) -> tuple[ListEntry, ...]:
    """The parties of a list table, each with the events of its notice; `other_names` are parted by ``|``."""
    return tuple(_entry(row, list_id, authority, events) for row in rows)


def _entry(row: Mapping[str, str], list_id: str, authority: str, events: Sequence[ListingEvent]) -> ListEntry:
    made = Draft(row["entry"], 0, "organisation", authority)
    made.name(row.get("name", ""))
    made.name(row.get("name_zh", ""))
    for other in row.get("other_names", "").split("|"):
        made.name(other, "strong")
    if row.get("country"):
        made.countries.add(row["country"].upper())
    for kind in ("lei", "uscc"):
        if row.get(kind):
            made.number(kind, row[kind])
    made.events.update(events)
    made.source = list_id
    made.remark(row.get("note", ""))
    return made.entry(list_id, list_id)
