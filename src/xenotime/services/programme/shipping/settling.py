"""What becomes of the grams a shipment held: committed, released, expired, corrected, reversed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from xenotime.core.canon import digest
from xenotime.core.errors import AddressError, InputError, StateError
from xenotime.programme import access
from xenotime.programme.access import SYSTEM, Actor
from xenotime.programme.organisation import Organisation
from xenotime.programme.shipping.quota import COMMIT, EXPIRE, RELEASE, REVERSE
from xenotime.programme.shipping.shipment import Correction, Verdict
from xenotime.programme.trust.certificate import ACTIVE, Certificate
from xenotime.programme.trust.licence import INDIVIDUAL, Permit
from xenotime.programme.trust.standing import kept_at
from xenotime.seal.event import Event
from xenotime.services.programme.office import Office
from xenotime.services.programme.ports import Change, View
from xenotime.services.programme.shipping.checks import File
from xenotime.services.programme.trust import licences

RESERVED, COMMITTED, RELEASED, EXPIRED, REVERSED = "reserved committed released expired reversed".split()
#: States of a correction.
ASKED, DONE, REFUSED = "asked", "done", "refused"
_MOST_KEY, _MOST_REASON = 200, 2_000


def settle(
    office: Office,
    actor: Actor,
    verdict: str,
    act: str,
    key: str,
    at: datetime,
    *,
    grams: Mapping[str, int] | None = None,
) -> Verdict:
    """Commit what left, or release what did not, once: `act` commit | release.

    `grams` by element commits less than was reserved; where that cannot be told lot by lot it is refused.
    While the certificate is suspended or revoked nothing can be committed; a release is always possible. The
    same key gives the same answer. Raises StateError if it is settled already.
    """
    whole = all(type(g) is int for g in (grams or {}).values())
    if act not in (COMMIT, RELEASE) or (grams is not None and act == RELEASE) or not whole:
        raise InputError(
            "no such settlement", expected="commit (with whole grams, or all) or release", found=act[:20]
        )
    name, request = keyed(actor, key), digest([verdict, act, dict(grams) if grams else None])
    return office.store.run(lambda c: _settled(office, c, actor, verdict, act, (name, request), at, grams))


def correct(
    office: Office, actor: Actor, verdict: str, grams: Mapping[str, int], reason: str, at: datetime
) -> Verdict:
    """Ask for a correction of what was committed; nothing changes until another person confirms it.

    `grams` by element to add, or below 0 to take off; none: reverse the whole commit. Raises StateError for a
    shipment that is not committed, or while another correction is open.
    """
    with office.store.change() as change:
        allowed(change, actor, "shipment.settle", verdict)
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

    Raises StateError if there is none, if the actor asked for it, or if a cap or what was committed forbids
    it.
    """
    with office.store.change() as change:
        access.require(actor, "quota.set")
        made = change.hold(Certificate, change.get(Verdict, verdict).shipment.certificate, share=True)
        held = change.hold(Verdict, verdict)
        last = next((c for c in held.corrections if c.state == ASKED), None)
        if last is None or access.person(last.asked_by) == access.person(actor.sign):
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


def closed(change: Change, verdict: Verdict, actor: Actor, at: datetime) -> None:
    """What a commit does to the licence of a verdict; for who commits in another way (customs batches)."""
    if verdict.licence:
        licences.settled(change, verdict.licence, actor, at, committed=True)


# ---- inside --------------------------------------------------------------------------------
def _settled(
    office: Office,
    change: Change,
    actor: Actor,
    key: str,
    act: str,
    name: tuple[str, str],
    at: datetime,
    grams: Mapping[str, int] | None,
) -> Verdict:
    held = allowed(change, actor, "shipment.settle", key)
    if change.answered(*name) is not None:
        return change.get(Verdict, key)
    made = change.hold(Certificate, held.shipment.certificate, share=True)
    held = change.hold(Verdict, key)
    if held.state != RESERVED:
        raise _unsettled(held, "a reserved shipment", held.state)
    if act == COMMIT:
        _live(made, held, at)
        _licensed(office, change, made, held, at)
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


def _licensed(office: Office, change: Change, made: Certificate, held: Verdict, at: datetime) -> None:
    """Nothing if the licence that was drawn on still lives, or the user's track still needs none.

    Raises StateError otherwise: what was reserved must be asked for again.
    """
    if held.licence:
        alone = held.licence.startswith(licences.SERIES[INDIVIDUAL][0])
        permit = change.hold(Permit, held.licence, share=not alone)
        if permit.state != licences.ACTIVE:
            raise _unsettled(held, f"an active licence {permit.number}", f"it is {permit.state}")
        return
    user = change.get(Organisation, held.shipment.end_user)
    if not File(held.shipment, at, office.profile, made, None, user).free:
        raise _unsettled(held, "a licence, as the end user's track now asks", f"track {user.track}")


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
            raise _amount(
                held, element, "lots shipped one by one, or the whole committed", f"{len(lots)} lots"
            )
    return dict(grams)


def _correctable(held: Verdict, grams: Mapping[str, int], reason: str) -> None:
    if not 0 < len(reason.strip()) <= _MOST_REASON:
        raise InputError(
            "a correction needs a reason", where=held.id, expected=f"up to {_MOST_REASON} characters"
        )
    for element, number in grams.items():
        there = held.committed.get(element)
        if there is None or type(number) is not int or not number or there + number < 0:
            raise _amount(held, element, f"whole grams from {-(there or 0)} up, not 0", str(number))
        lots = {i.lot for i in held.shipment.items if i.grams.get(element)}
        if len(lots) > 1:
            raise _amount(
                held, element, "the whole reversed, for nobody can tell of which lot", f"{len(lots)} lots"
            )


def _corrected(change: Change, held: Verdict, made: Correction, actor: Actor, at: datetime) -> Verdict:
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


def keyed(actor: Actor, key: str) -> str:
    """An idempotency key in its organisation's own space. Raises InputError for an empty, long or odd one."""
    if not 0 < len(key) <= _MOST_KEY or not key.isprintable():
        raise InputError(
            "an idempotency key is needed",
            where="key",
            expected=f"1 to {_MOST_KEY} printable characters, another one for each shipment",
            found=f"{len(key)} characters",
        )
    return f"{actor.organisation or actor.id}/{key}"


def allowed(look: View, actor: Actor, verb: str, key: str) -> Verdict:
    """The verdict if the actor may do this to it: exporter, end user, or the authority's people.

    Raises AccessError, also for one that is not there, to whoever may touch only the own organisation's.
    """
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
