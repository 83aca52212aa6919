r"""An office that decides files: so many officers, each at a pace, first come first served, class before
class.

Files that are with the office or wait for it are n; min(n, officers) of them are being worked on, and each is
done with chance pace * step in a short step. The number decided in a step is drawn from a Poisson
distribution with mean pace * min(n, officers) * step, and is at most n. With a fine step and random arrivals
this is the queue M/M/c:

    chance of waiting  C = (a^c / c!) / ((1 - a/c) * sum over k < c of a^k / k! + a^c / c!),  a = arrivals /
    pace mean wait          C / (c * pace - arrivals)

Source: Erlang 1917; Gross, Shortle, Thompson, Harris 2008, Fundamentals of Queueing Theory, section 2.3.
"""

from __future__ import annotations

import math

from xenotime.supply.engine.jit import stage
from xenotime.supply.engine.philox import normal

#: From this mean on a Poisson number is drawn as a rounded normal one; the two then differ by less than a
#: file.
LARGE = 60.0


@stage
def poisson(mean: float, chance: float) -> float:
    """The number below or at which a Poisson variable of that mean lies with that chance.

    >>> poisson(0.0, 0.7), poisson(1.0, 0.3), poisson(1.0, 0.5), poisson(100.0, 0.5)
    (0.0, 0.0, 1.0, 100.0)
    """
    if mean > LARGE:
        return float(max(0.0, math.floor(mean + math.sqrt(mean) * normal(chance) + 0.5)))
    count, term = 0.0, math.exp(-mean)
    total = term
    while total < chance and count < 10.0 * LARGE:
        count += 1.0
        term *= mean / count
        total += term
    return count


@stage
def decided(files: float, officers: float, pace: float, step: float, chance: float) -> float:
    """The files that an office decides in a step [days], of those that are with it.

    >>> decided(10.0, 2.0, 1.0, 1.0, 0.5), decided(0.5, 2.0, 1.0, 1.0, 0.99), decided(0.0, 2.0, 1.0, 1.0, 0.5)
    (2.0, 0.5, 0.0)
    """
    if files <= 0.0:
        return 0.0
    return min(files, poisson(pace * min(files, officers) * step, chance))


def erlang(arrivals: float, pace: float, officers: int) -> tuple[float, float]:
    """The chance that a file has to wait, and its mean wait [days], in the long run; infinite when
    overloaded.

    >>> erlang(1.0, 2.0, 1)
    (0.5, 0.5)
    """
    load = arrivals / pace
    if load >= officers:
        return 1.0, math.inf
    term, total = 1.0, 0.0
    for k in range(officers):
        total += term
        term *= load / (k + 1)
    waits = term / ((1.0 - load / officers) * total + term)
    return waits, waits / (officers * pace - arrivals)
