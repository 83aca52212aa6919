"""What a move does beyond its case: one function for each outer effect, all inside the move's own change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from xenotime.core.errors import StateError
from xenotime.programme.access import SYSTEM
from xenotime.programme.casework import machine
from xenotime.programme.casework.case import Case
from xenotime.programme.casework.effects import split
from xenotime.programme.casework.machine import Scene
from xenotime.programme.organisation import Organisation, Product
from xenotime.programme.oversight.duty import Duty
from xenotime.programme.trust.certificate import Certificate
from xenotime.programme.trust.licence import Permit
from xenotime.services.programme.casework import letters, scenes
from xenotime.services.programme.casework.opening import manifest_of, opened
from xenotime.services.programme.oversight import duties
from xenotime.services.programme.parties import vetting
from xenotime.services.programme.parties.dossier import laid, owners_of, rows, sites_of
from xenotime.services.programme.ports import Search
from xenotime.services.programme.shipping import referral
from xenotime.services.programme.trust import certificates, licences
from xenotime.services.programme.turn import Turn

__all__ = ["EFFECTS", "manifest_of", "moved", "opened", "products", "run"]

Effect = Callable[[Turn, Case, str, Scene], Case]
#: The highest sanction step.
TOP = 4


def run(made: Turn, case: Case, names: Iterable[str], scene: Scene) -> Case:
    """The case after every outer effect of a move, in the order of the table."""
    for name in names:
        effect, argument = split(name)
        case = EFFECTS[effect](made, case, argument, scene)
    return case


def _activate(made: Turn, case: Case, _: str, __: Scene) -> Case:
    form = case.form
    held = made.change.hold(Organisation, case.organisation)
    sites = [replace(s, id=made.office.mint("site")) for s in sites_of(form)]
    known = {(s.name, s.address) for s in held.sites}
    fresh = tuple(s for s in sites if (s.name, s.address) not in known)
    after = replace(
        laid(held, form) if case.kind == "registration" else held,
        state="active",
        track=case.track,
        sites=(*held.sites, *fresh),
        owners=owners_of(form) or held.owners,
        products=products(made, form) or held.products,
        evidence=(*held.evidence, *_declared(case, made)),
    )
    return _turned(made, case, after, "organisation.activated", {"track": after.track})


def _declared(case: Case, made: Turn) -> tuple[Mapping[str, Any], ...]:
    """What the form declares of defence business, as evidence that stays with the organisation."""
    said = case.form.get("defence_business")
    if not isinstance(said, bool):
        return ()
    day, source = made.at.date().isoformat(), f"declared on {case.id}"
    row = {"kind": "self_declaration", "military": said, "source": source, "day": day, "confidence": "own"}
    return (row,)


def products(made: Turn, form: Mapping[str, Any]) -> tuple[Product, ...]:
    """The products that a form declares in rows."""
    return tuple(
        Product(
            made.office.mint("product"),
            str(r.get("name", "")),
            str(r.get("site", "")),
            str(r.get("end_use", "")),
            dict(r.get("grams") or {}),
            int(r.get("yearly") or 0),
        )
        for r in rows(form, "products")
    )


def _state(state: str) -> Effect:
    def effect(made: Turn, case: Case, _: str, __: Scene) -> Case:
        held = made.change.hold(Organisation, case.organisation)
        return _turned(made, case, replace(held, state=state), f"organisation.{state}", {})

    return effect


def _approve(made: Turn, case: Case, _: str, scene: Scene) -> Case:
    """Sites of the form count from the day of the move: those named by id, and rows that are added."""
    held = made.change.hold(Organisation, case.organisation)
    picked = {x for x in case.form.get("sites") or () if isinstance(x, str)}
    declared = {(s.name, s.address): s for s in sites_of(case.form)}
    kept = []
    for site in held.sites:
        named = site.id in picked or declared.pop((site.name, site.address), None) is not None
        kept.append(replace(site, since=site.since or scene.on, until=None) if named else site)
    added = [replace(s, id=made.office.mint("site"), since=scene.on) for s in declared.values()]
    after = replace(held, sites=(*kept, *added))
    approved = sorted({*picked, *(s.id for s in added)})
    case = _turned(made, case, after, "organisation.sites_approved", {"sites": approved})
    if not added:
        return case
    names = {(s.name, s.address): s.id for s in after.sites}
    ids = [names[(s.name, s.address)] for s in sites_of(case.form)]
    return replace(case, form=MappingProxyType({**case.form, "sites": ids}))


def _step(by: int) -> Effect:
    def effect(made: Turn, case: Case, _: str, __: Scene) -> Case:
        held = made.change.hold(Organisation, case.organisation)
        after = replace(held, steps=min(max(held.steps + by, 0), TOP))
        return _turned(made, case, after, "organisation.stepped", {"steps": after.steps})

    return effect


def _turned(made: Turn, case: Case, after: Organisation, kind: str, said: Mapping[str, Any]) -> Case:
    made.change.put(after)
    made.note(kind, after.id, after.id, {**said, "case": case.id})
    return case


def _vet(made: Turn, case: Case, _: str, __: Scene) -> Case:
    return vetting.onto(made, case)


def _issue(made: Turn, case: Case, _: str, __: Scene) -> Case:
    issued = certificates.issue(made.change, made.office, case, made.actor, made.at)
    return replace(case, subject=issued.id)


def _extend(made: Turn, case: Case, _: str, __: Scene) -> Case:
    certificates.extend(made.change, made.office, case, made.actor, made.at)
    return case


def _license(made: Turn, case: Case, _: str, __: Scene) -> Case:
    issued = licences.issue(made.change, made.office, case, made.actor, made.at)
    return replace(case, subject=issued.id)


def _on_subject(verb: str) -> Effect:
    """The effect that does a verb of `certificates` or `licences` to what the case is about."""

    def effect(made: Turn, case: Case, _: str, __: Scene) -> Case:
        found = scenes.subject_of(made.change, case.subject)
        if isinstance(found, Certificate):
            if verb not in {"hold", "release"}:
                act = getattr(certificates, verb)
                act(made.change, made.office, found.id, made.actor, made.at, case.reason, case.id)
        elif isinstance(found, Permit):
            act = getattr(licences, verb)
            act(made.change, made.office, found.id, made.actor, made.at, case.reason, case.id)
        else:
            raise _lost(case)
        return case

    return effect


def _lost(case: Case) -> StateError:
    return StateError(
        "what this case is about is neither a certificate nor a licence",
        where=case.id,
        expected="the number of a certificate or licence",
        found=case.subject or "nothing",
        next_step="correct the subject of the case",
    )


def _amend(made: Turn, case: Case, _: str, __: Scene) -> Case:
    found = scenes.subject_of(made.change, case.subject)
    if isinstance(found, Certificate):
        certificates.amend(made.change, made.office, case, made.actor, made.at)
    elif isinstance(found, Permit):
        licences.amend(made.change, made.office, case, made.actor, made.at)
    else:
        raise _lost(case)
    return case


def _quota(made: Turn, case: Case, _: str, __: Scene) -> Case:
    """Caps are set where the certificate or licence is issued or changed; the log says that they stand."""
    caps = made.change.caps({"certificate": case.subject}) or made.change.caps({"licence": case.subject})
    made.note("quota.set", case.subject or case.id, case.organisation, {"caps": len(caps), "case": case.id})
    return case


def _letter(made: Turn, case: Case, template: str, _: Scene) -> Case:
    letters.send(made, case, manifest_of(case.kind), template)
    return case


def _open(made: Turn, case: Case, kind: str, _: Scene) -> Case:
    """A case that grows out of this one; an appeal is about this case itself and begins with its grounds."""
    appeal = kind == "appeal"
    subject = case.id if appeal or not case.subject else case.subject
    form = {"grounds": case.reason} if appeal and case.reason else None
    opened(made, kind, case.organisation, subject=subject, form=form, parent=case.id, system=True)
    return case


def _successor(made: Turn, case: Case, _: str, __: Scene) -> Case:
    """The amended application; one that was drawn for a check on site does not lose the draw by it."""
    new = opened(made, case.kind, case.organisation, subject=case.subject, form=case.form, parent=case.id)
    if any(f.id.partition(".")[0] == "sampled" and f.lowered is None for f in case.flags):
        made.change.put(machine.flag(new, manifest_of(case.kind), "sampled", "", SYSTEM, made.at))
    return case


def _duty(made: Turn, case: Case, kind: str, _: Scene) -> Case:
    subject = case.subject or case.id
    duties.open(made.change, made.office, kind, case.organisation, subject, made.actor, made.at)
    return case


def _fulfil(made: Turn, case: Case, kind: str, _: Scene) -> Case:
    """Open obligations of a kind about the subject of the case are met, shown by the case."""
    subjects = tuple(dict.fromkeys(x for x in (case.subject, case.id) if x))
    where = {"organisation": case.organisation, "kind": kind, "state": ("open", "late"), "subject": subjects}
    for found in made.change.find(Duty, Search(where, order="due", limit=100)).items:
        held = made.change.hold(Duty, found.id)
        data = {k: v for k, v in held.data.items() if k != "refused"}
        done = replace(held, state="met", met=made.at, evidence=(*held.evidence, case.id), data=data)
        kept = made.change.put(done)
        made.note("duty.met", kept.id, kept.organisation, {"subject": kept.subject, "case": case.id})
    return case


def _balk(made: Turn, case: Case, kind: str, _: Scene) -> Case:
    """Open obligations of a kind about the subject of the case are refused: their condition is broken."""
    where = {
        "organisation": case.organisation,
        "kind": kind,
        "state": ("open", "late"),
        "subject": case.subject,
    }
    for found in made.change.find(Duty, Search(where, order="due", limit=100)).items if case.subject else ():
        held = made.change.hold(Duty, found.id)
        kept = made.change.put(replace(held, state="late", data={**held.data, "refused": "yes"}))
        made.note("duty.refused", kept.id, kept.organisation, {"subject": kept.subject, "case": case.id})
    return case


def _answer(made: Turn, case: Case, answer: str, _: Scene) -> Case:
    """The answer to the shipment that was referred to this case; a notice that is taken back answers none."""
    if case.opened_by != SYSTEM.sign and answer == "refuse" and case.state == "withdrawn":
        return case
    referral.answered(
        made.change, made.office, case.subject, answer, made.actor, made.at, case.reason, case.id
    )
    return case


def _customs(made: Turn, case: Case, _: str, scene: Scene) -> Case:
    made.note(
        "customs.due",
        case.subject or case.id,
        case.organisation,
        {"case": case.id, "on": scene.on.isoformat()},
    )
    return case


def _appealed(event: str) -> Effect:
    """The effect that moves the appealed case by its own table, with its own step and event."""

    def effect(made: Turn, case: Case, _: str, __: Scene) -> Case:
        appealed = made.change.hold(Case, case.subject)
        moves = manifest_of(appealed.kind).moves
        if event == "stand" and not any((m.source, m.event) == (appealed.state, event) for m in moves):
            return case  # it went on meanwhile: a suspension that was appealed may have been lifted
        scene = scenes.of(made.change, made.office, appealed, made.at)
        moved(made, appealed, event, {}, scene, system=True)
        return case

    return effect


def moved(
    made: Turn, held: Case, event: str, data: Mapping[str, Any], scene: Scene, *, system: bool = False
) -> Case:
    """A held case after one move with its effects, kept and noted; `system`: the programme makes it."""
    actor = SYSTEM if system else made.actor
    fired = machine.fire(manifest_of(held.kind), held, event, actor, made.at, data, scene)
    after = run(made, fired.case, fired.effects, scene)
    number = len(held.steps)
    step = after.steps[number]
    note = made.veil(held.id, held.organisation, f"step/{number}", step.note)
    kept = made.change.put(after)
    said = {"event": event, "from": step.source, "to": step.to, "step": number, "note": note}
    made.note("case.moved", held.id, held.organisation, {**said, "version": kept.version})
    return kept


#: One function for each outer effect of the tables.
EFFECTS: MappingProxyType[str, Effect] = MappingProxyType(
    {
        "activate_organisation": _activate,
        "restrict_organisation": _state("restricted"),
        "close_organisation": _state("closed"),
        "approve_sites": _approve,
        "vet": _vet,
        "issue_certificate": _issue,
        "extend_certificate": _extend,
        "surrender_certificate": _on_subject("surrender"),
        "issue_licence": _license,
        "surrender_licence": _on_subject("surrender"),
        "amend_subject": _amend,
        "hold_subject": _on_subject("hold"),
        "release_subject": _on_subject("release"),
        "suspend_subject": _on_subject("suspend"),
        "reinstate_subject": _on_subject("reinstate"),
        "revoke_subject": _on_subject("revoke"),
        "set_quota": _quota,
        "letter": _letter,
        "open": _open,
        "open_successor": _successor,
        "duty": _duty,
        "step_up": _step(1),
        "step_down": _step(-1),
        "notify_customs": _customs,
        "resume_subject": _appealed("reopen"),
        "confirm_subject": _appealed("stand"),
        "meet_duty": _fulfil,
        "refuse_duty": _balk,
        "answer_shipment": _answer,
    }
)
