"""Decide files: what was filed long enough ago may ship, less what is refused; a freed lane lets all of it go."""

from __future__ import annotations

from xenotime.supply.engine.board import (
    FILES,
    FREED,
    GRANT,
    HELD_LANE,
    LANE_ROUTE,
    LICENCE,
    N_HELD,
    N_ROUTES,
    N_SLOTS,
    PEND,
    REFUSE,
    REFUSE_BY,
    Array,
    Places,
)
from xenotime.supply.engine.jit import kernel


@kernel
def approve(f: Array, p: Places, d: Array, at: Places, day: int) -> None:
    """Moves what is decided today from undecided to allowed.

    A refusal is a share of what is decided: it leaves the queue, and its buyer may file again.
    """
    for place in range(at[N_HELD]):
        route = p[at[LANE_ROUTE] + p[at[HELD_LANE] + place]]
        if d[day, at[FREED] + route] > 0.0:
            free(f, at, place)
            continue
        pend, grant = at[PEND] + place, at[GRANT] + place
        row = at[FILES] + place * at[N_SLOTS] + day % at[N_SLOTS]
        by = at[LICENCE] + REFUSE_BY * at[N_ROUTES] + route
        for w in range(f.shape[1]):
            if f[pend, w] > 0.0 and f[row, w] > 0.0:
                decided = min(f[row, w], f[pend, w])
                f[pend, w] -= decided
                f[grant, w] += decided * (1.0 - min(1.0, d[day, at[REFUSE] + route] * f[by, w]))
                f[row, w] = 0.0


@kernel
def free(f: Array, at: Places, place: int) -> None:
    """Allows everything that a lane has undecided: its goods need no paper any more."""
    pend, grant = at[PEND] + place, at[GRANT] + place
    for w in range(f.shape[1]):
        f[grant, w] += f[pend, w]
        f[pend, w] = 0.0
    for slot in range(at[N_SLOTS]):
        for w in range(f.shape[1]):
            f[at[FILES] + place * at[N_SLOTS] + slot, w] = 0.0
