"""Run a scenario on a network: draws in batches side by side, batches on threads, the same numbers however
cut.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import NamedTuple

import numpy as np

from xenotime.core.errors import BookError
from xenotime.evidence.draw import draw
from xenotime.supply.engine import board as b
from xenotime.supply.engine.account import BOOKED
from xenotime.supply.engine.board import Board, Places
from xenotime.supply.engine.builds import opens_of
from xenotime.supply.engine.day import run
from xenotime.supply.engine.days import Days, days_of
from xenotime.supply.engine.frame import Frame
from xenotime.supply.engine.given import given
from xenotime.supply.engine.lay import Room, Setting, lay, room_of, setting_of
from xenotime.supply.engine.run import RATIONING, Array, Asked, Run
from xenotime.supply.engine.watch import Line, Watch, divisors, lines_of, watch_of
from xenotime.supply.licence.handling import Handling
from xenotime.supply.scenario.scenario import Scenario
from xenotime.supply.world.network import Network

#: The largest mass imbalance over throughput that is rounding and no fault [share].
BALANCE = 1e-6
#: Told between batches: draws done, draws asked.
Progress = Callable[[int, int], object]


class _Job(NamedTuple):
    """What all batches of a run share."""

    setting: Setting
    room: Room
    days: Days
    scenario: Scenario
    asked: Asked
    lines: list[Line]
    gauges: Watch
    drawn: Array
    lucks: Places


def simulate(
    network: Network,
    handling: Handling,
    scenario: Scenario,
    asked: Asked,
    progress: Progress | None = None,
    *,
    drawn: Array | None = None,
    luck: Places | None = None,
) -> Run:
    """The course of a scenario, draw by draw.

    A draw's numbers depend on the seed and its own number only: not on the batch width, the threads, or the
    first draw asked. `drawn` (parameter, draw) replaces the drawn parameters, `luck` (draw) the numbers of
    the random streams. `progress` is called from the caller's thread after every batch. Raises BookError for
    a network that has no rest state or loses mass.
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
    luck: Places | None,
) -> _Job:
    setting = setting_of(network, handling)
    days = days_of(network, handling, scenario, asked.days)
    room = room_of(setting, days, asked.days, asked.seed)
    lines = lines_of(network, setting.frame, setting.countries, asked.keep)
    if drawn is None:
        drawn = draw(network.parameters, asked.seed, asked.first, asked.draws)
    lucks = np.arange(asked.first, asked.first + asked.draws) if luck is None else luck
    lucks = np.ascontiguousarray(lucks, dtype=np.int64)
    return _Job(setting, room, days, scenario, asked, lines, watch_of(lines, room.at), drawn, lucks)


def _batches(job: _Job, made: Run, progress: Progress | None) -> None:
    """Runs every batch; a stop by the user lets the running batches end and starts no other."""
    asked = job.asked
    starts = range(0, asked.draws, asked.width)
    stop = threading.Event()
    done = 0

    def one(start: int) -> int:
        return 0 if stop.is_set() else _batch(job, made, start, min(start + asked.width, asked.draws))

    with ThreadPoolExecutor(max_workers=max(1, asked.threads)) as pool:
        waiting = [pool.submit(one, start) for start in starts]
        try:
            for future in as_completed(waiting):
                done += future.result()
                if progress is not None:
                    progress(done, asked.draws)
        except BaseException:
            stop.set()
            for future in waiting:
                future.cancel()
            raise


def _batch(job: _Job, made: Run, begin: int, end: int) -> int:
    """Runs the draws from `begin` to `end` and writes their part of the result."""
    network, asked, rules = job.setting.network, job.asked, job.scenario.rules
    frame, counts = job.setting.frame, job.room.counts
    numbers = given(network, frame, rules, job.drawn[:, begin:end])
    lucks = job.lucks[begin:end]
    opens = opens_of(network, numbers, job.days, job.scenario.projects, asked.seed, lucks)
    board = lay(job.setting, job.room, numbers, opens, lucks)
    opening = _mass(frame, board, counts)
    values = np.zeros((len(job.lines), made.values.shape[1], end - begin))
    lanes = np.zeros_like(made.lanes)
    rule = None if rules.rationing == RATIONING[0] else RATIONING.index(rules.rationing)
    desk = None if job.setting.handling.office is None else 1
    booked = int(any(line.gauge.name.startswith(BOOKED) for line in job.lines))
    run(board.f, board.p, board.d, board.at, rule, desk, booked, asked.every, *job.gauges, values, lanes)
    _mean(job, values)
    sites = len(network.sites)
    made.values[:, :, begin:end] = values / divisors(job.lines, board)[:, None, :]
    made.first[:, begin:end] = board.rows(b.FIRST, sites)
    made.stood[:, begin:end] = board.rows(b.STOOD, sites)
    made.residue[begin:end] = _residue(opening, _mass(frame, board, counts), board, counts)
    if begin == 0:
        made.lanes[:] = lanes
    return end - begin


def _mean(job: _Job, values: Array) -> None:
    """Turns the sums of level gauges into means over the days of each period."""
    every, days = job.asked.every, job.asked.days
    lengths = np.minimum(every, days - np.arange(values.shape[1]) * every)
    level = np.array([line.gauge.level for line in job.lines], dtype=bool)
    values[level] /= lengths[None, :, None]


def _mass(frame: Frame, board: Board, counts: dict[int, int]) -> Array:
    """What there is of every good (good, draw): in bins, on stacks, under way."""
    found = np.zeros((counts[b.N_GOODS], board.f.shape[1]))
    bins = board.rows(b.BINS, counts[b.N_BINS]) + board.rows(b.TRANSIT, counts[b.N_BINS])
    np.add.at(found, frame.bin_good, bins)
    np.add.at(found, frame.stack_good, board.rows(b.STACKS, counts[b.N_STACKS]))
    return found


def _residue(opening: Array, closing: Array, board: Board, counts: dict[int, int]) -> Array:
    """The largest imbalance over throughput (draw): opening + made - used - closing, over the largest of
    them.
    """
    made, used = (board.rows(part, counts[b.N_GOODS]) for part in (b.TOTAL_MADE, b.TOTAL_USED))
    left = np.abs(opening + made - used - closing)
    through = np.maximum(np.maximum(opening, closing), np.maximum(made, used))
    share: Array = np.divide(left, through, out=np.zeros_like(left), where=through > 0.0).max(
        axis=0, initial=0.0
    )
    return share
