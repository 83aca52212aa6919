"""The law a service works with: the folded book, the party lists beside it, and the calendar."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property

from xenotime.core.clocks import Calendar, parse_calendar
from xenotime.core.truth import Truth, some
from xenotime.law.book import Book
from xenotime.law.facts import list_fact
from xenotime.law.law import Law, fold_book
from xenotime.law.read import JURISDICTIONS, packaged, packaged_names, read_book
from xenotime.parties.listing.entry import ListEntry
from xenotime.parties.matching.match import Match, PartyQuery
from xenotime.parties.owners.cascade import resolve
from xenotime.parties.owners.holding import Structure
from xenotime.parties.owners.result import Held
from xenotime.parties.owners.rule import OwnershipRule
from xenotime.services.lists import builtin, listing, stale
from xenotime.services.owners import rules_of
from xenotime.services.restricted import Restricted
from xenotime.services.results import Hit
from xenotime.services.screening.desk import Desk, Indexer, Listing, found
from xenotime.services.screening.matcher import CAP, index, settings
from xenotime.services.screening.record import CLEARED, Decision
from xenotime.services.screening.record import Hit as Found

#: The rule of the book by which owners on its lists reach the companies they hold.
HOLDING_RULE = "mofcom-61"
#: States of a listing that bind, or may.
LIVE = ("in_force", "unverified", "listed", "resumed")


@dataclass(frozen=True)
class Library:
    """A law snapshot with its party lists and its calendar.

    `own` gives the user's own lists, `decided` what persons decided about hits, and `indexing` what makes
    the index of some lists; all are asked for when the first party is screened.
    """

    law: Law
    calendar: Calendar
    strict: bool = False
    own: Callable[[], Sequence[Listing]] = tuple
    decided: Callable[[], Sequence[tuple[str, Decision]]] = tuple
    indexing: Callable[[Sequence[Listing]], Indexer] = lambda _: index

    @cached_property
    def desk(self) -> Desk:
        """The lists of the book and the user's own, ready for parties."""
        book = (listing(version, self.law.known) for version in builtin(self.law))
        lists = (*book, *self.own())
        return Desk(lists, settings(), self.indexing(lists), tuple(self.decided()))

    @property
    def entries(self) -> tuple[ListEntry, ...]:
        """Every named party of every list known on the day of knowledge."""
        return tuple(self.desk.entries.values())

    @property
    def stale_own(self) -> tuple[str, ...]:
        """A sentence for each of the user's own lists that is no longer current."""
        book = self.law.book.instruments
        return tuple(x.used.says for x in self.desk.listings if x.used.says and x.used.list_id not in book)

    @property
    def stale(self) -> tuple[str, ...]:
        """A sentence for each list that is no longer current, those of the book together."""
        return (*self.stale_own, *stale(builtin(self.law), self.law.known))

    @cached_property
    def restricted(self) -> Restricted:
        """What the user's own lists say of parties, for a book that holds no list notices."""
        return Restricted(self.law, self.desk)

    @cached_property
    def addresses(self) -> tuple[str, ...]:
        """The list notices of the book, by address."""
        return tuple(i.address for i in self.law.book.lists())

    @cached_property
    def rule(self) -> OwnershipRule:
        """The rule by which listed owners reach the companies they hold."""
        return rules_of(self.law.book)[HOLDING_RULE]

    def screened(self, queries: Sequence[PartyQuery]) -> dict[str, tuple[Found, ...]]:
        """What the lists hold on each party, by the party's id, with what was decided about it."""
        known = self.law.known
        return {q.party: found(self.desk, q, known, known) for q in queries}

    def hits(self, found: Iterable[Found], names: Mapping[str, str], on: date) -> tuple[Hit, ...]:
        """What was found as shown to a person, the lists of the book first, with each listing's state."""
        book = self.law.book.instruments
        shown = sorted(found, key=lambda one: one.match.list_id not in book)[:CAP]
        return tuple(self._hit(one, names, on) for one in shown)

    def _hit(self, found: Found, names: Mapping[str, str], on: date) -> Hit:
        match, mark = found.match, found.mark
        cleared = mark is not None and mark.state == CLEARED
        state = "cleared" if cleared else "ruled out" if match.ruled_out else self.state(match, on)
        return Hit(
            match.party,
            names.get(match.party, match.written),
            match.list_id,
            self.desk.titles[match.list_id],
            match.entry,
            match.entry_name,
            "; ".join((match.how, *((mark.says,) if mark else ()))),
            found.truth is True,
            match.score,
            match.listed_on,
            state,
        )

    def state(self, match: Match, on: date) -> str:
        """What a listing is on a day: as the law says for a list of the book, else as the list says."""
        if match.list_id in self.law.book.instruments:
            return self.law.status(f"{match.list_id}/1", on).status
        return self.desk.entries[match.list_id, match.entry].status(on)

    def list_facts(
        self,
        parties: Sequence[str],
        screened: Mapping[str, Sequence[Found]],
        structure: Structure,
        on: date,
    ) -> dict[str, Truth]:
        """For each list: is any of the parties on it, and does anybody on it hold half of any of them.

        Where the texts leave open how owners are put together, and readings differ, the second is unknown.
        """
        if not self.addresses:
            return self.restricted.facts(parties, screened, structure, on)
        facts: dict[str, Truth] = {}
        together: dict[str, Truth] = {}
        listed = by_list(screened)
        holders = {h for x in structure.holdings for h in (x.owner, x.holds_for)}
        holders |= {b.branch_of for b in structure.bodies}
        for address in self.addresses:
            truths = listed.get(address, {})
            facts[list_fact(address)] = some(truths.get(p, False) for p in parties if p in screened)
            owners = {p: t for p, t in truths.items() if p in holders}
            stakes = self._stakes(structure, owners, parties, on)
            facts[list_fact(address, held=True)] = some(None if s.differs else s.held for s in stakes)
            if self.law.book.instruments[address].kind in self.rule.counts:
                together |= {p: some((t, together.get(p, False))) for p, t in owners.items()}
        joint = self._stakes(structure, together, parties, on, self.rule.reading("all"))
        return facts | self._joint(facts, joint, screened)

    def _joint(
        self,
        facts: Mapping[str, Truth],
        stakes: Sequence[Held],
        screened: Mapping[str, Sequence[Found]],
    ) -> dict[str, Truth]:
        """What owners on several lists reach only together: unknown for each, as no text settles it."""
        mine = {o.owner for s in stakes if s.held is not False for o in s.owners}
        lists = {f.match.list_id for p in mine for f in screened.get(p, ()) if f.truth is not False}
        held = (list_fact(a, held=True) for a in self.addresses if a in lists)
        return {fact: None for fact in held if facts[fact] is False}

    def _stakes(
        self,
        structure: Structure,
        owners: Mapping[str, Truth],
        parties: Sequence[str],
        on: date,
        rule: OwnershipRule | None = None,
    ) -> tuple[Held, ...]:
        if not owners:
            return ()
        present = {b.id for b in structure.bodies}
        asked = [p for p in parties if p in present]
        return tuple(resolve(structure, rule or self.rule, owners, on, asked).held.values())

    def watch_listed(self, facts: Mapping[str, Truth], on: date) -> Truth:
        """Whether a party is on a watch list that is in force on the day."""
        lists = self.law.book.lists("watch_list")
        live = [i for i in lists if self.law.status(f"{i.address}/1", on).status == "in_force"]
        return some(facts.get(list_fact(i.address)) for i in live)


def by_list(screened: Mapping[str, Iterable[Found]]) -> dict[str, dict[str, Truth]]:
    """Per list, the parties that are on it (True) or may be (None)."""
    lists: dict[str, dict[str, Truth]] = {}
    for party, several in screened.items():
        for one in several:
            if one.truth is not False:
                truths = lists.setdefault(one.match.list_id, {})
                truths[party] = some((one.truth, truths.get(party, False)))
    return lists


def open_library(
    known: date,
    *,
    overlays: Mapping[str, str] | None = None,
    branches: Mapping[str, str] | None = None,
    strict: bool = False,
    book: Book | None = None,
    jurisdiction: str = "cn",
    own: Callable[[], Sequence[Listing]] = tuple,
    decided: Callable[[], Sequence[tuple[str, Decision]]] = tuple,
    indexing: Callable[[Sequence[Listing]], Indexer] = lambda _: index,
) -> Library:
    """The library of a jurisdiction as known on a day; a `book` that is given brings its own jurisdiction.

    Raises BookError or AddressError when the law cannot be used so.
    """
    book = book or read_book(overlays, jurisdiction)
    calendar = calendar_of(book.jurisdiction)
    return Library(fold_book(book, known, branches), calendar, strict, own, decided, indexing)


@cache
def calendar_of(jurisdiction: str) -> Calendar:
    """The working days of a jurisdiction; where its book keeps none, those of the first."""
    name = f"{jurisdiction}/calendar.csv"
    kept = name in packaged_names(jurisdiction, ".csv")
    return parse_calendar(packaged(name if kept else f"{JURISDICTIONS[0]}/calendar.csv"))


def settled(library: Library, branches: Mapping[str, str], *, strict: bool) -> Library:
    """The same library with these branches chosen, and as strict as asked; its lists stay indexed.

    Raises AddressError for a hinge or branch that the book has not.
    """
    if not branches and strict == library.strict:
        return library
    law = fold_book(library.law.book, library.law.known, {**library.law.chosen, **branches})
    made = replace(library, law=law, strict=strict)
    made.__dict__["desk"] = library.desk
    return made
