"""How much a piece of evidence counts for one question: its class, after age, confidence and distance."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from xenotime.parties.military.evidence import OWN, Evidence, Subject, Weighed
from xenotime.parties.military.policy import Kind, Policy

#: What an undated piece of evidence, or one from outside the question, is called.
_HISTORY = 0


class Reach(Enum):
    """How a piece of evidence relates to the place that is asked about."""

    HERE = "here"
    COMPANY = "company"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Scale:
    """The evidence of a party on a scale: what counts, what is set aside, what is not used."""

    counted: tuple[Weighed, ...]
    aside: tuple[Weighed, ...]
    unused: tuple[Weighed, ...]


def weigh(policy: Policy, subject: Subject, pool: Iterable[Evidence], on: date, known: date) -> Scale:
    """Every piece of evidence about the party as it counts for the subject on a day, as known on a day.

    Company evidence that a fresh and decisive check of this very place answers is set aside if the
    policy lets its kind be answered. Raises KeyError for a kind the policy does not have.
    """
    counted: list[Weighed] = []
    unused: list[Weighed] = []
    for piece in pool:
        if piece.party == subject.party:
            found = _weighed(policy, subject, piece, on, known)
            (counted if found.rank else unused).append(found)
    checked = _answers(policy, subject, counted)
    if checked is None:
        return Scale(tuple(counted), (), tuple(unused))
    kept, aside = [], []
    for found in counted:
        line = _aside(policy, subject, found)
        if line:
            reason = f"{line}: answered by {_named(policy, checked.evidence)}"
            aside.append(_with(found, reason))
        else:
            kept.append(found)
    return Scale(tuple(kept), tuple(aside), tuple(unused))


def reach(piece: Evidence, subject: Subject) -> Reach:
    """Whether a piece of evidence speaks of the place asked about, of its company, or of another place."""
    if piece.level == "company":
        return Reach.HERE if subject.level == "company" else Reach.COMPANY
    place = subject.site if piece.level == "site" else subject.contract
    return Reach.HERE if piece.place and piece.place == place else Reach.ELSEWHERE


def _weighed(policy: Policy, subject: Subject, piece: Evidence, on: date, known: date) -> Weighed:
    kind = policy.kinds[piece.kind]
    out = _outside(subject, piece, on, known)
    if out:
        return Weighed(piece, policy.classes[_HISTORY], _HISTORY, (out,))
    rank, why = _class(policy, kind, piece)
    fresh = rank
    steps, aged = _age(kind, piece, on)
    rank, why = max(rank - steps, 0) if steps >= 0 else 0, [*why, *aged]
    stale = rank < fresh
    cap = policy.rank(policy.caps.get(piece.confidence, policy.caps["?"]))
    if cap < rank:
        rank = cap
        why.append(f"confidence {piece.confidence}: at most {policy.classes[cap]}")
    away, said = _away(policy, subject, piece)
    if away:
        rank = max(rank - away, 0)
        why.append(said)
    return Weighed(piece, policy.classes[rank], rank, tuple(why), stale)


def _outside(subject: Subject, piece: Evidence, on: date, known: date) -> str:
    """Why a piece of evidence says nothing about the question; "" when it does."""
    if piece.day is not None and piece.day > known:
        return f"not known yet on {known}"
    if piece.day is not None and piece.day > on:
        return f"of a later day than {on}"
    if not piece.military and reach(piece, subject) is Reach.ELSEWHERE:
        return f"speaks of {piece.level} {piece.place} only"
    return ""


def _class(policy: Policy, kind: Kind, piece: Evidence) -> tuple[int, list[str]]:
    side = kind.military if piece.military else kind.civil
    if not side:
        return 0, [f"{kind.title} says nothing civil"]
    rank, why = policy.rank(side.get(piece.level, "none")), []
    if kind.by_list and piece.military:
        text = f"{piece.listing} {piece.source}"
        named = next(one for one in policy.lists if one.holds(text))
        rank = min(rank, policy.rank(named.weight))
        why.append(named.law)
    if kind.bands and piece.military:
        name = _band(kind, piece.share)
        rank = min(rank, policy.rank(name))
        why.append(f"{'no share stated' if piece.share is None else f'{piece.share} %'}: {name}")
    return rank, why


def _band(kind: Kind, share: Decimal | None) -> str:
    """The class of the band that a share [percent] reaches; the last band without one."""
    return next((c for least, c in kind.bands if share is not None and share >= least), kind.bands[-1][1])


def _age(kind: Kind, piece: Evidence, on: date) -> tuple[int, list[str]]:
    """By how many classes age lowers it (-1: to history), and why."""
    if not kind.valid_days or piece.confidence == OWN:
        return 0, []
    if piece.day is None:
        return -1, ["undated: history only"]
    age = (on - piece.day).days
    if age <= kind.valid_days:
        return 0, []
    if age <= kind.valid_days + kind.later_days:
        return 1, [f"{age} days old, valid for {kind.valid_days}: one class lower"]
    return -1, [f"{age} days old, valid for {kind.valid_days} and {kind.later_days} more: history only"]


def _away(policy: Policy, subject: Subject, piece: Evidence) -> tuple[int, str]:
    """By how many classes distance lowers it, and why."""
    if reach(piece, subject) is not Reach.ELSEWHERE:
        return 0, ""
    to = "company" if subject.level == "company" else "other"
    steps = policy.steps[f"{piece.level}_to_{to}"]
    asked = "the whole company" if to == "company" else f"{subject.level} {subject.place}"
    return steps, f"of {piece.level} {piece.place}, asked of {asked}: {steps} lower"


def _answers(policy: Policy, subject: Subject, counted: Iterable[Weighed]) -> Weighed | None:
    """The fresh and decisive evidence that this very place does civil work; None without it."""
    top = len(policy.classes) - 1
    here = (
        found
        for found in counted
        if not found.evidence.military
        and found.rank == top
        and found.evidence.level != "company"
        and reach(found.evidence, subject) is Reach.HERE
    )
    return next(here, None)


def _aside(policy: Policy, subject: Subject, found: Weighed) -> str:
    """The line of the policy that sets a piece of evidence aside for a checked place; "" when none does."""
    away = found.evidence.military and reach(found.evidence, subject) is not Reach.HERE
    may = policy.kinds[found.evidence.kind].reaches == "unless_checked"
    return f"kind.{found.evidence.kind}.reaches = unless_checked" if away and may else ""


def _named(policy: Policy, piece: Evidence) -> str:
    return f"the {policy.kinds[piece.kind].title} of {piece.level} {piece.place}, {piece.day}"


def _with(found: Weighed, reason: str) -> Weighed:
    return Weighed(found.evidence, found.weight, found.rank, (*found.why, reason), found.stale)
