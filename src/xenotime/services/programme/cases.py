"""The verbs on a case: each is one change that holds the case, moves it, does its effects and logs it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from xenotime.core.errors import AddressError, InputError, StateError
from xenotime.programme import access, forms, machine
from xenotime.programme.access import Actor
from xenotime.programme.case import Case, Paper
from xenotime.programme.machine import Scene
from xenotime.services.programme import effects, scenes
from xenotime.services.programme.office import Office
from xenotime.services.programme.ports import Page, Search
from xenotime.services.programme.turn import Turn, acted, allowed, once
from xenotime.services.programme.views import CaseView, redacted, view

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

#: The longest text of one field, question or reason [characters]; the largest document [bytes].
MOST_SIGNS, MOST_BYTES = 20_000, 25 << 20

#: A case after a deed, and what the log says of it.
Done = tuple[Case, Mapping[str, Any]]
Deed = Callable[[Turn, Case, Scene], Done]


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

    return _act(office, actor, case, "case.edit", "edited", at, deed, [form], key)


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

    return acted(office, actor, at, act)


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
        return after, {"query": query.id, "text": _veiled(made, held, f"query/{query.id}", query.asks)}

    return _act(office, actor, case, "case.judge", "asked", at, deed, [text, due], key)


def answer(
    office: Office, actor: Actor, case: str, query: str, text: str, at: datetime, *, key: str = ""
) -> Case:
    """The case with a question answered by the applicant. Raises StateError if it is not open."""

    def deed(made: Turn, held: Case, scene: Scene) -> Done:
        after = machine.answer(held, query, bounded(text), actor, at, scene.on, scene.profile)
        return after, {"query": query, "text": _veiled(made, held, f"query/{query}/answer", text)}

    return _act(office, actor, case, "case.act", "answered", at, deed, [query, text], key)


def close(
    office: Office, actor: Actor, case: str, query: str, why: str, at: datetime, *, key: str = ""
) -> Case:
    """The case with a question closed without an answer, and why."""

    def deed(made: Turn, held: Case, scene: Scene) -> Done:
        after = machine.close(held, query, bounded(why), actor, at, scene.on, scene.profile)
        return after, {"query": query, "text": _veiled(made, held, f"query/{query}/answer", why)}

    return _act(office, actor, case, "case.judge", "query_closed", at, deed, [query, why], key)


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
        sign = _veiled(made, held, f"advice/{new.id}", new.reason)
        return after, {"advice": new.id, "level": level, "says": says, "reason": sign}

    return _act(
        office, actor, case, "case.judge", "advised", at, deed, [level, says, reason, list(conditions)], key
    )


def countersign(office: Office, actor: Actor, case: str, advice: str, at: datetime, *, key: str = "") -> Case:
    """The case with advice countersigned. Raises AccessError for one's own advice."""

    def deed(_: Turn, held: Case, __: Scene) -> Done:
        return machine.countersign(held, advice, actor, at), {"advice": advice}

    return _act(office, actor, case, "case.judge", "countersigned", at, deed, [advice], key)


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
        sign = _veiled(made, held, f"vote/{matter}/{actor.body}/{held.version}", reason)
        return after, {"matter": matter, "body": actor.body, "says": says, "reason": sign}

    return _act(office, actor, case, "case.judge", "voted", at, deed, [matter, says, reason], key)


def flag(
    office: Office, actor: Actor, case: str, name: str, says: str, at: datetime, *, key: str = ""
) -> Case:
    """The case with a flag of its manifest raised; one that stands stays as it is."""

    def deed(made: Turn, held: Case, _: Scene) -> Done:
        after = machine.flag(held, effects.manifest_of(held.kind), name, bounded(says), actor, at)
        return after, {"flag": name, "says": _veiled(made, held, f"flag/{name}/{held.version}", says)}

    return _act(office, actor, case, "case.judge", "flagged", at, deed, [name, says], key)


def unflag(
    office: Office, actor: Actor, case: str, flag: str, why: str, at: datetime, *, key: str = ""
) -> Case:
    """The case with a flag lowered, and why. Raises StateError if it does not stand."""

    def deed(made: Turn, held: Case, _: Scene) -> Done:
        after = machine.unflag(held, flag, bounded(why), actor, at)
        return after, {"flag": flag, "why": _veiled(made, held, f"flag/{flag}/{held.version}/why", why)}

    return _act(office, actor, case, "case.judge", "unflagged", at, deed, [flag, why], key)


def settle(
    office: Office, actor: Actor, case: str, finding: str, why: str, at: datetime, *, key: str = ""
) -> Case:
    """The case with a finding settled by a person, and how. Raises StateError for one that is not open."""

    def deed(made: Turn, held: Case, _: Scene) -> Done:
        after = machine.settle(held, finding, bounded(why), actor, at)
        return after, {"finding": finding, "why": _veiled(made, held, f"finding/{finding}", why)}

    return _act(office, actor, case, "case.judge", "settled", at, deed, [finding, why], key)


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

    return _act(office, actor, case, "case.assign", "assigned", at, deed, [officer, queue], key)


def attach(
    office: Office,
    actor: Actor,
    case: str,
    name: str,
    data: bytes,
    purpose: str,
    at: datetime,
    *,
    media: str = "application/octet-stream",
    key: str = "",
) -> Case:
    """The case with a document; its content lies in the store under its hash.

    Raises InputError for an empty document, one above `MOST_BYTES`, or a closed case.
    """
    if not 0 < len(data) <= MOST_BYTES:
        raise InputError(
            "this document cannot be kept",
            where=name[:100],
            expected=f"1 to {MOST_BYTES:,} bytes",
            found=f"{len(data):,} bytes",
            next_step="split it, or send a smaller scan",
        )

    def deed(made: Turn, held: Case, _: Scene) -> Done:
        kept = made.change.keep_blob(data)
        paper = Paper(
            office.mint("paper"), name.strip()[:200], media, kept, len(data), at, actor.sign, purpose[:200]
        )
        title = made.veil(held.id, held.organisation, f"paper/{paper.id}", paper.name)
        said = {"paper": paper.id, "sha256": kept, "size": len(data), "name": title}
        return replace(held, papers=(*held.papers, paper)), said

    asked = [name, sha256(data).hexdigest(), purpose, media]
    return _act(office, actor, case, "document.add", "attached", at, deed, asked, key)


def paper(office: Office, actor: Actor, case: str, paper: str) -> tuple[Paper, bytes]:
    """A document of a case with its content. Raises AddressError if the case has none of this id."""
    with office.store.view() as look:
        held = allowed(actor, "document.read", look.get, Case, case)
        found = next((p for p in held.papers if p.id == paper), None)
        if found is None:
            raise AddressError("the case has no such document", where=case, found=paper[:60])
        return found, look.blob(found.sha256)


def find(office: Office, actor: Actor, search: Search) -> Page:
    """Cases that the actor may read: an applicant those of the own organisation, cut down as `view` does."""
    with office.store.view() as look:
        if access.permits(actor, "case.read"):
            return look.find(Case, search)
        access.require(actor, "case.read", actor.organisation)
        own = replace(search, where={**search.where, "organisation": actor.organisation})
        page = look.find(Case, own)
        return replace(page, items=tuple(redacted(c) for c in page.items))


def _act(
    office: Office,
    actor: Actor,
    case: str,
    verb: str,
    name: str,
    at: datetime,
    deed: Deed,
    asked: Sequence[Any],
    key: str,
) -> Case:
    """One deed on a held case: permitted, done once a key, kept, and noted for the log."""

    def act(made: Turn) -> Case:
        held = allowed(actor, verb, made.change.hold, Case, case)

        def done() -> Case:
            after, said = deed(made, held, scenes.of(made.change, office, held, at))
            kept = made.change.put(after)
            made.note(f"case.{name}", case, held.organisation, {**said, "version": kept.version})
            return kept

        return once(made, key, [name, case, *asked], done)

    return acted(office, actor, at, act)


def _veiled(made: Turn, case: Case, of: str, text: str) -> str:
    return made.veil(case.id, case.organisation, of, text.strip())


def bounded(text: str) -> str:
    """The text if it is of a size that is kept. Raises InputError if it is too long."""
    if len(text) > MOST_SIGNS:
        raise InputError(
            "this text is too long",
            expected=f"at most {MOST_SIGNS:,} characters",
            found=f"{len(text):,} characters",
            next_step="shorten it, or attach a document",
        )
    return text
