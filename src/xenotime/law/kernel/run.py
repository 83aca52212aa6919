"""The front door of the kernel: the decision rows of a table of facts, by gates."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import polars as pl

from xenotime.law.kernel import machine
from xenotime.law.kernel.columns import located
from xenotime.law.kernel.plan import Answer, Plan, planned
from xenotime.law.kernel.wires import GATES, Sheet, first_sheet
from xenotime.law.law import Law
from xenotime.law.table import ASKED, check_numbers, misplaced
from xenotime.law.words import surely

#: Blocks that a thread takes at a time.
_SHARE = 32
#: Columns of the result begin at whole lines of the cache [bytes].
_LINE = 64
#: The answer that says whether a number of the row is misplaced.
_WRONG = "misplaced"


class Kernel:
    """The plans of a law: one for each choice of columns that say a fact was asked.

    ``run`` is `Decider.run` of a decider that speaks `wires.GATES`.
    """

    def __init__(self, law: Law, run: Callable[[Sheet], Sheet]) -> None:
        self.law = law
        self._run = run
        self._plans: dict[tuple[str, ...], Plan] = {}

    def decide(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The decision rows of a frame in engine form that is not empty.

        Raises FactError for numbers that `table.check_numbers` refuses.
        """
        asked = tuple(name for name in frame.columns if name.endswith(ASKED))
        if asked not in self._plans:
            self._plans[asked] = self._plan(asked)
        plan = self._plans[asked]
        found = answered(plan, frame)
        if found[_WRONG].max():
            check_numbers(frame, self.law)
        return frame.select("key", "on").hstack(found.drop(_WRONG))

    def _plan(self, asked: tuple[str, ...]) -> Plan:
        """The answers of the law, and last whether a number of the row is misplaced."""
        sheet = first_sheet(self.law, asked)
        wrong = GATES.some([surely(test) for test in misplaced(self.law, sheet.columns, GATES)])
        one, none = GATES.lit(1, GATES.small), GATES.lit(0, GATES.small)
        flag = GATES.when(wrong).then(one).otherwise(none).alias(_WRONG).read(sheet)
        return planned(Sheet(sheet.circuit, self._run(sheet).values | {_WRONG: flag}))


def answered(plan: Plan, frame: pl.DataFrame) -> pl.DataFrame:
    """The answers of a plan for each row of a frame that is not empty."""
    rows = frame.height
    starts = list(_starts(plan, rows))
    memory = np.empty(starts[-1], np.uint8)
    addresses = np.array(starts, np.int64) + memory.ctypes.data
    blocks = -(-rows // machine.ROWS)
    read = frame.select(plan.columns or frame.columns[:1])
    with located(read) as columns, ThreadPoolExecutor(pl.thread_pool_size()) as threads:

        def share(first: int) -> None:
            machine.run(first, min(first + _SHARE, blocks), rows, columns, addresses, *plan.tables)

        list(threads.map(share, range(0, blocks, _SHARE)))
    written = [
        pl.Series(a.name, memory[start : start + rows * a.bytes].view(f"i{a.bytes}"))
        for start, a in zip(starts, plan.answers, strict=False)
    ]
    held = pl.DataFrame(written) if written else read.select(pl.first())
    return held.with_columns(map(_shown, plan.shown)).select(answer.name for answer in plan.shown)


def _shown(answer: Answer) -> pl.Expr:
    """An answer as people have it: nothing in place of -1 where it may have no value."""
    if answer.is_fixed:
        return answer.fixed
    column = pl.col(answer.name)
    return pl.when(column >= 0).then(column) if answer.optional else column


def _starts(plan: Plan, rows: int) -> Iterator[int]:
    """Where each answer begins, and where the last ends [bytes]."""
    start = 0
    for answer in plan.answers:
        yield start
        start += -(-rows * answer.bytes // _LINE) * _LINE
    yield start
