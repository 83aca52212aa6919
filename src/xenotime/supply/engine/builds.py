"""When each project opens, draw by draw: build time left, odds, papers for know-how, what must be open
before.

    opens = median * exp(sigma * z) + scenario's delay + delayed * share held, for each tech route it needs
            + days on which such a route is blocked before it opens

A project that fails, or waits for one that fails, opens never (infinity). In draw 0 the chances are at their
middle: z = 0, and what is more likely than not succeeds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from xenotime.core.errors import BookError
from xenotime.supply.engine.board import Array, Places
from xenotime.supply.engine.days import Days
from xenotime.supply.engine.given import Given
from xenotime.supply.engine.philox import BUILT, FATE, chance, normal
from xenotime.supply.world.network import Network, Project


def opens_of(
    network: Network, given: Given, days: Days, late: Mapping[str, float], seed: int, lucks: Places
) -> Array:
    """The opening days (project, draw), counted from the start; infinity for never."""
    routes = {route.id: place for place, route in enumerate(network.routes)}
    found = np.full((len(network.projects), len(lucks)), np.inf)
    for place in _sequence(network.projects):
        project = network.projects[place]
        for w, luck in enumerate(lucks):
            middle = luck == 0
            z = 0.0 if middle else normal(chance(seed, int(luck), place, 0, BUILT))
            day = given.opens[place, w] * float(np.exp(given.sigma[place, w] * z)) + late.get(
                project.name, 0.0
            )
            for need in project.needs:
                if need in routes:
                    day += _papers(days, routes[need], day, float(given.delayed[place, w]))
            fate = 0.5 if middle else chance(seed, int(luck), place, 0, FATE)
            if fate <= given.odds[place, w]:
                found[place, w] = max(0.0, day)
    return _after(network.projects, found)


def _papers(days: Days, route: int, opens: float, delayed: float) -> float:
    """The days that papers for know-how cost a project: for waiting, and for standing still when blocked."""
    until = int(min(max(opens, 1.0), days.hold.shape[0]))
    held = float((days.hold[:until, route] * (1.0 - days.fast[:until, route])).max())
    return delayed * held + float(days.block[:until, route].sum())


def _after(projects: Sequence[Project], found: Array) -> Array:
    places = {project.name: place for place, project in enumerate(projects)}
    for place in _sequence(projects):
        for name in projects[place].after:
            if name in places:
                np.maximum(found[place], found[places[name]], out=found[place])
    return found


def _sequence(projects: Sequence[Project]) -> list[int]:
    """The projects in an order in which each stands behind those that it waits for."""
    names = {project.name for project in projects}
    done: list[int] = []
    known: set[str] = set()
    left = list(range(len(projects)))
    while left:
        ready = [place for place in left if not (set(projects[place].after) & names) - known]
        if not ready:
            raise BookError(
                "projects wait for each other in a circle",
                where=", ".join(projects[place].name for place in left),
                expected="an order in which they can open",
                found="a circle",
                next_step="correct `after`",
            )
        done += ready
        known |= {projects[place].name for place in ready}
        left = [place for place in left if place not in ready]
    return done
