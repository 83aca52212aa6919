"""The model as services use it: figures become a world, a scenario and the law become a run of it.

A `Model` keeps the world and the folded law between questions, so that a second one starts at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from difflib import get_close_matches
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from xenotime.core.errors import AddressError, InputError
from xenotime.evidence.figure import Figure
from xenotime.portfolio.table import Portfolio
from xenotime.services.library import Library
from xenotime.services.supply.lanes import prior, rulings
from xenotime.services.supply.own import add
from xenotime.services.supply.pieces import Simulator
from xenotime.supply.engine.run import Asked, Run
from xenotime.supply.engine.simulate import simulate
from xenotime.supply.licence.handling import Handling
from xenotime.supply.licence.parameters import uncertain
from xenotime.supply.licence.regime import Ruling, regime
from xenotime.supply.scenario.read import names, read
from xenotime.supply.scenario.scenario import Scenario
from xenotime.supply.world.build import World, build
from xenotime.supply.world.network import Network

#: Builds the base world of figures for a run that starts on a day.
Builder = Callable[[Sequence[Figure], date], World]
#: The day before which the base world is at rest.
FIRST = date(2025, 4, 4)
#: Periods of rest before day 0.
LEAD = 2
#: About so many gauges a run of the packaged world records, and the most that they may fill [bytes].
GAUGES, ROOM = 2_600, 8_000_000_000
Progress = Callable[[int, int], object]
#: Opens the law as known on a day, with branches of hinges and texts of draft notices.
Opener = Callable[[date, Mapping[str, str], tuple[str, ...]], Library]


@dataclass
class Model:
    """The supply model: `figures` it rests on, `opener` of the law, the user's own `portfolio` if any.

    `builder` makes the base world of the figures, `simulator` runs a scenario on it: the engine here, one
    that keeps what is done, or one that asks a cluster.
    """

    figures: tuple[Figure, ...]
    opener: Opener
    portfolio: Portfolio | None = None
    builder: Builder = build
    simulator: Simulator = simulate
    kept: dict[tuple[object, ...], Library] = field(default_factory=dict, repr=False)
    worlds: dict[date, World] = field(default_factory=dict, repr=False)

    @property
    def world(self) -> World:
        """The base world of the figures at `FIRST`, with the user's own sites and stocks in it."""
        return self.world_on(FIRST)

    @property
    def network(self) -> Network:
        """The network at `FIRST` with every uncertain input: of the world, of licences and of behaviour."""
        return self.network_on(FIRST)

    def network_on(self, day: date) -> Network:
        """The network for a run that starts on a day."""
        return self.world_on(day).network

    def world_on(self, day: date) -> World:
        """The world for a run that starts on a day: only how far its projects are then differs."""
        if day not in self.worlds:
            made = self.builder(self.figures, day)
            whole = made if self.portfolio is None else add(made, self.portfolio, day)
            self.worlds[day] = replace(whole, network=uncertain(whole.network))
        return self.worlds[day]

    @cached_property
    def sureness(self) -> dict[str, str]:
        """How sure each figure is, by its id."""
        return {figure.id: figure.sureness for figure in self.figures}

    def library(self, scenario: Scenario) -> Library:
        """The law that a scenario is read under: known on its day, with its branches and drafts."""
        key = (scenario.known, tuple(sorted(scenario.branches.items())), scenario.drafts)
        if key not in self.kept:
            self.kept[key] = self.opener(scenario.known, scenario.branches, scenario.drafts)
        return self.kept[key]

    def rulings(self, scenario: Scenario) -> tuple[Ruling, ...]:
        """What the law answers for each route, from which day on."""
        return rulings(self.library(scenario), scenario, self.network_on(scenario.start))

    def handling(self, scenario: Scenario, ruled: Sequence[Ruling] | None = None) -> Handling:
        """What the law (or what it `ruled`) and the scenario make of every route on every day."""
        network, library = self.network_on(scenario.start), self.library(scenario)
        answers = self.rulings(scenario) if ruled is None else ruled
        return regime(network.routes, answers, scenario, prior(library, scenario, network))

    def run(
        self,
        scenario: Scenario,
        asked: Asked,
        *,
        handling: Handling | None = None,
        drawn: NDArray[np.float64] | None = None,
        luck: NDArray[np.int64] | None = None,
        progress: Progress | None = None,
    ) -> Run:
        """The outcome of a scenario. `drawn` (parameter, draw) and `luck` (draw) replace what is drawn.

        Raises InputError for a run of all gauges that needs more than `ROOM`.
        """
        _fits(asked)
        handled = handling or self.handling(scenario)
        network = self.network_on(scenario.start)
        return self.simulator(network, handled, scenario, asked, progress, drawn=drawn, luck=luck)


def _fits(asked: Asked) -> None:
    """Refuse a run that would fill the memory, before it begins; a run of some gauges is always small."""
    needed = GAUGES * -(-asked.days // asked.every) * asked.draws * 8
    if not asked.keep and needed > ROOM:
        raise InputError(
            "this run needs too much memory",
            where="--draws, --days",
            expected=f"draws and days that need at most {ROOM / 1e9:.0f} GB",
            found=f"about {needed / 1e9:.0f} GB for {asked.draws} draws of {asked.days} days",
            next_step="ask for fewer draws or days",
        )


def named(name: str) -> Scenario:
    """The scenario of the library that bears a name. Raises AddressError with the nearest names there are."""
    if name in names():
        return read(name)
    near = get_close_matches(name, names(), n=3, cutoff=0.4)
    raise AddressError(
        "the library has no scenario of this name",
        where="SCENARIO",
        expected=", ".join(near or names()),
        found=name,
        next_step="list them with `xenotime stress --list`, or give the path of a YAML file of your own",
    )


def eased(scenario: Scenario, every: int) -> Scenario:
    """The scenario with whole periods before its day 0 (`LEAD` of them): an answer shows rest first."""
    start = scenario.zero - timedelta(days=LEAD * every)
    return replace(
        scenario, start=start, shock=scenario.zero, days=scenario.days + (scenario.start - start).days
    )


def settled(
    scenario: Scenario,
    *,
    days: int | None = None,
    known: date | None = None,
    branches: Mapping[str, str] | None = None,
    certified: float | None = None,
) -> Scenario:
    """The scenario with what a person settles otherwise; None leaves a setting as the file has it.

    Raises InputError for a share of certified buyers outside 0 to 1, and when the days end before the shock.
    """
    made = replace(
        scenario,
        days=scenario.days if days is None else days,
        known=scenario.known if known is None else known,
        branches={**scenario.branches, **(branches or {})},
        certified=scenario.certified if certified is None else certified,
    )
    if not 0 <= made.certified <= 1:
        raise InputError(
            "this share of certified buyers cannot be",
            where="--certified",
            expected="a share from 0 to 1",
            found=str(certified),
            next_step="give it as 0.6 for 60 %",
        )
    if made.days <= (made.zero - made.start).days:
        raise InputError(
            "the scenario ends before its shock",
            where=f"{made.id}, --days",
            expected=f"more than {(made.zero - made.start).days} days: the shock is on {made.zero}",
            found=f"{made.days} days from {made.start}",
            next_step="give it more days",
        )
    return made
