"""How the answers of vetting weigh: by the profile, and by defaults where it says nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from xenotime.core.canon import digest
from xenotime.programme.casework.case import Finding
from xenotime.programme.profile import Profile

#: What weighs how where the profile has no line `vetting.<kind>.<answer>`.
DEFAULTS: Mapping[str, str] = {
    "vetting.list.certain": "stop",
    "vetting.list.probable": "concern",
    "vetting.list.none": "clear",
    "vetting.ownership.certainly": "stop",
    "vetting.ownership.possibly": "concern",
    "vetting.ownership.minority": "note",
    "vetting.ownership.suspended": "note",
    "vetting.ownership.unverified": "concern",
    "vetting.ownership.not": "clear",
    "vetting.military.yes": "stop",
    "vetting.military.disputed": "concern",
    "vetting.military.unknown": "note",
    "vetting.military.no": "clear",
    "vetting.law.prohibited": "stop",
    "vetting.law.presumed_denied": "stop",
    "vetting.law.case_by_case": "concern",
    "vetting.law.licence": "clear",
    "vetting.law.report": "clear",
    "vetting.law.not_controlled": "note",
    "vetting.law.unknown_code": "concern",
    "vetting.law.open": "concern",
    "vetting.law.undetermined": "note",
    "vetting.law.unverified": "note",
    "vetting.law.conflict": "concern",
}


@dataclass(frozen=True)
class Scale:
    """How answers weigh: by the profile's lines for the track, then for both, then by `DEFAULTS`."""

    profile: Profile
    track: str
    at: datetime
    read: Mapping[str, str]

    @property
    def lists(self) -> str:
        """The hash of all list versions together."""
        return digest(self.read)

    def weight(self, kind: str, answer: str) -> str:
        """The weight of an answer; a word nobody foresaw is a concern."""
        address = f"vetting.{kind}.{answer}"
        for line in (f"{self.track}.{address}", address):
            if line in self.profile.lines:
                return str(self.profile.value(line))
        return DEFAULTS.get(address, "concern")

    def finding(
        self,
        kind: str,
        answer: str,
        says: tuple[str, str],
        source: str,
        same: object,
        data: Mapping[str, Any],
    ) -> Finding:
        """A finding whose id is the hash of what it rests on (`same`): an equal one has an equal id.

        `says` is what it says in English and in Chinese.
        """
        weight = self.weight(kind, answer)
        number = f"{kind}-{digest([kind, answer, weight, same])[:16]}"
        kept = {"answer": answer, **data}
        return Finding(number, kind, weight, says[0], self.at, source, kept, says_zh=says[1])
