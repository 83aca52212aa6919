"""Which inputs drive an answer: rank correlation of the drawn parameters with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from xenotime.evidence.figure import SURENESS
from xenotime.evidence.parameter import Parameter
from xenotime.supply.measure.values import Driver

Array = NDArray[np.float64]

#: Fewer draws than this say nothing about drivers.
FEWEST = 20


def ranks(values: Array) -> Array:
    """The ranks of numbers along the last axis, ties at their mean, infinity last.

    >>> ranks(np.array([3.0, 1.0, 3.0])).tolist()
    [1.5, 0.0, 1.5]
    """
    order = np.argsort(values, axis=-1, kind="stable")
    place = np.empty(values.shape)
    np.put_along_axis(place, order, np.arange(values.shape[-1], dtype=float), axis=-1)
    return np.array(
        [_shared(row, at) for row, at in zip(np.atleast_2d(values), np.atleast_2d(place), strict=True)]
    ).reshape(values.shape)


def _shared(values: Array, place: Array) -> Array:
    _, group = np.unique(values, return_inverse=True)
    mean: Array = np.bincount(group, place) / np.bincount(group)
    return mean[group]


def correlation(drawn: Array, answer: Array) -> Array:
    """Spearman's rank correlation of each parameter (parameter, draw) with an answer (draw,)."""
    one, two = ranks(drawn), ranks(answer)
    one, two = one - one.mean(axis=1, keepdims=True), two - two.mean()
    size = np.sqrt((one**2).sum(axis=1) * (two**2).sum())
    made: Array = np.divide(one @ two, size, out=np.zeros(len(one)), where=size > 0)
    return made


def drivers(
    parameters: Sequence[Parameter],
    drawn: Array,
    answer: Array,
    sureness: Mapping[str, str],
    most: int = 8,
) -> tuple[Driver, ...]:
    """The inputs whose draws go with the answer (draw,) most, strongest first.

    `drawn` (parameter, draw) and `answer` without the central draw; NaN answers do not count. `sureness`
    gives how sure each claim is. Only what could hardly be chance (|weight| above 2/√draws) is named.
    """
    counted = ~np.isnan(answer)
    if counted.sum() < FEWEST:
        return ()
    weight = correlation(drawn[:, counted], answer[counted])
    floor = 2.0 / np.sqrt(counted.sum())
    best = [at for at in np.argsort(-np.abs(weight), kind="stable")[:most] if abs(weight[at]) > floor]
    return tuple(_driver(parameters[at], float(weight[at]), sureness) for at in best)


def _driver(parameter: Parameter, weight: float, sureness: Mapping[str, str]) -> Driver:
    known = [sureness[claim] for claim in parameter.claims if claim in sureness]
    weakest = max(known, key=SURENESS.index, default="assumed" if not parameter.claims else "low")
    return Driver(
        parameter.name, parameter.unit, parameter.group, weight, parameter.claims, parameter.rule, weakest
    )
