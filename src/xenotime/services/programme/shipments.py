"""The shipment decision: one question, one answer, one change; and what becomes of the amount it held."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from xenotime.core.canon import canonical, digest
from xenotime.core.errors import AddressError, FactError, InputError, StateError
from xenotime.law.answer import Outcome
from xenotime.programme import access, condition
from xenotime.programme.access import SYSTEM, Actor
from xenotime.programme.asked import sound
from xenotime.programme.case import CIVIL, Condition
from xenotime.programme.certificate import ACTIVE, Certificate
from xenotime.programme.duty import Duty
from xenotime.programme.figures import number
from xenotime.programme.licence import Permit
from xenotime.programme.organisation import Organisation
from xenotime.programme.phrases import reason
from xenotime.programme.quota import COMMIT, EXPIRE, RELEASE, REVERSE, Draw, Shortfall
from xenotime.programme.scope import totals
from xenotime.programme.shipment import ALLOW, REFER, REFUSE, Correction, Item, Reason, Shipment, Verdict
from xenotime.programme.standing import kept_at
from xenotime.seal.event import Event
from xenotime.services.programme import checks, counsel, duties, effects, licences
from xenotime.services.programme.checks import FREE, File
from xenotime.services.programme.counsel import ColdError, Counsel, Party, Ruling
from xenotime.services.programme.office import Office
from xenotime.services.programme.ports import Change, Page, Search, View
from xenotime.services.programme.turn import Turn

RESERVED, COMMITTED, RELEASED, EXPIRED, REVERSED = "reserved committed released expired reversed".split()
#: States of a correction.
ASKED, DONE, REFUSED = "asked", "done", "refused"
#: How a condition that is not met counts: these refer the shipment to a person, all others refuse it.
_MILD = ("refer", "step")
#: The law's duties that become obligations here: the law's word -> the kind.
_DUTIES = {"compliance-notice": "downstream_notice"}
#: What never changes of a verdict.
_LASTING = ("id", "answer", "shipment", "reasons", "law", "at")
_RESERVATION, _MOST_KEY, _MOST_REASON = 10, 200, 2_000
#: How often a lane that nobody asked about yet is worked out before giving up.
_TRIES = 4
#: The most licences of an exporter that are looked at when none is named.
_PERMITS = 100


@dataclass(frozen=True)
class Weighed:
    """A shipment weighed: its reasons, the answer, the lines that the certificate binds, and the licence it takes."""

    reasons: tuple[Reason, ...]
    answer: str
    bound: tuple[Item, ...]
    licence: str
    rulings: tuple[tuple[Item, Ruling], ...]


def decide(office: Office, actor: Actor, shipment: Shipment, key: str, at: datetime) -> Verdict:
    """Whether a shipment may go: allow | refer | refuse, with every reason; an allowed one has its grams reserved.

    The same key with the same shipment gives the same verdict. A referral opens a notice case; nothing is
    reserved unless the answer is allow. Raises AccessError unless the actor is exporter, end user or customs,
    InputError for a shipment that cannot be asked about, RepeatError for a key used with another shipment.
    """
    mine = actor.organisation if actor.organisation in (shipment.exporter, shipment.end_user) else None
    access.require(actor, "shipment.decide", mine)
    sound(shipment)
    name, request = _key(actor, key), digest(shipment)
    advice = counsel.counsel(office.library(at.date()))
    for _ in range(_TRIES):
        try:
            return office.store.run(lambda c: _decided(office, c, actor, shipment, (name, request), at, advice))
        except ColdError as cold:
            _warmed(cold)
    raise StateError(
        "the answer could not be worked out",
        where=shipment.certificate,
        next_step="ask again with the same key: nothing was reserved",
    )


def settle(
    office: Office, actor: Actor, verdict: str, act: str, key: str, at: datetime, *,
    grams: Mapping[str, int] | None = None,
) -> Verdict:
    """Commit what left, or release what did not, once: `act` commit | release.

    `grams` by element commits less than was reserved; where that cannot be told lot by lot it is refused. While
    the certificate is suspended or revoked nothing can be committed; a release is always possible. The same key
    gives the same answer. Raises StateError if it is settled already.
    """
    if act not in (COMMIT, RELEASE) or (grams is not None and act == RELEASE):
        raise InputError("no such settlement", expected="commit (with grams, or all) or release", found=act[:20])
    name, request = _key(actor, key), digest([verdict, act, dict(grams) if grams else None])
    return office.store.run(lambda c: _settled(c, actor, verdict, act, (name, request), at, grams))


def correct(
    office: Office, actor: Actor, verdict: str, grams: Mapping[str, int], reason: str, at: datetime
) -> Verdict:
    """Ask for a correction of what was committed; nothing changes until another person confirms it.

    `grams` by element to add, or below 0 to take off; none: reverse the whole commit. Raises StateError for a
    shipment that is not committed, or while another correction is open.
    """
    with office.store.change() as change:
        _allowed(change, actor, "shipment.settle", verdict)
        held = change.hold(Verdict, verdict)
        if held.state != COMMITTED or any(c.state == ASKED for c in held.corrections):
            raise _unsettled(held, "a committed shipment without an open correction", held.state)
        _correctable(held, grams, reason)
        made = Correction(f"{held.id}.{len(held.corrections) + 1}", dict(grams), reason, actor.sign, at)
        kept = change.put(replace(held, corrections=(*held.corrections, made)))
        data = {"correction": made.id, "grams": dict(sorted(grams.items()))}
        change.log(Event(at, "shipment.correction_asked", held.id, held.organisation, actor.sign, data))
        return kept


def confirm(office: Office, actor: Actor, verdict: str, at: datetime, *, ok: bool) -> Verdict:
    """Confirm or refuse the open correction of a shipment: an approver, never the one who asked for it.

    Raises StateError if there is none, if the actor asked for it, or if a cap or what was committed forbids it.
    """
    with office.store.change() as change:
        access.require(actor, "quota.set")
        made = change.hold(Certificate, change.get(Verdict, verdict).shipment.certificate, share=True)
        held = change.hold(Verdict, verdict)
        last = next((c for c in held.corrections if c.state == ASKED), None)
        if last is None or last.asked_by == actor.sign:
            raise _unsettled(held, "an open correction that another person asked for", "none, or one's own")
        decided = replace(last, state=DONE if ok else REFUSED, decided_by=actor.sign, decided=at)
        others = tuple(decided if c.id == last.id else c for c in held.corrections)
        kept = change.put(_corrected(change, replace(held, corrections=others), decided, actor, at))
        data = {"correction": last.id, "ok": ok, "certificate": made.number}
        change.log(Event(at, "shipment.corrected", held.id, held.organisation, actor.sign, data))
        return kept


def expire(office: Office, at: datetime, limit: int = 100) -> tuple[str, ...]:
    """Free reservations whose time is over, each once; on a timer. Returns the verdicts freed."""
    with office.store.change() as change:
        late = change.overdue(at, limit)
    return tuple(v for v in late if office.store.run(lambda c, v=v: _lapsed(c, v, at)))  # type: ignore[misc] # the default binds the verdict


def view(office: Office, actor: Actor, verdict: str) -> Verdict:
    """A verdict. Raises AccessError for those who are neither exporter nor end user nor of the authority."""
    with office.store.view() as look:
        return _allowed(look, actor, "shipment.read", verdict)


def find(office: Office, actor: Actor, search: Search) -> Page:
    """Verdicts: those of the own organisation as exporter or end user for an applicant, any for the authority's people.

    An applicant who searches by `end_user` or `exporter` may name only the own organisation there.
    """
    where = dict(search.where)
    if actor.role == "applicant":
        side = "exporter" if where.get("exporter") == actor.organisation else "end_user"
        where[side] = actor.organisation
    access.require(actor, "shipment.read", actor.organisation or None)
    with office.store.view() as look:
        return look.find(Verdict, replace(search, where=where))


def body(verdict: Verdict) -> dict[str, Any]:
    """What never changes of a verdict, as plain JSON: the log keeps its digest, a receipt shows it whole."""
    found: dict[str, Any] = json.loads(_written(verdict))
    return found


def _written(verdict: Verdict) -> bytes:
    """The same as canonical bytes; since every key is ASCII they are those of RFC 8785 too, only found faster."""
    return canonical({name: getattr(verdict, name) for name in _LASTING})


def _warmed(cold: ColdError) -> None:
    """Work a lane out. Raises InputError for a fact that the law does not know so."""
    try:
        cold.warm()
    except FactError as error:
        said = error.problem
        raise InputError(
            said.what, where=said.where, expected=said.expected, found=said.found, next_step=said.next_step
        ) from error


# ---- deciding ------------------------------------------------------------------------------
def _decided(
    office: Office, change: Change, actor: Actor, shipment: Shipment, key: tuple[str, str], at: datetime,
    advice: Counsel,
) -> Verdict:
    said = change.answered(*key)
    if said is not None:
        return change.get(Verdict, said)
    file = _file(office, change, shipment, at)
    weighed = _weighed(file, advice)
    name, expires = office.mint("verdict"), _expires(office, shipment, at)
    verdict = _drafted(file, weighed, name, actor)
    if weighed.answer == ALLOW and weighed.bound:
        verdict = _reserved(change, file, weighed, verdict, key[0], expires, actor)
    made = Turn(office, change, actor, at)
    if verdict.answer == REFER and file.user is not None:
        case = effects.opened(made, "notice", verdict.organisation, subject=verdict.id, system=True)
        verdict = replace(verdict, case=case.id)
    if verdict.answer == ALLOW:
        _owed(office, change, file, weighed, verdict, actor)
    change.answer(*key, verdict.id)
    for event in made.events:
        change.log(event)
    logged = change.log(_event(verdict, actor))
    verdict = replace(verdict, leaf=logged.index)
    change.add(verdict)
    return verdict


def _file(office: Office, change: Change, shipment: Shipment, at: datetime) -> File:
    """What is on record; a certificate of another end user is no certificate here."""
    made = _certificate(change, shipment.certificate)
    if made is not None and made.organisation != shipment.end_user:
        made = None
    user = _there(change, Organisation, shipment.end_user)
    exporter = user if shipment.exporter == shipment.end_user else _there(change, Organisation, shipment.exporter)
    file = File(shipment, at, office.profile, made, exporter, user)
    permits = () if file.free and not shipment.licence else _permits(change, shipment)
    proofs = _proofs(change, made) if made and condition.needs(made.conditions) else ()
    return replace(file, permits=permits, proofs=proofs)


def _permits(change: Change, shipment: Shipment) -> tuple[Permit, ...]:
    """The licence named if it is the exporter's, else all of the exporter's that are active, else all."""
    if shipment.licence:
        found = _there(change, Permit, shipment.licence)
        return (found,) if found is not None and found.exporter == shipment.exporter else ()
    where = {"exporter": shipment.exporter, "state": "active"}
    live = change.find(Permit, Search(where, limit=_PERMITS)).items
    return live or change.find(Permit, Search({"exporter": shipment.exporter}, limit=_PERMITS)).items


def _proofs(change: Change, made: Certificate) -> tuple[Duty, ...]:
    found: list[Duty] = []
    after = ""
    while True:
        page = change.find(Duty, Search({"subject": made.number}, limit=200, after=after))
        found += page.items
        after = page.next
        if not after:
            return tuple(found)


def _weighed(file: File, advice: Counsel) -> Weighed:
    """Every reason, and the answer that follows from them."""
    asked = file.shipment
    parties = _parties(file)
    screened = advice.screened(parties, asked.on, work=False)
    settled = _known(file)
    country = file.user.country if file.user else ""
    rulings = tuple(
        (i, advice.ruled(counsel.lane(asked, i, parties, country, settled), work=False)) for i in asked.items
    )
    bound = tuple(i for i, r in rulings if r.outcome not in FREE)
    reasons = [*checks.held(file)] if bound else []
    reasons += checks.screened(screened, len(parties))
    reasons += checks.ruled(rulings, asked.on)
    licence = ""
    if bound:
        single = any(r.outcome in (Outcome.CASE_BY_CASE, Outcome.PRESUMED_DENIED) for _, r in rulings)
        said, best = checks.licensed(file, bound, single=single, watched=screened.watched)
        reasons += [*checks.scoped(file, bound), *said, *checks.conditioned(file, bound)]
        licence = best.number if best else ""
    conditions = file.certificate.conditions if file.certificate else ()
    return Weighed(tuple(reasons), _answer(reasons, conditions), bound, licence, rulings)


def _answer(reasons: Iterable[Reason], conditions: Sequence[Condition]) -> str:
    """Refuse if anything is not met, else refer if anything is unknown or a mild condition is broken, else allow."""
    mild = {f"condition:{c.id}" for c in conditions if c.consequence in _MILD}
    broken = [r for r in reasons if r.met is False]
    if any(r.check not in mild for r in broken):
        return REFUSE
    return REFER if broken or any(r.met is None for r in reasons) else ALLOW


def _parties(file: File) -> tuple[Party, ...]:
    asked = file.shipment
    known = (("end_user", file.user), ("exporter", file.exporter))
    registered = {who.id: counsel.party(role, who) for role, who in known if who is not None}
    others = (Party(role, name) for role, name in sorted(asked.parties.items()))
    return (*registered.values(), *others)


def _known(file: File) -> dict[str, str]:
    """Facts that the programme settles: the use if it is certified, the user if vetted as civil; "?" if nobody can say."""
    made = file.certificate
    certified = made is not None and file.shipment.end_use.casefold() in {
        u.casefold() for u in made.scope.end_uses
    }
    found = {"military_use": "no", "wmd_or_terror": "no"} if certified else {}
    return {**found, "military_user": "no" if certified and file.track == CIVIL else "?"}


def _drafted(file: File, weighed: Weighed, name: str, actor: Actor) -> Verdict:
    worst = max((r for _, r in weighed.rulings), key=lambda r: r.outcome)
    law = {
        "outcome": worst.outcome.word,
        "rule": worst.rule,
        "articles": "; ".join(worst.articles),
        "codes": worst.codes,
        "assuming": "; ".join(worst.assuming),
        "hash": worst.hash,
    }
    return Verdict(
        name, weighed.answer, file.shipment, weighed.reasons, file.at, actor.sign, file.shipment.end_user, law
    )


def _reserved(
    change: Change, file: File, weighed: Weighed, verdict: Verdict, key: str, expires: datetime, actor: Actor
) -> Verdict:
    """The verdict with its grams held under every cap, or refused with the caps that were short."""
    amounts = totals(weighed.bound)
    asked = file.shipment
    place = f"{asked.end_user}/{asked.site}"
    country = file.site.country if file.site else ""
    draws = [
        Draw(e, g, asked.end_user, place, country, asked.certificate, weighed.licence, asked.on.year)
        for e, g in sorted(amounts.items())
    ]
    short = change.reserve(verdict.id, draws, file.at, expires, actor.sign, key)
    if short:
        said = tuple(_short(s) for s in short)
        return replace(verdict, answer=REFUSE, reasons=(*verdict.reasons, *said))
    if weighed.licence:
        permit = next(p for p in file.permits if p.number == weighed.licence)
        licences.used(change, permit, actor, file.at)
    text = ", ".join(f"{g} g {e}" for e, g in sorted(amounts.items()))
    held = reason("quota", True, "quota.held", grams=text)
    return replace(
        verdict, reasons=(*verdict.reasons, held), reservation=verdict.id, state=RESERVED, expires=expires,
        licence=weighed.licence, held=amounts,
    )


def _short(short: Shortfall) -> Reason:
    if not short.cap:
        return reason("quota", False, "quota.none", element=short.element)
    return reason(
        "quota", False, "quota.short",
        cap=short.cap, element=short.element, asked=short.asked, free=short.free, grams=short.grams,
    )


def _owed(
    office: Office, change: Change, file: File, weighed: Weighed, verdict: Verdict, actor: Actor
) -> None:
    """The obligations that this shipment brings: the notice agreed on, and what the law asks of it."""
    asked, at = file.shipment, file.at
    agreed = condition.agreed(file.proofs, "notice_period", asked.exporter, asked.on, at)
    if weighed.bound and agreed is not None:
        days = int(agreed.data.get("days", "0"))
        data = {"exporter": asked.exporter, "agreement": agreed.id}
        duties.open(
            change, office, "notice", asked.exporter, verdict.id, actor, at, days=days, on=asked.on, data=data
        )
    kinds = {_DUTIES[word] for _, r in weighed.rulings for word, _ in r.duties if word in _DUTIES}
    if asked.facts.get("humanitarian", "").lower() in ("yes", "true"):
        kinds.add("humanitarian_report")
    if not weighed.bound:
        kinds.add("records")
    for kind in sorted(kinds):
        duties.open(change, office, kind, asked.exporter, verdict.id, actor, at, on=asked.on)


def _event(verdict: Verdict, actor: Actor) -> Event:
    data = {
        "digest": sha256(_written(verdict)).hexdigest(),
        "answer": verdict.answer,
        "certificate": verdict.shipment.certificate,
        "held": dict(sorted(verdict.held.items())),
    }
    return Event(verdict.at, "shipment.decided", verdict.id, verdict.organisation, actor.sign, data)


def _expires(office: Office, shipment: Shipment, at: datetime) -> datetime:
    """The end of the day so many days after the day of export, and never before that long from now."""
    days = number(office.profile, "shipment.reservation_days", _RESERVATION)
    ahead = max((shipment.on - at.date()).days, 0)
    return at + timedelta(days=ahead + days)


# ---- settling ------------------------------------------------------------------------------
def _settled(
    change: Change, actor: Actor, key: str, act: str, name: tuple[str, str], at: datetime,
    grams: Mapping[str, int] | None,
) -> Verdict:
    held = _allowed(change, actor, "shipment.settle", key)
    if change.answered(*name) is not None:
        return change.get(Verdict, key)
    made = change.hold(Certificate, held.shipment.certificate, share=True)
    held = change.hold(Verdict, key)
    if held.state != RESERVED:
        raise _unsettled(held, "a reserved shipment", held.state)
    if act == COMMIT:
        _live(made, held, at)
        grams = _left(held, grams)
    change.settle(held.reservation, act, at, actor.sign, name[0], grams=grams)
    left = dict(held.held) if grams is None else {**held.held, **grams}
    state = COMMITTED if act == COMMIT else RELEASED
    if held.licence:
        licences.settled(change, held.licence, actor, at, committed=act == COMMIT)
    done = replace(held, state=state, settled=at, committed=left if act == COMMIT else {})
    change.answer(*name, held.id)
    done = change.put(done)
    data = {"certificate": made.number, "grams": dict(sorted(done.committed.items()))}
    change.log(Event(at, f"shipment.{state}", held.id, held.organisation, actor.sign, data))
    return done


def _live(made: Certificate, held: Verdict, at: datetime) -> None:
    state = kept_at(made, at)
    if state != ACTIVE:
        raise _unsettled(held, "an active certificate, so that what was reserved may leave", f"it is {state}")


def _left(held: Verdict, grams: Mapping[str, int] | None) -> Mapping[str, int] | None:
    """The grams that left, checked: whole, of reserved elements, not more, and clear as to lots."""
    if grams is None:
        return None
    for element, number in grams.items():
        most = held.held.get(element, 0)
        if type(number) is not int or not 0 <= number <= most or not most:
            raise _amount(held, element, f"0 to {most} g", str(number))
        lots = {i.lot for i in held.shipment.items if i.grams.get(element)}
        if number != most and len(lots) > 1:
            raise _amount(held, element, "lots shipped one by one, or the whole committed", f"{len(lots)} lots")
    return dict(grams)


def _correctable(held: Verdict, grams: Mapping[str, int], reason: str) -> None:
    if not 0 < len(reason.strip()) <= _MOST_REASON:
        raise InputError("a correction needs a reason", where=held.id, expected=f"up to {_MOST_REASON} characters")
    for element, number in grams.items():
        there = held.committed.get(element)
        if there is None or type(number) is not int or not number or there + number < 0:
            raise _amount(held, element, f"whole grams from {-(there or 0)} up, not 0", str(number))


def _corrected(
    change: Change, held: Verdict, made: Correction, actor: Actor, at: datetime
) -> Verdict:
    """The verdict after a correction that was decided; the ledger gets entries that say so."""
    if made.state != DONE:
        return held
    if not made.grams:
        change.settle(held.reservation, REVERSE, at, actor.sign, made.id, reason=made.reason)
        return replace(held, state=REVERSED, committed={})
    after = dict(held.committed)
    for element, number in sorted(made.grams.items()):
        change.correct(held.reservation, element, number, at, actor.sign, f"{made.id}/{element}", made.reason)
        after[element] += number
    return replace(held, committed=after)


def _lapsed(change: Change, key: str, at: datetime) -> bool:
    """Free one reservation; False if somebody settled it meanwhile."""
    change.hold(Certificate, change.get(Verdict, key).shipment.certificate, share=True)
    held = change.hold(Verdict, key)
    if held.state != RESERVED:
        return False
    change.settle(held.reservation, EXPIRE, at, SYSTEM.sign, f"expire:{key}")
    if held.licence:
        licences.settled(change, held.licence, SYSTEM, at, committed=False)
    change.put(replace(held, state=EXPIRED, settled=at))
    change.log(Event(at, "shipment.expired", key, held.organisation, SYSTEM.sign, {}))
    return True


# ---- inside --------------------------------------------------------------------------------
def _key(actor: Actor, key: str) -> str:
    if not 0 < len(key) <= _MOST_KEY or not key.isprintable():
        raise InputError(
            "an idempotency key is needed",
            where="key",
            expected=f"1 to {_MOST_KEY} printable characters, another one for each shipment",
            found=f"{len(key)} characters",
        )
    return f"{actor.organisation or actor.id}/{key}"


def _certificate(change: Change, key: str) -> Certificate | None:
    """The certificate, kept from being suspended until the change ends; others may decide beside it."""
    try:
        return change.hold(Certificate, key, share=True)
    except AddressError:
        return None


def _there(change: Change, kind: type[Any], key: str) -> Any:  # noqa: ANN401 - a thing of the kind, or None
    try:
        return change.get(kind, key)
    except AddressError:
        return None


def _allowed(look: View, actor: Actor, verb: str, key: str) -> Verdict:
    try:
        found = look.get(Verdict, key)
    except AddressError:
        access.require(actor, verb)
        raise
    mine = actor.organisation in (found.shipment.exporter, found.shipment.end_user)
    access.require(actor, verb, actor.organisation if mine else found.organisation)
    return found


def _unsettled(held: Verdict, expected: str, found: str) -> StateError:
    return StateError(
        "this shipment cannot be settled so",
        where=held.id,
        expected=expected,
        found=found,
        next_step="look at the certificate and at what was settled",
    )


def _amount(held: Verdict, element: str, expected: str, found: str) -> InputError:
    return InputError(
        "these grams cannot be committed", where=f"{held.id}, {element:.20}", expected=expected, found=found
    )
