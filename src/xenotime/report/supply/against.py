"""The part of the stress page about another scenario: what this one avoids against it."""

from __future__ import annotations

from xenotime.report.supply.bars import Row, bars
from xenotime.report.supply.fan import ends
from xenotime.report.supply.leaf import Drawn, Part
from xenotime.report.supply.naming import country
from xenotime.report.supply.scale import between, percent, spell, spelt
from xenotime.report.words import Words
from xenotime.services.supply.results import Avoided

_ROWS = 14


def against(other: Avoided | None, say: Words) -> Part | None:
    """Stop-days, value and need that this scenario avoids; None where it is not compared."""
    if other is None:
        return None
    rows = [
        Row(say.maybe("use", use), *ends(band), note=country(where, say))
        for use, where, band in other.rows[:_ROWS]
        if band.middle is not None
    ]
    low, value, high = (None if v is None else v / 1e6 for v in ends(other.value))
    says = say(
        "supply.avoided_text", name=other.title, days=spell(other.stop_days.middle),
        span=spelt(other.stop_days), value=spell(value),
        values=between(low, high), unmet=percent(other.unmet.middle),
    )  # fmt: skip
    figure = bars("avoided", say("supply.avoided_days"), rows, say("unit.days"), say, filled=True)
    pieces = (Drawn(figure, say("supply.avoided_caption"), ("interval",)),) if rows else ()
    return Part("avoided", say("supply.avoided"), (says,), pieces)
