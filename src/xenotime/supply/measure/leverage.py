"""Who loses more, by when: loss paths of two sides, leverage, break-even day, and the Nash split.

A side's loss on a day is the value added of its lines that stand, plus what it pays more for inputs, less
what its own dearer sales bring [USD]. Political cost is not in it. Sources: J. F. Nash, The bargaining
problem, Econometrica 18 (1950), for the split; A. Rubinstein, Perfect equilibrium in a bargaining model,
Econometrica 50 (1982), for staying power.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from xenotime.supply.engine.run import Run
from xenotime.supply.measure.bands import (
    band,
    before,
    curve,
    days,
    drawn,
    first,
    has_central,
    lengths,
    names,
    relative,
    total,
)
from xenotime.supply.measure.values import Band, Curve, Loss, Split

Array = NDArray[np.float64]

#: Days of a year, for discounting.
YEAR = 365.0
#: Sums that differ by less than this share of the largest are equal.
ROUNDING = 1e-6
#: Over how many days before the horizon a side's share of the market is taken [days].
LATE = 30
#: How often draws are taken again for the interval of a ratio of means.
AGAIN = 2000


def losses(run: Run, countries: tuple[str, ...]) -> Array:
    """The loss of a side in each period (period, draw) [USD]: lost + paid − gained."""
    lost, paid, gained = (_parts(run, kind, countries) for kind in ("lost", "paid", "gained"))
    return lost + paid - gained


def _parts(run: Run, kind: str, countries: tuple[str, ...]) -> Array:
    return total(run, *(f"{kind}/{country}" for country in countries))


def weights(run: Run, horizon: int, discount: float) -> Array:
    """What a dollar of each period counts at the start (period,): (1 + discount)^(−day/365), 0 past the
    horizon.

    A period that the horizon cuts counts for its part before it.
    """
    starts, long = np.array(days(run), dtype=float), lengths(run)
    inside = np.clip((horizon - starts) / long, 0.0, 1.0)
    made: Array = inside * (1.0 + discount) ** (-(starts + long / 2) / YEAR)
    return made


def loss(
    run: Run,
    side: str,
    countries: tuple[str, ...],
    weight: Array,
    product: float | None = None,
    price: Mapping[str, float] | None = None,
) -> Loss:
    """What a side loses, in parts and by day, in present value [USD].

    `product` is what the side's economy makes within the horizon [USD], `price` each good's price at rest
    [USD per unit]; without them `burden` and `market` are None.
    """
    central = has_central(run)
    path = np.cumsum(weight[:, None] * losses(run, countries), axis=0)
    lost, paid, gained, sales = (
        band(weight @ _parts(run, kind, countries), central=central)
        for kind in ("lost", "paid", "gained", "sales")
    )
    return Loss(
        side,
        countries,
        band(path[-1], central=central),
        curve(f"loss/{side}", "USD", path, run),
        lost,
        paid,
        gained,
        sales,
        None if product is None else band(path[-1] / product, central=central),
        None if price is None else band(market(run, countries, price, weight > 0), central=central),
    )


def market(
    run: Run, countries: tuple[str, ...], price: Mapping[str, float], counted: NDArray[np.bool_]
) -> Array:
    """The share of what others buy that a side no longer sells them at the horizon (draw,) [share points].

    Of the goods that it sells others at rest, at prices of rest: its part before day 0 less its part in the
    last `LATE` days of the periods that are `counted` (period,). Negative where it has gained.
    """
    flows = [_flow(name) for name in names(run, "ship/*")]
    abroad = [(good, origin, row) for row, good, origin, buyer in flows if buyer not in countries]
    sold = {good for good, origin, _ in abroad if origin in countries}
    ours = _worth(run, [(g, row) for g, origin, row in abroad if origin in countries], price)
    every = _worth(run, [(g, row) for g, _, row in abroad if g in sold], price)
    starts = np.array(days(run))
    end = int(np.flatnonzero(counted)[-1]) + 1
    late = (starts[:end] > starts[end - 1] - LATE).nonzero()[0]
    now = relative(ours[late].sum(axis=0), every[late].sum(axis=0))
    made: Array = relative(before(run, ours), before(run, every)) - now
    return made


def _flow(name: str) -> tuple[str, str, str, str]:
    """A gauge of shipments: its name, the good, the origin and the destination."""
    good, _, way = name.removeprefix("ship/").rpartition("/")
    origin, _, buyer = way.partition(">")
    return name, good, origin, buyer


def _worth(run: Run, rows: Sequence[tuple[str, str]], price: Mapping[str, float]) -> Array:
    """The value of shipments at rest prices (period, draw) [USD]."""
    found = np.zeros(run.values.shape[1:])
    for good, name in rows:
        found += price[good] * run.series(name)
    return found


def ratio(a: Array, b: Array, seed: int, *, central: bool) -> Band:
    """E[L_B] / E[L_A] with its interval over draws taken again (bootstrap); its mean is the ratio of all
    draws.

    `central` of the band is the ratio in the central draw. No value where A loses nothing on average.
    """
    one, two = drawn(a, central=central), drawn(b, central=central)
    rolls = np.random.Generator(np.random.Philox(key=seed)).integers(0, one.size, (AGAIN, one.size))
    below, above = one[rolls].mean(axis=1), two[rolls].mean(axis=1)
    taken = band(np.where(below > 0, above / np.where(below > 0, below, 1.0), np.nan), central=False)
    whole = float(two.mean() / one.mean()) if one.mean() > 0 else None
    middle = float(b[0] / a[0]) if central and a[0] > 0 else None
    return Band(taken.low, taken.lower, taken.middle, taken.upper, taken.high, whole, middle)


def chance(a: Array, b: Array, *, central: bool) -> float:
    """The probability that B loses more than A: the share of draws, ties counted half."""
    one, two = drawn(a, central=central), drawn(b, central=central)
    return float((two > one).mean() + (two == one).mean() / 2)


def break_even(a: Array, b: Array, run: Run) -> Array:
    """The first day on which A's summed loss exceeds B's (draw,) [day]; infinity if that day does not come.

    `a` and `b` are summed paths (period, draw); days before day 0 do not count.
    """
    return first(_more(a, b, run), days(run))


def bites(a: Array, b: Array, run: Run) -> tuple[Array, Array]:
    """The first day on which B's summed loss exceeds A's, and the next on which A's does (draw,) [day].

    Where A loses at once and B only when its stocks are used up, the break-even day is the first of all days;
    these two then say from when until when the balance lies with A. Infinity for a day that does not come.
    """
    begun = first(_more(b, a, run), days(run))
    later = np.array(days(run), dtype=float)[:, None] > begun
    return begun, first(later & _more(a, b, run), days(run))


def _more(one: Array, other: Array, run: Run) -> NDArray[np.bool_]:
    """Where one summed loss exceeds the other by more than rounding, from day 0 on."""
    least = ROUNDING * np.maximum(np.abs(one), np.abs(other)).max(axis=0)
    made: NDArray[np.bool_] = (one - other > least) & (np.array(days(run)) >= 0)[:, None]
    return made


def per_dollar(a: Array, b: Array, run: Run) -> Curve:
    """What B lost for each dollar that A lost so far, by period; 0 while A has lost nothing."""
    return curve("loss/B per loss/A", "USD per USD", relative(b, np.maximum(a, 0.0)), run)


def patience(a: Array, b: Array) -> Array:
    """The part of what an agreement saves that A's staying power wins it (draw,): r_B / (r_A + r_B).

    `a` and `b` are losses as shares of each side's gross domestic product (draw,): what waiting costs it. Who
    loses less of what it has can wait longer. It is the limit of offers that alternate quickly; NaN where
    neither side loses.

    >>> patience(np.array([0.001, 0.0, 0.0]), np.array([0.003, 0.5, 0.0])).tolist()
    [0.75, 1.0, nan]
    """
    one, two = np.maximum(a, 0.0), np.maximum(b, 0.0)
    whole = one + two
    made: Array = np.divide(two, whole, out=np.full_like(whole, np.nan), where=whole > 0)
    return made


def nash(a: Array, b: Array, *, central: bool) -> Split:
    """The Nash split of what an agreement saves: each side gets half of L_A + L_B [USD].

    With losses 10 and 30, agreement saves 40, each gets 20: A's gain of 20 is its own 10 and 10 from B.

    >>> split = nash(np.array([10.0]), np.array([30.0]), central=True)
    >>> split.surplus.middle, split.transfer.middle
    (40.0, 10.0)
    """
    return Split(band(a + b, central=central), band((b - a) / 2, central=central))
