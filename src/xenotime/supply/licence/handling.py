"""How each route is handled on each day: what waits, how long, what is refused, what is waved through."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Office:
    """An office that decides files: `officers` at `pace` [files a day each], a file being `size` [units].

    Civil files go before defence files; certified users pass at once and never queue. `surge` multiplies the
    inflow of files on the days after an announcement and decays with `calm` [days].
    """

    officers: float
    pace: float
    size: float
    surge: float = 1.0
    calm: float = 30.0


@dataclass(frozen=True, slots=True)
class Handling:
    """The licence regime as the day loop reads it, by route and day, arrays of (route, day).

    `hold` [share] of an order that must wait for a paper; `fast` [share] of that which goes through at once
    (certified users, general licences); `lead` the median and `sigma` the spread of ln(days waited);
    `refuse` [share]; `block` [share] that may not go at all. `status` is the law's outcome word by code, with
    `reason` one sentence and the article's address per route and stretch. `prior` is the regime of
    the day before the first, arrays of (route, 1), when one ran then: the run starts at rest under it.
    """

    routes: tuple[str, ...]
    hold: Array
    fast: Array
    lead: Array
    sigma: Array
    refuse: Array
    block: Array
    status: NDArray[np.int8]
    reason: tuple[tuple[str, int, int, str], ...] = ()
    office: Office | None = None
    prior: Handling | None = None
