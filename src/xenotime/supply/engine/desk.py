"""Decide files by an office: first come first served, class before class, as many a day as it has officers
for.

Files of a class are kept by the day on which they were filed. What the office decides in a day takes the
oldest day of the first class first; of a day that it does not finish, every route gets the same part.
Certified users pass at once and never queue. On the days after an announcement more files come than goods
need (`surge`, fading over `calm` days): they take up officers, and carry nothing.
"""

from __future__ import annotations

from xenotime.supply.engine.board import (
    BUSY,
    ENTERED,
    FILES,
    HEAD,
    LUCK,
    N_ROUTES,
    N_SLOTS,
    OFFICE,
    OFFICERS,
    OPEN,
    PACE_OF,
    POOL,
    QUEUE,
    QUEUES,
    ROUTE_CLASS,
    RULED,
    SEED,
    SIZE_OF,
    SURGED,
    Array,
    Places,
)
from xenotime.supply.engine.jit import kernel, stage
from xenotime.supply.engine.philox import SERVED, chance
from xenotime.supply.licence.office import decided


@stage
def serve(f: Array, p: Places, at: Places, day: int) -> None:
    """Lets the office work for a day: which part of each route's undecided files is decided."""
    for w in range(f.shape[1]):
        for route in range(at[N_ROUTES]):
            f[at[RULED] + route, w] = 0.0
        luck = chance(at[SEED], int(f[at[LUCK], w]), 0, day, SERVED)
        officers, pace = f[at[OFFICE] + OFFICERS, w], f[at[OFFICE] + PACE_OF, w]
        left = decided(f[at[BUSY], w], officers, pace, 1.0, luck)
        f[at[BUSY], w] = max(0.0, f[at[BUSY], w] - left)
        for rank in range(QUEUES):
            left = clear(f, p, at, day, w, rank, left)
    for route in range(at[N_ROUTES]):
        ruled, pool = at[RULED] + route, at[POOL] + route
        for w in range(f.shape[1]):
            part = min(1.0, f[ruled, w] / f[pool, w]) if f[ruled, w] > 0.0 else 0.0
            f[pool, w] = max(0.0, f[pool, w] - f[ruled, w])
            f[ruled, w] = part


@kernel
def clear(f: Array, p: Places, at: Places, day: int, w: int, rank: int, left: float) -> float:
    """Takes the oldest files of a class first; gives how many more the office can decide."""
    head = at[HEAD] + rank
    while left > 0.0 and f[head, w] < day:
        slot = int(f[head, w]) % at[N_SLOTS]
        queue, opened = at[QUEUE] + rank * at[N_SLOTS] + slot, at[OPEN] + rank * at[N_SLOTS] + slot
        waiting = f[queue, w] * f[opened, w]
        taken = min(left, waiting)
        if taken > 0.0:
            part = taken / f[queue, w]
            f[opened, w] = max(0.0, f[opened, w] - part)
            left -= taken
            for route in range(at[N_ROUTES]):
                if p[at[ROUTE_CLASS] + route] == rank:
                    f[at[RULED] + route, w] += part * f[at[FILES] + route * at[N_SLOTS] + slot, w]
        if taken >= waiting * (1.0 - 1e-12):
            f[opened, w] = 0.0
            f[head, w] += 1.0
    return left


@stage
def receive(f: Array, p: Places, d: Array, at: Places, day: int) -> None:
    """Takes in what was filed today; what is still open from the last round of the slots stands with it."""
    slot = day % at[N_SLOTS]
    for route in range(at[N_ROUTES]):
        rank = p[at[ROUTE_CLASS] + route]
        opened = at[OPEN] + rank * at[N_SLOTS] + slot
        row, entered, pool = at[FILES] + route * at[N_SLOTS] + slot, at[ENTERED] + route, at[POOL] + route
        for w in range(f.shape[1]):
            f[row, w] = f[row, w] * f[opened, w] + f[entered, w]
            f[pool, w] += f[entered, w]
    for rank in range(QUEUES):
        queue, opened = at[QUEUE] + rank * at[N_SLOTS] + slot, at[OPEN] + rank * at[N_SLOTS] + slot
        for w in range(f.shape[1]):
            f[queue, w] *= f[opened, w]
            f[opened, w] = 1.0
    for route in range(at[N_ROUTES]):
        queue, entered = at[QUEUE] + p[at[ROUTE_CLASS] + route] * at[N_SLOTS] + slot, at[ENTERED] + route
        for w in range(f.shape[1]):
            files = f[entered, w] / f[at[OFFICE] + SIZE_OF, w] * d[day, at[SURGED]]
            f[queue, w] += files
            f[at[BUSY], w] += files
            f[entered, w] = 0.0


@stage
def withdraw(f: Array, p: Places, d: Array, at: Places, day: int, route: int) -> None:
    """Takes a route's files out of the office: its goods need no paper any more."""
    rank = p[at[ROUTE_CLASS] + route]
    for slot in range(at[N_SLOTS]):
        row, queue = at[FILES] + route * at[N_SLOTS] + slot, at[QUEUE] + rank * at[N_SLOTS] + slot
        opened, filed = at[OPEN] + rank * at[N_SLOTS] + slot, day - (day - slot) % at[N_SLOTS]
        for w in range(f.shape[1]):
            if f[row, w] > 0.0 and filed >= 0:
                files = f[row, w] / f[at[OFFICE] + SIZE_OF, w] * d[filed, at[SURGED]]
                f[at[BUSY], w] = max(0.0, f[at[BUSY], w] - files * f[opened, w])
                f[queue, w] = max(0.0, f[queue, w] - files)
            f[row, w] = 0.0
