"""Decide files: what is decided today may ship, less what is refused; a freed lane lets all of it go.

A route's files are decided by the day on which they were filed. What is decided of a route is shared over its
lanes in proportion to what each of them has undecided.
"""

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
    POOL,
    REFUSE,
    REFUSE_BY,
    RULED,
    Array,
    Places,
)
from xenotime.supply.engine.desk import serve, withdraw
from xenotime.supply.engine.jit import kernel, stage


@stage
def due(f: Array, p: Places, d: Array, at: Places, day: int, desk: int | None) -> None:
    """Works out what part of each route's undecided files is decided today; no office, no `desk`."""
    if desk is None:
        for route in range(at[N_ROUTES]):
            if d[day, at[FREED] + route] > 0.0:
                free(f, at, route)
            else:
                fall(f, at, day, route)
    else:
        for route in range(at[N_ROUTES]):
            if d[day, at[FREED] + route] > 0.0:
                withdraw(f, p, d, at, day, route)
        serve(f, p, at, day)
        for route in range(at[N_ROUTES]):
            if d[day, at[FREED] + route] > 0.0:
                free(f, at, route)


@kernel
def fall(f: Array, at: Places, day: int, route: int) -> None:
    """Decides the files of a route that fall due today."""
    pool, ruled = at[POOL] + route, at[RULED] + route
    row = at[FILES] + route * at[N_SLOTS] + day % at[N_SLOTS]
    for w in range(f.shape[1]):
        decided = min(f[row, w], f[pool, w])
        f[ruled, w] = decided / f[pool, w] if decided > 0.0 else 0.0
        f[pool, w] -= decided
        f[row, w] = 0.0


@stage
def free(f: Array, at: Places, route: int) -> None:
    """Decides everything that a route has undecided: its goods need no paper any more."""
    first = at[FILES] + route * at[N_SLOTS]
    for w in range(f.shape[1]):
        f[at[RULED] + route, w] = 1.0
        f[at[POOL] + route, w] = 0.0
        for row in range(first, first + at[N_SLOTS]):
            f[row, w] = 0.0


@stage
def approve(f: Array, p: Places, d: Array, at: Places, day: int) -> None:
    """Moves what is decided today from undecided to allowed.

    A refusal is a share of what is decided: it leaves the queue, and its buyer may file again.
    """
    for place in range(at[N_HELD]):
        route = p[at[LANE_ROUTE] + p[at[HELD_LANE] + place]]
        pend, grant, ruled = at[PEND] + place, at[GRANT] + place, at[RULED] + route
        by, refuse = at[LICENCE] + REFUSE_BY * at[N_ROUTES] + route, d[day, at[REFUSE] + route]
        if d[day, at[FREED] + route] > 0.0:
            refuse = 0.0
        for w in range(f.shape[1]):
            decided = f[pend, w] * f[ruled, w]
            f[pend, w] -= decided
            f[grant, w] += decided * (1.0 - min(1.0, refuse * f[by, w]))
