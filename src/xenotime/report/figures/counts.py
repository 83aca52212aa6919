"""Legs by outcome as horizontal bars."""

from __future__ import annotations

from xenotime.report.figures.svg import Figure, Table, breadth, symbol, tag, words
from xenotime.report.reading import tally
from xenotime.report.words import Words
from xenotime.services.results import Assessment

_WIDTH = 960
_ROW = 28


def counts(assessment: Assessment, say: Words) -> Figure:
    """One bar per outcome that occurs, with its shape, word and number of legs."""
    counted = tally(assessment)
    most = max((number for _, number in counted), default=1)
    names = {outcome: say.outcome(outcome) for outcome, _ in counted}
    left = 40 + max((breadth(name, 13) for name in names.values()), default=0)
    room = _WIDTH - left - 60
    marks = []
    for place, (outcome, number) in enumerate(counted):
        middle = place * _ROW + _ROW / 2
        length = max(room * number / most, 2)
        marks += [
            symbol(outcome.word, 10, middle, 14),
            words(names[outcome], 28, middle + 4.5),
            tag("rect", x=left, y=middle - 8, width=length, height=16, rx=2, class_=f"f-{outcome.word}"),
            words(str(number), left + length + 8, middle + 4.5, "b"),
        ]
    table = Table(
        (say("label.outcome"), say("label.legs")),
        tuple((names[outcome], str(number)) for outcome, number in counted),
        frozenset({1}),
    )
    parts = ", ".join(f"{names[outcome]} {number}" for outcome, number in counted) or say("say.none")
    return Figure(
        "counts",
        say("figure.counts"),
        say("figure.counts_desc", parts=parts),
        _WIDTH,
        max(len(counted), 1) * _ROW,
        "".join(marks),
        table,
    )
