"""What happens and when: stretches of the law by route, and dated events to draw over the output."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import groupby

from xenotime.services.supply.results import Event, Stretch
from xenotime.supply.licence.handling import Handling
from xenotime.supply.licence.regime import Ruling
from xenotime.supply.scenario.scenario import Scenario
from xenotime.supply.world.network import Route


def stretches(
    routes: Sequence[Route], rulings: Sequence[Ruling], handling: Handling, scenario: Scenario
) -> tuple[Stretch, ...]:
    """How the law treats each route over the scenario's days; routes that are always free are left out."""
    place = {route.id: at for at, route in enumerate(routes)}
    end = scenario.start + timedelta(days=scenario.days)
    found = []
    for name, several in groupby(sorted(rulings, key=_by_route), key=lambda ruling: ruling.route):
        own, at = list(several), place[name]
        if handling.hold[at].any() or handling.block[at].any():
            afters = [*(ruling.first for ruling in own[1:]), end]
            found += [
                _stretch(routes[at], at, ruling, after, handling, scenario)
                for ruling, after in zip(own, afters, strict=True)
                if scenario.start < after and ruling.first < end
            ]
    return tuple(found)


def _by_route(ruling: Ruling) -> tuple[str, date]:
    return ruling.route, ruling.first


def _stretch(
    route: Route, at: int, ruling: Ruling, after: date, handling: Handling, scenario: Scenario
) -> Stretch:
    first = max(ruling.first, scenario.start)
    days = slice((first - scenario.start).days, (after - scenario.start).days)
    held, lead, refused = (
        float(table[at, days].mean()) for table in (handling.hold, handling.lead, handling.refuse)
    )
    return Stretch(
        route.id,
        route.origin,
        route.destination,
        route.good,
        route.buyer,
        first,
        after - timedelta(days=1),
        ruling.word,
        held,
        lead,
        refused,
        ruling.says,
        ruling.article,
    )


def events(rulings: Iterable[Ruling], scenario: Scenario) -> tuple[Event, ...]:
    """Everything dated that the scenario and the law do within its days, in order of day."""
    last = scenario.start + timedelta(days=scenario.days)
    found = [*_law(rulings, scenario), *_scenario(scenario)]
    kept = [event for event in dict.fromkeys(found) if scenario.start <= event.day < last]
    return tuple(sorted(kept, key=lambda event: (event.day, event.kind, event.says)))


def _law(rulings: Iterable[Ruling], scenario: Scenario) -> Iterable[Event]:
    """A change of answers within the scenario: one event for each article and day."""
    for ruling in rulings:
        if ruling.first > scenario.start:
            yield Event(ruling.first, "law", ruling.says, ruling.article)


def _scenario(scenario: Scenario) -> Iterable[Event]:
    for marker in scenario.markers:
        yield Event(marker.day, "marker", marker.says, marker.address, marker.claims)
    for turn in scenario.turns:
        yield Event(turn.day, "turn", turn.why, "", turn.claims)
    for cut in scenario.cuts:
        yield Event(cut.day, "cut", cut.why, "", cut.claims)
        if cut.until is not None:
            yield Event(cut.until, "end", cut.why, "", cut.claims)
    for shift in scenario.shifts:
        yield Event(shift.day, "demand", shift.why)
    for policy in scenario.policies:
        yield Event(policy.day, "policy", policy.why, "", policy.claims)


def controller(routes: Sequence[Route], handling: Handling) -> str:
    """The country from which most kinds of movement are held or barred; "" if none are."""
    counted: dict[str, int] = {}
    for route, held, barred in zip(routes, handling.hold, handling.block, strict=True):
        if (held > 0).any() or (barred > 0).any():
            counted[route.origin] = counted.get(route.origin, 0) + 1
    return max(sorted(counted), key=lambda country: counted[country], default="")
