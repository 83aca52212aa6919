"""The sensitivity page: which groups of inputs drive each answer, and what knowing one would leave open."""

from __future__ import annotations

from pathlib import Path

from xenotime.report.supply import basis as grounds
from xenotime.report.supply.bars import Row, bars
from xenotime.report.supply.leaf import Cell, Drawn, Fact, Leaf, Part, Rows, put
from xenotime.report.supply.naming import parameter
from xenotime.report.supply.scale import percent, spell, spelt
from xenotime.report.supply.speak import speak
from xenotime.report.words import Words, load
from xenotime.services.supply.outcomes import Driven, Sensitivity, Weight

#: Groups that explain less than this share of the variance are not drawn, nor more than so many.
_FELT, _MOST = 0.005, 12


def write_sensitivity(folder: Path, result: Sensitivity, words: Words | None = None) -> Path:
    """The page as ``sensitivity.html`` in a folder, whole or not at all. Raises InputError otherwise."""
    say = speak((words or load()).lang)
    return put(folder, "sensitivity.html", leaf(result, say), say)


def leaf(result: Sensitivity, say: Words) -> Leaf:
    """The page's parts: one for each answer, then what all rests on."""
    basis = result.basis
    parts = [_part(place, one, say) for place, one in enumerate(result.answers)]
    return Leaf(
        say("supply.sensitivity_title", title=basis.title),
        (*grounds.sub(basis, say), say("supply.runs", base=spell(result.base), runs=spell(result.runs))),
        _answer(result, say),
        (*parts, grounds.grounds(basis, say), grounds.rules(basis, say)),
        tuple(_fact(one, say) for one in result.answers if one.weights)[:4],
        basis.law_hash,
        basis.says,
        sources=grounds.sources(basis, say),
        foot=(result.notice, say("supply.made")),
    )


def _answer(result: Sensitivity, say: Words) -> str:
    found = next((one for one in result.answers if one.weights), None)
    if found is None:
        screened = next((one for one in result.answers if one.screens), None)
        if screened is None:
            return say("supply.nothing")
        return say(
            "supply.screen_answer",
            group=say.maybe("group", screened.screens[0].group),
            answer=_said(screened, say),
        )
    first = found.weights[0]
    best = min(found.weights, key=lambda w: w.left)
    return say(
        "supply.sensitivity_answer",
        answer=_said(found, say),
        group=say.maybe("group", first.group),
        share=percent(first.total),
        best=say.maybe("group", best.group),
        left=percent(1 - best.left),
    )


def _said(one: Driven, say: Words) -> str:
    return say.texts.get(f"answer.{one.answer}", one.says)


def _fact(one: Driven, say: Words) -> Fact:
    return Fact(say.maybe("group", one.weights[0].group), _said(one, say), percent(one.weights[0].total))


def _part(place: int, one: Driven, say: Words) -> Part:
    says = say("supply.answer_band", middle=spell(one.band.middle), span=spelt(one.band), unit=one.unit)
    title = _said(one, say)
    if not one.weights:
        return Part(f"answer-{place}", title, (says,), (_screened(place, one, say),))
    felt = [weight for weight in one.weights if weight.total >= _FELT][:_MOST]
    rows = [row for weight in felt for row in _rows(weight, say)]
    names = (say("supply.total"), say("supply.alone"))
    figure = bars(f"sobol-{place}", title, rows, "%", say, series=names, high=100)
    drawn = Drawn(figure, say("supply.sobol_caption"), ("interval",))
    head = tuple(say(f"supply.{k}") for k in ("group", "total", "alone", "narrower", "inputs", "rests_on"))
    table = Rows(head, tuple(_weight(w, say) for w in one.weights), frozenset({1, 2, 3}))
    return Part(f"answer-{place}", title, (says,), (drawn, table))


def _rows(weight: Weight, say: Words) -> tuple[Row, Row]:
    """Total and first-order index with their intervals, in percent of the answer's variance."""
    name = say.maybe("group", weight.group)

    def row(value: float, within: float, series: int) -> Row:
        high = 100 * (value + within)
        inside = None if high > 100 else max(high, 0.0)
        return Row(name, 100 * max(value - within, 0), 100 * value, inside, series=series)

    return row(weight.total, weight.total_within, 0), row(weight.alone, weight.alone_within, 1)


def _weight(one: Weight, say: Words) -> tuple[Cell, ...]:
    assumed = say("supply.assumptions", n=len(one.assumed)) if one.assumed else ""
    names = ", ".join(parameter(name, say) for name in one.names[:4])
    more = say("say.more", n=len(one.names) - 4) if len(one.names) > 4 else ""
    return (
        Cell(say.maybe("group", one.group), strong=True), Cell(percent(one.total)), Cell(percent(one.alone)),
        Cell(percent(1 - one.left)), Cell(names, note=more), Cell("", one.claims[:6], note=assumed),
    )  # fmt: skip


def _screened(place: int, one: Driven, say: Words) -> Drawn:
    rows = [
        Row(
            say.maybe("group", s.group),
            max(s.effect - s.within, 0),
            s.effect,
            s.effect + s.within,
            note=spell(s.spread),
        )
        for s in one.screens
    ]
    figure = bars(f"morris-{place}", _said(one, say), rows, one.unit, say, filled=True)
    return Drawn(figure, say("supply.morris_caption"), ("interval",))
