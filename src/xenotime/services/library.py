"""The law a service works with: the folded book, the party lists behind it, and the calendar."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from xenotime.core.truth import Truth, some
from xenotime.law.book import Book
from xenotime.law.clocks import Calendar, parse_calendar
from xenotime.law.facts import list_fact
from xenotime.law.instrument import Instrument
from xenotime.law.law import Law, fold_book
from xenotime.law.read import packaged, packaged_names, read_book
from xenotime.parties.lists import ListEntry, parse_list
from xenotime.parties.match import Match, PartyQuery, Screen, listed
from xenotime.parties.own import HALF, Holding, held, holdings_on
from xenotime.services.results import Hit


@dataclass(frozen=True)
class Library:
    """A law snapshot with its party lists and its calendar."""

    law: Law
    calendar: Calendar
    strict: bool = False

    @cached_property
    def entries(self) -> tuple[ListEntry, ...]:
        """Every named party of every list notice known on the day of knowledge."""
        known = (i for i in self.law.book.lists() if i.published <= self.law.known)
        return tuple(e for i in known for e in list_entries(i))

    @cached_property
    def screen(self) -> Screen:
        """The entries, indexed for matching."""
        return Screen(self.entries)

    @cached_property
    def addresses(self) -> tuple[str, ...]:
        """The list notices, by address."""
        return tuple(i.address for i in self.law.book.lists())

    def screened(self, queries: Sequence[PartyQuery]) -> dict[str, tuple[Match, ...]]:
        """Matches of each party, by the party's id."""
        return {q.party: self.screen.hits(q) for q in queries}

    def hits(self, matches: Iterable[Match], names: Mapping[str, str], on: date) -> tuple[Hit, ...]:
        """The matches as shown to a person, with the status of each listing on the day."""
        found = []
        for match in matches:
            instrument = self.law.book.instruments[match.list_address]
            status = self.law.status(f"{match.list_address}/1", on)
            found.append(
                Hit(
                    match.party,
                    names.get(match.party, match.written),
                    match.list_address,
                    instrument.title,
                    match.entry,
                    match.entry_name,
                    match.how,
                    match.sure,
                    match.listed_on,
                    "ruled out" if match.ruled_out else status.status,
                )
            )
        return tuple(found)

    def list_facts(
        self,
        parties: Sequence[str],
        screened: Mapping[str, Sequence[Match]],
        holdings: Sequence[Holding],
        on: date,
    ) -> dict[str, Truth]:
        """For each list: is any of the parties on it, and does anybody on it hold half of any of them."""
        truths = {p: listed(ms, self.addresses) for p, ms in screened.items()}
        standing = holdings_on(holdings, on)
        facts: dict[str, Truth] = {}
        for address in self.addresses:
            facts[list_fact(address)] = some(truths[p].get(address, False) for p in parties if p in truths)
            owners = {p: t[address] for p, t in truths.items() if t.get(address, False) is not False}
            stakes = held(parties, standing, owners, HALF) if owners and standing else {}
            facts[list_fact(address, held=True)] = some(s.truth for s in stakes.values())
        return facts

    def watch_listed(self, facts: Mapping[str, Truth], on: date) -> Truth:
        """Whether a party is on a watch list that is in force on the day."""
        lists = self.law.book.lists("watch_list")
        live = [i for i in lists if self.law.status(f"{i.address}/1", on).status == "in_force"]
        return some(facts.get(list_fact(i.address)) for i in live)


def list_entries(instrument: Instrument) -> tuple[ListEntry, ...]:
    """The parties a list notice names: from the packaged table, or from an overlay's own `entries`."""
    given = instrument.front.get("entries")
    stem = instrument.address.split("/", 1)[1]
    jurisdiction = instrument.address.split("/", 1)[0]
    name = f"{jurisdiction}/lists/{stem}.csv"
    if not given and name in packaged_names(f"{jurisdiction}/lists", ".csv"):
        return parse_list(packaged(name), instrument.address, instrument.published, name)
    return tuple(
        ListEntry(
            instrument.address,
            str(row.get("entry", number)),
            str(row["name"]),
            instrument.published,
            str(row.get("name_zh", "")),
            tuple(row.get("other_names") or ()),
            str(row.get("country", "")),
        )
        for number, row in enumerate(given or (), 1)
    )


def open_library(
    known: date,
    *,
    overlays: Mapping[str, str] | None = None,
    branches: Mapping[str, str] | None = None,
    strict: bool = False,
    book: Book | None = None,
) -> Library:
    """The library as known on a day. Raises BookError or AddressError when the law cannot be used so."""
    book = book or read_book(overlays)
    return Library(fold_book(book, known, branches), parse_calendar(packaged("cn/calendar.csv")), strict)
