"""Scores of a forecast by draws: weights, quantiles, errors, coverage, ranked probability, order of stops.

Weights: an observation y with modelled values x_k and allowed spread s gives draw k the weight
exp(-ln((y + f) / (x_k + f))^2 / (2 s^2)), f a floor that lets a month of nothing be compared. Source:
importance weighting of an ensemble by a lognormal error; CRPS after Gneiting and Raftery 2007, equation 20.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def weigh(modelled: Array, observed: Array, spread: Array, floor: Array) -> Array:
    """The weight of each draw, summing to 1: modelled (observation, draw), the others (observation,).

    >>> weigh(np.array([[1.0, 1.0]]), np.array([3.0]), np.array([0.5]), np.array([0.0])).tolist()
    [0.5, 0.5]
    """
    off = np.log((observed + floor)[:, None] / (modelled + floor[:, None]))
    score = -0.5 * np.sum((off / spread[:, None]) ** 2, axis=0)
    raw = np.exp(score - score.max())
    weights: Array = raw / raw.sum()
    return weights


def effective(weights: Array) -> float:
    """How many equal draws these weights are worth: 1 / sum of squares.

    >>> effective(np.array([0.25, 0.25, 0.25, 0.25])), effective(np.array([1.0, 0.0]))
    (4.0, 1.0)
    """
    return float(1.0 / np.sum(weights**2))


def quantile(values: Array, weights: Array, share: float) -> float:
    """The smallest value at which the weights of it and all below reach a share.

    >>> quantile(np.array([3.0, 1.0, 2.0]), np.array([0.2, 0.5, 0.3]), 0.5)
    1.0
    """
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order])
    place = int(np.searchsorted(reached, share * reached[-1] - 1e-12))
    return float(values[order][min(place, len(values) - 1)])


def crps(values: Array, weights: Array, observed: float) -> float:
    """The continuous ranked probability score [the value's unit]: E|X - y| - E|X - X'| / 2.

    >>> crps(np.array([2.0]), np.array([1.0]), 5.0)
    3.0
    """
    order = np.argsort(values, kind="stable")
    x, w = values[order], weights[order] / weights.sum()
    reached = np.cumsum(w)
    spread = 2.0 * np.sum(w * x * (reached - w / 2 - 0.5))
    return float(np.sum(w * np.abs(x - observed)) - spread)


def logarithmic(modelled: Sequence[float], observed: Sequence[float], floor: float = 0.0) -> float:
    """The mean absolute error of logarithms, a floor added on both sides; 0.69 is a factor of two.

    >>> round(logarithmic([2.0, 1.0], [1.0, 1.0]), 3)
    0.347
    """
    off = np.log((np.asarray(modelled) + floor) / (np.asarray(observed) + floor))
    return float(np.mean(np.abs(off)))


def percentage(modelled: Sequence[float], observed: Sequence[float]) -> float:
    """The mean absolute error over the observed value [percent].

    >>> percentage([5089.0, 5089.0, 5089.0], [2627.0, 1238.47, 3188.0]).__round__()
    155
    """
    off = np.abs(np.asarray(modelled) - np.asarray(observed)) / np.asarray(observed)
    return float(100 * np.mean(off))


def covered(low: Sequence[float], high: Sequence[float], observed: Sequence[float]) -> float:
    """The share of observations between their bounds.

    >>> covered([0.0, 2.0], [1.0, 3.0], [0.5, 4.0])
    0.5
    """
    inside = [a <= y <= b for a, b, y in zip(low, high, observed, strict=True)]
    return sum(inside) / len(inside)


def ordered(ranks: Sequence[int], days: Sequence[float]) -> float:
    """The share of pairs of different rank whose days come in the order of their ranks; ties count half.

    A line that never stops has an infinite day; two that never stop count as a tie.

    >>> ordered([1, 2, 3], [10.0, 30.0, 20.0]).__round__(2)
    0.67
    """
    pairs = [(days[a], days[b]) for a in range(len(ranks)) for b in range(len(ranks)) if ranks[a] < ranks[b]]
    right = sum(1.0 if first < second else 0.5 if first == second else 0.0 for first, second in pairs)
    return right / len(pairs)
