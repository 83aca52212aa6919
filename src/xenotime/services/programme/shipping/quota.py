"""Caps set and shown: what may be drawn at each level, what is held and used, which lie under their use."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from xenotime.core.errors import InputError, StateError
from xenotime.programme import access
from xenotime.programme.access import Actor, person
from xenotime.programme.figures import number
from xenotime.programme.lines import TRACKS
from xenotime.programme.profile import Profile
from xenotime.programme.shipping.quota import LARGEST, Cap, Entry, Fault, check
from xenotime.programme.trust.certificate import Certificate
from xenotime.programme.trust.licence import Permit
from xenotime.seal.event import Event
from xenotime.services.programme.office import Office
from xenotime.services.programme.ports import Change, Search, View

LEVELS = ("element", "organisation", "site", "country", "certificate", "licence", "year")
BOUNDED, PROPOSED = "quota.bounded", "quota.proposed"
_PAGE = 1000


@dataclass(frozen=True, slots=True)
class Node:
    """A cap with those that lie in it: each binds a draw only where all above it bind it too."""

    cap: Cap
    parts: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Overview:
    """Caps as a forest, widest first; `over`: those that were bounded under what is held and used."""

    roots: tuple[Node, ...]
    over: tuple[Cap, ...]


def set_cap(office: Office, actor: Actor, cap: Cap, at: datetime) -> Cap:
    """A cap added, or bounded anew; nothing that was drawn is undone. Logged, with its excess if lowered.

    A rise takes as many persons as the profile's strictest line `<track>.persons.quota`: until the last of
    them gives the same bound it is logged as a proposal, and the cap comes back as it stands. A rise is
    proposed afresh once the cap was bounded in between.

    Raises AccessError unless the actor is an approver, InputError for a cap of no level, StateError if its
    levels would change, or for more of a certificate or licence: that is a grant, which a case decides.
    """
    access.require(actor, "quota.set")
    if not any(getattr(cap, level) for level in LEVELS):
        raise InputError(
            "a cap must bind something",
            where=f"cap {cap.id}",
            expected="at least one of " + ", ".join(LEVELS),
            found="none",
            next_step="name an element, a year or whom it binds",
        )
    return office.store.run(lambda c: _set(c, office.profile, actor, cap, at))


def overview(office: Office, actor: Actor, organisation: str = "") -> Overview:
    """The caps that bind an organisation (empty: all caps), nested.

    Raises AccessError for those who may not read this organisation's quota.
    """
    access.require(actor, "quota.read", organisation or None)
    with office.store.view() as view:
        found = view.caps({"organisation": ("", organisation)} if organisation else None)
        mine = _mine(view, found, organisation) if organisation else found
    return Overview(nested(mine), tuple(cap for cap in mine if cap.excess))


def proof(office: Office, actor: Actor) -> tuple[Fault, ...]:
    """What the entries prove wrong in the whole ledger; empty if every counter is the fold of its entries.

    Raises AccessError unless the actor may see the system.
    """
    access.require(actor, "system.read")
    with office.store.view() as view:
        return check(view.caps(), _entries(view))


def entries(office: Office, actor: Actor, cap: str, after: int = 0, limit: int = 100) -> tuple[Entry, ...]:
    """The lines under a cap in the order of their effect; of a licence's cap for its exporter alone.

    Raises AccessError unless it is one's own to read.
    """
    with office.store.view() as view:
        found = view.caps({"id": cap})
        owners = _owners(view, found[0]) if found else ()
        access.require(actor, "quota.read", owners[0] if owners else None)
        return view.entries(cap=cap, after=after, limit=min(max(limit, 1), _PAGE))


def nested(caps: Sequence[Cap]) -> tuple[Node, ...]:
    """Caps under the narrowest cap that they lie in; one that lies in none is a root, wider ones first.

    >>> year = Cap("all", 9, element="Dy", year=2026)
    >>> nested([Cap("o1", 5, element="Dy", organisation="O1", year=2026), year])[0].parts[0].cap.id
    'o1'
    """
    ordered = sorted(caps, key=lambda cap: (_width(cap), cap.id))
    above = {cap.id: _narrowest([c for c in ordered if _within(cap, c)]) for cap in ordered}

    def node(cap: Cap) -> Node:
        return Node(cap, tuple(node(c) for c in ordered if above[c.id] == cap.id))

    return tuple(node(cap) for cap in ordered if above[cap.id] is None)


def _set(change: Change, profile: Profile, actor: Actor, cap: Cap, at: datetime) -> Cap:
    before = next(iter(change.caps({"id": cap.id})), None)
    if before and (before.certificate or before.licence) and cap.bound > before.bound:
        raise StateError(
            "one person does not raise what was granted", where=f"cap {cap.id}",
            expected=f"at most {before.bound} g", found=f"{cap.bound} g",
            next_step="open a case for more grams: an extension, or an amendment of a licence",
        )  # fmt: skip
    if before and _rise(before, cap):
        others = _proposers(change, cap)
        if len(others | {actor.id}) < _persons(profile):
            if actor.id not in others:
                change.log(Event(at, PROPOSED, cap.id, cap.organisation, actor.sign, _said(cap)))
            return before
    made = change.set_cap(replace(cap, held=0, used=0), at, actor.sign)
    data = {**_said(made), "excess": made.excess}
    change.log(Event(at, BOUNDED, made.id, made.organisation, actor.sign, data))
    return made


def _rise(before: Cap, cap: Cap) -> bool:
    """Whether a proper cap allows more than it did; what is malformed the ledger refuses."""
    return _levels(before) == _levels(cap) and before.bound < cap.bound <= LARGEST


def _persons(profile: Profile) -> int:
    """How many persons stand behind a rise: a wide cap binds every track, so the strictest line counts."""
    return max(number(profile, f"{track}.persons.quota", 2) for track in TRACKS)


def _proposers(change: Change, cap: Cap) -> frozenset[str]:
    """Who proposed this very bound since the cap was bounded last."""
    signs: set[str] = set()
    for event in _events(change, cap.id):
        if event["kind"] == BOUNDED:
            signs.clear()
        elif event["kind"] == PROPOSED and event["data"] == _said(cap):
            signs.add(person(event["actor"]))
    return frozenset(signs)


def _events(view: View, cap: str) -> Iterator[Mapping[str, Any]]:
    start = 0
    while page := view.events(start=start, limit=_PAGE, subject=cap):
        yield from (json.loads(body) for _, body in page)
        start = page[-1][0] + 1


def _said(cap: Cap) -> dict[str, Any]:
    return {"grams": cap.grams, "closed": cap.closed, **_levels(cap)}


def _levels(cap: Cap) -> dict[str, Any]:
    return {level: getattr(cap, level) for level in LEVELS if getattr(cap, level)}


def _mine(view: View, found: Sequence[Cap], organisation: str) -> tuple[Cap, ...]:
    """The caps that bind everybody, and those that bind this organisation."""
    owners = {cap.id: _owners(view, cap) for cap in found}
    return tuple(cap for cap in found if not owners[cap.id] or organisation in owners[cap.id])


def _owners(view: View, cap: Cap) -> tuple[str, ...]:
    """Whose cap it is, the one who draws most narrowly first; empty: everybody's."""
    if cap.organisation:
        return (cap.organisation,)
    if cap.certificate:
        held = view.find(Certificate, Search({"number": cap.certificate}, limit=1)).items
        return (held[0].organisation,) if held else ("",)
    if cap.licence:
        permits = view.find(Permit, Search({"number": cap.licence}, limit=1)).items
        return (permits[0].exporter, *permits[0].users) if permits else ("",)
    return (cap.site.partition("/")[0],) if cap.site else ()


def _entries(view: View) -> tuple[Entry, ...]:
    found: list[Entry] = []
    while more := view.entries(after=found[-1].id if found else 0, limit=_PAGE):
        found += more
    return tuple(found)


def _within(inner: Cap, outer: Cap) -> bool:
    """Whether every draw that the inner cap binds is bound by the outer one too."""
    same = all(getattr(outer, x) in (getattr(inner, x), "", 0) for x in LEVELS)
    return same and inner.id != outer.id and _width(inner) > _width(outer)


def _width(cap: Cap) -> int:
    """How many levels a cap names: the fewer, the wider."""
    return sum(bool(getattr(cap, level)) for level in LEVELS)


def _narrowest(outer: Sequence[Cap]) -> str | None:
    return max(outer, key=lambda cap: (_width(cap), cap.id)).id if outer else None
