"""Criteria: what a form must say for a grant, each a line of the profile with its source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xenotime.programme.casework.case import Case
from xenotime.programme.organisation import Organisation
from xenotime.programme.profile import Line, Profile

PREFIX = "criterion."
#: What a criterion may ask of its field: equal to a value; answered; none of a list; only allowed end uses.
TESTS = ("is", "filled", "without", "end_use")


def unmet(case: Case, profile: Profile, organisation: Organisation | None) -> tuple[Line, ...]:
    """The criteria of the case's kind and track that its form does not meet, in the profile's order.

    What is not answered is not met.
    """
    lines = [line for line in profile.under(PREFIX) if _applies(line.value, case)]
    return tuple(line for line in lines if not _met(line.value, case, profile, organisation))


def allowed(profile: Profile, country: str) -> frozenset[str]:
    """The end uses that a profile allows in a country.

    Source: the profile's lines `end_use.*`.
    """
    lines = profile.lines
    classes = lines.get(f"end_use.allowed.{country}", lines["end_use.allowed.default"]).value
    named = {use for name in classes for use in profile.value(f"end_use.{name}")}
    return frozenset(named) - frozenset(profile.value("end_use.never"))


def _applies(value: Mapping[str, Any], case: Case) -> bool:
    return case.kind in value["kinds"] and case.track in value["tracks"]


def _met(value: Mapping[str, Any], case: Case, profile: Profile, organisation: Organisation | None) -> bool:
    answer = case.form.get(value["field"])
    if answer is None or (isinstance(answer, str | list | tuple) and not answer):
        return False
    match value["test"]:
        case "is":
            return bool(answer == value["value"])
        case "without":
            return not set(answer) & set(value["value"])
        case "end_use":
            country = organisation.country if organisation is not None else ""
            return set(answer) <= allowed(profile, country)
    return True
