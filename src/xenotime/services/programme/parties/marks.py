"""Flags that vetting raises and lowers by itself: the reason of a route or a halt is always in sight."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from xenotime.programme.access import SYSTEM
from xenotime.programme.casework import machine
from xenotime.programme.casework.case import CIVIL, Case, Finding
from xenotime.programme.casework.manifest import Manifest
from xenotime.services.programme.turn import Turn

#: Why vetting lowers a flag that it raised.
GONE = "the checks no longer find it"


def marked(made: Turn, case: Case, manifest: Manifest) -> Case:
    """The case with each flag that its findings ask for; one that they no longer ask for is lowered.

    A flag that a person raised is left alone; one that a person lowered comes back only for a finding that
    nobody has settled.
    """
    known = {m.id for m in manifest.flags}
    for name, asked in MARKS.items():
        if name not in known:
            continue
        found = next((f for f in case.findings if asked(case, f)), None)
        if found is not None:
            case = machine.flag(case, manifest, name, found.says[:300], SYSTEM, made.at)
        elif any(_mine(f.id, f.by, name) and f.lowered is None for f in case.flags):
            case = machine.unflag(case, name, GONE, SYSTEM, made.at)
    return case


def _mine(flag: str, by: str, name: str) -> bool:
    return flag.partition(".")[0] == name and by == SYSTEM.sign


def _hit(_: Case, finding: Finding) -> bool:
    """A name is, or may be, a listed party, and nobody has settled it."""
    return finding.kind == "list" and _answer(finding) != "none" and not finding.settled


def _watched(_: Case, finding: Finding) -> bool:
    """A party is on the watch list, or may be and nobody has settled it."""
    listed = finding.kind == "list" and finding.data.get("watch") is True
    return listed and (_answer(finding) == "certain" or not finding.settled)


def _unknown(_: Case, finding: Finding) -> bool:
    """The ownership data leave an owner or a share open."""
    return finding.kind == "ownership" and finding.data.get("unknown") is True and not finding.settled


def _linked(case: Case, finding: Finding) -> bool:
    """Evidence of a military link on the civil track."""
    said = finding.kind == "military" and _answer(finding) in ("yes", "disputed")
    return said and case.track == CIVIL and not finding.settled


def _answer(finding: Finding) -> str:
    return str(finding.data.get("answer", ""))


#: Flag -> whether a finding of a case asks for it.
MARKS: Mapping[str, Callable[[Case, Finding], bool]] = MappingProxyType(
    {"list_hit": _hit, "watch_listed": _watched, "owners_unknown": _unknown, "military_link": _linked}
)
