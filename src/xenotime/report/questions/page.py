"""The page of a portfolio's questions: what settles most, whom to ask, what stays open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from xenotime.report.questions.speak import asked, proof, speak, who
from xenotime.report.questions.stairs import Stair, stairs
from xenotime.report.supply.leaf import Cell, Drawn, Fact, Leaf, Part, Rows, cells, html, put
from xenotime.report.words import Words
from xenotime.services.ask.answers import Key
from xenotime.services.ask.form import Form
from xenotime.services.ask.inquiry import Inquiry, Step, Waiting
from xenotime.services.ask.question import Question

#: Shipments that a cell names before it counts the rest.
NAMED = 8
#: Steps that are drawn one by one; the table holds every one.
_DRAWN = 30


def write_page(folder: Path, inquiry: Inquiry, forms: Sequence[Form], lang: str) -> Path:
    """The page as ``questions.html`` in a folder, whole or not at all."""
    say = speak(lang)
    return put(folder, "questions.html", leaf(inquiry, forms, say), say)


def page(inquiry: Inquiry, forms: Sequence[Form], lang: str = "en") -> str:
    """The page as HTML text."""
    say = speak(lang)
    return html(leaf(inquiry, forms, say), say)


def leaf(inquiry: Inquiry, forms: Sequence[Form], say: Words) -> Leaf:
    """The page's parts: the answer, the order, the counterparties, what stays open."""
    byname = {question.key: question for question in inquiry.questions}
    parts = (_order(inquiry, byname, say), _whom(forms, say), _open(inquiry, byname, say))
    sub = (
        say("ask.sub", portfolio=inquiry.portfolio, n=inquiry.shipments, open=len(inquiry.waiting),
            day=inquiry.known),
    )  # fmt: skip
    facts = (
        Fact(str(inquiry.settles), say("ask.gain")),
        Fact(str(len(inquiry.waiting) - inquiry.settles), say("ask.open"), harm=True),
        Fact(str(sum(len(s.keys) for s in inquiry.steps)), say("ask.questions")),
        Fact(str(len(forms)), say("ask.files")),
    )
    return Leaf(
        say("ask.title"), sub, sentence(inquiry, forms, say), parts, facts, inquiry.law_hash,
        say("ask.meaning"), foot=(say("ask.notice"),),
    )  # fmt: skip


def sentence(inquiry: Inquiry, forms: Sequence[Form], say: Words) -> str:
    """What the questions achieve, in one sentence."""
    if not inquiry.waiting:
        return say("ask.nothing")
    if not inquiry.settles:
        return say("ask.none_sure", open=len(inquiry.waiting))
    promised = {key for step in inquiry.steps for key in step.keys}
    parties = sum(1 for form in forms if any(q.key in promised for q in form.questions))
    return say(
        "ask.answer",
        questions=len(promised),
        parties=parties,
        settles=inquiry.settles,
        open=len(inquiry.waiting),
    )


def label(step: Step, byname: Mapping[Key, Question], say: Words) -> str:
    """A step in a few words: whom, and about what."""
    first = byname[step.keys[0]]
    more = f" ({say('ask.together', n=len(step.keys))})" if len(step.keys) > 1 else ""
    return f"{first.thing}, {say.maybe('who', first.group)}{more}"


def some(shipments: Sequence[str], say: Words) -> str:
    """The first shipments, and how many more there are."""
    shown = ", ".join(shipments[:NAMED])
    left = len(shipments) - NAMED
    return f"{shown} {say('ask.more', n=left)}" if left > 0 else shown


def _order(inquiry: Inquiry, byname: Mapping[Key, Question], say: Words) -> Part:
    stair = [Stair(f"{n}. {label(s, byname, say)}", len(s.settles)) for n, s in enumerate(inquiry.steps, 1)]
    rows, total = [], 0
    for number, step in enumerate(inquiry.steps, 1):
        total += len(step.settles)
        for place, key in enumerate(step.keys):
            q, first = byname[key], not place
            rows.append(
                (
                    str(number) if first else "",
                    Cell(who(q, say), note=q.thing),
                    Cell(f"{asked(q, say)} {f'[{q.unit}]' if q.unit else ''}".strip(), note=proof(q, say)),
                    Cell(str(len(step.settles)), strong=True) if first else "",
                    str(total) if first else "",
                    Cell(some(step.settles, say) if first else "", note=_also(q, say)),
                )
            )
    head = tuple(say(f"ask.{k}") for k in ("step", "ask", "asked", "gain", "so_far", "frees"))
    if len(stair) > _DRAWN:
        rest = stair[_DRAWN:]
        stair = [*stair[:_DRAWN], Stair(say("ask.rest", n=len(rest)), sum(s.gain for s in rest))]
    drawn = Drawn(stairs(say("ask.order"), stair, len(inquiry.waiting), say), say("ask.order_caption"))
    table = Rows(head, cells(rows), frozenset({3, 4}), broad=frozenset({1, 5}))
    pieces = (drawn, table) if stair else (table,)
    return Part("order", say("ask.order"), (say("ask.order_text"),), pieces)


def _also(question: Question, say: Words) -> str:
    return f"{say('ask.also')}: {some(question.also, say)}" if question.also else ""


def _whom(forms: Sequence[Form], say: Words) -> Part:
    rows = []
    for form in forms:
        first = form.questions[0]
        frees = sorted({s for q in form.questions for s in (*q.frees, *q.may)})
        rows.append(
            (
                who(first, say),
                str(len(form.questions)),
                some(frees, say),
                f"{form.name}.xlsx, {form.name}.html",
            )
        )
    head = (say("ask.ask"), say("ask.question"), say("ask.shipments"), say("ask.files"))
    return Part("whom", say("ask.whom"), (say("ask.whom_text"),), (Rows(head, cells(rows), frozenset({1})),))


def _open(inquiry: Inquiry, byname: Mapping[Key, Question], say: Words) -> Part:
    rows = [
        (
            Cell(w.shipment, note=w.product),
            f"{say.outcome(w.low)} – {say.outcome(w.high)}",
            why(w, say),
            "; ".join(_short(byname[k]) for k in dict.fromkeys(k for one in w.may for k in sorted(one))),
        )
        for w in inquiry.waiting
        if not w.sure
    ]
    head = (say("ask.shipments"), say("ask.between"), say("ask.why"), say("ask.may"))
    return Part("open", say("ask.open"), (say("ask.open_text"),), (Rows(head, cells(rows)),))


def why(waiting: Waiting, say: Words) -> str:
    """Why no answer is sure to settle a shipment."""
    if waiting.readings:
        return say("ask.reading", articles=", ".join(waiting.readings))
    return say("ask.many")


def _short(question: Question) -> str:
    return f"{question.thing}: {question.key.fact}"
