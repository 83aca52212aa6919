"""Wide ensembles on a cluster, over Spark Connect: each piece of draws is a task, and joins to the same bits.

Workers need this release of xenotime with its supply part; the network, handling and scenario travel with the
tasks. The cluster is any server of Spark Connect: Apache Spark, Databricks, Sail.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from xenotime.core.errors import InputError
from xenotime.services.supply.pieces import Progress, engine, joined, pack, pieces, unpack
from xenotime.stores.connect import calm, checked, connected
from xenotime.supply.engine.run import Array, Asked, Run
from xenotime.supply.engine.simulate import simulate
from xenotime.supply.licence.handling import Handling
from xenotime.supply.scenario.scenario import Scenario
from xenotime.supply.world.network import Network

if TYPE_CHECKING:
    import pyarrow as pa

#: How many draws a task has: small, so that a cluster's workers end together.
PIECE = 16
_TASK = "start long, first long, draws long"
_RESULT = "start long, engine string, run binary"
#: What must be installed here, and what a server must be.
_PARTS, _SERVER = "supply,cluster", "a server of Spark Connect whose workers have xenotime[supply]"


class Cluster:
    """A server of Spark Connect at an address ``sc://host:port``. Raises InputError for another address."""

    def __init__(self, address: str, *, piece: int = PIECE) -> None:
        self.address, self.piece = checked(address), piece

    def simulate(
        self,
        network: Network,
        handling: Handling,
        scenario: Scenario,
        asked: Asked,
        progress: Progress | None = None,
        *,
        drawn: Array | None = None,
        luck: NDArray[np.int64] | None = None,
    ) -> Run:
        """The outcome of a scenario, as `engine.simulate` gives it here, draw by draw the same bits.

        Raises InputError when the server cannot be reached, a task fails, or a worker has another engine.
        """
        given = pickle.dumps((network, handling, scenario, asked, drawn, luck))
        tasks = [(start, part.first, part.draws) for start, part in pieces(asked, self.piece)]
        found: dict[int, bytes] = {}
        with connected(self.address, _PARTS, _SERVER) as session:
            with calm():
                frame = session.createDataFrame(tasks, _TASK).repartition(len(tasks), "start")
                rows = frame.mapInArrow(worker(given), _RESULT).toLocalIterator()
            for row in rows:
                self._same(row["engine"])
                found[row["start"]] = bytes(row["run"])
                if progress is not None:
                    progress(min(len(found) * self.piece, asked.draws), asked.draws)
        return joined([unpack(found[start], part) for start, part in pieces(asked, self.piece)], asked)

    def _same(self, there: str) -> None:
        if there != engine():
            raise InputError(
                "a worker of the cluster has another engine",
                where=self.address,
                expected=engine(),
                found=there,
                next_step="install the same releases of xenotime and numba there",
            )


def worker(given: bytes) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """What a worker does with a batch of tasks: each row becomes a run of its draws, packed."""

    def work(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import pyarrow as pa  # noqa: PLC0415 - a part that only clusters need

        for batch in batches:
            rows = [_done(given, task) for task in batch.to_pylist()]
            yield pa.RecordBatch.from_pylist(
                rows,
                schema=pa.schema([("start", pa.int64()), ("engine", pa.string()), ("run", pa.binary())]),
            )

    return work


def _done(given: bytes, task: dict[str, Any]) -> dict[str, Any]:
    """One task's row; what is given was pickled by the caller of this very cluster."""
    network, handling, scenario, asked, drawn, luck = pickle.loads(given)  # noqa: S301 - our own, see above
    start, draws = task["start"], task["draws"]
    chosen = slice(start, start + draws)
    run = simulate(
        network,
        handling,
        scenario,
        replace(asked, first=task["first"], draws=draws, threads=1),
        drawn=None if drawn is None else drawn[:, chosen],
        luck=None if luck is None else luck[chosen],
    )
    return {"start": start, "engine": engine(), "run": pack(run)}
