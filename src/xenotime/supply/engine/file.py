"""File: the part of an order that is held waits for a decision; the rest may ship at once.

On a lane whose route is held that day, `block` of the order may not go at all and `hold` of what is left needs
a paper; `fast` of that passes at once (certified users, general licences). What is left is filed, and decided
after a number of days drawn for that draw, lane and day from a lognormal distribution with median `lead`.
"""

from __future__ import annotations

import math

from xenotime.supply.engine.days import Days
from xenotime.supply.engine.frame import Frame
from xenotime.supply.engine.given import Given
from xenotime.supply.engine.jit import kernel
from xenotime.supply.engine.philox import LEAD, chance, normal
from xenotime.supply.engine.state import Seen, State

_HOLD, _FAST, _LEAD, _SIGMA, _BLOCK = 0, 1, 2, 3, 5


@kernel
def waited(seed: int, draw: int, lane: int, day: int, lead: float, sigma: float) -> int:
    """The days that a file waits, at least 1; the median when there is no spread.

    >>> waited(1, 0, 0, 0, 45.0, 0.0)
    45
    """
    wait = lead
    if sigma > 0.0 and lead > 0.0:
        wait = lead * math.exp(sigma * normal(chance(seed, draw, lane, day, LEAD)))
    return max(1, int(min(wait, 1e6) + 0.5))


@kernel
def file(
    frame: Frame, given: Given, days: Days, day: int, seed: int, lucks: object, state: State, seen: Seen
) -> None:
    """Splits every order into what may ship today, what is filed, and what may not go."""
    width = seen.pend.shape[1]
    slots = state.files.shape[0] // max(frame.held_lane.size, 1)
    for lane in range(frame.lane_bin.size):
        place = frame.held[lane]
        if place < 0:
            for w in range(width):
                state.want[lane, w] = state.order[lane, w]
            continue
        route = frame.lane_route[lane]
        if days.hold[day, route] == 0.0 and days.block[day, route] == 0.0:
            for w in range(width):
                state.want[lane, w] = state.order[lane, w] + state.grant[place, w]
            continue
        for w in range(width):
            factor = given.licence[:, route, w]
            asked = state.order[lane, w] * (1.0 - min(1.0, days.block[day, route] * factor[_BLOCK]))
            hold = min(1.0, days.hold[day, route] * factor[_HOLD])
            filed = asked * hold * (1.0 - min(1.0, days.fast[day, route] * factor[_FAST]))
            state.want[lane, w] = asked - filed + state.grant[place, w]
            if filed > 0.0:
                lead = days.lead[day, route] * factor[_LEAD]
                sigma = days.sigma[day, route] * factor[_SIGMA]
                wait = min(waited(seed, lucks[w], lane, day, lead, sigma), slots - 1)  # type: ignore[index]
                seen.pend[place, w] += filed
                state.files[place * slots + (day + wait) % slots, w] += filed
