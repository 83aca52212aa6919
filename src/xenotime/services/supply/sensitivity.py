"""`sensitivity`: which groups of inputs, rules and chance drive an answer, and which would shrink it most."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from math import sqrt
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from xenotime import __version__
from xenotime.core.errors import InputError
from xenotime.evidence.draw import quantile
from xenotime.evidence.parameter import Parameter
from xenotime.services.supply.basis import basis
from xenotime.services.supply.happening import controller
from xenotime.services.supply.model import Model, Progress, eased
from xenotime.services.supply.outcomes import Driven, Screen, Sensitivity, Weight
from xenotime.supply.engine.run import RATIONING, Asked, Run
from xenotime.supply.licence.handling import Handling
from xenotime.supply.measure import stops, unmet
from xenotime.supply.measure.bands import band, total
from xenotime.supply.measure.sobol import effects, indices, order, sample, steps
from xenotime.supply.scenario.scenario import Scenario
from xenotime.supply.world.network import STAGES

Array = NDArray[np.float64]
METHODS = ("sobol", "morris")
#: What inputs are put together by: what they are about, or what they rest on.
BY = ("topic", "ground")
#: The groups by ground: inputs that rest on published figures, and declared assumptions.
FIGURES, ASSUMED = "figures", "assumptions"
#: Groups that are not made of figures: the luck of the draw, and the rule by which the scarce is shared.
CHANCE, RULES = "chance", "rules"
#: How many streams of chance there are to choose from.
STREAMS = 4096
#: Model runs that are made, and kept, at a time.
BATCH = 64
#: The gauges that the answers need.
GAUGES = ("unmet/", "demand/", "short/", "lost/")
#: What drivers are judged by in the basis of the answer.
ANSWER = "undelivered"


class Keep(Protocol):
    """Where results of a long study are kept, so that it can go on where it stopped."""

    def get(self, name: str) -> Array | None:
        """What was kept under a name; None if nothing was."""

    def put(self, name: str, values: Array) -> None:
        """Keep values under a name, whole or not at all."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One number that a run gives: its name, unit and words, and how it is read off (draw,)."""

    name: str
    unit: str
    says: str
    read: Callable[[Model, Run, str], Array]


@dataclass(frozen=True, slots=True)
class Study:
    """The design: chances (run, input), the inputs that vary, and each column's group."""

    chances: Array
    inputs: tuple[Parameter, ...]
    groups: tuple[str, ...]


def group(parameter: Parameter, by: str = BY[0]) -> str:
    """The group of an input: its topic, or whether it rests on figures or on an assumption."""
    if by == BY[0]:
        return parameter.group
    return FIGURES if parameter.claims else ASSUMED


def study(parameters: Sequence[Parameter], base: int, method: str, seed: int, by: str = BY[0]) -> Study:
    """The design over all inputs that are uncertain, with chance and rules as two more.

    By ground, the variance of an answer is split into data, assumed parameters, rules and chance.
    """
    if method not in METHODS or base < 2 or (method == "sobol" and base & (base - 1)):
        raise InputError(
            "this study cannot be made",
            where="--base" if method in METHODS else "--method",
            expected="a power of two from 2 on for sobol, any number from 2 on for morris",
            found=f"{method}, {base}",
            next_step="ask for another base sample, such as 64",
        )
    inputs = tuple(p for p in parameters if p.spread.shape != "point")
    groups = (*(group(p, by) for p in inputs), CHANCE, RULES)
    made = sample(groups, base, seed) if method == "sobol" else steps(groups, base, seed)
    return Study(made, inputs, groups)


def drawn(design: Study, parameters: Sequence[Parameter], rows: NDArray[np.int64]) -> Array:
    """The values of all parameters (parameter, run) in some runs of the design."""
    edge = 1e-6
    chances = np.clip(design.chances[rows], edge, 1 - edge)
    column = {p.name: n for n, p in enumerate(design.inputs)}
    half = np.full(len(rows), 0.5)
    return np.array(
        [
            quantile(p.spread, chances[:, column[p.name]] if p.name in column else half)
            if len(rows)
            else half
            for p in parameters
        ]
    ).reshape(len(parameters), len(rows))


def luck(design: Study, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """The stream of chance of some runs (run,)."""
    found: NDArray[np.int64] = np.minimum(design.chances[rows, -2] * STREAMS, STREAMS - 1).astype(np.int64)
    return found


def rationing(design: Study) -> NDArray[np.int64]:
    """The place of each run's rule in `RATIONING` (run,)."""
    many = len(RATIONING)
    found: NDArray[np.int64] = np.minimum(design.chances[:, -1] * many, many - 1).astype(np.int64)
    return found


def sensitivity(
    model: Model,
    scenario: Scenario,
    asked: Asked,
    *,
    base: int = 64,
    method: str = "sobol",
    by: str = BY[0],
    keep: Keep | None = None,
    progress: Progress | None = None,
) -> Sensitivity:
    """What drives the answers of a scenario, by groups; `base` × (groups + 2) model runs for Sobol.

    Inputs are put together `by` topic, or by ground: figures, assumptions, rules, chance.
    With `keep` a study that was stopped goes on where it was. Raises InputError for a base that is no power
    of two.
    """
    made = eased(scenario, asked.every)
    design = study(model.world_on(made.start).network.parameters, base, method, asked.seed, by)
    handling = model.handling(made)
    put = replace(asked, days=made.days, zero=(made.zero - made.start).days, keep=GAUGES, first=1)
    name = _fingerprint(model, made, put, method, base, by)
    values = _values(model, made, put, handling, design, name, keep, progress)
    central = model.run(made, replace(put, draws=2, first=0), handling=handling)
    inside = controller(model.network.routes, handling)
    undelivered = unmet.worth(model.network, central, outside=inside).mean(axis=0)
    return Sensitivity(
        basis(model, made, central, ANSWER, undelivered),
        method,
        base,
        len(design.chances),
        tuple(
            _driven(answer, values[place], design, method, asked.seed, by)
            for place, answer in enumerate(ANSWERS)
        ),
    )


def _fingerprint(model: Model, scenario: Scenario, asked: Asked, method: str, base: int, by: str) -> str:
    """A name that changes with anything the values of a study depend on."""
    law, network = model.library(scenario).law.hash, model.world_on(scenario.start).network
    alike = replace(asked, threads=1, width=1)
    parts = repr((__version__, law, scenario, network, alike, method, base, by))
    return f"sensitivity-{blake2b(parts.encode(), digest_size=12).hexdigest()}"


def _values(
    model: Model,
    scenario: Scenario,
    asked: Asked,
    handling: Handling,
    design: Study,
    name: str,
    keep: Keep | None,
    progress: Progress | None,
) -> Array:
    """The answers (answer, run) to every run of the design, rule by rule in batches."""
    rules, inside = rationing(design), controller(model.network.routes, handling)
    found = np.zeros((len(ANSWERS), len(design.chances)))
    done = 0
    for rule, word in enumerate(RATIONING):
        ruled = replace(scenario, rules=replace(scenario.rules, rationing=word))
        rows = np.flatnonzero(rules == rule)
        for start in range(0, len(rows), BATCH):
            part = rows[start : start + BATCH]
            key = f"{name}-{word}-{start}"
            kept = None if keep is None else keep.get(key)
            if kept is None:
                kept = _batch(model, ruled, replace(asked, draws=len(part)), handling, design, part, inside)
                if keep is not None:
                    keep.put(key, kept)
            found[:, part] = kept
            done += len(part)
            if progress is not None:
                progress(done, len(design.chances))
    return found


def _batch(
    model: Model,
    scenario: Scenario,
    asked: Asked,
    handling: Handling,
    design: Study,
    rows: NDArray[np.int64],
    inside: str,
) -> Array:
    run = model.run(
        scenario,
        asked,
        handling=handling,
        drawn=drawn(design, model.world_on(scenario.start).network.parameters, rows),
        luck=luck(design, rows),
    )
    return np.array([answer.read(model, run, inside) for answer in ANSWERS])


def _outside(model: Model, inside: str) -> list[int]:
    sites = enumerate(model.network.sites)
    return [at for at, site in sites if site.country != inside and site.stage in STAGES[-2:]]


def _stood(model: Model, run: Run, inside: str) -> Array:
    days: Array = run.stood[_outside(model, inside)].sum(axis=0).astype(float)
    return days


def _first(model: Model, run: Run, inside: str) -> Array:
    """The first stop; the end of the run where none came, so that it has a variance."""
    return np.minimum(stops.begins(run, _outside(model, inside)), run.asked.days - run.asked.zero)


def _dysprosium(_model: Model, run: Run, _inside: str) -> Array:
    missing: Array = total(run, "short/magnet/Dy").sum(axis=0)
    return missing


def _undelivered(model: Model, run: Run, inside: str) -> Array:
    missing: Array = unmet.worth(model.network, run, outside=inside).mean(axis=0)
    return missing


def _lost(model: Model, run: Run, inside: str) -> Array:
    countries = {site.country for site in model.network.sites} - {inside}
    lost: Array = total(run, *(f"lost/{country}" for country in sorted(countries))).sum(axis=0)
    return lost


#: The answers that every study judges, the headline first.
ANSWERS = (
    Answer(
        "undelivered",
        "share",
        "end value outside the controlling country that is not delivered",
        _undelivered,
    ),
    Answer("stop-days", "line-days", "days that lines outside the controlling country stand, summed", _stood),
    Answer(
        "first-stop", "day", "first day on which a line outside stands (the run's end if none does)", _first
    ),
    Answer("dysprosium", "kg", "dysprosium that magnet makers lacked", _dysprosium),
    Answer("lost", "USD", "value added lost outside the controlling country", _lost),
)


def _driven(answer: Answer, values: Array, design: Study, method: str, seed: int, by: str) -> Driven:
    spread = band(values, central=False)
    if method == "morris":
        found = effects(design.groups, design.chances, values, seed)
        screens = tuple(Screen(e.group, e.effect, e.within, e.spread) for e in found)
        ordered = tuple(sorted(screens, key=lambda s: -s.effect))
        return Driven(answer.name, answer.unit, answer.says, spread, (), ordered, crest(values))
    weights = [
        Weight(
            i.group,
            i.alone,
            i.alone_within,
            i.total,
            i.total_within,
            left(min(i.alone, i.total)),
            *_members(design, i.group, by),
        )
        for i in indices(design.groups, values, seed)
    ]
    ranked = tuple(sorted(weights, key=lambda w: (-w.total, w.group)))
    return Driven(answer.name, answer.unit, answer.says, spread, ranked, (), crest(values))


def crest(values: Array) -> float:
    """The share of the variance of some values (run,) that the most extreme hundredth of them makes.

    >>> crest(np.array([0.0] * 199 + [1.0])) > 0.99
    True
    """
    parts = np.sort((values - values.mean()) ** 2)
    whole = parts.sum()
    return float(parts[-max(len(parts) // 100, 1) :].sum() / whole) if whole > 0 else 0.0


def left(alone: float) -> float:
    """The width of the answer's interval that would remain if a group were known [share of it now].

    Knowing it takes its first-order share off the variance on average, so the width falls at least to the
    root of the rest (the mean of a root is at most the root of the mean).

    >>> left(0.75), left(-0.02), left(1.04)
    (0.5, 1.0, 0.0)
    """
    return sqrt(1.0 - min(max(alone, 0.0), 1.0))


def _members(design: Study, name: str, by: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """A group's inputs, the claims behind them, and those of them that rest on none."""
    inputs = [p for p in design.inputs if group(p, by) == name]
    claims = sorted({claim for p in inputs for claim in p.claims})
    return tuple(p.name for p in inputs), tuple(claims), tuple(p.name for p in inputs if not p.claims)


def groups(parameters: Sequence[Parameter]) -> tuple[str, ...]:
    """The groups of a study, chance and rules among them."""
    return order([*(p.group for p in parameters if p.spread.shape != "point"), CHANCE, RULES])
