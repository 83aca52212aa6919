"""The supply answers in the terminal: numbers, intervals and names in words, and the parts they share."""

from __future__ import annotations

from datetime import timedelta
from functools import cache

from rich.console import Group, RenderableType
from rich.text import Text

from xenotime.report.supply.naming import parameter
from xenotime.report.supply.speak import speak
from xenotime.report.terminal import address, grid, heading, joined, muted, part
from xenotime.report.words import Words, laid
from xenotime.services.supply.results import Basis, Event
from xenotime.supply.measure.values import Band

#: How many rows a part shows before it says how many more there are.
ROWS = 10
_SCALES = ((1e9, "billion USD"), (1e6, "million USD"), (1e3, "thousand USD"))


@cache
def catalogue(lang: str = "en") -> Words:
    """The words of a language with those of this face. Raises KeyError for another language."""
    return laid(speak(lang), "brief")


def percent(share: float | None, say: Words) -> str:
    """A share in percent, to a whole one from ten on: 0.123 is 12 %."""
    if share is None:
        return say("say.unknown")
    value = 100 * share
    return f"{value:.0f} %" if abs(value) >= 9.95 or value == 0 else f"{value:.1f} %"


def fraction(share: float | None, say: Words) -> str:
    """A share that may be far below a thousandth, in percent with two digits that count: 0.012 %."""
    return say("say.unknown") if share is None else f"{100 * share:.2g} %"


def money(value: float | None, say: Words) -> str:
    """An amount of USD with three digits that count and its scale in words, to whole dollars."""
    if value is None:
        return say("say.unknown")
    value = float(round(value))
    scale, unit = next((pair for pair in _SCALES if abs(value) >= pair[0]), (1.0, "USD"))
    return f"{value / scale:.3g} {say(f'unit.{unit}')}"


def number(value: float | None, say: Words) -> str:
    """A number with three digits that count, thousands apart."""
    if value is None:
        return say("say.unknown")
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def date_of(day: float | None, basis: Basis, say: Words) -> str:
    """The date of a day of the answer; that it does not come, if so."""
    if day is None:
        return say("brief.never", days=basis.days)
    return (basis.start + timedelta(days=round(day))).isoformat()


def when(day: float | None, basis: Basis, say: Words) -> str:
    """A day with its date: ``day 34 (2025-05-08)``."""
    if day is None:
        return say("brief.never", days=basis.days)
    return say("brief.day", day=round(day), date=date_of(day, basis, say))


def span(low: str, high: str, say: Words) -> str:
    """The interval of an answer, as its sentence ends."""
    return say("brief.interval", low=low, high=high)


def shares(band: Band, say: Words) -> str:
    """A share's interval."""
    return span(percent(band.low, say), percent(band.high, say), say)


def shared(band: Band, say: Words) -> str:
    """A share with its interval behind it: ``19 % (12–28)``."""
    ends = (percent(end, say).removesuffix(" %") for end in (band.low, band.high))
    return f"{percent(band.middle, say)} ({'–'.join(ends)})"


def monies(band: Band, say: Words) -> str:
    """The interval of an amount in one scale: ``-4.85 to -0.93 billion USD``."""
    if band.low is None or band.high is None:
        return say("say.unknown")
    most = max(abs(band.low), abs(band.high))
    scale, unit = next((pair for pair in _SCALES if most >= pair[0]), (1.0, "USD"))
    ends = {"low": f"{round(band.low) / scale:.3g}", "high": f"{round(band.high) / scale:.3g}"}
    return say("brief.monies", **ends, unit=say(f"unit.{unit}"))


def daily(band: Band) -> str:
    """The interval of a day in numbers: ``d 28–45``; ∞ lies beyond the run, – never comes."""
    ends = ["∞" if day is None else f"{day:.0f}" for day in (band.low, band.high)]
    return "–" if band.low is None else f"d {'–'.join(ends)}"


def sums(band: Band, say: Words) -> str:
    """An amount's interval."""
    return span(money(band.low, say), money(band.high, say), say)


def dates(band: Band, basis: Basis, say: Words) -> str:
    """A day's interval, in dates; its end may lie beyond the run."""
    if band.low is None:
        return say("brief.interval_beyond")
    return span(end(band.low, basis, say), end(band.high, basis, say), say)


def end(day: float | None, basis: Basis, say: Words) -> str:
    """One end of an interval of days, as a date; that it lies beyond the run, if so."""
    return say("brief.beyond") if day is None else date_of(day, basis, say)


def head(basis: Basis, say: Words) -> RenderableType:
    """The scenario's name, what it says, and what was run."""
    ran = say("brief.run", draws=basis.draws, seed=basis.seed, start=basis.start.isoformat(), days=basis.days)
    return Group(joined(heading(basis.title), muted(basis.scenario), gap="  "), Text(basis.says), muted(ran))


def happenings(events: tuple[Event, ...], say: Words) -> list[RenderableType]:
    """The dated events of an answer; the articles of one instrument on one day are one line."""
    kept: dict[tuple[object, ...], list[Event]] = {}
    for event in events:
        instrument = event.address.rpartition("/")[0] if event.kind == "law" else event.says
        kept.setdefault((event.day, event.kind, instrument), []).append(event)
    rows = [
        (
            Text(several[0].day.isoformat(), style="bold"),
            muted(say.maybe("event", several[0].kind)),
            joined(
                ", ".join(dict.fromkeys(event.says for event in several)),
                address(several[0].address if len(several) == 1 else several[0].address.rpartition("/")[0]),
                gap="  ",
            ),
        )
        for several in list(kept.values())[:ROWS]
    ]
    if not rows:
        return []
    return [part(say("brief.head_law"), grid(rows, keep=(0, 1), grow=2), *rest(len(kept), say))]


def rest(total: int, say: Words) -> list[RenderableType]:
    """That there are more than `ROWS`, if so."""
    return [muted(say("brief.more", n=total - ROWS))] if total > ROWS else []


def driven(basis: Basis, say: Words) -> RenderableType:
    """The inputs that drive the answer, with the figures behind them."""
    rows = [
        (
            Text(f"{driver.weight:+.2f}", style="bold"),
            Text(parameter(driver.parameter, say)),
            muted(
                ", ".join(driver.claims[:4]) if driver.claims else f"{say('brief.assumed')}: {driver.rule}"
            ),
            muted(say.maybe("sureness", driver.sureness) if driver.claims else ""),
        )
        for driver in basis.drivers
    ]
    told = say("brief.judged", answer=say.maybe("answer", basis.answer))
    body = grid(rows, right=(0,), keep=(0,)) if rows else muted(say("brief.no_driver"))
    return part(say("brief.head_drivers"), muted(told), body)


def grounds(basis: Basis, say: Words) -> RenderableType:
    """What the answer rests on: law, figures, rules, mass balance."""
    lines = [
        say("brief.law", known=basis.known.isoformat(), hash=basis.law_hash[:12])
        if basis.law
        else say("brief.no_law"),
        say(
            "brief.figures",
            claims=basis.claims,
            parameters=basis.parameters,
            assumed=len(basis.assumed),
            doubtful=len(basis.doubtful),
        ),
        say("brief.reconciled", n=len(basis.reconciled), gaps=len(basis.gaps)),
        say("brief.rules", rules=", ".join(f"{name} {value}" for name, value in basis.rules)),
        say("brief.residue", residue=f"{basis.residue:.0e}"),
    ]
    return part(say("brief.head_basis"), *(muted(line) for line in lines))
