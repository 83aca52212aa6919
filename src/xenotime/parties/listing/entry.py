"""The entries of a party list: names with script, identifiers, and what happened to the listing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ListedName:
    """A name as the list gives it. `kind`: primary | strong | weak | former | translation."""

    text: str
    kind: str = "primary"
    script: str = ""


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number that identifies: LEI, USCC, IMO, registration, tax, passport, …; upper case, no spaces."""

    kind: str
    value: str
    country: str = ""


@dataclass(frozen=True, slots=True)
class ListingEvent:
    """What happened to an entry: listed | paused | resumed | stopped | delisted, and by which instrument.

    `unverified` begins the days of which no source says whether a pause goes on.
    """

    event: str
    day: date | None
    instrument: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class ListEntry:
    """One named party of one list.

    `list_id` is the list's address (``cn/mofcom-2025-21``) or store name (``us-ofac-sdn``); `entry` is
    unique inside it. `kind`: organisation | person | vessel | aircraft | unknown.
    """

    list_id: str
    entry: str
    names: tuple[ListedName, ...]
    kind: str = "unknown"
    countries: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    addresses: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    authority: str = ""
    events: tuple[ListingEvent, ...] = ()
    source: str = ""
    remark: str = ""

    @property
    def name(self) -> str:
        """The name to show: the first primary one, else the first."""
        return next((n.text for n in self.names if n.kind == "primary"), self.names[0].text)

    @property
    def listed_on(self) -> date | None:
        """The day of the first listing, where the list says it."""
        return next((e.day for e in self.events if e.event == "listed"), None)

    def identifier(self, kind: str) -> tuple[str, ...]:
        """The identifiers of a kind."""
        return tuple(i.value for i in self.identifiers if i.kind == kind)

    def status(self, on: date) -> str:
        """The state of the listing on a day: the last event on or before it; "listed" if none is dated."""
        past = [e for e in self.events if e.day is not None and e.day <= on]
        if past:
            return max(past, key=lambda e: e.day or date.min).event
        return "not yet listed" if any(e.day is not None for e in self.events) else "listed"
