"""Which groups of inputs drive an answer: Sobol indices and Morris effects, by groups.

SALib makes the samples and the indices; `closed` is our own estimate of the same, to check them by.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
#: Resamples behind every half-width [count].
RESAMPLES = 200
#: Levels of a Morris step.
LEVELS = 4


@dataclass(frozen=True, slots=True)
class Index:
    """A group's first-order and total index [share of variance], with half-widths of their 95 % intervals."""

    group: str
    alone: float
    alone_within: float
    total: float
    total_within: float


@dataclass(frozen=True, slots=True)
class Effect:
    """A group's mean absolute Morris effect [unit of the answer], half-width of its interval, and spread."""

    group: str
    effect: float
    within: float
    spread: float


def order(groups: Sequence[str]) -> tuple[str, ...]:
    """The distinct groups, in the order in which they first appear."""
    return tuple(dict.fromkeys(groups))


def runs(groups: Sequence[str], base: int) -> int:
    """How many model runs a Sobol study of a base sample needs: base × (groups + 2)."""
    return base * (len(order(groups)) + 2)


def sample(groups: Sequence[str], base: int, seed: int) -> Array:
    """Chances (run, input) for a Sobol study; `groups` names each input's group, `base` is a power of two.

    Source: Saltelli et al. 2010, Variance based sensitivity analysis of model output; as in SALib.
    """
    from SALib.sample import sobol  # noqa: PLC0415  # heavy: only a study pays for it

    made: Array = sobol.sample(_problem(groups), base, calc_second_order=False, seed=seed)
    return made


def indices(groups: Sequence[str], values: Array, seed: int) -> tuple[Index, ...]:
    """The indices of each group from the answers (run,) to `sample`; all 0 where the answer never changes."""
    from SALib.analyze import sobol  # noqa: PLC0415  # as above

    names = order(groups)
    if not np.ptp(values) > 0:
        return tuple(Index(name, 0.0, 0.0, 0.0, 0.0) for name in names)
    found = sobol.analyze(
        _problem(groups), values, calc_second_order=False, num_resamples=RESAMPLES, seed=seed
    )
    columns = (found[key].tolist() for key in ("S1", "S1_conf", "ST", "ST_conf"))
    return tuple(Index(name, *row) for name, *row in zip(names, *columns, strict=True))


def closed(values: Array, count: int) -> tuple[Array, Array]:
    """First-order and total indices (group) by our own estimators, from answers in the order of `sample`.

    First order: mean of f(B)(f(AB_i) - f(A)) over the variance; total: half the mean of (f(A) - f(AB_i))²
    over it. Source: Saltelli et al. 2010, table 2, (b) and (f).
    """
    table = values.reshape(-1, count + 2)
    a, mixed, b = table[:, 0], table[:, 1:-1], table[:, -1]
    variance = np.concatenate([a, b]).var()
    middle = np.concatenate([a, b]).mean()
    alone = ((b - middle)[:, None] * (mixed - a[:, None])).mean(axis=0) / variance
    total = ((a[:, None] - mixed) ** 2).mean(axis=0) / (2 * variance)
    return alone, total


def steps(groups: Sequence[str], base: int, seed: int) -> Array:
    """Chances (run, input) for a Morris screening: `base` walks of one step for each group."""
    from SALib.sample import morris  # noqa: PLC0415  # as above

    made: Array = morris.sample(_problem(groups), base, num_levels=LEVELS, seed=seed)
    return made


def effects(groups: Sequence[str], chances: Array, values: Array, seed: int) -> tuple[Effect, ...]:
    """The Morris effects of each group from the answers (run,) to `steps`. Source: Campolongo et al. 2007."""
    from SALib.analyze import morris  # noqa: PLC0415  # as above

    found = morris.analyze(
        _problem(groups), chances, values, num_levels=LEVELS, num_resamples=RESAMPLES, seed=seed
    )
    rows = zip(found["names"], found["mu_star"], found["mu_star_conf"], found["sigma"], strict=True)
    return tuple(Effect(str(n), *(float(np.nan_to_num(x)) for x in row)) for n, *row in rows)


def _problem(groups: Sequence[str]) -> dict[str, Any]:
    return {
        "num_vars": len(groups),
        "names": [f"x{n}" for n in range(len(groups))],
        "groups": list(groups),
        "bounds": [[0.0, 1.0]] * len(groups),
    }
