"""Japan's foreign end user list, as the table that METI publishes, saved as CSV."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xenotime.core.errors import InputError
from xenotime.parties.listing.formats.delimited import rows
from xenotime.parties.listing.formats.draft import Draft, grouped
from xenotime.parties.listing.formats.source import Source
from xenotime.parties.listing.reading import About

AUTHORITY = "Japan, Ministry of Economy, Trade and Industry"
TITLE = "Foreign End User List (外国ユーザーリスト)"
#: What the head of a column contains, in the ministry's Japanese and English tables.
_COLUMNS = {
    "number": r"^no\b|番号",
    "country": r"国名|country",
    "name": r"企業|組織名|company",
    "other": r"別名|also known",
    "concern": r"懸念|type of wmd|wmd",
    "arms": r"通常兵器|conventional",
}
_BULLET = re.compile(r"[\n;；]|(?:^|\s)[・•●‐]\s*")


def drafts(source: Source) -> Iterator[Draft]:
    """The parties of the table. Raises InputError when no row is a head with country and company."""
    yield from grouped(_rows(source))


def about(source: Source) -> About:
    """What the file is; it does not say its day."""
    del source
    return About(None, TITLE, AUTHORITY)


def _rows(source: Source) -> Iterator[Draft]:
    head: dict[str, int] = {}
    for line, cells in rows(source):
        if not head:
            head = _head(cells)
            continue
        value = {name: cells[at].strip() if at < len(cells) else "" for name, at in head.items()}
        if value["name"]:
            yield _draft(value, line)
    if not head:
        raise InputError(
            "this is no end user list of METI",
            where=source.name,
            expected="a row with the heads 国名 (country) and 企業名 (company)",
            found="no such row",
            next_step="save the ministry's table as CSV with its heads, or name the format with --format",
        )


def _head(cells: list[str]) -> dict[str, int]:
    found = {
        name: next(at for at, cell in enumerate(cells) if re.search(pattern, cell.strip().lower()))
        for name, pattern in _COLUMNS.items()
        if any(re.search(pattern, cell.strip().lower()) for cell in cells)
    }
    return found if {"country", "name"} <= found.keys() else {}


def _draft(value: dict[str, str], line: int) -> Draft:
    made = Draft("", line, "organisation", AUTHORITY)
    first, *more = filter(None, (t.strip() for t in value["name"].split("\n")))
    made.name(first)
    for text in (*more, *_BULLET.split(value.get("other", ""))):
        made.name(text.strip().lstrip("・•●‐ "), "strong")
    made.land(value["country"].replace("\n", ", "))
    for key, words in (("concern", "concern"), ("arms", "conventional arms")):
        if value.get(key):
            made.remark(f"{words}: {value[key]}")
    return made
