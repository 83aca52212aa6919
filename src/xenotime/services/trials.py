"""Trials: each rule and condition of a book tried on rows of facts and days, with what must come out.

A trial names what it tries and a base of facts; its rows change some of them, on a day, as known on a day.
They guard a book against a change that nobody meant; that it was read rightly is what worked cases are for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from xenotime.core.dates import parse_day
from xenotime.core.errors import BookError
from xenotime.core.truth import Truth
from xenotime.law.answer import Outcome
from xenotime.law.facts import Value
from xenotime.law.instrument import load_yaml
from xenotime.law.law import Law
from xenotime.law.oracle import Scene, judge, presume
from xenotime.services.library import Library
from xenotime.services.transaction import read_facts

_WORDS: Mapping[str, Truth] = {"yes": True, "no": False, "unknown": None}
_TRIAL = ("of", "ground", "facts", "known", "branches", "rows")
_ROW = ("on", "known", "branches", "but", "holds", "outcome", "rule", "note")


@dataclass(frozen=True, slots=True)
class Trial:
    """One row: the facts on a day, as known on a day, and what must come out.

    `of` is the rule, predicate or condition that is tried, `branches` the hinges taken as settled, `holds`
    whether it holds ("" when the row does not say), `outcome` and `rule` the governing answer ("" likewise).
    """

    id: str
    of: str
    on: date
    known: date
    branches: Mapping[str, str]
    facts: Mapping[str, Value]
    holds: str
    outcome: str
    rule: str


def read_trials(library: Library, text: str, where: str) -> tuple[Trial, ...]:
    """The trials of a book's ``trials.yaml``.

    Raises BookError for a row that expects nothing or names no rule, FactError for facts of no such kind.
    """
    raw = load_yaml(text, where)
    given = raw.get("trials") if isinstance(raw, dict) else None
    if not isinstance(given, list):
        raise BookError("this file holds no trials", where=where, expected="trials: [{of: …}]")
    known = parse_day(raw.get("known"), where=f"{where}, known")
    return tuple(trial for one in given for trial in _rows(library, one, known, where))


def _rows(library: Library, given: Mapping[str, Any], known: date, where: str) -> Iterator[Trial]:
    tried, book = str(given.get("of", "")), library.law.book
    place = f"{where}, {tried}"
    _only(given, _TRIAL, place)
    if not (tried in book.rules or tried in book.predicates or tried in book.conditions):
        raise BookError(
            "this trial tries nothing of the book",
            where=place,
            expected="of: a rule's address, or the name of a predicate or condition",
            found=tried,
        )
    base = given.get("facts") or {}
    if given.get("known"):
        known = parse_day(given["known"], where=place)
    for number, row in enumerate(given.get("rows") or (), 1):
        here = f"{place}, row {number}"
        _only(row, _ROW, here)
        facts = read_facts(library, {**base, **(row.get("but") or {})}, here)
        seen = parse_day(row["known"], where=here) if row.get("known") else known
        trial = Trial(
            f"{tried}#{number}",
            tried,
            parse_day(row["on"], where=here) if row.get("on") else seen,
            seen,
            dict(row.get("branches", given.get("branches")) or {}),
            facts,
            str(row.get("holds", "")),
            str(row.get("outcome", "")),
            str(row.get("rule", "")),
        )
        _check(trial, here)
        yield trial


def _only(given: Mapping[str, Any], allowed: Sequence[str], where: str) -> None:
    unknown = sorted(set(given) - set(allowed))
    if unknown:
        raise BookError(
            "this trial has other keys", where=where, expected=", ".join(allowed), found=str(unknown)
        )


def _check(trial: Trial, where: str) -> None:
    words = {o.word for o in Outcome}
    if (
        not (trial.holds or trial.outcome)
        or (trial.holds and trial.holds not in _WORDS)
        or (trial.outcome and trial.outcome not in words)
    ):
        raise BookError(
            "this row does not say what must come out",
            where=where,
            expected=f"holds: yes | no | unknown, or outcome: {' | '.join(sorted(words))}",
            found=f"holds {trial.holds!r}, outcome {trial.outcome!r}",
        )


def failures(trial: Trial, law: Law) -> tuple[str, ...]:
    """What comes out otherwise than the trial says, as sentences; empty when all is as it says."""
    return tuple(_failures(trial, law))


def _failures(trial: Trial, law: Law) -> Iterator[str]:
    if trial.holds:
        row, _ = presume(law, trial.facts, strict=False)
        value = Scene(law, row, trial.on).values[trial.of]
        if value is not _WORDS[trial.holds]:
            yield f"{trial.of} holds: {trial.holds}, found {value}"
    if trial.outcome or trial.rule:
        verdict = judge(law, trial.facts, trial.on)
        rule = law.rules[verdict.rule].address if verdict.rule >= 0 else ""
        if trial.outcome and Outcome(verdict.outcome).word != trial.outcome:
            yield f"outcome {trial.outcome}, found {Outcome(verdict.outcome).word} ({rule or 'no rule'})"
        if trial.rule and rule != trial.rule:
            yield f"rule {trial.rule}, found {rule or 'none'}"
