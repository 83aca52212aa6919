"""The part of the stress page about lines: who stands still, from when, how long, how surely."""

from __future__ import annotations

from datetime import date

from xenotime.report.supply.fan import day, ends, fan
from xenotime.report.supply.leaf import Cell, Drawn, Part, Rows
from xenotime.report.supply.naming import country, outside, sector
from xenotime.report.supply.scale import percent, spell, spelt
from xenotime.report.supply.stops import Strip, stops
from xenotime.report.words import Words
from xenotime.services.supply.results import Stress
from xenotime.supply.measure.values import Curve, Stop

#: Strips that are drawn; the table holds every class of lines.
_STRIPS = 12
#: The place under which lines of all countries but the controlling one are put together.
OUTSIDE = "outside"
#: How deep a curve and a stop are sorted that never comes.
_NEVER = float("inf")


def stopping(result: Stress, say: Words) -> Part:
    """Strips by use outside the controlling country, then by country, and every class of lines that stood."""
    total = [c for c in _ranked(result) if c.name.split("/")[2] == OUTSIDE]
    single = [_strip(c, result, say) for c in _ranked(result) if c.name.split("/")[2] != OUTSIDE]
    keys = ("stop_median", "stop_narrow", "stop_wide", "stop_first")
    title, caption = say("supply.stops"), say("supply.stops_caption")
    pieces: list[Drawn | Rows] = []
    if total:
        figure = stops("sectors", title, [_strip(c, result, say) for c in total], say)
        pieces.append(Drawn(figure, caption, keys))
        title, caption = say("supply.stops_by"), say("supply.stops_by_caption")
    if single:
        figure = stops("stops", title, single[:_STRIPS], say)
        pieces.append(Drawn(figure, caption, keys))
    if result.sectors:
        folded = say("supply.sector_table", n=len(result.sectors))
        pieces.append(_table(result, result.sectors, say, folded))
    folded = say("supply.stop_table", n=len(result.stops))
    pieces.append(_table(result, result.stops, say, folded))
    notes = (say("supply.strips_left", n=len(single) - _STRIPS),) if len(single) > _STRIPS else ()
    return Part("stops", say("supply.stops"), (), tuple(pieces), notes)


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
    every = result.sectors if where == OUTSIDE else result.stops
    same = [s for s in every if (s.stage, s.country, s.use) == (stage, where, use)]
    name = sector(stage, use, say)
    place = _place(where, result, say)
    if not same:
        never = (None, None, None)
        return Strip(name, place, fan(curve, start), 0.0, never, never)
    first = min(same, key=lambda s: (-s.chance, _NEVER if s.first.middle is None else s.first.middle))
    soon, likely, late = ends(first.first)
    days = (day(soon, start), day(likely, start), day(late, start))
    odds = max(s.chance for s in same)
    return Strip(name, place, fan(curve, start), odds, days, ends(first.stood))


def _place(where: str, result: Stress, say: Words) -> str:
    if where == OUTSIDE:
        return outside(result.controller, say)
    return country(where, say)


def _table(result: Stress, found: tuple[Stop, ...], say: Words, folded: str) -> Rows:
    """Classes of lines in the order of the result."""
    head = ("sector", "stocks", "odds", "first_stop", "", "stood", "", "worst")
    named = tuple(say(f"supply.{key}") if key else "5–95 %" for key in head)
    rows = tuple(_row(s, result, say) for s in found)
    return Rows(named, rows, frozenset({2, 5, 6, 7}), folded=folded, empty=say("supply.no_stops"))


def _row(stop: Stop, result: Stress, say: Words) -> tuple[Cell, ...]:
    start = result.basis.start
    who = f", {say.maybe('buyer', stop.buyer)}" if stop.buyer else ""
    where = f"{_place(stop.country, result, say)}{who}"
    return (
        Cell(stop.label or sector(stop.stage, stop.use, say), note=where),
        Cell(say.maybe("cover", stop.cover) if stop.cover else "–"),
        Cell(percent(stop.chance)),
        Cell(dated(stop.first.middle, start, say)),
        Cell(f"{dated(stop.first.low, start, say)} – {dated(stop.first.high, start, say)}"),
        Cell(spell(stop.stood.middle)),
        Cell(spelt(stop.stood)),
        Cell(percent(stop.worst.middle)),
    )
