"""The adapt page: how fast each side does without, by which channel, and how long capacity takes to build."""

from __future__ import annotations

from pathlib import Path

from xenotime.report.supply import basis as grounds
from xenotime.report.supply.bands import Shown, bands
from xenotime.report.supply.bars import Row, bars
from xenotime.report.supply.builds import Built, builds
from xenotime.report.supply.fan import ends, fan, percents
from xenotime.report.supply.leaf import FAN, Cell, Drawn, Fact, Leaf, Part, Rows, cells, put
from xenotime.report.supply.naming import country, land
from xenotime.report.supply.scale import percent, spell, spelt
from xenotime.report.supply.speak import speak
from xenotime.report.words import Words, load
from xenotime.services.supply.results import Adapt
from xenotime.supply.measure.values import Band, Build, Side

_PANELS = 9
#: A side whose gap stays below this share of need in 95 % of draws lacks nothing.
_FELT = 0.01


def write_adapt(folder: Path, result: Adapt, words: Words | None = None) -> Path:
    """The page as ``adapt.html`` in a folder, whole or not at all. Raises InputError when it cannot be."""
    say = speak((words or load()).lang)
    return put(folder, "adapt.html", leaf(result, say), say)


def leaf(result: Adapt, say: Words) -> Leaf:
    """The page's parts: who is faster first, then the gap by day, the channels, and what building took."""
    basis = result.basis
    parts = [_speed(result, say), _gaps(result, say), _channels(result, say), _faster(result, say)]
    parts += [_builds(result, say), grounds.drivers(basis, say), grounds.grounds(basis, say)]
    return Leaf(
        say("supply.adapt_title", title=basis.title),
        grounds.sub(basis, say),
        _answer(result, say),
        (*(part for part in parts if part is not None), grounds.rules(basis, say)),
        tuple(_fact(side, say) for side in _ranked(result)[:5]),
        basis.law_hash,
        basis.says,
        warnings=grounds.cautions(basis, say),
        sources=grounds.sources(basis, say),
        foot=(result.notice, say("supply.made")),
    )


def _ranked(result: Adapt) -> list[Side]:
    """Sides that lack anything, the fastest first; those that never get there last."""
    lacking = [s for s in result.sides if (s.worst.high or 0.0) > _FELT]
    return sorted(lacking, key=lambda s: (s.t50.middle is None, s.t50.middle or 0.0, s.country))


def _spared(result: Adapt, say: Words) -> tuple[str, ...]:
    """A sentence that names the sides that lack nothing."""
    names = [country(s.country, say) for s in result.sides if (s.worst.high or 0.0) <= _FELT]
    return (say("supply.unaffected", who=", ".join(names)),) if names else ()


def _answer(result: Adapt, say: Words) -> str:
    there = [s for s in _ranked(result) if s.t50.middle is not None]
    if not there:
        return say("supply.adapt_none")
    first = there[0]
    return say(
        "supply.adapt_answer",
        who=land(first.country, say),
        days=spell(first.t50.middle),
        span=spelt(first.t50, say("supply.never_word")),
        lasting=_days(first.lasting, say),
        n=len(there),
        all=len(_ranked(result)),
    )


def _days(band: Band, say: Words) -> str:
    return say("supply.never_word") if band.middle is None else say("supply.days_long", n=spell(band.middle))


def _fact(side: Side, say: Words) -> Fact:
    span = spelt(side.t50, say("supply.never_word"))
    return Fact(_days(side.t50, say), say("supply.t50_fact", who=country(side.country, say)), span)


def _speed(result: Adapt, say: Words) -> Part:
    rows = []
    for side in _ranked(result):
        for series, band in enumerate((side.t50, side.lasting, side.t90)):
            rows.append(Row(country(side.country, say), *ends(band), series=series, says=say("supply.never")))
    named = (say("supply.t50"), say("supply.lasting"), say("supply.t90"))
    figure = bars("speed", say("supply.speed"), rows, say("unit.days"), say, series=named)
    head = ("country", "worst_gap", "t50", "", "t90", "lasting", "rate", "reached")
    table = Rows(
        tuple(say(f"supply.{key}") if key else "5–95 %" for key in head),
        cells(
            (
                country(s.country, say), percent(s.worst.middle), spell(s.t50.middle), spelt(s.t50),
                spell(s.t90.middle), spell(s.lasting.middle), spell(s.rate.middle, 2), percent(s.reached),
            )
            for s in _ranked(result)
        ),
        frozenset(range(1, 8)),
        folded=say("supply.speed_table", n=len(result.sides)),
    )  # fmt: skip
    drawn = Drawn(figure, say("supply.speed_caption"), ("interval",))
    return Part(
        "speed", say("supply.speed"), (say("supply.speed_text"),), (drawn, table), _spared(result, say)
    )


def _gaps(result: Adapt, say: Words) -> Part:
    start = result.basis.start
    shown = [Shown(country(s.country, say), percents(fan(s.gap, start))) for s in _ranked(result)][:_PANELS]
    figure = bands("gaps", say("supply.unmet_share"), shown, say)
    drawn = Drawn(figure, say("supply.unmet_caption"), FAN[:3])
    return Part("gaps", say("supply.unmet_share"), (), (drawn,))


def _channels(result: Adapt, say: Words) -> Part | None:
    rows = [
        Row(country(s.country, say), *_hundred(c.share), note=say.maybe("channel", c.channel))
        for s in _ranked(result)
        for c in sorted(s.channels, key=lambda c: -(c.share.middle or 0.0))
        if (c.share.middle or 0.0) > 0.005
    ]
    if not rows:
        return None
    figure = bars("channels", say("supply.channels"), rows[:32], "%", say, filled=True, split=150)
    drawn = Drawn(figure, say("supply.channels_caption"), ("interval",))
    return Part("channels", say("supply.channels"), (say("supply.channels_text"),), (drawn,))


def _hundred(band: Band) -> tuple[float | None, float | None, float | None]:
    low, middle, high = (None if v is None else 100 * v for v in ends(band))
    return low, middle, high


def _faster(result: Adapt, say: Words) -> Part | None:
    """Who is faster than whom, as a matrix of probabilities."""
    sides = [s.country for s in _ranked(result)]
    if not result.faster or len(sides) < 2:
        return None
    odds = {(f.a, f.b): f.chance for f in result.faster}
    for f in result.faster:
        if f.chance is not None and f.tied is not None:
            odds[(f.b, f.a)] = max(1 - f.chance - f.tied, 0.0)
    rows = [
        [
            Cell(country(a, say), strong=True),
            *(Cell("" if a == b else percent(odds.get((a, b)), none="–")) for b in sides),
        ]
        for a in sides
    ]
    head = ("", *(country(b, say) for b in sides))
    table = Rows(head, cells(rows), frozenset(range(1, len(head))))
    return Part("faster", say("supply.faster"), (say("supply.faster_text"),), (table,))


def _builds(result: Adapt, say: Words) -> Part | None:
    if not result.builds:
        return None
    rows = [_built(b, say) for b in result.builds]
    figure = builds("builds", say("supply.builds"), rows, result.builds[0].claimed, say)
    drawn = Drawn(figure, say("supply.builds_caption"), ("project", "planned", "shade"))
    return Part("builds", say("supply.builds"), (say("supply.builds_text"),), (drawn,))


def _built(one: Build, say: Words) -> Built:
    low, middle, high = ends(one.years)
    stage, kind = say.maybe("stage", one.stage), say.maybe("built", one.kind)
    return Built(stage, kind, one.projects, low, middle, high, one.inside, hollow=one.kind != "observed")
