"""Take in what arrives today: from the lane's ring of days into the buyer's stock."""

from __future__ import annotations

from xenotime.supply.engine.frame import Frame
from xenotime.supply.engine.jit import kernel
from xenotime.supply.engine.state import Seen, State


@kernel
def arrive(frame: Frame, day: int, state: State, seen: Seen) -> None:
    """Moves today's slot of every bin's ring into the bin."""
    for one in range(frame.bin_site.size):
        first = state.ring_at[one]
        slot = first + day % (state.ring_at[one + 1] - first)
        for w in range(seen.bins.shape[1]):
            came = state.ring[slot, w]
            state.came[one, w] = came
            seen.bins[one, w] += came
            state.transit[one, w] = max(0.0, state.transit[one, w] - came)
            state.ring[slot, w] = 0.0
