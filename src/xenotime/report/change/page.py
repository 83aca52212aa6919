"""A change of law as one HTML file: the answer, what moves, what to do, who is touched, the law behind it."""

from __future__ import annotations

from datetime import date
from typing import Any

from xenotime.law.answer import Outcome
from xenotime.law.compare import CHANGED
from xenotime.report.change.bars import bars
from xenotime.report.change.dates import dates
from xenotime.report.change.flow import flow
from xenotime.report.change.groups import Group, detail_words, grouped, shown, span_words
from xenotime.report.change.steps import gained, steps
from xenotime.report.change.told import answer, beside, measure_words, notes, when
from xenotime.report.change.words import amount, called, mass, title, worth
from xenotime.report.figures.svg import inline
from xenotime.report.sheet import environment, sheet, style, trusted
from xenotime.report.words import Words
from xenotime.services.bulk.counting import plain
from xenotime.services.bulk.shift import Shift, Touched

#: The page stays a file that a browser opens at once; moved.csv holds every leg.
MOST_LEGS = 1000
#: Parties, products and kinds shown.
MOST_ROWS = 25


def page(shift: Shift, say: Words) -> str:
    """The page as HTML text; without a portfolio, the law alone."""
    groups = grouped(shift.law.changes)
    template = environment().get_template("change.html")
    return template.render(
        it=shift,
        say=say,
        title=title(shift, say),
        answer=answer(shift, say) if shift.portfolio else "",
        notes=notes(shift, say),
        beside=beside(shift, say),
        when=when(shift, say),
        groups=groups,
        wordings=[g for g in groups if g.details and g.how == CHANGED],
        dates=dates(groups, say),
        flow=flow(shift, say) if shift.moved else None,
        bars=bars(shift, say) if shift.portfolio else None,
        steps=steps(shift, say),
        gained=gained(shift, say),
        touched=_touched(shift, say),
        legs=_legs(shift),
        most=MOST_ROWS,
        **_spelling(say),
        **sheet(style("change.css")),
    )


def _spelling(say: Words) -> dict[str, Any]:
    """The functions by which the template spells values."""
    return {
        "amount": amount,
        "inline": lambda figure: trusted(inline(figure)),
        "worth": lambda measure: worth(measure, say),
        "mass": lambda measure: mass(measure, say),
        "whole_words": lambda measure: measure_words(measure, say),
        "span_words": lambda span: span_words(span, say),
        "shown": lambda group: () if group.how == CHANGED else shown(group),
        "detail_words": lambda detail: detail_words(detail, say),
        "called": lambda one: called(one, say),
        "plain": plain,
        "kind_words": lambda group: _kind(group, say),
    }


def _kind(group: Group, say: Words) -> str:
    return f"{say.maybe('piece', group.kind)} {say.maybe('how', group.how)}"


def _touched(shift: Shift, say: Words) -> list[tuple[str, str, tuple[Touched, ...]]]:
    """The three tables of who and what is touched: place, title and rows; empty ones left out."""
    found = (("parties", shift.parties), ("kinds", shift.kinds), ("products", shift.products))
    return [(name, say(f"change.{name}"), rows) for name, rows in found if rows]


def _legs(shift: Shift) -> list[dict[str, Any]]:
    """The first legs that move, those still to leave before the rest, each in order of day."""
    if shift.legs is None:
        return []
    ordered = shift.legs.sort("planned", "on", "key", descending=[True, False, False])
    return [_leg(row) for row in ordered.head(MOST_LEGS).iter_rows(named=True)]


def _leg(row: dict[str, Any]) -> dict[str, Any]:
    day: date = row["on"]
    outcomes = {side: Outcome[row[f"outcome_{side}"].upper()] for side in ("before", "after")}
    return {**row, **outcomes, "day": day.isoformat(), "party": row["end_user"] or row["consignee"]}
