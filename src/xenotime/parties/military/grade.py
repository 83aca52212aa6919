"""Whether a party, one of its sites or one contract has a military link: yes, no or unknown, and why.

The policy's table decides line by line; the answer names the line, what carried it, what stands against
it, what is stale, and what would change it. What would change it is tried, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from xenotime.parties.military.evidence import Change, Evidence, Subject, Verdict, Weighed, word
from xenotime.parties.military.policy import Ask, Line, Policy
from xenotime.parties.military.weigh import Scale, weigh

_TRIED = "to be found out"


def grade(policy: Policy, subject: Subject, pool: Sequence[Evidence], on: date, known: date) -> Verdict:
    """The answer for a subject on a day, as known on a day, with what would change it.

    Raises KeyError for a kind of evidence the policy does not have.
    """
    verdict = judge(policy, subject, pool, on, known)
    return replace(verdict, changes=tuple(_changes(policy, verdict, pool, on, known)))


def judge(policy: Policy, subject: Subject, pool: Iterable[Evidence], on: date, known: date) -> Verdict:
    """The answer alone, without trying what would change it."""
    scale = weigh(policy, subject, pool, on, known)
    one, other = _side(scale, military=True), _side(scale, military=False)
    line = decide(policy, one, other)
    carried, against = (other, one) if line.truth is False else (one, other)
    heavy = tuple(w for w in carried if w.rank == carried[0].rank) if carried else ()
    if line.twice:
        heavy = tuple(w for w in carried if w.rank >= line.least_for)
    return Verdict(
        subject,
        line.truth,
        line.id,
        line.says,
        heavy,
        against,
        tuple(w for w in carried if w not in heavy),
        scale.aside,
        tuple(w for w in (*scale.counted, *scale.unused) if w.stale),
        tuple(w for w in scale.unused if not w.stale),
    )


def decide(policy: Policy, one: Sequence[Weighed], other: Sequence[Weighed]) -> Line:
    """The first line of the table whose bounds hold for the evidence of both sides, heaviest first."""
    top = one[0].rank if one else 0
    against = other[0].rank if other else 0
    heaviest = {w.evidence.kind for w in one if w.rank == top}
    for line in policy.lines:
        fits = line.least_for <= top <= line.most_for and line.least_against <= against <= line.most_against
        if not fits or (line.kind and line.kind not in heaviest):
            continue
        if not line.twice or _twice(one, line.least_for):
            return line
    return policy.lines[-1]


def _twice(side: Sequence[Weighed], least: int) -> bool:
    """Whether two heavy pieces differ in kind and in source."""
    heavy = [(w.evidence.kind, w.evidence.source) for w in side if w.rank >= least]
    return any(a[0] != b[0] and a[1] != b[1] for i, a in enumerate(heavy) for b in heavy[i + 1 :])


def _side(scale: Scale, *, military: bool) -> tuple[Weighed, ...]:
    side = [w for w in scale.counted if w.evidence.military is military]
    return tuple(sorted(side, key=lambda w: (-w.rank, w.evidence.kind, w.evidence.source, w.evidence.place)))


def _changes(
    policy: Policy, verdict: Verdict, pool: Sequence[Evidence], on: date, known: date
) -> Iterable[Change]:
    """Everything tried that gives another answer: something new, something renewed, something gone."""
    day = min(on, known)
    tries: list[tuple[str, Sequence[Evidence]]] = []
    for ask in policy.asks:
        tries += [(what, (*pool, piece)) for what, piece in _asked(ask, verdict.subject, day)]
    for found in verdict.stale:
        old = found.evidence
        tries.append((f"{_title(policy, old)}, renewed", (*pool, replace(old, day=day))))
    if verdict.truth is not None:
        for found in verdict.carried:
            gone = found.evidence
            tries.append((f"{_title(policy, gone)} no longer standing", [p for p in pool if p is not gone]))
    seen: set[Change] = set()
    for what, changed in tries:
        truth = judge(policy, verdict.subject, changed, on, known).truth
        change = Change(what, word(truth))
        if truth is not verdict.truth and change not in seen:
            seen.add(change)
            yield change


def _asked(ask: Ask, subject: Subject, day: date) -> Iterable[tuple[str, Evidence]]:
    """What a person could find out about the subject, as the text of the ask and as evidence."""
    place = {"company": "-", "site": subject.site, "contract": subject.contract}[ask.level]
    shares = ask.values or ("",) * len(ask.says)
    for says, share in zip(ask.says, shares if place else (), strict=bool(place)):
        text = ask.text.format(place=place, year=day.year - 1)
        finding = f"{share} % or more" if share not in ("", "0") else f"{share} %" if share else says
        piece = Evidence(
            subject.party,
            ask.kind,
            says == "military",
            _TRIED,
            date(day.year - 1, 12, 31) if ask.values else day,
            ask.level,
            "" if ask.level == "company" else place,
            Decimal(share) if share else None,
            confidence="O",
        )
        yield f"{text}: {finding}", piece


def _title(policy: Policy, piece: Evidence) -> str:
    place = f" of {piece.level} {piece.place}" if piece.place else ""
    return f"{policy.kinds[piece.kind].title}{place} ({piece.source}{f', {piece.day}' if piece.day else ''})"
