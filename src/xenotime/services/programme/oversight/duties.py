"""Obligations: opened, met with evidence, judged, reminded of, and what follows when they are late."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime

from xenotime.core.errors import AddressError, InputError, StateError
from xenotime.programme import access
from xenotime.programme.access import SYSTEM, Actor
from xenotime.programme.casework.case import Case
from xenotime.programme.figures import number, several
from xenotime.programme.letter import Letter
from xenotime.programme.organisation import Organisation
from xenotime.programme.oversight import owed, sanctions
from xenotime.programme.oversight.calendar import day
from xenotime.programme.oversight.duty import Duty
from xenotime.programme.oversight.reconcile import Return
from xenotime.programme.shipping.phrases import said
from xenotime.programme.trust.certificate import ACTIVE, SUSPENDED, Certificate
from xenotime.programme.trust.licence import Permit
from xenotime.seal.event import Event
from xenotime.services.programme.casework.opening import opened
from xenotime.services.programme.office import Office
from xenotime.services.programme.pages import every
from xenotime.services.programme.ports import Change, Page, Search, View
from xenotime.services.programme.trust import certificates, licences
from xenotime.services.programme.turn import Turn

OPEN, MET, LATE, WAIVED = "open", "met", "late", "waived"
#: The most pieces of evidence that one obligation takes, and the longest of them [characters].
_PIECES, _SIGNS = 50, 300
_REMIND = ("30", "7", "1")


@dataclass(frozen=True, slots=True)
class Reminded:
    """What one round did: letters sent, obligations found late, sanction steps taken."""

    letters: int = 0
    late: int = 0
    steps: tuple[str, ...] = ()


def open(  # noqa: A001 - an obligation is opened; no file is
    change: Change, office: Office, kind: str, organisation: str, subject: str, actor: Actor, at: datetime, *,
    year: int = 0, days: int = 0, on: date | None = None, what: str = "",
    data: Mapping[str, str] | None = None,
) -> Duty:  # fmt: skip
    """An obligation of an organisation about a subject (certificate, licence, shipment, case), due as the
    profile says.

    A yearly one is opened once a year and subject; opening it again gives what is there. `on` the day it
    begins (today if None), `days` the period of a notice, cure or condition. Raises InputError for an unknown
    kind.
    """
    term = owed.term(office.profile, office.calendar, kind, on or at.date(), year=year, days=days)
    more = dict(data or {})
    key = f"{kind}.{subject}.{term.year}" if term.year else office.mint("duty")
    if term.year:
        found = _there(change, key)
        if found is not None:
            return found
    parts = {"year": term.year, "subject": subject, "what": what, "exporter": more.get("exporter", "")}
    english, chinese = said(f"duty.{kind}", **parts)
    duty = Duty(
        key, kind, organisation, subject, english, term.due, OPEN, at, term.source, term.confidence,
        data=more, says_zh=chinese,
    )  # fmt: skip
    change.add(duty)
    _log(change, duty, "duty.opened", actor, at, {"kind": kind, "due": term.due.isoformat()})
    return duty


def record(
    office: Office,
    actor: Actor,
    kind: str,
    certificate: str,
    exporter: str,
    evidence: tuple[str, ...],
    at: datetime,
    *,
    signed: date,
    days: int = 0,
) -> Duty:
    """Put on record what the end user agreed with an exporter before shipping: an undertaking, or a notice
    period.

    `signed` is the day on the paper, not after today; `days` the notice period. Only the certificate's holder
    (or an officer who saw the paper) may do it: no exporter vouches for somebody else's promise.
    """
    _provable(kind, evidence, at, signed, days)
    with office.store.change() as change:
        access.require(actor, "duty.meet", _owner(change, actor, certificate))
        held = change.get(Certificate, certificate)
        data = {"exporter": exporter, "signed": signed.isoformat(), "days": str(days)}
        duty = open(change, office, kind, held.organisation, certificate, actor, at, data=data)
        return _met(change, duty, actor, evidence, at)


def _filed(look: View, duty: Duty) -> bool:
    """Whether the report of a certificate's year was filed after it; an exporter's has no form of its own."""
    if not look.find(Certificate, Search({"number": duty.subject}, limit=1)).items:
        return True
    named = duty.id.rpartition(".")[2]
    year = int(named) if named.isdecimal() else duty.due.year - 1
    where = {"organisation": duty.organisation, "year": year}
    return any(r.filed.year > year for r in look.find(Return, Search(where, limit=1)).items)


def _owner(look: View, actor: Actor, certificate: str) -> str:
    """Whose certificate it is; "" for an applicant whose it is not, or if there is none."""
    page = look.find(Certificate, Search({"number": certificate}, limit=1))
    owner = str(page.items[0].organisation) if page.items else ""
    return owner if actor.role != "applicant" or owner == actor.organisation else ""


def _provable(kind: str, evidence: tuple[str, ...], at: datetime, signed: date, days: int) -> None:
    right = (kind == "notice_period") == (days > 0)
    if kind not in owed.PROOFS or signed > at.date() or not evidence or not right:
        raise InputError(
            "this cannot be put on record",
            where="obligations",
            expected="undertaking, or notice_period with its days; evidence; a signing day not ahead",
            found=f"{kind:.40}, signed {signed}, {len(evidence)} pieces of evidence, {days} days",
            next_step="attach the signed paper and state its day",
        )


def meet(office: Office, actor: Actor, duty: str, evidence: tuple[str, ...], at: datetime) -> Duty:
    """Show that an obligation is met; evidence is the id of a document or a sentence, at least one.

    The yearly report on a certificate is met by nothing but the report itself: StateError until it is filed.
    """
    with office.store.change() as change:
        held = _held(change, actor, "duty.meet", duty)
        if held.state not in (OPEN, LATE):
            raise _settled(held, "an open or late obligation")
        if held.kind == "annual_report" and not _filed(change, held):
            raise _settled(held, "the annual report of the year, filed before")
        return _met(change, held, actor, evidence, at)


def judge(office: Office, actor: Actor, duty: str, at: datetime, *, ok: bool, reason: str) -> Duty:
    """An officer's finding on what was shown: accepted, or not, and then it is owed again.

    Accepting the last late obligation of a restricted organisation lifts the restriction; a suspension stays
    until a case reinstates.
    """
    with office.store.change() as change:
        held = _held(change, actor, "duty.judge", duty)
        if held.state != MET or not reason.strip():
            raise _settled(held, "an obligation that was shown to be met, and a reason")
        state = MET if ok else LATE if at.date() > held.due else OPEN
        data = {**held.data, "judged": "accepted" if ok else "refused", "reason": reason, "judge": actor.sign}
        kept = change.put(replace(held, state=state, met=held.met if ok else None, data=data))
        if ok:
            _lift(change, kept, actor, at)
        _log(change, kept, "duty.judged", actor, at, {"ok": ok})
        return kept


def refuse(office: Office, actor: Actor, duty: str, at: datetime, reason: str) -> Duty:
    """Record that a review, or records asked for, were refused: the condition is broken from now on."""
    with office.store.change() as change:
        held = _held(change, actor, "duty.judge", duty)
        if held.state not in (OPEN, LATE) or not reason.strip():
            raise _settled(held, "an open or late obligation, and a reason")
        kept = change.put(replace(held, state=LATE, data={**held.data, "refused": "yes", "reason": reason}))
        _log(change, kept, "duty.refused", actor, at, {})
        return kept


def waive(office: Office, actor: Actor, duty: str, at: datetime, reason: str) -> Duty:
    """Waive an obligation, with a reason."""
    with office.store.change() as change:
        held = _held(change, actor, "duty.judge", duty)
        if held.state not in (OPEN, LATE) or not reason.strip():
            raise _settled(held, "an open or late obligation, and a reason")
        data = {**held.data, "reason": reason, "waived_by": actor.sign}
        kept = change.put(replace(held, state=WAIVED, data=data))
        _lift(change, kept, actor, at)
        _log(change, kept, "duty.waived", actor, at, {})
        return kept


def view(office: Office, actor: Actor, duty: str) -> Duty:
    """One obligation. Raises AccessError for those whose it is not."""
    with office.store.view() as look:
        return _seen(look, actor, "duty.read", duty)


def find(office: Office, actor: Actor, search: Search) -> Page:
    """Obligations: of the own organisation for an applicant, any for the authority's people."""
    where = dict(search.where)
    if actor.role == "applicant":
        where["organisation"] = actor.organisation
    access.require(actor, "duty.read", str(where.get("organisation", "")) or None)
    with office.store.view() as look:
        return look.find(Duty, replace(search, where=where))


# ---- on timers -----------------------------------------------------------------------------
def calendar(office: Office, at: datetime) -> tuple[str, ...]:
    """Open this year's report and records of every certificate that counts; returns what was opened.

    Doing it again on any day of the year opens nothing twice.
    """
    opened: list[str] = []
    after = ""
    while True:
        with office.store.change() as change:
            page = change.find(Certificate, Search({"state": (ACTIVE, SUSPENDED)}, limit=100, after=after))
            for one in page.items:
                if one.valid_from <= at.date() <= one.valid_until:
                    opened += _yearly(change, office, one, at)
        after = page.next
        if not after:
            return tuple(opened)


def remind(office: Office, at: datetime) -> Reminded:
    """One round: reminders before the day, the step that follows after it; each once, often as it runs."""
    most = max((int(d) for d in several(office.profile, "duty.remind.days", _REMIND)), default=0)
    horizon = date.fromordinal(at.date().toordinal() + most)
    done = Reminded()
    with office.store.view() as look:
        ids = [d.id for d in every(look, Duty, {"state": (OPEN, LATE), "due<=": horizon})]
    for key in ids:
        with office.store.change() as change:
            done = _round(change, office, change.hold(Duty, key), at, done)
    return done


# ---- inside --------------------------------------------------------------------------------


def _yearly(change: Change, office: Office, one: Certificate, at: datetime) -> list[str]:
    missing = [k for k in owed.YEARLY if _there(change, f"{k}.{one.number}.{at.year}") is None]
    return [open(change, office, k, one.organisation, one.number, SYSTEM, at).id for k in missing]


def _round(change: Change, office: Office, duty: Duty, at: datetime, done: Reminded) -> Reminded:
    if duty.state not in (OPEN, LATE):
        return done
    if at.date() <= duty.due:
        return _reminder(change, office, duty, at, done)
    steps = several(office.profile, "sanction.steps", sanctions.STEPS[:3])
    gap = number(office.profile, "sanction.step_days", 30)
    last = day(duty.data.get("stepped"), duty.due, duty.id) if duty.data.get("stepped") else None
    step = sanctions.next_step(duty.due, last, duty.step, at.date(), steps, gap)
    if step == duty.step and duty.state == LATE:
        return done
    data = {**duty.data, "stepped": at.date().isoformat()} if step > duty.step else duty.data
    kept = change.put(replace(duty, state=LATE, step=step, data=data))
    if step == duty.step:
        _log(change, kept, "duty.late", SYSTEM, at, {})
        return replace(done, late=done.late + 1)
    name = steps[step - 1]
    _sanction(change, office, kept, name, at)
    _letter(change, office, kept, at, "step", step=" / ".join(said(f"step.{name}")))
    _log(change, kept, "duty.sanctioned", SYSTEM, at, {"step": name})
    late = done.late + (duty.state == OPEN)
    return replace(done, letters=done.letters + 1, late=late, steps=(*done.steps, f"{kept.id}: {name}"))


def _reminder(change: Change, office: Office, duty: Duty, at: datetime, done: Reminded) -> Reminded:
    days = [int(d) for d in several(office.profile, "duty.remind.days", _REMIND)]
    reached = sanctions.thresholds(duty.due, at.date(), days)
    if reached <= duty.reminded:
        return done
    kept = change.put(replace(duty, reminded=reached))
    _letter(change, office, kept, at, "reminder")
    _log(change, kept, "duty.reminded", SYSTEM, at, {"number": reached})
    return replace(done, letters=done.letters + 1)


def _sanction(change: Change, office: Office, duty: Duty, step: str, at: datetime) -> None:
    """Take a step: the organisation stands on it, and from `suspend` on it falls on what was granted.

    On the certificate or licence that the obligation is about, else on all that the organisation holds. A
    timer only suspends: `revoke` also opens the case in which the holder is heard and the bodies vote.
    """
    holder = change.hold(Organisation, duty.organisation)
    rung = sanctions.STEPS.index(step) + 1
    state = "restricted" if rung > 1 and holder.state == "active" else holder.state
    change.put(replace(holder, steps=max(holder.steps, rung), state=state))
    if step not in ("suspend", "revoke"):
        return
    states = (ACTIVE,) if step == "suspend" else (ACTIVE, SUSPENDED)
    owned = [c.id for c in every(change, Certificate, {"organisation": duty.organisation, "state": states})]
    held = [p.id for p in every(change, Permit, {"exporter": duty.organisation, "state": states})]
    if duty.subject in (*owned, *held):
        owned, held = ([k for k in keys if k == duty.subject] for keys in (owned, held))
    why = f"{duty.id} is late"
    for verbs, keys in ((certificates, owned), (licences, held)):
        for key in keys:
            with suppress(StateError):  # somebody else was there first: the round goes on with the others
                verbs.suspend(change, office, key, SYSTEM, at, why)
            if step == "revoke":
                _proposed(change, office, duty, key, at)


def _proposed(change: Change, office: Office, duty: Duty, key: str, at: datetime) -> None:
    """The case of a withdrawal, opened once."""
    where = {"kind": "revocation", "subject": key, "closed": None}
    if change.find(Case, Search(where, limit=1)).items:
        return
    made = Turn(office, change, SYSTEM, at)
    with suppress(StateError):  # the organisation left meanwhile, and nothing of it counts any more
        opened(made, "revocation", duty.organisation, subject=key, system=True)
    for event in made.events:
        change.log(event)


def _lift(change: Change, duty: Duty, actor: Actor, at: datetime) -> None:
    """Lift a restriction when nothing is late any more; one that a person made in a case stays."""
    if not duty.step:
        return
    late = change.find(Duty, Search({"organisation": duty.organisation, "state": LATE}, limit=10)).items
    holder = change.hold(Organisation, duty.organisation)
    made = {"organisation": holder.id, "kind": "incident", "state": "restricted"}
    if holder.state != "restricted" or any(d.id != duty.id for d in late):
        return
    if change.find(Case, Search(made, limit=1)).items:
        return
    change.put(replace(holder, state="active", steps=0))
    change.log(Event(at, "organisation.lifted", holder.id, holder.id, actor.sign, {"duty": duty.id}))


def _letter(change: Change, office: Office, duty: Duty, at: datetime, kind: str, **parts: object) -> None:
    english, chinese = said("duty." + kind, what=duty.says, due=duty.due, **parts)[0], ""
    chinese = said("duty." + kind, what=duty.says_zh or duty.says, due=duty.due, **parts)[1]
    title, title_zh = said(f"title.{kind}")
    key = office.mint("letter")
    change.add(Letter(key, f"duty_{kind}", duty.id, duty.organisation, title, english, title_zh, chinese, at))


def _met(change: Change, duty: Duty, actor: Actor, evidence: tuple[str, ...], at: datetime) -> Duty:
    pieces = tuple(e.strip() for e in evidence if e.strip())
    if not 0 < len(pieces) <= _PIECES or any(len(p) > _SIGNS for p in pieces):
        raise InputError(
            "an obligation is met by evidence",
            where=duty.id,
            expected=f"1 to {_PIECES} documents or sentences of at most {_SIGNS} characters",
            found=f"{len(pieces)} pieces",
            next_step="attach the report or proof",
        )
    late = at.date() > duty.due and duty.kind not in owed.PROOFS
    data = {**duty.data, "late": "yes"} if late else duty.data
    kept = change.put(replace(duty, state=MET, met=at, evidence=(*duty.evidence, *pieces), data=data))
    _log(change, kept, "duty.met", actor, at, {"pieces": len(pieces)})
    return kept


def _there(change: Change, key: str) -> Duty | None:
    try:
        return change.get(Duty, key)
    except AddressError:
        return None


def _held(change: Change, actor: Actor, verb: str, key: str) -> Duty:
    _seen(change, actor, verb, key)
    return change.hold(Duty, key)


def _seen(look: View, actor: Actor, verb: str, key: str) -> Duty:
    try:
        found = look.get(Duty, key)
    except AddressError:
        access.require(actor, verb)
        raise
    access.require(actor, verb, found.organisation)
    return found


def _settled(duty: Duty, expected: str) -> StateError:
    return StateError(
        "this cannot be done with the obligation now", where=duty.id, expected=expected, found=duty.state,
        next_step="look at what was done about it",
    )  # fmt: skip


def _log(
    change: Change, duty: Duty, kind: str, actor: Actor, at: datetime, data: Mapping[str, object]
) -> None:
    change.log(Event(at, kind, duty.id, duty.organisation, actor.sign, {"subject": duty.subject, **data}))
