"""`adapt`: who adapts, how fast, by which channel; and how long capacity takes to build."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np

from xenotime.evidence.figure import Figure
from xenotime.services.supply.basis import basis
from xenotime.services.supply.happening import controller, events
from xenotime.services.supply.model import Model, Progress
from xenotime.services.supply.results import Adapt
from xenotime.services.supply.stress import outcome
from xenotime.supply.engine.run import Asked, Run
from xenotime.supply.measure.adapt import build, faster, halves, side
from xenotime.supply.measure.bands import total
from xenotime.supply.measure.values import Build
from xenotime.supply.scenario.scenario import Scenario
from xenotime.supply.world.network import STAGES

#: The claim that is examined: a replacement takes so many years.
CLAIMED = (5.0, 8.0)
#: What the drivers are judged by: the mean t50 of the sides outside the controlling country.
ANSWER = "half"
#: What a unit of years says of a project, by words in the unit.
KINDS = {"build years": "observed", "announced build years": "planned", "gestation years": "planned"}


def adapt(model: Model, scenario: Scenario, asked: Asked, *, progress: Progress | None = None) -> Adapt:
    """How each country adapts to a scenario, who is faster, and what was observed of build times."""
    made = outcome(model, scenario, replace(asked, keep=("met/",)), progress)
    network, run = made.network, made.run
    places = sorted({site.country for site in network.sites if _needs(run, site.country)})
    reached = halves(run, places)
    sides = [side(run, country) for country in places]
    lacking = [each for each in places if np.isfinite(reached[each]).any()]
    inside = controller(network.routes, made.handling)
    outside = [reached[each] for each in places if each != inside]
    capped = np.minimum(np.array(outside), float(run.asked.days))
    answer = np.where(np.isnan(capped), 0.0, capped).mean(axis=0)
    return Adapt(
        basis=basis(model, made.scenario, run, ANSWER, answer),
        sides=tuple(sorted(sides, key=lambda each: -(each.worst.middle or 0.0))),
        faster=tuple(faster(run, a, b, reached) for a, b in combinations(lacking, 2)),
        builds=builds(model.figures),
        events=events(made.ruled, made.scenario),
    )


def _needs(run: Run, country: str) -> bool:
    return bool(total(run, f"met/need/{country}").any())


def builds(figures: Sequence[Figure]) -> tuple[Build, ...]:
    """Build times by stage [years]: those observed, those planned, and what is said in general.

    A time whose period ends after the latest figure was published is a plan, whatever it is called.
    """
    latest = max((figure.published[:7] for figure in figures), default="")
    found: dict[tuple[str, str], list[tuple[str, float, str]]] = defaultdict(list)
    for figure in figures:
        if figure.value is None:
            continue
        if figure.unit in KINDS:
            kind = "planned" if figure.period[:7] > latest else KINDS[figure.unit]
            for stage in stages(figure.stage):
                found[stage, kind].append((figure.subject, float(figure.value), figure.id))
        elif figure.stage == "lead time" and figure.unit in _YEARS:
            found["all", "said"].append(
                (figure.subject, float(figure.value) * _YEARS[figure.unit], figure.id)
            )
    ordered = sorted(found.items(), key=lambda item: (_place(item[0][0]), item[0][1]))
    return tuple(build(stage, kind, tuple(several), CLAIMED) for (stage, kind), several in ordered)


_YEARS = {"years": 1.0, "months": 1 / 12}


def stages(text: str) -> tuple[str, ...]:
    """The stages that the evidence's word for one covers: ``mine to magnet`` covers none alone.

    >>> stages("separation and recycling"), stages("cracking and leaching"), stages("mine to magnet")
    (('separation',), ('separation',), ())
    """
    if " to " in text:
        return ()
    if text.startswith("cracking"):
        return ("separation",)
    return tuple(stage for stage in STAGES if text.replace("/", " ").split(" ")[0] == stage)


def _place(stage: str) -> int:
    return STAGES.index(stage) if stage in STAGES else len(STAGES)
