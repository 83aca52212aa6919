"""The stress answer in one sentence and a few numbers: what stops, when, how surely, at what cost."""

from __future__ import annotations

from datetime import date

from xenotime.report.supply.fan import day, ends
from xenotime.report.supply.leaf import Fact
from xenotime.report.supply.naming import land, outside, sector
from xenotime.report.supply.scale import between, larger, percent, shares, spell
from xenotime.report.words import Words
from xenotime.services.supply.results import Stress
from xenotime.supply.measure.values import Band, Stop

#: A class of lines is named as stopping when it does in this share of draws.
_LIKELY = 0.5


def sentence(result: Stress, say: Words) -> str:
    """What stops first, how surely, and how far output falls."""
    where = outside(result.controller, say)
    likely = [s for s in result.stops if s.stage == "product" and s.chance >= _LIKELY]
    if not likely:
        return say(
            "supply.answer_none",
            chance=percent(_most(result.stops)),
            low=percent(result.low.middle),
            where=where,
        )
    first = min(likely, key=lambda s: (_or_never(s.first.middle), -s.chance))
    begun = day(first.first.middle, result.basis.start)
    return say(
        "supply.answer",
        what=sector(first.stage, first.use, say),
        place=land(first.country, say),
        day=begun.isoformat() if begun else say("supply.never"),
        odds=percent(first.chance),
        n=len({(s.country, s.use) for s in likely}),
        low=percent(result.low.middle),
        where=where,
        span=shares(result.low),
    )


def facts(result: Stress, say: Words) -> tuple[Fact, ...]:
    """The numbers of the answer with their 5–95 % intervals."""
    start, where = result.basis.start, outside(result.controller, say)
    found = [
        dated(result.first, say("supply.first_fact", where=where), start, say),
        Fact(
            percent(result.stopped.middle),
            say("supply.stopped_fact", where=where),
            shares(result.stopped),
            harm=True,
        ),
        Fact(percent(result.low.middle), say("supply.low_fact", where=where), shares(result.low), harm=True),
        dated(result.back, say("supply.back_fact"), start, say),
        money(result.lost, say("supply.lost_fact"), say),
    ]
    return tuple(found)


def money(band: Band, says: str, say: Words) -> Fact:
    """An amount in US dollars with its interval, in a unit that fits."""
    found = [None if v is None else float(round(v)) for v in ends(band)]
    factor, unit = larger("USD", max(abs(v or 0) for v in found))
    low, middle, high = (None if v is None else v / factor for v in found)
    return Fact(f"{spell(middle)} {say.maybe('unit', unit)}", says, between(low, high), harm=True)


def dated(band: Band, says: str, start: date, say: Words) -> Fact:
    """A day with its interval."""
    low, middle, high = (day(v, start) for v in ends(band))
    never = say("supply.never_word")
    span = f"{low or never} – {high or never}" if low or high else ""
    return Fact(middle.isoformat() if middle else never, says, span)


def _most(stops: tuple[Stop, ...]) -> float:
    return max((s.chance for s in stops if s.stage == "product"), default=0.0)


def _or_never(value: float | None) -> float:
    return float("inf") if value is None else value
