"""Changes of law put together for reading: articles of one instrument that changed alike are one line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from xenotime.law.compare import CHANGED, Change, Detail, Span
from xenotime.report.change.words import days
from xenotime.report.words import Words


@dataclass(frozen=True, slots=True)
class Group:
    """Addresses that changed in the same way: of one instrument, or alone."""

    kind: str
    how: str
    instrument: str
    parts: tuple[str, ...]
    titles: tuple[str, ...]
    spans: tuple[Span, ...]
    details: tuple[Detail, ...]
    touches: tuple[str, ...]

    @property
    def label(self) -> str:
        """The instrument with its parts, or the one address."""
        if not self.parts:
            return self.instrument
        return f"{self.instrument}/{', '.join(self.parts)}"


def grouped(changes: Iterable[Change]) -> tuple[Group, ...]:
    """The changes in order; articles with equal dates and no changed words share a group."""
    found: dict[object, list[Change]] = {}
    for change in changes:
        alike = change.kind == "article" and not change.details
        instrument = change.address.rpartition("/")[0]
        key = (instrument, change.how, change.spans) if alike else change.address, change.kind
        found.setdefault(key, []).append(change)
    return tuple(_group(several) for several in found.values())


def _group(several: list[Change]) -> Group:
    first = several[0]
    instrument, _, part = first.address.rpartition("/")
    article = first.kind == "article"
    parts = tuple(c.address.rpartition("/")[2] for c in several) if article and part else ()
    return Group(
        first.kind,
        first.how,
        instrument if article else first.address,
        parts,
        tuple(dict.fromkeys(c.title for c in several)),
        first.spans,
        first.details,
        first.touches,
    )


def shown(group: Group) -> tuple[Detail, ...]:
    """What is told beside the name: changed words; of a condition or of what came or went, the core."""
    told = ("day", "branches", "when", "while")
    if group.how == CHANGED and group.kind not in ("condition", "predicate"):
        return group.details
    return tuple(d for d in group.details if d.what in told)


def span_words(span: Span, say: Words) -> str:
    """A changed stretch in words: ``2025-12-01 to 2026-11-09: in force → suspended``."""
    before, after = (say.maybe("status", status) for status in (span.before, span.after))
    return f"{days(span.first, span.last, say)}: {before} → {after}"


def detail_words(detail: Detail, say: Words) -> str:
    """A changed piece in words; what only came or went stands alone."""
    name = say.maybe("detail", detail.what)
    if detail.before and detail.after:
        return f"{name}: {detail.before} → {detail.after}"
    return f"{name}: {detail.after or f'({detail.before})'}"
