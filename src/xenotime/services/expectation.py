"""Compares an explanation with what a file expects of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from xenotime.core.truth import Truth
from xenotime.law.answer import Explanation
from xenotime.law.instrument import as_list

KEYS = (
    "outcome",
    "rule",
    "branches",
    "possible",
    "missing",
    "assuming",
    "notes",
    "duties",
    "scopes",
    "holds",
    "channels",
    "covered_by",
    "fails",
    "code",
)
_WORDS: dict[str, Truth] = {"yes": True, "no": False, "unknown": None}


def failures(expect: Mapping[str, Any], got: Explanation) -> tuple[str, ...]:
    """What differs, as sentences; empty when everything expected is there."""
    return tuple(_failures(expect, got))


def _failures(expect: Mapping[str, Any], got: Explanation) -> Iterator[str]:
    for key in expect:
        if key not in KEYS:
            yield f"`{key}` is not something that can be expected ({', '.join(KEYS)})"
    if "outcome" in expect and expect["outcome"] != got.outcome.word:
        yield f"outcome {expect['outcome']}, found {got.outcome.word} ({got.rule or 'no rule'})"
    if "rule" in expect and expect["rule"] != got.rule:
        yield f"rule {expect['rule']}, found {got.rule or 'none'}"
    if "code" in expect and str(expect["code"]) not in got.code:
        yield f"code {expect['code']}, found {got.code or 'none'}"
    yield from _branches(expect.get("branches") or {}, got)
    possible = [o.word for o in got.possible]
    if "possible" in expect and sorted(as_list(expect["possible"])) != sorted(possible):
        yield f"possible {expect['possible']}, found {possible}"
    yield from _contained(expect, got)
    yield from _answered("rule", expect.get("holds"), _held(expect, got))
    yield from _answered("scope", expect.get("scopes"), {s.address: s.holds for s in got.scopes})
    yield from _answered("channel", expect.get("channels"), {c.channel: c.eligible for c in got.channels})
    if "covered_by" in expect and set(as_list(expect["covered_by"])) != set(got.covered_by):
        yield f"covered by {expect['covered_by']}, found {list(got.covered_by)}"
    fails = {c.licence: set(c.fails) for c in got.coverage}
    for licence, bounds in (expect.get("fails") or {}).items():
        if set(as_list(bounds)) != fails.get(licence):
            yield f"licence {licence} fails {bounds}, found {sorted(fails.get(licence, ()))}"


def _held(expect: Mapping[str, Any], got: Explanation) -> dict[str, Truth]:
    """Whether each rule that is asked about holds; one that the explanation does not name does not."""
    found: dict[str, Truth] = dict.fromkeys(expect.get("holds") or {}, False)
    found.update((r.address, r.holds) for r in got.rules)
    found.update((s.address, s.holds) for s in got.scopes)
    found.update((c.address, c.eligible) for c in got.channels)
    found.update((n.address, True) for n in got.notes)
    found.update((d.address, True) for d in got.duties)
    return found


def _answered(kind: str, expect: object, found: Mapping[str, Truth]) -> Iterator[str]:
    """What differs between answers of yes, no and unknown."""
    for name, word in (expect if isinstance(expect, dict) else {}).items():
        if name not in found or found[name] is not _WORDS[str(word)]:
            yield f"{kind} {name} {word}, found {found.get(name, 'absent')}"


def _branches(expect: Mapping[str, Any], got: Explanation) -> Iterator[str]:
    found = {(b.hinge, b.branch): b.outcome.word for b in got.branches}
    for hinge, answers in expect.items():
        for branch, outcome in answers.items():
            if found.get((hinge, branch)) != outcome:
                yield f"{hinge}={branch}: {outcome}, found {found.get((hinge, branch), 'no such branch')}"


def _contained(expect: Mapping[str, Any], got: Explanation) -> Iterator[str]:
    names = {
        "missing": {m.fact for m in got.missing},
        "assuming": {a.fact for a in got.assuming},
        "notes": {n.address for n in got.notes},
        "duties": {d.address for d in got.duties},
    }
    for key, found in names.items():
        absent = [name for name in as_list(expect.get(key)) if name not in found]
        if absent:
            yield f"{key} {', '.join(absent)}, found {sorted(found)}"
