"""What arrives, month by month, in each possible future; and a few futures that stand for many."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xenotime.core.errors import InputError

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Paths:
    """Futures side by side: `share` of what could normally be bought and `price` over that at rest.

    Both are arrays (path, month, draw); `weight` (draw) sums to 1.
    """

    share: Array
    price: Array
    weight: Array

    @property
    def draws(self) -> int:
        """How many futures there are."""
        return int(self.share.shape[2])

    @property
    def months(self) -> int:
        """How long they are [months]."""
        return int(self.share.shape[1])

    def pick(self, draws: NDArray[np.int64], weight: Array) -> Paths:
        """Some of the futures under new weights."""
        return Paths(self.share[:, :, draws], self.price[:, :, draws], weight)


def equal(share: Array, price: Array | None = None) -> Paths:
    """Futures of equal weight. Raises InputError when a share or price is negative or not a number."""
    prices = np.ones_like(share) if price is None else price
    if share.shape != prices.shape or not (np.all(share >= 0) and np.all(prices >= 0)):
        raise InputError(
            "these futures cannot be used",
            expected="shares and prices of 0 or more, one for each path, month and draw",
            found=f"shares {share.shape}, prices {prices.shape}",
            next_step="run the scenario again",
        )
    draws = share.shape[2]
    return Paths(share, prices, np.full(draws, 1.0 / draws))


def severity(paths: Paths) -> Array:
    """How much each future withholds (draw): missing shares, summed over paths and months [path-months]."""
    missing: Array = np.clip(1.0 - paths.share, 0.0, None).sum(axis=(0, 1))
    return missing


def sooner(paths: Paths, days: float, rows: tuple[int, ...]) -> Paths:
    """The same futures with everything that comes back in `rows` coming `days` earlier [days].

    A month whose successor brings more takes its part of the difference; a fall is not moved.
    """
    share = paths.share.copy()
    for row in rows:
        rise = np.clip(np.diff(paths.share[row], axis=0, append=paths.share[row, -1:]), 0.0, None)
        share[row] += rise * min(days / 30.44, 1.0)
    return Paths(share, paths.price, paths.weight)


def gather(paths: Paths, count: int, risk: float) -> Paths:
    """At most `count` futures that stand for all: medoids, half of them for the worst share `risk`.

    Medoids of everything would thin out the worst futures, which are the ones that CVaR is about; so the
    worst and the rest are clustered apart. Deterministic. Source: Kaufman and Rousseeuw 1990,
    partitioning around medoids (build, then alternate).
    """
    if paths.draws <= count:
        return paths
    order = np.argsort(-severity(paths), kind="stable")
    worst = min(max(round(risk * paths.draws), 1), paths.draws - 1)
    groups = (order[:worst], order[worst:])
    half = min(max(count // 2, 1), worst)
    flat = np.concatenate([paths.share, 0.1 * paths.price]).reshape(-1, paths.draws).T
    chosen: list[int] = []
    weights: list[float] = []
    for group, size in zip(groups, (half, count - half), strict=True):
        middle, belongs = medoids(flat[group], size)
        chosen.extend(int(d) for d in group[middle])
        weights.extend(float(paths.weight[group[belongs == k]].sum()) for k in range(len(middle)))
    return paths.pick(np.array(chosen), np.array(weights))


def medoids(points: Array, count: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The rows of `points` (point, feature) that stand for clusters, and each point's. Ties: the first."""
    squares = (points**2).sum(axis=1)
    apart = np.sqrt(np.clip(squares[:, None] + squares[None, :] - 2 * points @ points.T, 0.0, None))
    middle = _built(apart, min(count, len(points)))
    for _ in range(50):
        belongs = np.argmin(apart[:, middle], axis=1)
        moved = np.array([_centre(apart, np.flatnonzero(belongs == k), m) for k, m in enumerate(middle)])
        if np.array_equal(moved, middle):
            break
        middle = moved
    return middle, np.argmin(apart[:, middle], axis=1).astype(np.int64)


def _built(apart: Array, count: int) -> NDArray[np.int64]:
    """First the most central point, then each time the one that brings the others nearest."""
    chosen = [int(np.argmin(apart.sum(axis=1)))]
    near = apart[:, chosen[0]].copy()
    while len(chosen) < count:
        gain = np.clip(near[:, None] - apart, 0.0, None).sum(axis=0)
        gain[chosen] = -1.0
        chosen.append(int(np.argmax(gain)))
        near = np.minimum(near, apart[:, chosen[-1]])
    return np.array(chosen)


def _centre(apart: Array, members: NDArray[np.int64], old: int) -> int:
    if not len(members):
        return old
    return int(members[np.argmin(apart[np.ix_(members, members)].sum(axis=1))])
