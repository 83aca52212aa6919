"""The whole portfolio by outcome, before and after, as two bars to one scale."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from xenotime.law.answer import Outcome
from xenotime.report.change.words import amount
from xenotime.report.figures.svg import Figure, Table, breadth, symbol, tag, words
from xenotime.report.words import Words
from xenotime.services.bulk.shift import Shift

_WIDTH, _LEFT, _BAR, _STEP, _TOP = 960, 90.0, 26.0, 42.0, 6.0


def bars(shift: Shift, say: Words) -> Figure:
    """Two bars of all shipments; a part too narrow for its number has it in the table only."""
    sides = [counts(shift, side) for side in (0, 1)]
    body = "".join(
        _bar(found, _TOP + place * _STEP, say("change.after" if place else "change.before"), say)
        for place, found in enumerate(sides)
    )
    legend, height = _legend({*sides[0], *sides[1]}, _TOP + 2 * _STEP + 8, say)
    told = [", ".join(f"{say.outcome(o)} {amount(n)}" for o, n in found.items()) for found in sides]
    desc = say("change.bars_desc", before=told[0], after=told[1])
    return Figure("bars", say("change.whole"), desc, _WIDTH, height, body + legend, _table(sides, say))


def counts(shift: Shift, side: int) -> dict[Outcome, int]:
    """Shipments by outcome before (side 0) or after (1), mildest first."""
    found: dict[Outcome, int] = {}
    for move in shift.moves:
        outcome = move.after if side else move.before
        found[outcome] = found.get(outcome, 0) + move.measure.shipments
    return {outcome: found[outcome] for outcome in sorted(found)}


def _bar(found: Mapping[Outcome, int], y: float, name: str, say: Words) -> str:
    total = sum(found.values()) or 1
    room, x = _WIDTH - _LEFT, _LEFT
    drawn = [words(name, _LEFT - 10, y + _BAR / 2 + 4, "t b", text_anchor="end")]
    for outcome, number in found.items():
        wide = room * number / total
        title = tag("title", escape(f"{say.outcome(outcome)}: {amount(number)}"))
        drawn.append(
            tag("rect", title, x=x, y=y, width=max(wide, 0.5), height=_BAR, class_=f"r f-{outcome.word}")
        )
        drawn.append(
            tag("rect", x=x, y=y, width=max(min(wide, 3), 0.5), height=_BAR, class_=f"f-{outcome.word}")
        )
        if breadth(amount(number)) + 24 <= wide:
            drawn.append(symbol(outcome.word, x + 12, y + _BAR / 2, 12))
            drawn.append(words(amount(number), x + 22, y + _BAR / 2 + 4))
        x += wide
    return "".join(drawn)


def _legend(outcomes: set[Outcome], y: float, say: Words) -> tuple[str, int]:
    drawn, x = [], _LEFT
    for outcome in sorted(outcomes):
        name = say.outcome(outcome)
        if x + breadth(name) + 40 > _WIDTH:
            x, y = _LEFT, y + 20
        drawn.append(symbol(outcome.word, x + 6, y, 12) + words(name, x + 17, y + 4, "m"))
        x += breadth(name) + 40
    return "".join(drawn), int(y + 16)


def _table(sides: list[dict[Outcome, int]], say: Words) -> Table:
    head = (say("label.outcome"), say("change.before"), say("change.after"), say("change.net"))
    rows = []
    for outcome in sorted({*sides[0], *sides[1]}):
        before, after = (found.get(outcome, 0) for found in sides)
        net = f"{after - before:+,}".replace("-", "−") if after != before else "0"
        rows.append((say.outcome(outcome), amount(before), amount(after), net))
    return Table(head, tuple(rows), frozenset({1, 2, 3}))
