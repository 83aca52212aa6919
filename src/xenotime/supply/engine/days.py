"""What a scenario and the law do on each day, as arrays (day, thing)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from xenotime.supply.licence.handling import Handling, Office
from xenotime.supply.scenario.scenario import Cut, Policy, Scenario, Shift
from xenotime.supply.world.network import Network, Site

Array = NDArray[np.float64]


class Days(NamedTuple):
    """The course of a run, a row for every day; in the order of the board's columns.

    `left` (day, site) the share of capacity left, `demanded` (day, site) the factor on end demand,
    `stockpile` (day, bin) days of extra target stock, `tariff` (day, bin) rate on what comes from abroad,
    `promised` and `bought` (day, project) the price promised to a project [USD per unit] and the share of
    output it holds for; `hold` … `block` (day, route) as in `Handling`; `freed` (day, route) whether the hold
    ended on that day; `surged` (day, 1) files per file that carries goods; `bound` (day, project) the
    share of a project's output that buyers at home have committed to take.
    """

    left: Array
    demanded: Array
    stockpile: Array
    tariff: Array
    promised: Array
    bought: Array
    hold: Array
    fast: Array
    lead: Array
    sigma: Array
    refuse: Array
    block: Array
    freed: Array
    surged: Array
    bound: Array


def days_of(network: Network, handling: Handling, scenario: Scenario, days: int) -> Days:
    """The course of a run of so many days from the scenario's first day."""
    policies = scenario.policies
    promised, bought = _prices(network, policies, scenario.start, days)
    regime = [_stretch(getattr(handling, name), network, handling, days) for name in _REGIME]
    hold = regime[0]
    freed = np.zeros_like(hold)
    before = np.vstack([_before(network, handling), hold[:-1]])
    freed[:] = (hold == 0.0) & (before > 0.0)
    tables = (
        _left(network, scenario.cuts, scenario.start, days),
        _demand(network, scenario.shifts, scenario.start, days),
        _cover(network, policies, scenario.start, days),
        _tariff(network, policies, scenario.start, days),
        promised,
        bought,
        *regime,
        freed,
        _surged(handling.office, hold, before),
        _bound(network, policies, scenario.start, days),
    )
    return Days._make(tables)


_REGIME = ("hold", "fast", "lead", "sigma", "refuse", "block")


def _before(network: Network, handling: Handling) -> Array:
    """What was held on the day before the first (1, route): nothing, or what the prior regime held."""
    if handling.prior is None:
        return np.zeros((1, len(network.routes)))
    return _stretch(handling.prior.hold, network, handling.prior, 1)


def _surged(office: Office | None, hold: Array, before: Array) -> Array:
    """By how much more files come than goods need (day, 1): most on the day on which a hold begins, then
    fading.
    """
    found = np.ones((len(hold), 1))
    if office is not None and hold.shape[1]:
        begins = ((hold > 0.0) & (before == 0.0)).any(axis=1)
        last = -1
        for day in range(len(hold)):
            last = day if begins[day] else last
            if last >= 0:
                found[day] += (office.surge - 1.0) * np.exp(-(day - last) / max(office.calm, 1e-9))
    return found


def fits(address: str, prefixes: Collection[str]) -> bool:
    """Whether a good lies in one of several folders, or is one of them; none fits all.

    >>> fits("magnet/ndfeb-heavy", ["magnet/ndfeb"]), fits("magnet/ndfeb", []), fits("oxide/Dy", ["oxide"])
    (False, True, True)
    """
    return not prefixes or any(address == one or address.startswith(f"{one}/") for one in prefixes)


def _stretch(table: Array, network: Network, handling: Handling, days: int) -> Array:
    """A table of the handling in the network's order of routes; the last day holds on."""
    rows = {route: place for place, route in enumerate(handling.routes)}
    found = np.zeros((days, len(network.routes)))
    if table.shape[1] == 0:
        return found
    columns = np.minimum(np.arange(days), table.shape[1] - 1)
    for place, route in enumerate(network.routes):
        if route.id in rows:
            found[:, place] = table[rows[route.id], columns]
    return found


def _span(day: date, until: date | None, start: date, days: int) -> slice:
    first = (day - start).days
    last = days if until is None else (until - start).days + 1
    return slice(min(max(first, 0), days), min(max(last, 0), days))


def _makes(network: Network) -> list[set[str]]:
    found: list[set[str]] = [set() for _ in network.sites]
    for stack in network.stacks:
        found[stack.site].add(network.goods[stack.good].id)
    return found


def _left(network: Network, cuts: Sequence[Cut], start: date, days: int) -> Array:
    found = np.ones((days, len(network.sites)))
    makes = _makes(network)
    for cut in cuts:
        span = _span(cut.day, cut.until, start, days)
        for place, site in enumerate(network.sites):
            if _cut_fits(cut, site, makes[place]):
                found[span, place] *= 1.0 - cut.share
    return found


def _cut_fits(cut: Cut, site: Site, makes: set[str]) -> bool:
    if cut.countries and site.country not in cut.countries:
        return False
    if cut.stages and site.stage not in cut.stages:
        return False
    return not cut.goods or any(fits(good, cut.goods) for good in makes)


def _demand(network: Network, shifts: Sequence[Shift], start: date, days: int) -> Array:
    found = np.ones((days, len(network.sites)))
    for shift in shifts:
        since = np.arange(days) - (shift.day - start).days + 1
        part = np.clip(since / max(shift.over, 1), 0.0, 1.0)
        factor = (1.0 + (shift.factor - 1.0) * part)[:, None]
        members = [
            place
            for place, site in enumerate(network.sites)
            if (not shift.uses or site.use in shift.uses)
            and (not shift.countries or site.country in shift.countries)
        ]
        found[:, members] *= factor
    return found


def _bins(network: Network, policy: Policy) -> list[int]:
    return [
        place
        for place, one in enumerate(network.bins)
        if fits(network.goods[one.good].id, policy.goods)
        and (not policy.countries or network.sites[one.site].country in policy.countries)
    ]


def _cover(network: Network, policies: Sequence[Policy], start: date, days: int) -> Array:
    asked = [policy for policy in policies if policy.kind == "stockpile"]
    found = np.zeros((days, len(network.bins)))
    for policy in asked:
        since = np.arange(days) - (policy.day - start).days + 1
        part = np.clip(since / max(policy.numbers.get("over", 1.0), 1.0), 0.0, 1.0)
        found[:, _bins(network, policy)] += (policy.numbers.get("cover", 0.0) * part)[:, None]
    return found


def _tariff(network: Network, policies: Sequence[Policy], start: date, days: int) -> Array:
    asked = [policy for policy in policies if policy.kind == "tariff"]
    found = np.zeros((days, len(network.bins)))
    for policy in asked:
        found[_span(policy.day, None, start, days), _bins(network, policy)] += policy.numbers.get("rate", 0.0)
    return found


def _prices(network: Network, policies: Sequence[Policy], start: date, days: int) -> tuple[Array, Array]:
    """The price promised to each project, and the share of its output that the promise holds for."""
    promised = np.zeros((days, len(network.projects)))
    bought = np.zeros((days, len(network.projects)))
    for policy in policies:
        if policy.kind in ("floor", "offtake"):
            span = _while(policy, start, days)
            for place in _covered(network, policy):
                promised[span, place] = np.maximum(promised[span, place], policy.numbers.get("price", 0.0))
                bought[span, place] = np.maximum(bought[span, place], policy.numbers.get("share", 1.0))
    return promised, bought


def _bound(network: Network, policies: Sequence[Policy], start: date, days: int) -> Array:
    """The share of a project's output that is committed: of projects that need a price, by an offtake."""
    found = np.zeros((days, len(network.projects)))
    for policy in policies:
        if policy.kind == "offtake":
            span = _while(policy, start, days)
            for place in _covered(network, policy):
                if network.projects[place].floor > 0.0:
                    found[span, place] = np.maximum(found[span, place], policy.numbers.get("share", 1.0))
    return found


def _while(policy: Policy, start: date, days: int) -> slice:
    first = (policy.day - start).days
    last = first + int(policy.numbers.get("lasts", days))
    return slice(min(max(first, 0), days), min(max(last, 0), days))


def _covered(network: Network, policy: Policy) -> list[int]:
    """The projects whose site makes a good that a policy names, in a country that it names."""
    makes = _makes(network)
    return [
        place
        for place, project in enumerate(network.projects)
        if any(fits(good, policy.goods) for good in makes[project.site])
        and (not policy.countries or network.sites[project.site].country in policy.countries)
    ]
