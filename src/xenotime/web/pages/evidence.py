"""What vetting found, ready to be shown: pictures of ownership, hits explained, verdicts, the law."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from xenotime.core.errors import XenotimeError
from xenotime.parties.military.evidence import Verdict
from xenotime.programme.casework.case import Case, Finding
from xenotime.programme.casework.manifest import Manifest
from xenotime.report import figures, states
from xenotime.report.figures.ownership import ownership
from xenotime.report.figures.svg import Table
from xenotime.report.holders import charted
from xenotime.report.sheet import trusted
from xenotime.report.words import Words
from xenotime.services.programme.parties import vetting
from xenotime.services.screening.record import Hit

WEIGHTS = ("stop", "concern", "note", "clear")


@dataclass(frozen=True)
class Picture:
    """One picture of ownership: the rules that give the same one, the drawing, its caption and table."""

    rules: tuple[str, ...]
    svg: Markup
    caption: str
    table: Table


@dataclass(frozen=True)
class Seen:
    """The findings of a case by kind, the gravest first, with what can be drawn of them."""

    groups: Mapping[str, tuple[Finding, ...]]
    pictures: tuple[Picture, ...] = ()
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)
    hits: Mapping[str, tuple[Hit, ...]] = field(default_factory=dict)
    laws: tuple[Mapping[str, Any], ...] = ()


def read(case: Case, say: Words) -> Seen:
    """The findings of a case; data that a later release cannot read any more are left out of the drawing."""
    ranked = sorted(case.findings, key=lambda f: (bool(f.settled), WEIGHTS.index(f.weight)))
    groups: dict[str, tuple[Finding, ...]] = {}
    for finding in ranked:
        groups[finding.kind] = (*groups.get(finding.kind, ()), finding)
    return Seen(
        groups,
        tuple(_pictures(groups.get("ownership", ()), say)),
        _each(groups.get("military", ()), vetting.verdict_of),
        _each(groups.get("list", ()), vetting.hits_of),
        tuple(f.data["law"] for f in groups.pop("law", ()) if isinstance(f.data.get("law"), Mapping)),
    )


def namer(names: Iterable[tuple[str, str]], say: Words) -> Callable[[str], str]:
    """Who a sign or an account id stands for: the name if it may be known, or else the role."""
    known = dict(names)

    def name(sign: str) -> str:
        role, _, ident = sign.rpartition(":")
        return known.get(ident) or say.maybe("role", role or ident)

    return name


def _each(findings: Iterable[Finding], restore: Any) -> dict[str, Any]:  # noqa: ANN401 - any restorer of vetting
    found: dict[str, Any] = {}
    for finding in findings:
        try:
            found[finding.id] = restore(finding)
        except XenotimeError:
            continue
    return found


def _pictures(findings: Iterable[Finding], say: Words) -> Iterable[Picture]:
    """The charts of ownership; rules that give the same chart share one."""
    drawn: dict[Any, list[str]] = {}
    for owned in _each(findings, vetting.owned_of).values():
        drawn.setdefault(charted(owned.resolution, say), []).append(owned.rule.id)
    for place, (chart, rules) in enumerate(drawn.items()):
        figure = ownership(chart, say, f"ownership-{place}")
        yield Picture(tuple(rules), trusted(figures.inline(figure)), figure.title, figure.table)


def diagram(manifest: Manifest, state: str, say: Words) -> Markup:
    """The state table as a picture, with the state that the case is in."""
    return trusted(figures.inline(states.diagram(manifest, state, zh=say.lang == "zh")))
