"""The mean of the worst: conditional value at risk of a weighted sample."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def cvar(costs: Array, weight: Array, risk: float) -> float:
    """The mean cost of the worst share `risk` of a weighted sample [unit of the costs].

    A draw on the border counts with the part that is needed. Source: Rockafellar and Uryasev 2002,
    Conditional value-at-risk for general loss distributions, proposition 8.

    >>> round(cvar(np.array([1.0, 2.0, 10.0]), np.array([0.5, 0.3, 0.2]), 0.25), 6)
    8.4
    """
    order = np.argsort(-costs, kind="stable")
    before = np.concatenate([[0.0], np.cumsum(weight[order])[:-1]])
    part = np.clip(np.minimum(weight[order], risk - before), 0.0, None)
    return float((part * costs[order]).sum() / part.sum())
