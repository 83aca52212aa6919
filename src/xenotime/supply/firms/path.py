"""A daily path of single firms through a cut: stocks, orders, rationing, standing lines, and the way back.

A firm makes what it is asked for, within its capacity and its inputs; what it has is shared out in proportion
to orders. Unlike the classic adaptive input-output form, orders are tied to normal need, inputs are critical,
important or free, and suppliers of one product replace each other: so output comes back after a cut.

Source: the production function with kinds of inputs of Pichler et al. 2022, doi:10.1016/j.jedc.2022.104527;
stocks and orders as in Hallegatte 2014, doi:10.1111/risa.12090, with orders tied to normal need.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np

from xenotime.core.errors import InputError
from xenotime.supply.firms import step, wide
from xenotime.supply.firms.network import Firms, Floats, Numbers

_YEAR = 365.0
#: What part of its buyer's output does not hang on an input: of a free, an important, a critical one.
_SLACK = np.array([1.0, 0.5, 0.0], np.float32)


@dataclass(frozen=True, slots=True)
class Habits:
    """How firms behave: the target `stock` of inputs and of `ready` goods [days], the days over which a `gap`
    is ordered [days], `spare` capacity [share of normal output]. Declared assumptions, to be varied.
    """

    stock: float = 20.0
    ready: float = 2.0
    gap: float = 10.0
    spare: float = 0.1


@dataclass(frozen=True, slots=True)
class Cut:
    """From day `first` up to `last` (not included), `firms` (as given) lose a `share` of their capacity."""

    first: int
    last: int
    share: float
    firms: Sequence[int] = field(default=())


@dataclass(frozen=True, slots=True)
class Path:
    """What a run gives, by day: `output` and what end users `got` [share of normal], firms `standing`.

    `lost` (firm as given) [days of normal output] over the whole path.
    """

    output: Floats
    got: Floats
    standing: Floats
    lost: Floats


def walk(
    firms: Firms, days: int, cuts: Sequence[Cut] = (), habits: Habits | None = None, threads: int = 1
) -> Path:
    """The path of all firms over so many days; any number of threads gives the same numbers, bit for bit.

    Raises InputError for a cut that is no share of capacity, ends before it begins, or names nobody, and for
    habits that are not above 0.
    """
    chosen = habits or Habits()
    _check(chosen, cuts, len(firms.names))
    rows, told = rows_of(firms), np.zeros((days, step.BLOCKS, 3))
    state = rest(rows, chosen)
    run(days, _events(firms, days, cuts, chosen), rows, state, pace_of(chosen), told, threads)
    return _told(told, rows, state.lost[firms.place])


def walks(
    firms: Firms,
    days: int,
    cuts: Sequence[Sequence[Cut]],
    habits: Habits | None = None,
    *,
    width: int = 16,
    threads: int = 1,
) -> tuple[Path, ...]:
    """The path under each list of cuts, `width` of them side by side in each of the `threads`.

    Each is the path that `walk` gives, bit for bit. Raises InputError as `walk` does.
    """
    chosen = habits or Habits()
    for some in cuts:
        _check(chosen, some, len(firms.names))
    rows, pace = rows_of(firms), pace_of(chosen)

    def batch(first: int) -> list[Path]:
        some = cuts[first : first + width]
        told = np.zeros((days, step.BLOCKS, 3, len(some)))
        state = _abreast(rest(rows, chosen), len(some))
        wide.live(days, _turns(firms, days, some, chosen), rows, state, pace, told)
        return [_told(told[..., n], rows, state.lost[firms.place, n]) for n in range(len(some))]

    with ThreadPoolExecutor(max(1, threads)) as pool:
        return tuple(path for some in pool.map(batch, range(0, len(cuts), max(1, width))) for path in some)


def _told(told: Floats, rows: step.Rows, lost: Floats) -> Path:
    totals = told.sum(axis=1)
    whole, final = float(rows.revenue.sum()), float((rows.final * rows.revenue).sum())
    return Path(
        totals[:, 0] / whole if whole else np.ones(len(totals)),
        totals[:, 1] / final if final else np.ones(len(totals)),
        totals[:, 2],
        lost,
    )


def _abreast(state: step.State, count: int) -> wide.Wide:
    """The state of one path, so many times side by side."""

    def abreast(values: step.Small) -> step.Small:
        return np.repeat(values[:, None], count, axis=1)

    return wide.Wide(
        abreast(state.stock),
        abreast(state.ready),
        abreast(state.want),
        abreast(state.made),
        abreast(state.capacity),
        np.repeat(state.lost[:, None], count, axis=1),
        abreast(state.desk[0, :, 0]),
        np.zeros((*state.desk.shape[:2], count), np.float32),
    )


def _turns(firms: Firms, days: int, cuts: Sequence[Sequence[Cut]], habits: Habits) -> wide.Turns:
    """Each path's changes of capacity, by day."""
    every = [_events(firms, days, some, habits) for some in cuts]
    day = np.concatenate([np.repeat(np.arange(days), np.diff(begin)) for begin, _, _ in every])
    path = np.repeat(np.arange(len(cuts)), [len(firm) for _, firm, _ in every])
    order = np.argsort(day, kind="stable")
    begin = np.searchsorted(day[order], np.arange(days + 1)).astype(np.int64)
    firm = np.concatenate([firm for _, firm, _ in every]).astype(np.int64)
    capacity = np.concatenate([capacity for _, _, capacity in every])
    return wide.Turns(begin, firm[order], path[order].astype(np.int64), capacity[order])


Events = tuple[Numbers, "np.ndarray[tuple[int], np.dtype[np.int32]]", step.Small]


def run(
    days: int,
    events: Events,
    rows: step.Rows,
    state: step.State,
    pace: step.Pace,
    told: Floats,
    threads: int,
) -> None:
    """All days from a state that is changed in place; `told` (day, block, 3) is filled."""
    if threads <= 1:
        step.live(days, *events, rows, state, pace, told)
        return
    blocks = range(step.BLOCKS)
    with ThreadPoolExecutor(min(threads, step.BLOCKS)) as pool:
        for day in range(days):
            step.change(day, *events, state)
            list(pool.map(lambda block: step.buy(block, rows, state, pace), blocks))
            list(
                pool.map(lambda block, day=day: step.sell(block, rows, state, pace, told[day, block]), blocks)
            )


def rows_of(firms: Firms) -> step.Rows:
    """The links by buyer and product, as the kernels read them."""
    count = len(firms.names)
    row = np.repeat(np.arange(count), np.diff(firms.start))
    product = row * len(firms.sectors) + firms.sector[firms.supplier]
    last = np.append(product[1:] != product[:-1], np.ones(min(1, len(row)), np.bool_))
    group = (np.cumsum(last) - last).astype(np.int64)
    whole = np.bincount(group, firms.value).astype(np.float64)
    groups = np.zeros(count + 1, np.int64)
    np.cumsum(np.bincount(row[last], minlength=count), out=groups[1:])
    bounds = np.searchsorted(firms.start, np.linspace(0, len(row), step.BLOCKS + 1))
    bounds[0], bounds[-1] = 0, count
    return step.Rows(
        groups.astype(np.uint64),
        firms.start.astype(np.uint64),
        firms.supplier.astype(np.uint32),
        (firms.value / whole[group]).astype(np.float32),
        group.astype(np.uint32),
        (whole / _YEAR).astype(np.float32),
        _SLACK[firms.kind[last]],
        bounds.astype(np.uint64),
        np.linspace(0, count, step.BLOCKS + 1).astype(np.uint64),
        firms.revenue / _YEAR,
        1 - firms.sales / np.where(firms.revenue > 0, firms.revenue, 1),
        int(np.diff(firms.start).max()),
    )


def pace_of(habits: Habits) -> step.Pace:
    """The habits as the kernels read them."""
    return step.Pace(
        np.float32(habits.stock / habits.gap), np.float32(1 / habits.gap), np.float32(habits.ready)
    )


def rest(rows: step.Rows, habits: Habits) -> step.State:
    """The state in which every day is like the one before."""
    count = len(rows.revenue)
    ones = np.ones(count, np.float32)
    return step.State(
        np.full(len(rows.slack), habits.stock, np.float32),
        np.full(count, habits.ready, np.float32),
        ones.copy(),
        ones.copy(),
        np.full(count, 1 + habits.spare, np.float32),
        np.zeros(count),
        np.tile(np.array([1, 0], np.float32), (step.BLOCKS, count, 1)),
    )


def _events(firms: Firms, days: int, cuts: Sequence[Cut], habits: Habits) -> Events:
    """Each change of a capacity, by day; cuts that overlap multiply."""
    left = np.ones(len(firms.names))
    turns = sorted({0, *(c.first for c in cuts), *(c.last for c in cuts)})
    begin, numbers, values = np.zeros(days + 1, np.int64), [], []
    for day in (d for d in turns if d < days):
        now = np.ones(len(firms.names))
        for cut in cuts:
            if cut.first <= day < cut.last:
                now[firms.place[np.asarray(cut.firms, np.int64)]] *= 1 - cut.share
        changed = np.flatnonzero(now != left)
        begin[day + 1] = len(changed)
        numbers.append(changed)
        values.append(now[changed] * (1 + habits.spare))
        left = now
    np.cumsum(begin, out=begin)
    return begin, np.concatenate(numbers).astype(np.int32), np.concatenate(values).astype(np.float32)


def _check(habits: Habits, cuts: Sequence[Cut], count: int) -> None:
    if min(habits.stock, habits.ready, habits.gap) <= 0 or habits.spare < 0:
        raise InputError(
            "these habits of firms cannot be",
            where="stock, ready, gap, spare",
            expected="days above 0, and a spare capacity of at least 0",
            found=f"{habits.stock}, {habits.ready}, {habits.gap}, {habits.spare}",
            next_step="correct the number",
        )
    for cut in cuts:
        outside = [firm for firm in cut.firms if not 0 <= firm < count]
        if not 0 <= cut.share <= 1 or not 0 <= cut.first < cut.last or not len(cut.firms) or outside:
            raise InputError(
                "this cut cannot be",
                where=f"the cut from day {cut.first} to {cut.last}",
                expected=f"a share from 0 to 1, a last day after the first, firms from 0 to {count - 1}",
                found=f"share {cut.share}, {len(cut.firms)} firm(s){f', {outside[:3]}' if outside else ''}",
                next_step="correct the cut",
            )
