"""Questions in the terminal: the order first, then whom to ask, then what stays open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from xenotime.report.questions.page import label, sentence, some, why
from xenotime.report.questions.speak import asked, speak, who
from xenotime.report.terminal import bar, grid, heading, joined, muted, part
from xenotime.report.words import Words
from xenotime.services.ask.form import Form
from xenotime.services.ask.inquiry import Inquiry, Step

_BAR, _MOST = 16, 20


def told(inquiry: Inquiry, forms: Sequence[Form], lang: str = "en") -> RenderableType:
    """The questions of a portfolio on a screen or two."""
    say = speak(lang)
    return Group(
        heading(
            say("ask.sub", portfolio=inquiry.portfolio, n=inquiry.shipments, open=len(inquiry.waiting),
                day=inquiry.known)
        ),
        Text(""),
        Text(sentence(inquiry, forms, say), style="bold"),
        *([part(say("ask.order"), _order(inquiry, say))] if inquiry.steps else []),
        *(part(who(form.questions[0], say), *_questions(form, say)) for form in forms),
        *_open(inquiry, say),
        Text(""),
        muted(say("ask.meaning")),
        muted(say("ask.notice")),
    )  # fmt: skip


def _order(inquiry: Inquiry, say: Words) -> RenderableType:
    byname = {question.key: question for question in inquiry.questions}
    most, total = max(len(s.settles) for s in inquiry.steps), 0
    rows = []
    for number, step in enumerate(inquiry.steps[:_MOST], 1):
        total += len(step.settles)
        rows.append((
            Text(str(number)), Text(label(step, byname, say)), Text(f"+{len(step.settles)}", style="bold"),
            Text(bar(len(step.settles), most, _BAR)), muted(str(total)),
        ))  # fmt: skip
    left: Sequence[Step] = inquiry.steps[_MOST:]
    if left:
        gained = sum(len(s.settles) for s in left)
        rows.append(
            (
                Text(""),
                muted(say("ask.rest", n=len(left))),
                Text(f"+{gained}"),
                Text(""),
                muted(str(total + gained)),
            )
        )
    return grid(rows, right=(0, 2, 4))


def _questions(form: Form, say: Words) -> Iterator[RenderableType]:
    """One line a question, and what it settles; the evidence that would do stands in the questionnaires."""
    for q in form.questions:
        place = f"{say('ask.step')} {q.step}" if q.step else say("ask.may")
        unit = muted(f"[{q.unit}]" if q.unit else "")
        yield joined(Text(f"{q.thing}:", style="bold"), Text(asked(q, say)), unit)
        yield muted(f"  {place}: {some(q.frees or q.may, say)}")
        if q.also:
            yield muted(f"  {say('ask.also')}: {some(q.also, say)}")


def _open(inquiry: Inquiry, say: Words) -> Iterator[RenderableType]:
    rows = [w for w in inquiry.waiting if not w.sure]
    if rows:
        lines = [(Text(w.shipment), Text(w.product), muted(why(w, say))) for w in rows[:_MOST]]
        yield part(
            say("ask.open"),
            grid(lines),
            *([muted(say("ask.more", n=len(rows) - _MOST))] if len(rows) > _MOST else []),
        )
