"""The front door of the kernel: the decision rows of a table of facts, by gates."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import polars as pl

from xenotime.law.kernel import machine
from xenotime.law.kernel.columns import located
from xenotime.law.kernel.plan import Plan, planned
from xenotime.law.kernel.wires import Sheet, first_sheet
from xenotime.law.law import Law
from xenotime.law.table import ASKED

#: Blocks that a thread takes at a time.
_SHARE = 32
#: Columns of the result begin at whole lines of the cache [bytes].
_LINE = 64


class Kernel:
    """The plans of a law: one for each choice of columns that say a fact was asked.

    ``run`` is `Decider.run` of a decider that speaks `wires.GATES`.
    """

    def __init__(self, law: Law, run: Callable[[Sheet], Sheet]) -> None:
        self.law = law
        self._run = run
        self._plans: dict[tuple[str, ...], Plan] = {}

    def decide(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The decision rows of a frame in engine form (`table.engine_frame`) that is not empty."""
        asked = tuple(name for name in frame.columns if name.endswith(ASKED))
        if asked not in self._plans:
            self._plans[asked] = planned(self._run(first_sheet(self.law, asked)))
        plan = self._plans[asked]
        found = _answers(plan, frame.select(plan.columns).rechunk())
        made = frame.select("key", "on").with_columns(found)
        gaps = [pl.col(a.name) for a in plan.answers if a.optional]
        return made.with_columns(pl.when(gap >= 0).then(gap) for gap in gaps)


def _answers(plan: Plan, frame: pl.DataFrame) -> list[pl.Series]:
    """The columns of the result, side by side in one stretch of memory."""
    rows = frame.height
    starts = list(_starts(plan, rows))
    memory = np.empty(starts[-1], np.uint8)
    addresses = np.array(starts, np.int64) + memory.ctypes.data
    blocks = -(-rows // machine.ROWS)
    with located(frame) as columns, ThreadPoolExecutor(pl.thread_pool_size()) as threads:

        def share(first: int) -> None:
            machine.run(first, min(first + _SHARE, blocks), rows, columns, addresses, *plan.tables)

        list(threads.map(share, range(0, blocks, _SHARE)))
    pieces = (memory[start : start + rows * a.bytes] for start, a in zip(starts, plan.answers, strict=False))
    return [pl.Series(a.name, piece.view(f"i{a.bytes}")) for a, piece in zip(plan.answers, pieces, strict=True)]


def _starts(plan: Plan, rows: int) -> Iterator[int]:
    """Where each answer begins, and where the last ends [bytes]."""
    start = 0
    for answer in plan.answers:
        yield start
        start += -(-rows * answer.bytes // _LINE) * _LINE
    yield start
