"""A scored backtest as text for the terminal, and its months as a table."""

from __future__ import annotations

from pathlib import Path

from xenotime.report.atomic import write
from xenotime.report.supply.backtest import write_backtest
from xenotime.report.supply.files import table_text, write_result
from xenotime.report.words import Words
from xenotime.services.supply.backtest import Backtest, Error, Month, Scored
from xenotime.services.supply.tables import Table

_HEAD = tuple("series unit month split observed claim p10 p50 p90 flat last year".split())


def lines(found: Backtest) -> list[str]:
    """The answer in text: series by month, errors beside the naive forecasts, stops, prices, failures."""
    head = f"Backtest of {found.scenario}: {found.draws} draws worth {found.effective:.0f}, seed {found.seed}"
    said = [f"{head}; largest mass imbalance {found.residue:.0e}", found.frozen]
    for one in found.series:
        said += ["", f"{one.says} [{one.unit} a month], {one.rest:,.0f} before the control", *_months(one)]
        said += [_error(error) for error in found.errors if error.name == one.name]
    said += ["", _stops(found)]
    for halt in found.halts:
        seen = f"stopped day {halt.first}-{halt.last}" if halt.rank else "no stop reported"
        day = "never" if halt.day is None else f"day {halt.day:.0f}"
        mark = "✓" if halt.right else "✗"
        said.append(f"  {mark} {halt.firm:<30} {seen:<22} model {100 * halt.chance:>3.0f} %, {day}")
    for ratio in found.ratios:
        said.append(
            f"  {ratio.good} outside/inside in {ratio.month}: claimed {ratio.claimed} "
            f"({ratio.low} to {ratio.high}); spot {ratio.spot[3]:.1f} "
            f"({ratio.spot[1]:.1f} to {ratio.spot[5]:.1f}), contract {ratio.contract[3]:.1f}"
        )
    return [*said, "", "Where it fails:", *(f"  - {text}" for text in found.fails or ("nowhere scored",))]


def _stops(found: Backtest) -> str:
    return (
        f"Lines that stopped: {found.hits[0]} of {found.hits[1]} told as such, "
        f"{found.alarms[0]} of {found.alarms[1]} false alarms, "
        f"{100 * found.order:.0f} % of pairs in the order reported"
    )


def _months(one: Scored) -> list[str]:
    return [_month_line(month) for month in one.months if month.observed is not None]


def _month_line(month: Month) -> str:
    low, middle, high = (month.quantiles[n] for n in (1, 3, 5))
    mark = "✓" if month.inside else "✗"
    return (
        f"  {mark} {month.month} {month.split:<6} observed {month.observed:>9,.0f}   "
        f"model {middle:>9,.0f} ({low:,.0f} to {high:,.0f})"
    )


def _error(error: Error) -> str:
    naive = ", ".join(
        f"{name} {value:.2f}"
        for name, value in (("flat", error.flat), ("last month", error.last), ("year before", error.year))
        if value is not None
    )
    percent = f" ({error.percent:.0f} %)" if error.percent is not None else ""
    return (
        f"    {error.split}: log error {error.log:.2f}{percent}; naive: {naive or 'none'}; "
        f"80 % interval holds {100 * error.covered:.0f} %"
    )


def table(found: Backtest) -> Table:
    """The months: observed, the 80 % interval and its middle, and the naive forecasts."""
    rows = [
        (one.name, one.unit, m.month, m.split, m.observed, m.claim,
         m.quantiles[1], m.quantiles[3], m.quantiles[5], m.flat, m.last, m.year)
        for one in found.series
        for m in one.months
    ]  # fmt: skip
    return _HEAD, rows


def written(folder: Path, found: Backtest, words: Words) -> list[Path]:
    """The page, the months as CSV and the whole result as JSON in a folder."""
    return [
        write_backtest(folder, found, words),
        write(folder / "months.csv", table_text(table(found)).encode("utf-8-sig")),
        write_result(found, folder / "result.json"),
    ]
