"""Refuse a part of a scenario that fits nothing in the world: it would be read, and change nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np

from xenotime.core.errors import InputError
from xenotime.supply.engine.days import Days, days_of
from xenotime.supply.licence.handling import Handling
from xenotime.supply.licence.regime import covers
from xenotime.supply.scenario.scenario import Policy, Scenario
from xenotime.supply.world.network import Network


def fit(network: Network, scenario: Scenario) -> Scenario:
    """The scenario itself. Raises InputError for the first turn, cut, shift or policy that fits nothing."""
    for what, expected, found in _unfit(network, scenario):
        raise InputError(
            f"this {what} fits nothing in the world",
            where=scenario.id,
            expected=expected,
            found=found,
            next_step="widen its countries, goods, uses or stages, or leave it out",
        )
    return scenario


def _unfit(network: Network, scenario: Scenario) -> Iterator[tuple[str, str, str]]:
    for turn in scenario.turns:
        if not any(covers(turn, route) for route in network.routes):
            yield "turn", "a movement between two countries that exists", f"{turn.day}: {turn.why}"
    for cut in scenario.cuts:
        if cut.share and (_alone(network, scenario, cut.day, cuts=(cut,)).left == 1.0).all():
            yield "cut", "a site of that country, stage and good", f"{cut.day}: {cut.why}"
    for shift in scenario.shifts:
        if (
            shift.factor != 1
            and (_alone(network, scenario, shift.day, shifts=(shift,)).demanded == 1.0).all()
        ):
            yield "shift of demand", "a use in that country", f"{shift.day}: {shift.why}"
    for policy in scenario.policies:
        if not _moves(network, scenario, policy):
            yield policy.kind, _EXPECTED[policy.kind], f"{policy.day}: {policy.why}"


_EXPECTED = {
    "tariff": "somebody in that country who buys the good",
    "stockpile": "somebody in that country who buys the good",
    "floor": "a project there that makes the good and needs a higher price than the market's",
    "offtake": "a project there that makes the good and needs a higher price than the market's",
}


def _moves(network: Network, scenario: Scenario, policy: Policy) -> bool:
    days = _alone(network, scenario, policy.day, policies=(policy,))
    if policy.kind in ("tariff", "stockpile"):
        return bool((days.tariff if policy.kind == "tariff" else days.stockpile).any())
    needs = np.array([project.floor for project in network.projects])
    return bool(((days.promised > 0.0) & (needs > 0.0)).any())


def _alone(network: Network, scenario: Scenario, day: date, **part: tuple[object, ...]) -> Days:
    """What the scenario does on one day with a single part in it."""
    none: dict[str, Any] = dict.fromkeys(("turns", "cuts", "shifts", "policies"), ()) | part
    empty = np.zeros((0, 0))
    free = Handling((), empty, empty, empty, empty, empty, empty, np.zeros((0, 0), dtype=np.int8))
    return days_of(network, free, replace(scenario, start=day, **none), 1)
