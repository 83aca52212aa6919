"""FollowTheMoney entities as JSON lines: Ownership edges as shares, other edges as evidence of control.

A percentage is free text there; what this reader does not know how to read is an unknown share, with a
finding. Several percentages on one edge give the interval that holds them all. Of persons only names and
countries are kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import product
from typing import Any

from xenotime.parties.listing.formats.source import Source
from xenotime.parties.owners.formats.documents import documents
from xenotime.parties.owners.formats.gather import Gathered
from xenotime.parties.owners.formats.shares import Share, joined, share
from xenotime.parties.owners.holding import Body, Holding, Structure

#: Edges that say something about control: who has it, over whom.
_CONTROL = {
    "Directorship": ("director", "organization"),
    "UnknownLink": ("subject", "object"),
    "Control": ("controller", "controlled"),
    "Representation": ("agent", "client"),
    "Employment": ("employee", "employer"),
    "Membership": ("member", "organization"),
}
_OFFERED = ("Representation", "Employment", "Membership")
_PERSONS = frozenset({"Person"})
_BODIES = frozenset(
    {"Company", "Organization", "LegalEntity", "PublicBody", "Person", "Asset", "Vessel", "Airplane"}
)
_IDENTIFIERS = ("leiCode", "uscCode", "registrationNumber", "innCode", "ogrnCode", "idNumber")
_STAND_INS = (("nominee", "nominee"), ("trust", "trust"))


def read(source: Source) -> Structure:
    """The data set of a FollowTheMoney file. Raises InputError for lines that are no JSON objects."""
    gathered = Gathered()
    seen: set[str] = set()
    for line, entity in documents(source):
        place = f"{source.name}, line {line}"
        key, schema = entity.get("id"), entity.get("schema")
        if not isinstance(key, str) or not key or not isinstance(schema, str):
            gathered.find("an entity without id or schema: left out", place)
            continue
        if key in seen:
            gathered.find(
                "two entities of one id: their names are joined, their holdings both kept", f"{place}: {key}"
            )
        seen.add(key)
        _entity(gathered, key, schema, _dict(entity.get("properties")), place)
    return gathered.structure()


def _entity(gathered: Gathered, key: str, schema: str, given: Mapping[str, Any], place: str) -> None:
    if schema == "Ownership":
        _ownership(gathered, key, given, place)
    elif schema in _CONTROL:
        _control(gathered, key, schema, given, place)
    elif schema in _BODIES or given.get("name"):
        names = (
            _texts(given, "name")
            + _texts(given, "alias")
            + _texts(given, "weakAlias")
            + _texts(given, "previousName")
        )
        country = next(iter(_texts(given, "jurisdiction") + _texts(given, "country")), "")
        identifiers = tuple((name, value) for name in _IDENTIFIERS for value in _texts(given, name))
        kind = "person" if schema in _PERSONS else "trust" if schema == "Trust" else "organisation"
        kind = "unknown" if schema in ("LegalEntity", "Asset") else kind
        gathered.name(
            Body(
                key,
                names[0] if names else key,
                tuple(dict.fromkeys(names[1:])),
                country[:2].upper(),
                kind,
                identifiers,
            )
        )
        for parent in _ids(gathered, given.get("parent")):
            gathered.hold(
                Holding(
                    f"{key}:parent:{parent}", parent, key, Share().low, None, kind="control", source="parent"
                )
            )


def _ownership(gathered: Gathered, key: str, given: Mapping[str, Any], place: str) -> None:
    found = _share(gathered, given, f"{place}: {key}")
    kind = _kind(given)
    start, end = _days(gathered, given, place)
    pairs = list(product(_ids(gathered, given.get("owner")), _ids(gathered, given.get("asset"))))
    if not pairs:
        gathered.find("an ownership without owner or asset: left out", f"{place}: {key}")
    if len(pairs) > 1:
        gathered.find("an ownership between more than two: its share is unknown for each", f"{place}: {key}")
        found = Share()
    for number, (owner, owned) in enumerate(pairs):
        name = key if not number else f"{key}~{number + 1}"
        gathered.hold(
            Holding(name, owner, owned, found.low, found.high, start, end, kind, source=_origin(given))
        )


def _share(gathered: Gathered, given: Mapping[str, Any], place: str) -> Share:
    texts = _texts(given, "percentage")
    found = []
    for text in texts:
        read_ = share(text)
        if read_.odd:
            gathered.find(f"{read_.odd}: it is unknown", f"{place}: {text[:60]!r}")
        found.append(read_)
    if len({(s.low, s.high) for s in found}) > 1:
        gathered.find(
            "several percentages on one ownership: the interval that holds them all", f"{place}: {texts}"
        )
    return joined(found) if found else Share()


def _kind(given: Mapping[str, Any]) -> str:
    """What is held, by the words of the edge: votes, for somebody else, or shares."""
    words = " ".join(
        _texts(given, "sharesType") + _texts(given, "ownershipType") + _texts(given, "role")
    ).casefold()
    for mark, kind in _STAND_INS:
        if mark in words:
            return kind
    return "votes" if "vot" in words and "share" not in words else "shares"


def _control(gathered: Gathered, key: str, schema: str, given: Mapping[str, Any], place: str) -> None:
    if schema in _OFFERED:
        return
    first, second = _CONTROL[schema]
    start, end = _days(gathered, given, place)
    role = ", ".join(_texts(given, "role") + _texts(given, "summary"))[:120]
    pairs = list(product(_ids(gathered, given.get(first)), _ids(gathered, given.get(second))))
    if not pairs:
        gathered.find(f"a {schema} without both its ends: left out", f"{place}: {key}")
    for number, (owner, owned) in enumerate(pairs):
        name = key if not number else f"{key}~{number + 1}"
        said = ", ".join(t for t in (schema, role, _origin(given)) if t)
        gathered.hold(Holding(name, owner, owned, Share().low, None, start, end, "control", source=said))


def _days(gathered: Gathered, given: Mapping[str, Any], place: str) -> tuple[date | None, date | None]:
    """The widest days: the earliest start and the latest end that are stated."""
    starts = [d for t in _texts(given, "startDate") if (d := gathered.day(t, place))]
    ends = [d for t in _texts(given, "endDate") if (d := gathered.day(t, place, last=True))]
    return (min(starts) if starts else None), (max(ends) if ends else None)


def _ids(gathered: Gathered, values: object) -> list[str]:
    """The ids of a property; an entity that is nested whole is kept on the way."""
    return list(_each(gathered, values if isinstance(values, list) else [values]))


def _each(gathered: Gathered, values: list[Any]) -> Iterator[str]:
    for value in values:
        if isinstance(value, str) and value:
            yield value
        elif isinstance(value, dict) and isinstance(value.get("id"), str):
            names = _texts(_dict(value.get("properties")), "name")
            gathered.name(Body(value["id"], names[0] if names else value["id"], tuple(names[1:])))
            yield value["id"]


def _origin(given: Mapping[str, Any]) -> str:
    return ", ".join(_texts(given, "publisher") + _texts(given, "sourceUrl") + _texts(given, "recordId"))[
        :300
    ]


def _texts(given: Mapping[str, Any], name: str) -> list[str]:
    values = given.get(name)
    rows = values if isinstance(values, list) else [values]
    return [v.strip() for v in rows if isinstance(v, str) and v.strip()]


def _dict(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
