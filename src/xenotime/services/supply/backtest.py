"""Scores the model on what happened after 4 April 2025: months of the fit, months held back, months added.

Draws of the inputs are weighed by the months of the fit (April to June 2025); the weighted draws are the
forecast of every later month. Nothing after June conditions it: the freeze records the forecast and the hash
of all it was made from, and says when either moved.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xenotime.core.errors import InputError
from xenotime.evidence.figure import Figure
from xenotime.services.supply.hindcast import Ensemble, ensemble, reaching
from xenotime.services.supply.model import Model
from xenotime.supply.measure import score
from xenotime.supply.measure.protocol import Halt, Price, Protocol, Series
from xenotime.supply.scenario.read import read

Array = NDArray[np.float64]

#: How long after 4 April 2025 [days] a stop may begin to count.
WITHIN = 180
#: The quantiles of a forecast; 10 and 90 % bound the 80 % interval that is scored.
QUANTILES = (0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95)


@dataclass(frozen=True, slots=True)
class Month:
    """One month of one series: what was observed (None: not known here), and what was said beforehand.

    `split` fit | check | later | added | ahead; `quantiles` as `QUANTILES`; `flat`, `last` and `year` are
    the naive forecasts (None where there is none); `claim` the id, or the source given with an added month.
    """

    month: str
    split: str
    observed: float | None
    claim: str
    quantiles: tuple[float, ...]
    crps: float | None
    flat: float | None
    last: float | None
    year: float | None

    @property
    def inside(self) -> bool | None:
        """Whether the 80 % interval holds what was observed; None when nothing was."""
        return None if self.observed is None else self.quantiles[1] <= self.observed <= self.quantiles[5]


@dataclass(frozen=True, slots=True)
class Scored:
    """One series: `rest` its modelled month before the control, `baseline` the claimed one, its months."""

    name: str
    says: str
    unit: str
    rest: float
    baseline: float | None
    months: tuple[Month, ...]


@dataclass(frozen=True, slots=True)
class Error:
    """A series on a split: error of the median and of each naive forecast, and the coverage of 80 %.

    `log` the mean absolute error of logarithms; `percent` over what was observed (None where that is 0);
    `flat`, `last`, `year` the log errors of the naive forecasts on the same months.
    """

    name: str
    split: str
    months: int
    log: float
    percent: float | None
    covered: float
    flat: float | None
    last: float | None
    year: float | None


@dataclass(frozen=True, slots=True)
class Stopped:
    """A firm beside the model's lines of its kind; days are counted from 4 April 2025.

    `rank` 0: not reported to stop. `chance` [share] of a stop within `WITHIN` days; `day` the median first
    day (None: never); `right` whether the model says stop (chance of a half or more) as was reported.
    """

    firm: str
    claim: str
    lines: str
    rank: int
    first: int
    last: int
    chance: float
    day: float | None
    right: bool


@dataclass(frozen=True, slots=True)
class Ratio:
    """A price outside over inside in a month: claimed (with its interval) and modelled; contract apart."""

    good: str
    month: str
    claimed: float
    low: float
    high: float
    spot: tuple[float, ...]
    contract: tuple[float, ...]
    claim: str


@dataclass(frozen=True, slots=True)
class Backtest:
    """A scored backtest. `fails` says in words where it fails; `frozen` how it stands to the freeze."""

    scenario: str
    draws: int
    seed: int
    effective: float
    residue: float
    inputs: str
    series: tuple[Scored, ...]
    errors: tuple[Error, ...]
    halts: tuple[Stopped, ...]
    order: float
    hits: tuple[int, int]
    alarms: tuple[int, int]
    ratios: tuple[Ratio, ...]
    fails: tuple[str, ...]
    frozen: str = ""
    figures: tuple[Figure, ...] = ()


def backtest(
    model: Model,
    protocol: Protocol,
    *,
    draws: int = 1024,
    seed: int = 1,
    threads: int = 1,
    added: Mapping[tuple[str, str], tuple[float, str]] | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> Backtest:
    """The backtest of a protocol; `added` are further months: (series, month) to value and source."""
    scenario = reaching(read(protocol.scenario))
    known = {figure.id: figure for figure in model.figures}
    found = ensemble(model, protocol, scenario, draws, seed, threads, progress)
    return judged(protocol, known, found, draws=draws, seed=seed, added=added or {})


def judged(
    protocol: Protocol,
    known: Mapping[str, Figure],
    found: Ensemble,
    *,
    draws: int,
    seed: int,
    added: Mapping[tuple[str, str], tuple[float, str]],
) -> Backtest:
    """The scores of what all draws say, weighted by the months of the fit."""
    weights = conditioned(protocol, known, found)
    series = tuple(_series(one, protocol, known, found, weights, added) for one in protocol.series)
    errors = tuple(error for one in series for error in _errors(one, _floor(protocol, one.name)))
    halts = tuple(_halt(halt, known, found, weights) for halt in protocol.halts)
    ratios = tuple(_ratio(price, known, found, weights) for price in protocol.prices)
    told = [h for h in halts if h.rank]
    never = [h for h in halts if not h.rank]
    days = [np.inf if h.day is None else h.day for h in told]
    return Backtest(
        protocol.scenario,
        draws,
        seed,
        score.effective(weights),
        found.residue,
        "",
        series,
        errors,
        halts,
        score.ordered([h.rank for h in told], days),
        (sum(h.right for h in told), len(told)),
        (sum(not h.right for h in never), len(never)),
        ratios,
        _fails(errors, halts, ratios),
        figures=tuple(known[i] for i in sorted(cited(protocol)) if i in known),
    )


def conditioned(protocol: Protocol, known: Mapping[str, Figure], found: Ensemble) -> Array:
    """The weight of each draw by the months of the fit."""
    rows = [
        (found.months[one.name, month], number(known, one.observed[month]), one.noise, one.floor)
        for one in protocol.series
        if one.weigh
        for month in protocol.fit
        if month in one.observed
    ]
    modelled, observed, spread, floor = zip(*rows, strict=True)
    return score.weigh(np.stack(modelled), np.array(observed), np.array(spread), np.array(floor))


def number(known: Mapping[str, Figure], claim: str) -> float:
    """The value of a claim. Raises InputError when nobody has it or it is a gap."""
    figure = known.get(claim)
    if figure is None or figure.value is None:
        raise InputError(
            "the protocol names a figure that has no value",
            where="backtest protocol",
            expected="the id of a figure of `xenotime evidence show`",
            found=claim,
            next_step="correct the protocol",
        )
    return float(figure.value)


def cited(protocol: Protocol) -> set[str]:
    """The ids of every figure that a protocol scores on."""
    series = (ids for s in protocol.series for ids in (s.observed, s.summed, s.before, s.yearago))
    flat = {claim for ids in series for claim in ids.values()}
    flat |= {s.baseline for s in protocol.series if s.baseline}
    return (
        flat | {h.claim for h in protocol.halts} | {c for p in protocol.prices for c in (p.before, p.claim)}
    )


def observed(series: Series, known: Mapping[str, Figure], month: str) -> tuple[float, str] | None:
    """What was observed in a month, directly or as the difference of two sums; None when it is not known."""
    if month in series.observed:
        return number(known, series.observed[month]), series.observed[month]
    year, number_of = month.split("-")
    earlier = f"{year}-{int(number_of) - 1:02}"
    if month in series.summed and earlier in series.summed:
        later, before = series.summed[month], series.summed[earlier]
        return number(known, later) - number(known, before), f"{later} − {before}"
    return None


def _series(
    series: Series,
    protocol: Protocol,
    known: Mapping[str, Figure],
    found: Ensemble,
    weights: Array,
    added: Mapping[tuple[str, str], tuple[float, str]],
) -> Scored:
    baseline = number(known, series.baseline) if series.baseline else None
    months, last = [], _before(series, known)
    for month in sorted(m for name, m in found.months if name == series.name):
        seen = added.get((series.name, month)) or observed(series, known, month)
        split = _split(protocol, month) if (series.name, month) not in added else "added"
        values = found.months[series.name, month]
        year = number(known, series.yearago[month]) if month in series.yearago else None
        months.append(
            Month(
                month,
                split if seen or split == "fit" else "ahead",
                seen[0] if seen else None,
                seen[1] if seen else "",
                tuple(score.quantile(values, weights, q) for q in QUANTILES),
                score.crps(values, weights, seen[0]) if seen else None,
                baseline,
                last,
                year,
            )
        )
        last = seen[0] if seen else None
    return Scored(series.name, series.says, series.unit, found.rest[series.name], baseline, tuple(months))


def _before(series: Series, known: Mapping[str, Figure]) -> float | None:
    return number(known, next(iter(series.before.values()))) if series.before else None


def _split(protocol: Protocol, month: str) -> str:
    if month in protocol.fit:
        return "fit"
    return "check" if month in protocol.check else "later"


def _floor(protocol: Protocol, name: str) -> float:
    return next(one.floor for one in protocol.series if one.name == name)


def _errors(scored: Scored, floor: float) -> list[Error]:
    found = []
    for split in ("fit", "check", "later", "added"):
        months = [m for m in scored.months if m.split == split and m.observed is not None]
        if months:
            found.append(_error(scored.name, split, months, floor))
    return found


def _error(name: str, split: str, months: Sequence[Month], floor: float) -> Error:
    seen = [m.observed for m in months if m.observed is not None]
    middle = [m.quantiles[3] for m in months]

    def naive(values: Sequence[float | None]) -> float | None:
        given = [v for v in values if v is not None]
        return score.logarithmic(given, seen, floor) if len(given) == len(seen) else None

    return Error(
        name,
        split,
        len(months),
        score.logarithmic(middle, seen, floor),
        score.percentage(middle, seen) if all(seen) else None,
        score.covered([m.quantiles[1] for m in months], [m.quantiles[5] for m in months], seen),
        naive([m.flat for m in months]),
        naive([m.last for m in months]),
        naive([m.year for m in months]),
    )


def _halt(halt: Halt, known: Mapping[str, Figure], found: Ensemble, weights: Array) -> Stopped:
    number(known, halt.claim)
    days = found.firsts[halt.firm]
    chance = float(weights[days <= WITHIN].sum())
    middle = score.quantile(days, weights, 0.5)
    lines = " ".join(halt.lines.values())
    day = None if np.isinf(middle) else middle
    right = (chance >= 0.5) == bool(halt.rank)
    return Stopped(halt.firm, halt.claim, lines, halt.rank, halt.first, halt.last, chance, day, right)


def _ratio(price: Price, known: Mapping[str, Figure], found: Ensemble, weights: Array) -> Ratio:
    claim, before = known[price.claim], number(known, price.before)

    def quantiles(values: Array) -> tuple[float, ...]:
        return tuple(before * score.quantile(values, weights, q) for q in QUANTILES)

    value = number(known, price.claim)
    low, high = (float(x) if x is not None else value for x in (claim.low, claim.high))
    spot, contract = quantiles(found.spots[price.good]), quantiles(found.contracts[price.good])
    return Ratio(price.good, price.month, value, low, high, spot, contract, price.claim)


def _fails(errors: Sequence[Error], halts: Sequence[Stopped], ratios: Sequence[Ratio]) -> tuple[str, ...]:
    """Where the model fails, in plain words: every naive forecast that beats it, every miss."""
    found = []
    for error in errors:
        if error.split == "fit":
            continue
        naive = {"the flat baseline": error.flat, "the last month": error.last, "the year before": error.year}
        where = f"{error.name}, {error.split} months"
        found += [
            f"{where}: {name} is nearer (log error {value:.2f}, ours {error.log:.2f})"
            for name, value in naive.items()
            if value is not None and value < error.log
        ]
        if error.covered < 0.8:
            found.append(f"{where}: the 80 % interval holds {100 * error.covered:.0f} %")
    for halt in halts:
        if not halt.right:
            said = "was reported to stop" if halt.rank else "was not reported to stop"
            found.append(f"{halt.firm} {said}; chance in the model {100 * halt.chance:.0f} %")
    for ratio in ratios:
        if not ratio.low <= ratio.spot[3] <= ratio.high:
            found.append(f"{ratio.good}: spot ratio {ratio.spot[3]:.1f}, claimed {ratio.low} to {ratio.high}")
    return tuple(found)
