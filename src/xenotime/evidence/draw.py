"""Draw the uncertain inputs: numbers that depend on the seed, the draw's number and the input's name only.

Draw 0 is the median of every input. Batches, order, threads and machines change nothing: each input has its
own Philox stream, keyed by the seed and its name, and the draw's number is the counter.

Source: Salmon, Moraes, Dror, Shaw 2011, Parallel random numbers: as easy as 1, 2, 3 (Philox4x64-10).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from hashlib import blake2b
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from xenotime.core.errors import InputError
from xenotime.evidence.parameter import Parameter, Spread
from xenotime.evidence.spread import massive, spread_of

__all__ = ["chances", "draw", "quantile", "spread_of"]

#: Seeds and draws are below this [count].
MOST = 2**63

_NORMAL = NormalDist()
_Floats = NDArray[np.float64]


def draw(parameters: Sequence[Parameter], seed: int, first: int, count: int) -> _Floats:
    """The values of some inputs (parameter, draw) for the draws from `first` on, each in its own unit.

    Raises InputError for a seed or draw below 0, a name that two inputs bear, and a spread without mass.

    >>> from xenotime.evidence.parameter import Parameter, Spread
    >>> lead = Parameter("lead", "days", Spread("triangular", (20, 45, 90)), (), "assumed", "licence")
    >>> draw([lead], seed=7, first=0, count=2).shape
    (1, 2)
    >>> bool((draw([lead], 7, 0, 9)[:, 4:] == draw([lead], 7, 4, 5)).all())
    True
    """
    _asked(seed, first, count)
    names = [parameter.name for parameter in parameters]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise _odd("two inputs bear one name", "names that differ", ", ".join(twice))
    found = np.empty((len(parameters), count), dtype=np.float64)
    for place, parameter in enumerate(parameters):
        massive(parameter.spread, parameter.name)
        found[place] = quantile(parameter.spread, chances(parameter.name, seed, first, count))
    return found


def chances(name: str, seed: int, first: int, count: int) -> _Floats:
    """The chances (draw) of an input, strictly between 0 and 1; that of draw 0 is one half.

    >>> chances("lead", 7, 0, 1)
    array([0.5])
    """
    _asked(seed, first, count)
    key = int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "little")
    stream = np.random.Philox(key=[seed, key], counter=[first, 0, 0, 0])
    raw = stream.random_raw(4 * count)[::4]
    found: _Floats = ((raw >> np.uint64(12)).astype(np.float64) + 0.5) * 2.0**-52
    if first == 0 and count:
        found[0] = 0.5
    return found


def quantile(spread: Spread, chance: _Floats) -> _Floats:
    """The values (draw) below which a spread lies with each chance, strictly between 0 and 1.

    >>> quantile(Spread("uniform", (10, 20)), np.array([0.25]))
    array([12.5])
    >>> quantile(Spread("mixture", (85, 1, 92, 3)), np.array([0.2, 0.5]))
    array([85., 92.])
    """
    return _QUANTILES[massive(spread).shape](spread.numbers, np.asarray(chance, dtype=np.float64))


def _point(numbers: tuple[float, ...], chance: _Floats) -> _Floats:
    return np.full(chance.shape, float(numbers[0]))


def _uniform(numbers: tuple[float, ...], chance: _Floats) -> _Floats:
    low, high = numbers
    return low + chance * (high - low)


def _triangular(numbers: tuple[float, ...], chance: _Floats) -> _Floats:
    low, mode, high = numbers
    width = high - low
    rising = low + np.sqrt(chance * (width * (mode - low)))
    falling = high - np.sqrt((1.0 - chance) * (width * (high - mode)))
    return np.where(chance * width < mode - low, rising, falling)


def _lognormal(numbers: tuple[float, ...], chance: _Floats) -> _Floats:
    # One number at a time: vector kernels of exp and log may round by place in the array.
    median, sigma = numbers
    score = _NORMAL.inv_cdf
    values = (median * math.exp(sigma * score(one)) for one in chance.ravel().tolist())
    return np.fromiter(values, np.float64, chance.size).reshape(chance.shape)


def _mixture(numbers: tuple[float, ...], chance: _Floats) -> _Floats:
    pairs = sorted(zip(numbers[0::2], numbers[1::2], strict=True))
    values = np.array([value for value, _ in pairs], dtype=np.float64)
    edges = np.cumsum([weight for _, weight in pairs])
    place = np.searchsorted(edges, chance * edges[-1], side="left")
    found: _Floats = values[np.minimum(place, len(values) - 1)]
    return found


_QUANTILES: Mapping[str, Callable[[tuple[float, ...], _Floats], _Floats]] = {
    "point": _point,
    "uniform": _uniform,
    "triangular": _triangular,
    "lognormal": _lognormal,
    "mixture": _mixture,
}


def _asked(seed: int, first: int, count: int) -> None:
    for name, number in (("seed", seed), ("first draw", first), ("count of draws", count)):
        if not 0 <= number < MOST:
            raise _odd(f"the {name} is out of range", f"a whole number from 0 to {MOST - 1}", str(number))


def _odd(what: str, expected: str, found: str) -> InputError:
    return InputError(what, where="draw", expected=expected, found=found, next_step="ask for other draws")
