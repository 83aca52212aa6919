"""`hedge`: what a company should hold, contract, qualify and make ready before the next stop."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from xenotime.services.supply.basis import basis
from xenotime.services.supply.company import MONTH, Company, Way
from xenotime.services.supply.model import LEAD, Model, Progress, eased
from xenotime.services.supply.outcomes import Choice, Contract, Cost, Frontier, Hedge, Holding, Missed
from xenotime.services.supply.results import Basis
from xenotime.supply.engine.run import Asked, Run
from xenotime.supply.hedge.judge import Judged, calm, follow, judge
from xenotime.supply.hedge.paths import Paths, equal, gather, severity, sooner
from xenotime.supply.hedge.plan import Aim, check_aim
from xenotime.supply.hedge.program import nothing
from xenotime.supply.hedge.solve import Solved, solve
from xenotime.supply.licence.handling import Handling
from xenotime.supply.measure.bands import band
from xenotime.supply.measure.values import QUANTILES, Curve
from xenotime.supply.scenario.scenario import Scenario
from xenotime.supply.world.network import Network, Route

Array = NDArray[np.float64]
#: Parts of what the plan spends at which the frontier is shown.
PARTS = (0.0, 0.25, 0.5, 0.75, 1.0)
#: Savings below this are rounding [USD].
_LEAST = 1.0
#: What the drivers are judged by: how much of normal deliveries is withheld.
ANSWER = "withheld"


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a hedge is sought: its aim, futures `drawn`, how many stand for them, `fresh` ones as a test."""

    aim: Aim
    drawn: int = 64
    futures: int = 40
    fresh: int = 64


def hedge(
    model: Model,
    company: Company,
    scenario: Scenario,
    asked: Asked,
    wanted: Wanted,
    progress: Progress | None = None,
) -> Hedge:
    """What the company should do before a stop as in the scenario, tested on fresh futures.

    The horizon is the plan's months of `MONTH` days from the scenario's day 0. Raises InputError for an aim
    out of reach, or when nothing fits its bounds.
    """
    check_aim(wanted.aim)
    made = replace(eased(scenario, MONTH), days=(company.plan.months + LEAD) * MONTH)
    put = replace(
        asked,
        days=made.days,
        every=MONTH,
        draws=wanted.drawn + wanted.fresh,
        first=1,
        zero=LEAD * MONTH,
        keep=gauges(company),
    )
    handling, network = model.handling(made), model.world_on(made.start).network
    run = model.run(made, put, handling=handling, progress=progress)
    paths = paths_of(run, company, transits(network, company))
    rest = basis(model, made, run, ANSWER, severity(paths))
    return planned(company, paths, wanted, rest, held(network.routes, handling))


def held(routes: Sequence[Route], handling: Handling) -> frozenset[Way]:
    """The ways on which some of what is ordered waits for a paper on some day."""
    waits: list[bool] = np.any(handling.hold > 0, axis=1).tolist()
    return frozenset(
        Way(route.good, route.origin, route.destination)
        for route, waiting in zip(routes, waits, strict=True)
        if waiting
    )


def gauges(company: Company) -> tuple[str, ...]:
    """The beginnings of the names of the gauges that the company's ways need."""
    goods = sorted({way.good for way in company.ways})
    return tuple(
        f"{kind}{good}" for good in goods for kind in ("ship/", "price/inside/", "price/outside/")
    ) + tuple(sorted({_made(way) for way in company.ways}))


def _made(way: Way) -> str:
    return f"output/{way.good.partition('/')[0]}/{way.origin}/{way.good}"


def paths_of(run: Run, company: Company, transit: Sequence[float]) -> Paths:
    """What arrives on each of the company's ways, by month from day 0, in each draw.

    The share is what was shipped `transit` [days] before, over what was before day 0, at most 1; between
    sites of one region, or where the world knows no such lane, what the origin makes stands for it. Prices
    are over those before day 0 too: today's price is the one your tables state.
    """
    recorded = {gauge.name for gauge in run.gauges}
    months = slice(LEAD, LEAD + company.plan.months)
    size = (len(company.ways), company.plan.months, run.asked.draws)
    share, price = np.ones(size), np.ones(size)
    for place, way in enumerate(company.ways):
        names = (f"ship/{way.good}/{way.origin}>{way.destination}", _made(way))
        series = next((run.series(name) for name in names if name in recorded), None)
        if series is not None:
            share[place] = np.clip(_late(_of_rest(series), transit[place]), 0.0, 1.0)[months]
        zone = "inside" if way.destination == "CN" else "outside"
        if f"price/{zone}/{way.good}" in recorded:
            price[place] = _of_rest(run.series(f"price/{zone}/{way.good}"))[months]
    return equal(share, price)


def _of_rest(series: Array) -> Array:
    """A series over its mean before day 0; 1 where there was nothing to lose."""
    rest = np.broadcast_to(series[:LEAD].mean(axis=0), series.shape)
    ratio: Array = np.divide(series, rest, out=np.ones_like(series), where=rest > 0)
    return ratio


def transits(network: Network, company: Company) -> tuple[float, ...]:
    """How long goods are on each of the company's ways [days]: the mean of the world's lanes, by shares."""
    found: dict[Way, list[tuple[float, float]]] = {}
    for lane in network.lanes:
        stack, taken = network.stacks[lane.stack], network.bins[lane.bin]
        origin, destination = network.sites[stack.site].country, network.sites[taken.site].country
        way = Way(network.goods[stack.good].id, origin, destination)
        found.setdefault(way, []).append((lane.share, float(lane.transit)))
    return tuple(_mean(found.get(way, [])) for way in company.ways)


def _mean(weighed: list[tuple[float, float]]) -> float:
    whole = sum(weight for weight, _ in weighed)
    if not whole:
        return max((value for _, value in weighed), default=0.0)
    return sum(weight * value for weight, value in weighed) / whole


def _late(series: Array, days: float) -> Array:
    """What is shipped (month, draw) as it arrives so many days later; before its start it is as then."""
    place = np.clip(np.arange(len(series)) - days / MONTH, 0.0, None)
    below = place.astype(np.int64)
    part = (place - below)[:, None]
    arriving: Array = (1 - part) * series[below] + part * series[np.minimum(below + 1, len(series) - 1)]
    return arriving


def planned(
    company: Company, paths: Paths, wanted: Wanted, rest: Basis, waiting: Collection[Way] = ()
) -> Hedge:
    """The best plan over some of the futures, tested on the others, with what each part of it is worth.

    `waiting` are the ways on which goods wait for a licence: a day less of it is priced.
    """
    plan, aim = company.plan, wanted.aim
    drawn = np.arange(wanted.drawn)
    few = gather(_some(paths, drawn), wanted.futures, aim.risk)
    fresh = _some(paths, np.arange(wanted.drawn, paths.draws))
    solved = solve(plan, few, aim)
    idle, calmly = nothing(plan), calm(plan)
    now, done = (judge(plan, first, fresh) for first in (idle, solved.first))
    blind, ready = (follow(plan, first, fresh) for first in (idle, solved.first))
    return Hedge(
        portfolio=company.name,
        basis=rest,
        months=plan.months,
        risk=aim.risk,
        weight=aim.weight,
        budget=None if np.isinf(aim.budget) else aim.budget,
        holdings=tuple(_holdings(company, solved)),
        contracts=tuple(_contracts(company, solved)),
        choices=tuple(_choices(company, solved)),
        missed=tuple(_missed(company, now, done)),
        calm=calmly,
        now=_cost(judge(plan, idle, few), now, blind, aim, calmly),
        planned=_cost(judge(plan, solved.first, few), done, ready, aim, calmly),
        day=tuple(_days(company, few, aim, solved, waiting)),
        dollar=solved.dollar,
        frontier=tuple(_frontier(company, few, aim, solved, calmly)),
        arrivals=tuple(_arrivals(company, paths)),
        drawn=wanted.drawn,
        futures=few.draws,
        fresh=fresh.draws,
        gap=solved.gap,
        drift=(done.objective(aim) - solved.value) / solved.value if solved.value else 0.0,
        way=solved.way,
        assumed=company.assumed,
    )


def _some(paths: Paths, draws: NDArray[np.int64]) -> Paths:
    return paths.pick(draws, np.full(len(draws), 1.0 / len(draws)))


def _cost(inside: Judged, fresh: Judged, blind: Judged, aim: Aim, calmly: float) -> Cost:
    return Cost(
        inside.spent,
        inside.mean - calmly,
        inside.tail(aim.risk) - calmly,
        fresh.mean - calmly,
        fresh.tail(aim.risk) - calmly,
        blind.mean - calmly,
        blind.tail(aim.risk) - calmly,
        band(fresh.cost - calmly, central=False),
    )


def _holdings(company: Company, solved: Solved) -> Iterator[Holding]:
    plan = company.plan
    for number, item in enumerate(plan.items):
        need = sum(line.need for line in plan.lines if line.item == number)
        buy = max(float(solved.first.stock[number]), 0.0)
        yield Holding(
            item=item.id,
            name=company.names.get(f"products/{item.id}", item.id),
            form=item.form,
            unit=item.unit,
            owned=item.owned,
            buy=buy,
            days=(item.owned + buy) / need * MONTH if need else None,
            spend=buy * item.price,
            price=item.price,
            worth=float(solved.worth[number, 0]),
            later=tuple(solved.worth[number].tolist()),
        )


def _contracts(company: Company, solved: Solved) -> Iterator[Contract]:
    plan = company.plan
    for number, offer in enumerate(plan.offers):
        if offer.fee is not None:
            source, item = plan.sources[offer.source], plan.items[offer.item]
            reserved = max(float(solved.first.reserved[number]), 0.0)
            name = company.names.get(f"parties/{source.id}", source.id)
            spend = reserved * offer.fee * plan.months
            yield Contract(source.id, name, source.country, item.id, item.unit, reserved, offer.most, spend)


def _choices(company: Company, solved: Solved) -> Iterator[Choice]:
    plan = company.plan
    for number, source in enumerate(plan.sources):
        if source.cost > 0:
            name = company.names.get(f"parties/{source.id}", source.id)
            taken = bool(solved.first.qualified[number])
            saves = float(solved.saves[number])
            yield Choice("source", source.id, name, source.country, taken, source.cost, source.wait, saves)
    for number, swap in enumerate(plan.swaps):
        if swap.ready > 0:
            name = company.names.get(f"substitutions/{swap.id}", swap.id)
            taken = bool(solved.first.readied[number])
            saves = float(solved.saves[len(plan.sources) + number])
            yield Choice("substitution", swap.id, name, "", taken, swap.ready, swap.wait, saves)


def _missed(company: Company, now: Judged, done: Judged) -> Iterator[Missed]:
    plan = company.plan
    for number, line in enumerate(plan.lines):
        before, after = (band(j.missed[number] / line.need * MONTH, central=False) for j in (now, done))
        name = company.names.get(f"lines/{line.id}", line.id)
        yield Missed(line.id, name, plan.items[line.item].unit, line.need, before, after)


def _days(
    company: Company, few: Paths, aim: Aim, solved: Solved, waiting: Collection[Way]
) -> Iterator[tuple[str, float]]:
    """What one licence day less would save by origin [USD]: all that comes back comes a day sooner."""
    ways = {n: way for n, way in enumerate(company.ways) if way in waiting}
    for origin in sorted({way.origin for way in ways.values()}):
        rows = tuple(n for n, way in ways.items() if way.origin == origin)
        saved = solved.value - solve(company.plan, sooner(few, 1.0, rows), aim).value
        if saved >= _LEAST:
            yield origin, saved


def _frontier(company: Company, few: Paths, aim: Aim, solved: Solved, calmly: float) -> Iterator[Frontier]:
    """What parts of the plan's spending would buy."""
    whole = solved.first.spent(company.plan)
    for part in PARTS if whole > 0 else ():
        budget = whole * part
        first = solved.first if part == 1 else solve(company.plan, few, replace(aim, budget=budget)).first
        judged = judge(company.plan, first, few)
        yield Frontier(budget, judged.spent, judged.mean - calmly, judged.tail(aim.risk) - calmly)


def _arrivals(company: Company, paths: Paths) -> Iterator[Curve]:
    days = tuple(month * MONTH for month in range(paths.months))
    for number, way in enumerate(company.ways):
        bands = np.quantile(paths.share[number], QUANTILES, axis=1)
        rows = [tuple(row) for row in (*bands.tolist(), bands[2].tolist())]
        yield Curve(f"arrivals/{way.good}/{way.origin}>{way.destination}", "share of normal", days, *rows)
