"""A shipment weighed: what is on record, every reason, the answer, and the grams an allowed one holds."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from xenotime.core.canon import canonical
from xenotime.core.errors import AddressError
from xenotime.law.answer import Outcome
from xenotime.programme.access import Actor
from xenotime.programme.casework.case import CIVIL, Condition
from xenotime.programme.figures import number
from xenotime.programme.organisation import Organisation
from xenotime.programme.oversight.duty import Duty
from xenotime.programme.shipping.phrases import reason
from xenotime.programme.shipping.quota import Draw, Shortfall
from xenotime.programme.shipping.shipment import ALLOW, REFER, REFUSE, Item, Reason, Shipment, Verdict
from xenotime.programme.trust import condition
from xenotime.programme.trust.certificate import Certificate
from xenotime.programme.trust.licence import Permit
from xenotime.programme.trust.scope import totals
from xenotime.seal.event import Event
from xenotime.services.programme.office import Office
from xenotime.services.programme.oversight import duties
from xenotime.services.programme.pages import every
from xenotime.services.programme.ports import Change, Search
from xenotime.services.programme.shipping import checks, counsel
from xenotime.services.programme.shipping.checks import DENIED, FREE, File
from xenotime.services.programme.shipping.counsel import HOME, Counsel, Lane, Party, Ruling
from xenotime.services.programme.trust import licences

RESERVED = "reserved"
#: How a condition that is not met counts: these refer the shipment to a person, all others refuse it.
_MILD = ("refer", "step")
#: The law's duties that become obligations here: the law's word -> the kind.
_DUTIES = {"compliance-notice": "downstream_notice"}
#: What never changes of a verdict.
_LASTING = ("id", "answer", "shipment", "reasons", "law", "at")
_RESERVATION = 10
#: The most licences of an exporter that are looked at when none is named.
_PERMITS = 100


@dataclass(frozen=True)
class Weighed:
    """A shipment weighed: its reasons, the answer, the lines that the certificate binds, and the licence it
    takes.
    """

    reasons: tuple[Reason, ...]
    answer: str
    bound: tuple[Item, ...]
    licence: str
    rulings: tuple[tuple[Item, Ruling], ...]


def file_of(office: Office, change: Change, shipment: Shipment, at: datetime) -> File:
    """What is on record; a certificate of another end user is no certificate here."""
    made = _certificate(change, shipment.certificate)
    if made is not None and made.organisation != shipment.end_user:
        made = None
    user = _there(change, Organisation, shipment.end_user)
    exporter = (
        user if shipment.exporter == shipment.end_user else _there(change, Organisation, shipment.exporter)
    )
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
    return tuple(every(change, Duty, {"subject": made.number}))


def weighed(file: File, advice: Counsel, *, work: bool = False) -> Weighed:
    """Every reason, and the answer that follows from them."""
    asked = file.shipment
    parties = _parties(file)
    screened = advice.screened(parties, asked.on, work=work)
    settled = _known(file)
    country = file.user.country if file.user else ""
    lanes = [(i, counsel.lane(asked, i, parties, country, settled)) for i in asked.items]
    rulings = tuple((i, advice.ruled(lane, work=work)) for i, lane in lanes)
    bound = tuple(i for i, r in rulings if r.outcome not in FREE)
    reasons = [*checks.held(file)] if bound else [checks.dated(file), *checks.ended(file)]
    denied = any(r.outcome in DENIED for _, r in rulings)
    reasons += checks.screened(screened, len(parties), denied=denied)
    reasons += checks.ruled(rulings, asked.on)
    said_free = [lane for (_, lane), (_, r) in zip(lanes, rulings, strict=True) if r.outcome in FREE]
    reasons += _unproven(said_free, advice, work=work)
    licence = ""
    if bound:
        single = any(r.outcome in (Outcome.CASE_BY_CASE, Outcome.PRESUMED_DENIED) for _, r in rulings)
        said, best = checks.licensed(file, bound, single=single, watched=screened.watched)
        reasons += [*checks.scoped(file, bound), *said, *checks.conditioned(file, bound)]
        licence = best.number if best else ""
    conditions = file.certificate.conditions if file.certificate else ()
    return Weighed(tuple(reasons), _answer(reasons, conditions), bound, licence, rulings)


def _unproven(free: Sequence[Lane], advice: Counsel, *, work: bool) -> Iterable[Reason]:
    """A reason to ask a person for each line that is free only by what its exporter states of the goods or
    the way: no statement alone makes an answer milder.
    """
    for lane in dict.fromkeys(free):
        bare = replace(lane, goods=(), start=HOME)
        if bare != lane and advice.ruled(bare, work=work).outcome not in FREE:
            yield reason("law", None, "law.stated", code=lane.code, on=lane.on)


def _answer(reasons: Iterable[Reason], conditions: Sequence[Condition]) -> str:
    """Refuse if anything is not met, else refer if anything is unknown or a mild condition is broken, else
    allow.
    """
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
    """Facts that the programme settles: the use if it is certified, the user if vetted as civil; "?" if
    nobody can say.
    """
    made = file.certificate
    certified = made is not None and file.shipment.end_use.casefold() in {
        u.casefold() for u in made.scope.end_uses
    }
    found = {"military_use": "no", "wmd_or_terror": "no"} if certified else {}
    return {**found, "military_user": "no" if certified and file.track == CIVIL else "?"}


def drafted(file: File, weighed: Weighed, name: str, actor: Actor) -> Verdict:
    """The verdict as weighed, before anything is reserved; the strictest answer of the law stands for all
    lines.
    """
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


def reserved(
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
        licences.used(change, permit)
    text = ", ".join(f"{g} g {e}" for e, g in sorted(amounts.items()))
    held = reason("quota", True, "quota.held", grams=text)
    return replace(
        verdict,
        reasons=(*verdict.reasons, held),
        reservation=verdict.id,
        state=RESERVED,
        expires=expires,
        licence=weighed.licence,
        held=amounts,
    )


def _short(short: Shortfall) -> Reason:
    if not short.cap:
        return reason("quota", False, "quota.none", element=short.element)
    return reason(
        "quota",
        False,
        "quota.short",
        cap=short.cap,
        element=short.element,
        asked=short.asked,
        free=short.free,
        grams=short.grams,
    )


def owed(
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


def expiry(office: Office, shipment: Shipment, at: datetime) -> datetime:
    """The end of the day so many days after the day of export, and never before that long from now."""
    days = number(office.profile, "shipment.reservation_days", _RESERVATION)
    ahead = max((shipment.on - at.date()).days, 0)
    return at + timedelta(days=ahead + days)


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


def event_of(verdict: Verdict, actor: Actor) -> Event:
    """The event of a decision: the answer, and the digest of what never changes of it."""
    data = {
        "digest": sha256(_written(verdict)).hexdigest(),
        "answer": verdict.answer,
        "certificate": verdict.shipment.certificate,
        "held": dict(sorted(verdict.held.items())),
    }
    return Event(verdict.at, "shipment.decided", verdict.id, verdict.organisation, actor.sign, data)


def body(verdict: Verdict) -> dict[str, Any]:
    """What never changes of a verdict, as plain JSON: the log keeps its digest, a receipt shows it whole."""
    found: dict[str, Any] = json.loads(_written(verdict))
    return found


def _written(verdict: Verdict) -> bytes:
    """The same as canonical bytes; since every key is ASCII they are those of RFC 8785 too, only found
    faster.
    """
    return canonical({name: getattr(verdict, name) for name in _LASTING})
