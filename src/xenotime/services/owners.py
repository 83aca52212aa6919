"""Ownership rules as the law has them: the 50 % rules of OFAC, BIS and MOFCOM with their status on a day."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from xenotime.core.errors import AddressError, BookError
from xenotime.core.truth import Truth
from xenotime.evidence.claims import Claim
from xenotime.law.book import Book, Hinge
from xenotime.law.law import Law, fold_book
from xenotime.law.read import JURISDICTIONS, packaged, packaged_names, read_book
from xenotime.parties.listing.entry import ListEntry
from xenotime.parties.owners.cascade import resolve
from xenotime.parties.owners.holding import Structure
from xenotime.parties.owners.result import Resolution
from xenotime.parties.owners.rule import Listing, OwnershipRule, counted, parse_ownership

#: What a listing's state says of the day: on the list, perhaps, or not.
_STATES: dict[str, Truth] = {"listed": True, "resumed": True, "unverified": None}


@dataclass(frozen=True, slots=True)
class Status:
    """Whether a rule operates on a day: in_force | suspended | not_yet | repealed | unverified.

    Unverified says which `branches` there are and what each would mean, which is the default legal
    reading, what to ask, where to look, and what was claimed; otherwise `by` says whose act it is.
    """

    status: str
    by: str
    hinge: str = ""
    branches: Mapping[str, str] | None = None
    default: str = ""
    asks: str = ""
    check: str = ""
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleOfLaw:
    """An ownership rule with the law that says when it operates."""

    rule: OwnershipRule
    law: Law

    def status(self, on: date) -> Status:
        """The status on a day, as known on the law's day; a branch that was chosen is settled."""
        stretch = self.law.status(self.rule.article, on)
        if not stretch.hinge:
            return Status(stretch.status, stretch.by)
        hinge = self.law.book.hinges[stretch.hinge]
        return Status(
            stretch.status,
            stretch.by,
            hinge.id,
            dict(hinge.branches),
            hinge.default,
            hinge.asks,
            hinge.check,
            tuple(c for c in hinge.claims if _speaks(c, hinge, self.law.known)),
        )


def _speaks(claim: Claim, hinge: Hinge, known: date) -> bool:
    """Whether a claim is known and is about this hinge, or about none in particular on the main one."""
    main = not hinge.until
    return claim.day <= known and (claim.branch in hinge.branches or (main and not claim.branch))


@dataclass(frozen=True, slots=True)
class Owned:
    """One rule's answer: the rule, its status on the day, and who is held under it if it operates."""

    rule: OwnershipRule
    status: Status
    resolution: Resolution


def rules(
    known: date,
    branches: Mapping[str, str] | None = None,
    overlays: Mapping[str, str] | None = None,
) -> dict[str, RuleOfLaw]:
    """Every ownership rule of the books by its short name (ofac, bis, mofcom-61, and what overlays add).

    `branches` settles hinges of any book. Raises AddressError for a hinge or branch that no book has, and
    BookError for a book that cannot be trusted.
    """
    books = [read_book(overlays, j) if overlays else _book(j) for j in JURISDICTIONS]
    chosen = dict(branches or {})
    strange = [h for h in chosen if not any(h in book.hinges for book in books)]
    if strange:
        raise AddressError(
            "no such hinge",
            where="--branch",
            expected="; ".join(h for book in books for h in book.hinges),
            found=", ".join(strange),
            next_step="use one of these names, with one of its branches",
        )
    found: dict[str, RuleOfLaw] = {}
    for book in books:
        law = fold_book(book, known, {h: b for h, b in chosen.items() if h in book.hinges})
        for rule in _rules(book):
            _once(rule, found)
            found[rule.id] = RuleOfLaw(rule, law)
    return found


def _once(rule: OwnershipRule, found: Mapping[str, RuleOfLaw]) -> None:
    if rule.id in found:
        raise BookError(
            "two ownership rules have one short name",
            where=rule.article,
            expected="an id of its own",
            found=f"{rule.id}, also of {found[rule.id].rule.article}",
            next_step="give the `ownership:` block another id",
        )


def rules_of(book: Book) -> dict[str, OwnershipRule]:
    """The ownership rules of a book by their short names."""
    return {rule.id: rule for rule in _rules(book)}


@cache
def _book(jurisdiction: str) -> Book:
    return read_book(jurisdiction=jurisdiction)


def _rules(book: Book) -> Iterable[OwnershipRule]:
    """The rules of a book: blocks on articles, and the table beside the articles."""
    for instrument in book.instruments.values():
        beside = _beside(instrument.address.split("/", 1)[0])
        for article in instrument.articles:
            block = article.block.get("ownership", beside.get(article.address))
            if block is not None:
                if not isinstance(block, dict):
                    raise BookError("this ownership block is not a list of keys", where=article.address)
                yield parse_ownership(block, instrument.title, article.address, article.address)


@cache
def _beside(jurisdiction: str) -> dict[str, dict[str, object]]:
    name = f"{jurisdiction}/ownership.toml"
    return tomllib.loads(packaged(name)) if name in packaged_names(jurisdiction, ".toml") else {}


def listings(
    found: Mapping[str, Sequence[tuple[ListEntry, Truth]]], kinds: Mapping[str, str], on: date
) -> dict[str, tuple[Listing, ...]]:
    """Per body: the entries that name it on the day, each with the class it counts as.

    `found` pairs entries with how sure the match is (None: a near miss); `kinds` says what a list of the
    book is (control_list, watch_list, unreliable_list), by address. A paused or ended listing is none,
    and one whose state no source confirms is a near miss.
    """
    return {body: tuple(_listed(pairs, kinds, on)) for body, pairs in found.items()}


def list_kinds(law: Law) -> dict[str, str]:
    """The class of every list that the book holds, by address."""
    return {i.address: i.kind for i in law.book.lists()}


def _listed(
    pairs: Iterable[tuple[ListEntry, Truth]], kinds: Mapping[str, str], on: date
) -> Iterable[Listing]:
    for entry, sure in pairs:
        state = _STATES.get(entry.status(on), False)
        if sure is False or state is False:
            continue
        address = f"{entry.list_id}/{entry.entry}"
        for name, certain in _classes(entry, kinds):
            doubt = "name" if not sure else "state" if not state else "" if certain else "class"
            yield Listing(address, name, None if doubt else True, doubt)


def _classes(entry: ListEntry, kinds: Mapping[str, str]) -> list[tuple[str, bool]]:
    """The classes that an entry counts as, and whether that is settled."""
    if entry.list_id in kinds:
        return [(kinds[entry.list_id], True)]
    own, whole = (entry.authority.lower(), f"{entry.authority} {entry.list_id} {entry.source}".lower())
    said = own if any(word in own for row in _patterns().values() for word in row["says"]) else whole
    programmes = f"{' '.join(entry.programmes)} {whole}".lower()
    classes = [
        (name, row.get("sure") != "no")
        for name, row in _patterns().items()
        if any(word in said for word in row["says"])
        and not any(word in programmes for word in row.get("spares", ()))
    ]
    return classes or [("other", True)]


@cache
def _patterns() -> dict[str, dict[str, list[str] | str]]:
    return tomllib.loads(packaged("us/lists.toml"))


def own(
    structure: Structure,
    listed: Mapping[str, Sequence[Listing]],
    on: date,
    asked: Mapping[str, RuleOfLaw],
    parties: Sequence[str] | None = None,
    aggregate: str = "",
) -> dict[str, Owned]:
    """Who is held under each rule on a day, beside the status of the rule that day.

    The answer says what the rule would catch whether it operates or not. `aggregate` settles how owners
    are put together where a rule leaves it open. Raises AddressError for a party that nobody knows.
    """
    answers = {}
    for name, entry in asked.items():
        rule = entry.rule
        if aggregate and rule.aggregate_open:
            rule = replace(rule.reading(aggregate), aggregate_open=True)
        truths = counted(rule, listed)
        kept = {
            b: tuple(x for x in ls if not rule.counts or x.counts_as in rule.counts)
            for b, ls in listed.items()
        }
        answers[name] = Owned(rule, entry.status(on), resolve(structure, rule, truths, on, parties, kept))
    return answers
