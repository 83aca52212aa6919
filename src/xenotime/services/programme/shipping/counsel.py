"""What the law and the lists say of a lane: asked once, remembered while the law and the lists stay the same.

A lane is everything that the law is asked about and nothing else (no amounts, lots or prices), so that a
repeated shipment costs a look into a bounded cache. The caches belong to one law snapshot; another day of
knowledge has another snapshot and begins with empty ones.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from threading import Lock
from typing import Any, Generic, TypeVar

from xenotime.core.errors import InputError
from xenotime.core.truth import Truth
from xenotime.law.answer import Explanation, Outcome
from xenotime.law.explain import explain
from xenotime.law.facts import Value
from xenotime.parties.listing.entry import Identifier
from xenotime.parties.matching.match import PartyQuery
from xenotime.parties.owners.formats.shares import share
from xenotime.parties.owners.holding import Body, Holding, Structure
from xenotime.programme.organisation import Organisation
from xenotime.programme.shipping.shipment import Item, Shipment
from xenotime.services.library import LIVE, Library
from xenotime.services.programme.parties.lawful import line_of, sample
from xenotime.services.screening.record import SPENT, Hit
from xenotime.services.transaction import read_facts

Key = TypeVar("Key", bound=Hashable)
Found = TypeVar("Found")
#: Where the programme's law binds exports from.
HOME = "CN"
#: How many lanes, and how many sets of parties, are remembered for one law snapshot.
ROOM = 20_000
#: How many law snapshots are remembered.
SNAPSHOTS = 4
#: Facts of the deal that a shipment may state; the first ones can make an answer stricter, never milder.
STRICTER = ("military_use", "military_user", "wmd_or_terror", "red_flag", "strip_for_magnets")
DEAL = (
    *STRICTER,
    "humanitarian",
    "end_use_area",
    "logic_node",
    "memory_layers",
    "bonded_move",
    "return_case",
)
#: Facts of the goods that a line may state.
GOODS = (
    "kind",
    "material",
    "processing",
    "origin_china",
    "holds_magnet",
    "holds_target",
    "cn_technology",
    "cn_rare_earths",
    "equipment_line",
    "max_temperature",
    "temperature_tolerance",
    "reagent",
    "other_item",
    "cn_part1_value",
    "item_value",
    "cn_part1_value_in_smallest",
    "smallest_value",
    "cn_part1_value_largest",
)


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who takes part: role, names and numbers, and the owners declared (name, country, share)."""

    role: str
    name: str
    country: str = ""
    others: tuple[str, ...] = ()
    numbers: tuple[tuple[str, str], ...] = ()
    owners: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Lane:
    """What the law is asked: the goods by code, elements and statements; from, to; the deal; the parties; the
    day.
    """

    code: str
    elements: tuple[tuple[str, bool], ...]
    goods: tuple[tuple[str, str], ...]
    start: str
    end: str
    country: str
    deal: tuple[tuple[str, str], ...]
    parties: tuple[Party, ...]
    on: date


@dataclass(frozen=True, slots=True)
class Named:
    """A party on a list: which, how sure, whether the listing lives, whether the law's book has the list."""

    party: str
    title: str
    entry: str
    sure: bool
    lives: bool
    book: bool


@dataclass(frozen=True, slots=True)
class Screened:
    """What the lists hold on some parties, and the facts of lists that follow."""

    named: tuple[Named, ...]
    facts: tuple[tuple[str, Truth], ...]
    watched: Truth


@dataclass(frozen=True, slots=True)
class Ruling:
    """The law's answer for one lane: the outcome, its articles, what it asks or lacks, and the hash of the
    law.
    """

    outcome: Outcome
    rule: str
    articles: tuple[str, ...]
    codes: str
    missing: tuple[str, ...]
    assuming: tuple[str, ...]
    duties: tuple[tuple[str, str], ...]
    hash: str


class ColdError(Exception):
    """A lane that nobody asked about yet: it is worked out outside the change, which is then tried again."""

    def __init__(self, warm: Callable[[], object]) -> None:
        super().__init__("a lane not asked about before")
        self.warm = warm


class Memo(Generic[Key, Found]):
    """Answers by question, the least lately used forgotten first; safe between threads."""

    def __init__(self, room: int = ROOM) -> None:
        self._kept: OrderedDict[Key, Found] = OrderedDict()
        self._lock, self._room = Lock(), room

    def get(self, key: Key) -> Found | None:
        """The answer, None if it is not remembered."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def put(self, key: Key, found: Found) -> Found:
        """Remember an answer."""
        with self._lock:
            self._kept[key] = found
            if len(self._kept) > self._room:
                self._kept.popitem(last=False)
        return found


class Counsel:
    """The law and the lists of one snapshot, with what they said before."""

    def __init__(self, library: Library, room: int = ROOM) -> None:
        self.library = library
        self._screened: Memo[tuple[tuple[Party, ...], date], Screened] = Memo(room)
        self._ruled: Memo[Lane, Ruling] = Memo(room)

    def ruled(self, lane: Lane, *, work: bool = True) -> Ruling:
        """The law's answer for a lane. With `work` off a lane not asked before raises ColdError."""
        found = self._ruled.get(lane)
        if found is None and not work:
            raise ColdError(lambda: self.ruled(lane))
        return found or self._ruled.put(lane, self._rule(lane))

    def screened(self, parties: tuple[Party, ...], on: date, *, work: bool = True) -> Screened:
        """What the lists hold on the parties on a day."""
        found = self._screened.get((parties, on))
        if found is None and not work:
            raise ColdError(lambda: self.screened(parties, on))
        return found or self._screened.put((parties, on), self._screen(parties, on))

    def _rule(self, lane: Lane) -> Ruling:
        row: dict[str, Value] = {"from": lane.start, "to": lane.end, "end_user_country": lane.country}
        row |= self._goods(lane)
        row |= dict(self.screened(lane.parties, lane.on).facts)
        deal = {k: v for k, v in lane.deal if v != "?"}
        row |= read_facts(self.library, deal, "facts of the shipment")
        row |= {f"{k}_asked": True for k, v in lane.deal if v == "?"}
        said = explain(
            self.library.law, row, lane.on, calendar=self.library.calendar, strict=self.library.strict
        )
        return _ruling(said)

    def _goods(self, lane: Lane) -> dict[str, Value]:
        """Facts of the goods: what the code's line says, what the shipment's line states, its elements."""
        line = line_of(self.library, lane.code)
        given: dict[str, Any] = {} if line is None else dict(sample(line))
        elements: dict[str, bool] = dict.fromkeys(given.pop("elements", ()), True) | dict(lane.elements)
        facts = self.library.law.book.facts
        row = {f"el_{e.lower()}": there for e, there in elements.items() if f"el_{e.lower()}" in facts}
        return read_facts(self.library, {**given, **dict(lane.goods)}, "facts of an item") | row

    def _screen(self, parties: tuple[Party, ...], on: date) -> Screened:
        queries = tuple(q for p in parties for q in _queries(p))
        screened = self.library.screened(queries)
        facts = self.library.list_facts([_id(p) for p in parties], screened, _structure(parties), on)
        names = {q.party: q.name for q in queries}
        hits = [h for several in screened.values() for h in several]
        named = tuple(self._named(h, names, on) for h in hits if h.truth is not False)
        truths: dict[str, Truth] = dict(facts)
        return Screened(named, tuple(sorted(truths.items())), self.library.watch_listed(truths, on))

    def _named(self, hit: Hit, names: Mapping[str, str], on: date) -> Named:
        match, book = hit.match, hit.match.list_id in self.library.law.book.instruments
        state = self.library.state(match, on)
        lives = state in LIVE if book else state not in SPENT
        title = self.library.desk.titles[match.list_id]
        name, sure = names.get(match.party, match.party), hit.truth is True
        return Named(name, title, match.entry_name, sure, lives, book)


class _Snapshot:
    """A library compared by identity, so that it can be a key."""

    __slots__ = ("library",)

    def __init__(self, library: Library) -> None:
        self.library = library

    def __hash__(self) -> int:
        return id(self.library)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Snapshot) and other.library is self.library


def counsel(library: Library) -> Counsel:
    """The counsel of a library, the same one each time while the library is the same object."""
    return _counsel(_Snapshot(library))


@lru_cache(maxsize=SNAPSHOTS)
def _counsel(snapshot: _Snapshot) -> Counsel:
    return Counsel(snapshot.library)


def party(role: str, who: Organisation) -> Party:
    """A registered organisation as a party, with its declared owners."""
    others = tuple(n for n in (who.name_zh, *who.other_names) if n)
    numbers = tuple((k, n) for k, n in (("LEI", who.lei), ("USCC", who.uscc)) if n)
    owners = tuple((o.name, o.country, o.share) for o in who.owners)
    return Party(role, who.name, who.country, others, numbers, owners)


def lane(
    shipment: Shipment, item: Item, parties: tuple[Party, ...], country: str, settled: Mapping[str, str]
) -> Lane:
    """The question to the law for one line of a shipment.

    `settled` are facts of the deal that the programme knows (end use as certified, user as vetted); what the
    shipment states may only make them stricter. A transfer inside a country is asked about as what it would
    take to bring the item there: it came under a certificate, which binds it while the item needs a licence.
    Raises InputError for a fact that a shipment may not state.
    """
    _only(shipment.facts, DEAL)
    _only(item.facts, GOODS)
    deal = {**{k: v for k, v in shipment.facts.items() if k not in settled}, **settled}
    deal |= {k: "yes" for k in STRICTER if shipment.facts.get(k, "").lower() in ("yes", "true")}
    return Lane(
        item.code,
        tuple(sorted((e, g > 0) for e, g in item.grams.items())),
        tuple(sorted(item.facts.items())),
        HOME if len(set(shipment.route)) == 1 else shipment.route[0],
        shipment.route[-1],
        country,
        tuple(sorted(deal.items())),
        parties,
        shipment.on,
    )


def _only(given: Mapping[str, str], known: tuple[str, ...]) -> None:
    unknown = sorted(set(given) - set(known))
    if unknown:
        raise InputError(
            "a shipment cannot state this fact",
            where="facts",
            expected=", ".join(known),
            found=", ".join(unknown)[:200],
            next_step="leave it out: lists, parties and certificates are looked up",
        )


def _ruling(said: Explanation) -> Ruling:
    return Ruling(
        said.outcome,
        said.rule,
        tuple(r.address for r in said.rules if r.holds is True)[:8],
        said.code,
        (
            *(m.fact for m in said.missing),
            *(f"{b.hinge}={b.branch}: {b.outcome.word}" for b in said.branches),
        ),
        tuple(a.fact for a in said.assuming),
        tuple((d.duty, d.address) for d in said.duties),
        said.law_hash,
    )


def _id(who: Party) -> str:
    return f"{who.role}:{who.name}"


def _queries(who: Party) -> tuple[PartyQuery, ...]:
    codes = tuple(Identifier(kind, number) for kind, number in who.numbers)
    own = PartyQuery(_id(who), who.name, who.others, who.country, codes)
    owners = (PartyQuery(f"owner:{name}", name, (), country) for name, country, _ in who.owners)
    return (own, *(q for q in owners if any(c.isalnum() for c in q.name)))


def _structure(parties: tuple[Party, ...]) -> Structure:
    bodies: dict[str, Body] = {}
    holdings: list[Holding] = []
    for who in parties:
        bodies[_id(who)] = Body(_id(who), who.name, who.others, who.country)
        for name, country, text in who.owners:
            owner = f"owner:{name}"
            bodies.setdefault(owner, Body(owner, name, (), country))
            part = share(text or "?")
            holdings.append(Holding(f"declared:{len(holdings) + 1}", owner, _id(who), part.low, part.high))
    return Structure(tuple(bodies.values()), tuple(holdings))
