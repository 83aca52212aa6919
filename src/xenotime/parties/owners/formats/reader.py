"""One ownership file of any known format, read as a `Structure`; nothing is guessed.

`read` tells the format from the first characters, or takes the one that is named. Every share is exact.
A percentage is read as a percentage everywhere: 0.5 is half of one percent, never one half.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from xenotime.core.errors import InputError
from xenotime.parties.listing.formats.source import Source, Stream
from xenotime.parties.owners.formats import bods, ftm, gleif, table
from xenotime.parties.owners.holding import Structure

#: Every format by its name, with what a person calls it.
FORMATS: Mapping[str, tuple[str, Callable[[Source], Structure]]] = {
    "bods": ("Beneficial Ownership Data Standard 0.4, as a JSON array or JSON lines", bods.read),
    "ftm": ("FollowTheMoney entities, as JSON lines", ftm.read),
    "gleif": ("GLEIF level 2 relationship records or reporting exceptions, as CSV or JSON", gleif.read),
    "csv": ("a table with the columns owner and owned", table.read),
}


def read(stream: Stream, name: str, *, fmt: str = "", encoding: str = "") -> Structure:
    """The ownership data set of a byte stream; `name` is what errors call it.

    ``fmt`` is a key of `FORMATS`, or "" to tell it from the first characters. Raises InputError for a
    format nobody knows, a file that is cut off, too large or no text, and a line that is too long.
    """
    source = Source(stream, name, encoding)
    chosen = fmt or sniff(source.opening())
    if chosen not in FORMATS:
        raise InputError(
            "this is not an ownership file of a known format",
            where=name,
            expected=", ".join(FORMATS),
            found=repr(fmt or source.opening()[:40]),
            next_step="name its format, or save it as a table with the columns owner, owned, share_percent",
        )
    return FORMATS[chosen][1](source)


def sniff(opening: str) -> str:
    """The format of a file from its first characters; "" when they fit none.

    >>> sniff('{"id": "a", "schema": "Company"}'), sniff("owner,owned,share_percent"), sniff("<xml>")
    ('ftm', 'csv', '')
    """
    if opening[:1] in ("[", "{"):
        if re.search(r'"(?:recordType|statementId|statementID|statementType)"\s*:', opening):
            return "bods"
        return "ftm" if re.search(r'"schema"\s*:', opening) else "gleif" if gleif.likely(opening) else ""
    first = opening.splitlines()[0] if opening.strip() else ""
    if gleif.likely(first):
        return "gleif"
    return "csv" if table.likely(first) else ""
