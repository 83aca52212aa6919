"""What all draws say of the months after 4 April 2025: monthly sums, first stops and price ratios by draw."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from xenotime.core.errors import InputError
from xenotime.services.supply.model import Model
from xenotime.supply.engine.run import Asked, Run
from xenotime.supply.measure.protocol import Halt, Price, Protocol
from xenotime.supply.scenario.scenario import Scenario

Array = NDArray[np.float64]

#: The day from which stops are counted, and the end of what is forecast.
CONTROL, LAST = date(2025, 4, 4), date(2025, 12, 31)
#: Draws that are run at once, so that memory does not grow with their number.
BATCH = 64
_QUOTED = [(kind, zone) for kind in ("price", "contract") for zone in ("inside", "outside")]


@dataclass(frozen=True, slots=True)
class Ensemble:
    """What all draws say: by series and month (draw,), rest months, first stops, price ratios."""

    months: Mapping[tuple[str, str], Array]
    rest: Mapping[str, float]
    firsts: Mapping[str, Array]
    spots: Mapping[str, Array]
    contracts: Mapping[str, Array]
    residue: float


def reaching(scenario: Scenario) -> Scenario:
    """The scenario run to the end of what is forecast. Raises InputError if it starts after 1 April 2025."""
    if scenario.start > date(2025, 4, 1):
        raise InputError(
            "this scenario starts after the first month that is scored",
            where=f"scenario {scenario.id}, start",
            expected="2025-04-01 or earlier",
            found=scenario.start.isoformat(),
            next_step="let it start before the control, at rest",
        )
    return replace(scenario, days=(LAST - scenario.start).days + 1)


def ensemble(
    model: Model,
    protocol: Protocol,
    scenario: Scenario,
    draws: int,
    seed: int,
    threads: int,
    progress: Callable[[int, int], object] | None = None,
) -> Ensemble:
    """What draws 1 to `draws` say, run in batches; the central draw 0 is no sample and is left out."""
    handling = model.handling(scenario)
    parts = []
    for first in range(1, draws + 1, BATCH):
        count = min(BATCH, draws + 1 - first)
        asked = Asked(scenario.days, count, first, seed, every=1, threads=threads, keep=kept(protocol))
        run = model.run(scenario, asked, handling=handling)
        parts.append(reduced(run, model, protocol, scenario))
        if progress:
            progress(first - 1 + count, draws)
    return joined(parts)


def kept(protocol: Protocol) -> tuple[str, ...]:
    """How the names of the gauges begin that a protocol scores."""
    series = {pattern.partition("*")[0] for one in protocol.series for pattern in one.gauges}
    prices = {f"{kind}/{zone}/{price.good}" for price in protocol.prices for kind, zone in _QUOTED}
    return tuple(sorted(series | prices))


def reduced(run: Run, model: Model, protocol: Protocol, scenario: Scenario) -> Ensemble:
    """One batch as monthly sums, first stops and price ratios."""
    names = [gauge.name for gauge in run.gauges]
    spans = {month: _days(month, scenario.start) for month in _months(scenario.start)}
    months, rest = {}, {}
    for one in protocol.series:
        rows = [n for n, name in enumerate(names) if one.counts(name)]
        daily = run.values[rows].sum(axis=0) / (1000.0 if one.unit == "t" else 1.0)
        months.update({(one.name, m): daily[days].sum(axis=0) for m, days in spans.items()})
        rest[one.name] = float(daily[0].mean() * 365 / 12)
    offset = (CONTROL - scenario.start).days
    firsts = {halt.firm: _first(halt, model, run) - offset for halt in protocol.halts}
    return Ensemble(
        months,
        rest,
        firsts,
        {p.good: _outside(run, "price", p, spans) for p in protocol.prices},
        {p.good: _outside(run, "contract", p, spans) for p in protocol.prices},
        float(run.residue.max()),
    )


def joined(parts: Sequence[Ensemble]) -> Ensemble:
    """Several batches as one ensemble."""

    def along(pick: Callable[[Ensemble], Mapping[str, Array]]) -> dict[str, Array]:
        return {key: np.concatenate([pick(part)[key] for part in parts]) for key in pick(parts[0])}

    months = {key: np.concatenate([part.months[key] for part in parts]) for key in parts[0].months}
    rest = {key: float(np.mean([part.rest[key] for part in parts])) for key in parts[0].rest}
    return Ensemble(
        months,
        rest,
        along(lambda part: part.firsts),
        along(lambda part: part.spots),
        along(lambda part: part.contracts),
        max(part.residue for part in parts),
    )


def _months(start: date) -> list[str]:
    return [f"2025-{month:02}" for month in range(max(4, start.month), 13)]


def _days(month: str, start: date) -> slice:
    first = date.fromisoformat(f"{month}-01")
    following = (first + timedelta(days=32)).replace(day=1)
    return slice((first - start).days, (following - start).days)


def _first(halt: Halt, model: Model, run: Run) -> Array:
    """The first day on which a line of the halt's kind stood, by draw; infinite for never."""
    rows = [
        n
        for n, site in enumerate(model.network.sites)
        if all(getattr(site, key) == value for key, value in halt.lines.items())
    ]
    if not rows:
        raise InputError(
            "the protocol names lines that the world does not have",
            where=f"halt of {halt.firm}",
            expected="country, stage, use and cover of sites of the world",
            found=str(dict(halt.lines)),
            next_step="correct the protocol",
        )
    days = run.first[rows].astype(np.float64)
    firsts: Array = np.where(days < 0, np.inf, days).min(axis=0)
    return firsts


def _outside(run: Run, kind: str, price: Price, spans: Mapping[str, slice]) -> Array:
    """The price outside over inside in the month, relative to rest, by draw."""
    ratio = run.series(f"{kind}/outside/{price.good}") / run.series(f"{kind}/inside/{price.good}")
    mean: Array = ratio[spans[price.month]].mean(axis=0)
    return mean
