"""Decides one transaction written as a small YAML file: facts, parties, licences, expectation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from xenotime.core import codes
from xenotime.core.dates import parse_day
from xenotime.core.errors import FactError, InputError
from xenotime.core.truth import Truth
from xenotime.law.answer import Explanation
from xenotime.law.cover import Demand, Licence
from xenotime.law.explain import control_codes, explain
from xenotime.law.facts import Fact, Value, parse_value
from xenotime.law.instrument import as_list, load_yaml
from xenotime.law.oracle import Scene, presume
from xenotime.services.blocks import amount, listed, only, refused
from xenotime.services.cast import cast
from xenotime.services.issue import issued
from xenotime.services.library import Library
from xenotime.services.receipt import Held, Receipt, covered
from xenotime.services.results import Hit
from xenotime.services.screening.record import Hit as Found
from xenotime.services.sources import of_file
from xenotime.services.worksheet import with_worksheet

KEYS = (
    "title",
    "on",
    "known",
    "strict",
    "branches",
    "facts",
    "worksheet",
    "parties",
    "licences",
    "shipment",
    "expect",
    "note",
)


LICENCE_KEYS = (
    *("licence", "channel", "holder", "codes", "destinations", "end_users", "end_uses"),
    *("quantity_kg", "from_day", "to_day", "uses", "note"),
)
SHIPMENT_KEYS = ("quantity_kg", "end_user", "end_use", "note")
_FIRST_YEAR, _LAST_YEAR, _DIGITS = 1900, 2199, 10

#: Elements beside the rare earths: a list of rare earths need not name them.
BESIDE = ("el_ga", "el_ge", "el_sb")


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
    """A decided transaction: the explanation, every party hit, which lists are not current, the receipt."""

    title: str
    explanation: Explanation
    hits: tuple[Hit, ...]
    stale: tuple[str, ...] = ()
    receipt: Receipt | None = None


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
        _day(raw["on"], f"{where}, on"),
        _day(known, f"{where}, known") if known else None,
        _strict(raw.get("strict"), where),
        {str(k): str(v) for k, v in _mapping(raw, "branches", where).items()},
        with_worksheet(_mapping(raw, "facts", where), raw.get("worksheet"), f"{where}, worksheet"),
        listed(raw, "parties", where),
        listed(raw, "licences", where),
        _mapping(raw, "shipment", where),
        _mapping(raw, "expect", where),
        where,
    )


def _mapping(raw: Mapping[str, Any], key: str, where: str) -> Mapping[str, Any]:
    value = raw.get(key) or {}
    if not isinstance(value, dict):
        raise refused(f"`{key}` is not a list of names and values", where, f"{key}: {{name: value}}", value)
    return value


def _day(given: object, where: str) -> date:
    """A day that a term of years can be counted from."""
    day = parse_day(given, where=where)
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise refused("this day is out of reach", where, f"a year from {_FIRST_YEAR} to {_LAST_YEAR}", given)
    return day


def _strict(given: object, where: str) -> bool:
    word = str(given or "no").lower()
    if word not in ("yes", "true", "no", "false"):
        raise refused("`strict` is neither yes nor no", where, "yes or no", given)
    return word in ("yes", "true")


def decide_transaction(library: Library, given: Transaction) -> Decision:
    """The decision of a transaction under the library's law.

    Raises FactError for facts that the book does not know, InputError where `holds` expects a rule that it
    does not have.
    """
    only(given.shipment, SHIPMENT_KEYS, f"{given.where}, shipment")
    for address in _mapping(given.expect, "holds", given.where):
        if address not in library.law.book.rules:
            raise refused("the book has no such rule", f"{given.where}, holds", "a rule's address", address)
    row, names, screened = gathered(library, given)
    demand, held = _demand(library, given, row), _held(given)
    coverage = covered(held, demand)
    explanation = explain(
        library.law, row, given.on, calendar=library.calendar, strict=library.strict, coverage=coverage
    )
    found = [f for several in screened.values() for f in several]
    stale = library.stale if given.parties else ()
    facts = of_file(given.facts, given.where, row, screened)
    kept = issued(library, explanation, facts, title=given.title, demand=demand, licences=held)
    return Decision(given.title, explanation, library.hits(found, names, given.on), stale, kept)


def gathered(
    library: Library, given: Transaction
) -> tuple[dict[str, Value], dict[str, str], Mapping[str, Sequence[Found]]]:
    """The facts of a transaction with what the lists say of its parties; names and finds by party."""
    row = dict(read_facts(library, given.facts, given.where))
    parties, structure = cast(given.parties, f"{given.where}, parties")
    screened = library.screened(parties)
    if given.parties:
        asked = [q.party for q in parties if not q.party.startswith("owner:")]
        row = {**library.list_facts(asked, screened, structure, given.on), **row}
        row.setdefault("end_user_country", _country(given))
    return row, {q.party: q.name for q in parties}, screened


def read_facts(library: Library, given: Mapping[str, Any], where: str) -> dict[str, Value]:
    """Facts as stored values; `elements` stands for all element facts at once.

    Raises FactError for a name the book does not declare.
    """
    facts = library.law.book.facts
    row: dict[str, Value] = elements(facts, given["elements"], where) if "elements" in given else {}
    for name, value in given.items():
        if name in facts:
            stated = _value(facts[name], value, f"{where}, fact {name}")
            _agree(name, stated, row, where)
            row[name] = stated
        elif name == "elements":
            continue
        else:
            raise FactError(
                f"the book knows no fact '{name}'",
                where=where,
                expected="a fact of `xenotime law facts`",
                found=name,
                next_step="run `xenotime law facts` for all names and questions",
            )
    return row


def _agree(name: str, stated: Value, row: Mapping[str, Value], where: str) -> None:
    """Refuse an element fact that says otherwise than the list of elements does."""
    listed = row.get(name)
    if name in row and name not in BESIDE and stated is not listed:
        raise FactError(
            "two statements about one element differ",
            where=f"{where}, fact {name}",
            expected="`elements`, or the fact of each element, saying the same",
            found=f"elements say {listed}, {name} says {stated}",
            next_step="leave one of them out",
        )


def _value(fact: Fact, given: object, where: str) -> Value:
    if isinstance(given, dict):
        only(given, ("min", "max"), where)
    try:
        value = parse_value(fact, given, where)
    except ArithmeticError as error:
        raise refused("this number is out of reach", where, "a number below 9e11", given) from error
    return codes.country(value, where) if fact.type == "country" and isinstance(value, str) else value


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
                expected=", ".join(n.removeprefix("el_").capitalize() for n in names) or "none at all",
                found=symbol,
                next_step="write symbols, ?Dy where one is possible, or [] for none"
                if names
                else "leave `elements` out: this book asks nothing about them",
            )
        row[name] = None if symbol.startswith("?") else True
    return row


def _country(given: Transaction) -> str | None:
    users = [r for r in given.parties if r.get("role") == "end_user"] or list(given.parties[:1])
    found = next((str(r["country"]) for r in users if r.get("country")), None)
    return None if found is None else codes.country(found, f"{given.where}, parties, country")


def _demand(library: Library, given: Transaction, row: Mapping[str, Value]) -> Demand | None:
    """What the shipment asks of a licence; None where no licence is put to it."""
    if not given.licences:
        return None
    filled, _ = presume(library.law, row, strict=library.strict)
    codes = control_codes(Scene(library.law, filled, given.on))
    truths: dict[str, Truth] = {k: v for k, v in row.items() if isinstance(v, bool) or v is None}
    shipment = given.shipment
    return Demand(
        codes,
        str(row.get("to") or ""),
        str(shipment.get("end_user", "")) or _end_user(given),
        str(shipment.get("end_use", "")),
        amount(shipment.get("quantity_kg"), given.where),
        given.on,
        library.watch_listed(truths, given.on),
    )


def _held(given: Transaction) -> tuple[Held, ...]:
    return tuple(Held(read_licence(r, given.where), uses=_uses(r, given.where)) for r in given.licences)


def _uses(row: Mapping[str, Any], where: str) -> int:
    only(row, LICENCE_KEYS, f"{where}, licences")
    text = str(row.get("uses") or "0")
    if not (text.isascii() and text.isdecimal() and len(text) < _DIGITS):
        raise refused(
            "`uses` is not a whole number", f"{where}, licences", "how often it was used: 0, 1, …", text
        )
    return int(text)


def _end_user(given: Transaction) -> str:
    return next((str(r["name"]) for r in given.parties if r.get("role") == "end_user"), "")


def read_licence(row: Mapping[str, Any], where: str) -> Licence:
    """A licence as a decide file or the licences table states it. Raises InputError without its bounds."""
    missing = [k for k in ("licence", "channel", "codes", "from_day", "to_day") if not row.get(k)]
    if missing:
        raise InputError(
            "this licence lacks its bounds",
            where=where,
            expected=", ".join(missing),
            found=str(dict(row)),
            next_step="state what is printed on the licence",
        )
    return Licence(
        str(row["licence"]),
        str(row["channel"]),
        _several(row.get("codes")),
        tuple(d.upper() for d in _several(row.get("destinations"))),
        _several(row.get("end_users")),
        _several(row.get("end_uses")),
        amount(row.get("quantity_kg"), where),
        parse_day(row["from_day"], where=f"{where}, from_day"),
        parse_day(row["to_day"], where=f"{where}, to_day"),
        str(row.get("holder") or ""),
    )


def _several(value: object) -> tuple[str, ...]:
    return tuple(part.strip() for text in as_list(value) for part in text.split(";") if part.strip())
