"""The stress page: what stops, when and how surely; the law over output; what is missing; flows and prices."""

from __future__ import annotations

from pathlib import Path

from xenotime.report.supply import basis as grounds
from xenotime.report.supply.answer import facts, sentence
from xenotime.report.supply.bands import Shown, bands
from xenotime.report.supply.bars import Row, bars
from xenotime.report.supply.fan import Fan, day, ends, fan
from xenotime.report.supply.law import lanes
from xenotime.report.supply.leaf import Cell, Drawn, Leaf, Part, Rows, cells, html, put
from xenotime.report.supply.moves import COLUMNS, streams
from xenotime.report.supply.naming import country, good, sector
from xenotime.report.supply.prices import prices
from xenotime.report.supply.sankey import sankey
from xenotime.report.supply.scale import percent, spell
from xenotime.report.supply.speak import speak
from xenotime.report.supply.stops import Strip, stops
from xenotime.report.supply.timeline import Mark, timeline
from xenotime.report.words import Words, load
from xenotime.services.supply.results import Stress
from xenotime.supply.measure.values import Band, Curve, Stop, Unmet

#: How many of each are drawn; the tables beside them hold every one.
_STRIPS, _GOODS, _MISSING, _PANELS, _OUTPUT = 16, 9, 18, 9, 3
_FAN = ("wide", "narrow", "median", "rest")


def write_stress(folder: Path, result: Stress, words: Words | None = None) -> Path:
    """The page as ``stress.html`` in a folder, whole or not at all. Raises InputError if it cannot be written."""
    say = speak((words or load()).lang)
    return put(folder, "stress.html", leaf(result, say), say)


def page(result: Stress, words: Words | None = None) -> str:
    """The page as HTML text."""
    say = speak((words or load()).lang)
    return html(leaf(result, say), say)


def leaf(result: Stress, say: Words) -> Leaf:
    """The page's parts: the answer first, then why, then the evidence, then the raw facts."""
    basis = result.basis
    parts = (
        _stops(result, say), _law(result, say), _mine(result, say), _missing(result, say), _delivered(result, say),
        _prices(result, say), _flows(result, say), _exports(result, say), _avoided(result, say),
        grounds.drivers(basis, say), grounds.grounds(basis, say), grounds.rules(basis, say),
    )  # fmt: skip
    return Leaf(
        basis.title,
        grounds.sub(basis, say),
        sentence(result, say),
        tuple(part for part in parts if part is not None),
        facts(result, say),
        basis.law_hash,
        basis.says,
        sources=grounds.sources(basis, say),
        foot=(result.notice, say("supply.made")),
    )


def _stops(result: Stress, say: Words) -> Part:
    strips = [_strip(c, result, say) for c in _ranked(result)]
    figure = stops("stops", say("supply.stops"), strips[:_STRIPS], say)
    keys = ("stop_median", "stop_narrow", "stop_wide", "stop_first") if strips else ()
    drawn = Drawn(figure, say("supply.stops_caption"), keys)
    notes = (say("supply.strips_left", n=len(strips) - _STRIPS),) if len(strips) > _STRIPS else ()
    return Part("stops", say("supply.stops"), (), (drawn, stop_table(result, result.stops, say)), notes)


def _ranked(result: Stress) -> list[Curve]:
    """Curves of final sectors, what stands most first."""
    final = [c for c in result.standing if c.name.startswith("stopped/product/")]
    return sorted(final, key=lambda c: (-sum(c.middle), -sum(c.high), c.name))


def _strip(curve: Curve, result: Stress, say: Words) -> Strip:
    _, stage, where, use = curve.name.split("/", 3)
    start = result.basis.start
    same = [s for s in result.stops if (s.stage, s.country, s.use) == (stage, where, use)]
    first = min(same, key=lambda s: (-s.chance, _or_never(s.first.middle)), default=None)
    none = (None, None, None)
    return Strip(
        sector(stage, use, say),
        country(where, say),
        fan(curve, start),
        max((s.chance for s in same), default=0.0),
        tuple(day(v, start) for v in ends(first.first)) if first else none,  # type: ignore[arg-type]
        ends(first.stood) if first else none,
    )


def _or_never(value: float | None) -> float:
    return float("inf") if value is None else value


def stop_table(result: Stress, found: tuple[Stop, ...], say: Words, *, folded: bool = True) -> Rows:
    """Every class of lines that stood, in the order of the result."""
    start = result.basis.start
    head = (
        say("supply.sector"), say("supply.stocks"), say("supply.odds"), say("supply.first_stop"), "5–95 %",
        say("supply.stood"), "5–95 %", say("supply.worst"),
    )  # fmt: skip
    rows = tuple(
        (
            Cell(s.label or sector(s.stage, s.use, say), note=f"{country(s.country, say)}, {say.maybe('buyer', s.buyer)}"),
            Cell(say.maybe("cover", s.cover) if s.cover else "–"),
            Cell(percent(s.chance)),
            Cell(_date(s.first.middle, start, say)),
            Cell(f"{_date(s.first.low, start, say)} – {_date(s.first.high, start, say)}"),
            Cell(spell(s.stood.middle)),
            Cell(f"{spell(s.stood.low)} – {spell(s.stood.high)}"),
            Cell(percent(s.worst.middle)),
        )
        for s in found
    )  # fmt: skip
    title = say("supply.stop_table", n=len(rows)) if folded else ""
    return Rows(head, rows, frozenset({2, 5, 6, 7}), folded=title, empty=say("supply.no_stops"))


def _date(offset: float | None, start: object, say: Words) -> str:
    found = day(offset, start)  # type: ignore[arg-type]
    return found.isoformat() if found else say("supply.never")


def _law(result: Stress, say: Words) -> Part:
    start = result.basis.start
    shown, left = lanes(result.law, say)
    marks = [Mark(e.day, e.says) for e in result.events if e.kind != "law"] or [
        Mark(e.day, e.says) for e in result.events
    ]
    totals = [c for c in result.output if c.name.startswith("output/")]
    curves = [(_output_name(c, say), fan(c, start, 1.0)) for c in _felt(totals)[:_OUTPUT]]
    figure = timeline("timeline", say("supply.timeline"), shown, marks, curves, say)
    listed = Rows(
        ("", say("supply.day"), say("label.what"), say("label.article"), say("supply.claim")),
        tuple(
            (Cell(str(n)), Cell(e.day.isoformat()), Cell(e.says, note=say.maybe("event", e.kind)), Cell(e.address, code=True), Cell("", e.claims))
            for n, e in enumerate((e for e in result.events if Mark(e.day, e.says) in marks), 1)
        ),
        frozenset({0}),
        empty=say("supply.no_events"),
    )  # fmt: skip
    notes = (say("supply.lanes_left", n=left),) if left else ()
    drawn = Drawn(figure, say("supply.timeline_caption"), ("free", "event", *_FAN))
    return Part("law", say("supply.timeline"), (say("supply.timeline_text"),), (drawn, listed), notes)


def _felt(curves: list[Curve]) -> list[Curve]:
    """The uses that fall most, then the stages from the magnet down to the ground."""
    stages = ("product", "magnet", "metal", "separation", "mine")

    def rank(curve: Curve) -> tuple[int, float, str]:
        stage = curve.name.split("/")[1]
        return (stages.index(stage) if stage in stages else len(stages)), min(curve.middle), curve.name

    ordered = sorted(curves, key=rank)
    final = [c for c in ordered if c.name.startswith("output/product")]
    return [*final[:2], *(c for c in ordered if c not in final)]


def _output_name(curve: Curve, say: Words) -> str:
    parts = curve.name.split("/")
    if parts[1] == "product" and len(parts) > 3:
        return say("supply.output_of", what=say.maybe("use", parts[3]))
    return say("supply.output_of", what=say.maybe("made", parts[1]))


def _mine(result: Stress, say: Words) -> Part | None:
    own = tuple(s for s in result.stops if s.mine)
    if not own:
        return None
    return Part(
        "mine", say("supply.mine"), (say("supply.mine_text"),), (stop_table(result, own, say, folded=False),)
    )


def _missing(result: Stress, say: Words) -> Part:
    rows = [_lacking(u, say) for u in result.unmet_elements]
    figure = bars(
        "missing", say("supply.missing"), rows[:_MISSING], "%", say, filled=True, high=None,
    )  # fmt: skip
    table = Rows(
        (say("supply.element"), say("supply.stage"), f"{say('supply.missing_kg')} [kg]", "5–95 %", say("supply.of_need"), "5–95 %"),
        cells([(u.what, say.maybe("stage", u.where), spell(u.amount.middle), _range(u.amount), percent(u.share.middle), _shares(u.share)) for u in result.unmet_elements]),
        frozenset({2, 3, 4, 5}),
        folded=say("supply.missing_table", n=len(rows)),
        empty=say("supply.missing_none"),
    )  # fmt: skip
    pieces = (Drawn(figure, say("supply.missing_caption"), ("interval",)), table) if rows else (table,)
    return Part("missing", say("supply.missing"), (say("supply.missing_text"),), pieces)


def _lacking(one: Unmet, say: Words) -> Row:
    share = [None if v is None else 100 * v for v in ends(one.share)]
    note = f"{spell(_tonnes(one.amount.middle))} t"
    return Row(f"{one.what} · {say.maybe('stage', one.where)}", share[0], share[1], share[2], note)


def _tonnes(kg: float | None) -> float | None:
    return None if kg is None else kg / 1000


def _range(band: Band) -> str:
    return f"{spell(band.low)} – {spell(band.high)}"


def _shares(band: Band) -> str:
    return f"{percent(band.low)} – {percent(band.high)}"


def _delivered(result: Stress, say: Words) -> Part | None:
    found = sorted(result.delivered, key=lambda c: (sum(c.middle), c.name))
    moved = [c for c in found if min(c.low) < 0.995]
    if not moved:
        return None
    shown = [
        Shown(
            say.maybe("use", c.name.rpartition("/")[2]), _percents(fan(c, result.basis.start, 1.0)), high=100
        )
        for c in moved[:_PANELS]
    ]
    table = Rows(
        (say("supply.use"), say("supply.country"), say("supply.missing_units"), "5–95 %", say("supply.of_need"), "5–95 %"),
        cells([(say.maybe("use", u.what), country(u.where, say), f"{spell(u.amount.middle)} {say.maybe('unit', u.unit)}", _range(u.amount), percent(u.share.middle), _shares(u.share)) for u in result.unmet_uses]),
        frozenset({2, 3, 4, 5}),
        folded=say("supply.uses_table", n=len(result.unmet_uses)),
    )  # fmt: skip
    figure = bands("delivered", say("supply.delivered"), shown, say)
    drawn = Drawn(figure, say("supply.delivered_caption"), _FAN)
    return Part("delivered", say("supply.delivered"), (), (drawn, table))


def _percents(one: Fan) -> Fan:
    """A series of shares in percent."""
    rows = (one.p05, one.p25, one.p50, one.p75, one.p95)
    rest = None if one.rest is None else 100 * one.rest
    return Fan(one.name, "%", one.days, *(tuple(100 * v for v in row) for row in rows), rest)


def _prices(result: Stress, say: Words) -> Part | None:
    start = result.basis.start
    spot = {c.name: c for c in result.prices if c.name.startswith("price/")}
    pairs = {
        name.split("/", 2)[2]: (c, spot[name.replace("price/outside/", "price/inside/")])
        for name, c in spot.items()
        if name.startswith("price/outside/") and name.replace("price/outside/", "price/inside/") in spot
    }
    ranked = sorted(pairs, key=lambda g: (-max(pairs[g][0].middle), g))
    if not ranked:
        return None
    zones = {
        good(g, say): (fan(pairs[g][1], start, 1.0), fan(pairs[g][0], start, 1.0)) for g in ranked[:_GOODS]
    }
    figure = prices("prices", say("supply.prices"), zones, say)
    table = Rows(
        (say("supply.good"), say("supply.zone"), say("supply.spot"), "5–95 %", say("supply.contract"), "5–95 %", say("supply.highest_on"), say("supply.split")),
        cells([(good(p.good, say), say(f"supply.{p.zone}"), spell(p.spot.middle), _range(p.spot), spell(p.contract.middle), _range(p.contract), _date(p.day.middle, start, say), spell(p.split.middle)) for p in result.peaks]),
        frozenset({2, 3, 4, 5, 7}),
        folded=say("supply.price_table", n=len(result.peaks)),
    )  # fmt: skip
    drawn = Drawn(figure, say("supply.prices_caption"), ("median", "wide", "median_b", "wide_b", "rest"))
    return Part("prices", say("supply.prices"), (say("supply.prices_text"),), (drawn, table))


def _flows(result: Stress, say: Words) -> Part | None:
    moved = streams(result.flows, say)
    if not moved:
        return None
    names = [say.maybe("stage", stage) for stage in COLUMNS]
    unit = say("supply.kg_day")
    figure = sankey("sankey", say("supply.flows"), moved, names, unit, say, home=result.controller)
    drawn = Drawn(figure, say("supply.flows_caption", unit=unit), ("home", "other", "ghost"))
    return Part("flows", say("supply.flows"), (say("supply.flows_text"),), (drawn,))


def _exports(result: Stress, say: Words) -> Part | None:
    start = result.basis.start
    kept = sorted(result.exports, key=lambda c: (min(c.middle), c.name))[:_PANELS]
    shown = [Shown(_lane_name(c, say), _percents(fan(c, start, 1.0))) for c in kept]
    queues = sorted(result.waiting, key=lambda c: (-max(c.middle), c.name))[:6]
    waits = [Shown(_lane_name(c, say), fan(c, start)) for c in queues if max(c.high) > 0]
    pieces = []
    if shown:
        figure = bands("exports", say("supply.exports"), shown, say, tall=96)
        pieces.append(Drawn(figure, say("supply.exports_caption"), _FAN))
    if waits:
        figure = bands("waiting", say("supply.waiting"), waits, say, tall=96)
        pieces.append(Drawn(figure, say("supply.waiting_caption"), _FAN[:3]))
    return Part("exports", say("supply.exports"), (), tuple(pieces)) if pieces else None


def _lane_name(curve: Curve, say: Words) -> str:
    """What an export or waiting curve is of: its good, and where it goes if it says so."""
    parts = curve.name.split("/")[1:]
    ends_at = parts.pop().partition(">")[2] or parts.pop() if ">" in parts[-1] else parts.pop()
    what = good("/".join(parts), say)
    return what if ends_at == "*" else f"{what} → {country(ends_at, say)}"


def _avoided(result: Stress, say: Words) -> Part | None:
    other = result.avoided
    if other is None:
        return None
    rows = [
        Row(say.maybe("use", use), *ends(band), note=country(where, say))
        for use, where, band in other.rows[:14]
        if band.middle is not None
    ]
    figure = bars("avoided", say("supply.avoided_days"), rows, say("unit.days"), say, filled=True)
    says = say(
        "supply.avoided_text", name=other.title, days=spell(other.stop_days.middle), span=_range(other.stop_days),
        value=spell(_millions(other.value.middle)), values=f"{spell(_millions(other.value.low))} – {spell(_millions(other.value.high))}",
        unmet=percent(other.unmet.middle),
    )  # fmt: skip
    pieces = (Drawn(figure, say("supply.avoided_caption"), ("interval",)),) if rows else ()
    return Part("avoided", say("supply.avoided"), (says,), pieces)


def _millions(value: float | None) -> float | None:
    return None if value is None else value / 1e6
