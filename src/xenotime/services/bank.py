"""The worked cases of a book as questions that a library answers: bases laid under, lists of a case's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from xenotime.core.errors import BookError
from xenotime.law.instrument import load_yaml
from xenotime.parties.listing.entry import ListedName, ListEntry, ListingEvent
from xenotime.services.screening.desk import Listing, snapshot

#: What the authority of each class of list that a case may put a name on is called on its entries.
AUTHORITIES = {
    "us-sdn": "Specially Designated Nationals (SDN)",
    "us-entity": "Entity List",
    "us-meu": "Military End User",
}
_FIRST = date(2014, 1, 1)


@dataclass(frozen=True, slots=True)
class Body:
    """One decide body of a case: whose book, what to decide, what to expect, and who is on which list."""

    id: str
    book: str
    decide: Mapping[str, Any]
    expect: Mapping[str, Any]
    listed: tuple[tuple[str, str], ...] = ()


def bodies(text: str, where: str) -> tuple[Body, ...]:
    """Every decide body of a bank of cases, further halves included; `base` facts stand under its own.

    Raises BookError for a base that the bank does not have.
    """
    bank = load_yaml(text, where)
    return tuple(body for case in bank["cases"] for body in _of_case(case, bank.get("bases") or {}, where))


def _of_case(case: Mapping[str, Any], bases: Mapping[str, Mapping[str, Any]], where: str) -> Iterator[Body]:
    own = where.split("/", 1)[0] if "/" in where else "cn"
    for part in (case, *(case.get("also") or ())):
        if "decide" not in part:
            continue
        decide = dict(part["decide"])
        base = decide.pop("base", "")
        if base and base not in bases:
            raise BookError(
                "the bank has no such base",
                where=f"{where}, {case['id']}",
                expected=", ".join(bases),
                found=base,
            )
        if base:
            decide["facts"] = {**bases[base], **decide["facts"]}
        book = str(part.get("book", case.get("book", own)))
        listed = tuple((str(who), str(kind)) for who, kind in (case.get("listed") or {}).items())
        yield Body(str(case["id"]), book, decide, part.get("expect") or {}, listed)


def lists(body: Body, known: date) -> tuple[Listing, ...]:
    """A list of each class with the names that the case puts on it; none where it names nobody.

    ``us-sdn: WORD`` puts the name there under the programme WORD. Every list also holds one name that no case
    asks about, so that a silence of it says something.
    """
    if not body.listed:
        return ()
    return tuple(
        snapshot(kind, authority, tuple(_entries(body, kind, authority)), known)
        for kind, authority in AUTHORITIES.items()
    )


def _entries(body: Body, kind: str, authority: str) -> Iterator[ListEntry]:
    named = ((who, said.partition(": ")) for who, said in body.listed)
    found = [(who, programme) for who, (name, _, programme) in named if name == kind]
    for number, (who, programme) in enumerate([(f"Nobody Asks {kind}", ""), *found]):
        yield ListEntry(
            kind,
            str(number),
            (ListedName(who),),
            programmes=(programme,) if programme else (),
            authority=authority,
            events=(ListingEvent("listed", _FIRST, "a case of the bank"),),
        )
