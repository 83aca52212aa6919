"""A sensitivity study in the terminal and as rows: what drives each answer, and what would shrink it."""

from __future__ import annotations

from pathlib import Path

from rich.console import Group, RenderableType
from rich.text import Text

from xenotime.report.atomic import write
from xenotime.report.supply.brief import money, number, percent
from xenotime.report.supply.files import table_text
from xenotime.report.supply.hedged import catalogue
from xenotime.report.supply.naming import parameter
from xenotime.report.terminal import bar, heading, listing, muted, part
from xenotime.report.words import Words
from xenotime.services.supply.outcomes import Driven, Sensitivity, Weight
from xenotime.services.supply.tables import Cell

HEAD = (
    "answer",
    "unit",
    "method",
    "group",
    "alone",
    "alone_within",
    "total",
    "total_within",
    "left",
    "claims",
)
#: Rows of an answer on the screen.
ROWS = 8
_WIDTH = 10
#: From this part of the variance on, a hundredth of the runs is too much of the answer to pass over.
_FEW = 0.5


def sensitivity_told(study: Sensitivity, words: Words | None = None) -> RenderableType:
    """A study on a screen or two."""
    say, basis = words or catalogue(), study.basis
    groups = max((len(a.weights) + len(a.screens) for a in study.answers), default=0)
    about = say(
        "sense.about",
        method=study.method,
        base=study.base,
        runs=study.runs,
        groups=groups,
        seed=basis.seed,
    )
    return Group(
        heading(say("sense.head", title=basis.title)),
        muted(about),
        *(_answer(answer, say) for answer in study.answers),
        Text(""),
        muted(say("sense.explain")),
        muted(say("brief.notice")),
    )


def _answer(answer: Driven, say: Words) -> RenderableType:
    low, middle, high = (
        _value(x, answer.unit, say) for x in (answer.band.low, answer.band.middle, answer.band.high)
    )
    title = say("sense.answer", says=say.maybe("answer", answer.answer), middle=middle, low=low, high=high)
    if answer.screens:
        return part(title, _screens(answer, say))
    if not any(weight.total > 0 for weight in answer.weights):
        return part(title, Text(say("sense.steady")))
    few = [Text(say("sense.few", share=percent(answer.crest, say)))] if answer.crest > _FEW else []
    return part(title, _weights(answer, say), Text(_best(answer, say)), *few)


def _best(answer: Driven, say: Words) -> str:
    """Which group would shrink the answer most if known; that the sample does not tell, if so."""
    best = min(answer.weights, key=lambda w: w.left)
    if best.alone <= best.alone_within:
        return say("sense.untold")
    return say("sense.best", group=group(best.group, say), left=percent(best.left, say))


def _value(value: float | None, unit: str, say: Words) -> str:
    """A value with its unit: money and shares in their own form."""
    if unit == "USD":
        return money(value, say)
    return percent(value, say) if unit == "share" else f"{number(value, say)} {unit}"


def group(name: str, say: Words) -> str:
    """A group's name as people read it."""
    if name == "assumptions":
        return say("sense.assumptions_all")
    return say.maybe("sense", name) if name in ("chance", "rules", "figures") else parameter(name, say)


def _weights(answer: Driven, say: Words) -> RenderableType:
    head = [say(f"sense.{key}") for key in ("group", "total", "alone", "left")]
    most = max(weight.total for weight in answer.weights)
    rows = [
        (
            Group(Text(group(w.group, say)), *([muted(rests)] if (rests := _rests(w, say)) else [])),
            f"{_bar(w.total / most)} {_share(w.total, w.total_within)}",
            _share(w.alone, w.alone_within),
            percent(w.left, say),
        )
        for w in answer.weights[:ROWS]
    ]
    return listing(head, rows, keep=(1, 2, 3))


def _bar(part: float) -> str:
    return bar(round(1000 * max(part, 0.0)), 1000, _WIDTH)


def _share(value: float, within: float) -> str:
    return f"{max(value, 0.0):.2f} ± {within:.2f}"


def _rests(weight: Weight, say: Words) -> str:
    parts = [say("sense.claims", n=len(weight.claims))] if weight.claims else []
    return ", ".join(parts + ([say("sense.assumptions", n=len(weight.assumed))] if weight.assumed else []))


def _screens(answer: Driven, say: Words) -> RenderableType:
    head = [say(f"sense.{key}") for key in ("group", "effect", "spread")]
    rows = [
        (
            Text(group(s.group, say)),
            f"{_value(s.effect, answer.unit, say)} ± {_value(s.within, answer.unit, say)}",
            number(s.spread, say),
        )
        for s in answer.screens[:ROWS]
    ]
    return listing(head, rows, keep=(1, 2))


def rows(study: Sensitivity) -> list[tuple[Cell, ...]]:
    """The study as rows under `HEAD`; for Morris, total is the mean effect and alone its spread."""
    found: list[tuple[Cell, ...]] = []
    for answer in study.answers:
        about = (answer.answer, answer.unit, study.method)
        found += [
            (*about, w.group, w.alone, w.alone_within, w.total, w.total_within, w.left, " ".join(w.claims))
            for w in answer.weights
        ]
        found += [(*about, s.group, s.spread, None, s.effect, s.within, None, "") for s in answer.screens]
    return found


def write_rows(study: Sensitivity, path: Path) -> Path:
    """The rows of a study as CSV at a path. Raises InputError when it cannot be written."""
    return write(path, table_text((HEAD, rows(study))).encode("utf-8-sig"))
