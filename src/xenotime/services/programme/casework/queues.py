"""The work of the authority: what waits where, on whom, what is late; advice on many light cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from xenotime.core.errors import InputError, StateError, XenotimeError
from xenotime.programme import access
from xenotime.programme.access import Actor
from xenotime.programme.casework.case import CIVIL, Case
from xenotime.programme.letter import Letter
from xenotime.services.programme.casework import cases
from xenotime.services.programme.office import Office
from xenotime.services.programme.ports import Search, View

#: The most cases that one bulk recommendation takes.
MOST = 200
_LATE = 50


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts of open cases by state, track, kind, queue and officer ("" nobody); what is late; my own work.

    `late` are open cases whose day is over, most overdue first, with the days [calendar] they are over.
    """

    states: Mapping[str, int]
    tracks: Mapping[str, int]
    kinds: Mapping[str, int]
    queues: Mapping[str, int]
    officers: Mapping[str, int]
    late: tuple[tuple[Case, int], ...]
    mine: tuple[Case, ...]
    unassigned: int


@dataclass(frozen=True, slots=True)
class Bulk:
    """What became of a bulk recommendation: the cases advised, and each that was not, with why."""

    done: tuple[str, ...]
    left: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Notices:
    """What waits for an organisation: unread letters and open questions."""

    letters: tuple[Letter, ...]
    questions: tuple[tuple[str, str, str, date | None], ...]


def overview(office: Office, actor: Actor, at: datetime) -> Overview:
    """The whole work as it stands. Raises AccessError for anybody outside the authority."""
    access.require(actor, "case.file")
    day, is_open = at.date(), {"closed": None}
    with office.store.view() as look:
        officers = look.count(Case, "officer", is_open)
        return Overview(
            look.count(Case, "state", is_open),
            look.count(Case, "track", is_open),
            look.count(Case, "kind", is_open),
            look.count(Case, "queue", is_open),
            officers,
            _late(look, day),
            look.find(Case, Search({**is_open, "officer": actor.id}, order="opened", limit=_LATE)).items,
            officers.get("", 0),
        )


def _late(look: View, on: date) -> tuple[tuple[Case, int], ...]:
    """Open cases whose day is over, from the one that is over longest."""
    where = {"closed": None, "due>": "", "due<": on}
    found: tuple[Case, ...] = look.find(Case, Search(where, order="due", limit=_LATE)).items
    return tuple((c, (on - c.due).days) for c in found if c.due is not None)


def assign(office: Office, actor: Actor, case: str, officer: str, at: datetime) -> Case:
    """The case given to an officer; "" gives it back to its queue."""
    return cases.assign(office, actor, case, at, officer=officer)


def light(case: Case) -> str:
    """Why a case is not for a bulk recommendation; "" if it is a light one: civil, open, and nothing found.

    Light: on the civil track, not closed, vetted, no standing flag, no open question, every finding clear
    or a note.
    """
    if case.track != CIVIL:
        return "not on the civil track"
    if case.closed is not None:
        return "closed"
    if any(f.lowered is None for f in case.flags):
        return "a flag stands"
    if any(q.closed is None for q in case.queries):
        return "a question is open"
    if not case.findings:
        return "not vetted"
    if any(f.weight in ("concern", "stop") for f in case.findings):
        return "something was found"
    return ""


def recommend(office: Office, actor: Actor, chosen: Sequence[str], reason: str, at: datetime) -> Bulk:
    """Officer-level advice to grant, given on many light civil cases at once; never a decision.

    Each case is a change of its own, and one that is not light is left with its reason. Raises InputError for
    too many cases, AccessError for a role that does not advise.
    """
    access.require(actor, "case.judge")
    if len(chosen) > MOST:
        raise InputError("too many cases at once", expected=f"at most {MOST}", found=str(len(chosen)))
    done: list[str] = []
    left: list[tuple[str, str]] = []
    for case in dict.fromkeys(chosen):
        try:
            cases.advise(office, actor, case, "officer", "grant", reason, at, unless=light)
        except StateError as error:
            left.append((case, error.problem.found or error.problem.what))
        except XenotimeError as error:
            left.append((case, error.problem.what))
        else:
            done.append(case)
    return Bulk(tuple(done), tuple(left))


def notices(office: Office, actor: Actor, organisation: str) -> Notices:
    """What waits for an organisation: its unread letters and the open questions of its cases."""
    access.require(actor, "organisation.read", organisation)
    mine = {"organisation": organisation}
    with office.store.view() as look:
        letters = look.find(Letter, Search({**mine, "read": None}, order="-sent", limit=_LATE)).items
        found: tuple[Case, ...] = look.find(
            Case, Search({**mine, "closed": None}, order="-opened", limit=MOST)
        ).items
    questions = tuple((c.id, q.id, q.asks, q.due) for c in found for q in c.queries if q.closed is None)
    return Notices(letters, questions)
