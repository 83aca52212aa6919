"""Conditions: the profile's lines as objects that stand on a case, a certificate and in a shipment check."""

from __future__ import annotations

from xenotime.core.errors import InputError
from xenotime.programme.casework.case import Condition
from xenotime.programme.profile import Line, Profile

PREFIX = "condition."


def conditions(profile: Profile, track: str, extra: tuple[str, ...] = ()) -> tuple[Condition, ...]:
    """The conditions that stand on every grant of a track, then those named beside them.

    Raises InputError for a name that the profile does not have.
    """
    lines = {line.id.removeprefix(PREFIX): line for line in profile.under(PREFIX)}
    unknown = [name for name in extra if name not in lines]
    if unknown:
        raise InputError(
            "the profile has no such condition", expected=", ".join(lines), found=", ".join(unknown)
        )
    named = [name for name, line in lines.items() if track in line.value["tracks"] or name in extra]
    return tuple(condition(name, lines[name]) for name in named)


def condition(name: str, line: Line) -> Condition:
    """A line of a profile as a condition."""
    value = line.value
    return Condition(
        id=name,
        subject=value["subject"],
        test=value["test"],
        value=value.get("value", ""),
        evidence=value["evidence"],
        period=value["period"],
        consequence=value["consequence"],
        says=line.says,
        source=line.source,
        confidence=line.confidence,
    )
