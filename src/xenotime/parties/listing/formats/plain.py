r"""A party list as plain CSV with documented columns: what a person can write by hand, and what we export.

Several values of a cell are parted by ``|``; a ``|``, ``;`` or ``\`` that is meant has ``\`` before it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from xenotime.core.cells import harmless, original
from xenotime.core.errors import InputError
from xenotime.parties.listing.entry import Identifier, ListedName, ListEntry, ListingEvent
from xenotime.parties.listing.formats.delimited import Row, folded, records
from xenotime.parties.listing.formats.draft import Draft, grouped
from xenotime.parties.listing.formats.source import Source
from xenotime.parties.listing.reading import About

_NAMES = {
    "name": "primary",
    "aliases": "strong",
    "weak_aliases": "weak",
    "former_names": "former",
    "translations": "translation",
}
_NUMBERS = ("lei", "uscc", "imo", "registration", "tax", "passport")
_EVENTS = ("listed", "paused", "resumed", "stopped", "delisted")
#: The columns, and what other tables call them; `name` is the only one that must be there.
COLUMNS: dict[str, tuple[str, ...]] = {
    "entry": ("id", "entity_id", "number", "no", "entry_id", "编号", "番号"),
    "name": (
        "names",
        "party",
        "entity",
        "company",
        "company_name",
        "entity_name",
        "party_name",
        "名称",
        "企业名称",
    ),
    "aliases": ("alias", "aka", "other_names", "also_known_as", "alt_names", "name_zh", "中文名称", "别名"),
    "weak_aliases": ("weak_alias", "weak_aka"),
    "former_names": ("former_name", "fka", "previous_names", "formerly", "曾用名"),
    "translations": ("translation",),
    "kind": ("type", "entity_type", "party_type"),
    "country": ("countries", "country_code", "nationality", "jurisdiction", "国家"),
    "lei": ("lei_code",),
    "uscc": ("usc_code", "unified_social_credit_code", "统一社会信用代码"),
    "imo": ("imo_number",),
    "registration": ("registration_number", "reg_no", "company_number"),
    "tax": ("tax_id", "tax_number", "vat"),
    "passport": ("passport_number",),
    "identifiers": ("ids",),
    "address": ("addresses", "地址"),
    "programme": ("programmes", "program", "programs", "list"),
    "authority": ("issuer", "agency", "source_list"),
    "listed": ("listed_on", "date_listed", "start_date", "date_added", "effective_date", "列入日期"),
    "paused": ("paused_on", "suspended"),
    "resumed": ("resumed_on",),
    "stopped": ("stopped_on",),
    "delisted": ("delisted_on", "end_date", "date_removed", "移出日期"),
    "instrument": ("notice", "citation", "公告"),
    "events": (),
    "source": ("url", "source_url", "web_link"),
    "remark": ("remarks", "note", "notes", "comment", "comments", "reason"),
}
_KINDS = {
    "": "unknown",
    "company": "organisation",
    "entity": "organisation",
    "organization": "organisation",
    "individual": "person",
    "ship": "vessel",
}
_ALL = ("organisation", "person", "vessel", "aircraft", "unknown")


def known_columns(header: Iterable[str]) -> dict[str, str]:
    """Our name for each column of a header that is known; the first of two that mean the same wins."""
    synonyms = {word: name for name, words in COLUMNS.items() for word in (name, *words)}
    found: dict[str, str] = {}
    for column in header:
        name = synonyms.get(folded(column), "")
        if name and name not in found.values():
            found[folded(column)] = name
    return found


def drafts(source: Source) -> Iterator[Draft]:
    """The entries of the file, its cells parted by comma, semicolon or tab as its header is.

    Raises InputError when the header cannot be read, or no column is a name.
    """
    first = source.opening().partition("\n")[0]
    sign = max(",;\t", key=first.count)
    try:
        header = next(csv.reader([first], delimiter=sign), [])
    except csv.Error as error:
        raise source.broken(f"a header that cannot be read ({error})", 1) from error
    columns = known_columns(header)
    if "name" not in columns.values():
        raise InputError(
            "the columns of this list are not known",
            where=f"{source.name}, line 1",
            expected="a column `name`, and any of " + ", ".join(c for c in COLUMNS if c != "name"),
            found=", ".join(header)[:200] or "nothing",
            next_step="rename the columns (docs/howto/add-a-party-list.md), or name the format with --format",
        )
    yield from grouped(_draft(row, columns) for row in records(source, sign))


def about(source: Source) -> About:
    """What the file is; it says nothing of itself."""
    del source
    return About()


def _draft(row: Row, columns: dict[str, str]) -> Draft:
    cell = {name: original(row[column]) for column, name in columns.items()}
    kind = cell.get("kind", "").strip().lower()
    made = Draft(cell.get("entry", ""), row.line, _KINDS.get(kind, kind if kind in _ALL else "unknown"))
    if kind and made.kind == "unknown" != kind:
        made.odd.append(f"kind {kind!r} is not known")
    for column, name_kind in _NAMES.items():
        for text in split(cell.get(column, "")):
            made.name(text, name_kind)
    for land in split(cell.get("country", "")):
        made.land(land)
    for column in _NUMBERS:
        for value in split(cell.get(column, "")):
            made.number(column, value)
    for text in split(cell.get("identifiers", "")):
        made.identifiers.add(Identifier(*(*split(text, ";"), "", "", "")[:3]))
    for text in split(cell.get("address", "")):
        made.address(text)
    made.programme(*split(cell.get("programme", "")))
    made.authority = cell.get("authority", "")
    for event in _EVENTS:
        made.event(event, cell.get(event, ""), by=cell.get("instrument", ""))
    for text in split(cell.get("events", "")):
        _event(made, text)
    made.source = cell.get("source", "")
    made.remark(cell.get("remark", ""))
    return made


def _event(made: Draft, text: str) -> None:
    event, day, by, source = (*split(text, ";", keep=True), "", "", "", "")[:4]
    if event not in _EVENTS:
        made.odd.append(f"event {event[:40]!r} is not known")
    elif day:
        made.event(event, day, by=by, source=source)
    else:
        made.events.add(ListingEvent(event, None, by, source))


def split(text: str, sign: str = "|", *, keep: bool = False) -> tuple[str, ...]:
    r"""The values of a cell. Empty ones are left out unless `keep`; ``\`` takes a sign literally.

    >>> split(r"A\|B | C||"), split("a;;b", ";", keep=True)
    (('A|B', 'C'), ('a', '', 'b'))
    """
    if not text and not keep:
        return ()
    parts = text.split(sign) if "\\" not in text else _parts(text, sign)
    clean = [part.strip() for part in parts]
    return tuple(clean if keep else filter(None, clean))


def _parts(text: str, sign: str) -> list[str]:
    parts, held = [""], iter(text)
    for letter in held:
        if letter == sign:
            parts.append("")
        elif letter == "\\":
            parts[-1] += _taken(next(held, ""), sign)
        else:
            parts[-1] += letter
    return parts


def _taken(letter: str, sign: str) -> str:
    """What a backslash and the letter after it stand for."""
    return letter if letter in ("\\", sign) else "\\" + letter


def write(entries: Iterable[ListEntry]) -> str:
    """The entries as plain CSV that `drafts` reads back without loss, safe to open in a spreadsheet."""
    out = io.StringIO()
    columns = ["entry", *_NAMES, "kind", "country", "identifiers", "address", "programme", "authority"]
    columns += ["events", "source", "remark"]
    table = csv.writer(out, lineterminator="\n")
    table.writerow(columns)
    for entry in entries:
        table.writerow(harmless(cell) for cell in _cells(entry))
    return out.getvalue()


def _cells(entry: ListEntry) -> list[str]:
    return [
        entry.entry,
        *(joined(_of(entry.names, kind)) for kind in _NAMES.values()),
        entry.kind,
        joined(entry.countries),
        joined(joined((i.kind, i.value, i.country), ";") for i in entry.identifiers),
        joined(entry.addresses),
        joined(entry.programmes),
        entry.authority,
        joined(
            joined((e.event, e.day.isoformat() if e.day else "", e.instrument, e.source), ";")
            for e in entry.events
        ),
        entry.source,
        entry.remark,
    ]


def _of(names: Iterable[ListedName], kind: str) -> list[str]:
    return [n.text for n in names if n.kind == kind]


def joined(values: Iterable[str], sign: str = "|") -> str:
    r"""The values as one cell that `split` takes apart again.

    >>> joined(["A|B", "C"])
    'A\\|B|C'
    """
    return sign.join(v.replace("\\", "\\\\").replace(sign, "\\" + sign) for v in values)
