"""The shock is the law: the same book that decides shipments says how each route is handled on each day.

Each kind of movement of the network is a few rows of facts: one for each stretch of days in which no article
changes its status. The book decides them all at once; the answers become a `Handling`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from typing import Any

import polars as pl

from xenotime.core.errors import InputError
from xenotime.law.answer import Outcome
from xenotime.law.book import Book
from xenotime.law.decide import Decider, branch_names
from xenotime.law.instrument import parse_instrument
from xenotime.law.law import Law, fold_book
from xenotime.law.masks import unpack
from xenotime.law.table import column_names, column_type
from xenotime.services.library import Library
from xenotime.services.supply.facts import facts
from xenotime.services.supply.origins import Origins
from xenotime.supply.licence.handling import Handling
from xenotime.supply.licence.regime import Ruling, regime
from xenotime.supply.scenario.scenario import Scenario
from xenotime.supply.scenario.vocabulary import WORLD, Vocabulary, of_network
from xenotime.supply.world.network import Network, Route

#: So many hinges or missing facts are named in a sentence.
_NAMED = 3


def handle(library: Library, scenario: Scenario, network: Network, *, known: date | None = None) -> Handling:
    """How every route of the network is handled on every day of the scenario, by the law as known on a day.

    `known` overrides the scenario's day of knowledge. Raises AddressError for an unknown hinge or branch and
    InputError when the scenario's drafts are not laid over the library's book.
    """
    return regime(
        network.routes,
        rulings(library, scenario, network, known=known),
        scenario,
        prior=prior(library, scenario, network, known=known),
    )


def prior(
    library: Library, scenario: Scenario, network: Network, *, known: date | None = None
) -> Handling | None:
    """What held on the day before the first, so that a scenario begins at rest under it; None for nothing."""
    eve = replace(scenario, start=scenario.start - timedelta(days=1), days=1)
    before = regime(network.routes, rulings(library, eve, network, known=known), eve)
    return before if before.hold.any() or before.block.any() else None


def rulings(
    library: Library, scenario: Scenario, network: Network, *, known: date | None = None
) -> tuple[Ruling, ...]:
    """What the law answers for each route from which day on, by route and day; none when it is left out."""
    if not scenario.law or not network.routes:
        return ()
    law = law_of(library, scenario, known)
    days = boundaries(law, scenario)
    rows = _Rows(law, network)
    decided = rows.decide(days)
    return tuple(
        ruling
        for place, route in enumerate(network.routes)
        for ruling in _merged(route, [decided[rows.place[place], day] for day in days])
    )


def law_of(library: Library, scenario: Scenario, known: date | None = None) -> Law:
    """The library's book folded as the scenario says. Raises InputError where its drafts are missing."""
    book = library.law.book
    for number, draft in enumerate(scenario.drafts, 1):
        address = parse_instrument(draft, f"{scenario.id}, draft {number}").address
        if address not in book.instruments:
            raise InputError(
                "the book does not hold this scenario's draft",
                where=f"scenario {scenario.id}",
                expected=f"{address} laid over the book",
                found="the book without it",
                next_step="open the library with the scenario's drafts as overlays",
            )
    return fold_book(book, known or scenario.known, scenario.branches)


def boundaries(law: Law, scenario: Scenario) -> tuple[date, ...]:
    """The days of the scenario on which some article of the book changes its status, and its first day."""
    last = scenario.start + timedelta(days=scenario.days)
    firsts = {s.first for stretches in law.statuses.values() for s in stretches}
    return tuple(sorted({scenario.start, *(day for day in firsts if scenario.start < day < last)}))


@dataclass
class _Rows:
    """The distinct rows of facts of a network's routes; `place` says which row a route has."""

    law: Law
    network: Network

    def __post_init__(self) -> None:
        known = self.law.book.facts
        goods = {good.id: good for good in self.network.goods}
        origins = Origins(self.network)
        distinct: dict[tuple[object, ...], int] = {}
        self.rows: list[Mapping[str, object]] = []
        self.place: list[int] = []
        for route in self.network.routes:
            row = facts(route, goods, origins, known)
            key = tuple(sorted(row.items()))
            if key not in distinct:
                distinct[key] = len(self.rows)
                self.rows.append(row)
            self.place.append(distinct[key])

    def decide(self, days: Sequence[date]) -> dict[tuple[int, date], Ruling]:
        """The ruling of each row on each day, without its route."""
        types = {n: column_type(f) for f in self.law.facts for n in column_names(f)}
        names = {name for row in self.rows for name in row}
        table = [
            {"key": number * len(days) + place, "on": day, **row}
            for number, row in enumerate(self.rows)
            for place, day in enumerate(days)
        ]
        schema = {"key": pl.Int64(), "on": pl.Date(), **{name: types[name] for name in sorted(names)}}
        result = Decider(self.law).decide(pl.DataFrame(table, schema=schema))
        told: dict[tuple[object, ...], Ruling] = {}
        found = {}
        for row in result.iter_rows(named=True):
            number, place = divmod(row.pop("key"), len(days))
            row.pop("on")
            key = tuple(row.values())
            told[key] = told.get(key) or ruling(self.law, row)
            found[number, days[place]] = replace(told[key], first=days[place])
        return found


def ruling(law: Law, row: Mapping[str, Any]) -> Ruling:
    """One decision row as a ruling, its sentence with what the answer turns on."""
    outcome = Outcome(row["outcome"])
    rule = law.rules[row["rule"]] if row["rule"] >= 0 else None
    says = rule.title if rule else "no rule of the book applies"
    if outcome is Outcome.UNVERIFIED:
        says += f" (turns on {_several(_branches(law, row))})"
    elif outcome is Outcome.UNDETERMINED:
        missing = unpack(dict(row), "missing")
        names = [fact.name for bit, fact in enumerate(law.facts) if missing >> bit & 1]
        says += f" (not known: {_several(names)})"
    elif outcome is Outcome.OPEN and rule:
        says += f" ({_several([said for _, _, said in rule.readings])})"
    strictest = Outcome(row["high"])
    channels = _channels(law, row) if Outcome.LICENCE <= strictest < Outcome.PROHIBITED else ()
    return Ruling("", date.min, outcome.word, strictest.word, rule.address if rule else "", says, channels)


def _channels(law: Law, row: Mapping[str, Any]) -> tuple[str, ...]:
    """The licences that may be asked for; a question mark where it depends on what is not stated."""
    true, unknown = unpack(dict(row), "channels_true"), unpack(dict(row), "channels_unknown")
    return tuple(
        f"{rule.answer}{'' if true >> bit & 1 else '?'}"
        for bit, rule in enumerate(law.channels)
        if (true | unknown) >> bit & 1
    )


def _branches(law: Law, row: Mapping[str, Any]) -> list[str]:
    return [f"{name}: {Outcome(row[name]).word}" for name in branch_names(law) if row[name] is not None]


def _several(words: Sequence[str]) -> str:
    return "; ".join(words[:_NAMED]) + ("; …" if len(words) > _NAMED else "")


def _merged(route: Route, several: Sequence[Ruling]) -> Iterator[Ruling]:
    """The rulings of a route, days on which nothing changes for it left out."""
    for _, same in groupby(several, key=lambda one: replace(one, first=date.min)):
        yield replace(next(same), route=route.id)


def words_of(book: Book, network: Network | None = None, claims: frozenset[str] | None = None) -> Vocabulary:
    """The names a scenario file may use: articles and hinges of the book, sites and goods of the network."""
    articles = {a.address for i in book.instruments.values() for a in i.articles} | set(book.instruments)
    hinges = {h.id: tuple(h.branches) for h in book.hinges.values()}
    words = replace(WORLD, articles=frozenset(articles), hinges=hinges, claims=claims)
    return of_network(network, words) if network else words
