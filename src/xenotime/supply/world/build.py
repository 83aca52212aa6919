"""Build the world: from claims to a network at rest, with the report of what had to be reconciled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from xenotime.evidence.figure import Figure
from xenotime.supply.world.balance import Adjusted, balance
from xenotime.supply.world.check import check
from xenotime.supply.world.compare import compare
from xenotime.supply.world.cover import BASE
from xenotime.supply.world.downstream import components, firms
from xenotime.supply.world.draft import Draft, transit
from xenotime.supply.world.inputs import inputs
from xenotime.supply.world.levers import levers
from xenotime.supply.world.magnets import magnets
from xenotime.supply.world.network import Network
from xenotime.supply.world.options import options
from xenotime.supply.world.oxides import chain
from xenotime.supply.world.prices import prices
from xenotime.supply.world.projects import dormant, projects, seg
from xenotime.supply.world.read import table
from xenotime.supply.world.upstream import goods, link, makers, metals, mines, others, separations


@dataclass(frozen=True, slots=True)
class World:
    """The network at rest, each claim that had to give way with what is used instead, and what is missing."""

    network: Network
    reconciled: tuple[Adjusted, ...]
    gaps: tuple[str, ...]


def build(figures: Sequence[Figure], day: date = BASE) -> World:
    """The world that the figures describe, at rest before April 2025.

    `day` is the first day of a run: projects open so many days after it. The same figures give the same
    world. Raises BookError when an input rests on a claim that is not among
    them, InputError when the network that follows is not sound.
    """
    given = inputs(figures)
    settled = balance(figures, given)
    made = magnets(given, settled)
    above = chain(tuple(figures), given, settled, made)
    draft, way = Draft(), transit()
    goods(draft, above, settled)
    components(draft, above)
    mines(draft, above)
    separations(draft, above)
    metals(draft, above, settled)
    makers(draft, above, settled, made)
    others(draft, above)
    link(draft, given, settled, above, way)
    firms(draft, made, way)
    seg(draft, settled)
    dormant(draft, settled, above, way)
    building = projects(draft, day)
    network = Network(
        tuple(draft.goods),
        tuple(draft.sites),
        tuple(draft.bins),
        tuple(draft.stacks),
        tuple(draft.lanes),
        tuple(draft.routes.values()),
        prices(figures, draft),
        projects=building,
    )
    parameters, moved = levers(figures, network, way)
    network = replace(network, options=options(network), parameters=parameters, levers=moved)
    check(network)
    gaps = tuple(row["gap"] for row in table("gaps"))
    return World(network, (*settled.adjusted, *compare(figures, network)), gaps)
