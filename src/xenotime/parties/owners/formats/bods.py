"""Beneficial Ownership Data Standard 0.4: entity, person and relationship statements as holdings.

The latest statement of a record counts, by its date and then by its place in the file; a closed record
ends on the day of its closing statement. An indirect interest is counted through its components; without
them it may be anything up to what is stated. An unnamed owner holds like a nominee who does not say for
whom. Of persons only names and nationalities are kept. Source: standard.openownership.org, version 0.4.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from xenotime.core.errors import InputError
from xenotime.parties.listing.formats.source import Source
from xenotime.parties.owners.formats import shares
from xenotime.parties.owners.formats.documents import documents
from xenotime.parties.owners.formats.gather import Gathered
from xenotime.parties.owners.formats.shares import Share
from xenotime.parties.owners.holding import Body, Holding, Structure

#: Interest types by what they are here; any other one is control, and never a share.
_KINDS = {
    "shareholding": "shares",
    "votingRights": "votes",
    "nominee": "nominee",
    "unknownInterest": "shares",
    "unpublishedInterest": "shares",
}
#: Interest types that are known to be no share.
_CONTROL = frozenset(
    "appointmentOfBoard otherInfluenceOrControl seniorManagingOfficial settlor trustee protector "
    "beneficiaryOfLegalArrangement rightsToSurplusAssetsOnDissolution rightsToProfitOrIncome "
    "rightsGrantedByContract conditionalRightsGrantedByContract controlViaCompanyRulesOrArticles "
    "controlByLegalFramework boardMember boardChair enjoymentAndUseOfAssets rightToProfitOrIncomeFromAssets "
    "nominator".split()
)
#: Whose interest in an arrangement says for whom it holds.
_BEHIND = {"nominator": "nominee", "beneficiaryOfLegalArrangement": "trust"}
#: Reasons that say there is nobody to name, in the small letters both spellings share.
_NOBODY = frozenset({"nobeneficialowners", "subjectexemptfromdisclosure"})


@dataclass(slots=True)
class _Record:
    """The latest statement of a record, and the day it was closed."""

    stamp: tuple[str, int]
    kind: str
    details: Mapping[str, Any]
    place: str
    source: str
    closed: date | None = None


@dataclass(slots=True)
class _Reading:
    gathered: Gathered = field(default_factory=Gathered)
    records: dict[str, _Record] = field(default_factory=dict)
    statements: dict[str, str] = field(default_factory=dict)
    replaces: dict[str, tuple[str, ...]] = field(default_factory=dict)
    arrangements: dict[str, str] = field(default_factory=dict)
    behind: dict[str, set[str]] = field(default_factory=dict)


def read(source: Source) -> Structure:
    """The data set of a BODS 0.4 file. Raises InputError for JSON that is broken, or another version."""
    state = _Reading()
    gone = _replaced(source, state)
    relations = []
    for key, record in gone.items():
        if record.kind == "relationship":
            relations.append((key, record))
        else:
            _body(state, key, record)
    for _, record in relations:
        _stand_in(state, record)
    for key, record in relations:
        _relation(state, key, record)
    return state.gathered.structure()


def _replaced(source: Source, state: _Reading) -> dict[str, _Record]:
    """The records with their latest statement, without those that another statement replaces by its id."""
    for number, (line, statement) in enumerate(documents(source)):
        _take(state, statement, f"{source.name}, line {line}", number)
    drop = _superseded(state)
    return {key: r for key, r in state.records.items() if r.place not in drop}


def _take(state: _Reading, statement: Mapping[str, Any], place: str, number: int) -> None:
    """Keep a statement if it is the latest of its record."""
    if "statementType" in statement and "recordType" not in statement:
        raise InputError(
            "this is an older version of the Beneficial Ownership Data Standard",
            where=place,
            expected="version 0.4: statements with recordId and recordType",
            found=f"statementType {statement['statementType']!r}",
            next_step="convert it to version 0.4, or to a table with owner, owned, share_percent",
        )
    gathered = state.gathered
    key, kind, details = (statement.get(n) for n in ("recordId", "recordType", "recordDetails"))
    if not isinstance(key, str) or not key or kind not in ("entity", "person", "relationship"):
        gathered.find("a statement without a record: left out", place)
        return
    name = _text(statement.get("statementId"))
    if name in state.statements:
        gathered.find("two statements of one id: the later one counts", f"{place}: {name}")
    elif name:
        state.statements[name] = key
        state.replaces[name] = tuple(map(str, _list(statement.get("replacesStatements"))))
    told = _text(statement.get("statementDate"))[:10]
    status = _text(statement.get("recordStatus"))
    closed = gathered.day(told, place) if status == "closed" else None
    _keep(
        state,
        key,
        (told, number),
        _Record((told, number), str(kind), _dict(details), place, _origin(statement), closed),
    )
    if status == "closed" and not told:
        gathered.find("a record closed without a day: it is left out", f"{place}: {key}")


def _keep(state: _Reading, key: str, stamp: tuple[str, int], new: _Record) -> None:
    old = state.records.get(key)
    if old is None:
        state.records[key] = new
        return
    if old.kind != new.kind:
        state.gathered.find("one record of two types: the first type counts", f"{new.place}: {key}")
        return
    if old.stamp[0] == new.stamp[0] and old.details != new.details:
        state.gathered.find(
            "two statements of one record on one day: the later one in the file counts", new.place
        )
    if stamp > old.stamp:
        if not new.details and old.details:
            new.details = old.details  # a closing statement may leave the details out
        state.records[key] = new


def _superseded(state: _Reading) -> set[str]:
    """Places of statements that another one replaces by id; a loop of replacing replaces nothing."""
    replaced = {old for olds in state.replaces.values() for old in olds}
    looped = _looped(state.replaces)
    for name in sorted(looped):
        state.gathered.find("statements that replace each other in a loop: none is dropped", name)
    gone = replaced - looped
    newest = {state.statements[old] for old in gone if old in state.statements}
    unknown = sorted(old for old in replaced if old not in state.statements)
    for name in unknown:
        state.gathered.find("a statement replaces one that is not there", name)
    kept = {state.statements[name] for name in state.statements if name not in gone}
    return {state.records[key].place for key in newest - kept if key in state.records}


def _looped(replaces: Mapping[str, tuple[str, ...]]) -> set[str]:
    """The statements that replace each other in a circle, in one pass there and one back."""
    back: dict[str, list[str]] = defaultdict(list)
    for new, olds in replaces.items():
        for old in olds:
            back[old].append(new)
    found: set[str] = set()
    seen: set[str] = set()
    for root in reversed(_finished(replaces)):
        circle = [] if root in seen else [root]
        seen.add(root)
        for one in circle:
            fresh = [new for new in dict.fromkeys(back.get(one, ())) if new not in seen]
            seen.update(fresh)
            circle += fresh
        if len(circle) > 1 or (circle and root in replaces.get(root, ())):
            found.update(circle)
    return found


def _finished(replaces: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The statements in the order in which a walk along what they replace leaves them."""
    order: list[str] = []
    seen: set[str] = set()
    for root in replaces:
        walk = [] if root in seen else [(root, iter(replaces[root]))]
        seen.add(root)
        while walk:
            name, rest = walk[-1]
            child = next((old for old in rest if old not in seen), None)
            if child is None:
                order.append(name)
                walk.pop()
            else:
                seen.add(child)
                walk.append((child, iter(replaces.get(child, ()))))
    return order


def _body(state: _Reading, key: str, record: _Record) -> None:
    details = record.details
    if record.kind == "person":
        names = [_text(_dict(n).get("fullName")) for n in _list(details.get("names"))]
        country = next((_text(_dict(n).get("code")) for n in _list(details.get("nationalities"))), "")
        kind = "person"
    else:
        names = [_text(details.get("name")), *map(_text, _list(details.get("alternateNames")))]
        country = _text(_dict(details.get("jurisdiction")).get("code"))
        kind = _entity(state, key, _dict(details.get("entityType")))
    named = [n for n in names if n]
    if not named:
        state.gathered.find("a body without a name: kept by its id", f"{record.place}: {key}")
    identifiers = tuple(
        (_text(i.get("scheme")) or _text(i.get("schemeName")), _text(i.get("id")))
        for i in map(_dict, _list(details.get("identifiers")))
        if i.get("id")
    )
    name = named[0] if named else key
    state.gathered.name(Body(key, name, tuple(named[1:]), country[:2], kind, identifiers))


def _entity(state: _Reading, key: str, type_: Mapping[str, Any]) -> str:
    """The kind of an entity; trusts and nominations are remembered as arrangements."""
    subtype, word = _text(type_.get("subtype")), _text(type_.get("type"))
    if subtype in ("trust", "nomination"):
        state.arrangements[key] = "trust" if subtype == "trust" else "nominee"
        return "trust" if subtype == "trust" else "organisation"
    return "unknown" if word in ("", "anonymousEntity", "unknownEntity") else "organisation"


def _stand_in(state: _Reading, record: _Record) -> None:
    """Remember who stands behind a trust or nomination, as far as the record is still open."""
    subject, party = (_meant(state, record, n) for n in ("subject", "interestedParty"))
    for interest in map(_dict, _list(record.details.get("interests"))):
        if _text(interest.get("type")) in _BEHIND and subject and party:
            state.behind.setdefault(subject, set()).add(party)


def _meant(state: _Reading, record: _Record, role: str) -> str:
    """The record that a relationship names in a role, by its own id or by a statement's; "" for none."""
    name = _text(record.details.get(role))
    return name if name in state.records else state.statements.get(name, name)


def _relation(state: _Reading, key: str, record: _Record) -> None:
    details = record.details
    subject = _meant(state, record, "subject")
    if not subject:
        why = _text(_dict(details.get("subject")).get("reason")) or "no reason"
        state.gathered.find(
            f"a holding whose company is not named ({why}): left out", f"{record.place}: {key}"
        )
        return
    owner, unnamed = _owner(state, key, record)
    if not owner:
        return
    interests = [_dict(i) for i in _list(details.get("interests"))]
    if not interests:
        state.gathered.find(
            "a relationship that states no interest: its share is unknown", f"{record.place}: {key}"
        )
    for number, interest in enumerate(interests or [{"type": "unknownInterest"}], 1):
        _interest(state, f"{key}#{number}", record, interest, (owner, subject, unnamed))


def _owner(state: _Reading, key: str, record: _Record) -> tuple[str, bool]:
    """Who holds, and whether nobody names him; ("", False) when there is nobody."""
    party = _meant(state, record, "interestedParty")
    if party:
        return party, False
    reason = _text(_dict(record.details.get("interestedParty")).get("reason")) or "no reason given"
    if reason.replace("-", "").casefold() in _NOBODY:
        state.gathered.find(f"nobody to name as owner ({reason}): no holding", f"{record.place}: {key}")
        return "", False
    state.gathered.find(f"an owner who is not named ({reason})", f"{record.place}: {key}")
    unnamed = f"{key}:unnamed"
    state.gathered.name(Body(unnamed, f"not named: {reason}"))
    return unnamed, True


def _interest(
    state: _Reading, name: str, record: _Record, interest: Mapping[str, Any], between: tuple[str, str, bool]
) -> None:
    owner, owned, unnamed = between
    type_ = _text(interest.get("type"))
    kind = _KINDS.get(type_, "control")
    if type_ not in _KINDS and type_ not in _CONTROL:
        state.gathered.find(
            f"an interest of an unknown type ({type_[:40]!r}): its share is unknown", record.place
        )
        kind = "shares"
    found = _share(state, record, interest) if kind != "control" else Share()
    if kind != "control" and _text(interest.get("directOrIndirect")) == "indirect":
        if _components(state, record, name):
            return
        state.gathered.find(
            "an indirect interest without its chain: up to its share is counted", f"{record.place}: {name}"
        )
        found = Share(high=found.high)
    if kind == "shares":
        kind = "nominee" if unnamed else state.arrangements.get(owner, kind)
    start = state.gathered.day(_text(interest.get("startDate")), record.place)
    end = state.gathered.day(_text(interest.get("endDate")), record.place, last=True)
    if record.closed == date.min:
        return
    if record.closed:
        last = record.closed - timedelta(days=1)
        end = last if end is None or end > last else end
    behind = _behind(state, name, kind, owner, owned, unnamed=unnamed)
    holding = Holding(name, owner, owned, found.low, found.high, start, end, kind, behind, record.source)
    state.gathered.hold(holding)


def _components(state: _Reading, record: _Record, name: str) -> bool:
    """Whether the chain of an indirect interest is in the file, so that counting it too would count twice."""
    parts = [p for p in _list(record.details.get("componentRecords")) if isinstance(p, str)]
    missing = [p for p in parts if p not in state.records and p not in state.statements]
    for part in missing:
        state.gathered.find("a component that is not in the file", f"{record.place}: {name}: {part}")
    return bool(parts) and not missing


def _behind(state: _Reading, name: str, kind: str, owner: str, owned: str, *, unnamed: bool) -> str:
    """For whom a nominee or trust holds; "" with a finding when it is nobody or not one."""
    if kind not in ("nominee", "trust"):
        return ""
    found = state.behind.get(owner, set()) or (
        state.behind.get(owned, set()) - {owner} if kind == "nominee" else set()
    )
    if len(found) == 1:
        return next(iter(found))
    if not unnamed:
        who = "several" if found else "nobody"
        state.gathered.find(f"a nominee or trust with {who} behind it: for whom it holds is unknown", name)
    return ""


def _share(state: _Reading, record: _Record, interest: Mapping[str, Any]) -> Share:
    """The bounds of a share; anything that is no percentage is unknown, with a finding."""
    given = _dict(interest.get("share"))
    values = {key: shares.number(_text(value)) for key, value in given.items() if value is not None}
    if any(value is None for value in values.values()):
        state.gathered.find("a share that is no number: it is unknown", record.place)
        return Share()
    exact = values.get("exact")
    inner, outer = values.get("minimum"), values.get("exclusiveMinimum")
    least = exact if exact is not None else inner if inner is not None else outer
    upper, under = values.get("maximum"), values.get("exclusiveMaximum")
    most = exact if exact is not None else upper if upper is not None else under
    found = shares.bounds(
        least,
        most,
        above=exact is None and inner is None and outer is not None,
        below=exact is None and upper is None and under is not None,
    )
    if found.odd:
        state.gathered.find(f"{found.odd}: it is unknown", f"{record.place}: {dict(given)}")
        return Share()
    return found


def _origin(statement: Mapping[str, Any]) -> str:
    source = _dict(statement.get("source"))
    says = [_text(_dict(a).get("name")) for a in _list(source.get("assertedBy"))]
    parts = [
        _text(source.get("description")),
        _text(source.get("url")),
        *says,
        _text(statement.get("statementId")),
    ]
    return ", ".join(p for p in parts if p)[:300]


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _dict(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
