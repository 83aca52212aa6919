"""The part of the stress page about lines: who stands still, from when, how long, how surely."""

from __future__ import annotations

from datetime import date

from xenotime.report.supply.fan import day, ends, fan
from xenotime.report.supply.leaf import Cell, Drawn, Part, Rows
from xenotime.report.supply.naming import country, sector
from xenotime.report.supply.scale import percent, spell
from xenotime.report.supply.stops import Strip, stops
from xenotime.report.words import Words
from xenotime.services.supply.results import Stress
from xenotime.supply.measure.values import Curve, Stop

#: Strips that are drawn; the table holds every class of lines.
_STRIPS = 16
#: How deep a curve and a stop are sorted that never comes.
_NEVER = float("inf")


def stopping(result: Stress, say: Words) -> Part:
    """Strips of the final sectors that stand most, and every class of lines that stood."""
    strips = [_strip(c, result, say) for c in _ranked(result)]
    figure = stops("stops", say("supply.stops"), strips[:_STRIPS], say)
    keys = ("stop_median", "stop_narrow", "stop_wide", "stop_first") if strips else ()
    drawn = Drawn(figure, say("supply.stops_caption"), keys)
    notes = (say("supply.strips_left", n=len(strips) - _STRIPS),) if len(strips) > _STRIPS else ()
    folded = say("supply.stop_table", n=len(result.stops))
    return Part("stops", say("supply.stops"), (), (drawn, _table(result, result.stops, say, folded)), notes)


def mine(result: Stress, say: Words) -> Part | None:
    """The user's own lines, if a portfolio was given."""
    own = tuple(s for s in result.stops if s.mine)
    if not own:
        return None
    return Part("mine", say("supply.mine"), (say("supply.mine_text"),), (_table(result, own, say, ""),))


def dated(offset: float | None, start: date, say: Words) -> str:
    """A day after the start as its date, or that it never comes."""
    found = day(offset, start)
    return found.isoformat() if found else say("supply.never")


def _ranked(result: Stress) -> list[Curve]:
    """Curves of final sectors, what stands most first."""
    final = [c for c in result.standing if c.name.startswith("stopped/product/")]
    return sorted(final, key=lambda c: (-sum(c.middle), -sum(c.high), c.name))


def _strip(curve: Curve, result: Stress, say: Words) -> Strip:
    _, stage, where, use = curve.name.split("/", 3)
    start = result.basis.start
    same = [s for s in result.stops if (s.stage, s.country, s.use) == (stage, where, use)]
    name = sector(stage, use, say)
    if not same:
        never = (None, None, None)
        return Strip(name, country(where, say), fan(curve, start), 0.0, never, never)
    first = min(same, key=lambda s: (-s.chance, _NEVER if s.first.middle is None else s.first.middle))
    soon, likely, late = ends(first.first)
    days = (day(soon, start), day(likely, start), day(late, start))
    odds = max(s.chance for s in same)
    return Strip(name, country(where, say), fan(curve, start), odds, days, ends(first.stood))


def _table(result: Stress, found: tuple[Stop, ...], say: Words, folded: str) -> Rows:
    """Classes of lines in the order of the result."""
    head = ("sector", "stocks", "odds", "first_stop", "", "stood", "", "worst")
    named = tuple(say(f"supply.{key}") if key else "5–95 %" for key in head)
    rows = tuple(_row(s, result.basis.start, say) for s in found)
    return Rows(named, rows, frozenset({2, 5, 6, 7}), folded=folded, empty=say("supply.no_stops"))


def _row(stop: Stop, start: date, say: Words) -> tuple[Cell, ...]:
    where = f"{country(stop.country, say)}, {say.maybe('buyer', stop.buyer)}"
    return (
        Cell(stop.label or sector(stop.stage, stop.use, say), note=where),
        Cell(say.maybe("cover", stop.cover) if stop.cover else "–"),
        Cell(percent(stop.chance)),
        Cell(dated(stop.first.middle, start, say)),
        Cell(f"{dated(stop.first.low, start, say)} – {dated(stop.first.high, start, say)}"),
        Cell(spell(stop.stood.middle)),
        Cell(f"{spell(stop.stood.low)} – {spell(stop.stood.high)}"),
        Cell(percent(stop.worst.middle)),
    )
