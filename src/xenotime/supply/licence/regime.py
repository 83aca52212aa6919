"""The licence regime: answers of the law per route and stretch of days, with the scenario's turns laid over.

Pure: somebody else asks the law (`xenotime.services.supply.lanes`) and hands the answers in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from xenotime.supply.licence.classes import ORDERED, WORDS, Treatment, treatment
from xenotime.supply.licence.handling import Array, Handling, Office
from xenotime.supply.scenario.scenario import Scenario, Turn
from xenotime.supply.scenario.vocabulary import fits
from xenotime.supply.world.network import Route

#: What a turn may set, and what `Handling` holds: arrays of one name each.
NUMBERS = ("hold", "fast", "lead", "sigma", "refuse", "block")


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the law answers for one route from `first` until the next ruling of that route.

    `word` is the outcome, `strictest` the strictest outcome that is possible, `article` the address that
    decides ("" for none), `says` one sentence for people.
    """

    route: str
    first: date
    word: str
    strictest: str = ""
    article: str = ""
    says: str = ""


def regime(routes: Sequence[Route], rulings: Iterable[Ruling], scenario: Scenario) -> Handling:
    """How each route is handled on each day of the scenario, arrays of (route, day).

    Routes without a ruling are free. Turns apply in order of their days, the later over the earlier.
    """
    days = scenario.days
    arrays = {name: np.zeros((len(routes), days)) for name in NUMBERS}
    status = np.zeros((len(routes), days), dtype=np.int8)
    place = {route.id: index for index, route in enumerate(routes)}
    reasons = []
    for ruling, first, after in _stretches(rulings, scenario):
        row = place[ruling.route]
        buyer = routes[row].buyer
        handled = treatment(
            ruling.word,
            buyer,
            strictest=ruling.strictest,
            doubt=scenario.doubt,
            certified=scenario.certified,
        )
        _fill(arrays, row, first, after, handled)
        status[row, first:after] = WORDS.index(ruling.word)
        reasons.append((ruling.route, first, after, _reason(ruling, handled)))
    for turn in scenario.turns:
        reasons += _turned(arrays, routes, turn, scenario)
    return Handling(
        tuple(route.id for route in routes),
        **arrays,
        status=status,
        reason=tuple(reasons),
        office=_office(scenario),
    )


def _stretches(rulings: Iterable[Ruling], scenario: Scenario) -> Iterable[tuple[Ruling, int, int]]:
    """Each ruling with the days (first, day after) it holds for, counted from the start."""
    by_route: dict[str, list[Ruling]] = {}
    for ruling in rulings:
        by_route.setdefault(ruling.route, []).append(ruling)
    for several in by_route.values():
        several.sort(key=lambda one: one.first)
        firsts = [(one.first - scenario.start).days for one in several]
        for ruling, first, after in zip(several, firsts, [*firsts[1:], scenario.days], strict=True):
            begin, end = max(first, 0), min(after, scenario.days)
            if begin < end:
                yield ruling, begin, end


def _fill(arrays: dict[str, Array], row: int, first: int, after: int, handled: Treatment) -> None:
    for name in NUMBERS:
        arrays[name][row, first:after] = getattr(handled, name)


def _turned(
    arrays: dict[str, Array], routes: Sequence[Route], turn: Turn, scenario: Scenario
) -> Iterable[tuple[str, int, int, str]]:
    """Lay one turn over the routes it fits, from its day on; the reason of each route says so."""
    first = max((turn.day - scenario.start).days, 0)
    if first >= scenario.days:
        return
    given = {name: getattr(turn, name) for name in NUMBERS if getattr(turn, name) is not None}
    says = ", ".join(f"{name} {value:g}" for name, value in given.items())
    for row, route in enumerate(routes):
        if covers(turn, route):
            for name, value in given.items():
                arrays[name][row, first:] = value
            yield route.id, first, scenario.days, f"scenario from {turn.day}: {says}; {turn.why}"


def covers(turn: Turn, route: Route) -> bool:
    """Whether a turn speaks of a route: goods, and its filters fit."""
    return (
        not route.tech
        and (not turn.origins or route.origin in turn.origins)
        and (not turn.destinations or route.destination in turn.destinations)
        and (not turn.buyers or route.buyer in turn.buyers)
        and fits(route.good, turn.goods)
    )


def _reason(ruling: Ruling, handled: Treatment) -> str:
    says = ruling.says or ("no article applies" if ruling.word == ORDERED[0] else ruling.word)
    return f"{says}{f' [{ruling.article}]' if ruling.article else ''}; {handled.why}"


def _office(scenario: Scenario) -> Office | None:
    given = scenario.office
    if not given:
        return None
    return Office(
        given.get("officers", 1.0),
        given.get("pace", 1.0),
        given.get("size", 1.0),
        surge=given.get("surge", 1.0),
        calm=given.get("calm", 30.0),
    )


def day_of(scenario: Scenario, index: int) -> date:
    """The calendar day of a day's number in a run."""
    return scenario.start + timedelta(days=index)
