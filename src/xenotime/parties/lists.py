"""The entries of a party list, as its notice names them."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date

from xenotime.core.errors import BookError

COLUMNS = ("entry", "name", "name_zh", "other_names", "country", "lei", "uscc", "note")


@dataclass(frozen=True, slots=True)
class ListEntry:
    """One named party of one list; `listed_on` is the day the notice names it from."""

    list_address: str
    entry: str
    name: str
    listed_on: date
    name_zh: str = ""
    other_names: tuple[str, ...] = ()
    country: str = ""
    lei: str = ""
    uscc: str = ""
    note: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Every name the notice or a declared source gives."""
        return tuple(n for n in (self.name, self.name_zh, *self.other_names) if n)


def parse_list(text: str, list_address: str, listed_on: date, where: str = "") -> tuple[ListEntry, ...]:
    """The entries of one list file.

    `other_names` are separated by ``|``. Raises BookError for missing columns, an entry without a
    name, or an entry number used twice.
    """
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    if tuple(rows.fieldnames or ()) != COLUMNS:
        raise BookError(
            "this party list has other columns",
            where=where or list_address,
            expected=",".join(COLUMNS),
            found=",".join(rows.fieldnames or ()),
            next_step="give the file exactly these columns, in this order",
        )
    seen: dict[str, ListEntry] = {}
    for row in rows:
        entry = _entry(row, list_address, listed_on, where)
        if entry.entry in seen:
            raise BookError(
                "an entry number is used twice",
                where=f"{where or list_address}, line {rows.line_num}",
                expected="one number per entry",
                found=entry.entry,
            )
        seen[entry.entry] = entry
    return tuple(seen.values())


def _entry(row: dict[str, str | None], address: str, listed_on: date, where: str) -> ListEntry:
    cells = {column: (row.get(column) or "").strip() for column in COLUMNS}
    if not cells["entry"] or not (cells["name"] or cells["name_zh"]):
        raise BookError(
            "a list entry has no number or no name",
            where=where or address,
            expected="entry and name (or name_zh)",
            found=str(cells),
        )
    others = tuple(part.strip() for part in cells["other_names"].split("|") if part.strip())
    return ListEntry(
        address,
        cells["entry"],
        cells["name"] or cells["name_zh"],
        listed_on,
        cells["name_zh"],
        others,
        cells["country"].upper(),
        cells["lei"].upper(),
        cells["uscc"].upper(),
        cells["note"],
    )
