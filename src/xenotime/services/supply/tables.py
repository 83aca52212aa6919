"""The tables of an answer, row by row: series, stops and flows, as they go into CSV files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import astuple
from datetime import date, timedelta

from xenotime.services.supply.results import Adapt, Leverage, Stress
from xenotime.supply.measure.values import Band, Curve

Cell = str | float | int | date | bool | None
Table = tuple[tuple[str, ...], Iterable[tuple[Cell, ...]]]

_BAND = ("p05", "p25", "p50", "p75", "p95")
SERIES = ("series", "unit", "day", "date", *_BAND, "central")
STOPS = (
    *("country", "stage", "use", "cover", "buyer", "line", "mine", "lines", "chance"),
    *(
        "first_p05",
        "first_p50",
        "first_p95",
        "first_central",
        "date_p50",
        "stood_p05",
        "stood_p50",
        "stood_p95",
    ),
    "worst_p50",
)
FLOWS = (
    *("good", "stage", "to_stage", "unit", "kg_per_unit", "origin", "destination"),
    *("before_per_day", "during_per_day", "after_per_day", "controlled"),
)


def tables(result: Stress | Adapt | Leverage) -> dict[str, Table]:
    """The tables of an answer by file name: the series of each, and of a stress its stops and flows too."""
    start = result.basis.start
    found: dict[str, Table] = {"series.csv": (SERIES, series(curves(result), start))}
    if isinstance(result, Stress):
        found["stops.csv"] = (STOPS, stops(result))
        found["flows.csv"] = (FLOWS, (astuple(flow) for flow in result.flows))
    return found


def curves(result: Stress | Adapt | Leverage) -> Iterator[Curve]:
    """Every series of an answer; those of a side bear its name in front."""
    if isinstance(result, Stress):
        for several in (result.standing, result.output, result.exports, result.delivered):
            yield from several
        yield from (*result.prices, *result.waiting, *result.cover)
    elif isinstance(result, Adapt):
        for side in result.sides:
            yield side.gap
            yield from (channel.curve for channel in side.channels)
    else:
        yield from (result.a.path, result.b.path, result.per_dollar)


def series(several: Iterable[Curve], start: date) -> Iterator[tuple[Cell, ...]]:
    """One row for each series and period; `start` is the date of day 0."""
    for curve in several:
        bands = (curve.low, curve.lower, curve.middle, curve.upper, curve.high, curve.central)
        for day, *values in zip(curve.days, *bands, strict=True):
            yield (curve.name, curve.unit, day, start + timedelta(days=day), *values)


def stops(stress: Stress) -> Iterator[tuple[Cell, ...]]:
    """One row for each class of lines that stood."""
    for each in stress.stops:
        yield (
            *(each.country, each.stage, each.use, each.cover, each.buyer, each.label, each.mine),
            *(len(each.lines), each.chance),
            *_outer(each.first),
            each.first.central,
            on(stress.basis.start, each.first.middle),
            *_outer(each.stood),
            each.worst.middle,
        )


def _outer(band: Band) -> tuple[float | None, ...]:
    return band.low, band.middle, band.high


def on(start: date, day: float | None) -> date | None:
    """The date of a day that is counted from `start`; None if it never comes.

    >>> on(date(2025, 4, 4), 27.4)
    datetime.date(2025, 5, 1)
    """
    return None if day is None else start + timedelta(days=round(day))
