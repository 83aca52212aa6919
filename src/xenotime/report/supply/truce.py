"""The truce page: what each side promised, what was seen of it, what is due next, and what if it lapses."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from xenotime.report.supply.leaf import Card, Cell, Drawn, Fact, Leaf, Part, Rows, Source, put
from xenotime.report.supply.ledger import HARM, SIGNS, Pledge, ledger
from xenotime.report.supply.naming import country
from xenotime.report.supply.speak import speak
from xenotime.report.words import Words, load
from xenotime.services.supply.outcomes import Promise, Truce

#: States, the gravest first.
_GRAVE = ("broken", "late", "contested", "cannot be shown", "running", "open", "kept", "ended")


def write_truce(folder: Path, result: Truce, words: Words | None = None) -> Path:
    """The page as ``truce.html`` in a folder, whole or not at all. Raises InputError when it cannot be."""
    say = speak((words or load()).lang)
    return put(folder, "truce.html", leaf(result, say), say)


def leaf(result: Truce, say: Words) -> Leaf:
    """The page's parts: how many stand how, what is due next, the ledger over time, each promise."""
    old = result.on > result.read_until
    sides = [_side(side, counts, result, say) for side, counts in result.counts]
    return Leaf(
        say("supply.truce_title"),
        (
            say("say.on_known", on=result.on, known=result.known),
            say("supply.read_until", day=result.read_until),
        ),
        _answer(result, say),
        (_ahead(result, say), _over_time(result, say), *sides),
        _facts(result, say),
        warnings=(say("supply.read_until_note", day=result.read_until),) if old else (),
        sources=_sources(result),
        foot=(result.rule, say("supply.made")),
    )


def _answer(result: Truce, say: Words) -> str:
    if not result.promises:
        return say("supply.truce_none")
    found = [p.state for p in result.promises]
    parts = [f"{found.count(s)} {say.maybe('state', s)}" for s in _GRAVE if s in found]
    following = result.ahead[0] if result.ahead else None
    more = say("supply.next_due", day=following.due, what=following.what) if following else ""
    return say("supply.truce_answer", n=len(found), parts=", ".join(parts), next=more).strip()


def _facts(result: Truce, say: Words) -> tuple[Fact, ...]:
    return tuple(
        Fact(
            str(sum(n for _, n in counts)),
            say("supply.promises_of", who=country(side, say)),
            ", ".join(f"{n} {say.maybe('state', state)}" for state, n in counts if n),
            harm=any(n for state, n in counts if state in HARM),
        )
        for side, counts in result.counts
    )


def _ahead(result: Truce, say: Words) -> Part:
    head = ("supply.due", "supply.side", "label.what", "supply.lapses")
    rows = tuple(
        (
            Cell(p.due.isoformat() if p.due else say("say.unknown"), strong=True, note=_left(p, say)),
            Cell(country(p.side, say)),
            Cell(p.what),
            Cell(p.command, code=bool(p.command)),
        )
        for p in result.ahead
    )
    table = Rows(tuple(say(key) for key in head), rows, empty=say("supply.nothing_due"))
    return Part("ahead", say("supply.ahead"), (say("supply.ahead_text"),), (table,))


def _left(one: Promise, say: Words) -> str:
    return "" if one.days is None else say("supply.days_left", n=one.days)


def _over_time(result: Truce, say: Words) -> Part:
    ordered = sorted(result.promises, key=lambda p: (p.side, p.begins or p.announced, p.id))
    pledges = [Pledge(p.side, p.what, p.begins or p.announced, p.due, p.state) for p in ordered]
    figure = ledger("ledger", say("supply.ledger"), pledges, result.on, say)
    drawn = Drawn(figure, say("supply.ledger_caption"))
    return Part("ledger", say("supply.ledger"), (), (drawn,))


def _side(side: str, counts: Sequence[tuple[str, int]], result: Truce, say: Words) -> Part:
    found = sorted((p for p in result.promises if p.side == side), key=lambda p: (_rank(p.state), p.id))
    says = ", ".join(f"{n} {say.maybe('state', state)}" for state, n in counts if n)
    title = say("supply.promises_of", who=country(side, say))
    return Part(f"side-{side}", title, (says,), cards=tuple(_promise(p, say) for p in found))


def _rank(state: str) -> int:
    return _GRAVE.index(state) if state in _GRAVE else len(_GRAVE)


def _promise(one: Promise, say: Words) -> Card:
    left = f" ({_left(one, say)})" if one.days is not None and one.days >= 0 else ""
    due = one.due.isoformat() + left if one.due else say("say.open_end")
    lines = [
        (say("supply.announced"), one.announced.isoformat()),
        (say("supply.due"), due),
        (say("supply.because"), one.because),
        (say("label.article"), one.article),
        (say("supply.lapses"), one.command),
        (say("label.source"), f"{one.source} ({_sure(one.confidence, say)})"),
    ]
    seen = tuple((s.day.isoformat(), s.says, f"{s.source} ({_sure(s.confidence, say)})") for s in one.seen)
    return Card(
        SIGNS.get(one.state, "○"),
        say.maybe("state", one.state),
        one.what,
        tuple((name, text) for name, text in lines if text),
        seen,
        harm=one.state in HARM,
    )


def _sure(tag: str, say: Words) -> str:
    return say.confidence(tag) or tag


def _sources(result: Truce) -> tuple[Source, ...]:
    """Where each promise was announced."""
    return tuple(
        Source(p.id, p.what, p.state, p.source, p.url, p.announced.isoformat(), p.confidence)
        for p in result.promises
        if p.url
    )
