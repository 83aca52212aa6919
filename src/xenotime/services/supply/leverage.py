"""`leverage`: what a scenario costs two sides, and what follows from it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import numpy as np

from xenotime.core.errors import InputError
from xenotime.services.supply.basis import basis
from xenotime.services.supply.happening import events
from xenotime.services.supply.model import Model, Progress, eased
from xenotime.services.supply.results import Leverage
from xenotime.services.supply.stress import outcome
from xenotime.services.supply.wealth import product
from xenotime.supply.engine.run import Asked
from xenotime.supply.measure import leverage as measure
from xenotime.supply.measure.bands import band, drawn, has_central
from xenotime.supply.scenario.scenario import Scenario

#: What a dollar a year from now counts less [per year]: a declared assumption; 3 % and 7 % are the two rates
#: that US Circular A-4 (2003) asks for, and 5 % lies between them.
DISCOUNT = 0.05
#: What the drivers are judged by: the loss of side B less that of side A.
ANSWER = "balance"
#: The gauges that are needed.
KEEP = ("lost/", "paid/", "gained/", "sales/", "ship/")
#: Everybody but the other side.
REST = "REST"


def leverage(
    model: Model,
    scenario: Scenario,
    a: str,
    b: str,
    asked: Asked,
    *,
    horizon: int | None = None,
    discount: float = DISCOUNT,
    progress: Progress | None = None,
) -> Leverage:
    """Both sides' losses in a scenario up to a horizon [days after day 0] and what follows from them.

    A side is a country, several joined by ``+``, or ``REST`` (everybody but the other side). Raises
    InputError for a side that the world does not have, for two sides that share a country, and for a
    discount outside 0 to 1.
    """
    if not 0 <= discount <= 1:
        raise InputError(
            "this discount cannot be",
            where="--discount",
            expected="a share of a year's worth from 0 to 1",
            found=str(discount),
            next_step=f"leave it out for {DISCOUNT}",
        )
    network = model.network_on(eased(scenario, asked.every).start)
    first, second = sides(a, b, {site.country for site in network.sites})
    made = outcome(model, scenario, replace(asked, keep=KEEP), progress)
    run, central = made.run, has_central(made.run)
    reach = min(horizon or run.asked.days, run.asked.days - run.asked.zero)
    weight = measure.weights(run, reach, discount)
    one, two = (np.cumsum(weight[:, None] * measure.losses(run, side), axis=0) for side in (first, second))
    even = measure.break_even(one, two, run)
    begun, ended = measure.bites(one, two, run)
    price = {good.id: each for good, each in zip(network.goods, network.price, strict=True)}
    makes = [_product(model, side, reach) for side in (first, second)]
    return Leverage(
        basis=basis(model, made.scenario, run, ANSWER, two[-1] - one[-1]),
        a=measure.loss(run, a, first, weight, makes[0], price),
        b=measure.loss(run, b, second, weight, makes[1], price),
        horizon=reach,
        discount=discount,
        ratio=measure.ratio(one[-1], two[-1], asked.seed, central=central),
        per_dollar=measure.per_dollar(one, two, run),
        chance=measure.chance(one[-1], two[-1], central=central),
        break_even=band(even, central=central),
        never=float(np.isinf(drawn(even, central=central)).mean()),
        bites=band(begun, central=central),
        fades=band(ended, central=central),
        nash=measure.nash(one[-1], two[-1], central=central),
        events=events(made.ruled, made.scenario),
        patience=None
        if makes[0] is None or makes[1] is None
        else band(measure.patience(one[-1] / makes[0], two[-1] / makes[1]), central=central),
    )


def _product(model: Model, side: tuple[str, ...], horizon: int) -> float | None:
    """What the economies of a side make up to the horizon [USD]."""
    year = product(model.figures, side)
    return None if year is None else year * horizon / measure.YEAR


def sides(a: str, b: str, known: Collection[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The countries of two sides.

    >>> sides("CN", "US+JP", {"CN", "US", "JP", "EU"}), sides("CN", "REST", {"CN", "US", "JP"})[1]
    ((('CN',), ('US', 'JP')), ('JP', 'US'))
    """
    first, second = _side(a, known), _side(b, known)
    if first is None and second is None:
        raise _odd("only one side can be the rest", "a country", f"{a} and {b}")
    first = first if first is not None else _rest(known, second)
    second = second if second is not None else _rest(known, first)
    twice = sorted(set(first) & set(second))
    if twice:
        raise _odd("a country stands on both sides", "two sides without a common country", ", ".join(twice))
    return first, second


def _side(text: str, known: Collection[str]) -> tuple[str, ...] | None:
    if text.upper() == REST:
        return None
    found = tuple(part.strip().upper() for part in text.split("+"))
    odd = [part for part in found if part not in known]
    if odd:
        expected = f"{', '.join(sorted(known))}, several joined by +, or {REST}"
        raise _odd("the world has no such side", expected, ", ".join(odd))
    return found


def _rest(known: Collection[str], other: tuple[str, ...] | None) -> tuple[str, ...]:
    return tuple(sorted(set(known) - set(other or ())))


def _odd(what: str, expected: str, found: str) -> InputError:
    return InputError(
        what, where="A and B", expected=expected, found=found, next_step="name two sides, e.g. CN US"
    )
