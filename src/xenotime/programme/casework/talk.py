"""What officers and applicants say on a case: questions and answers, flags, findings settled."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from xenotime.core.errors import AccessError, InputError, StateError
from xenotime.programme.access import Actor
from xenotime.programme.casework import clocks
from xenotime.programme.casework.case import Case, Flag, Query
from xenotime.programme.casework.manifest import Manifest
from xenotime.programme.profile import Profile


def ask(
    case: Case, text: str, actor: Actor, at: datetime, on: date, profile: Profile, due: date | None = None
) -> Case:
    """The case with a question to the applicant; it blocks every decision until it is answered or closed.

    It stops the clocks that run only if the profile says so. Raises InputError for an empty question,
    AccessError for a role that does not ask, StateError if the case is closed.
    """
    _open(case)
    _official(actor)
    query = Query(f"Q{len(case.queries) + 1}", _words(text, "a question needs words"), at, actor.sign, due)
    asked = replace(case, queries=(*case.queries, query))
    if profile.value("clock.decision.questions_stop") is True:
        asked = clocks.stop(asked, "decision", on)
    return asked


def answer(case: Case, query: str, text: str, actor: Actor, at: datetime, on: date, profile: Profile) -> Case:
    """The case with the applicant's answer, which closes the question.

    Raises AccessError for anybody but the applicant whose case it is, InputError for an empty answer,
    StateError for a question that is not open.
    """
    if actor.role != "applicant" or actor.organisation != case.organisation:
        raise AccessError(
            "only the applicant answers", expected="the applicant of the case", found=actor.role
        )
    found = _query(case, query)
    words = _words(text, "an answer needs words")
    return _closed(
        case, replace(found, answer=words, answered=at, answered_by=actor.sign, closed=at), on, profile
    )


def close(
    case: Case, query: str, reason: str, actor: Actor, at: datetime, on: date, profile: Profile
) -> Case:
    """The case with a question closed by an official without an answer, for a reason."""
    _official(actor)
    found = _query(case, query)
    words = _words(reason, "closing a question without an answer needs a reason")
    return _closed(case, replace(found, answer=words, answered_by=actor.sign, closed=at), on, profile)


def _closed(case: Case, query: Query, on: date, profile: Profile) -> Case:
    after = replace(case, queries=tuple(query if q.id == query.id else q for q in case.queries))
    waits = any(q.closed is None for q in after.queries)
    stopped = profile.value("clock.decision.questions_stop") is True and case.spans
    if stopped and not waits and case.spans[-1].clock == "decision" and case.spans[-1].stop is not None:
        return clocks.start(after, "decision", on, "answer")
    return after


def flag(case: Case, manifest: Manifest, name: str, says: str, actor: Actor, at: datetime) -> Case:
    """The case with a flag of the manifest raised; a flag that stands stays as it is.

    Raises InputError for a flag that this kind does not carry, AccessError for another role.
    """
    if actor.role not in ("officer", "approver", "system"):
        raise AccessError("flags are raised by officers and approvers", found=actor.role)
    mark = next((m for m in manifest.flags if m.id == name), None)
    if mark is None:
        raise InputError(
            "this kind of case carries no such flag",
            where=case.id,
            expected=", ".join(m.id for m in manifest.flags),
            found=name,
        )
    if any(f.id.partition(".")[0] == name and f.lowered is None for f in case.flags):
        return case
    earlier = sum(f.id.partition(".")[0] == name for f in case.flags)
    new = Flag(f"{name}.{earlier + 1}", says.strip() or mark.title, at, actor.sign, mark.blocks)
    return replace(case, flags=(*case.flags, new))


def unflag(case: Case, name: str, why: str, actor: Actor, at: datetime) -> Case:
    """The case with a flag lowered, for a reason; `name` is a flag's id or its name in the manifest.

    Raises StateError if it does not stand, InputError without a reason, AccessError for an applicant.
    """
    if actor.role not in ("officer", "approver", "system"):
        raise AccessError("flags are lowered by officers and approvers", found=actor.role)
    words = _words(why, "lowering a flag needs a reason")
    if not any(_named(f, name) for f in case.flags):
        raise StateError("no such flag stands", where=case.id, found=name)
    lowered = tuple(replace(f, lowered=at, why=words) if _named(f, name) else f for f in case.flags)
    return replace(case, flags=lowered)


def settle(case: Case, finding: str, says: str, actor: Actor, at: datetime) -> Case:  # noqa: ARG001 - as its siblings
    """The case with a finding settled: an official says how it was resolved.

    Raises StateError for a finding that is not there or settled, InputError without words.
    """
    _official(actor)
    words = _words(says, "settling a finding needs words")
    found = next((f for f in case.findings if f.id == finding and not f.settled), None)
    if found is None:
        raise StateError("no such finding is open", where=case.id, found=finding)
    done = replace(found, settled=words, settled_by=actor.sign)
    return replace(case, findings=tuple(done if f.id == finding else f for f in case.findings))


def _named(found: Flag, name: str) -> bool:
    return found.lowered is None and name in (found.id, found.id.partition(".")[0])


def _query(case: Case, query: str) -> Query:
    found = next((q for q in case.queries if q.id == query and q.closed is None), None)
    if found is None:
        raise StateError("no such question is open", where=case.id, found=query)
    return found


def _open(case: Case) -> None:
    if case.closed is not None:
        raise StateError("the case is closed", where=case.id, next_step="open a new case")


def _official(actor: Actor) -> None:
    if actor.role not in ("officer", "approver"):
        raise AccessError("this is for officers and approvers", found=actor.role)


def _words(text: str, what: str) -> str:
    if not text.strip():
        raise InputError(what, expected="at least one word", found="nothing")
    return text.strip()
