"""A person's answer to a shipment that was referred."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from xenotime.core.errors import StateError
from xenotime.programme.access import Actor
from xenotime.programme.shipping.phrases import reason
from xenotime.programme.shipping.shipment import ALLOW, REFER, REFUSE, Verdict
from xenotime.seal.event import Event
from xenotime.services.programme.office import Office
from xenotime.services.programme.ports import Change
from xenotime.services.programme.shipping import counsel
from xenotime.services.programme.shipping.weighing import (
    drafted,
    event_of,
    expiry,
    file_of,
    owed,
    reserved,
    weighed,
)  # fmt: skip

#: The state of a referral that was answered; `next` of it names the verdict that answers.
ANSWERED = "answered"


def answered(
    change: Change, office: Office, verdict: str, answer: str, actor: Actor, at: datetime, why: str, case: str
) -> Verdict:
    """Answer a referred shipment, once: allow (what was unknown is settled by a person, grams are reserved)
    or refuse.

    Everything is weighed anew as it stands now, and what is plainly not met stays a refusal: a person settles
    doubts, never a suspension, a scope or a cap. The answer is a verdict of its own; the referral names it.
    Raises StateError for a shipment that waits for no answer, whose referral another case is about, or that
    cannot be allowed (which checks say so).
    """
    held = change.hold(Verdict, verdict)
    if held.case != case:
        raise _wrong(held, f"an answer by the case of its referral, {held.case or 'none'}", case)
    if held.answer != REFER or held.state == ANSWERED or answer not in (ALLOW, REFUSE):
        raise _wrong(
            held, "a referred shipment that waits, and allow or refuse", f"{held.answer}, {held.state}"
        )
    if answer == ALLOW:
        made = _allowed(office, change, held, actor, at, (case, why))
    else:
        made = _refused(office, held, actor, at, (case, why))
    logged = change.log(event_of(made, actor))
    made = replace(made, leaf=logged.index, case=case)
    change.add(made)
    change.put(replace(held, state=ANSWERED, next=made.id, settled=at))
    data = {"answer": answer, "next": made.id, "case": case}
    change.log(Event(at, "shipment.answered", held.id, held.organisation, actor.sign, data))
    return made


def _allowed(
    office: Office, change: Change, held: Verdict, actor: Actor, at: datetime, case: tuple[str, str]
) -> Verdict:
    file = file_of(office, change, held.shipment, at)
    found = weighed(file, counsel.counsel(office.library(at.date())), work=True)
    if found.answer == REFUSE:
        broken = "; ".join(r.says for r in found.reasons if r.met is False)
        raise _wrong(held, "doubts only, nothing that is plainly not met", broken[:400])
    said = reason("person", True, "person.allowed", f"case {case[0]}", why=case[1])
    found = replace(found, answer=ALLOW, reasons=(*found.reasons, said))
    name = office.mint("verdict")
    made = drafted(file, found, name, actor)
    if found.bound:
        made = reserved(
            change, file, found, made, f"answer:{held.id}", expiry(office, held.shipment, at), actor
        )
    if made.answer != ALLOW:
        short = "; ".join(r.says for r in made.reasons if r.met is False)
        raise _wrong(held, "grams that are free under every cap", short[:400])
    owed(office, change, file, found, made, actor)
    return made


def _refused(office: Office, held: Verdict, actor: Actor, at: datetime, case: tuple[str, str]) -> Verdict:
    said = reason("person", False, "person.refused", f"case {case[0]}", why=case[1])
    return replace(
        held, id=office.mint("verdict"), answer=REFUSE, reasons=(*held.reasons, said), at=at, by=actor.sign,
        version=0,
    )  # fmt: skip


def _wrong(held: Verdict, expected: str, found: str) -> StateError:
    return StateError(
        "this referral cannot be answered so",
        where=held.id,
        expected=expected,
        found=found,
        next_step="look at the reasons, and answer what can be answered",
    )
