"""A plain table of ownership: owner, owned, share_percent or its bounds, days, kind, source.

A share is a percentage: 0.5 is half of one percent. Columns are known by names in English, German and
Chinese. The separator is the one that the header uses: comma, semicolon or tab.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xenotime.core.errors import InputError
from xenotime.parties.listing.formats.countries import code
from xenotime.parties.listing.formats.delimited import folded, rows
from xenotime.parties.listing.formats.source import Source
from xenotime.parties.owners.formats import shares
from xenotime.parties.owners.formats.gather import Gathered
from xenotime.parties.owners.formats.shares import Share
from xenotime.parties.owners.holding import Body, Holding, Structure

#: Columns by the names that people give them, as `folded` writes them.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "owner": (
        "owner",
        "owner_id",
        "shareholder",
        "parent",
        "holder",
        "eigentümer",
        "gesellschafter",
        "股东",
        "股东名称",
        "持股方",
    ),
    "owned": (
        "owned",
        "owned_id",
        "company",
        "subsidiary",
        "asset",
        "entity",
        "gesellschaft",
        "beteiligung",
        "公司",
        "公司名称",
        "被投资企业",
    ),
    "share": (
        "share_percent",
        "share",
        "percent",
        "percentage",
        "pct",
        "stake",
        "anteil",
        "anteil_prozent",
        "持股比例",
        "比例",
    ),
    "low": ("low_percent", "minimum", "min_percent", "share_min", "at_least"),
    "high": ("high_percent", "maximum", "max_percent", "share_max", "at_most"),
    "from": ("from_day", "start", "start_date", "startdate", "from", "since", "von", "起始日期"),
    "to": ("to_day", "end", "end_date", "enddate", "to", "until", "bis", "截止日期"),
    "kind": ("kind", "type", "interest", "art", "类型"),
    "holds_for": ("holds_for", "on_behalf_of", "beneficiary", "nominator", "für", "代持人"),
    "source": ("source", "reference", "quelle", "来源"),
    "id": ("id", "holding", "record_id"),
    "owner_name": ("owner_name",),
    "owned_name": ("owned_name",),
    "owner_country": ("owner_country",),
    "owned_country": ("owned_country",),
}
_KINDS = {
    "": "shares",
    "share": "shares",
    "shareholding": "shares",
    "voting": "votes",
    "vote": "votes",
    "trustee": "trust",
}
_KNOWN = ("shares", "votes", "control", "nominee", "trust")


def likely(header: str) -> bool:
    """Whether a first line names an owner and an owned column.

    >>> likely("Shareholder;Company;Share %"), likely("name,country")
    (True, False)
    """
    columns = _columns(header.lstrip("\ufeff").strip().split(_separator(header)))
    return "owner" in columns and "owned" in columns


def read(source: Source) -> Structure:
    """The data set of a table. Raises InputError without an owner and an owned column, and for a cut file."""
    gathered = Gathered()
    opening = source.opening()
    first = opening.splitlines()[0] if opening.strip() else ""
    found = rows(source, _separator(first))
    _, header = next(found, (0, []))
    columns = _columns(header)
    if "owner" not in columns or "owned" not in columns:
        raise InputError(
            "this table does not say who owns whom",
            where=f"{source.name}, line 1",
            expected="columns owner and owned, and share_percent or low_percent and high_percent",
            found=", ".join(header)[:200] or "nothing",
            next_step="name the columns so",
        )
    for line, cells in found:
        row = {name: cells[at].strip() if at < len(cells) else "" for name, at in columns.items()}
        _row(gathered, row, line, f"{source.name}, line {line}")
    return gathered.structure()


def _separator(header: str) -> str:
    return max(",;\t", key=header.count)


def _columns(header: Sequence[str]) -> dict[str, int]:
    """The place of each known column; of two that mean the same the first counts."""
    names = [folded(name.replace('"', "").replace("%", " ")) for name in header]
    found: dict[str, int] = {}
    for column, known in COLUMNS.items():
        at = next((names.index(name) for name in known if name in names), None)
        if at is not None:
            found[column] = at
    return found


def _row(gathered: Gathered, row: Mapping[str, str], line: int, place: str) -> None:
    owner, owned = row["owner"], row["owned"]
    if not owner or not owned:
        gathered.find("a row without owner or owned: left out", place)
        return
    for key in ("owner", "owned"):
        name = row.get(f"{key}_name", "") or row[key]
        gathered.name(Body(row[key], name, country=_country(gathered, row.get(f"{key}_country", ""), place)))
    kind = _kind(gathered, row.get("kind", "").casefold(), place)
    behind = row.get("holds_for", "")
    if behind:
        gathered.name(Body(behind, behind))
    elif kind in ("nominee", "trust"):
        gathered.find("a nominee or trust with nobody behind it: for whom it holds is unknown", place)
    found = Share() if kind == "control" else _share(gathered, row, place)
    days = gathered.day(row.get("from", ""), place), gathered.day(row.get("to", ""), place, last=True)
    name = row.get("id", "") or f"row {line}"
    gathered.hold(
        Holding(name, owner, owned, found.low, found.high, *days, kind, behind, row.get("source", ""))
    )


def _country(gathered: Gathered, text: str, place: str) -> str:
    """The code of a country, from a code or a name; nothing, with a finding, for what is neither."""
    found = code(text) or (code(text[:2]) if text[2:3] == "-" else "")
    if text and not found:
        gathered.find("a country that cannot be read: it is taken as not stated", f"{place}: {text[:40]!r}")
    return found


def _kind(gathered: Gathered, word: str, place: str) -> str:
    kind = _KINDS.get(word, word)
    if kind not in _KNOWN:
        gathered.find(f"an unknown kind of holding ({word[:40]!r}): its share is counted as shares", place)
        return "shares"
    return kind


def _share(gathered: Gathered, row: Mapping[str, str], place: str) -> Share:
    """The bounds of a row: its share, or its two bounds; what cannot be read is unknown, with a finding."""
    said = row.get("share", "")
    low, high = row.get("low", ""), row.get("high", "")
    if not said and not low and not high:
        return Share()
    if said:
        found = shares.share(said)
    else:
        ends = [shares.share(end) if end else Share() for end in (low, high)]
        odd = next((e.odd for e in ends if e.odd), "")
        found = (
            Share(odd=odd)
            if odd
            else shares.bounds(ends[0].low * 100, ends[1].high * 100 if ends[1].high is not None else None)
        )
    if found.odd:
        gathered.find(f"{found.odd}: it is unknown", f"{place}: {said or f'{low} to {high}'!r}")
        return Share()
    return found
