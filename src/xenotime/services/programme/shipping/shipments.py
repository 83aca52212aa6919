"""The shipment decision: one question, one answer, one change."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from xenotime.core.canon import digest
from xenotime.core.errors import FactError, InputError, StateError
from xenotime.programme import access
from xenotime.programme.access import Actor
from xenotime.programme.shipping.asked import sound
from xenotime.programme.shipping.shipment import ALLOW, REFER, Shipment, Verdict
from xenotime.services.programme.casework import effects, scenes
from xenotime.services.programme.office import Office
from xenotime.services.programme.ports import Change, Page, Search
from xenotime.services.programme.shipping import counsel
from xenotime.services.programme.shipping.counsel import ColdError, Counsel
from xenotime.services.programme.shipping.referral import answered
from xenotime.services.programme.shipping.settling import (
    allowed,
    closed,
    confirm,
    correct,
    expire,
    keyed,
    settle,
)
from xenotime.services.programme.shipping.weighing import (
    body,
    drafted,
    event_of,
    expiry,
    file_of,
    owed,
    reserved,
    weighed,
)  # fmt: skip
from xenotime.services.programme.turn import Turn

__all__ = (
    "answered", "body", "closed", "confirm", "correct", "decide", "expire", "find", "settle", "view",
)  # fmt: skip
#: How often a lane that nobody asked about yet is worked out before giving up.
_TRIES = 4


def decide(office: Office, actor: Actor, shipment: Shipment, key: str, at: datetime) -> Verdict:
    """Whether a shipment may go: allow | refer | refuse, with every reason; an allowed one has its grams
    reserved.

    The same key with the same shipment gives the same verdict. A referral opens a notice case; nothing is
    reserved unless the answer is allow. Raises AccessError unless the actor is exporter, end user or customs,
    InputError for a shipment that cannot be asked about, RepeatError for a key used with another shipment.
    """
    mine = actor.organisation if actor.organisation in (shipment.exporter, shipment.end_user) else None
    access.require(actor, "shipment.decide", mine)
    sound(shipment)
    name, request = keyed(actor, key), digest(shipment)
    advice = counsel.counsel(office.library(at.date()))
    for _ in range(_TRIES):
        try:
            return office.store.run(
                lambda c: _decided(office, c, actor, shipment, (name, request), at, advice)
            )
        except ColdError as cold:
            _warmed(cold)
    raise StateError(
        "the answer could not be worked out",
        where=shipment.certificate,
        next_step="ask again with the same key: nothing was reserved",
    )


def view(office: Office, actor: Actor, verdict: str) -> Verdict:
    """A verdict. Raises AccessError for those who are neither exporter nor end user nor of the authority."""
    with office.store.view() as look:
        return allowed(look, actor, "shipment.read", verdict)


def find(office: Office, actor: Actor, search: Search) -> Page:
    """Verdicts: those of the own organisation as exporter or end user for an applicant, any for the
    authority's people.

    An applicant who searches by `end_user` or `exporter` may name only the own organisation there.
    """
    where = dict(search.where)
    if actor.role == "applicant":
        side = "exporter" if where.get("exporter") == actor.organisation else "end_user"
        where[side] = actor.organisation
    access.require(actor, "shipment.read", actor.organisation or None)
    with office.store.view() as look:
        return look.find(Verdict, replace(search, where=where))


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
    office: Office,
    change: Change,
    actor: Actor,
    shipment: Shipment,
    key: tuple[str, str],
    at: datetime,
    advice: Counsel,
) -> Verdict:
    said = change.answered(*key)
    if said is not None:
        return change.get(Verdict, said)
    file = file_of(office, change, shipment, at)
    found = weighed(file, advice)
    name, expires = office.mint("verdict"), expiry(office, shipment, at)
    verdict = drafted(file, found, name, actor)
    if found.answer == ALLOW and found.bound:
        verdict = reserved(change, file, found, verdict, key[0], expires, actor)
    made = Turn(office, change, actor, at)
    if verdict.answer == REFER and file.user is not None:
        case = effects.opened(made, "notice", verdict.organisation, subject=verdict.id, system=True)
        effects.moved(made, case, "refer", {}, scenes.of(change, office, case, at), system=True)
        verdict = replace(verdict, case=case.id)
    if verdict.answer == ALLOW:
        owed(office, change, file, found, verdict, actor)
    change.answer(*key, verdict.id)
    for event in made.events:
        change.log(event)
    logged = change.log(event_of(verdict, actor))
    verdict = replace(verdict, leaf=logged.index)
    change.add(verdict)
    return verdict
