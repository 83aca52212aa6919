"""Certificates: issued, amended, suspended, reinstated, revoked, and shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from xenotime.core.canon import written
from xenotime.core.errors import AddressError, StateError
from xenotime.programme import access
from xenotime.programme.access import SYSTEM, Actor
from xenotime.programme.casework.case import Case
from xenotime.programme.organisation import Organisation
from xenotime.programme.trust.certificate import ACTIVE, REVOKED, SUSPENDED, Certificate, Scope
from xenotime.programme.trust.certificate import Change as Turned
from xenotime.programme.trust.scope import grams, joined, parts, read_scope, words
from xenotime.programme.trust.standing import kept_at, moved, state_at
from xenotime.seal.event import Event
from xenotime.services.programme.office import Office
from xenotime.services.programme.pages import every
from xenotime.services.programme.ports import Change, Page, Search, View
from xenotime.services.programme.trust import bounds, rolls
from xenotime.services.programme.trust.claims import sealed

#: act -> the verb of its event.
WORDS = {"suspend": "suspended", "reinstate": "reinstated", "revoke": "revoked"}


@dataclass(frozen=True, slots=True)
class Listed:
    """A certificate as the public register shows it: nothing confidential, state as counted on the day asked
    about.
    """

    number: str
    organisation: str
    organisation_zh: str
    lei: str
    uscc: str
    country: str
    sites: tuple[str, ...]
    items: tuple[str, ...]
    valid_from: date
    valid_until: date
    state: str
    since: date
    on: date


# ---- what a case's move does: all inside the caller's change --------------------------------
def issue(change: Change, office: Office, case: Case, actor: Actor, at: datetime) -> Certificate:
    """The certificate that a case grants, signed, with its caps, its places in both lists, and its event.

    Raises StateError if the organisation is not active or a site is not approved, InputError for a form
    without a whole scope.
    """
    access.require(actor, "certificate.sign", case.organisation)
    holder = change.hold(Organisation, case.organisation)
    scope = read_scope(case.form, case.id)
    start, end = bounds.days(office, case, at)
    bounds.sound(holder, scope, start)
    name = f"XC-{at.year}-{change.number(f'certificate-{at.year}'):04d}"
    made = Certificate(
        name,
        name,
        holder.id,
        holder.track,
        ACTIVE,
        scope,
        start,
        end,
        at,
        case.id,
        case.conditions,
        revocation_index=change.index(rolls.REVOCATION, at),
        suspension_index=change.index(rolls.SUSPENSION, at),
        changes=(Turned(ACTIVE, at, actor.sign, "issued", case.id),),
    )
    made = _signed(office, made, holder)
    change.add(made)
    bounds.bound(change, office, made, holder, actor, at)
    _log(change, made, "certificate.issued", actor, at, {"serial": made.serial})
    return made


def amend(change: Change, office: Office, case: Case, actor: Actor, at: datetime) -> Certificate:
    """The certificate of `case.subject` as the case changes it, under a new serial.

    `grams` of the form are the new amounts of the elements it names, `drop_sites` leave the scope; what else
    the form names replaces what was there. The old credential is revoked in the list; the certificate goes
    on.
    """
    access.require(actor, "certificate.sign", case.organisation)
    old = change.hold(Certificate, case.subject)
    form = {**_form(old.scope), **{k: v for k, v in case.form.items() if v}}
    form["grams"] = {**old.scope.grams, **grams(case.form.get("grams"), f"{case.id}, grams")}
    dropped = words(case.form.get("drop_sites"))
    form["sites"] = [s for s in words(form["sites"]) if s not in dropped]
    return _renewed(change, office, old, read_scope(form, case.id), case, actor, at)


def extend(change: Change, office: Office, case: Case, actor: Actor, at: datetime) -> Certificate:
    """The certificate of `case.subject` with what the case's form adds to its scope; grams are added up."""
    access.require(actor, "certificate.sign", case.organisation)
    old = change.hold(Certificate, case.subject)
    return _renewed(change, office, old, joined(old.scope, parts(case.form, case.id)), case, actor, at)


def suspend(
    change: Change, office: Office, certificate: str, actor: Actor, at: datetime, reason: str, case: str = ""
) -> Certificate:
    """Suspend a certificate: from the next call on nothing can be drawn or committed under it.

    What is reserved stays held (and still expires) so that nobody else takes it; it can be committed once the
    certificate is reinstated, and released at any time.
    """
    return _turned(change, office, certificate, "suspend", actor, at, reason, case)


def reinstate(
    change: Change, office: Office, certificate: str, actor: Actor, at: datetime, reason: str, case: str = ""
) -> Certificate:
    """Make a suspended certificate active again; a revoked one (after an appeal) is issued anew under a new
    serial.

    A revoked credential stays revoked in the list: the new one has places of its own.
    """
    held = change.hold(Certificate, certificate)
    if kept_at(held, at) != REVOKED:
        return _turned(change, office, certificate, "reinstate", actor, at, reason, case)
    access.require(actor, "certificate.sign", held.organisation)
    if not reason.strip():
        raise StateError("a reinstatement needs a reason", where=held.number)
    back = Turned(ACTIVE, at, actor.sign, reason, case)
    new = replace(
        held,
        state=ACTIVE,
        serial=held.serial + 1,
        changes=(*held.changes, back),
        revocation_index=change.index(rolls.REVOCATION, at),
        suspension_index=change.index(rolls.SUSPENSION, at),
    )
    kept = change.put(_signed(office, new, change.get(Organisation, held.organisation), at))
    _log(change, kept, "certificate.reinstated", actor, at, {"act": "reinstate", "case": case})
    return kept


def revoke(
    change: Change,
    office: Office,
    certificate: str,
    actor: Actor,
    at: datetime,
    reason: str,
    case: str = "",
    *,
    counts: datetime | None = None,
) -> Certificate:
    """Revoke a certificate for good, at once or from a later instant on (`counts`).

    A revocation announced for later is on the certificate at once and in the status list from its day on
    (see `publish`). Source: the removals of 2025 (90 FR 42321; case VE-09).
    """
    return _turned(change, office, certificate, "revoke", actor, at, reason, case, counts)


def surrender(
    change: Change, office: Office, certificate: str, actor: Actor, at: datetime, reason: str, case: str = ""
) -> Certificate:
    """Give a certificate back: revoked at its holder's wish."""
    held = change.hold(Certificate, certificate)
    access.require(actor, "case.act", held.organisation)
    return _moved(change, office, held, "revoke", actor, at, reason, case, None)


# ---- shown ---------------------------------------------------------------------------------
def view(office: Office, actor: Actor, number: str) -> Certificate:
    """A certificate with everything on it. Raises AccessError for those whose it is not."""
    with office.store.view() as look:
        return _allowed(look, actor, number)


def find(office: Office, actor: Actor, search: Search) -> Page:
    """Certificates: of the own organisation for an applicant, any for the authority's people."""
    where = dict(search.where)
    if actor.role == "applicant":
        where["organisation"] = actor.organisation
    access.require(actor, "certificate.read", str(where.get("organisation", "")) or None)
    with office.store.view() as look:
        return look.find(Certificate, replace(search, where=where))


def public(office: Office, search: Search, on: date) -> Page:
    """The register as anyone may read it: certificates issued by a day, with the state that counted on it."""
    with office.store.view() as look:
        page = look.find(Certificate, search)
        ids = tuple(dict.fromkeys(c.organisation for c in page.items))
        found = look.find(Organisation, Search({"id": ids}, limit=len(ids))).items if ids else ()
    holders = {o.id: o for o in found}
    rows = tuple(listed(c, holders[c.organisation], on) for c in page.items if c.issued.date() <= on)
    return Page(rows, page.next)


def entry(office: Office, number: str, on: date) -> Listed:
    """One line of the register. Raises AddressError if there is none, or was none by that day."""
    with office.store.view() as look:
        found = look.get(Certificate, number)
        holder = look.get(Organisation, found.organisation)
    if found.issued.date() > on:
        raise AddressError("the register has no such certificate on this day", where=number, found=str(on))
    return listed(found, holder, on)


def credential(office: Office, number: str) -> str:
    """The signed credential (`vc+jwt`) as it is now: the holder's to show, for it names amounts and
    conditions.
    """
    with office.store.view() as look:
        return look.get(Certificate, number).credential


def status(office: Office, purpose: str, on: datetime | None = None) -> str:
    """The status list credential that was published at an instant (None: the newest).

    Raises AddressError if none was.
    """
    with office.store.view() as look:
        found = look.published(purpose, on)
    if found is None:
        raise AddressError("no such status list was published by then", where=purpose, found=str(on or "now"))
    return found


def listed(certificate: Certificate, holder: Organisation, on: date) -> Listed:
    """The public line of a certificate on a day: names, sites, codes and dates; no amounts, uses or
    conditions.
    """
    names = {s.id: s.name for s in holder.sites}
    starts = [c.at.date() for c in certificate.changes if c.at.date() <= on]
    return Listed(
        certificate.number,
        holder.name,
        holder.name_zh,
        holder.lei,
        holder.uscc,
        holder.country,
        tuple(names.get(s, s) for s in certificate.scope.sites),
        certificate.scope.items,
        certificate.valid_from,
        certificate.valid_until,
        certificate.state_on(on),
        max(starts, default=certificate.valid_from),
        on,
    )


# ---- on a timer ----------------------------------------------------------------------------
def publish(office: Office, at: datetime) -> tuple[str, ...]:
    """Bring announced changes that count by now into the lists, and sign both lists anew; on a timer."""
    with office.store.change() as change:
        for one in _due(change, at):
            _kept(change, office, one, at)
        return tuple(rolls.publish(change, office, rolls.held(change, p), at) for p in rolls.PURPOSES)


def _due(change: Change, at: datetime) -> list[Certificate]:
    """Certificates whose kept state is not the one that counts now."""
    live = every(change, Certificate, {"state": (ACTIVE, SUSPENDED)})
    return [change.hold(Certificate, c.id) for c in live if kept_at(c, at) != c.state]


def _kept(change: Change, office: Office, old: Certificate, at: datetime) -> None:
    new = replace(old, state=kept_at(old, at))
    _marked(change, office, old, new, at)
    change.put(new)
    _log(change, new, f"certificate.{new.state}", SYSTEM, at, {"announced": "yes"})


# ---- inside --------------------------------------------------------------------------------
def _allowed(look: View, actor: Actor, number: str) -> Certificate:
    try:
        found = look.get(Certificate, number)
    except AddressError:
        access.require(actor, "certificate.read")
        raise
    access.require(actor, "certificate.read", found.organisation)
    return found


def _turned(
    change: Change,
    office: Office,
    key: str,
    act: str,
    actor: Actor,
    at: datetime,
    reason: str,
    case: str,
    counts: datetime | None = None,
) -> Certificate:
    held = change.hold(Certificate, key)
    verb = "certificate.suspend" if act == "suspend" else "certificate.sign"
    access.require(actor, verb, held.organisation)
    return _moved(change, office, held, act, actor, at, reason, case, counts)


def _moved(
    change: Change,
    office: Office,
    old: Certificate,
    act: str,
    actor: Actor,
    at: datetime,
    reason: str,
    case: str,
    counts: datetime | None,
) -> Certificate:
    new = moved(old, act, at, actor.sign, reason, case, counts=counts)
    _marked(change, office, old, new, at)
    kept = change.put(new)
    data = {"act": act, "counts": written(counts or at), "case": case}
    _log(change, kept, f"certificate.{WORDS[act]}", actor, at, data)
    return kept


def _marked(change: Change, office: Office, old: Certificate, new: Certificate, at: datetime) -> None:
    """Bring both lists to the new state; a list that does not change is not published."""
    for purpose, state, place in (
        (rolls.SUSPENSION, SUSPENDED, old.suspension_index),
        (rolls.REVOCATION, REVOKED, old.revocation_index),
    ):
        if (old.state == state) != (new.state == state):
            rolls.put(change, office, purpose, place, at, on=new.state == state)


def _renewed(
    change: Change, office: Office, old: Certificate, scope: Scope, case: Case, actor: Actor, at: datetime
) -> Certificate:
    if state_at(old, at) != ACTIVE:
        raise StateError(
            "only an active certificate can be amended",
            where=old.number,
            expected="active",
            found=state_at(old, at),
            next_step="reinstate it, or apply anew",
        )
    holder = change.get(Organisation, old.organisation)
    bounds.sound(holder, scope, at.date())
    rolls.put(change, office, rolls.REVOCATION, old.revocation_index, at, on=True)
    conditions = {c.id: c for c in (*old.conditions, *case.conditions)}
    new = replace(
        old,
        scope=scope,
        serial=old.serial + 1,
        conditions=tuple(conditions.values()),
        track=holder.track,
        revocation_index=change.index(rolls.REVOCATION, at),
    )
    new = change.put(_signed(office, new, holder, at))
    bounds.bound(change, office, new, holder, actor, at)
    _log(change, new, "certificate.amended", actor, at, {"serial": new.serial, "case": case.id})
    return new


def _signed(
    office: Office, made: Certificate, holder: Organisation, at: datetime | None = None
) -> Certificate:
    return replace(made, credential=sealed(office, made, holder, at or made.issued))


def _form(scope: Scope) -> dict[str, Any]:
    names = ("sites", "items", "grams", "end_uses", "countries")
    return {name: getattr(scope, name) for name in names}


def _log(
    change: Change, made: Certificate, kind: str, actor: Actor, at: datetime, data: Mapping[str, Any]
) -> None:
    said = {"number": made.number, "serial": made.serial, **{k: v for k, v in data.items() if v != ""}}
    change.log(Event(at, kind, made.id, made.organisation, actor.sign, said))
