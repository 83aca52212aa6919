"""A model input: a set of claims turned into a distribution by a stated rule."""

from __future__ import annotations

from dataclasses import dataclass

#: The shapes a distribution may have, and its numbers: point (v), uniform (low, high),
#: triangular (low, mode, high), lognormal (median, sigma of ln), mixture (v1, w1, v2, w2, …).
SHAPES = ("point", "uniform", "triangular", "lognormal", "mixture")


@dataclass(frozen=True, slots=True)
class Spread:
    """A distribution by its shape (one of `SHAPES`) and its numbers."""

    shape: str
    numbers: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One uncertain input of the model.

    `claims` are the ids of the figures it rests on; empty says that it is an assumption, and `rule` then says
    on what ground. `group` names what is drawn and judged together in a sensitivity study.
    """

    name: str
    unit: str
    spread: Spread
    claims: tuple[str, ...]
    rule: str
    group: str
