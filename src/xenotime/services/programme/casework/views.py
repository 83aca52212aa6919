"""A case as a page needs it, in one look: everything for officials, a cut-down copy for the applicant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from xenotime.programme import access
from xenotime.programme.access import Actor
from xenotime.programme.account import Account
from xenotime.programme.casework import clocks, machine
from xenotime.programme.casework.case import Case, Finding
from xenotime.programme.casework.clocks import Reading
from xenotime.programme.casework.guards import Stop, look
from xenotime.programme.casework.machine import Possible, Scene
from xenotime.programme.casework.manifest import Manifest
from xenotime.programme.letter import Letter
from xenotime.programme.organisation import Organisation
from xenotime.programme.oversight.duty import Duty
from xenotime.programme.trust.certificate import Certificate
from xenotime.programme.trust.licence import Permit
from xenotime.services.programme.casework import scenes
from xenotime.services.programme.casework.effects import manifest_of
from xenotime.services.programme.casework.papers import shown
from xenotime.services.programme.office import Office
from xenotime.services.programme.ports import Search, View
from xenotime.services.programme.turn import allowed

#: The guards whose words are about the file's inside: an applicant does not read them.
INSIDE = (
    "unblocked",
    "checked",
    "settled",
    "advised",
    "voted",
    "outvoted",
    "persons",
    "inspected",
    "flagged",
    "other",
)
#: Ends that are not what was asked for, and events that are no decision on it.
AGAINST = ("refused", "withdrawn", "superseded", "lapsed", "surrendered", "dismissed", "closed")
ASIDE = ("withdraw", "surrender", "lapse", "stand", "amend")
_WAITS = Stop("authority", "the authority is not ready for this yet", "主管机关尚未办结前置事项")
_MANY = 50


@dataclass(frozen=True, slots=True)
class Act:
    """One line of a case's history: when, by whom, what, and its words. `inside`: not for the applicant."""

    at: datetime
    by: str
    what: str
    title: str
    title_zh: str
    says: str = ""
    inside: bool = False


@dataclass(frozen=True, slots=True)
class CaseView:
    """Everything a page shows of a case.

    `moves` are those of the actor's role with what stops each; `blocks` everything that stands in the way of
    any decision; `full` False: cut down for an applicant. `names`: who acts, by sign, for officials only.
    """

    case: Case
    manifest: Manifest
    organisation: Organisation
    moves: tuple[Possible, ...]
    blocks: tuple[Stop, ...]
    clocks: tuple[Reading, ...]
    letters: tuple[Letter, ...]
    related: tuple[Case, ...]
    certificates: tuple[Certificate, ...]
    permits: tuple[Permit, ...]
    duties: tuple[Duty, ...]
    history: tuple[Act, ...]
    editable: bool
    full: bool
    names: tuple[tuple[str, str], ...] = ()

    def found(self, kind: str) -> tuple[Finding, ...]:
        """The findings of a kind."""
        return tuple(f for f in self.case.findings if f.kind == kind)


def view(office: Office, actor: Actor, case: str, at: datetime) -> CaseView:
    """A case with all that belongs to it, read at one moment with a constant number of questions.

    Raises AccessError for another organisation's case, AddressError if there is none.
    """
    with office.store.view() as open_view:
        held = allowed(actor, "case.read", open_view.get, Case, case)
        scene = scenes.of(open_view, office, held, at)
        manifest = manifest_of(held.kind)
        found = _gathered(open_view, office, actor, held, manifest, scene)
    return found if access.permits(actor, "case.file") else cut(found)


def _gathered(
    kept: View, office: Office, actor: Actor, case: Case, manifest: Manifest, scene: Scene
) -> CaseView:
    mine = {"organisation": case.organisation}
    letters = kept.find(Letter, Search({"case": case.id}, order="-sent", limit=_MANY)).items
    moves = machine.moves(manifest, case, actor, scene)
    state = manifest.state(case.state)
    can = access.permits(actor, "case.edit", case.organisation)
    return CaseView(
        case,
        manifest,
        scene.organisation or kept.get(Organisation, case.organisation),
        moves,
        blocks(manifest, case, actor, scene),
        tuple(clocks.read(c, case, office.profile, office.calendar, scene.on) for c in manifest.clocks),
        letters,
        _related(kept, case),
        kept.find(Certificate, Search(mine, order="-issued", limit=_MANY)).items,
        kept.find(Permit, Search({"exporter": case.organisation}, order="-issued", limit=_MANY)).items,
        kept.find(Duty, Search(mine, order="due", limit=_MANY)).items,
        history(case, manifest, letters),
        can and state.id in manifest.editable,
        True,
        _names(kept, case),
    )


def blocks(manifest: Manifest, case: Case, actor: Actor, scene: Scene) -> tuple[Stop, ...]:
    """Everything that still stands in the way of what was asked for, from whatever state, each guard once."""
    wanted = {s.id for s in manifest.states if s.final and s.outcome not in AGAINST}
    moves = [m for m in manifest.moves if m.to in wanted and m.event not in ASIDE]
    found = (stop for m in moves for stop in look(m.guards, manifest, case, actor, scene))
    return () if case.closed is not None else tuple({stop.guard: stop for stop in found}.values())


def _related(kept: View, case: Case) -> tuple[Case, ...]:
    """Cases that grew out of this one or that it grew out of, or that are about the same thing."""
    found: dict[str, Case] = {}
    asked: list[dict[str, Any]] = [
        {"parent": case.id},
        {"id": [x for x in (case.parent, case.subject) if x] or [""]},
    ]
    if case.subject:
        asked.append({"subject": case.subject, "organisation": case.organisation})
    for where in asked:
        found |= {c.id: c for c in kept.find(Case, Search(where, order="-opened", limit=_MANY)).items}
    return tuple(c for c in found.values() if c.id != case.id and c.organisation == case.organisation)


def _names(kept: View, case: Case) -> tuple[tuple[str, str], ...]:
    """The names of the accounts that a case mentions, by account id."""
    signs = (
        {s.by for s in case.steps} | {a.by for a in case.advice} | {a.countersigned_by for a in case.advice}
    )
    signs |= {v.by for v in case.votes} | {q.by for q in case.queries} | {case.opened_by, case.officer}
    ids = sorted({sign.rpartition(":")[2] for sign in signs if sign})
    found: tuple[Account, ...] = kept.find(Account, Search({"id": ids}, limit=200)).items if ids else ()
    return tuple((a.id, a.name) for a in found)


def history(case: Case, manifest: Manifest, letters: Iterable[Letter]) -> tuple[Act, ...]:
    """Everything that happened to a case, oldest first."""
    titles = {(m.source, m.event): (m.title, m.title_zh) for m in manifest.moves}
    acts = [Act(case.opened, case.opened_by, "opened", "Case opened", "立案")]
    for s in case.steps:
        title, title_zh = titles.get((s.source, s.event), (s.event, s.event))
        acts.append(Act(s.at, s.by, s.event, title, title_zh, s.note))
    for q in case.queries:
        acts.append(Act(q.asked, q.by, "asked", "Question asked", "提出问询", q.asks))
        if q.closed is not None:
            acts.append(Act(q.closed, q.answered_by, "answered", "Question answered", "答复问询", q.answer))
    for a in case.advice:
        said = f"{a.level}: {a.says}. {a.reason}"
        acts.append(Act(a.at, a.by, "advised", "Advice given", "提出意见", said, inside=True))
        if a.countersigned is not None:
            acts.append(
                Act(
                    a.countersigned,
                    a.countersigned_by,
                    "countersigned",
                    "Advice countersigned",
                    "会签",
                    a.level,
                    inside=True,
                )
            )
    acts += [
        Act(v.at, v.by, "voted", "Vote cast", "投票", f"{v.body}: {v.says}. {v.reason}".strip(), inside=True)
        for v in case.votes
    ]
    for f in case.flags:
        acts.append(Act(f.raised, f.by, "flagged", "Flag raised", "设立标记", f.says, inside=True))
        if f.lowered is not None:
            acts.append(Act(f.lowered, "", "unflagged", "Flag lowered", "解除标记", f.why, inside=True))
    acts += [Act(p.added, p.by, "attached", "Document added", "添加文件", p.name) for p in case.papers]
    acts += [Act(x.sent, "authority", "letter", x.title, x.title_zh) for x in letters]
    return tuple(sorted(acts, key=lambda act: act.at))


def cut(found: CaseView) -> CaseView:
    """What an applicant sees: no advice, votes, flags, findings or officers; who acted, by role alone."""
    moves = tuple(Possible(p.move, _outside(p.stops)) for p in found.moves)
    case = redacted(found.case)
    return replace(
        found,
        case=case,
        moves=moves,
        blocks=_outside(found.blocks),
        related=tuple(redacted(c) for c in found.related),
        history=tuple(
            replace(a, by=role(a.by)) for a in history(case, found.manifest, found.letters) if not a.inside
        ),
        full=False,
        names=(),
    )


def _outside(stops: Iterable[Stop]) -> tuple[Stop, ...]:
    """What stands in the way, with everything inside the authority put as one sentence."""
    told = [s for s in stops if s.guard.partition(":")[0] not in INSIDE]
    hidden = [s for s in stops if s.guard.partition(":")[0] in INSIDE]
    return (*told, *((_WAITS,) if hidden else ()))


def role(sign: str) -> str:
    """Who acted, by role alone.

    >>> role("officer:A17"), role("authority")
    ('officer', 'authority')
    """
    return sign.partition(":")[0]


def told(case: Case, manifest: Manifest) -> frozenset[int]:
    """The steps whose words the applicant may read: the own ones, and those that a letter told of."""
    letters = {(m.source, m.event) for m in manifest.moves if any(e.startswith("letter:") for e in m.effects)}
    return frozenset(
        n for n, s in enumerate(case.steps) if role(s.by) == "applicant" or (s.source, s.event) in letters
    )


def redacted(case: Case) -> Case:
    """A case as its applicant may read it: nothing internal, nobody of the authority by name or account."""
    known = told(case, manifest_of(case.kind))
    steps = tuple(
        replace(s, by=role(s.by), note=s.note if n in known else "") for n, s in enumerate(case.steps)
    )
    return replace(
        case,
        reason=case.reason if case.reason in {s.note for s in steps} else "",
        queue="",
        officer="",
        flags=(),
        advice=(),
        votes=(),
        findings=(),
        opened_by=role(case.opened_by),
        queries=tuple(replace(q, by=role(q.by), answered_by=role(q.answered_by)) for q in case.queries),
        papers=tuple(replace(p, by=role(p.by)) for p in shown(case.papers)),
        steps=steps,
    )
