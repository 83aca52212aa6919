"""The verbs on a case: each is one change that holds the case, moves it, does its effects and logs it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from xenotime.core.errors import StateError
from xenotime.programme import access
from xenotime.programme.access import Actor
from xenotime.programme.casework import forms, machine
from xenotime.programme.casework.case import Case
from xenotime.programme.casework.machine import Scene
from xenotime.programme.read import manifests
from xenotime.services.programme.casework import effects, scenes
from xenotime.services.programme.casework.deeds import Done, bounded, done, veiled
from xenotime.services.programme.casework.papers import attach, paper
from xenotime.services.programme.casework.views import CaseView, redacted, view
from xenotime.services.programme.office import Office
from xenotime.services.programme.parties import vetting
from xenotime.services.programme.ports import Page, Search
from xenotime.services.programme.turn import Turn, acted, allowed, once

__all__ = [
    "CaseView",
    "advise",
    "answer",
    "ask",
    "assign",
    "attach",
    "close",
    "countersign",
    "edit",
    "find",
    "fire",
    "flag",
    "open_case",
    "paper",
    "settle",
    "unflag",
    "view",
    "vote",
]


def open_case(
    office: Office,
    actor: Actor,
    kind: str,
    organisation: str,
    at: datetime,
    *,
    subject: str = "",
    form: Mapping[str, Any] | None = None,
    parent: str = "",
    key: str = "",
) -> Case:
    """A new case of a kind for an organisation, in the first state of its manifest.

    Raises AccessError for another's organisation, AddressError for a kind or organisation that is not there,
    StateError where the kind cannot be opened now.
    """
    access.require(actor, "case.open", organisation)
    asked = ["open", kind, organisation, subject, parent, form or {}]

    def act(made: Turn) -> Case:
        return effects.opened(made, kind, organisation, subject=subject, form=form, parent=parent)

    return acted(office, actor, at, lambda made: once(made, key, asked, lambda: act(made)))


def edit(
    office: Office, actor: Actor, case: str, form: Mapping[str, Any], at: datetime, *, key: str = ""
) -> Case:
    """The case with other answers on its form: those given replace those there, the rest stays.

    Raises StateError where the state does not let the form be edited, InputError for a field it lacks.
    """

    def deed(_: Turn, held: Case, __: Scene) -> Done:
        manifest = effects.manifest_of(held.kind)
        if held.state not in manifest.editable:
            raise StateError(
                "the form cannot be changed now",
                where=held.id,
                expected=" or ".join(manifest.state(s).title for s in manifest.editable) or "never",
                found=manifest.state(held.state).title,
                next_step="wait for a question, or withdraw the case and open a new one",
            )
        return forms.edit(manifest, held, form), {"fields": sorted(form)}

    return done(office, actor, case, "case.edit", "edited", at, deed, [form], key)


def fire(
    office: Office,
    actor: Actor,
    case: str,
    event: str,
    at: datetime,
    data: Mapping[str, Any] | None = None,
    *,
    key: str = "",
) -> Case:
    """The case after one move of its state table, with every effect of the move done in the same change.

    Raises StateError where the state has no such move or a guard stops it, AccessError for another role,
    InputError for data that the move does not ask for.
    """

    def act(made: Turn) -> Case:
        held = allowed(actor, "case.act", made.change.hold, Case, case)
        scene = scenes.of(made.change, office, held, at)
        asked = ["moved", case, event, data or {}]
        return once(made, key, asked, lambda: effects.moved(made, held, event, data or {}, scene))

    return acted(office, actor, at, act, _ready(office, actor, case, event, at))


def _ready(office: Office, actor: Actor, case: str, event: str, at: datetime) -> Mapping[str, Any]:
    """What a move needs that takes time, worked out before its change holds anything."""
    vets = any(m.event == event and "vet" in m.effects for kind in manifests().values() for m in kind.moves)
    if not vets:
        return {}
    with office.store.view() as look:
        allowed(actor, "case.act", look.get, Case, case)
    return vetting.prepared(office, case, at)


def ask(
    office: Office,
    actor: Actor,
    case: str,
    text: str,
    at: datetime,
    *,
    due: date | None = None,
    key: str = "",
) -> Case:
    """The case with a question to the applicant; while it is open no final decision can be made."""

    def deed(made: Turn, held: Case, scene: Scene) -> Done:
        after = machine.ask(held, bounded(text), actor, at, scene.on, scene.profile, due)
        query = after.queries[-1]
        return after, {"query": query.id, "text": veiled(made, held, f"query/{query.id}", query.asks)}

    return done(office, actor, case, "case.judge", "asked", at, deed, [text, due], key)


def answer(
    office: Office, actor: Actor, case: str, query: str, text: str, at: datetime, *, key: str = ""
) -> Case:
    """The case with a question answered by the applicant. Raises StateError if it is not open."""

    def deed(made: Turn, held: Case, scene: Scene) -> Done:
        after = machine.answer(held, query, bounded(text), actor, at, scene.on, scene.profile)
        return after, {"query": query, "text": veiled(made, held, f"query/{query}/answer", text)}

    return done(office, actor, case, "case.act", "answered", at, deed, [query, text], key)


def close(
    office: Office, actor: Actor, case: str, query: str, why: str, at: datetime, *, key: str = ""
) -> Case:
    """The case with a question closed without an answer, and why."""

    def deed(made: Turn, held: Case, scene: Scene) -> Done:
        after = machine.close(held, query, bounded(why), actor, at, scene.on, scene.profile)
        return after, {"query": query, "text": veiled(made, held, f"query/{query}/answer", why)}

    return done(office, actor, case, "case.judge", "query_closed", at, deed, [query, why], key)


def advise(
    office: Office,
    actor: Actor,
    case: str,
    level: str,
    says: str,
    reason: str,
    at: datetime,
    *,
    conditions: Sequence[str] = (),
    unless: Callable[[Case], str] | None = None,
    key: str = "",
) -> Case:
    """The case with advice at a level (officer | team | final); earlier advice of the level is superseded.

    `unless` may say, of the case as it is held, why this advice is not for it: then StateError is raised.
    """

    def deed(made: Turn, held: Case, _: Scene) -> Done:
        why = unless(held) if unless else ""
        if why:
            raise StateError("this advice is not for this case", where=held.id, found=why)
        after = machine.advise(held, level, says, bounded(reason), actor, at, tuple(conditions))
        new = after.advice[-1]
        sign = veiled(made, held, f"advice/{new.id}", new.reason)
        return after, {"advice": new.id, "level": level, "says": says, "reason": sign}

    return done(
        office, actor, case, "case.judge", "advised", at, deed, [level, says, reason, list(conditions)], key
    )


def countersign(office: Office, actor: Actor, case: str, advice: str, at: datetime, *, key: str = "") -> Case:
    """The case with advice countersigned. Raises AccessError for one's own advice."""

    def deed(_: Turn, held: Case, __: Scene) -> Done:
        return machine.countersign(held, advice, actor, at), {"advice": advice}

    return done(office, actor, case, "case.judge", "countersigned", at, deed, [advice], key)


def vote(
    office: Office,
    actor: Actor,
    case: str,
    matter: str,
    says: str,
    at: datetime,
    *,
    reason: str = "",
    key: str = "",
) -> Case:
    """The case with the vote of the actor's body on a matter; it replaces an earlier vote of that body."""

    def deed(made: Turn, held: Case, scene: Scene) -> Done:
        after = machine.vote(held, scene.profile, matter, says, actor, at, bounded(reason))
        sign = veiled(made, held, f"vote/{matter}/{actor.body}/{held.version}", reason)
        return after, {"matter": matter, "body": actor.body, "says": says, "reason": sign}

    return done(office, actor, case, "case.judge", "voted", at, deed, [matter, says, reason], key)


def flag(
    office: Office, actor: Actor, case: str, name: str, says: str, at: datetime, *, key: str = ""
) -> Case:
    """The case with a flag of its manifest raised; one that stands stays as it is."""

    def deed(made: Turn, held: Case, _: Scene) -> Done:
        after = machine.flag(held, effects.manifest_of(held.kind), name, bounded(says), actor, at)
        return after, {"flag": name, "says": veiled(made, held, f"flag/{name}/{held.version}", says)}

    return done(office, actor, case, "case.judge", "flagged", at, deed, [name, says], key)


def unflag(
    office: Office, actor: Actor, case: str, flag: str, why: str, at: datetime, *, key: str = ""
) -> Case:
    """The case with a flag lowered, and why. Raises StateError if it does not stand."""

    def deed(made: Turn, held: Case, _: Scene) -> Done:
        after = machine.unflag(held, flag, bounded(why), actor, at)
        return after, {"flag": flag, "why": veiled(made, held, f"flag/{flag}/{held.version}/why", why)}

    return done(office, actor, case, "case.judge", "unflagged", at, deed, [flag, why], key)


def settle(
    office: Office, actor: Actor, case: str, finding: str, why: str, at: datetime, *, key: str = ""
) -> Case:
    """The case with a finding settled by a person, and how. Raises StateError for one that is not open."""

    def deed(made: Turn, held: Case, _: Scene) -> Done:
        after = machine.settle(held, finding, bounded(why), actor, at)
        return after, {"finding": finding, "why": veiled(made, held, f"finding/{finding}", why)}

    return done(office, actor, case, "case.judge", "settled", at, deed, [finding, why], key)


def assign(
    office: Office,
    actor: Actor,
    case: str,
    at: datetime,
    *,
    officer: str | None = None,
    queue: str | None = None,
    key: str = "",
) -> Case:
    """The case given to an officer (account id; "" nobody) or put into a queue; None leaves it as it is."""

    def deed(_: Turn, held: Case, __: Scene) -> Done:
        to, into = (held.officer if officer is None else officer), (held.queue if queue is None else queue)
        return replace(held, officer=to, queue=into), {"officer": to, "queue": into}

    return done(office, actor, case, "case.assign", "assigned", at, deed, [officer, queue], key)


def find(office: Office, actor: Actor, search: Search) -> Page:
    """Cases that the actor may read: an applicant those of the own organisation, cut down as `view` does."""
    with office.store.view() as look:
        if access.permits(actor, "case.read"):
            return look.find(Case, search)
        access.require(actor, "case.read", actor.organisation)
        own = replace(search, where={**search.where, "organisation": actor.organisation})
        page = look.find(Case, own)
        return replace(page, items=tuple(redacted(c) for c in page.items))
