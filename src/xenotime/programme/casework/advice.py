"""Advice at three levels, its countersignature, and what of it is missing for a decision."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from xenotime.core.errors import AccessError, InputError, StateError
from xenotime.programme.access import Actor, person
from xenotime.programme.casework.case import Advice, Case
from xenotime.programme.profile import Profile

LEVELS = ("officer", "team", "final")
SAYS = ("grant", "grant_with_conditions", "refuse", "refer")
#: Which advice supports which end of a case.
SUPPORTS = {"grant": ("grant", "grant_with_conditions"), "refuse": ("refuse",), "any": SAYS}
#: Who may advise at which level.
ROLES = {"officer": ("officer",), "team": ("officer", "approver"), "final": ("officer", "approver")}

_ZH = {"officer": "经办", "team": "小组", "final": "最终"}


def advise(
    case: Case,
    level: str,
    says: str,
    reason: str,
    actor: Actor,
    at: datetime,
    conditions: tuple[str, ...] = (),
) -> Case:
    """The case with advice; earlier advice of the level, and of every level above it, is superseded.

    Raises InputError for another level, another word, no reason, or conditions without the word for them;
    AccessError for a role that does not advise; StateError if the case is closed.
    """
    if case.closed is not None:
        raise StateError("the case is closed", where=case.id, next_step="open a new case")
    if level not in LEVELS or says not in SAYS:
        raise InputError(
            "there is no such advice",
            where=case.id,
            expected=f"{' | '.join(LEVELS)}, and {' | '.join(SAYS)}",
            found=f"{level}, {says}",
        )
    if not reason.strip() or bool(conditions) != (says == "grant_with_conditions"):
        raise InputError(
            "advice needs its reason, and names conditions when it grants with conditions, only then",
            where=case.id,
            expected="a reason; conditions with grant_with_conditions",
            found=f"{says}, {len(conditions)} condition(s), reason {reason.strip()[:40]!r}",
        )
    if actor.role not in ROLES[level]:
        raise AccessError(
            f"advice at the level {level} is not yours to give",
            expected=" or ".join(ROLES[level]),
            found=actor.role,
        )
    above = LEVELS[LEVELS.index(level) :]
    kept = tuple(replace(a, superseded=True) if a.level in above else a for a in case.advice)
    new = Advice(f"A{len(case.advice) + 1}", level, says, reason.strip(), actor.sign, at, conditions)
    return replace(case, advice=(*kept, new))


def countersign(case: Case, advice: str, actor: Actor, at: datetime) -> Case:
    """The case with the advice countersigned.

    Raises AccessError for one's own advice or a role that does not countersign; StateError for advice that is
    superseded, countersigned already, or not on the case.
    """
    found = next((a for a in case.advice if a.id == advice), None)
    if found is None or found.superseded or found.countersigned_by or case.closed is not None:
        raise StateError(
            "this advice cannot be countersigned",
            where=f"{case.id}, {advice}",
            expected="standing advice of an open case that nobody countersigned",
            found="none" if found is None else "superseded, countersigned or closed",
            next_step="open the case again and look at the advice that stands",
        )
    if actor.role not in ("officer", "approver"):
        raise AccessError("countersigning is for officers and approvers", found=actor.role)
    if person(found.by) == actor.id:
        raise AccessError(
            "nobody countersigns their own advice",
            where=f"{case.id}, {advice}",
            expected="another person",
            found=actor.sign,
            next_step="ask a colleague to countersign",
        )
    signed = replace(found, countersigned_by=actor.sign, countersigned=at)
    return replace(case, advice=tuple(signed if a.id == advice else a for a in case.advice))


def standing(case: Case, level: str) -> Advice | None:
    """The advice that stands at a level."""
    return next((a for a in case.advice if a.level == level and not a.superseded), None)


def missing(case: Case, profile: Profile, end: str) -> tuple[str, str] | None:
    """What advice lacks for an end (grant | refuse | any): a level, a countersignature, or the right word."""
    levels = tuple(profile.value(f"{case.track}.advice.levels"))
    for level in levels:
        if standing(case, level) is None:
            return f"advice at the level {level} is missing", f"缺少{_ZH[level]}意见"
    for level in profile.value(f"{case.track}.advice.countersign"):
        found = standing(case, level)
        if found is not None and not found.countersigned_by:
            return f"advice at the level {level} is not countersigned", f"{_ZH[level]}意见尚未会签"
    last = standing(case, levels[-1]) if levels else None
    if last is not None and last.says not in SUPPORTS[end]:
        return f"the {last.level} advice says {last.says}, not {end}", "最后一级意见与本决定不一致"
    return None


def persons(case: Case, sign: str) -> frozenset[str]:
    """Who stands behind a decision: who gave the highest standing advice, its countersigner, and who acts."""
    last = next((a for level in reversed(LEVELS) if (a := standing(case, level)) is not None), None)
    named = {sign} if last is None else {sign, last.by, last.countersigned_by}
    return frozenset(person(sign) for sign in named if sign)
