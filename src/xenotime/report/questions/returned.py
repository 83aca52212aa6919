"""Answers that came back, in the terminal: what they settle against what was promised, and their sources."""

from __future__ import annotations

import json
from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.text import Text

from xenotime.law.answer import Outcome
from xenotime.report.plain import plain
from xenotime.report.questions.speak import speak
from xenotime.report.terminal import badge, grid, joined, listing, muted, part
from xenotime.report.words import Words
from xenotime.services.ask.effect import Effect

_MOST = 40


def returned(effect: Effect, lang: str = "en") -> RenderableType:
    """The effect of answers on a screen or two."""
    say = speak(lang)
    return Group(
        Text(
            say("back.title", n=len(effect.answers), files=len({a.file for a in effect.answers})),
            style="bold",
        ),
        *(Text(line) for line in lines(effect, say)),
        part(say("back.changed"), _changed(effect, say)),
        part(say("back.source"), _sources(effect, say)),
        *([part(say("back.idle"), *(muted(str(a.key)) for a in effect.idle))] if effect.idle else []),
    )


def lines(effect: Effect, say: Words) -> Iterator[str]:
    """Promised, settled, sooner, broken, still open: one sentence each, those that say something."""
    yield say("back.promised", n=len(effect.promised))
    yield say("back.settled", n=len(effect.settled))
    for key, names in (("sooner", effect.sooner), ("broken", effect.broken), ("again", effect.again)):
        if names:
            yield say(f"back.{key}", n=len(names), names=", ".join(names))
    yield say("back.waiting", n=effect.waiting)


def as_json(effect: Effect) -> str:
    """The effect as JSON text."""
    found = plain(effect)
    assert isinstance(found, dict)  # noqa: S101 - a dataclass becomes a mapping
    for name, answers in (("answers", effect.answers), ("idle", effect.idle)):
        for shown, answer in zip(found[name], answers, strict=True):
            shown["key"] = str(answer.key)
    return json.dumps(found, ensure_ascii=False, indent=2)


def _changed(effect: Effect, say: Words) -> RenderableType:
    if not effect.shifts:
        return muted(say("back.nothing"))
    rows = [
        (Text(s.shipment), Text(s.product), _outcomes(s.before, say), Text("→"), _outcomes(s.after, say))
        for s in effect.shifts[:_MOST]
    ]
    left = len(effect.shifts) - _MOST
    return Group(grid(rows), *([muted(say("ask.more", n=left))] if left > 0 else []))


def _outcomes(outcomes: tuple[Outcome, ...], say: Words) -> Text:
    return joined(*(badge(one, say) for one in dict.fromkeys(outcomes)), gap=", ")


def _sources(effect: Effect, say: Words) -> RenderableType:
    head = (say("ask.question"), *(say(f"back.{k}") for k in ("value", "by", "day", "place")))
    rows = [
        (
            Text(str(a.key)),
            Text(f"{a.value} {a.currency}".strip(), style="bold"),
            Text(a.by),
            Text(a.day.isoformat()),
            muted(f"{a.file}, {a.cell}" if a.cell else a.file),
        )
        for a in effect.answers
    ]
    return listing(head, rows)
