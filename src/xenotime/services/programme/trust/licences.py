"""Licences of exporters: issued, suspended, revoked, given back, used up, expired."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from xenotime.core.canon import written
from xenotime.core.errors import AddressError, BusyError, InputError, StateError
from xenotime.programme import access
from xenotime.programme.access import SYSTEM, Actor
from xenotime.programme.casework.case import Case
from xenotime.programme.figures import number
from xenotime.programme.organisation import Organisation
from xenotime.programme.oversight.calendar import DAY, after_years, asked_years, day
from xenotime.programme.shipping.quota import Cap
from xenotime.programme.trust.fit import state_on
from xenotime.programme.trust.licence import GENERAL, INDIVIDUAL, Permit
from xenotime.programme.trust.scope import grams, words
from xenotime.seal.event import Event
from xenotime.services.programme.office import Office
from xenotime.services.programme.pages import every
from xenotime.services.programme.ports import Change, Page, Search, View

ACTIVE, SUSPENDED, REVOKED, SURRENDERED, EXHAUSTED = "active suspended revoked surrendered exhausted".split()
EXPIRED = "expired"
#: act -> the states it starts from, the state it leads to, the verb of its event.
ACTS = {
    "suspend": ((ACTIVE,), SUSPENDED, "suspended"),
    "reinstate": ((SUSPENDED,), ACTIVE, "reinstated"),
    "revoke": ((ACTIVE, SUSPENDED), REVOKED, "revoked"),
    "surrender": ((ACTIVE, SUSPENDED), SURRENDERED, "surrendered"),
}
#: kind -> letters of its number, and the most years it runs. Source: Order 792 Art. 15, 16.
SERIES = {GENERAL: ("XG", 3), INDIVIDUAL: ("XI", 1)}
#: The most users that a general licence names.
_MOST_USERS = 500


def issue(change: Change, office: Office, case: Case, actor: Actor, at: datetime) -> Permit:
    """The licence that a case grants to its organisation, with caps by element, and its event.

    A general licence names certified users; an individual one exactly one, for one shipment. Raises
    InputError for a form without users, items, grams or days it can run, StateError if somebody is not
    active, or a general licence names a user of a track that the profile keeps off it.
    """
    access.require(actor, "certificate.sign", case.organisation)
    kind = INDIVIDUAL if case.kind.startswith(INDIVIDUAL) else GENERAL
    exporter = change.get(Organisation, case.organisation)
    users = words(case.form.get("users") or case.form.get("user"), "id")
    items = words(case.form.get("items"), "code")
    amounts = grams(case.form.get("grams"), f"{case.id}, grams")
    _whole(case, kind, users, items, amounts)
    _sound(office, exporter, [change.get(Organisation, u) for u in users], kind)
    start, end = _days(office, case, kind, at)
    prefix = SERIES[kind][0]
    name = f"{prefix}-{at.year}-{change.number(f'{prefix}-{at.year}'):04d}"
    made = Permit(name, name, kind, exporter.id, users, items, amounts, start, end, ACTIVE, at, case.id)
    change.add(made)
    for element, most in amounts.items():
        change.set_cap(Cap(f"{name}/{element}", most, element, licence=name), at, actor.sign)
    _log(change, made, "issued", actor, at, case.id)
    return made


def suspend(
    change: Change, _office: Office, licence: str, actor: Actor, at: datetime, reason: str, case: str = ""
) -> Permit:
    """Suspend a licence: it fits nothing from the next call on."""
    return _acted(change, licence, "suspend", actor, at, reason, case)


def reinstate(
    change: Change, _office: Office, licence: str, actor: Actor, at: datetime, reason: str, case: str = ""
) -> Permit:
    """Make a suspended licence active again."""
    return _acted(change, licence, "reinstate", actor, at, reason, case)


def revoke(
    change: Change, _office: Office, licence: str, actor: Actor, at: datetime, reason: str, case: str = ""
) -> Permit:
    """Revoke a licence for good."""
    return _acted(change, licence, "revoke", actor, at, reason, case)


def surrender(
    change: Change, _office: Office, licence: str, actor: Actor, at: datetime, reason: str, case: str = ""
) -> Permit:
    """Give a licence back at its holder's wish, as a change of item, destination, user or use asks.

    Source: Order 792 Art. 18.
    """
    return _acted(change, licence, "surrender", actor, at, reason, case)


def hold(
    change: Change, _office: Office, licence: str, actor: Actor, at: datetime, reason: str, case: str = ""
) -> Permit:
    """Keep a licence from being used while a change of it is decided; `release` gives back what it was
    before. One that cannot be used anyway stays as it is.

    Source: Order 792 Art. 18.
    """
    held = change.hold(Permit, licence)
    access.require(actor, "case.act", held.exporter)
    if held.state != ACTIVE:
        return held
    kept = change.put(_changed(held, SUSPENDED, actor, at, reason, case, before=ACTIVE))
    _log(change, kept, "held", actor, at, case)
    return kept


def release(
    change: Change, _office: Office, licence: str, actor: Actor, at: datetime, reason: str, case: str = ""
) -> Permit:
    """Give a held licence back the state it had; nothing changes if it was not held, or was revoked
    meanwhile.
    """
    held = change.hold(Permit, licence)
    access.require(actor, "case.act", held.exporter)
    before = held.changes[-1].get("before", "") if held.changes else ""
    if held.state != SUSPENDED or not before:
        return held
    kept = change.put(_changed(held, before, actor, at, reason, case))
    _log(change, kept, "released", actor, at, case)
    return kept


def amend(change: Change, _office: Office, case: Case, actor: Actor, at: datetime) -> Permit:
    """The licence of `case.subject` with fewer or more grams, or a shorter run; nothing else can be amended.

    Item, destination, user and use are key changes: they need a new licence (Order 792 Art. 18).
    """
    access.require(actor, "certificate.sign", case.organisation)
    old = change.hold(Permit, case.subject)
    amounts = {**old.grams, **grams(case.form.get("grams"), f"{case.id}, grams")}
    end = day(case.form.get("valid_until"), old.valid_until, case.id)
    if set(amounts) != set(old.grams) or end > old.valid_until or old.state != ACTIVE:
        raise StateError(
            "this change needs a new licence",
            where=old.number,
            expected="other grams of its elements, or an earlier last day, of an active licence",
            found=f"elements {', '.join(amounts)}, until {end}, {old.state}",
            next_step="apply for a new licence and hand this one back",
        )
    kept = change.put(replace(old, grams=amounts, valid_until=end))
    for element, most in amounts.items():
        change.set_cap(Cap(f"{old.number}/{element}", most, element, licence=old.number), at, actor.sign)
    _log(change, kept, "amended", actor, at, case.id)
    return kept


def used(change: Change, permit: Permit) -> Permit:
    """One more use: an individual licence is held by it until the reservation is settled.

    Raises BusyError if the licence was used, suspended or changed since it was weighed: then weigh again.
    """
    held = change.hold(Permit, permit.id, share=permit.kind != INDIVIDUAL)
    if held.version != permit.version:
        raise BusyError("the licence changed meanwhile", where=permit.number, next_step="ask again")
    return change.put(replace(held, uses=held.uses + 1)) if held.kind == INDIVIDUAL else held


def settled(change: Change, number: str, actor: Actor, at: datetime, *, committed: bool) -> None:
    """What the end of a reservation does to its licence.

    An individual licence is exhausted by a commit and free again after a release; a general one is exhausted
    when nothing of any of its elements is left.
    """
    permit = (
        change.hold(Permit, number)
        if number.startswith(SERIES[INDIVIDUAL][0])
        else change.get(Permit, number)
    )
    if permit.kind == INDIVIDUAL and not committed:
        change.put(replace(permit, uses=max(permit.uses - 1, 0)))
    empty = permit.kind == INDIVIDUAL or all(c.used >= c.grams for c in change.caps({"licence": number}))
    if committed and empty and permit.state in (ACTIVE, SUSPENDED):
        kept = change.put(_changed(change.hold(Permit, number), EXHAUSTED, actor, at, "used up", ""))
        _log(change, kept, "exhausted", actor, at, "")


def expire(office: Office, at: datetime) -> tuple[str, ...]:
    """Set the state of licences whose last day is past; on a timer. Returns their numbers."""
    done: list[str] = []
    with office.store.view() as look:
        live = every(look, Permit, {"state": (ACTIVE, SUSPENDED)})
        late = [p.id for p in live if p.valid_until < at.date()]
    for key in late:
        with office.store.change() as change:
            held = change.hold(Permit, key)
            if held.state in (ACTIVE, SUSPENDED) and held.valid_until < at.date():
                kept = change.put(_changed(held, EXPIRED, SYSTEM, at, "last day past", ""))
                _log(change, kept, EXPIRED, SYSTEM, at, "")
                done.append(key)
    return tuple(done)


def view(office: Office, actor: Actor, number: str) -> Permit:
    """A licence. Raises AccessError for those who neither hold it nor are named in it."""
    with office.store.view() as look:
        return _allowed(look, actor, number)


def find(office: Office, actor: Actor, search: Search) -> Page:
    """Licences: those held by the own organisation for an applicant, any for the authority's people."""
    where = dict(search.where)
    if actor.role == "applicant" and where.get("users") != actor.organisation:
        where["exporter"] = actor.organisation
    access.require(actor, "licence.read", actor.organisation or None)
    with office.store.view() as look:
        return look.find(Permit, replace(search, where=where))


def counted(permit: Permit, on: date) -> bool:
    """Whether a shipment reserved under a licence could leave on a day: not after it was taken away or held.

    One that its own shipment used up counts on that day and after.
    """
    state = ACTIVE
    for change in permit.changes:
        state = change["state"] if change["at"][:10] <= on.isoformat() else state
    return state in (ACTIVE, EXHAUSTED) and permit.valid_from <= on <= permit.valid_until


def standing(permit: Permit, at: datetime) -> str:
    """The state that counts at an instant: also expired, or not_yet."""
    return state_on(permit, at)


# ---- inside --------------------------------------------------------------------------------
def _allowed(look: View, actor: Actor, number: str) -> Permit:
    try:
        found = look.get(Permit, number)
    except AddressError:
        access.require(actor, "licence.read")
        raise
    mine = actor.organisation in (found.exporter, *found.users)
    access.require(actor, "licence.read", actor.organisation if mine else found.exporter)
    return found


def _acted(change: Change, key: str, act: str, actor: Actor, at: datetime, reason: str, case: str) -> Permit:
    held = change.hold(Permit, key)
    verb = {"suspend": "certificate.suspend", "surrender": "case.act"}.get(act, "certificate.sign")
    access.require(actor, verb, held.exporter)
    starts, target, word = ACTS[act]
    if held.state not in starts or not reason.strip():
        raise StateError(
            "the licence cannot be changed so",
            where=held.number,
            expected=f"a reason, and a licence that is {' or '.join(starts)}",
            found=f"{act} of one that is {held.state}",
            next_step="look at the licence's changes",
        )
    kept = change.put(_changed(held, target, actor, at, reason, case))
    _log(change, kept, word, actor, at, case)
    return kept


def _changed(
    permit: Permit, state: str, actor: Actor, at: datetime, reason: str, case: str, **more: str
) -> Permit:
    line = {"state": state, "at": written(at), "by": actor.sign, "reason": reason, "case": case, **more}
    return replace(permit, state=state, changes=(*permit.changes, line))


def _whole(
    case: Case, kind: str, users: tuple[str, ...], items: tuple[str, ...], amounts: dict[str, int]
) -> None:
    most = 1 if kind == INDIVIDUAL else _MOST_USERS
    if not (0 < len(users) <= most and items and amounts):
        raise InputError(
            "a licence needs its whole scope",
            where=case.id,
            expected=f"1 to {most} users, items by control code, grams by element",
            found=f"{len(users)} users, {len(items)} items, {len(amounts)} elements",
            next_step="correct the application",
        )


def _sound(office: Office, exporter: Organisation, users: list[Organisation], kind: str) -> None:
    wrong = [f"{o.id} is {o.state}" for o in (exporter, *users) if o.state != "active"]
    if exporter.role == "end_user":
        wrong.append(f"{exporter.id} is no exporter")
    if kind == GENERAL:
        may = {u.track: office.profile.value(f"{u.track}.general_licence") is True for u in users}
        wrong += [f"{u.id} is on the {u.track} track" for u in users if not may[u.track]]
    if wrong:
        raise StateError(
            "this licence cannot be granted",
            where=exporter.id,
            expected="an active exporter and active users, of a track that a general licence may name",
            found="; ".join(wrong)[:300],
            next_step="register them first, or apply for an individual licence",
        )


def _days(office: Office, case: Case, kind: str, at: datetime) -> tuple[date, date]:
    longest = min(number(office.profile, f"licence.{kind}.years", SERIES[kind][1]), SERIES[kind][1])
    start = max(day(case.form.get("valid_from"), at.date(), case.id), at.date())
    years = asked_years(case.form.get("years"), longest)
    end = day(case.form.get("valid_until"), after_years(start, years) - DAY, case.id)
    if not start <= end < after_years(start, longest):
        raise InputError(
            "these days are too long for such a licence",
            where=case.id,
            expected=f"a first day up to the last one, at most {longest} years",
            found=f"{start} to {end}",
            next_step="correct the days of the application",
        )
    return start, end


def _log(change: Change, made: Permit, word: str, actor: Actor, at: datetime, case: str) -> None:
    data = {"number": made.number, "kind": made.kind, **({"case": case} if case else {})}
    change.log(Event(at, f"licence.{word}", made.id, made.exporter, actor.sign, data))
