"""The case machine: what may happen to a case now, and the case after it; it keeps and sends nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from xenotime.core.errors import AccessError, StateError
from xenotime.programme.access import SYSTEM, Actor
from xenotime.programme.casework import clocks, effects, forms, lots, terms
from xenotime.programme.casework.advice import advise, countersign, standing
from xenotime.programme.casework.case import Case, Step
from xenotime.programme.casework.guards import Scene, Stop, look
from xenotime.programme.casework.manifest import Manifest, Move
from xenotime.programme.casework.talk import answer, ask, close, flag, settle, unflag
from xenotime.programme.casework.votes import vote

__all__ = [
    "Fired",
    "Possible",
    "Scene",
    "advise",
    "answer",
    "ask",
    "begin",
    "close",
    "countersign",
    "fire",
    "flag",
    "moves",
    "settle",
    "unflag",
    "vote",
]


@dataclass(frozen=True, slots=True)
class Possible:
    """A move of the present state, and what stands in its way; nothing: it can be made."""

    move: Move
    stops: tuple[Stop, ...]


@dataclass(frozen=True, slots=True)
class Fired:
    """The case after a move, what a service still does, and the move."""

    case: Case
    effects: tuple[str, ...]
    move: Move


def begin(
    manifest: Manifest,
    key: str,
    organisation: str,
    track: str,
    actor: Actor,
    at: datetime,
    *,
    title: str = "",
    subject: str = "",
    parent: str = "",
    form: Mapping[str, Any] | None = None,
) -> Case:
    """A new case in the first state of its manifest. Raises AccessError for a role that does not open it."""
    if actor.role not in manifest.opens:
        raise AccessError(
            f"a case of the kind {manifest.id} is not yours to open",
            where=manifest.id,
            expected=" or ".join(manifest.opens),
            found=actor.role,
        )
    return Case(
        id=key,
        kind=manifest.id,
        track=track,
        state=manifest.start.id,
        organisation=organisation,
        title=title or manifest.title,
        opened=at,
        opened_by=actor.sign,
        subject=subject,
        parent=parent,
        form=MappingProxyType(dict(form or {})),
    )


def moves(manifest: Manifest, case: Case, actor: Actor, scene: Scene) -> tuple[Possible, ...]:
    """Each move that the actor's role has in the present state, with what stands in its way."""
    return tuple(
        Possible(move, look(move.guards, manifest, case, actor, scene))
        for move in manifest.moves
        if move.source == case.state and _may(move, case, actor)
    )


def fire(
    manifest: Manifest,
    case: Case,
    event: str,
    actor: Actor,
    at: datetime,
    data: Mapping[str, Any] | None,
    scene: Scene,
) -> Fired:
    """The case after an event.

    Raises StateError if the state has no such move or a guard stops it, AccessError if the move is another
    role's or the case another organisation's, InputError if what the event asks is missing or malformed.
    """
    here = [m for m in manifest.moves if m.source == case.state and m.event == event]
    if not here:
        state = manifest.state(case.state)
        raise StateError(
            "this cannot happen now",
            where=f"{case.id}, in the state {state.title}",
            expected=", ".join(dict.fromkeys(m.event for m in manifest.moves if m.source == case.state))
            or "nothing",
            found=event,
            next_step="open the case again: somebody may have moved it",
        )
    move = next((m for m in here if _may(m, case, actor)), None)
    if move is None:
        raise AccessError(
            "this is not yours to do",
            where=case.id,
            expected=" or ".join(role for m in here for role in m.roles),
            found=actor.role,
        )
    given = forms.clean(move.asks, data or {}, case.track)
    stops = look(move.guards, manifest, case, actor, scene)
    if stops:
        raise StateError(
            f"{move.title} is not possible yet",
            where=case.id,
            expected="nothing in the way",
            found="; ".join(s.says for s in stops),
            next_step="do what is missing, then try again",
        )
    return _made(manifest, case, move, actor, at, given, scene)


def _may(move: Move, case: Case, actor: Actor) -> bool:
    own = actor.role != "applicant" or actor.organisation == case.organisation
    return actor.role in move.roles and own


def _made(
    manifest: Manifest,
    case: Case,
    move: Move,
    actor: Actor,
    at: datetime,
    given: Mapping[str, Any],
    scene: Scene,
) -> Fired:
    words = {f.id for f in move.asks if f.kind == "long"}
    note = "\n\n".join(str(given[name]) for name in given if name in words)
    to = manifest.state(move.to)
    step = Step(at, actor.sign, move.event, move.source, move.to, note)
    after = replace(
        case,
        state=move.to,
        steps=(*case.steps, step),
        form=MappingProxyType({**case.form, **{k: v for k, v in given.items() if k not in words}}),
        reason=note or case.reason,
    )
    for effect in move.effects:
        after = _inner(manifest, after, effect, at, scene, move)
    if to.final:
        after = replace(after, closed=at, outcome=to.outcome or to.id)
        for span in after.spans:
            after = clocks.stop(after, span.clock, scene.on)
    elif case.closed is not None:
        after = replace(after, closed=None, outcome="")
    after = replace(after, due=_due(manifest, after, scene))
    return Fired(after, tuple(e for e in move.effects if effects.split(e)[0] in effects.OUTER), move)


def _inner(manifest: Manifest, case: Case, effect: str, at: datetime, scene: Scene, move: Move) -> Case:
    """The case after one inner effect; an outer one changes nothing here."""
    name, argument = effects.split(effect)
    match name:
        case "start_clock":
            return clocks.start(case, argument, scene.on, move.event)
        case "stop_clock":
            return clocks.stop(case, argument, scene.on)
        case "raise_flag":
            mark = next(m for m in manifest.flags if m.id == argument)
            return flag(case, manifest, argument, mark.title, SYSTEM, at)
        case "forget_votes":
            return replace(case, votes=tuple(v for v in case.votes if v.matter != argument))
        case "forget_advice":
            return replace(case, advice=tuple(replace(a, superseded=True) for a in case.advice))
        case "attach_conditions":
            levels = scene.profile.value(f"{case.track}.advice.levels")
            last = standing(case, levels[-1]) if levels else None
            named = last.conditions if last is not None else ()
            return replace(case, conditions=terms.conditions(scene.profile, case.track, named))
        case "sample":
            percent = int(scene.profile.value(f"{case.track}.sample.percent"))
            drawn = lots.sampled(scene.lot, percent)
            return flag(case, manifest, "sampled", "", SYSTEM, at) if drawn else case
        case "queue":
            return replace(case, queue=argument)
        case "leave_queue":
            return replace(case, queue="", officer="")
    return case


def _due(manifest: Manifest, case: Case, scene: Scene) -> date | None:
    """The earliest day on which a running clock may end; none if no clock runs or none has an end."""
    running = (c for c in manifest.clocks if clocks.running(case, c.id) is not None)
    readings = (clocks.read(c, case, scene.profile, scene.calendar, scene.on) for c in running)
    return min((r.due[0] for r in readings if r.due is not None), default=None)
