"""GLEIF level 2: who consolidates whom in its accounts. Evidence of control, and never a share.

A quantity in percent that a record may carry is how far the accounts are consolidated: it is left out.
A branch is one body with its head office. Reporting exceptions say why no parent is named: findings.
Level 1 records in the same form give the names. Source: GLEIF relationship record and reporting exception
formats (CDF 1.1 and 2.1), CC0.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from xenotime.core import codes
from xenotime.core.errors import InputError
from xenotime.parties.listing.formats.delimited import rows
from xenotime.parties.listing.formats.source import Source
from xenotime.parties.owners.formats.documents import documents
from xenotime.parties.owners.formats.gather import Gathered
from xenotime.parties.owners.formats.shares import Share
from xenotime.parties.owners.holding import Body, Holding, Structure

_CONTROL = ("IS_DIRECTLY_CONSOLIDATED_BY", "IS_ULTIMATELY_CONSOLIDATED_BY", "IS_FUND-MANAGED_BY")
_BRANCH = "IS_INTERNATIONAL_BRANCH_OF"
_GONE = ("RETIRED", "ANNULLED", "DUPLICATE", "TRANSFERRED")
_KEYS = ("relations", "records", "exceptions", "data")
_COLUMNS = re.compile(r"Relationship[._]|Exception[._](?:Category|Reason)|Entity[._]LegalName")
_SAID = re.compile(
    r'RelationshipRecord|"relationship|relationship-records|ReportingException|lei-records|"LEI"'
)
_PERIODS = 5
_REASONS = 5

#: One record by dotted names in small letters, whatever form it came in.
Flat = Mapping[str, str]


def likely(opening: str) -> bool:
    """Whether a first line, or the beginning of JSON, looks like GLEIF data."""
    return bool(_COLUMNS.search(opening) or _SAID.search(opening))


def read(source: Source) -> Structure:
    """The data set of a GLEIF file. Raises InputError for a file that is cut off or has no such records."""
    gathered = Gathered()
    json = source.opening()[:1] in ("[", "{")
    taken = 0
    for place, record in _json(source) if json else _table(source):
        taken += any(handle(gathered, record, place) for handle in _HANDLERS)
    if not taken and not gathered.places:
        raise InputError(
            "this file has no GLEIF records",
            where=source.name,
            expected="relationship records, reporting exceptions or level 1 records",
            found="none of them",
            next_step="check that this is the file you mean",
        )
    return gathered.structure()


def _table(source: Source) -> Iterator[tuple[str, Flat]]:
    found = rows(source)
    _, header = next(found, (0, []))
    names = [name.strip().lstrip("\ufeff").casefold() for name in header]
    for line, cells in found:
        record = {n: c.strip() for n, c in zip(names, cells, strict=False) if c.strip()}
        yield f"{source.name}, line {line}", record


def _json(source: Source) -> Iterator[tuple[str, Flat]]:
    for line, document in documents(source, _KEYS):
        for record in _unwrapped(document):
            yield f"{source.name}, line {line}", dict(_flat(record, ""))


def _unwrapped(document: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The records of a document: itself, or those that lie under one of the known names."""
    inside = next((document[k] for k in _KEYS if isinstance(document.get(k), list | dict)), document)
    for record in inside if isinstance(inside, list) else [inside]:
        if isinstance(record, dict):
            yield record


def _flat(value: object, path: str) -> Iterator[tuple[str, str]]:
    """Dotted names and texts; the value of {"$": …} is the text, wrappers of the form are left out."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _flat(inner, _joined(path, str(name)))
    elif isinstance(value, list):
        for number, inner in enumerate(value, 1):
            yield from _flat(inner, f"{path}.{number}")
    elif isinstance(value, str) and value.strip():
        yield path, value.strip()


def _joined(path: str, name: str) -> str:
    word = name.partition(":")[2] or name
    if (
        word in ("$", "attributes", "RelationshipRecord", "LEIRecord", "ReportingException", "Exception")
        and path == ""
    ):
        return ""
    if word == "$":
        return path
    return f"{path}.{word}".strip(".").casefold()


def _get(record: Flat, *names: str) -> str:
    return next((record[n] for n in names if n in record), "")


def _relation(gathered: Gathered, record: Flat, place: str) -> bool:
    child = _get(record, "relationship.startnode.nodeid", "relationship.startnode.id")
    parent = _get(record, "relationship.endnode.nodeid", "relationship.endnode.id")
    if not child and not parent:
        return False
    if not child or not parent:
        gathered.find("a relationship without both its ends: left out", place)
        return True
    type_ = _get(record, "relationship.relationshiptype", "relationship.type")
    if _dropped(gathered, record, type_, f"{place}: {child}"):
        return True
    for code in (child, parent):
        _checked(gathered, code, place)
        if code not in gathered.bodies:
            gathered.name(Body(code, code, identifiers=(("LEI", code),)))
    if type_ == _BRANCH:
        gathered.name(Body(child, child, branch_of=parent))
        return True
    start, end = _period(record)
    name = f"{child}:{type_}:{parent}"
    days = gathered.day(start, place), gathered.day(end, place, last=True)
    gathered.hold(
        Holding(name, parent, child, Share().low, None, *days, "control", source=f"GLEIF level 2, {type_}")
    )
    return True


def _dropped(gathered: Gathered, record: Flat, type_: str, place: str) -> bool:
    """Whether a relationship is over, void or no control, with a finding that says so."""
    registration = _get(record, "registration.registrationstatus", "registration.status").upper()
    status = _get(record, "relationship.relationshipstatus", "relationship.status").upper()
    if registration in _GONE:
        gathered.find(f"a relationship record that is {registration.lower()}: left out", place)
        return True
    if status == "INACTIVE" and not _period(record)[1]:
        gathered.find("a relationship that is inactive, with no last day: left out", place)
        return True
    if type_ not in (*_CONTROL, _BRANCH):
        gathered.find(f"a relationship that is no control ({type_[:40]}): left out", place)
        return True
    if registration == "LAPSED":
        gathered.find("a relationship record that was not renewed: kept", place)
    return False


def _period(record: Flat) -> tuple[str, str]:
    """The first and last day of the relationship period, not of the accounts or the filing."""
    for number in range(1, _PERIODS + 1):
        for base in (
            f"relationship.period.{number}",
            f"relationship.relationshipperiods.relationshipperiod.{number}",
            f"relationship.relationshipperiods.{number}",
            f"relationship.periods.{number}",
        ):
            if _get(record, f"{base}.periodtype", f"{base}.type") == "RELATIONSHIP_PERIOD":
                return record.get(f"{base}.startdate", ""), record.get(f"{base}.enddate", "")
    return "", ""


def _exception(gathered: Gathered, record: Flat, place: str) -> bool:
    category = _get(record, "exception.category", "exceptioncategory", "category")
    child = _get(record, "lei")
    if not category or not child:
        return False
    reasons = [
        record[n]
        for i in range(1, _REASONS + 1)
        for n in (f"exception.reason.{i}", f"exceptionreason.{i}")
        if n in record
    ]
    reasons = reasons or [_get(record, "exception.reason", "exceptionreason", "reason") or "no reason"]
    _checked(gathered, child, place)
    gathered.name(Body(child, child, identifiers=(("LEI", child),)))
    which = (
        "direct"
        if category.startswith("DIRECT")
        else "ultimate"
        if category.startswith("ULTIMATE")
        else category
    )
    gathered.find(f"no {which} parent is reported: {', '.join(reasons)}", f"{place}: {child}")
    return True


def _entity(gathered: Gathered, record: Flat, place: str) -> bool:
    name = _get(record, "entity.legalname", "entity.legalname.name")
    code = _get(record, "lei")
    if not name or not code:
        return False
    _checked(gathered, code, place)
    others = tuple(
        v
        for k, v in record.items()
        if re.match(r"entity\.(?:transliterated)?othe?r?(?:entity)?names?\b.*(?:\d|name)$", k) and v != name
    )
    country = _get(record, "entity.legaladdress.country", "entity.legaljurisdiction", "entity.jurisdiction")
    first = gathered.bodies.pop(code, None)
    gathered.name(
        Body(
            code,
            name,
            others,
            country[:2],
            "organisation",
            (("LEI", code),),
            first.branch_of if first else "",
        )
    )
    return True


def _checked(gathered: Gathered, code: str, place: str) -> None:
    try:
        codes.lei(code, place)
    except InputError:
        gathered.find("an LEI whose check digits are wrong: kept as written", f"{place}: {code}")


_HANDLERS: tuple[Callable[[Gathered, Flat, str], bool], ...] = (_relation, _exception, _entity)
