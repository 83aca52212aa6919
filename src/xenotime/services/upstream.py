"""An ownership question put to files: data joined, the party found, everybody above it screened."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from xenotime.core.errors import AddressError
from xenotime.core.truth import Truth
from xenotime.parties.listing.entry import Identifier, ListEntry
from xenotime.parties.matching.match import Match, PartyQuery
from xenotime.parties.owners.holding import Body, Finding, Holding, Structure
from xenotime.parties.owners.rule import Listing, OwnershipRule
from xenotime.parties.owners.standing import standing
from xenotime.portfolio.table import Portfolio, Row
from xenotime.services.owners import RuleOfLaw, listings
from xenotime.services.screening.desk import Desk, found

_MOST_NAMED = 8
#: How many entries of a list are looked at to tell what the list counts as.
_SAMPLE = 200


@dataclass(frozen=True, slots=True)
class Named:
    """A body found on a list: the entry, the match that explains itself, how sure, the listing's state."""

    body: str
    entry: ListEntry
    match: Match
    truth: Truth
    status: str


def joined(parts: Sequence[tuple[str, Structure]]) -> Structure:
    """The data of several files as one; a holding whose id was used before gets its file's name in front.

    A body that two files describe differently keeps its first description, and is a finding.
    """
    bodies: list[Body] = []
    holdings: list[Holding] = []
    findings: list[Finding] = []
    for name, part in parts:
        findings += part.findings
        told, used = {b.id: b for b in bodies}, {h.id for h in holdings}
        for body in part.bodies:
            if body.id not in told:
                bodies.append(body)
            elif told[body.id] != body:
                findings.append(Finding(f"{name} describes this body differently; the first counts", body.id))
        holdings += [replace(h, id=f"{name}:{h.id}") if h.id in used else h for h in part.holdings]
    return Structure(tuple(bodies), tuple(holdings), tuple(findings))


def of_portfolio(portfolio: Portfolio) -> Structure:
    """The parties and holdings that a portfolio declares."""
    bodies = tuple(_body(row) for row in portfolio["parties"])
    holdings = tuple(_holding(row, number) for number, row in enumerate(portfolio["ownership"], 1))
    return Structure(bodies, holdings)


def _body(row: Row) -> Body:
    others = tuple(part.strip() for part in row.text("other_names").split("|") if part.strip())
    numbers = (("LEI", "lei"), ("USCC", "uscc"), ("registration", "registration_number"))
    found = tuple((kind, row.text(column)) for kind, column in numbers if row.text(column))
    return Body(row.text("party"), row.text("name"), others, row.text("country"), "unknown", found)


def _holding(row: Row, number: int) -> Holding:
    share, low, high = (row.number(f"{part}_percent") for part in ("share", "low", "high"))
    return Holding(
        f"ownership:{number}",
        row.text("owner"),
        row.text("owned"),
        _fraction(low if share is None else share) or Fraction(0),
        _fraction(high if share is None else share),
        row.day("from_day"),
        row.day("to_day"),
        row.text("kind") or "shares",
        row.text("holds_for"),
        row.text("source"),
    )


def _fraction(share: Decimal | None) -> Fraction | None:
    return None if share is None else Fraction(share) / 100


def find(structure: Structure, text: str, where: str = "PARTY") -> str:
    """The id of the body meant by an id or a name.

    Raises AddressError, with the candidates, when nobody or several bodies are meant.
    """
    if any(body.id == text for body in structure.bodies):
        return text
    if any(text in (h.owner, h.owned) for h in structure.holdings):
        return text
    wanted = _key(text)
    same = [b for b in structure.bodies if wanted in {_key(n) for n in (b.name, *b.other_names)}]
    if len(same) == 1:
        return same[0].id
    near = same or [b for b in structure.bodies if wanted and wanted in _key(b.name)]
    some = near or structure.bodies
    shown = "; ".join(f"{b.id} ({b.name})" if b.name else b.id for b in some[:_MOST_NAMED])
    raise AddressError(
        "this name means several bodies" if same else "the ownership data knows no such party",
        where=where,
        expected=(shown + ("; …" if len(some) > _MOST_NAMED else "")) or "a body of the ownership data",
        found=text,
        next_step="give the id of the body",
    )


def _key(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def above(structure: Structure, party: str, on: date) -> tuple[Body, ...]:
    """The party, everybody who holds anything of it on the day at any distance, and their branches."""
    scene = standing(structure, on)
    people = scene.above([scene.of(party)])
    members = dict.fromkeys(m for p in people for m in (p, *scene.members.get(p, ())))
    return tuple(scene.bodies[m] for m in members if m in scene.bodies)


def around(structure: Structure, party: str, on: date) -> Structure:
    """The part of the data that an answer about a party reads; what was found while reading stays whole.

    Raises InputError for two different rows with one id.
    """
    scene = standing(structure, on)
    people = scene.above([scene.of(party)])
    rows = {tie.holding: tie.raw for person in people for tie in scene.ties.get(person, ())}
    ends = (end for row in rows.values() for end in (row.owner, row.owned, row.holds_for))
    wanted = {party, *people, *ends, *(m for p in people for m in scene.members.get(p, ()))}
    wanted |= {scene.of(one) for one in wanted}
    bodies = tuple(body for body in scene.bodies.values() if body.id in wanted)
    return Structure(bodies, tuple(rows.values()), structure.findings)


def named(
    bodies: Sequence[Body],
    desk: Desk,
    on: date,
    known: date,
    progress: Callable[[int, int], object] | None = None,
) -> tuple[Named, ...]:
    """Which list entries the bodies are, or may be; what a person cleared is left out."""
    rows: list[Named] = []
    for number, body in enumerate(bodies, 1):
        for hit in found(desk, query(body), on, known) if body.name else ():
            if hit.truth is not False:
                entry = desk.entries[hit.match.list_id, hit.match.entry]
                rows.append(Named(body.id, entry, hit.match, hit.truth, hit.status))
        if progress:
            progress(number, len(bodies))
    return tuple(rows)


def query(body: Body) -> PartyQuery:
    """The body as a question to the lists."""
    numbers = tuple(Identifier(kind, value, body.country) for kind, value in body.identifiers)
    return PartyQuery(body.id, body.name, body.other_names, body.country, numbers, body.kind)


def pairs(found: Iterable[Named]) -> dict[str, list[tuple[ListEntry, Truth]]]:
    """What was found, per body, as `owners.listings` takes it."""
    rows: dict[str, list[tuple[ListEntry, Truth]]] = {}
    for one in found:
        rows.setdefault(one.body, []).append((one.entry, one.truth))
    return rows


def stated(
    texts: Sequence[str], structure: Structure, asked: Mapping[str, RuleOfLaw]
) -> dict[str, tuple[Listing, ...]]:
    """Bodies that a person says are listed, as ``ID`` (under every rule asked) or ``ID=CLASS``.

    Raises AddressError for a body that is not in the data, or a class that no rule asked counts.
    """
    classes = dict.fromkeys(c for rule in asked.values() for c in (rule.rule.counts or ("",)))
    rows: dict[str, list[Listing]] = {}
    for text in texts:
        name, _, kind = text.rpartition("=") if _classed(text, classes) else (text, "", "")
        taken = [kind] if kind else classes
        entries = [Listing(f"as-stated/{c}" if c else "as-stated", c) for c in taken]
        rows.setdefault(find(structure, name, "--listed"), []).extend(entries)
    return {body: tuple(dict.fromkeys(found)) for body, found in rows.items()}


def unread(desk: Desk, kinds: Mapping[str, str], rule: OwnershipRule, on: date) -> tuple[str, ...]:
    """The classes of list that a rule counts and that no list of a screening belongs to."""
    some = [replace(e, events=()) for listing in desk.listings for e in listing.entries[:_SAMPLE]]
    read = {x.counts_as for x in listings({"": [(e, True) for e in some]}, kinds, on)[""]}
    return tuple(c for c in rule.counts if c not in read)


def _classed(text: str, classes: Iterable[str]) -> bool:
    return "=" in text and text.rpartition("=")[2] in set(classes)
