"""Usage from customs: batches in, each line counted once or refused; a feed out; both compared.

Each line is a change of its own, under customs' own id for it. A batch that comes twice, late, in another
order or was cut off half way is therefore sent again as it is, and nothing is counted twice. Usage is added,
never set.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from xenotime.core.canon import digest
from xenotime.core.errors import AddressError, RepeatError, StateError
from xenotime.programme import access
from xenotime.programme.access import Actor
from xenotime.programme.shipping.quota import COMMIT, OPEN, REVERSE, short
from xenotime.programme.shipping.shipment import Verdict
from xenotime.programme.shipping.usage import (
    ACCEPTED,
    REASONS,
    REJECTED,
    Batch,
    Delivery,
    Gap,
    Line,
    Used,
    added,
    missing,
    proper,
    refusal,
)
from xenotime.programme.trust.certificate import ACTIVE, Certificate
from xenotime.programme.trust.licence import Permit
from xenotime.seal.event import Event
from xenotime.services.programme.office import Office
from xenotime.services.programme.pages import every
from xenotime.services.programme.ports import Change, Page, Search, View
from xenotime.services.programme.shipping import shipments
from xenotime.services.programme.trust import licences

COMMITTED = "committed"
#: Events of the log that customs is told of.
_TOLD = ("shipment.", "certificate.", "licence.")
_PAGE = 200


class RefusedError(Exception):
    """A line that cannot be counted; its change is undone. `reason` is a key of REASONS."""

    def __init__(self, reason: str, says: str = "") -> None:
        self.reason, self.says = reason, says
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Feed:
    """What customs must know, in the order of the log: kind, subject and data; ask next `after` this."""

    lines: tuple[Mapping[str, Any], ...]
    after: int


def receive(office: Office, actor: Actor, batch: Batch, at: datetime) -> Delivery:
    """The answer to a batch: every line accepted, or rejected with its reason.

    The same batch again gives the same answer; half a batch is finished. Raises AccessError unless the actor
    is customs, InputError for a batch that cannot be taken, RepeatError for its id or run with other content.
    """
    access.require(actor, "usage.report")
    proper(batch)
    said = office.store.run(lambda c: _begun(c, batch))
    if said is not None:
        return replace(said, repeated=True)
    while shipments.expire(office, at):
        pass
    taken = [_taken(office, actor, batch, line, at) for line in batch.lines]
    accepted = dict.fromkeys(used.id for used in taken if used.outcome == ACCEPTED)
    rejected = {used.id: refusal(used) for used in taken if used.outcome == REJECTED}
    made = Delivery(batch.id, batch.run, at, tuple(accepted), tuple(rejected.values()))
    return office.store.run(lambda c: _ended(c, actor, batch, made))


def feed(office: Office, actor: Actor, after: int = 0, limit: int = 500) -> Feed:
    """What happened to shipments, certificates and licences from a place in the log on: suspensions too.

    The same place gives the same feed. Raises AccessError for those who may not read usage.
    """
    access.require(actor, "usage.read")
    with office.store.view() as view:
        events = view.events(start=after, limit=min(max(limit, 1), 1000))
    said = [(index, json.loads(body)) for index, body in events]
    lines = tuple({"index": i, **e} for i, e in said if e["kind"].startswith(_TOLD))
    return Feed(lines, said[-1][0] + 1 if said else after)


def find(office: Office, actor: Actor, search: Search) -> Page:
    """Lines as they were taken. Raises AccessError for those who may not read usage."""
    access.require(actor, "usage.read")
    with office.store.view() as view:
        return view.find(Used, search)


def compare(office: Office, actor: Actor, since: date, until: date) -> tuple[Gap, ...]:
    """Where our commits and customs' reports part, over shipments declared and lines exported in these days.

    Raises AccessError for those who may not read usage.
    """
    access.require(actor, "usage.read")
    days = {"on>=": since, "on<=": until}
    gaps = []
    with office.store.view() as view:
        for verdict in every(view, Verdict, days | {"state": COMMITTED}):
            theirs = _reported(view, verdict.id)
            ours = {e: g for e, g in verdict.committed.items() if g}
            if not theirs and ours:
                gaps.append(Gap("unreported", verdict.id, verdict.organisation, ours, {}))
            elif any(ours.get(e, 0) > theirs.get(e, 0) for e in ours):
                gaps.append(Gap("more_here", verdict.id, verdict.organisation, ours, theirs))
        for used in every(view, Used, days | {"outcome": REJECTED}):
            gap = Gap("not_here", used.shipment, used.organisation, {}, used.grams, used.reason)
            gaps.append(gap)
    return tuple(gaps)


# ---- one line ---------------------------------------------------------------------------
def _taken(office: Office, actor: Actor, batch: Batch, line: Line, at: datetime) -> Used:
    """One line counted, or kept as rejected; a line taken before answers again."""
    try:
        return office.store.run(
            lambda c: _once(c, actor, batch, line, at, lambda: _counted(c, actor, line, at))
        )
    except RefusedError as error:
        refused = error
        return office.store.run(lambda c: _once(c, actor, batch, line, at, lambda: refused))
    except RepeatError:
        return _used(batch, line, at, None, RefusedError("repeated"))


def _once(
    change: Change, actor: Actor, batch: Batch, line: Line, at: datetime,
    count: Callable[[], Verdict | RefusedError],
) -> Used:  # fmt: skip
    key, request = f"customs/{line.id}", digest(line)
    said = change.answered(key, request)
    if said is not None:
        return change.get(Used, said)
    found = count()
    refused = found if isinstance(found, RefusedError) else None
    verdict = _verdict(change, line.shipment) if isinstance(found, RefusedError) else found
    used = _used(batch, line, at, verdict, refused)
    change.add(used)
    change.answer(key, request, used.id)
    kind = "usage.alert" if used.alert else f"usage.{used.outcome}"
    data = {"line": line.id, "batch": batch.id, "reason": used.reason, "grams": dict(line.grams)}
    change.log(Event(at, kind, line.shipment, used.organisation, actor.sign, data))
    return used


def _counted(change: Change, actor: Actor, line: Line, at: datetime) -> Verdict:
    """The shipment with the line's grams counted under its caps. Raises RefusedError where they cannot be."""
    verdict = _verdict(change, line.shipment)
    if verdict is None:
        raise RefusedError("unknown")
    if not verdict.reservation:
        raise RefusedError("not_allowed", verdict.answer)
    made = change.hold(Certificate, verdict.shipment.certificate, share=True)
    verdict = change.hold(Verdict, verdict.id)
    state = made.state_on(line.on)
    if state != ACTIVE:
        raise RefusedError("invalid", state)
    if verdict.licence and not licences.counted(change.get(Permit, verdict.licence), line.on):
        raise RefusedError("licence", verdict.licence)
    if not line.grams.keys() <= verdict.held.keys():
        raise RefusedError("element", ", ".join(sorted(line.grams.keys() - verdict.held.keys())))
    total = added([_reported(change, verdict.id), line.grams])
    over = [e for e, grams in total.items() if grams > verdict.held[e]]
    if over:
        words = (f"{total[e]} g of {e} reported, {verdict.held[e]} g reserved" for e in sorted(over))
        raise RefusedError("overdraw", "; ".join(words))
    return _drawn(change, actor, verdict, line, total, at)


def _drawn(
    change: Change, actor: Actor, verdict: Verdict, line: Line, total: Mapping[str, int], at: datetime
) -> Verdict:
    """Brings the ledger up to what customs reported in all; what we count already is not counted again."""
    key = f"customs/{line.id}"
    held = change.reservation(verdict.reservation)
    counted = verdict.committed if held.state == COMMIT or verdict.state == COMMITTED else {}
    more = {e: g - counted.get(e, 0) for e, g in total.items() if g > counted.get(e, 0)}
    if held.state == REVERSE:
        raise RefusedError("reversed")
    if held.state == OPEN:
        part = {element: total.get(element, 0) for element in verdict.held}
        change.settle(held.id, COMMIT, at, actor.sign, key, grams=part, reason="customs")
        shipments.closed(change, verdict, actor, at)
    elif held.state == COMMIT:
        for element, grams in sorted(more.items()):
            _mended(change, actor, held.id, element, grams, f"{key}/{element}", at)
    elif more:
        _late(change, actor, verdict, more, key, at)
    return change.put(
        replace(
            verdict,
            state=COMMITTED,
            settled=at,
            committed={**counted, **{e: counted.get(e, 0) + g for e, g in more.items()}},
        )
    )


def _mended(
    change: Change, actor: Actor, name: str, element: str, grams: int, key: str, at: datetime
) -> None:
    try:
        change.correct(name, element, grams, at, actor.sign, key, "customs")
    except StateError as error:
        raise RefusedError("capped", f"{grams} g of {element}") from error


def _late(
    change: Change, actor: Actor, verdict: Verdict, more: Mapping[str, int], key: str, at: datetime
) -> None:
    """Draws again what left although its reservation was freed, if the caps still have room."""
    held = change.reservation(verdict.reservation)
    draws = [replace(draw, grams=more[draw.element]) for draw in held.draws if draw.element in more]
    name = f"{held.id}/{digest(key)[:16]}"
    lacks = change.reserve(name, draws, at, at + timedelta(days=1), actor.sign, f"{key}/late")
    if lacks:
        raise RefusedError("capped", "; ".join(short(s) for s in lacks))
    change.settle(name, COMMIT, at, actor.sign, key, reason="customs, after the reservation was freed")


# ---- one batch -------------------------------------------------------------------------
def _begun(change: Change, batch: Batch) -> Delivery | None:
    """The answer if the batch was taken before. Raises RepeatError for its id or run with other content."""
    request = digest(batch)
    for key in (f"customs-batch/{batch.id}", f"customs-run/{batch.run}"):
        if change.answered(key, request) is None:
            change.answer(key, request, batch.id)
    try:
        return change.get(Delivery, batch.id)
    except AddressError:
        return None


def _ended(change: Change, actor: Actor, batch: Batch, made: Delivery) -> Delivery:
    change.answered(f"customs-batch/{batch.id}", digest(batch))  # a twin waits here
    try:
        return replace(change.get(Delivery, batch.id), repeated=True)
    except AddressError:
        runs = (row[0] for row in change.columns(Delivery, ("run",)))
        made = replace(made, missing=missing(batch.run, runs))
    change.add(made)
    data = {"run": made.run, "accepted": len(made.accepted), "rejected": len(made.rejected)}
    change.log(Event(made.at, "usage.batch", made.id, "", actor.sign, data))
    return made


def _used(
    batch: Batch, line: Line, at: datetime, verdict: Verdict | None, refused: RefusedError | None
) -> Used:
    return Used(
        line.id,
        batch.id,
        batch.run,
        line.shipment,
        verdict.organisation if verdict else "",
        verdict.shipment.certificate if verdict else "",
        dict(line.grams),
        line.on,
        at,
        REJECTED if refused else ACCEPTED,
        refused.reason if refused else "",
        refused.says if refused else "",
        alert=bool(refused and REASONS[refused.reason][2]),
    )


def _verdict(view: View, name: str) -> Verdict | None:
    try:
        return view.get(Verdict, name)
    except AddressError:
        return None


def _reported(view: View, shipment: str) -> dict[str, int]:
    """What customs reported of a shipment and we accepted."""
    return added(used.grams for used in every(view, Used, {"shipment": shipment, "outcome": ACCEPTED}))
