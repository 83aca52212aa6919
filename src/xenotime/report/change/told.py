"""A change of law in the terminal: the answer, what moves, what to do, who is touched, the law behind."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from rich.console import Group, RenderableType
from rich.text import Text

from xenotime.law.answer import Outcome
from xenotime.report.change.groups import detail_words, grouped, shown, span_words
from xenotime.report.change.steps import gained, steps
from xenotime.report.change.words import amount, called, days, mass, title, worth
from xenotime.report.palette import look
from xenotime.report.terminal import address, badge, grid, heading, joined, listing, muted, part
from xenotime.report.words import Words
from xenotime.services.bulk.shift import Measure, Move, Shift, Touched

#: How many rows a part shows before it says how many more there are.
ROWS = 8


def told(shift: Shift, say: Words) -> RenderableType:
    """The whole comparison on a screen or two; without a portfolio, the law alone."""
    over: list[RenderableType] = []
    if shift.portfolio:
        over = [
            part(say("change.moves"), *_moves(shift, say)),
            part(say("change.next"), *_steps(shift, say)),
            *_touched(say("change.parties"), shift.parties, say),
            *_touched(say("change.kinds"), shift.kinds, say),
            *_touched(say("change.products"), shift.products, say),
            *_duties(shift, say),
        ]
    return Group(
        _head(shift, say),
        *over,
        part(say("change.law"), *_law(shift, say)),
        Text(""),
        muted(f"{say('change.not_law')} {say('change.advice')}"),
    )


def _head(shift: Shift, say: Words) -> RenderableType:
    lines: list[RenderableType] = [joined(heading(shift.portfolio), heading(title(shift, say)), gap="  ·  ")]
    if shift.portfolio:
        lines.append(Text(answer(shift, say), style="bold"))
        lines += [muted(text) for text in notes(shift, say)]
    else:
        lines.append(muted(say("change.no_portfolio")))
    return Group(*lines, muted(counts(shift, say)))


def counts(shift: Shift, say: Words) -> str:
    """How many instruments, articles and other pieces changed, and how, in a sentence."""
    sums = Counter((c.kind, c.how) for c in shift.law.changes)
    parts = (
        say(
            "change.law_part",
            n=number,
            what=say.maybe("piece" if number == 1 else "pieces", kind),
            how=say.maybe("how", how),
        )
        for (kind, how), number in sums.items()
    )
    return say("change.law_count", parts=", ".join(parts)) if sums else say("change.no_law")


def answer(shift: Shift, say: Words) -> str:
    """What the change does to the portfolio, in a sentence or two."""
    everything, moved = shift.whole.shipments, shift.much.shipments
    if not moved:
        return say("change.answer_none", all=amount(everything))
    stay = amount(everything - moved)
    key = "change.answer" if moved > 1 else "change.answer_one"
    first = say(key, moved=amount(moved), all=amount(everything), stay=stay)
    planned = sum(m.planned for m in shift.moved)
    ahead = say("change.answer_late")
    if planned:
        day = min(m.first for m in shift.moved if m.first)
        ahead = say("change.answer_ahead", planned=amount(planned), day=day)
    return f"{first} {ahead}"


def notes(shift: Shift, say: Words) -> list[str]:
    """Under what choices the answer was made."""
    found = [say("change.moved_on", day=shift.on)] if shift.on else []
    chosen = {**shift.before.branches, **shift.after.branches}
    found += [say("change.strict_branches", hinge=h, branch=b) for h, b in chosen.items()]
    return found


def _moves(shift: Shift, say: Words) -> list[RenderableType]:
    if not shift.moved:
        return [muted(say("change.nothing_moves")), *map(muted, beside(shift, say)), _sum(shift, say)]
    rows = [_row(move, say) for move in shift.moved]
    for label, measure in (
        (say("change.all_moves"), shift.much),
        (say("change.stays"), shift.kept),
        (say("change.portfolio"), shift.whole),
    ):
        rows.append((Text(label, style="bold"), *_measure(measure, say), Text("")))
    head = (
        say("change.moves_to"),
        *(say("change.ships"), say("label.value"), say("change.kg"), say("change.planned")),
    )
    table = listing(head, rows, keep=(1, 2, 3, 4))
    for place in (1, 3, 4):
        table.columns[place].justify = "right"
    rules = f"{say('change.shipment_rule')} {say('change.unknown_rule')}"
    return [table, *map(muted, (*beside(shift, say), rules))]


def beside(shift: Shift, say: Words) -> list[str]:
    """What changes beside the outcomes of shipments: legs within them, and articles."""
    inside = "change.inside" if shift.inside > 1 else "change.inside_one"
    counts = ((inside, shift.inside), ("change.regrounded", shift.regrounded))
    return [say(key, n=amount(count)) for key, count in counts if count]


def _row(move: Move, say: Words) -> tuple[RenderableType, ...]:
    ahead = Text(f"{amount(move.planned)}" if move.planned else "–")
    return (arrow(move.before, move.after, say), *_measure(move.measure, say), ahead)


def arrow(before: Outcome, after: Outcome, say: Words) -> Text:
    """Two outcomes with an arrow between them."""
    return Text.assemble(badge(before, say), " → ", badge(after, say))


def _measure(measure: Measure, say: Words) -> tuple[Text, ...]:
    return (
        Text(amount(measure.shipments)),
        Text("\n".join(worth(measure, say))),
        Text("\n".join(mass(measure, say))),
    )


def _sum(shift: Shift, say: Words) -> Text:
    return muted(say("change.adds_up", whole=measure_words(shift.whole, say)))


def measure_words(measure: Measure, say: Words) -> str:
    """How much, on one line."""
    value = [f"{currency or say('change.no_currency')} {amount(sum_)}" for currency, sum_ in measure.value]
    value += [say("change.value_of", n=amount(measure.unvalued))] if measure.unvalued else []
    weight = [f"{amount(measure.kg)} kg"]
    weight += [say("change.mass_of", n=amount(measure.unweighed))] if measure.unweighed else []
    return say(
        "change.amounts",
        shipments=amount(measure.shipments),
        legs=amount(measure.legs),
        worth=", ".join(value) or "0",
        mass=", ".join(weight),
    )


def _steps(shift: Shift, say: Words) -> list[RenderableType]:
    found: list[RenderableType] = []
    for step in steps(shift, say):
        sign = Text(look(step.outcome).symbol, style=f"bold {look(step.outcome).terminal}")
        ahead = say("change.first_leaves") + f" {step.first}" if step.first else ""
        body = Group(joined(step.says, muted(ahead), gap="  "), *(muted(text) for text in step.more))
        found.append(grid([(sign, body)], keep=(0,), grow=1))
    found += [Text(text) for text in gained(shift, say)]
    return found or [muted(say("step.watch"))]


def _touched(name: str, every: tuple[Touched, ...], say: Words) -> list[RenderableType]:
    if not every:
        return []
    rows = [
        (
            Text(called(one, say)),
            Text(amount(one.measure.shipments)),
            Text("\n".join(worth(one.measure, say))),
            Text("\n".join(mass(one.measure, say))),
            _short(one),
        )
        for one in every[:ROWS]
    ]
    head = ("", say("change.ships"), say("label.value"), say("change.kg"), say("change.moves_to"))
    table = listing(head, rows, keep=(1, 2, 3))
    table.columns[1].justify = table.columns[3].justify = "right"
    return [part(name, table, *_more(len(every), say))]


def _short(one: Touched) -> Text:
    """The moves in signs; the table of moves above has each sign beside its word."""
    pairs = [Text.assemble(f"{n} ", _sign(old), "→", _sign(new)) for old, new, n in one.moves]
    return Text("  ").join(pairs)


def _sign(outcome: Outcome) -> tuple[str, str]:
    return look(outcome).symbol, f"bold {look(outcome).terminal}"


def _duties(shift: Shift, say: Words) -> list[RenderableType]:
    rows = [
        (
            Text(f"+{d.gained}" if d.gained else ""),
            Text(f"−{d.lost}" if d.lost else ""),
            address(d.address),
            Text(d.what),
        )
        for d in shift.duties
    ]
    if not rows:
        return []
    return [
        part(
            say("change.duties"),
            grid(rows[:ROWS], right=(0, 1), keep=(0, 1), grow=3),
            *_more(len(rows), say),
        )
    ]


def _more(total: int, say: Words) -> list[RenderableType]:
    return [muted(say("change.more", n=total - ROWS))] if total > ROWS else []


def _law(shift: Shift, say: Words) -> list[RenderableType]:
    if not shift.law.changes:
        return [muted(say("change.no_law"))]
    body: list[RenderableType] = []
    for group in grouped(shift.law.changes):
        line = joined(
            muted(f"{say.maybe('piece', group.kind)} {say.maybe('how', group.how)}"),
            address(group.label),
            Text("; ".join(group.titles[:2])),
            gap="  ",
        )
        inner = [span_words(s, say) for s in group.spans]
        inner += [detail_words(d, say) for d in shown(group)]
        if group.touches:
            inner.append(say("change.reads", n=len(group.touches), articles=say.some(group.touches, 3)))
        body.append(Group(line, *(muted(f"    {text}") for text in inner)))
    return [*body, muted(when(shift, say))]


def when(shift: Shift, say: Words) -> str:
    """The days on which an answer can differ at all."""
    if not shift.law.days:
        return say("change.same_day")
    return say(
        "change.can_differ", days="; ".join(_run(first, after, say) for first, after in shift.law.days)
    )


def _run(first: date, after: date | None, say: Words) -> str:
    return days(first, after - timedelta(days=1) if after else None, say)
