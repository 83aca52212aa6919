"""The parts of the stress page about need: what stages lack by element, and what users get by use."""

from __future__ import annotations

from xenotime.report.supply.bands import Shown, bands
from xenotime.report.supply.bars import Row, bars
from xenotime.report.supply.fan import ends, fan, percents
from xenotime.report.supply.leaf import FAN, Drawn, Part, Rows, cells
from xenotime.report.supply.naming import country
from xenotime.report.supply.scale import percent, shares, spell, spelt
from xenotime.report.words import Words
from xenotime.services.supply.results import Stress
from xenotime.supply.measure.values import Unmet

#: How many rows and panels are drawn; the tables hold every one.
_ROWS, _PANELS = 14, 9
#: A use whose 5 % quantile stays above this share of need is not drawn.
_MET = 0.995


def missing(result: Stress, say: Words) -> Part:
    """Shortage by element and stage, the largest share of need first."""
    found = result.unmet_elements
    head = [say(f"supply.{key}") for key in ("element", "stage", "missing_kg", "of_need")]
    table = Rows(
        (head[0], head[1], f"{head[2]} [kg]", "5–95 %", head[3], "5–95 %"),
        cells([(u.what, say.maybe("stage", u.where), *_numbers(u)) for u in found]),
        frozenset({2, 3, 4, 5}),
        folded=say("supply.missing_table", n=len(found)),
        empty=say("supply.missing_none"),
    )
    texts = (say("supply.missing_text"),)
    if not found:
        return Part("missing", say("supply.missing"), texts, (table,))
    rows = [_lacking(u, say) for u in found[:_ROWS]]
    figure = bars("missing", say("supply.missing"), rows, "%", say, filled=True)
    drawn = Drawn(figure, say("supply.missing_caption"), ("interval",))
    return Part("missing", say("supply.missing"), texts, (drawn, table))


def delivered(result: Stress, say: Words) -> Part | None:
    """End need that is met by day, the use that suffers most first; None where all of it is met."""
    found = sorted(result.delivered, key=lambda c: (sum(c.middle), c.name))
    start = result.basis.start
    shown = [
        Shown(say.maybe("use", c.name.rpartition("/")[2]), percents(fan(c, start, 1.0)), high=100)
        for c in found
        if min(c.low) < _MET
    ]
    if not shown:
        return None
    head = [say(f"supply.{key}") for key in ("use", "country", "missing_units", "of_need")]
    rows = [(say.maybe("use", u.what), country(u.where, say), *_numbers(u)) for u in result.unmet_uses]
    table = Rows(
        (head[0], head[1], head[2], "5–95 %", head[3], "5–95 %"),
        cells(rows),
        frozenset({2, 3, 4, 5}),
        folded=say("supply.uses_table", n=len(rows)),
    )
    figure = bands("delivered", say("supply.delivered"), shown[:_PANELS], say)
    drawn = Drawn(figure, say("supply.delivered_caption"), FAN)
    return Part("delivered", say("supply.delivered"), (), (drawn, table))


def _lacking(one: Unmet, say: Words) -> Row:
    low, middle, high = (None if v is None else 100 * v for v in ends(one.share))
    tonnes = None if one.amount.middle is None else one.amount.middle / 1000
    return Row(f"{one.what} · {say.maybe('stage', one.where)}", low, middle, high, f"{spell(tonnes)} t")


def _numbers(one: Unmet) -> tuple[str, str, str, str]:
    return spell(one.amount.middle), spelt(one.amount), percent(one.share.middle), shares(one.share)
