"""Decides one transaction written as a small YAML file: facts, parties, licences, expectation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from xenotime.core.dates import parse_day
from xenotime.core.errors import FactError, InputError
from xenotime.core.truth import Truth
from xenotime.law.answer import Coverage, Explanation
from xenotime.law.cover import Demand, Licence, check_licence
from xenotime.law.explain import control_codes, explain
from xenotime.law.facts import Fact, Value, parse_value
from xenotime.law.instrument import as_list, load_yaml
from xenotime.law.oracle import Scene, presume
from xenotime.parties.match import PartyQuery
from xenotime.parties.own import Holding
from xenotime.services.library import Library
from xenotime.services.results import Hit

KEYS = (
    "title",
    "on",
    "known",
    "strict",
    "branches",
    "facts",
    "parties",
    "licences",
    "shipment",
    "expect",
    "note",
)


@dataclass(frozen=True, slots=True)
class Transaction:
    """One decide file, typed but not yet decided."""

    title: str
    on: date
    known: date | None
    strict: bool
    branches: Mapping[str, str]
    facts: Mapping[str, Any]
    parties: tuple[Mapping[str, Any], ...]
    licences: tuple[Mapping[str, Any], ...]
    shipment: Mapping[str, Any]
    expect: Mapping[str, Any]
    where: str


@dataclass(frozen=True, slots=True)
class Decision:
    """A decided transaction: the explanation, and every party hit."""

    title: str
    explanation: Explanation
    hits: tuple[Hit, ...]


def parse_transaction(text: str, where: str) -> Transaction:
    """The transaction in a decide file. Raises InputError for keys that are unknown or missing."""
    raw = load_yaml(text, where)
    if not isinstance(raw, dict):
        raise InputError(
            "this is not a decide file",
            where=where,
            expected="on: a day, and facts:",
            found=repr(text[:40]),
            next_step="see examples/decide",
        )
    return transaction(raw, where)


def transaction(raw: Mapping[str, Any], where: str) -> Transaction:
    """The transaction of an already read mapping. Raises InputError as `parse_transaction` does."""
    unknown = sorted(set(raw) - set(KEYS))
    if unknown or "on" not in raw:
        raise InputError(
            "this decide file has other keys" if unknown else "this decide file names no day",
            where=where,
            expected=", ".join(KEYS),
            found=", ".join(unknown) or "no `on`",
            next_step="see examples/decide",
        )
    known = raw.get("known")
    return Transaction(
        str(raw.get("title", where)),
        parse_day(raw["on"], where=f"{where}, on"),
        parse_day(known, where=f"{where}, known") if known else None,
        str(raw.get("strict", "no")).lower() in ("yes", "true"),
        {str(k): str(v) for k, v in _mapping(raw, "branches", where).items()},
        _mapping(raw, "facts", where),
        _rows(raw, "parties", where),
        _rows(raw, "licences", where),
        _mapping(raw, "shipment", where),
        _mapping(raw, "expect", where),
        where,
    )


def _mapping(raw: Mapping[str, Any], key: str, where: str) -> Mapping[str, Any]:
    value = raw.get(key) or {}
    if not isinstance(value, dict):
        raise InputError(f"`{key}` is not a list of names and values", where=where, found=repr(value))
    return value


def _rows(raw: Mapping[str, Any], key: str, where: str) -> tuple[Mapping[str, Any], ...]:
    value = raw.get(key) or []
    if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
        raise InputError(f"`{key}` is not a list of rows", where=where, found=repr(value))
    return tuple(value)


def decide_transaction(library: Library, given: Transaction) -> Decision:
    """The decision of a transaction under the library's law.

    Raises FactError for facts that the book does not know.
    """
    row = dict(read_facts(library, given.facts, given.where))
    parties, holdings = _parties(given)
    names = {q.party: q.name for q in parties}
    screened = library.screened(parties)
    if given.parties:
        asked = [q.party for q in parties if not q.party.startswith("owner:")]
        row = {**library.list_facts(asked, screened, holdings, given.on), **row}
        row.setdefault("end_user_country", _country(given))
    coverage = _coverage(library, given, row)
    explanation = explain(
        library.law, row, given.on, calendar=library.calendar, strict=library.strict, coverage=coverage
    )
    matches = [m for ms in screened.values() for m in ms]
    return Decision(given.title, explanation, library.hits(matches, names, given.on))


def read_facts(library: Library, given: Mapping[str, Any], where: str) -> dict[str, Value]:
    """Facts as stored values; `elements` stands for all element facts at once.

    Raises FactError for a name the book does not declare.
    """
    facts = library.law.book.facts
    row: dict[str, Value] = {}
    for name, value in given.items():
        if name == "elements":
            row.update(elements(facts, value, where))
        elif name in facts:
            row[name] = parse_value(facts[name], value, f"{where}, fact {name}")
        else:
            raise FactError(
                f"the book knows no fact '{name}'",
                where=where,
                expected="a fact of `xenotime law facts`",
                found=name,
                next_step="run `xenotime law facts` for all names and questions",
            )
    return row


def elements(facts: Mapping[str, Fact], given: object, where: str) -> dict[str, Value]:
    """The element facts of a list such as [Dy, ?Tb]: named are contained, ? possible, all others absent."""
    symbols = [
        s.strip() for text in as_list(given) for s in text.split(";") if s.strip() and s.strip() != "none"
    ]
    names = [f for f in facts if f.startswith("el_")]
    row: dict[str, Value] = dict.fromkeys(names, False)
    for symbol in symbols:
        name = f"el_{symbol.removeprefix('?').lower()}"
        if name not in row:
            raise FactError(
                "this element is not one of the facts",
                where=f"{where}, elements",
                expected=", ".join(n.removeprefix("el_").capitalize() for n in names),
                found=symbol,
            )
        row[name] = None if symbol.startswith("?") else True
    return row


def _parties(given: Transaction) -> tuple[list[PartyQuery], list[Holding]]:
    queries, holdings = [], []
    for number, row in enumerate(given.parties):
        party = str(row.get("name", ""))
        if not party:
            raise InputError(
                "a party has no name", where=f"{given.where}, parties, row {number + 1}", expected="name"
            )
        queries.append(_query(f"{row.get('role', 'party')}:{party}", row))
        for owner in row.get("owners") or ():
            queries.append(_query(f"owner:{owner.get('name', '')}", owner))
            share = owner.get("share_percent")
            holdings.append(
                Holding(
                    queries[-1].party, f"{row.get('role', 'party')}:{party}", _decimal(share, given.where)
                )
            )
    return queries, holdings


def _query(party: str, row: Mapping[str, Any]) -> PartyQuery:
    others = as_list(row.get("other_names"))
    return PartyQuery(
        party,
        str(row.get("name", "")),
        others,
        str(row.get("country", "")),
        str(row.get("lei", "")),
        str(row.get("uscc", "")),
    )


def _decimal(value: object, where: str) -> Decimal | None:
    if value in (None, "", "unknown"):
        return None
    try:
        return Decimal(str(value))
    except InvalidOperation as error:
        raise InputError(
            "this is not a number", where=where, expected="a decimal such as 60", found=repr(value)
        ) from error


def _country(given: Transaction) -> str | None:
    users = [r for r in given.parties if r.get("role") == "end_user"] or list(given.parties[:1])
    return next((str(r["country"]).upper() for r in users if r.get("country")), None)


def _coverage(library: Library, given: Transaction, row: Mapping[str, Value]) -> tuple[Coverage, ...]:
    if not given.licences:
        return ()
    filled, _ = presume(library.law, row, strict=library.strict)
    codes = control_codes(Scene(library.law, filled, given.on))
    truths: dict[str, Truth] = {k: v for k, v in row.items() if isinstance(v, bool) or v is None}
    shipment = given.shipment
    demand = Demand(
        codes,
        str(row.get("to") or ""),
        str(shipment.get("end_user", "")) or _end_user(given),
        str(shipment.get("end_use", "")),
        _decimal(shipment.get("quantity_kg"), given.where),
        given.on,
        library.watch_listed(truths, given.on),
    )
    return tuple(
        check_licence(read_licence(r, given.where), demand, uses=int(str(r.get("uses", "0"))))
        for r in given.licences
    )


def _end_user(given: Transaction) -> str:
    return next((str(r["name"]) for r in given.parties if r.get("role") == "end_user"), "")


def read_licence(row: Mapping[str, Any], where: str) -> Licence:
    """A licence as a decide file or the licences table states it. Raises InputError without its bounds."""
    missing = [k for k in ("licence", "channel", "codes", "from_day", "to_day") if not row.get(k)]
    if missing:
        raise InputError(
            "this licence lacks its bounds", where=where, expected=", ".join(missing), found=str(dict(row))
        )
    return Licence(
        str(row["licence"]),
        str(row["channel"]),
        _several(row.get("codes")),
        tuple(d.upper() for d in _several(row.get("destinations"))),
        _several(row.get("end_users")),
        _several(row.get("end_uses")),
        _decimal(row.get("quantity_kg"), where),
        parse_day(row["from_day"], where=f"{where}, from_day"),
        parse_day(row["to_day"], where=f"{where}, to_day"),
        str(row.get("holder") or ""),
    )


def _several(value: object) -> tuple[str, ...]:
    return tuple(part.strip() for text in as_list(value) for part in text.split(";") if part.strip())
