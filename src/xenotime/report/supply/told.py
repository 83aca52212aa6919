"""A stress in the terminal: when lines stop, where, what is missing, when it is back; then why."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from xenotime.report.supply.brief import (
    ROWS,
    catalogue,
    daily,
    date_of,
    dates,
    driven,
    grounds,
    happenings,
    head,
    money,
    number,
    percent,
    rest,
    shared,
    shares,
    span,
    sums,
    when,
)
from xenotime.report.supply.naming import country, good, outside, sector
from xenotime.report.terminal import joined, listing, muted, part
from xenotime.report.words import Words
from xenotime.services.supply.results import Avoided, Stress
from xenotime.supply.measure.values import Peak, Stop, Unmet
from xenotime.supply.world.network import STAGES

#: A price that rises less than this is not told.
_CALM = 1.05


def stress_told(stress: Stress, words: Words | None = None) -> RenderableType:
    """A stress on a screen or two, the answer first."""
    say = words or catalogue()
    mine = [stop for stop in stress.stops if stop.mine]
    others = [stop for stop in stress.stops if not stop.mine]
    return Group(
        head(stress.basis, say),
        part(say("brief.head_answer"), *(Text(line) for line in answer(stress, say))),
        *([part(say("brief.head_mine"), _stops(stress, mine, say))] if mine else []),
        *([_sectors(stress, say)] if stress.sectors else []),
        *([_earliest(stress, others, say)] if others else []),
        *_missing(stress, say),
        part(say("brief.head_prices"), _prices(stress.peaks, say)),
        *([_avoided(stress.avoided, say)] if stress.avoided else []),
        *happenings(stress.events, say),
        driven(stress.basis, say),
        grounds(stress.basis, say),
        Text(""),
        muted(say("brief.notice")),
    )


def answer(stress: Stress, say: Words) -> list[str]:
    """When lines stop, how much stands, how much is delivered, by when it is back, what is lost."""
    basis, where = stress.basis, outside(stress.controller, say)
    lines = []
    if stress.first.low is None:
        lines.append(say("brief.no_stop" if stress.controller else "brief.no_stop_at_all", where=where))
    else:
        day = when(stress.first.middle, basis, say)
        lines.append(say("brief.stop", where=where, when=day, interval=dates(stress.first, basis, say)))
        share = percent(stress.stopped.middle, say)
        lines.append(say("brief.worst", share=share, interval=shares(stress.stopped, say)))
    lines.append(say("brief.low", share=percent(stress.low.middle, say), interval=shares(stress.low, say)))
    if stress.back.high == 0:
        lines.append(say("brief.always", where=where))
    else:
        back = stress.back.middle
        key = "brief.back" if back is not None else "brief.not_back"
        day = when(back, basis, say)
        lines.append(say(key, when=day, days=basis.days, interval=dates(stress.back, basis, say)))
    lines.append(say("brief.lost", money=money(stress.lost.middle, say), interval=sums(stress.lost, say)))
    return lines


def _sectors(stress: Stress, say: Words) -> RenderableType:
    """The stages and uses outside the controlling country: products, what goes into them, and so on up."""
    rows = [
        (_sector(stop, say), *_when(stress, stop, say), shared(stop.worst, say))
        for stop in sorted(stress.sectors, key=_uses)
    ]
    names = ("sector", "sure", "from", "day_range", "worst_share")
    table = listing([say(f"brief.{name}") for name in names], rows, keep=(0, 1, 2, 3, 4))
    return part(say("brief.head_sectors", where=outside(stress.controller, say)), table)


def _when(stress: Stress, stop: Stop, say: Words) -> tuple[RenderableType, ...]:
    """How sure a stop is, its date, and its interval in days."""
    day = stop.first.middle
    return (
        percent(stop.chance, say),
        Text("–" if day is None else date_of(day, stress.basis, say), style="bold"),
        daily(stop.first),
    )


def _uses(stop: Stop) -> tuple[int, int, float]:
    """Products first, then what goes into them; within a stage those that stand most."""
    return -STAGES.index(stop.stage), stop.use == "", -(stop.worst.middle or 0.0)


def _sector(stop: Stop, say: Words) -> Text:
    made_of = muted(say.maybe("stage", stop.stage)) if stop.use and stop.stage != "product" else ""
    return joined(sector("product" if stop.use else stop.stage, stop.use, say), made_of, gap=", ")


def _earliest(stress: Stress, stops: Sequence[Stop], say: Words) -> RenderableType:
    """The classes of lines that stand first, in at least half of the draws if there are such."""
    ranked = sorted(stops, key=lambda stop: (stop.chance < 0.5, stop.first.middle or 0.0, -stop.chance))
    return part(say("brief.head_stops"), _stops(stress, ranked, say), *rest(len(ranked), say))


def _stops(stress: Stress, stops: Sequence[Stop], say: Words) -> RenderableType:
    names = ("who", "sure", "from", "day_range", "long")
    rows = [
        (
            line(stop, say),
            *_when(stress, stop, say),
            say("brief.stood", days=number(stop.stood.middle, say)),
        )
        for stop in stops[:ROWS]
    ]
    return listing([say(f"brief.{name}") for name in names], rows, keep=(1, 2, 3, 4))


def line(stop: Stop, say: Words) -> Text:
    """A class of lines in words: sector, country, how deep its stocks are."""
    if stop.mine:
        return Text(stop.label or stop.lines[0], style="bold")
    deep = say.maybe("cover", stop.cover) if stop.cover else ""
    stage = say.maybe("stage", stop.stage) if stop.stage == "component" else ""
    named = sector("product" if stage else stop.stage, stop.use, say)
    return joined(named, stop.label, muted(stage), country(stop.country, say), muted(deep), gap=", ")


def _missing(stress: Stress, say: Words) -> list[RenderableType]:
    uses, elements = stress.unmet_uses, stress.unmet_elements
    named = [
        *((each, _use(each, say)) for each in uses[:ROWS]),
        *((each, _element(each, say)) for each in elements[:ROWS]),
    ]
    rows = [_lack(each, text, say) for each, text in named]
    if not rows:
        return []
    names = ("", say("brief.share"), say("brief.amount"))
    more = max(0, len(uses) - ROWS) + max(0, len(elements) - ROWS)
    return [part(say("brief.head_unmet"), listing(names, rows, keep=(1, 2)), *rest(more + ROWS, say))]


def _use(row: Unmet, say: Words) -> str:
    return say("brief.of_use", use=say.maybe("use", row.what), country=country(row.where, say))


def _element(row: Unmet, say: Words) -> str:
    return say("brief.at_stage", element=row.what, stage=say.maybe("stage", row.where))


def _lack(row: Unmet, named: str, say: Words) -> tuple[RenderableType, ...]:
    return Text(named), shared(row.share, say), f"{number(row.amount.middle, say)} {row.unit}"


def _prices(peaks: Sequence[Peak], say: Words) -> RenderableType:
    zones = {(peak.good, peak.zone): peak for peak in peaks}
    rising = [p for p in peaks if p.zone == "outside" and (p.spot.middle or 0) >= _CALM]
    if not rising:
        return muted(say("brief.calm"))
    rows = [
        (
            good(peak.good, say),
            Text(f"{number(peak.spot.middle, say)}", style="bold"),
            f"{number(peak.spot.low, say)} – {number(peak.spot.high, say)}",
            number(zones[peak.good, "inside"].spot.middle, say) if (peak.good, "inside") in zones else "–",
            number(peak.contract.middle, say),
        )
        for peak in rising[:ROWS]
    ]
    names = ("spot_out", "range", "spot_in", "contract_out")
    return Group(
        listing(["", *(say(f"brief.{name}") for name in names)], rows, keep=(1, 2, 3, 4)),
        *rest(len(rising), say),
    )


def _avoided(found: Avoided, say: Words) -> RenderableType:
    days, unmet = found.stop_days, found.unmet
    return part(
        say("brief.head_avoided", title=found.title),
        Text(
            say(
                "brief.avoided_days",
                days=number(days.middle, say),
                interval=span(number(days.low, say), number(days.high, say), say),
            )
        ),
        Text(
            say("brief.avoided_value", money=money(found.value.middle, say), interval=sums(found.value, say))
        ),
        Text(say("brief.avoided_unmet", share=percent(unmet.middle, say), interval=shares(unmet, say))),
        muted(say("brief.avoided_more")),
    )
