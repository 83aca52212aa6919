"""The addresses of a profile: what each line holds, and that every profile has what the programme reads."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from xenotime.core.errors import BookError
from xenotime.programme.casework.criteria import TESTS
from xenotime.programme.profile import Line, Profile
from xenotime.programme.trust import condition

TRACKS = ("civil", "military")
UNITS = ("working_days", "days")
#: Confidence letters of the law registers; `own`: our own policy. Only letters of official text may be law.
CONFIDENCE = ("A", "B", "C", "O", "X", "T", "L", "P", "V", "D", "M", "?", "own")
OFFICIAL = ("A", "O", "X", "T")

_TRACK: dict[str, str] = {
    "sample.percent": "percent",
    "sample.waive": "truth",
    "persons.grant": "number",
    "persons.revoke": "number",
    "persons.quota": "number",
    "advice.levels": "levels",
    "advice.countersign": "levels",
    "vote.grant.rule": "rule",
    "vote.grant.bodies": "words",
    "vote.withdraw.rule": "rule",
    "vote.withdraw.bodies": "words",
    "general_licence": "truth",
    "draw_without_licence": "truth",
    "suspend_first": "truth",
}
_CLOCKS = (
    "decision",
    "change",
    "completeness",
    "query",
    "hearing",
    "appeal",
    "appeal_decision",
    "cure",
    "incident",
    "review",
    "shipment",
)

#: Address -> what the line holds. A star stands for one name or more.
ADDRESSES: MappingProxyType[str, str] = MappingProxyType(
    {
        **{f"clock.{name}.days": "number" for name in _CLOCKS},
        **{f"clock.{name}.unit": "unit" for name in _CLOCKS},
        "clock.decision.questions_stop": "truth",
        **{f"{track}.{name}": kind for track in TRACKS for name, kind in _TRACK.items()},
        "end_use.civil": "words",
        "end_use.military": "words",
        "end_use.never": "words",
        "end_use.allowed.default": "words",
        "certificate.years": "number",
        "licence.general.years": "number",
        "licence.individual.years": "number",
        "shipment.reservation_days": "number",
        "shipment.ahead_days": "number",
        "duty.annual_report.due": "text",
        "duty.records.years": "number",
        "duty.review.months": "number",
        "duty.humanitarian.working_days": "number",
        "duty.downstream.working_days": "number",
        "duty.cure.days": "number",
        "duty.remind.days": "numbers",
        "sanction.steps": "words",
        "sanction.step_days": "number",
        "reconcile.tolerance_permille": "number",
        "reconcile.loss_permille": "number",
        "plausible.factor_percent": "number",
        "statistics.least": "number",
        "refusal.licence_duty": "truth",
        "refusal.mark": "truth",
    }
)
#: Families of lines: a profile has as many as it wants.
FAMILIES: MappingProxyType[str, str] = MappingProxyType(
    {
        "criterion.": "criterion",
        "condition.": "condition",
        "end_use.allowed.": "words",
        "cap.": "number",
        "vetting.": "weight",
        "civil.vetting.": "weight",
        "military.vetting.": "weight",
        "watch.": "act",
        "track.military.": "truth",
        "status.": "number",
    }
)
_CONDITION = {"subject", "test", "evidence", "period", "consequence", "tracks"}
_CRITERION = {"field", "test", "kinds", "tracks"}


def check(profile: Profile) -> Profile:
    """The profile itself. Raises BookError for a missing, unknown or malformed line, or law without text."""
    missing = [address for address in ADDRESSES if address not in profile.lines]
    if missing:
        raise _wrong(profile, "lines are missing", "every address of programme/lines.py", ", ".join(missing))
    for line in profile.lines.values():
        kind = ADDRESSES.get(line.id) or next((k for p, k in FAMILIES.items() if line.id.startswith(p)), None)
        if kind is None:
            raise _wrong(
                profile, "no part of the programme reads this line", "an address that is read", line.id
            )
        if not fits(kind, line.value):
            raise _wrong(profile, f"the line {line.id} holds something else", kind, repr(line.value)[:200])
        _sourced(profile, line)
    _votes(profile)
    return profile


def fits(kind: str, value: Any) -> bool:  # noqa: ANN401 - a value of a file
    """Whether a value is what a kind of line holds.

    >>> fits("number", 45), fits("number", True), fits("percent", 101)
    (True, False, False)
    """
    whole = isinstance(value, int) and not isinstance(value, bool) and value >= 0
    match kind:
        case "number":
            return whole
        case "percent":
            return whole and value <= 100
        case "truth":
            return isinstance(value, bool)
        case "text":
            return isinstance(value, str) and bool(value)
        case "words" | "levels":
            known = kind == "words" or set(value) <= {"officer", "team", "final"}
            return isinstance(value, list) and all(isinstance(v, str) and v for v in value) and known
        case "numbers":
            return isinstance(value, list) and all(fits("number", v) for v in value)
        case "unit":
            return value in UNITS
        case "rule":
            return value in ("none", "majority", "unanimous")
        case "act":
            return value in ("suspend", "review", "note")
        case "weight":
            return value in ("clear", "note", "concern", "stop")
        case "condition":
            shaped = _table(value, _CONDITION, {"value"})
            return shaped and value["test"] in condition.TESTS and set(value["tracks"]) <= set(TRACKS)
        case _:
            shaped = _table(value, _CRITERION, {"value"})
            return shaped and value["test"] in TESTS and set(value["tracks"]) <= set(TRACKS)


def _table(value: Any, needed: set[str], free: set[str]) -> bool:  # noqa: ANN401 - a value of a file
    return isinstance(value, Mapping) and needed <= set(value) <= needed | free


def _sourced(profile: Profile, line: Line) -> None:
    if line.confidence not in CONFIDENCE or not line.source or not line.says:
        raise _wrong(
            profile,
            f"the line {line.id} does not say what it rests on",
            " ".join(CONFIDENCE),
            line.confidence,
        )
    if line.law and line.confidence not in OFFICIAL:
        raise _wrong(
            profile,
            f"the line {line.id} calls itself law but rests on no official text",
            " ".join(OFFICIAL),
            line.confidence,
        )


def _votes(profile: Profile) -> None:
    """A vote has bodies, and only a vote has them; unanimity of nobody would grant everything."""
    for track in TRACKS:
        for matter in ("grant", "withdraw"):
            rule = profile.value(f"{track}.vote.{matter}.rule")
            bodies = profile.value(f"{track}.vote.{matter}.bodies")
            if (rule == "none") == bool(bodies) or len(set(bodies)) != len(bodies):
                raise _wrong(
                    profile,
                    f"the vote {track}.{matter} has a rule without bodies, or bodies without a rule",
                    "bodies, each once, if and only if the rule is not none",
                    f"{rule}, {bodies}",
                )


def _wrong(profile: Profile, what: str, expected: str, found: str) -> BookError:
    return BookError(
        what,
        where=f"profile {profile.id}",
        expected=expected,
        found=found,
        next_step="see docs/reference/programme and mend the profile",
    )
