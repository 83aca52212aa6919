"""The licence regime: answers of the law per route and stretch of days, with the scenario's turns laid over.

Pure: somebody else asks the law (`xenotime.services.supply.lanes`) and hands the answers in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np

from xenotime.supply.licence.classes import ORDERED, WORDS, Treatment, eased, treatment
from xenotime.supply.licence.handling import Array, Handling, Office
from xenotime.supply.scenario.scenario import Scenario, Turn
from xenotime.supply.scenario.vocabulary import fits
from xenotime.supply.world.network import Route

#: What a turn may set, and what `Handling` holds: arrays of one name each.
NUMBERS = ("hold", "fast", "lead", "sigma", "refuse", "block")
_IDLE = "no proof is asked, as the law holds nothing of this kind"
_BUILT_IN = Treatment(why="as on the first day: already in the build times of projects")


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the law answers for one route from `first` until the next ruling of that route.

    `word` is the outcome, `strictest` the strictest outcome that is possible, `article` the address that
    decides ("" for none), `says` one sentence for people, `channels` the licences that may be asked for
    (``general?``: it depends on the exporter).
    """

    route: str
    first: date
    word: str
    strictest: str = ""
    article: str = ""
    says: str = ""
    channels: tuple[str, ...] = ()


def regime(
    routes: Sequence[Route], rulings: Iterable[Ruling], scenario: Scenario, prior: Handling | None = None
) -> Handling:
    """How each route is handled on each day of the scenario, arrays of (route, day); `prior` on the eve.

    Routes without a ruling are free. Turns apply in order of their days, the later over the earlier; one that
    holds what the law leaves free acts only while the law holds a good of the same kind from the same origin
    (proof under a shared customs code), unless the scenario leaves the law out. The certified share of civil
    buyers then passes at once wherever `eased` says so.
    """
    sheet = Sheet(routes, scenario)
    for ruling, first, after in _stretches(rulings, scenario):
        sheet.rule(ruling, first, after)
    for turn in scenario.turns:
        sheet.turn(turn)
    sheet.certify()
    return Handling(
        tuple(route.id for route in routes),
        **sheet.arrays,
        status=sheet.status,
        reason=tuple(sheet.reasons),
        office=_office(scenario),
        prior=prior,
    )


class Sheet:
    """The arrays of a `Handling` while they are filled in.

    `before` is the law's word for each transfer of know-how on the first day: what applied then already is in
    the build times of the projects, so that only a change holds anything up. `proof` (day) says for each kind
    of goods from an origin when the law holds any of them: proof may then be asked of those that it leaves
    free.
    """

    def __init__(self, routes: Sequence[Route], scenario: Scenario) -> None:
        shape = (len(routes), scenario.days)
        self.routes = routes
        self.scenario = scenario
        self.place = {route.id: row for row, route in enumerate(routes)}
        self.arrays: dict[str, Array] = {name: np.zeros(shape) for name in NUMBERS}
        self.status = np.zeros(shape, dtype=np.int8)
        self.certified = np.ones(shape, dtype=bool)
        self.certified[[route.buyer != "civil" for route in routes]] = False
        self.reasons: list[tuple[str, int, int, str]] = []
        self.before: dict[str, str] = {}
        self.proof = {kind(route): np.zeros(scenario.days, dtype=bool) for route in routes}

    def rule(self, ruling: Ruling, first: int, after: int) -> None:
        """Lay what the law answers for a route over days `first` to `after` (not included)."""
        row = self.place[ruling.route]
        buyer = self.routes[row].buyer
        handled = treatment(ruling.word, buyer, strictest=ruling.strictest, doubt=self.scenario.doubt)
        if self.routes[row].tech and self.before.setdefault(ruling.route, ruling.word) == ruling.word:
            handled = _BUILT_IN
        for name in NUMBERS:
            self.arrays[name][row, first:after] = getattr(handled, name)
        if handled.hold or handled.block:
            self.proof[kind(self.routes[row])][first:after] = True
        self.status[row, first:after] = WORDS.index(ruling.word)
        self.certified[row, first:after] = eased(ruling.word, buyer, strictest=ruling.strictest)
        self.reasons.append((ruling.route, first, after, _reason(ruling, handled)))

    def turn(self, turn: Turn) -> None:
        """Lay one turn over the routes it fits, from its day on; the reason of each route says so."""
        begins = max((turn.day - self.scenario.start).days, 0)
        given = {name: getattr(turn, name) for name in NUMBERS if getattr(turn, name) is not None}
        says = ", ".join(f"{name} {value:g}" for name, value in given.items())
        why = f"scenario from {turn.day}: {says}; {turn.why}"
        for row, route in enumerate(self.routes):
            if not covers(turn, route):
                continue
            for first, after, acts in self._spans(turn, route, begins):
                for name, value in given.items() if acts else ():
                    self.arrays[name][row, first:after] = value
                self.reasons.append((route.id, first, after, why if acts else f"{_IDLE}: {why}"))

    def _spans(self, turn: Turn, route: Route, begins: int) -> Iterable[tuple[int, int, bool]]:
        """The stretches of days (first, day after) from a turn's day on, with whether it acts on a route."""
        if turn.hold is None or not self.scenario.law:
            acts = np.ones(self.scenario.days, dtype=bool)
        else:
            acts = self.proof[kind(route)]
        turns = [begins, *(np.flatnonzero(np.diff(acts[begins:])) + begins + 1).tolist(), self.scenario.days]
        return ((first, after, bool(acts[first])) for first, after in pairwise(turns) if first < after)

    def certify(self) -> None:
        """Let the certified share of civil buyers through at once, beside what passes at once anyway."""
        share = self.scenario.certified
        fast = self.arrays["fast"]
        fast[self.certified] = share + (1.0 - share) * fast[self.certified]
        if share:
            says = f"scenario: {share:.0%} of civil orders come from certified buyers and pass at once"
            eased_rows = [
                route.id for route, row in zip(self.routes, self.certified, strict=True) if row.any()
            ]
            self.reasons += [(route, 0, self.scenario.days, says) for route in eased_rows]


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


def kind(route: Route) -> tuple[str, str]:
    """What shares customs codes: the origin of a route and the first part of its good's address.

    >>> kind(Route("CN>US/magnet/ndfeb/civil", "CN", "US", "magnet/ndfeb"))
    ('CN', 'magnet')
    """
    return route.origin, route.good.partition("/")[0]


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
    open_to = f"; open: {', '.join(ruling.channels)}" if ruling.channels else ""
    return f"{says}{f' [{ruling.article}]' if ruling.article else ''}; {handled.why}{open_to}"


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
