"""Take in what arrives today: from the lane's ring of days into the buyer's stock."""

from __future__ import annotations

from xenotime.supply.engine.board import BINS, CAME, N_BINS, RING, RING_AT, TRANSIT, Array, Places
from xenotime.supply.engine.jit import stage


@stage
def arrive(f: Array, p: Places, at: Places, day: int) -> None:
    """Moves today's slot of every bin's ring into the bin."""
    for one in range(at[N_BINS]):
        first, last = p[at[RING_AT] + one], p[at[RING_AT] + one + 1]
        slot = at[RING] + first + day % (last - first)
        bins, came, transit = at[BINS] + one, at[CAME] + one, at[TRANSIT] + one
        for w in range(f.shape[1]):
            now = f[slot, w]
            f[came, w] = now
            f[bins, w] += now
            f[transit, w] = max(0.0, f[transit, w] - now)
            f[slot, w] = 0.0
