"""Run a scenario on a network: draws in batches side by side, batches on threads, the same numbers however cut."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from xenotime.core.errors import BookError
from xenotime.evidence.draw import draw
from xenotime.supply.engine.account import Books, books_of
from xenotime.supply.engine.builds import opens_of
from xenotime.supply.engine.day import Plan, run
from xenotime.supply.engine.days import Days, days_of
from xenotime.supply.engine.frame import Frame, frame_of
from xenotime.supply.engine.given import given
from xenotime.supply.engine.rest import rest_of
from xenotime.supply.engine.run import RATIONING, Array, Asked, Run
from xenotime.supply.engine.state import State, Seen, rows_of, seen_of, state_of
from xenotime.supply.engine.watch import Line, Watch, divisors, lines_of, watch_of
from xenotime.supply.licence.handling import Handling
from xenotime.supply.scenario.scenario import Scenario
from xenotime.supply.world.network import Network

#: The largest mass imbalance over throughput that is rounding and no fault [share].
BALANCE = 1e-6
#: Told between batches: draws done, draws asked.
Progress = Callable[[int, int], None]


class _Job(NamedTuple):
    """What all batches of a run share."""

    network: Network
    frame: Frame
    days: Days
    scenario: Scenario
    asked: Asked
    books: Books
    lines: list[Line]
    rows: dict[str, tuple[int, int]]
    gauges: Watch
    drawn: Array
    lucks: NDArray[np.int64]


def simulate(
    network: Network,
    handling: Handling,
    scenario: Scenario,
    asked: Asked,
    progress: Progress | None = None,
    *,
    drawn: Array | None = None,
    luck: NDArray[np.int64] | None = None,
) -> Run:
    """The course of a scenario, draw by draw.

    A draw's numbers depend on the seed and its own number only: not on the batch width, the threads, or the
    first draw asked. `drawn` (parameter, draw) replaces the drawn parameters, `luck` (draw) the numbers of the
    random streams. `progress` is called from the caller's thread after every batch. Raises BookError for a
    network that has no rest state or loses mass.
    """
    job = _job(network, handling, scenario, asked, drawn, luck)
    periods = -(-asked.days // asked.every)
    made = Run(
        gauges=tuple(line.gauge for line in job.lines),
        values=np.zeros((len(job.lines), periods, asked.draws)),
        first=np.full((len(network.sites), asked.draws), -1, dtype=np.int32),
        stood=np.zeros((len(network.sites), asked.draws), dtype=np.int32),
        lanes=np.zeros((len(network.lanes), periods)),
        drawn=job.drawn,
        residue=np.zeros(asked.draws),
        asked=asked,
        parameters=tuple(parameter.name for parameter in network.parameters),
    )
    _batches(job, made, progress)
    worst = float(made.residue.max(initial=0.0))
    if not worst <= BALANCE:
        raise BookError(
            "mass is not conserved",
            where=scenario.id,
            expected=f"at most {BALANCE:g} of throughput",
            found=f"{worst:g}",
            next_step="report this with the scenario and the seed",
        )
    return made


def _job(
    network: Network,
    handling: Handling,
    scenario: Scenario,
    asked: Asked,
    drawn: Array | None,
    luck: NDArray[np.int64] | None,
) -> _Job:
    frame = frame_of(network)
    countries = sorted({site.country for site in network.sites})
    lines = lines_of(network, frame, countries, asked.keep)
    rows = rows_of(frame, len(countries), len(network.goods))
    if drawn is None:
        drawn = draw(network.parameters, asked.seed, asked.first, asked.draws)
    lucks = np.arange(asked.first, asked.first + asked.draws, dtype=np.int64) if luck is None else luck
    return _Job(
        network,
        frame,
        days_of(network, handling, scenario, asked.days),
        scenario,
        asked,
        books_of(network, frame, countries),
        lines,
        rows,
        watch_of(lines, rows),
        drawn,
        np.ascontiguousarray(lucks, dtype=np.int64),
    )


def _batches(job: _Job, made: Run, progress: Progress | None) -> None:
    """Runs every batch; a stop by the user lets the running batches end and starts no other."""
    asked = job.asked
    starts = range(0, asked.draws, asked.width)
    stop = threading.Event()
    done = 0

    def one(start: int) -> int:
        return 0 if stop.is_set() else _batch(job, made, start, min(start + asked.width, asked.draws))

    with ThreadPoolExecutor(max_workers=max(1, asked.threads)) as pool:
        waiting: set[Future[int]] = {pool.submit(one, start) for start in starts}
        try:
            while waiting:
                ready, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                done += sum(future.result() for future in ready)
                if progress is not None:
                    progress(done, asked.draws)
        except BaseException:
            stop.set()
            for future in waiting:
                future.cancel()
            raise


def _batch(job: _Job, made: Run, begin: int, end: int) -> int:
    """Runs the draws from `begin` to `end` and writes their part of the result."""
    network, frame, asked = job.network, job.frame, job.asked
    numbers = given(network, frame, job.scenario.rules, job.drawn[:, begin:end])
    rest = rest_of(network, frame, numbers)
    lucks = job.lucks[begin:end]
    opens = opens_of(network, numbers, job.days, job.scenario.projects, asked.seed, lucks)
    table, seen = seen_of(job.rows, end - begin)
    state = state_of(frame, numbers, job.days, rest, opens, seen, len(network.goods))
    opening = _mass(frame, state, seen, len(network.goods))
    values = np.zeros((len(job.lines), made.values.shape[1], end - begin))
    lanes = np.zeros_like(made.lanes)
    plan = Plan(asked.seed, lucks, RATIONING.index(job.scenario.rules.rationing), asked.every)
    run(frame, numbers, job.days, plan, job.books, rest, state, seen, table, job.gauges, values, lanes)
    _mean(job, values)
    made.values[:, :, begin:end] = values / divisors(job.lines, rest)[:, None, :]
    made.first[:, begin:end] = state.first
    made.stood[:, begin:end] = state.stood
    made.residue[begin:end] = _residue(opening, _mass(frame, state, seen, len(network.goods)), state)
    if begin == 0:
        made.lanes[:] = lanes
    return end - begin


def _mean(job: _Job, values: Array) -> None:
    """Turns the sums of level gauges into means over the days of each period."""
    every, days = job.asked.every, job.asked.days
    lengths = np.minimum(every, days - np.arange(values.shape[1]) * every)
    level = job.gauges.level == 1
    values[level] /= lengths[None, :, None]


def _mass(frame: Frame, state: State, seen: Seen, goods: int) -> Array:
    """What there is of every good (good, draw): in bins, on stacks, under way."""
    found = np.zeros((goods, seen.bins.shape[1]))
    np.add.at(found, frame.bin_good, seen.bins + state.transit)
    np.add.at(found, frame.stack_good, seen.stacks)
    return found


def _residue(opening: Array, closing: Array, state: State) -> Array:
    """The largest imbalance over throughput (draw): opening + made - used - closing, over the largest of them."""
    left = np.abs(opening + state.total_made - state.total_used - closing)
    through = np.maximum(np.maximum(opening, closing), np.maximum(state.total_made, state.total_used))
    share: Array = np.divide(left, through, out=np.zeros_like(left), where=through > 0.0).max(axis=0, initial=0.0)
    return share
