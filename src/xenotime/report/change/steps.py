"""What a change asks of the person who reads it: one step per kind of new answer, the gravest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from xenotime.law.answer import Outcome
from xenotime.report.words import Words
from xenotime.services.bulk.shift import Move, Shift

#: Steps in order, gravest first.
ORDER = ("stop", "conflict", "apply", "confirm", "ask", "read", "report", "milder", "free")
_BESIDE = {
    Outcome.OPEN: "read",
    Outcome.UNDETERMINED: "ask",
    Outcome.UNVERIFIED: "confirm",
    Outcome.CONFLICT: "conflict",
}
#: What gets easier has words of its own where all has left.
_MILD = ("milder", "free")
_MOST = 3


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: for how many shipments, how many of them still to leave, from which day, and how."""

    key: str
    outcome: Outcome
    shipments: int
    planned: int
    first: date | None
    says: str
    more: tuple[str, ...] = ()


def steps(shift: Shift, say: Words) -> tuple[Step, ...]:
    """The steps of a change, the gravest first; () when nothing moves."""
    groups: dict[str, list[Move]] = {}
    for move in shift.moved:
        groups.setdefault(key_of(move), []).append(move)
    return tuple(_step(key, groups[key], shift, say) for key in ORDER if key in groups)


def key_of(move: Move) -> str:
    """What the new answer asks for, given the old one."""
    if move.after in _BESIDE:
        return _BESIDE[move.after]
    if move.after is Outcome.PROHIBITED:
        return "stop"
    if move.after is Outcome.NOT_CONTROLLED:
        return "free"
    if Outcome.LICENCE <= move.before <= Outcome.PROHIBITED and move.after < move.before:
        return "milder"
    return "report" if move.after is Outcome.REPORT else "apply"


def _step(key: str, moves: list[Move], shift: Shift, say: Words) -> Step:
    number = sum(m.measure.shipments for m in moves)
    planned = sum(m.planned for m in moves)
    first = min((m.first for m in moves if m.first), default=None)
    said = key if planned else f"{key}_late" if key in _MILD else "late"
    says = say(f"step.{said}", n=number, planned=planned, outcome=say.outcome(moves[0].after))
    return Step(key, moves[0].after, number, planned, first, says, tuple(_more(key, moves, shift, say)))


def _more(key: str, moves: list[Move], shift: Shift, say: Words) -> list[str]:
    """Where to look, whom to ask, which articles to read."""
    if key == "confirm":
        return [f"{w.day}: {w.asks} {say('label.check')}: {w.check}" for w in shift.waiting]
    if key == "ask":
        legs = [(q, say.count("leg", q.legs)) for q in shift.questions]
        found = [f"{q.asks} ({say('say.ask_first', who=q.who)}; {n})" for q, n in legs[:_MOST]]
        return [*found, *([say("change.more", n=len(legs) - _MOST)] if len(legs) > _MOST else [])]
    articles = dict.fromkeys(after for m in moves for _, after, _ in m.grounds if after)
    return [say.some(articles, _MOST)] if articles else []


def gained(shift: Shift, say: Words) -> tuple[str, ...]:
    """The sentence on new duties, if there are any."""
    found = [d for d in shift.duties if d.gained]
    if not found:
        return ()
    names = ", ".join(dict.fromkeys(d.duty for d in found))
    return (say("step.duties", n=say.count("leg", max(d.gained for d in found)), names=names),)
