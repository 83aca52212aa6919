"""`stress`: what a scenario does to lines, need, prices and flows."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from xenotime.services.supply.basis import basis
from xenotime.services.supply.happening import controller, events, stretches
from xenotime.services.supply.model import Model, Progress, eased
from xenotime.services.supply.results import Avoided, Stress
from xenotime.supply.engine.run import Asked, Run
from xenotime.supply.licence.handling import Handling
from xenotime.supply.licence.regime import Ruling
from xenotime.supply.measure import prices, stops, unmet
from xenotime.supply.measure.bands import band, curve, days, drawn, has_central, level, names, total
from xenotime.supply.measure.flows import before, flows, needs, worst
from xenotime.supply.measure.values import Curve
from xenotime.supply.scenario.read import read
from xenotime.supply.scenario.scenario import Scenario
from xenotime.supply.world.network import STAGES, Network

Array = NDArray[np.float64]
#: Days between two recorded periods of an answer.
EVERY = 7
#: What the drivers are judged by: the share of end value outside the controlling country not delivered.
ANSWER = "undelivered"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A scenario with its network, what the law makes of it, and the run of it."""

    scenario: Scenario
    network: Network
    ruled: tuple[Ruling, ...]
    handling: Handling
    run: Run


def outcome(model: Model, scenario: Scenario, asked: Asked, progress: Progress | None = None) -> Outcome:
    """The run of a scenario, its day 0 at the shock, with two periods of rest before it."""
    made = eased(scenario, asked.every)
    ruled = model.rulings(made)
    handling = model.handling(made, ruled)
    put = replace(asked, days=made.days, zero=(made.zero - made.start).days)
    run = model.run(made, put, handling=handling, progress=progress)
    return Outcome(made, model.network_on(made.start), ruled, handling, run)


def stress(
    model: Model,
    scenario: Scenario,
    asked: Asked,
    *,
    against: Scenario | None = None,
    progress: Progress | None = None,
) -> Stress:
    """What a scenario does; with `against`, also what it avoids against another one with the same draws.

    `progress` is called with the draws done and in all.
    """
    made = outcome(model, scenario, asked, progress)
    found = _answer(model, made)
    if against is None:
        return found
    other = outcome(model, beside(against, scenario), asked, progress)
    return replace(found, avoided=avoided(made, other, found.controller))


def twin(scenario: Scenario) -> Scenario | None:
    """The scenario of the library that this one says it is read against.

    None without one, and for the state of rest: against that, every number of an answer is told anyway.
    """
    other = read(scenario.compared) if scenario.compared else None
    return None if other is None or restful(other) else other


def restful(scenario: Scenario) -> bool:
    """Whether nothing happens in a scenario: no law, and no turn, cut, change of demand or policy."""
    parts = (scenario.turns, scenario.cuts, scenario.shifts, scenario.policies, scenario.projects)
    return not scenario.law and not any(parts)


def beside(other: Scenario, scenario: Scenario) -> Scenario:
    """The other scenario for as long as this one after day 0, and on its days if nothing happens in it."""
    after = scenario.days - (scenario.zero - scenario.start).days
    if restful(other):
        other = replace(other, start=scenario.start, shock=scenario.zero)
    return replace(other, days=after + (other.zero - other.start).days)


def _answer(model: Model, made: Outcome) -> Stress:
    network, run = made.network, made.run
    central, inside = has_central(run), controller(network.routes, made.handling)
    missing = unmet.worth(network, run, outside=inside)
    begin, end = worst(network, run, inside)
    edges = (*days(run), run.asked.days - run.asked.zero)
    return Stress(
        basis=basis(model, made.scenario, run, ANSWER, missing.mean(axis=0)),
        stops=stops.stops(network, run),
        sectors=stops.sectors(network, run, inside),
        stopped=band(stops.largest(network, run, inside), central=central),
        first=band(stops.begins(run, _outside(network, inside)), central=central),
        back=band(stops.back(1.0 - missing, days(run)), central=central),
        low=band(1.0 - missing.max(axis=0), central=central),
        unmet_uses=unmet.by_use(run),
        unmet_elements=unmet.by_element(run, needs(network, before(run))),
        peaks=prices.peaks(run),
        lost=band(total(run, "lost/*").sum(axis=0), central=central),
        standing=stops.standing(network, run, inside),
        output=outputs(run),
        exports=exports(run, inside),
        delivered=unmet.delivered(run),
        prices=prices.moved(run),
        waiting=_moving(run, "pending/*"),
        cover=_moving(run, "days/*"),
        flows=flows(network, run, inside),
        events=events(made.ruled, made.scenario),
        law=stretches(network.routes, made.ruled, made.handling, made.scenario),
        controller=inside,
        window=(edges[begin], edges[end]),
    )


def _outside(network: Network, inside: str) -> list[int]:
    """The lines outside the controlling country that make components and products."""
    last = STAGES[-2:]
    return [at for at, site in enumerate(network.sites) if site.country != inside and site.stage in last]


def outputs(run: Run) -> tuple[Curve, ...]:
    """Output by stage up to the magnet, by use after it, as shares of what it was before day 0."""
    several = {f"output/{stage}/*" for stage in STAGES[:-2]}
    several |= {f"output/product/*/{name.split('/')[-1]}" for name in names(run, "output/product/*")}
    return tuple(
        curve(pattern, "share of rest", level(run, pattern), run)
        for pattern in sorted(several, key=_stage)
        if names(run, pattern)
    )


def _stage(pattern: str) -> tuple[int, str]:
    return STAGES.index(pattern.split("/")[1]), pattern


def exports(run: Run, origin: str) -> tuple[Curve, ...]:
    """What the controlling country ships: by good, and of magnets by destination, as shares of before."""
    sent = names(run, f"ship/*/{origin}>*")
    goods = {f"{name.rsplit('/', 1)[0]}/{origin}>*" for name in sent}
    ends = {f"ship/magnet/*/{name.rsplit('/', 1)[1]}" for name in sent if name.startswith("ship/magnet/")}
    return tuple(
        curve(pattern, "share of rest", level(run, pattern), run)
        for pattern in (*sorted(goods), *sorted(ends))
    )


def _moving(run: Run, pattern: str) -> tuple[Curve, ...]:
    """The curves of gauges that change at all."""
    found = [name for name in names(run, pattern) if np.ptp(run.series(name), axis=0).max() > 0]
    units = {gauge.name: gauge.unit for gauge in run.gauges}
    return tuple(curve(name, units[name], run.series(name), run) for name in found)


def avoided(made: Outcome, other: Outcome, inside: str) -> Avoided:
    """What a scenario avoids against another with the same draws: other − this, by draw."""
    network, central = made.network, has_central(made.run)

    def against(one: Array, two: Array) -> Array:
        return drawn(two - one, central=central)

    def stood(country: str = "", use: str = "") -> Array:
        one, two = (stops.stop_days(network, x.run, country, use) for x in (made, other))
        return against(one, two)

    def lack(run: Run) -> Array:
        missing: Array = unmet.worth(network, run, outside=inside).mean(axis=0)
        return missing

    pairs = sorted({(site.country, site.use) for site in network.sites if site.demand > 0})
    rows = [(country, use, band(stood(country, use), central=False)) for country, use in pairs]
    value = against(*(total(x.run, "lost/*").sum(axis=0) for x in (made, other)))
    return Avoided(
        other.scenario.id,
        other.scenario.title,
        band(stood(), central=False),
        band(value, central=False),
        band(against(lack(made.run), lack(other.run)), central=False),
        tuple((country, use, each) for country, use, each in rows if each.low or each.high),
    )
