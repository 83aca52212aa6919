"""Parties put to the lists: answered per name, explained hit by hit, kept as a record that replays."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import islice
from typing import Protocol

from xenotime.core.errors import AddressError
from xenotime.parties.listing.entry import ListEntry
from xenotime.parties.listing.lines import digest
from xenotime.parties.matching.match import Match, PartyQuery
from xenotime.services.screening.asking import Question
from xenotime.services.screening.decisions import about, for_party, marked
from xenotime.services.screening.record import (
    HIT,
    NO_HIT,
    REVIEW,
    SPENT,
    Answer,
    Batch,
    Decision,
    Hit,
    Screening,
    Settings,
    Used,
    facts_of,
)

#: How many queries one record holds; a longer file becomes several records of one batch.
PART = 500


class Matcher(Protocol):
    """What compares names: list entries are indexed once, then many queries are put to them."""

    def hits(self, query: PartyQuery) -> tuple[Match, ...]:
        """The entries this party is, may be, or is shown not to be, surest first."""


def one_by_one(matcher: Matcher, queries: Sequence[PartyQuery]) -> Iterator[tuple[Match, ...]]:
    """The matches of each query, in their order."""
    return (matcher.hits(query) for query in queries)


Indexer = Callable[[Sequence[ListEntry], Settings], Matcher]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list version together with its entries."""

    used: Used
    entries: tuple[ListEntry, ...]


@dataclass(frozen=True)
class Desk:
    """Everything a screening needs, made ready once: listings, settings, matcher and earlier decisions."""

    listings: tuple[Listing, ...]
    settings: Settings
    index: Indexer
    decisions: tuple[tuple[str, Decision], ...] = ()
    many: Callable[[Matcher, Sequence[PartyQuery]], Iterator[tuple[Match, ...]]] = one_by_one

    @cached_property
    def entries(self) -> dict[tuple[str, str], ListEntry]:
        """Every entry by list and number."""
        return {(e.list_id, e.entry): e for listing in self.listings for e in listing.entries}

    @cached_property
    def matcher(self) -> Matcher:
        """The entries, indexed."""
        return self.index(tuple(self.entries.values()), self.settings)

    @cached_property
    def by_party(self) -> dict[str, list[tuple[str, Decision]]]:
        """The decisions by party or name."""
        return for_party(self.decisions)

    @cached_property
    def titles(self) -> dict[str, str]:
        """The title of every list."""
        return {listing.used.list_id: listing.used.title for listing in self.listings}

    @property
    def lists(self) -> tuple[Used, ...]:
        """The list versions."""
        return tuple(listing.used for listing in self.listings)


def screen(
    desk: Desk, questions: Sequence[Question], *, on: date, known: date, by: str, batch: Batch | None = None
) -> Screening:
    """The screening of some parties: one answer each, in their order, with every earlier decision applied."""
    found = one_by_one(desk.matcher, [q.query for q in questions])
    return _screened(
        desk, zip(questions, found, strict=True), Screening(on, known, by, (), desk.settings, (), (), batch)
    )


def screen_all(
    desk: Desk,
    questions: Sequence[Question],
    *,
    on: date,
    known: date,
    by: str,
    file: str = "",
    source: str = "",
    keep: Callable[[Screening], object] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Iterator[Screening]:
    """The screenings of many parties, each of at most `PART` queries and kept as soon as it is whole.

    Stopping between two leaves what was kept. `file` and `source` (its hash) name the batch.
    """
    parts = max(1, -(-len(questions) // PART))
    found = desk.many(desk.matcher, [q.query for q in questions])
    asked = zip(questions, found, strict=True)
    try:
        for part in range(1, parts + 1):
            batch = Batch(file, source, part, parts) if file else None
            head = Screening(on, known, by, (), desk.settings, (), (), batch)
            made = _screened(desk, islice(asked, PART), head)
            if keep:
                keep(made)
            if progress:
                progress(min(part * PART, len(questions)), len(questions))
            yield made
    finally:
        if isinstance(found, Generator):
            found.close()  # other processes that still answer are ended now


def _screened(desk: Desk, asked: Iterable[tuple[Question, tuple[Match, ...]]], head: Screening) -> Screening:
    """The screening of the parties asked about, under the days, person and batch of its head."""
    answers = tuple(_weighed(desk, q, matches, head.on, head.known) for q, matches in asked)
    used = {h.mark.decision for a in answers for h in a.hits if h.mark}
    applied = tuple(number for number, _ in desk.decisions if number in used)
    return replace(head, lists=desk.lists, answers=answers, decisions=applied)


def found(desk: Desk, query: PartyQuery, on: date, known: date) -> tuple[Hit, ...]:
    """Everything the lists hold on a party, surest first, with every earlier decision applied; no cap."""
    return _hits(desk, query, desk.matcher.hits(query), on, known)


def _hits(desk: Desk, query: PartyQuery, matches: Iterable[Match], on: date, known: date) -> tuple[Hit, ...]:
    decisions = about(desk.by_party, query)
    return tuple(hit_of(desk.entries, query, m, decisions, on, known) for m in matches)


def _weighed(desk: Desk, question: Question, matches: Iterable[Match], on: date, known: date) -> Answer:
    """The answer to a question, from what the matcher found."""
    query = question.query
    hits = _hits(desk, query, matches, on, known)
    kept = tuple(sorted(hits, key=lambda h: not h.counts))[: desk.settings.cap]
    left = len(hits) - len(kept)
    return Answer(query, facts_of(query), outcome_of(hits), kept, left, question.findings)


def hit_of(
    entries: Mapping[tuple[str, str], ListEntry],
    query: PartyQuery,
    match: Match,
    decisions: Iterable[tuple[str, Decision]],
    on: date,
    known: date,
) -> Hit:
    """A match with the state of its listing on the day and what was decided about it."""
    entry = entries[match.list_id, match.entry]
    status, own = entry.status(on), digest((entry,))
    mark = marked(query, match, own, decisions, known)
    hit = Hit(match, status, own, counts=False, mark=mark)
    return replace(hit, counts=status not in SPENT and hit.truth is not False)


def outcome_of(hits: Iterable[Hit]) -> str:
    """No hit, for review or hit: the gravest of those hits that count."""
    counting = [h for h in hits if h.counts]
    if any(h.truth for h in counting):
        return HIT
    return REVIEW if counting else NO_HIT


def chosen(listings: Sequence[Listing], names: Sequence[str]) -> tuple[Listing, ...]:
    """The listings a person named, all of them if none. Raises AddressError for a list that is not there.

    A name that ends in `/` or `*` means every list whose id begins so.
    """
    if not names:
        return tuple(listings)
    found: dict[str, Listing] = {}
    for name in names:
        start = name.rstrip("*") if name.endswith(("/", "*")) else None
        same = [x for x in listings if _meant(x.used.list_id, name, start)]
        if not same:
            ids = [x.used.list_id for x in listings]
            near = [i for i in ids if name.casefold() in i.casefold()] or ids
            raise AddressError(
                "there is no such list",
                where="--list",
                expected=", ".join(near[:12]) + (", …" if len(near) > 12 else ""),
                found=name or "nothing",
                next_step="run `xenotime lists show`",
            )
        found.update({x.used.list_id: x for x in same})
    return tuple(found.values())


def snapshot(
    list_id: str, title: str, entries: Sequence[ListEntry], as_of: date | None, says: str = ""
) -> Listing:
    """A listing whose version is the hash of its entries."""
    kept = tuple(entries)
    return Listing(Used(list_id, title, digest(kept), as_of, len(kept), says), kept)


def _meant(list_id: str, name: str, start: str | None) -> bool:
    return list_id.startswith(start) if start else list_id == name
