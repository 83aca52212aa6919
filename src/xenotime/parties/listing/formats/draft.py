"""An entry in the making, and the rules that settle all entries of a file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256

from xenotime.core.dates import parse_day
from xenotime.core.errors import InputError, Problem
from xenotime.parties.listing.entry import Identifier, ListedName, ListEntry, ListingEvent
from xenotime.parties.listing.formats.countries import code
from xenotime.parties.listing.formats.numbers import identifier
from xenotime.parties.listing.lines import canonical
from xenotime.parties.listing.script import script_of

MOST_ENTRIES = 500_000
MOST_TEXT = 2000
MOST_FINDINGS = 200
_ORDER = ("primary", "strong", "weak", "former", "translation")
_ZONE = re.compile(r"(?<=\d{4}-\d\d-\d\d)(?:T.*|Z|[+-]\d\d:\d\d)$")
_UNSEEN = re.compile(
    r"[\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ud800-\udfff\ufeff]+"
)


def tidy(text: str) -> str:
    """The text in one line, without signs nobody sees, no longer than MOST_TEXT."""
    if text.isprintable() and "  " not in text:
        return text.strip()[:MOST_TEXT]
    return " ".join(_UNSEEN.sub(" ", text).split())[:MOST_TEXT]


@dataclass(slots=True)
class Draft:
    """An entry in the making; `key` is its id in the list, "" if the list gives none."""

    key: str
    line: int = 0
    kind: str = "unknown"
    authority: str = ""
    names: dict[str, str] = field(default_factory=dict)
    countries: set[str] = field(default_factory=set)
    identifiers: set[Identifier] = field(default_factory=set)
    addresses: set[str] = field(default_factory=set)
    programmes: set[str] = field(default_factory=set)
    events: set[ListingEvent] = field(default_factory=set)
    remarks: dict[str, None] = field(default_factory=dict)
    source: str = ""
    odd: list[str] = field(default_factory=list)

    def name(self, text: str, kind: str = "primary") -> None:
        """Add a name; one that is there already keeps the stronger of both kinds."""
        clean = tidy(text)
        if clean and _ORDER.index(kind) < _ORDER.index(self.names.get(clean, _ORDER[-1])) + (
            clean not in self.names
        ):
            self.names[clean] = kind

    def land(self, text: str) -> None:
        """Add a country by code or name; one that is not recognised becomes a finding."""
        clean = tidy(text)
        found = code(clean) if clean else ""
        if found:
            self.countries.add(found)
        elif clean:
            self.odd.append(f"country {clean[:60]!r} is not recognised")

    def number(self, words: str, value: str, country: str = "") -> None:
        """Add an identifier, if the words name a kind of identifier."""
        found = identifier(words, value, country)
        if found:
            self.identifiers.add(found)

    def address(self, *parts: str) -> None:
        """Add an address from its parts."""
        clean = ", ".join(filter(None, (tidy(p) for p in parts)))
        if clean:
            self.addresses.add(clean)

    def programme(self, *texts: str) -> None:
        """Add programmes."""
        self.programmes.update(filter(None, (tidy(t) for t in texts)))

    def event(self, event: str, day: str, order: str = "", by: str = "", source: str = "") -> None:
        """Add what happened to the listing, if a day is given; an unreadable day becomes a finding."""
        if not day.strip():
            return
        try:
            when = parse_day(_ZONE.sub("", day.strip()), order=order or None)
        except InputError:
            self.odd.append(f"day {day.strip()[:40]!r} cannot be read")
            return
        self.events.add(ListingEvent(event, when, tidy(by), tidy(source)))

    def remark(self, text: str) -> None:
        """Add a remark."""
        clean = tidy(text)
        if clean:
            self.remarks[clean] = None

    def merge(self, other: Draft) -> None:
        """Take everything over from another draft of the same party."""
        for text, kind in other.names.items():
            self.name(text, kind)
        self.line = min(self.line, other.line)
        self.countries |= other.countries
        self.identifiers |= other.identifiers
        self.addresses |= other.addresses
        self.programmes |= other.programmes
        self.events |= other.events
        self.remarks |= other.remarks
        self.odd += other.odd

    def entry(self, list_id: str, where: str) -> ListEntry:
        """The entry, its parts in a fixed order. Of a person, addresses and remarks are not kept."""
        person = self.kind == "person"
        listed = sorted(self.names.items(), key=lambda n: (_ORDER.index(n[1]), n[1] != "primary" and n[0]))
        return ListEntry(
            list_id,
            tidy(self.key) or derived(self),
            tuple(ListedName(text, kind, script_of(text)) for text, kind in listed),
            self.kind,
            tuple(sorted(self.countries)),
            tuple(sorted(self.identifiers, key=lambda i: (i.kind, i.value, i.country))),
            () if person else tuple(sorted(self.addresses)),
            tuple(sorted(self.programmes)),
            tidy(self.authority),
            tuple(sorted(self.events, key=lambda e: (e.day or date.max, e.event, e.instrument, e.source))),
            tidy(self.source) or f"{where}, line {self.line}",
            "" if person else "; ".join(sorted(self.remarks))[:MOST_TEXT],
        )


def derived(draft: Draft) -> str:
    """An id for a party whose list gives none: of its primary names, authority and countries."""
    names = sorted(text.casefold() for text, kind in draft.names.items() if kind == "primary")
    text = "\n".join([*names, draft.authority, *sorted(draft.countries)])
    return "x" + sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def grouped(drafts: Iterable[Draft]) -> list[Draft]:
    """The drafts of a list that spreads a party over several rows, one for each party.

    Rows without an id of their own are put together when they share primary name, authority and countries.
    """
    found: dict[str, Draft] = {}
    numbered: list[Draft] = []
    for draft in bounded(drafts):
        if draft.key:
            numbered.append(draft)
        elif (key := derived(draft)) in found:
            found[key].merge(draft)
        else:
            found[key] = draft
    return [*numbered, *found.values()]


def bounded(drafts: Iterable[Draft]) -> Iterable[Draft]:
    """The drafts one by one. Raises InputError once there are more than MOST_ENTRIES."""
    for number, draft in enumerate(drafts, 1):
        limit(number, draft.line)
        yield draft


def limit(number: int, line: int) -> None:
    """Raises InputError for more entries than MOST_ENTRIES: called wherever entries are gathered."""
    if number > MOST_ENTRIES:
        raise InputError(
            "this list has too many entries",
            where=f"line {line}",
            expected=f"at most {MOST_ENTRIES}",
            found="more",
            next_step="split the file into several lists",
        )


def settle(
    drafts: Iterable[Draft], list_id: str, where: str
) -> tuple[tuple[ListEntry, ...], tuple[Problem, ...]]:
    """The entries sorted by id, and what was odd; an id used twice gets a mark that no order changes."""
    odd: Counter[str] = Counter()
    lines: dict[str, int] = {}
    kept: list[ListEntry] = []
    for draft in bounded(drafts):
        for text in draft.odd if draft.names else [*draft.odd, "an entry without a name is left out"]:
            odd[text] += 1
            lines.setdefault(text, draft.line)
        if draft.names:
            kept.append(draft.entry(list_id, where))
    findings = [
        Problem(
            text, f"{where}, line {lines[text]}", found=f"{n} time{'s' if n > 1 else ''}", severity="warning"
        )
        for text, n in odd.most_common(MOST_FINDINGS)
    ]
    entries, doubled = _apart(kept)
    return entries, (*findings, *doubled)


def _apart(entries: list[ListEntry]) -> tuple[tuple[ListEntry, ...], list[Problem]]:
    """Every entry under an id of its own: equal ones once, different ones as ``id``, ``id~2``, …."""
    by_id: dict[str, dict[str, ListEntry]] = {}
    doubled: Counter[str] = Counter()
    for entry in entries:
        same = by_id.setdefault(entry.entry, {})
        if same:
            doubled[entry.entry] += 1
        same.setdefault(canonical(entry), entry)
    found = [
        entry if number == 1 else replace(entry, entry=f"{entry.entry}~{number}")
        for same in by_id.values()
        for number, (_, entry) in enumerate(sorted(same.items()), 1)
    ]
    told = [
        Problem(
            f"the entry id {key} is used {times + 1} times",
            by_id[key][min(by_id[key])].source,
            "one id for each entry",
            f"{len(by_id[key])} different entries",
            "compare them: `xenotime lists show`",
            "warning",
        )
        for key, times in sorted(doubled.items())[:MOST_FINDINGS]
    ]
    return tuple(sorted(found, key=lambda e: e.entry)), told
