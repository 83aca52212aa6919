"""Decide files: what was filed long enough ago may ship, less what is refused; a freed lane lets all of it go."""

from __future__ import annotations

from xenotime.supply.engine.days import Days
from xenotime.supply.engine.frame import Frame
from xenotime.supply.engine.given import Given
from xenotime.supply.engine.jit import kernel
from xenotime.supply.engine.state import Seen, State

_REFUSE = 4


@kernel
def approve(frame: Frame, given: Given, days: Days, day: int, state: State, seen: Seen) -> None:
    """Moves what is decided today from undecided to allowed.

    A refusal is a share of what is decided: it leaves the queue, and its buyer may file again.
    """
    width = seen.pend.shape[1]
    held = frame.held_lane.size
    slots = state.files.shape[0] // max(held, 1)
    for place in range(held):
        route = frame.lane_route[frame.held_lane[place]]
        if days.freed[day, route] > 0.0:
            free(place, slots, state, seen)
            continue
        row = place * slots + day % slots
        for w in range(width):
            if seen.pend[place, w] > 0.0 and state.files[row, w] > 0.0:
                decided = min(state.files[row, w], seen.pend[place, w])
                refused = min(1.0, days.refuse[day, route] * given.licence[_REFUSE, route, w])
                seen.pend[place, w] -= decided
                state.grant[place, w] += decided * (1.0 - refused)
                state.files[row, w] = 0.0


@kernel
def free(place: int, slots: int, state: State, seen: Seen) -> None:
    """Allows everything that a lane has undecided: its goods need no paper any more."""
    for w in range(seen.pend.shape[1]):
        state.grant[place, w] += seen.pend[place, w]
        seen.pend[place, w] = 0.0
        for row in range(place * slots, (place + 1) * slots):
            state.files[row, w] = 0.0
