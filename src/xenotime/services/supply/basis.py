"""What an answer rests on, gathered from the model, the scenario and the run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields

import numpy as np
from numpy.typing import NDArray

from xenotime.evidence.figure import Figure
from xenotime.services.supply.model import Model
from xenotime.services.supply.results import Basis, Reconciled
from xenotime.supply.engine.run import Run
from xenotime.supply.measure.bands import drawn, has_central
from xenotime.supply.measure.drivers import drivers
from xenotime.supply.measure.values import Driver
from xenotime.supply.scenario.scenario import Scenario

Array = NDArray[np.float64]


def basis(model: Model, scenario: Scenario, run: Run, name: str, answer: Array) -> Basis:
    """What the answer called `name` (draw,) rests on, with the inputs that drive it."""
    world = model.world_on(scenario.start)
    central, parameters = has_central(run), world.network.parameters
    driving = drivers(
        parameters, drawn(run.drawn, central=central), drawn(answer, central=central), model.sureness
    )
    used = {claim for parameter in parameters for claim in parameter.claims}
    reconciled = tuple(
        Reconciled(x.what, x.claims, f"{x.claimed:.6g} {x.unit}", f"{x.used:.6g} {x.unit}", x.why)
        for x in world.reconciled
    )
    law = model.library(scenario).law
    return Basis(
        scenario=scenario.id,
        title=scenario.title,
        says=scenario.says,
        start=scenario.zero,
        days=run.asked.days - run.asked.zero,
        every=run.asked.every,
        draws=run.values.shape[2],
        first=run.asked.first,
        seed=run.asked.seed,
        known=scenario.known,
        law=scenario.law,
        law_hash=law.hash,
        branches=dict(law.chosen),
        certified=scenario.certified,
        rules=tuple(
            (field.name, f"{getattr(scenario.rules, field.name)}") for field in fields(scenario.rules)
        ),
        residue=float(run.residue.max()),
        answer=name,
        drivers=driving,
        reconciled=reconciled,
        claims=len(used),
        parameters=len(parameters),
        doubtful=tuple(sorted(claim for claim in used if model.sureness.get(claim) == "low")),
        assumed=tuple(parameter.name for parameter in parameters if not parameter.claims),
        gaps=tuple(str(gap) for gap in world.gaps),
        cited=cited(model.figures, driving, reconciled, scenario),
    )


def cited(
    figures: Iterable[Figure], driving: Iterable[Driver], rows: Iterable[Reconciled], scenario: Scenario
) -> tuple[Figure, ...]:
    """The figures that drivers, reconciliation and scenario name, in the order of the tables."""
    named = {claim for each in driving for claim in each.claims}
    named |= {claim for row in rows for claim in row.claims}
    for parts in (scenario.turns, scenario.cuts, scenario.policies, scenario.markers):
        named |= {claim for part in parts for claim in part.claims}
    return tuple(figure for figure in figures if figure.id in named)
