"""The backtest page: where the model is right and where it fails, beside naive forecasts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from xenotime.report.supply.bars import Row, bars
from xenotime.report.supply.basis import FEW, cited
from xenotime.report.supply.fan import Fan
from xenotime.report.supply.forecast import Series, forecast
from xenotime.report.supply.leaf import Cell, Drawn, Fact, Leaf, Part, Rows, put
from xenotime.report.supply.naming import good, lines
from xenotime.report.supply.scale import percent, spell
from xenotime.report.supply.speak import speak
from xenotime.report.words import Words, load
from xenotime.services.supply.backtest import Backtest, Error, Ratio, Scored, Stopped


def write_backtest(folder: Path, result: Backtest, words: Words | None = None) -> Path:
    """The page as ``backtest.html`` in a folder, whole or not at all. Raises InputError when it cannot be."""
    say = speak((words or load()).lang)
    return put(folder, "backtest.html", leaf(result, say), say)


def leaf(result: Backtest, say: Words) -> Leaf:
    """The page's parts: the failures beside the hits, the series, the stops, the prices, the protocol."""
    parts = (
        _fails(result, say),
        _series(result, say),
        _errors(result, say),
        _halts(result, say),
        _ratios(result, say),
    )
    return Leaf(
        say("supply.backtest_title"),
        (
            say("supply.draws", n=spell(result.draws), seed=result.seed),
            say("supply.effective", n=spell(result.effective)),
            say("supply.scenario", name=result.scenario),
        ),
        _answer(result, say),
        tuple(part for part in parts if part is not None),
        _facts(result, say),
        result.inputs,
        result.frozen,
        warnings=_cautions(result, say),
        sources=cited(result.figures, say),
        foot=(say("supply.backtest_foot"), say("supply.made")),
    )


def _cautions(result: Backtest, say: Words) -> tuple[str, ...]:
    few = result.effective < FEW
    return (say("supply.few_effective", n=spell(result.effective, 2)),) if few else ()


def _judged(result: Backtest) -> list[Error]:
    """Errors on months that nothing was fitted to."""
    return [e for e in result.errors if e.split != "fit"]


def _beats(one: Error) -> bool:
    naive = [v for v in (one.flat, one.last, one.year) if v is not None]
    return bool(naive) and one.log < min(naive)


def _answer(result: Backtest, say: Words) -> str:
    judged = _judged(result)
    return say(
        "supply.backtest_answer",
        won=sum(_beats(e) for e in judged),
        all=len(judged),
        hits=result.hits[0],
        stopped=result.hits[1],
        alarms=result.alarms[0],
        quiet=result.alarms[1],
        fails=len(result.fails),
    )


def _facts(result: Backtest, say: Words) -> tuple[Fact, ...]:
    judged = _judged(result)
    months = sum(e.months for e in judged)
    covered = sum(e.covered * e.months for e in judged) / months if months else None
    return (
        Fact(percent(covered), say("supply.covered_fact"), say("supply.covered_note", n=months)),
        Fact(f"{result.hits[0]}/{result.hits[1]}", say("supply.hits_fact")),
        Fact(f"{result.alarms[0]}/{result.alarms[1]}", say("supply.alarms_fact"), harm=result.alarms[0] > 0),
        Fact(percent(result.order), say("supply.order_fact")),
    )


def _fails(result: Backtest, say: Words) -> Part:
    rows = tuple((Cell(text),) for text in result.fails)
    table = Rows((say("supply.fails_head"),), rows, empty=say("supply.fails_none"))
    return Part("fails", say("supply.fails"), (say("supply.fails_text"),), (table,))


def _series(result: Backtest, say: Words) -> Part:
    shown = [_drawn(one, say) for one in result.series]
    figure = forecast("forecast", say("supply.forecast"), shown, say, edges=("10 %", "90 %"))
    keys = ("wide80", "narrow", "median", "seen", "missed")
    drawn = Drawn(figure, say("supply.forecast_caption"), keys)
    return Part("series", say("supply.forecast"), (), (drawn,))


def _drawn(one: Scored, say: Words) -> Series:
    days = tuple(_first(m.month) for m in one.months)
    low, soon, mid, late, high = (tuple(m.quantiles[k] for m in one.months) for k in (1, 2, 3, 4, 5))
    seen = tuple((_first(m.month), m.observed) for m in one.months if m.observed is not None)
    rows = {
        "flat": tuple(m.flat for m in one.months),
        "last": tuple(m.last for m in one.months),
        "year": tuple(m.year for m in one.months),
    }
    naive = {say(f"supply.naive_{k}"): row for k, row in rows.items() if any(v is not None for v in row)}
    starts = [k for k, m in enumerate(one.months) if not k or one.months[k - 1].split != m.split]
    parts = tuple((days[k], one.months[k].split) for k in starts)
    return Series(one.says, Fan(one.name, one.unit, days, low, soon, mid, late, high), seen, naive, parts)


def _first(month: str) -> date:
    return date.fromisoformat(f"{month}-01")


def _errors(result: Backtest, say: Words) -> Part:
    names = ("series", "part", "months_head", "error", "naive_flat", "naive_last", "naive_year")
    head = tuple(say(f"supply.{key}") for key in (*names, "error_share", "covered"))
    table = Rows(head, tuple(_error(e, result, say) for e in result.errors), frozenset(range(2, 9)))
    return Part("errors", say("supply.errors"), (say("supply.errors_text"),), (table,))


def _error(one: Error, result: Backtest, say: Words) -> tuple[Cell, ...]:
    named = {each.name: each.says for each in result.series}
    over = "–" if one.percent is None else f"{spell(one.percent, 2)} %"
    naive = (Cell(spell(v, 2)) for v in (one.flat, one.last, one.year))
    return (
        Cell(named.get(one.name, one.name)),
        Cell(say.maybe("part_of", one.split)),
        Cell(str(one.months)),
        Cell(spell(one.log, 2), strong=_beats(one)),
        *naive,
        Cell(over),
        Cell(percent(one.covered)),
    )


def _halts(result: Backtest, say: Words) -> Part:
    head = ("firm", "lines", "reported", "odds", "median_day", "right", "claim")
    rows = tuple(_halt(h, say) for h in result.halts)
    table = Rows(tuple(say(f"supply.{key}") for key in head), rows, frozenset({3, 4}))
    return Part(
        "halts", say("supply.halts"), (say("supply.halts_text", order=percent(result.order)),), (table,)
    )


def _halt(one: Stopped, say: Words) -> tuple[Cell, ...]:
    reported = (
        say("supply.no_stop") if not one.rank else say("supply.stop_days", first=one.first, last=one.last)
    )
    day = say("supply.never") if one.day is None else spell(one.day)
    right = say("supply.right_yes") if one.right else say("supply.right_no")
    return (
        Cell(one.firm), Cell(lines(one.lines, say)), Cell(reported), Cell(percent(one.chance)), Cell(day),
        Cell(right, strong=not one.right), Cell("", (one.claim,) if one.claim else ()),
    )  # fmt: skip


def _ratios(result: Backtest, say: Words) -> Part | None:
    if not result.ratios:
        return None
    rows = []
    for one in result.ratios:
        rows += _ratio(one, say)
    names = (say("supply.claimed_ratio"), say("supply.spot"), say("supply.contract"))
    figure = bars(
        "ratios", say("supply.ratios"), rows, say("supply.times"), say, series=names, log=True, mark=1.0
    )
    drawn = Drawn(figure, say("supply.ratios_caption"), ("interval",))
    return Part("ratios", say("supply.ratios"), (), (drawn,))


def _ratio(one: Ratio, say: Words) -> list[Row]:
    name, month = good(one.good, say), one.month
    found = [Row(name, one.low, one.claimed, one.high, month)]
    for series, row in ((1, one.spot), (2, one.contract)):
        if row:
            found.append(Row(name, row[0], row[3], row[-1], month, series=series))
    return found
