"""The track of an organisation, decided by data: what throws it to the strict one, and the way back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

from xenotime.core.errors import AccessError, InputError, StateError
from xenotime.core.truth import Truth
from xenotime.programme import access
from xenotime.programme.access import SYSTEM, Actor
from xenotime.programme.casework.case import CIVIL, MILITARY, Case, Finding, Flag
from xenotime.programme.organisation import Organisation
from xenotime.programme.profile import Profile
from xenotime.services.programme.office import Office
from xenotime.services.programme.ports import Search
from xenotime.services.programme.turn import Turn, acted

#: What throws an organisation to the strict track where the profile has no line of that name.
DEFAULTS: Mapping[str, bool] = MappingProxyType(
    {
        "track.military.verdict_yes": True,
        "track.military.verdict_disputed": True,
        "track.military.declared": True,
        "track.military.owner": True,
    }
)


@dataclass(frozen=True, slots=True)
class Route:
    """Which track the data ask for, and each reason: the address of the profile's line and its words."""

    track: str
    reasons: tuple[tuple[str, str], ...]


def route(profile: Profile, findings: Iterable[Finding], *, declared: Truth) -> Route:
    """The track that findings and declarations ask for; a mixed group goes to the strict one.

    `declared`: whether the organisation itself declares defence business.
    """
    reasons: list[tuple[str, str]] = []
    if declared:
        reasons.append(("track.military.declared", "the organisation or its group declares defence business"))
    for f in findings:
        answer = str(f.data.get("answer", ""))
        if f.kind == "military" and answer in ("yes", "disputed"):
            reasons.append((f"track.military.verdict_{answer}", f.says))
        if f.kind == "ownership" and answer == "certainly" and f.weight == "stop":
            reasons.append(("track.military.owner", f.says))
    counted = tuple(r for r in reasons if _asks(profile, r[0]))
    return Route(MILITARY if counted else CIVIL, counted)


def _asks(profile: Profile, address: str) -> bool:
    line = profile.lines.get(address)
    return DEFAULTS.get(address, True) if line is None else line.value is True


def decided(made: Turn, case: Case, declared: Truth) -> Case:
    """The case on the track that its findings ask for, its organisation with it; only ever to the strict one.

    The switch is a decision with its own event. Back to the civil track is for two persons: `switch`.
    """
    found = route(made.office.profile, case.findings, declared=declared)
    if found.track == CIVIL or case.track == MILITARY:
        return case
    held = made.change.hold(Organisation, case.organisation)
    if held.track != MILITARY:
        _switched(
            made,
            held,
            MILITARY,
            "; ".join(says for _, says in found.reasons),
            [a for a, _ in found.reasons],
            but=case.id,
        )
    number = f"track_switched.{1 + sum(f.id.startswith('track_switched.') for f in case.flags)}"
    flag = Flag(number, found.reasons[0][1][:300], made.at, SYSTEM.sign)
    return replace(case, track=MILITARY, flags=(*case.flags, flag))


def switch(
    office: Office, actor: Actor, organisation: str, track: str, reason: str, at: datetime
) -> Organisation:
    """The organisation after a person's decision on its track.

    To the strict track one person is enough. Back to the civil one needs two: the first call proposes, the
    second, of another person, does it. Raises AccessError when one person tries to do both,
    StateError when it is on the track already, InputError without a reason.
    """
    if track not in (CIVIL, MILITARY) or not reason.strip():
        raise InputError(
            "a switch of the track names the track and its reason",
            expected=f"{CIVIL} or {MILITARY}, and words",
            found=f"{track[:20]}, {len(reason.strip())} characters",
        )

    access.require(actor, "case.track")

    def act(made: Turn) -> Organisation:
        held = made.change.hold(Organisation, organisation)
        if held.track == track:
            raise StateError("the organisation is on this track already", where=organisation, found=track)
        if track == MILITARY:
            return _switched(made, held, track, reason, [])
        return _back(made, held, reason)

    return acted(office, actor, at, act)


def _back(made: Turn, held: Organisation, reason: str) -> Organisation:
    """Back to the civil track: proposed by one person, done by another."""
    proposed = held.proposed
    if not proposed:
        after = made.change.put(replace(held, proposed=made.actor.sign))
        sign = made.veil(held.id, held.id, f"track/{after.version}", reason)
        made.note("organisation.track_proposed", held.id, held.id, {"to": CIVIL, "reason": sign})
        return after
    if access.person(proposed) == made.actor.id:
        raise AccessError(
            "two persons decide this: you proposed it, another does it",
            where=held.id,
            expected="another officer or approver",
            found=made.actor.sign,
            next_step="ask a colleague to decide",
        )
    return _switched(made, held, CIVIL, reason, [], by=proposed)


def _switched(
    made: Turn, held: Organisation, track: str, reason: str, lines: list[str], by: str = "", but: str = ""
) -> Organisation:
    """The organisation on the other track, its open cases but `but` with it, and the event that says so."""
    after = made.change.put(replace(held, track=track, proposed=""))
    where = {"organisation": held.id, "closed": None}
    for found in made.change.find(Case, Search(where, order="id", limit=500)).items:
        if found.id != but and found.track != track:
            case = made.change.hold(Case, found.id)
            kept = made.change.put(replace(case, track=track))
            made.note("case.track_switched", case.id, held.id, {"to": track, "version": kept.version})
    sign = made.veil(held.id, held.id, f"track/{after.version}", reason)
    said: dict[str, Any] = {
        "from": held.track,
        "to": track,
        "reason": sign,
        "lines": lines,
        "proposed_by": by,
    }
    made.note("organisation.track_switched", held.id, held.id, said)
    return after
